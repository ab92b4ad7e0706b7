"""Routes to get in and out: sign in, make an account, recover a password.

Known and unknown e-mail addresses get the same answer after the same work; only the owner of the mailbox reads the difference.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from web.accounts import letters, passwords, signing
from web.accounts.forms import EmailForm, NewPasswordForm, SignInForm
from web.accounts.links import LinkOver, Purpose, account_behind, use_up
from web.accounts.models import Account, RoleName
from web.accounts.people import account_by_email, ensure_account, set_password
from web.button import ButtonForm
from web.errors import over
from web.languages import _
from web.logs import log
from web.presentation import is_local
from web.privacy import traces
from web.second_step.waiting import first_step_done
from web.security.attempts import limit
from web.wiring import services

bp = Blueprint("accounts", __name__)
over(bp, LinkOver, "accounts/link_over.html")
_DESKS = ((RoleName.ADVISOR, "advisor.start"), (RoleName.HUB, "hub.start"))
"""Where somebody works who signs in, the first that fits."""


def following() -> str:
    """The path to go to after signing in, when the address names one of this site; "" otherwise."""
    target = request.args.get("next", "")
    return target if is_local(target) else ""


def came_in(account: Account, how: str) -> Response:
    """To where somebody was going, or to the own dossiers, modules or account; to the second step first for who has one."""
    start = next((page for role, page in _DESKS if account.has_role(role)), "accounts.overview")
    return redirect(first_step_done(account, how, following() or url_for(start)), 303)


@bp.route("/inloggen", methods=["GET", "POST"])
def sign_in() -> str | Response:
    """Signs in with a password, or mails a link."""
    form, parts = SignInForm(), services()
    if form.is_by_link:
        return _mailed(form, "accounts/sign_in.html", lambda session, email: letters.sign_in(account_by_email(session, email), following()))
    if form.is_submitted():
        limit("sign-in", form.email.data)
    if form.validate_on_submit():
        with parts.database.reading() as session:
            account = passwords.account_with(session, form.email.data, form.password.data)
        if account is not None:
            return came_in(account, "password")
        log.warning("sign-in refused")
        form.say_wrong()
    return render_template("accounts/sign_in.html", form=form, following=following())


@bp.post("/uitloggen")
def sign_out() -> Response:
    """Signs out, in this browser; leads on to where somebody was going."""
    if ButtonForm().validate_on_submit():
        signing.sign_out()
        flash(_("U bent uitgelogd. Uw antwoorden in deze browser zijn gewist."))
    return redirect(following() or url_for("browse.home"), 303)


@bp.route("/account-maken", methods=["GET", "POST"])
def register() -> str | Response:
    """Makes an account for a learner. Its address is confirmed by mail; only then a password is chosen, so that nobody sets another's."""
    return _mailed(EmailForm(), "accounts/register.html", _made)


@bp.route("/wachtwoord-vergeten", methods=["GET", "POST"])
def recover() -> str | Response:
    """Mails a link to choose another password with."""
    return _mailed(EmailForm(), "accounts/recover.html", lambda session, email: letters.recover(account_by_email(session, email)))


def _mailed(form: EmailForm, template: str, letter_to: Callable[[Session, str], letters.Letter]) -> str | Response:
    """Sends the letter for the address in `form`, or asks for the address."""
    if form.is_submitted():
        limit("mail", form.email.data)
    if not form.validate_on_submit():
        return render_template(template, form=form, following=following())
    parts = services()
    with parts.database.writing() as session:
        letter_id = letters.send(session, form.email.data, letter_to(session, form.email.data), parts.now())
    traces.leave("letters", letter_id)
    return redirect(url_for(".look_in_mail"), 303)


def _made(session: Session, email: str) -> letters.Letter:
    """The letter for an account, which is made when it is not there."""
    is_new = account_by_email(session, email) is None
    account = ensure_account(session, email, services().now())
    if is_new:
        traces.leave("accounts", account.id)
    return letters.register(account)


@bp.get("/kijk-in-uw-mail")
def look_in_mail() -> str:
    """Says that a letter is on its way, and leads back to where it was asked for."""
    return render_template("accounts/look_in_mail.html", back=following())


@bp.route("/inloggen/<token>", methods=["GET", "POST"])
def use_link(token: str) -> str | Response:
    """Signs in with a mailed link, after a press on the button."""
    form, parts = ButtonForm(), services()
    if form.validate_on_submit():
        with parts.database.writing() as session:
            account = use_up(session, Purpose.SIGN_IN, token, parts.now())
        return came_in(account, "link")
    with parts.database.reading() as session:
        account = account_behind(session, Purpose.SIGN_IN, token)
    return render_template("accounts/use_link.html", form=form, token=token, email=account.email, following=following())


@bp.route("/account-maken/<token>", methods=["GET", "POST"])
def confirm_address(token: str) -> str | Response:
    """Confirms an address; a password may be chosen."""
    return _choose_password(Purpose.CONFIRM, token)


@bp.route("/wachtwoord-vergeten/<token>", methods=["GET", "POST"])
def reset_password(token: str) -> str | Response:
    """Chooses another password."""
    return _choose_password(Purpose.RESET, token)


def _choose_password(purpose: Purpose, token: str) -> str | Response:
    parts = services()
    with parts.database.reading() as session:
        account = account_behind(session, purpose, token)
    form = NewPasswordForm(account.email, is_optional=purpose is Purpose.CONFIRM)
    if not form.validate_on_submit():
        return render_template(
            "accounts/choose_password.html", form=form, token=token, email=account.email, is_new=purpose is Purpose.CONFIRM
        )
    chosen = passwords.hashed(form.password.data) if form.password.data else None
    with parts.database.writing() as session:
        account = use_up(session, purpose, token, parts.now())
        if chosen:
            set_password(session, account, chosen)
        if purpose is Purpose.RESET:
            letters.send(session, account.email, letters.password_changed(), parts.now())
    return came_in(account, purpose)
