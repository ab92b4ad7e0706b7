"""Routes of what follows from the answers: the matches in pages, what weighs how much, and the path."""

from __future__ import annotations

from math import ceil

from flask import redirect, render_template, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from web.browse.addresses import asked_page, paging
from web.button import ButtonForm
from web.counting import matched
from web.learner import match_cards, path_cards, presenters
from web.learner.answers import Answers
from web.learner.forms import EmphasisForm
from web.learner.goal_first import goal_first
from web.learner.outcomes import as_search, changes_within_reach, found_matches
from web.learner.path_form import PathForm
from web.learner.paths import own_paths
from web.learner.profile import learner_profile
from web.learner.relief_cards import code_back, eased, way_back
from web.learner.scenario_form import WISH
from web.learner.views import bp
from web.wiring import services

MATCHES_A_PAGE = 10
BACK = "terug"
"""The name of what leads back to the wishes before they gave way, in the address of a path."""


@bp.get("/matches")
@goal_first
def matches(answers: Answers) -> str:
    """The modules that fit the answers, with the reasons."""
    parts, number = services(), asked_page()
    with parts.database.reading() as reading:
        profile = learner_profile(reading, answers)
        found = found_matches(reading, profile, MATCHES_A_PAGE, (number - 1) * MATCHES_A_PAGE)
        if number == 1:
            matched(reading, answers, found)
        shown = match_cards.match_page(found.result, found.modules, found.skills, parts.today())
        changes = changes_within_reach(reading, profile) if number == 1 else []
        search = {} if found.result.total else as_search(reading, answers)
    pages = paging("learner.matches", MultiDict(), number, ceil(found.result.total / MATCHES_A_PAGE))
    ways_on = {"changes": changes, "search": search, "paging": pages}
    forms = {"form": EmphasisForm(), "weights": presenters.weight_lines(found.result, answers.emphasis), "forget_form": ButtonForm()}
    return render_template("learner/matches.html", shown=shown, answers=answers, amounts=presenters.AMOUNTS, **ways_on, **forms)


@bp.post("/matches/belangrijk")
def weigh() -> Response:
    """Keeps what somebody finds important, and shows the modules in their new order."""
    form, answers = EmphasisForm(), Answers.from_session(session)
    if form.validate_on_submit():
        answers.changed(emphasis=form.emphasis).keep(session)
    return redirect(url_for("learner.matches", _anchor="matches"), 303)


@bp.get("/leerroute")
@goal_first
def path(answers: Answers) -> str:
    """Modules in order and with dates, that together bring one to the goal."""
    parts, aim_word = services(), request.args.get("doel", "")
    with parts.database.reading() as reading:
        found, form = own_paths(reading, answers)
        shown = path_cards.path_page(found, form, parts.today(), answers)
        back = way_back(reading, answers, form, request.args.get(BACK, ""))
    values = {"doel": aim_word, "chosen": form.address_values(aim_word), "answers": answers, "back": back}
    return render_template("learner/path.html", shown=shown, form=form, wish=WISH, token=ButtonForm(), **values)


@bp.post("/leerroute")
def ease() -> Response:
    """Lets wishes give way as the path asks, or puts them back, and shows the path that then follows."""
    now, form = Answers.from_session(session), PathForm(request.form)
    form.validate()
    with services().database.reading() as reading:
        then, route_eur = eased(reading, now, form, request.form.get(WISH, ""))
    values = form.address_values(request.form.get("doel", ""))
    if ButtonForm().validate_on_submit():
        then.keep(session)
        values |= {"budget": None if route_eur is None else f"{route_eur:g}", BACK: code_back(now, form, then)}
    return redirect(url_for("learner.path", **values), 303)
