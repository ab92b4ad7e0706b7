"""Routes of the guided profile: one question a page. POST keeps the answer and sends on (303), so that going back always works."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from catalogue.overview import themes_with_counts
from catalogue.places import asked_place
from catalogue.skills.offering import offered_occupations
from catalogue.skills.reads import occupation_by_reference, occupations_by_id, skills_by_uid, skills_of_occupation
from matching.goal_texts import MOST_OFFERED
from matching.passports.passport import Source
from web.button import ButtonForm
from web.fields import clean
from web.languages import _, language
from web.learner import presenters
from web.learner.answers import Answers, forget
from web.learner.forms import (
    MAX_GOAL_CHARS,
    NONE_OF_THESE,
    PICKED,
    SEARCH,
    ConstraintsForm,
    GoalKindForm,
    GoalTextForm,
    GoalThemeForm,
    LevelsForm,
    OccupationForm,
    PlaceForm,
    SkillForm,
    StoryForm,
)
from web.learner.outcomes import heard_in, near_work, open_questions, skills_named, told
from web.learner.own_words import begun_with, own_words, with_theme
from web.learner.profile import learner_profile
from web.passport.keeping import forget_answers, take_levels
from web.security.origin import token_or_origin
from web.wiring import services

OCCUPATION_OPTIONS = 8
EXTRA_QUESTIONS = {"meer": "learner.more_skills", "verhaal": "learner.story"}
"""Questions beside the line, by the button that leads there (field `actie`)."""

bp = Blueprint("learner", __name__)


def page(template: str, **values: Any) -> str:
    """A question, with where it stands on the line."""
    steps = presenters.steps(str(request.endpoint))
    return render_template(f"learner/{template}", steps=steps, within=within, leaving=leaving, **values)


def within(endpoint: str) -> str:
    """Another page of the same question: who came from the check page goes back there from it too."""
    return url_for(endpoint, naar=request.args.get("naar"))


def leaving(endpoint: str) -> str:
    """Another question; the check page for who came from there."""
    return url_for("learner.check" if request.args.get("naar") == "controle" else endpoint)


def onward(endpoint: str) -> Response:
    """To the next question, to one that need not be answered for who asks for it, or back to the check page for who came from there."""
    if extra := EXTRA_QUESTIONS.get(request.form.get("actie", "")):
        return redirect(within(extra), 303)
    return redirect(leaving(endpoint), 303)


def again() -> Response:
    """The same question anew."""
    return redirect(within(str(request.endpoint)) + "#gevonden", 303)


@bp.get("/profiel")
def start() -> str:
    """Says what comes, and what happens with the answers."""
    return page("start.html", answers=Answers.from_session(session))


@bp.post("/profiel/met-deze-woorden")
@token_or_origin
def with_words() -> Response:
    """Begins with what somebody told of themselves where one searches for modules."""
    text = clean(request.form.get("q"))[:MAX_GOAL_CHARS]
    with services().database.reading() as reading:
        begun_with(reading, Answers.from_session(session), text).keep(session)
    return redirect(url_for(".occupation"), 303)


@bp.route("/profiel/beroep", methods=["GET", "POST"])
def occupation() -> str | Response:
    """Asks what somebody does now."""
    return _ask_occupation("occupation", "learner.skills")


@bp.route("/profiel/doel/beroep", methods=["GET", "POST"])
def goal_occupation() -> str | Response:
    """Asks what somebody wants to become."""
    return _ask_occupation("goal_occupation", "learner.constraints")


def _ask_occupation(question: str, following: str) -> str | Response:
    form, answers, parts = OccupationForm(), Answers.from_session(session), services()
    form.searched = typed = answers.searched.get(question, "")
    if form.validate_on_submit():
        if form.is_chosen:
            chosen = "" if form.choice.data == NONE_OF_THESE else form.choice.data
            # Who picks an occupation as a goal has chosen that sort of goal, also from a page that offers it in passing.
            kind = "occupation" if question == "goal_occupation" and chosen else answers.goal_kind
            answers.changed(**{question: chosen, "goal_kind": kind}).keep(session)
            return onward(following)
        answers.with_search(question, form.q.data).keep(session)
        return again()
    found = [one.id for one in offered_occupations(parts.skills.find_occupations, typed, OCCUPATION_OPTIONS)]
    with parts.database.reading() as reading:
        known = occupations_by_id(reading, found)
        options = presenters.occupation_options(known[key] for key in found if key in known)
    return page("occupation.html", form=form, question=question, typed=typed, options=options, answers=answers, following=following)


@bp.route("/profiel/vaardigheden", methods=["GET", "POST"])
def skills() -> str | Response:
    """Asks which skills of the occupation somebody has, and how well."""
    form, answers = LevelsForm(), Answers.from_session(session)
    if form.validate_on_submit():
        answers.with_levels("skills", form.levels).keep(session)
        take_levels(form.levels, Source.OCCUPATION if answers.occupation else Source.SELF)
        return onward("learner.goal")
    if not answers.occupation and not answers.skills:
        return redirect(within("learner.more_skills"), 303)
    with services().database.reading() as reading:
        now = occupation_by_reference(reading, answers.occupation)
        essential, optional = presenters.occupation_lines(skills_of_occupation(reading, now.id) if now else [], answers.skills)
        own = skills_by_uid(reading, list(answers.known))
        other = presenters.level_lines(own.values(), answers.skills, beside=[*essential, *optional])
    return page("skills.html", form=form, occupation=now, essential=essential, optional=optional, other=other)


@bp.route("/profiel/meer-vaardigheden", methods=["GET", "POST"])
def more_skills() -> str | Response:
    """Asks for skills by name."""
    return _ask_skills("skills", "learner.goal")


@bp.route("/profiel/doel/vaardigheden", methods=["GET", "POST"])
def goal_skills() -> str | Response:
    """Asks which skills somebody wants to have."""
    return _ask_skills("goal_skills", "learner.constraints")


def _ask_skills(question: str, following: str) -> str | Response:
    form, answers = SkillForm(), Answers.from_session(session)
    if form.validate_on_submit():
        answers.with_levels(question, form.levels).with_search(question, form.q.data).keep(session)
        if question == "skills":
            take_levels(form.levels)
        return again() if form.q.data or request.form.get("actie") == SEARCH else onward(following)
    typed, levels = answers.searched.get(question, ""), getattr(answers, question)
    with services().database.reading() as reading:
        options = presenters.level_lines(skills_named(reading, typed), levels)
        chosen = skills_by_uid(reading, [uid for uid, level in levels.items() if level > 0])
        own = presenters.level_lines(chosen.values(), levels, beside=options)
    return page(
        "more_skills.html", form=form, question=question, typed=typed, options=options, own=own, following=following, answers=answers
    )


@bp.route("/profiel/uw-verhaal", methods=["GET", "POST"])
def story() -> str | Response:
    """Finds skills and occupations in a pasted text, to be confirmed. The text itself is not kept."""
    form, answers, parts = StoryForm(), Answers.from_session(session), services()
    if form.validate_on_submit():
        if form.text.data and form.text.data.strip():
            with parts.database.reading() as reading:
                suggested, work = heard_in(reading, form.text.data)
            heard = {"recognised": suggested, "recognised_work": work}
            answers.changed(searched={**answers.searched, "story": "yes"}, **heard).keep(session)
            return again()
        chosen = form.choice.data if form.choice.data in answers.recognised_work else answers.occupation
        told = answers.with_levels("skills", form.levels).with_search("story", "")
        told.changed(recognised={}, recognised_work=(), occupation=chosen).keep(session)
        take_levels(form.levels)
        return onward("learner.goal")
    with parts.database.reading() as reading:
        lines = presenters.level_lines(skills_by_uid(reading, list(answers.recognised)).values(), {**answers.recognised, **answers.known})
        named = [one for uid in answers.recognised_work if (one := occupation_by_reference(reading, uid))]
    options = presenters.occupation_options(named, _("Wij laten uw antwoord dan zoals het was.")) if named else []
    return page("story.html", form=form, lines=lines, options=options, answers=answers, is_read=bool(answers.searched.get("story")))


@bp.route("/profiel/kunt-u-dit-ook", methods=["GET", "POST"])
def basics() -> str | Response:
    """Asks for the everyday skills that modules ask and of which we know nothing."""
    form, answers = LevelsForm(), Answers.from_session(session)
    if form.validate_on_submit():
        answers.with_levels("skills", form.levels).keep(session)
        take_levels(form.levels)
        return redirect(url_for("learner.matches"), 303)
    with services().database.reading() as reading:
        lines = presenters.open_question_lines(open_questions(reading, learner_profile(reading, answers)))
    return page("basics.html", form=form, lines=lines)


@bp.route("/profiel/doel", methods=["GET", "POST"])
def goal() -> str | Response:
    """Asks what sort of goal somebody has."""
    answers = Answers.from_session(session)
    form = GoalKindForm(data={"kind": answers.goal_kind})
    if form.validate_on_submit():
        answers.changed(goal_kind=form.kind.data).keep(session)
        return redirect(within(f"learner.goal_{form.kind.data}"), 303)
    return page("choice.html", form=form, field=form.kind, options=presenters.goal_options(), back=leaving("learner.skills"))


@bp.route("/profiel/doel/thema", methods=["GET", "POST"])
def goal_theme() -> str | Response:
    """Asks which theme somebody wants to work in."""
    answers = Answers.from_session(session)
    form = GoalThemeForm(data={"theme": answers.goal_theme})
    with services().database.reading() as reading:
        options = presenters.theme_options(themes_with_counts(reading))
    form.theme.choices = [SelectChoice(option.value) for option in options]
    if form.validate_on_submit():
        answers.changed(goal_kind="theme", goal_theme=form.theme.data).keep(session)
        return onward("learner.constraints")
    return page("choice.html", form=form, field=form.theme, options=options, back=within("learner.goal"))


@bp.route("/profiel/doel/ontdekken", methods=["GET", "POST"])
def goal_explore() -> str | Response:
    """Occupations within reach and modules that bring more of them there, for who has no goal yet; and from where distances count."""
    answers, place = Answers.from_session(session), PlaceForm()
    place.near.data = place.near.data if place.is_submitted() else answers.near
    with services().database.reading() as reading:
        place.near.asked = asked_place(reading, place.near.data)
        if place.validate_on_submit():
            answers.changed(near=place.near.data, max_km=answers.max_km if place.near.data else None).keep(session)
            return redirect(within("learner.goal_explore"), 303)
        shown = near_work(reading, learner_profile(reading, answers))
    return render_template("learner/explore.html", shown=shown, answers=answers, form=ButtonForm(), place=place, picked=PICKED)


@bp.route("/profiel/doel/eigen-woorden", methods=["GET", "POST"])
def goal_text() -> str | Response:
    """Asks for a goal in own words."""
    answers = Answers.from_session(session)
    form, is_unheard = GoalTextForm(data={"text": answers.goal_text}), False
    if form.validate_on_submit():
        with services().database.reading() as reading:
            said = own_words(reading, form.text.data)
        if said.theme:
            with_theme(answers, said.theme).keep(session)
            flash(_("Uw doel is nu het thema %(theme)s. U kunt het nog wijzigen.", theme=said.theme.label(language())))
            return onward("learner.constraints")
        if said.is_broad:
            flash(_("Dat kan bij veel thema's. Kies het thema dat u het meest trekt."))
            return redirect(within("learner.goal_theme"), 303)
        if said.meant or said.heard:
            answers.changed(goal_kind="text", goal_text=form.text.data, goal_meant={}).keep(session)
            return redirect(within("learner.goal_meant"), 303) if said.meant else onward("learner.constraints")
        form.text.errors = [_("Wij herkennen hierin geen vaardigheid. Noem een onderwerp, een vaardigheid of een beroep.")]
        is_unheard = True
    return page("goal_text.html", form=form, is_unheard=is_unheard)


@bp.route("/profiel/doel/bedoelt-u-ook", methods=["GET", "POST"])
def goal_meant() -> str | Response:
    """Asks whether skills are meant that the goal in own words describes and does not name; one at least, where it names none."""
    form, answers = LevelsForm(), Answers.from_session(session)
    with services().database.reading() as reading:
        said = own_words(reading, answers.goal_text)
    if form.validate_on_submit():
        if said.heard or any(form.levels.values()):
            answers.changed(goal_meant=dict(list(form.levels.items())[:MOST_OFFERED])).keep(session)
            return onward("learner.constraints")
        flash(_("Kies eerst wat u bedoelt, of zeg het anders."), "refused")
    lines, given = presenters.level_lines(said.meant, answers.goal_meant), {"heard": said.heard, "goal_text": answers.goal_text}
    return page("goal_meant.html", form=form, lines=lines, **given) if lines else redirect(within("learner.goal_text"), 303)


@bp.route("/profiel/wensen", methods=["GET", "POST"])
def constraints() -> str | Response:
    """Asks what a module has to fit."""
    answers, parts = Answers.from_session(session), services()
    names = ("budget_eur", "hours_per_week", "near", "max_km", "languages", "formats", "moments", "start_after", "finish_by")
    form = ConstraintsForm(data={name: getattr(answers, name) for name in names})
    with parts.database.reading() as reading:
        form.near.asked = asked_place(reading, form.near.data)
    if form.validate_on_submit():
        answers.changed(**form.values).keep(session)
        return onward("learner.check")
    return page("constraints.html", form=form)


@bp.get("/profiel/controle")
def check() -> str:
    """Shows all answers, to change or to go on with."""
    answers = Answers.from_session(session)
    with services().database.reading() as reading:
        lines = told(reading, answers)
    return page("check.html", lines=lines, answers=answers, forget_form=ButtonForm())


@bp.post("/profiel/wis")
def wipe() -> Response:
    """Throws all answers away, also about skills; evidence in the passport stays."""
    if ButtonForm().validate_on_submit():
        forget(session)
        forget_answers()
        flash(_("Uw antwoorden zijn gewist."))
    return redirect(url_for("learner.start"), 303)
