"""Routes of the advice report, for the client whom it is about."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.advisor.client_views import bp, shows_content
from web.advisor.doors import clients_door
from web.advisor.report.versions import report_numbered
from web.advisor.report.views import pdf_answer
from web.documents.document import Document

__all__ = ["bp"]


@bp.get("/<key>/verslag/<int:number>")
def report_version(key: str, number: int) -> str | Response:
    """One version, as it was made."""
    with clients_door(key, "report") as opened:
        if not shows_content(opened):
            return redirect(url_for(".look", key=key), 303)
        found = report_numbered(opened.dossier, number) or abort(404)
        document = Document.of(found.document)
    return render_template("client/report.html", document=document, number=number, key=key)


@bp.get("/<key>/verslag/<int:number>.pdf")
def report_pdf(key: str, number: int) -> Response:
    """The same as a PDF."""
    with clients_door(key, "report") as opened:
        if not shows_content(opened):
            return redirect(url_for(".look", key=key), 303)
        found = report_numbered(opened.dossier, number) or abort(404)
        document = Document.of(found.document)
        opened.noted("downloaded-report", "report")
    return pdf_answer(document, number)
