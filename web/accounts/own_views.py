"""Routes of the own account: what we know, change the password, end sessions, delete everything."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.accounts import letters, passwords, signing
from web.accounts.forms import ChangePasswordForm, DeleteForm
from web.accounts.models import Account
from web.accounts.people import account_by_id, set_password
from web.accounts.presenters import overview_page
from web.accounts.views import bp
from web.advisor.reading import count_open_of_advisor
from web.button import ButtonForm
from web.languages import _
from web.privacy.erasing import erase
from web.privacy.own import this_person
from web.second_step.keeping import is_on
from web.security.access import current_actor, role_required
from web.security.attempts import limit
from web.security.sessions import end_all, sessions_of
from web.wiring import services


@bp.get("/account")
@role_required()
def overview() -> str:
    """What we know of somebody, and what can be done about it."""
    parts, actor = services(), current_actor()
    with parts.database.reading() as session:
        account = account_by_id(session, actor.account_id)
        page = overview_page(
            account, sessions_of(session, account.id, parts.now()), signing.this_browser().token, has_second_step=is_on(session, account.id)
        )
    return render_template("accounts/overview.html", page=page, form=ButtonForm())


@bp.route("/account/wachtwoord", methods=["GET", "POST"])
@role_required()
def change_password() -> str | Response:
    """Changes the password, or gives the account its first one. All other browsers are signed out."""
    account = own_account()
    if must_prove := ask_to_sign_in(account, "accounts.change_password"):
        return must_prove
    form, parts = ChangePasswordForm(account), services()
    if form.is_submitted():
        limit("proof", account.email)
    if not form.validate_on_submit():
        return render_template("accounts/change_password.html", form=form, email=account.email)
    chosen = passwords.hashed(form.password.data)
    with parts.database.writing() as session:
        account = account_by_id(session, account.id)
        set_password(session, account, chosen)
        letters.send(session, account.email, letters.password_changed(), parts.now())
    signing.sign_in(account, "change")
    flash(_("U hebt nu een ander wachtwoord. Op al uw andere browsers bent u uitgelogd."))
    return redirect(url_for(".overview"), 303)


@bp.post("/account/sessies")
@role_required()
def end_other_sessions() -> Response:
    """Signs out everywhere but here."""
    if ButtonForm().validate_on_submit():
        with services().database.writing() as session:
            end_all(session, own_account().id, except_token=signing.this_browser().token)
        flash(_("Alle andere browsers zijn uitgelogd."))
    return redirect(url_for(".overview"), 303)


@bp.route("/account/wissen", methods=["GET", "POST"])
@role_required()
def delete() -> str | Response:
    """Deletes the account with all that belongs to it."""
    account, parts = own_account(), services()
    if must_prove := ask_to_sign_in(account, "accounts.delete"):
        return must_prove
    form = DeleteForm(account)
    if form.is_submitted():
        limit("proof", account.email)
    if not form.validate_on_submit():
        with parts.database.reading() as reading:
            dossiers = count_open_of_advisor(reading, account.id, parts.today())
        return render_template("accounts/delete.html", form=form, email=account.email, dossiers=dossiers)
    person = this_person()
    signing.sign_out()
    erase(parts, person)
    flash(_("Uw account is gewist, met alles wat erbij hoorde."))
    answer = redirect(url_for("browse.home"), 303)
    answer.call_on_close(parts.database.scrub)
    return answer


def own_account() -> Account:
    """The account that is signed in."""
    with services().database.reading() as session:
        return account_by_id(session, current_actor().account_id)


def ask_to_sign_in(account: Account, endpoint: str) -> Response | None:
    """Who has no password proves to be the owner by having signed in only just now."""
    if account.password is not None or signing.is_fresh():
        return None
    flash(_("Log eerst opnieuw in. Zo weten wij zeker dat u het bent."), "refused")
    return redirect(url_for("accounts.sign_in", next=url_for(endpoint)), 303)
