"""The route behind the link of an invitation: look who asks what, and accept it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.accounts import invitations
from web.accounts.invitations import InvitationOver, OtherAddress, invitation_behind
from web.accounts.models import Account
from web.accounts.own_views import own_account
from web.accounts.presenters import invitation_page
from web.button import ButtonForm
from web.errors import over
from web.languages import _
from web.logs import log
from web.second_step.waiting import first_step_done
from web.security.access import current_actor
from web.security.attempts import limit
from web.wiring import services

bp = Blueprint("invitations", __name__)
over(bp, InvitationOver, "accounts/invitation_over.html")


@bp.route("/uitnodiging/<token>", methods=["GET", "POST"])
def accept(token: str) -> str | Response | tuple[str, int]:
    """Shows who asks what; the button accepts it and signs in. A program that opens links in mail accepts nothing."""
    parts, form, status = services(), ButtonForm(), 200
    own = own_account() if current_actor().account_id is not None else None
    if form.is_submitted():
        limit("invitation")
    if form.validate_on_submit():
        try:
            with parts.database.writing() as session:
                account = invitations.accept(session, token, own, parts.now())
            return _came_in(account, own)
        except OtherAddress:
            status = 403
    with parts.database.reading() as session:
        page = invitation_page(invitation_behind(session, token, parts.now()), own)
    return render_template("accounts/invitation.html", page=page, form=form, token=token), status


def _came_in(account: Account, own: Account | None) -> Response:
    """To the work; a guest is signed in first, or gives the code of the second step."""
    log.info("invitation accepted", account=account.id)
    flash(_("U doet mee. Fijn dat u er bent."))
    onward = url_for("hub.start")
    return redirect(onward if own else first_step_done(account, "invitation", onward), 303)
