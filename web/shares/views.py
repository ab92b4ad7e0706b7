"""Routes of sharing: look at what others will see, make a link, withdraw it; and the page behind the link, for who has it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.button import ButtonForm
from web.documents.document import Document
from web.errors import over
from web.languages import _
from web.lists.documents import pdf_answer
from web.security.address import site_address
from web.security.attempts import limit
from web.security.headers import unlisted
from web.shares.choices import KINDS
from web.shares.forms import ShareForm
from web.shares.lines import share_lines
from web.shares.own import remember, this_owner
from web.shares.sharing import ShareOver, share, shared, shares_of, withdraw, withdraw_by_token, withdrawable
from web.wiring import local_day, services

bp = Blueprint("shares", __name__)
over(bp, ShareOver, "shares/over.html")


@bp.get("/delen")
def overview() -> str:
    """What this visitor shares now."""
    parts = services()
    with parts.database.reading() as reading:
        lines = share_lines(shares_of(reading, this_owner(), parts.now()))
    return render_template("shares/overview.html", lines=lines, form=ButtonForm())


@bp.route("/delen/<kind>", methods=["GET", "POST"])
def new(kind: str) -> str | Response:
    """Shows what others will see; a POST makes the link and shows it, once."""
    what, parts, form = KINDS.get(kind) or abort(404), services(), ShareForm()
    has_personal = request.args.get("met") == "alles"
    with parts.database.reading() as reading:
        document = what.build(reading, has_personal)
    if document is None:
        return redirect(url_for(what.back), 303)
    choices = ("doel", "deel", "budget", "stapel", "gericht")
    others: dict[str, Any] = {name: value for name, value in request.args.items() if name in choices}
    if form.validate_on_submit():
        limit("share")
        with parts.database.writing() as writing:
            made = share(writing, document, this_owner(), form.days.data, parts.now())
        remember(made)
        return render_template(
            "shares/made.html", made=made, until=local_day(made.expires_at), site=site_address(), back=url_for(what.back, **others)
        )
    return render_template("shares/new.html", form=form, document=document, kind=kind, what=what, has_personal=has_personal, others=others)


@bp.post("/delen/trek-in")
def end() -> Response:
    """Ends one of the own shares."""
    if ButtonForm().validate_on_submit():
        with services().database.writing() as writing:
            is_ended = withdraw(writing, this_owner(), request.form.get("link", ""))
        flash(_("De link werkt niet meer.") if is_ended else _("Deze link werkte al niet meer."))
    return redirect(url_for(".overview"), 303)


@bp.route("/intrekken/<token>", methods=["GET", "POST"])
def end_by_link(token: str) -> str | Response:
    """Ends the share of an owner's link, after a press on the button."""
    form, parts = ButtonForm(), services()
    if form.validate_on_submit():
        with parts.database.writing() as writing:
            withdraw_by_token(writing, token, parts.now())
        flash(_("De link werkt niet meer."))
        return redirect(url_for("browse.home"), 303)
    with parts.database.reading() as reading:
        document = Document.of(withdrawable(reading, token, parts.now()).document)
    return render_template("shares/withdraw.html", form=form, token=token, document=document)


@bp.get("/gedeeld/<token>")
def read(token: str) -> Response:
    """What was shared, to read only."""
    parts = services()
    with parts.database.reading() as reading:
        found = shared(reading, token, parts.now())
    page = render_template("shares/read.html", document=Document.of(found.document), until=local_day(found.expires_at), token=token)
    return unlisted(make_response(page))


@bp.get("/gedeeld/<token>/pdf")
def read_pdf(token: str) -> Response:
    """The same as a PDF."""
    parts = services()
    with parts.database.reading() as reading:
        document = Document.of(shared(reading, token, parts.now()).document)
    return unlisted(pdf_answer(document, "leerwijzer"))
