"""Routes of the advice report, for the advisor: its versions, a new one, and each as a page and as PDF."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalogue.modules import titles_of
from web.accounts.letters import send
from web.advisor.doors import READABLE, WRITABLE, Opened, advisors_door
from web.advisor.letters import report_ready
from web.advisor.matching.paths import ClientsPath, PathQuestion, keep_path, path_answer
from web.advisor.people import names
from web.advisor.report.cards import VersionLine, version_lines
from web.advisor.report.document import report_document
from web.advisor.report.form import MAKE, ReportForm
from web.advisor.report.material import material
from web.advisor.report.versions import EnoughVersions, keep_report, next_number, report_numbered, versions
from web.advisor.together.choices import no_longer_pinned
from web.advisor.views import bp
from web.documents.document import Document
from web.languages import _
from web.lists.documents import pdf_answer
from web.wiring import services


@bp.route("/dossiers/<uid>/verslag", methods=["GET", "POST"])
def report(uid: str) -> str | Response:
    """All versions, and what the next one says: to look at it first, and to make it."""
    is_making = request.form.get("doe") == MAKE
    with advisors_door(uid, "report", READABLE) as opened:
        dossier = opened.dossier
        form, is_open = ReportForm(dossier, is_making=is_making), dossier.standing(services().today()) in WRITABLE
        is_asked = is_open and form.validate_on_submit()
        question = form.path_question(opened.session, dossier) if is_asked else None
        values = {"name": dossier.client_name, "uid": uid, "is_open": is_open, "left_out": _left_out(opened)}
        if not is_asked:
            return render_template("advisor/report.html", form=form, preview=None, lines=lines_of(opened), **values)
    path = _path(question)
    with advisors_door(uid, "report") as opened:
        preview = _document(opened, form, path)
        if is_making:
            return _made(opened, preview)
        lines = lines_of(opened)
    return render_template("advisor/report.html", form=form, preview=preview, lines=lines, **values)


def _left_out(opened: Opened) -> list[tuple[str, str]]:
    """Modules that were in the advice when the newest version was made and are no longer: their titles, each with its language."""
    reports = opened.dossier.reports
    gone = no_longer_pinned(opened.dossier, reports[0].made_at) if reports else []
    titles = titles_of(opened.session, gone)
    return [titles[uid] for uid in gone if uid in titles]


def _path(question: PathQuestion | None) -> ClientsPath | None:
    """The path that is advised; nobody holds the dossier while it is looked for."""
    if question is None:
        return None
    with services().database.reading() as reading:
        return path_answer(reading, question)


def _document(opened: Opened, form: ReportForm, path: ClientsPath | None) -> Document:
    if path:
        keep_path(opened.session, opened.dossier.uid, path)
    return report_document(material(opened.session, opened.dossier, path), form.wish, next_number(opened.dossier))


def lines_of(opened: Opened) -> list[VersionLine]:
    """All versions, for whoever looks."""
    found = versions(opened.session, opened.dossier)
    return version_lines(found, names(opened, {one.actor for one in found}))


def _made(opened: Opened, document: Document) -> Response:
    uid = opened.dossier.uid
    try:
        number = keep_report(opened.dossier, document, opened.actor, opened.now).number
    except EnoughVersions:
        flash(_("Er zijn al te veel versies. Uw klant kan het dossier wissen, of u begint een nieuw dossier."), "refused")
        return redirect(url_for(".report", uid=uid), 303)
    opened.noted("made-report", "report")
    if opened.dossier.client_email:
        send(opened.session, opened.dossier.client_email, report_ready(), opened.now)
    flash(_("Het verslag is gemaakt. Uw klant ziet het ook."))
    return redirect(url_for(".report_version", uid=uid, number=number), 303)


@bp.get("/dossiers/<uid>/verslag/<int:number>")
def report_version(uid: str, number: int) -> str:
    """One version, as it was made."""
    with advisors_door(uid, "report", READABLE) as opened:
        found = report_numbered(opened.dossier, number) or abort(404)
        document, name = Document.of(found.document), opened.dossier.client_name
    return render_template("advisor/report_version.html", document=document, number=number, uid=uid, name=name)


@bp.get("/dossiers/<uid>/verslag/<int:number>.pdf")
def report_pdf(uid: str, number: int) -> Response:
    """The same as a PDF."""
    with advisors_door(uid, "report", READABLE) as opened:
        found = report_numbered(opened.dossier, number) or abort(404)
        document = Document.of(found.document)
        opened.noted("downloaded-report", "report")
    return version_pdf(document, number)


def version_pdf(document: Document, number: int) -> Response:
    """A version as a file. Its name tells nothing of whom it is about."""
    return pdf_answer(document, f"adviesverslag-{number}")
