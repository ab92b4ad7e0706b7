"""Routes of "what if": other wishes beside those of a visitor, and taking one of them over."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from web.button import ButtonForm
from web.languages import _
from web.learner import comparing
from web.learner.answers import Answers
from web.learner.goal_first import goal_first
from web.learner.profile import learner_profile
from web.learner.scenario_form import WISH, changed_by, show_only, wishes_form
from web.wiring import services

bp = Blueprint("scenarios", __name__)


@bp.get("/profiel/wat-als")
@goal_first
def side_by_side(now: Answers) -> str | Response:
    """What other wishes would give, beside the wishes as they are."""
    codes, given = request.args.getlist(WISH), comparing.given_by_hand(request.args)
    with services().database.reading() as reading:
        form = wishes_form(reading, now, given)
        if given and form.validate():
            return redirect(_address([comparing.own_change(now, form, given), *codes]), 303)
        asked = codes if WISH in request.args else None
        shown = comparing.side_by_side(reading, now, learner_profile(reading, now), asked)
    show_only(form, given)
    return render_template("learner/what_if.html", form=form, given=given, shown=shown, wish=WISH, token=ButtonForm())


@bp.post("/profiel/wat-als")
def take_over() -> Response:
    """Makes one of the compared wishes the visitor's own."""
    now = Answers.from_session(session)
    with services().database.reading() as reading:
        then = changed_by(reading, now, request.form.get(WISH, ""))
    if ButtonForm().validate_on_submit() and then:
        then.keep(session)
        flash(_("Uw wensen zijn gewijzigd."))
    return redirect(url_for("learner.matches", _anchor="matches"), 303)


def _address(codes: Sequence[str]) -> str:
    """The page with these changes, each once."""
    return url_for(".side_by_side", _anchor="naast-elkaar", **{WISH: comparing.most_of(codes) or [""]})  # type: ignore[arg-type]
