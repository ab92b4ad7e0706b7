"""Routes for who wants to offer modules: ask, confirm from the letter, see how it stands, withdraw.

Everybody reads the same answer, whether the address has an account or not, and whether the organisation is there or not.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.accounts.letters import send
from web.accounts.own_views import own_account
from web.button import ButtonForm
from web.errors import over
from web.hub.own import form_session
from web.joining import asking, letters
from web.joining.asking import RequestGone, request_behind
from web.joining.forms import JoinForm
from web.joining.presenters import request_page
from web.languages import _, language
from web.logs import log
from web.privacy import traces
from web.security.access import current_actor
from web.security.attempts import limit
from web.wiring import services

bp = Blueprint("joining", __name__, url_prefix="/aanbieder-worden")
over(bp, RequestGone, "joining/over.html")


@bp.route("", methods=["GET", "POST"])
def ask() -> str | Response:
    """What joining brings, and the form; then a letter to confirm it with."""
    form, parts = JoinForm(), services()
    if form.is_submitted():
        limit("mail", form.email.data)
    elif current_actor().account_id is not None:
        form.email.data = own_account().email
    if not form.validate_on_submit():
        return render_template("joining/ask.html", form=form)
    with parts.database.writing() as session:
        request, token = asking.ask(session, form.asked, language(), parts.now())
        letter_id = send(session, request.email, letters.confirm(token), parts.now())
    traces.leave("requests", request.id)
    traces.leave("letters", letter_id)
    return redirect(url_for("accounts.look_in_mail"), 303)


@bp.route("/<token>", methods=["GET", "POST"])
def own(token: str) -> str | Response:
    """One's own request; a POST confirms it. A program that opens links in mail confirms nothing."""
    form, parts = ButtonForm(), services()
    with form_session() as session:
        request = request_behind(session, token, parts.now())
        if form.validate_on_submit():
            asking.confirm(session, request, parts.now())
            log.info("join request confirmed", request=request.uid)
            return redirect(url_for(".own", token=token), 303)
        page = request_page(request)
    return render_template("joining/own.html", form=form, page=page, token=token)


@bp.post("/<token>/trek-in")
def withdraw(token: str) -> Response:
    """Deletes one's own request."""
    parts = services()
    with parts.database.writing() as session:
        request = request_behind(session, token, parts.now())
        if not ButtonForm().validate_on_submit():
            return redirect(url_for(".own", token=token), 303)
        asking.withdraw(session, request)
    flash(_("Uw aanvraag is gewist."))
    return redirect(url_for(".ask"), 303)
