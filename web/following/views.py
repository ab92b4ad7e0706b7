"""Routes to follow something by mail, and to stop."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.modules import module_of_edition, starts_of
from web.accounts.alert_model import Alert, Followed
from web.accounts.forms import EmailForm
from web.accounts.letters import send
from web.accounts.people import account_by_id
from web.button import ButtonForm
from web.errors import over
from web.following import alerts
from web.following.alerts import AlertGone, TooManyAlerts, alert_behind, alerts_of, confirm, follow, token_of
from web.following.news import confirm_letter, description, followed_search, way_on
from web.languages import _, language
from web.learner.answers import Answers
from web.learner.goal_first import goal_first
from web.privacy import traces
from web.security.access import current_actor, role_required
from web.security.attempts import limit
from web.wiring import services

bp = Blueprint("following", __name__)
over(bp, AlertGone, "following/gone.html")


@bp.route("/volgen", methods=["GET", "POST"])
def search() -> str | Response:
    """Follows the search in the address."""
    return _asked(Followed.SEARCH, {name: values for name, values in request.args.lists() if any(values)})


@bp.route("/volgen/antwoorden", methods=["GET", "POST"])
@goal_first
def profile(answers: Answers) -> str | Response:
    """Follows the answers of the guided profile."""
    return _asked(Followed.PROFILE, answers.stored())


@bp.route("/volgen/start/<edition>", methods=["GET", "POST"])
def start(edition: str) -> str | Response:
    """Follows a start that somebody chose."""
    with services().database.reading() as reading:
        module = module_of_edition(reading, edition) or abort(404)
        chosen = starts_of(reading, [edition])[edition]
    return _asked(Followed.START, {"module": module.uid, "edition": edition, "start": chosen})


@bp.get("/volgen/overzicht")
@role_required()
def overview() -> str:
    """All that the owner of an account follows."""
    with services().database.reading() as reading:
        own = alerts_of(reading, _own_email(reading))
        lines = [(description(reading, alert), alert.confirmed_at is not None, token_of(alert)) for alert in own]
    return render_template("following/overview.html", lines=lines)


@bp.route("/volgen/mail/<token>", methods=["GET", "POST"])
def alert(token: str) -> str:
    """One alert: confirm it, or stop it."""
    form, parts = ButtonForm(), services()
    with parts.database.writing() as writing:
        found = alert_behind(writing, token)
        if form.validate_on_submit():
            confirm(found, parts.now())
        shown = {
            "what": description(writing, found),
            "is_confirmed": found.confirmed_at is not None,
            "email": found.email,
            "followed": found.followed,
        }
    return render_template("following/alert.html", form=form, token=token, **shown)


@bp.post("/volgen/mail/<token>/stop")
def stop(token: str) -> str:
    """Stops one alert at once; mail programs ask this too, and for them there is no form of ours to prove."""
    with services().database.writing() as writing:
        alerts.stop(writing, alert_behind(writing, token))
    return render_template("following/stopped.html")


def _asked(followed: Followed, wish: dict[str, Any]) -> str | Response:
    """Takes the e-mail address, and mails the letter to confirm it with."""
    form, parts = EmailForm(), services()
    if form.is_submitted():
        limit("mail", form.email.data)
    with parts.database.writing() as writing:
        if not form.is_submitted() and current_actor().account_id is not None:
            form.email.data = _own_email(writing)
        wanted = Alert(followed=followed, wish=wish, language=language())
        if followed is Followed.SEARCH:
            wanted.wish = wish = followed_search(writing, wanted).parameters().to_dict(flat=False)
        if form.validate_on_submit():
            try:
                known = {one.id for one in alerts_of(writing, form.email.data)}
                made = follow(writing, form.email.data, followed, wish, language(), parts.now())
            except TooManyAlerts:
                form.email.errors = (_("U volgt al veel. Stop eerst met iets anders."),)
            else:
                if made.id not in known:
                    traces.leave("alerts", made.id)
                if made.confirmed_at is None:
                    traces.leave("letters", send(writing, made.email, confirm_letter(writing, made), parts.now()))
                return redirect(url_for("accounts.look_in_mail", next=way_on(writing, made)), 303)
        shown = {"what": description(writing, wanted), "back": way_on(writing, wanted), "followed": followed}
        return render_template("following/ask.html", form=form, **shown)


def _own_email(reading: Session) -> str:
    account_id = current_actor().account_id
    return account_by_id(reading, account_id).email if account_id is not None else abort(403)
