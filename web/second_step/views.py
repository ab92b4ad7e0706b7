"""Routes of the second step: give the code when signing in; switch it on and off, and make recovery codes, in the own account."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from web.accounts import letters
from web.accounts.own_views import ask_to_sign_in, own_account
from web.accounts.presenters import moment
from web.languages import _
from web.logs import log
from web.second_step import codes, keeping
from web.second_step.forms import CodeForm, SwitchOnForm
from web.second_step.waiting import second_step_done, who_waits
from web.security.access import role_required
from web.security.attempts import limit
from web.wiring import services

SEED_KEY = "second_step_seed"

bp = Blueprint("second_step", __name__)


@bp.route("/inloggen/code", methods=["GET", "POST"])
def ask() -> str | Response:
    """Takes the code after the password or the mailed link."""
    parts, form = services(), CodeForm()
    with parts.database.reading() as reading:
        waiting = who_waits(reading)
    if waiting is None:
        return redirect(url_for("accounts.sign_in"), 303)
    if form.is_submitted():
        limit("code", waiting.account.email)
    if form.validate_on_submit():
        if _is_right(waiting.account.id, form):
            second_step_done(waiting)
            return redirect(waiting.onward, 303)
        log.warning("code refused", account=waiting.account.id)
    return render_template("second_step/ask.html", form=form)


@bp.get("/account/tweede-stap")
@role_required()
def overview() -> str:
    """Whether it is on, and what can be done about it."""
    with services().database.reading() as reading:
        account_id = own_account().id
        own, left = keeping.second_step(reading, account_id), keeping.codes_left(reading, account_id)
    return render_template("second_step/overview.html", since=moment(own.created_at) if own else "", left=left, all=codes.RECOVERY_CODES)


@bp.route("/account/tweede-stap/aan", methods=["GET", "POST"])
@role_required()
def switch_on() -> str | Response:
    """Shows the key to an app, and takes the first code of it."""
    account, parts = own_account(), services()
    if must_prove := ask_to_sign_in(account, "second_step.switch_on"):
        return must_prove
    if _has_step(account.id):
        return redirect(url_for(".overview"), 303)
    form, seed = SwitchOnForm(account), session.setdefault(SEED_KEY, codes.new_seed())
    if form.is_submitted():
        limit("proof", account.email)
    if form.validate_on_submit():
        with parts.database.writing() as writing:
            made = keeping.switch_on(writing, account.id, seed, form.code.data, parts.now())
            if made:
                letters.send(writing, account.email, letters.second_step_changed(is_on=True), parts.now())
        if made:
            session.pop(SEED_KEY)
            return render_template("second_step/recovery_codes.html", codes=made, is_new=True)
        form.say_wrong()
    key, picture = codes.grouped(codes.key_of(seed)), codes.picture_for_app(seed, account.email)
    address = codes.address_for_app(seed, account.email)
    return render_template("second_step/switch_on.html", form=form, key=key, picture=picture, address=address, email=account.email)


@bp.route("/account/tweede-stap/uit", methods=["GET", "POST"])
@role_required()
def switch_off() -> str | Response:
    """Asks for no code any more, from who gives one now."""
    account, parts, form = own_account(), services(), CodeForm()
    if not _has_step(account.id):
        return redirect(url_for(".overview"), 303)
    if form.is_submitted():
        limit("code", account.email)
    if form.validate_on_submit() and _is_right(account.id, form):
        with parts.database.writing() as writing:
            keeping.switch_off(writing, account.id)
            letters.send(writing, account.email, letters.second_step_changed(is_on=False), parts.now())
        flash(_("De tweede stap staat uit. U logt weer in zonder code."))
        return redirect(url_for(".overview"), 303)
    return render_template("second_step/switch_off.html", form=form)


@bp.route("/account/tweede-stap/herstelcodes", methods=["GET", "POST"])
@role_required()
def recovery_codes() -> str | Response:
    """Makes fresh recovery codes, for who gives a code now."""
    account, form = own_account(), CodeForm()
    if not _has_step(account.id):
        return redirect(url_for(".overview"), 303)
    if form.is_submitted():
        limit("code", account.email)
    if form.validate_on_submit() and _is_right(account.id, form):
        with services().database.writing() as writing:
            made = keeping.renew_recovery_codes(writing, account.id)
        return render_template("second_step/recovery_codes.html", codes=made, is_new=False)
    return render_template("second_step/renew_codes.html", form=form)


def _has_step(account_id: int) -> bool:
    with services().database.reading() as reading:
        return keeping.is_on(reading, account_id)


def _is_right(account_id: int, form: CodeForm) -> bool:
    """Uses up the code in a form; says so there when it is wrong."""
    with services().database.writing() as writing:
        is_right = keeping.is_right(writing, account_id, form.code.data, services().now())
    if not is_right:
        form.say_wrong()
    return is_right
