"""Routes of files to take along: starts for a calendar."""

from __future__ import annotations

from flask import flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from catalogue.modules import published_modules
from web.languages import _
from web.learner.answers import Answers
from web.learner.outcomes import found_paths
from web.learner.path_form import PathForm
from web.lists import calendar, keeping
from web.lists.views import bp
from web.wiring import services

__all__ = ["bp"]


@bp.get("/lijst/agenda.ics")
def agenda() -> Response:
    """The chosen starts of the own list."""
    kept, parts = keeping.own_list(), services()
    with parts.database.reading() as reading:
        modules = published_modules(reading, [item.module for item in kept.items])
        appointments = calendar.of_list(kept, modules, parts.today())
    return _calendar(appointments, url_for("lists.overview"))


@bp.get("/leerroute/agenda.ics")
def path_agenda() -> Response:
    """The starts of the path that the same address without `agenda.ics` shows."""
    answers, parts, form = Answers.from_session(session), services(), PathForm(request.args)
    if not answers.has_goal:
        return redirect(url_for("learner.goal"), 303)
    form.validate()
    with parts.database.reading() as reading:
        found = found_paths(reading, answers, form, request.args.get("doel", ""))
    return _calendar(calendar.of_path(found.shown.modules, found.modules), url_for("learner.path"))


def _calendar(appointments: list[calendar.Appointment], otherwise: str) -> Response:
    """The file; back to the page where there is nothing to put in it, since an empty calendar is no valid one."""
    if not appointments:
        flash(_("Er is nog geen start met een datum."))
        return redirect(otherwise, 303)
    content = calendar.calendar_file("Leerwijzer", appointments, services().now())
    head = {"Content-Disposition": 'attachment; filename="leerwijzer.ics"'}
    return Response(content, content_type="text/calendar; charset=utf-8", headers=head)
