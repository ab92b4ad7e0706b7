"""Routes of "what if": other wishes beside those of a visitor, and taking one of them over."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.modules import modules_by_id
from catalogue.skills.reads import skills_by_id
from matching.advice.scenarios import Scenario, compare
from matching.advice.suggestions import suggested
from web.languages import _
from web.learner.answers import Answers
from web.learner.forms import LEARNING_LANGUAGES, ForgetForm
from web.learner.profile import learner_profile
from web.learner.scenario_cards import SHOWN_MODULES, Choice, Column, choice, columns
from web.learner.scenario_form import MOST_SCENARIOS, WISH, changed_by, code_of, proposed, show_only, wishes_form
from web.wiring import services

OWN = ("budget_eur", "hours_per_week", "near", "max_km", "moments", "formats")
"""The wishes that one can change here by hand; the page with all wishes has the others."""

CHOSEN_AT_FIRST = 2

bp = Blueprint("scenarios", __name__)


@bp.get("/profiel/wat-als")
def side_by_side() -> str | Response:
    """What other wishes would give, beside the wishes as they are."""
    now, codes = Answers.from_session(session), request.args.getlist(WISH)
    if not now.has_goal:
        return redirect(url_for("learner.goal"), 303)
    given = {name: request.args.getlist(name) for name in OWN if any(request.args.getlist(name))}
    with services().database.reading() as reading:
        form = wishes_form(reading, now, given)
        if given and form.validate():
            own = code_of(now, now.changed(**{name: form.values[name] for name in given}))
            return redirect(_address([own, *codes]), 303)
        is_first = WISH not in request.args
        thens = [] if is_first else _changed(reading, now, codes)
        choices = _choices(reading, now, thens)
        if is_first:
            thens = _changed(reading, now, [one.code for one in choices[:CHOSEN_AT_FIRST]])
        shown = _columns(reading, now, thens)
    show_only(form, given)
    chosen = [column.code for column in shown]
    return render_template(
        "learner/what_if.html", form=form, given=given, choices=choices, columns=shown, chosen=chosen, wish=WISH, token=ForgetForm()
    )


@bp.post("/profiel/wat-als")
def take_over() -> Response:
    """Makes one of the compared wishes the visitor's own."""
    now = Answers.from_session(session)
    with services().database.reading() as reading:
        then = changed_by(reading, now, request.form.get(WISH, ""))
    if ForgetForm().validate_on_submit() and then:
        then.keep(session)
        flash(_("Uw wensen zijn gewijzigd."))
    return redirect(url_for("learner.matches", _anchor="matches"), 303)


def _address(codes: Sequence[str]) -> str:
    """The page with these changes, each once."""
    chosen = [code for code in dict.fromkeys(codes) if code][:MOST_SCENARIOS]
    return url_for(".side_by_side", _anchor="naast-elkaar", **{WISH: chosen or [""]})  # type: ignore[arg-type]


def _changed(reading: Session, now: Answers, codes: Sequence[str]) -> list[Answers]:
    """The answers with each change that makes sense, each once."""
    return [then for code in dict.fromkeys(codes) if (then := changed_by(reading, now, code))][:MOST_SCENARIOS]


def _choices(reading: Session, now: Answers, thens: Sequence[Answers]) -> list[Choice]:
    """The suggested changes, and those that were made by hand."""
    parts = services()
    found = suggested(parts.matcher, learner_profile(reading, now), parts.today(), LEARNING_LANGUAGES)
    offered = [choice(now, then, one.brings) for one in found if (then := proposed(now, one.scenario))]
    known = {one.code for one in offered}
    return [*offered, *(own for then in thens if (own := choice(now, then)).code not in known)]


def _columns(reading: Session, now: Answers, thens: Sequence[Answers]) -> list[Column]:
    parts = services()
    scenarios = [Scenario(code_of(now, then), learner_profile(reading, then).constraints) for then in thens]
    found = compare(parts.matcher, learner_profile(reading, now), scenarios, parts.today(), SHOWN_MODULES)
    modules, skills = modules_by_id(reading, found.named_modules()), skills_by_id(reading, found.named_skills())
    return columns(found, now, thens, modules, skills, parts.today())
