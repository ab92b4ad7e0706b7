"""Routes to what we keep of a visitor: look at it, take it along, wipe it."""

from __future__ import annotations

import json

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from web.accounts import signing
from web.button import ButtonForm
from web.languages import _, language
from web.privacy.erasing import erase
from web.privacy.export import as_document, everything, names_in
from web.privacy.own import this_person
from web.privacy.presenters import Names, parts_of
from web.security.access import current_actor
from web.wiring import local_day, services

bp = Blueprint("privacy", __name__)


@bp.get("/uw-gegevens")
def overview() -> str:
    """What can be done with one's data."""
    is_member = current_actor().account_id is not None
    return render_template("privacy/overview.html", is_member=is_member, form=ButtonForm() if session and not is_member else None)


@bp.get("/uw-gegevens/bekijk")
def read() -> str:
    """Everything, to read and to print."""
    person, parts = this_person(), services()
    with parts.database.reading() as reading:
        kept = everything(reading, person)
        shown = parts_of(kept, Names(names_in(reading, kept, language())))
    return render_template("privacy/read.html", parts=shown, today=local_day(parts.now()))


@bp.get("/uw-gegevens.json")
def download() -> Response:
    """Everything, for programs."""
    person, parts = this_person(), services()
    with parts.database.reading() as reading:
        document = as_document(reading, person, parts.now(), language())
    head = {"Content-Disposition": 'attachment; filename="leerwijzer-gegevens.json"', "Cache-Control": "no-store"}
    return Response(json.dumps(document, ensure_ascii=False, indent=2) + "\n", content_type="application/json", headers=head)


@bp.post("/uw-gegevens/wis")
def wipe() -> AnyResponse:
    """Wipes all that a guest did here. Who has an account proves first to be its owner."""
    if current_actor().account_id is not None:
        return redirect(url_for("accounts.delete"), 303)
    answer = redirect(url_for(".overview"), 303)
    if ButtonForm().validate_on_submit():
        person, parts = this_person(), services()
        signing.sign_out()
        erase(parts, person)
        flash(_("Uw gegevens zijn gewist."))
        answer.call_on_close(parts.database.scrub)
    return answer
