"""Routes of files to take along: starts for a calendar, and documents to print or keep."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from catalogue.models import Event
from catalogue.modules import saved_modules
from web.counting import happened, happened_to_kept
from web.downloads import download
from web.languages import _
from web.learner.answers import Answers
from web.learner.goal_first import goal_first
from web.learner.outcomes import found_matches
from web.learner.paths import own_paths
from web.learner.profile import learner_profile
from web.lists import calendar, keeping
from web.lists.documents import list_document, matches_document, path_document, pdf_answer
from web.lists.views import bp
from web.wiring import services

MATCHES_IN_DOCUMENT = 20


@bp.get("/lijst/agenda.ics")
def agenda() -> Response:
    """The chosen starts of the own list."""
    kept, parts = keeping.own_list(), services()
    with parts.database.reading() as reading:
        modules = saved_modules(reading, [item.module for item in kept.items])
        appointments = calendar.of_list(kept, modules, parts.today())
        happened_to_kept(Event.ASKED, kept.items, modules.values())
    return _calendar(appointments, url_for("lists.overview"))


@bp.get("/leerroute/agenda.ics")
@goal_first
def path_agenda(answers: Answers) -> Response:
    """The starts of the path that the same address without `agenda.ics` shows."""
    with services().database.reading() as reading:
        found, _form = own_paths(reading, answers)
        for stop in found.shown.modules:
            happened(Event.ASKED, found.modules[stop.module_id], stop.edition_id)
    return _calendar(calendar.of_path(found.shown.modules, found.modules), url_for("learner.path"))


@bp.get("/lijst/mijn-lijst.pdf")
def list_pdf() -> Response:
    """The own list."""
    parts, kept = services(), keeping.own_list()
    with parts.database.reading() as reading:
        modules = saved_modules(reading, [item.module for item in kept.items])
        document = list_document(kept, modules, parts.today())
    return pdf_answer(document, "mijn-lijst")


@bp.get("/matches/modules.pdf")
@goal_first
def matches_pdf(answers: Answers) -> Response:
    """The modules that fit best."""
    parts = services()
    with parts.database.reading() as reading:
        document = matches_document(found_matches(reading, learner_profile(reading, answers), MATCHES_IN_DOCUMENT), parts.today())
    return pdf_answer(document, "modules")


@bp.get("/leerroute/leerroute.pdf")
@goal_first
def path_pdf(answers: Answers) -> Response:
    """The path that the same address without `leerroute.pdf` shows."""
    parts = services()
    with parts.database.reading() as reading:
        document = path_document(*own_paths(reading, answers), parts.today())
    return pdf_answer(document, "leerroute")


def _calendar(appointments: list[calendar.Appointment], otherwise: str) -> Response:
    """The file; back to the page where there is nothing to put in it, since an empty calendar is no valid one."""
    if not appointments:
        flash(_("Er is nog geen start met een datum."), "refused")
        return redirect(otherwise, 303)
    content = calendar.calendar_file("Leerwijzer", appointments, services().now())
    return download(content, "text/calendar; charset=utf-8", "leerwijzer.ics")
