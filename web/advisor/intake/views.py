"""The steps of the guided intake. POST keeps the answer and goes on; each step can be skipped, and reached from each other."""

from __future__ import annotations

from dataclasses import asdict, replace

from flask import flash, render_template
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from catalogue.models import Theme
from catalogue.overview import themes_with_counts
from catalogue.places import asked_place
from web.advisor.doors import advisors_door
from web.advisor.intake.answer_codes import BARRIERS, DUTCH, OFTEN, ROUTES, Route
from web.advisor.intake.finding import asked_lines, goal_page, occupations_named, skills_page
from web.advisor.intake.forms import BarriersForm, EnergyForm, GoalForm, LanguageForm, SituationForm, SkillsForm, WishesForm, WorkForm
from web.advisor.intake.meanwhile import WISHES
from web.advisor.intake.page import AtStep, at_step
from web.advisor.intake.presenters import known_of
from web.advisor.intake.steps import Step
from web.advisor.intake.talk import Work, answers_of
from web.advisor.intake.told import told_levels
from web.advisor.intake.work import confirmed, last_occupation, with_work, work_of
from web.advisor.matching.profile import dossier_profile
from web.advisor.views import bp
from web.button import ButtonForm
from web.languages import _, language
from web.learner.answers import Answers
from web.learner.forms import NONE_OF_THESE, ONWARD, PICKED
from web.learner.outcomes import heard_in, near_work
from web.learner.own_words import meant_by, own_words, with_theme
from web.learner.presenters import theme_options


@bp.route("/dossiers/<uid>/intake/situatie", methods=["GET", "POST"])
def intake_situation(uid: str) -> str | Response:
    """By which way somebody comes in, and how things are now."""
    with at_step(uid, Step.SITUATION) as at:
        form = SituationForm(data={"route": at.talk.route, "situation": at.opened.dossier.situation})
        talk = replace(at.talk, route=form.route.data or "")
        if form.validate_on_submit() and (way := at.onward(form, talk=talk, situation=form.situation.data)):
            return way
        return at.page(form, hints={code: effect for code, (_name, effect) in ROUTES.items()})


@bp.route("/dossiers/<uid>/intake/werk", methods=["GET", "POST"])
def intake_work(uid: str) -> str | Response:
    """The work history, the last work first."""
    with at_step(uid, Step.WORK) as at:
        work, typed = work_of(at.talk, at.answers), at.answers.searched.get("occupation", "")
        heard = [Work(one) for one in at.answers.recognised_work]
        form = WorkForm(data={"jobs": [asdict(one) for one in work]})
        known = known_of(at.session, work=[*(line.work for line in form.jobs), *heard])
        form.searched = typed
        form.heard.choices = [SelectChoice(one.occupation, line[0]) for one in heard if (line := known.occupation_name(one.occupation))]
        if form.validate_on_submit() and (way := _work_told(at, form)):
            return way
        options = occupations_named(at.session, typed, _("Dan schrijven wij op wat u typte."))
        return at.page(form, typed=typed, options=options, known=known, answers=at.answers)


def _work_told(at: AtStep, form: WorkForm) -> Response | None:
    """Adds work that was chosen; looks for work that was typed; listens to a text; else goes on."""
    work, searched = form.work, form.q.data
    if form.is_chosen:
        chosen = Work(name=form.q.data) if form.choice.data == NONE_OF_THESE else Work(form.choice.data)
        work, searched = with_work(work, [chosen]), ""
    answers = at.answers.with_search("occupation", searched).changed(occupation=last_occupation(work), recognised_work=())
    if form.text.data:
        recognised, named = heard_in(at.session, form.text.data)
        answers = answers.changed(recognised=recognised, recognised_work=named)
    talk = replace(at.talk, work=work)
    if searched or form.text.data:
        return at.again(form, "gevonden" if searched else "gehoord", answers=answers, talk=talk)
    if form.is_chosen and form.actie.data != ONWARD:
        return at.again(form, "q", answers=answers, talk=talk)
    return at.onward(form, answers=answers, talk=talk)


@bp.route("/dossiers/<uid>/intake/kunnen", methods=["GET", "POST"])
def intake_skills(uid: str) -> str | Response:
    """Which skills somebody has, and how well."""
    with at_step(uid, Step.SKILLS) as at:
        form = SkillsForm()
        form.proposed = skills_page(at.session, at.talk, at.answers, {}).levels
        if form.validate_on_submit() and (way := _skills_told(at, form)):
            return way
        shown = skills_page(at.session, at.talk, at.answers, form.levels)
        asked = asked_lines(at.session, dossier_profile(at.session, at.opened.dossier), shown, form.levels)
        return at.page(form, shown=shown, asked=asked)


def _skills_told(at: AtStep, form: SkillsForm) -> Response | None:
    """Keeps the levels, but for those that the step of the language tells, and looks for a skill that was typed; else goes on."""
    told, levels = told_levels(at.session, at.talk), confirmed(at.answers.skills, form.levels)
    levels = {uid: level for uid, level in levels.items() if told.get(uid) != level}
    answers = at.answers.changed(skills=levels, recognised={}).with_search("skills", form.q.data)
    return at.again(form, "gevonden", answers=answers) if form.q.data else at.onward(form, answers=answers)


@bp.route("/dossiers/<uid>/intake/energie", methods=["GET", "POST"])
def intake_energy(uid: str) -> str | Response:
    """What gives energy and what takes it."""
    with at_step(uid, Step.ENERGY) as at:
        form = EnergyForm(obj=at.talk)
        talk = replace(at.talk, energy=form.energy.data, drains=form.drains.data)
        if form.validate_on_submit() and (way := at.onward(form, talk=talk)):
            return way
        return at.page(form)


@bp.route("/dossiers/<uid>/intake/doel", methods=["GET", "POST"])
def intake_goal(uid: str) -> str | Response:
    """Where somebody wants to go."""
    with at_step(uid, Step.GOAL) as at:
        told = at.answers.goal_text or at.opened.dossier.goal
        form = GoalForm(data={"kind": at.answers.goal_kind, "theme": at.answers.goal_theme, "text": told})
        form.searched = at.answers.searched.get("goal_occupation", "")
        form.proposed = goal_page(at.session, at.answers, {}).levels
        themes = theme_options(themes_with_counts(at.session))
        form.theme.choices = [SelectChoice("", _("Kies een thema")), *(SelectChoice(one.value, one.label) for one in themes)]
        if form.validate_on_submit() and (way := _goal_told(at, form)):
            return way
        return at.page(form, shown=goal_page(at.session, at.answers, form.levels), answers=at.answers)


def _goal_told(at: AtStep, form: GoalForm) -> Response | None:
    """Keeps the goal; looks for what was typed, or asks what the own words may mean; else goes on."""
    answers, kind = _goal_answers(at, form), form.wanted_kind
    if kind == "occupation" and answers.searched["goal_occupation"]:
        return at.again(form, "gevonden", answers=answers)
    if kind == "skills" and answers.searched["goal_skills"]:
        return at.again(form, "gevonden-vaardigheden", answers=answers)
    if kind == "text" and form.text.data and form.text.data != at.answers.goal_text:
        said = own_words(at.session, form.text.data)
        if said.theme:
            return _theme_told(at, form, answers, said.theme)
        if said.meant:
            return at.again(form, "bedoeld", answers=answers)
    return at.onward(form, answers=answers)


def _theme_told(at: AtStep, form: GoalForm, answers: Answers, theme: Theme) -> Response | None:
    """Keeps the theme that the own words named."""
    way = at.onward(form, answers=with_theme(answers, theme))
    if way:
        flash(_("Het doel is nu het thema %(theme)s. U kunt het nog wijzigen.", theme=theme.label(language())))
    return way


def _goal_answers(at: AtStep, form: GoalForm) -> Answers:
    before, levels = at.answers, form.levels
    meant = {one.uid for one in meant_by(at.session, before.goal_text)}
    is_same_text = form.text.data == before.goal_text
    chosen = form.choice.data if form.is_chosen else before.goal_occupation
    return (
        before.changed(
            goal_kind=form.wanted_kind,
            goal_occupation="" if chosen == NONE_OF_THESE else chosen,
            goal_theme=form.theme.data or "",
            goal_text=form.text.data,
            goal_meant={uid: level for uid, level in levels.items() if uid in meant} if is_same_text else {},
            goal_skills=confirmed(before.goal_skills, {uid: level for uid, level in levels.items() if uid not in meant}),
        )
        .with_search("goal_occupation", "" if form.is_chosen else form.q.data)
        .with_search("goal_skills", form.skill.data)
    )


@bp.get("/dossiers/<uid>/intake/ontdekken")
def intake_explore(uid: str) -> str:
    """Occupations within reach and modules that bring more of them there, for a client who has no goal yet."""
    with advisors_door(uid, "intake") as opened:
        answers, name = answers_of(opened.dossier), opened.dossier.client_name
        shown = near_work(opened.session, dossier_profile(opened.session, opened.dossier))
    return render_template(
        "advisor/intake/explore.html", shown=shown, answers=answers, uid=uid, name=name, form=ButtonForm(), picked=PICKED
    )


@bp.route("/dossiers/<uid>/intake/wensen", methods=["GET", "POST"])
def intake_wishes(uid: str) -> str | Response:
    """What a module has to fit."""
    with at_step(uid, Step.WISHES) as at:
        form = WishesForm(data={name: getattr(at.answers, name) for name in WISHES})
        form.near.asked = asked_place(at.session, form.near.data)
        if form.validate_on_submit() and (way := at.onward(form, answers=at.answers.changed(**form.values))):
            return way
        return at.page(form)


@bp.route("/dossiers/<uid>/intake/taal", methods=["GET", "POST"])
def intake_language(uid: str) -> str | Response:
    """How well somebody knows Dutch and finds the way with a computer, and in which language lessons may be."""
    with at_step(uid, Step.LANGUAGE) as at:
        is_new_migrant = at.talk.route == Route.MIGRANT and Step.LANGUAGE not in at.talk.done
        languages = at.answers.languages or (("nl", "en") if is_new_migrant else ())
        form = LanguageForm(data={"dutch": at.talk.dutch, "digital": at.talk.digital, "languages": languages})
        talk = replace(at.talk, dutch=form.dutch.data or "", digital=form.digital.data or "")
        answers = at.answers.changed(languages=tuple(form.languages.data or ()))
        if form.validate_on_submit() and (way := at.onward(form, talk=talk, answers=answers)):
            return way
        return at.page(form, hints=DUTCH)


@bp.route("/dossiers/<uid>/intake/drempels", methods=["GET", "POST"])
def intake_barriers(uid: str) -> str | Response:
    """What stands in the way, and the first step past it."""
    with at_step(uid, Step.BARRIERS) as at:
        form = BarriersForm(at.talk.route, data={"barriers": at.talk.barriers, "barriers_text": at.talk.barriers_text})
        talk = replace(at.talk, barriers=tuple(form.barriers.data or ()), barriers_text=form.barriers_text.data)
        if form.validate_on_submit() and (way := at.onward(form, talk=talk)):
            return way
        return at.page(form, hints={code: one.first_step for code, one in BARRIERS.items()}, often=len(OFTEN.get(at.talk.route, ())))
