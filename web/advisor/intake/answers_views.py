"""The answers of the intake for the client: all of them in words, given from the own pages, and taken back there."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from web.advisor.client_views import bp
from web.advisor.doors import READABLE, WRITABLE, clients_part
from web.advisor.intake.presenters import told
from web.advisor.intake.taking_over import TakeForm, offer, taken
from web.advisor.intake.talk import answers_of, keep_intake
from web.languages import _
from web.learner.answers import Answers
from web.passport.keeping import own_passport, take_levels
from web.wiring import services


@bp.get("/<key>/antwoorden")
def answers(key: str) -> str:
    """All answers, as the advisor sees them."""
    with clients_part(key, "intake", READABLE) as opened:
        steps, standing = told(opened.session, opened.dossier, lambda _step: ""), opened.dossier.standing(services().today())
    return render_template("client/answers.html", steps=steps, key=key, is_open=standing in WRITABLE)


@bp.route("/<key>/antwoorden/geef", methods=["GET", "POST"])
def give_answers(key: str) -> str | Response:
    """Gives the answers of this browser, and the skills of the own passport, to the advisor."""
    form, own = TakeForm(), _own_answers()
    with clients_part(key, "intake") as opened:
        kept = answers_of(opened.dossier)
        shown = offer(opened.session, kept, own)
        if form.validate_on_submit() and not shown.is_empty:
            keep_intake(opened.dossier, opened.now, answers=taken(kept, own, form))
            opened.noted("gave-answers", "intake")
            flash(_("Uw adviseur ziet nu uw antwoorden."))
            return redirect(url_for(".answers", key=key), 303)
    return render_template("client/give.html", form=form, shown=shown, key=key, has_own=own != Answers())


@bp.route("/<key>/antwoorden/neem-mee", methods=["GET", "POST"])
def take_answers(key: str) -> str | Response:
    """Takes the answers in the dossier along to the own pages, to go on there."""
    form, own = TakeForm(), _own_answers()
    with clients_part(key, "intake", READABLE) as opened:
        given = answers_of(opened.dossier)
        shown = offer(opened.session, own, given)
        is_taken = form.validate_on_submit()
        if is_taken:
            opened.noted("took-along", "intake")
    if is_taken:
        together = taken(own, given, form)
        together.keep(session)
        take_levels(together.skills)  # the passport is kept in a transaction of its own, so only now
        return redirect(url_for("learner.check"), 303)
    return render_template("client/take.html", form=form, shown=shown)


def _own_answers() -> Answers:
    """What this browser holds of the client, with the skills of the own passport."""
    return Answers.from_session(session).with_levels("skills", own_passport().levels)
