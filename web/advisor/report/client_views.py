"""Routes of the advice report, for the client whom it is about."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.advisor.client_views import bp, shows_content
from web.advisor.doors import Opened, clients_door
from web.advisor.model import ENDED
from web.advisor.report.versions import report_numbered
from web.advisor.report.views import lines_of, version_pdf
from web.documents.document import Document
from web.wiring import services


@bp.get("/<key>/verslag")
def report(key: str) -> str | Response:
    """All versions."""
    with clients_door(key, "report") as opened:
        if not shows_content(opened):
            return redirect(url_for(".look", key=key), 303)
        lines, is_ended = lines_of(opened), _is_ended(opened)
    return render_template("client/reports.html", lines=lines, is_ended=is_ended, key=key)


@bp.get("/<key>/verslag/<int:number>")
def report_version(key: str, number: int) -> str | Response:
    """One version, as it was made."""
    with clients_door(key, "report") as opened:
        if not shows_content(opened):
            return redirect(url_for(".look", key=key), 303)
        found = report_numbered(opened.dossier, number) or abort(404)
        document, is_ended = Document.of(found.document), _is_ended(opened)
    return render_template("client/report.html", document=document, number=number, is_ended=is_ended, key=key)


def _is_ended(opened: Opened) -> bool:
    """Whether the report is all that is left to read."""
    return opened.dossier.standing(services().today()) in ENDED


@bp.get("/<key>/verslag/<int:number>.pdf")
def report_pdf(key: str, number: int) -> Response:
    """The same as a PDF."""
    with clients_door(key, "report") as opened:
        if not shows_content(opened):
            return redirect(url_for(".look", key=key), 303)
        found = report_numbered(opened.dossier, number) or abort(404)
        document = Document.of(found.document)
        opened.noted("downloaded-report", "report")
    return version_pdf(document, number)
