"""The guided intake as template values: the line of steps, what was told in words, and what to mind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import url_for
from sqlalchemy.orm import Session

from catalogue.models import Occupation, Skill, Theme
from catalogue.overview import theme_by_slug
from catalogue.skills.reads import occupation_by_reference, skills_by_uid
from catalogue.vocabulary import Level
from web import words
from web.advisor.intake.answer_codes import BARRIERS, DIGITAL, DUTCH, ROUTES, STEPS, TOO_LITTLE_DIGITAL, TOO_LITTLE_DUTCH
from web.advisor.intake.merge import GOAL, SKILLS, part
from web.advisor.intake.steps import State, Step, first_open, state_of, steps_of
from web.advisor.intake.talk import Talk, Work, answers_of, talk_of
from web.advisor.intake.work import work_of
from web.advisor.model import Dossier, Standing
from web.languages import _, language, lazy_gettext
from web.learner.answers import Answers
from web.learner.presenters import AMOUNTS, constraint_texts
from web.reasons import reason_name

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

Line = tuple[str, str]
"""A text, and the language that it is in: "" for what somebody typed."""

STEP_TITLES: Mapping[Step, LazyString] = {
    Step.SITUATION: lazy_gettext("Hoe staat uw klant ervoor?"),
    Step.WORK: lazy_gettext("Wat voor werk deed uw klant?"),
    Step.SKILLS: lazy_gettext("Wat kan uw klant al?"),
    Step.ENERGY: lazy_gettext("Wat geeft en wat kost energie?"),
    Step.GOAL: lazy_gettext("Waar wil uw klant heen?"),
    Step.WISHES: lazy_gettext("Waar letten wij op?"),
    Step.LANGUAGE: lazy_gettext("Nederlands en de computer"),
    Step.BARRIERS: lazy_gettext("Wat staat er in de weg?"),
}
STATES: Mapping[State, LazyString] = {
    State.DONE: lazy_gettext("ingevuld"),
    State.SKIPPED: lazy_gettext("overgeslagen"),
    State.OPEN: lazy_gettext("nog open"),
}
GROUP_NAMES: Mapping[str, LazyString] = {
    "occupation": lazy_gettext("Werk van nu"),
    SKILLS: lazy_gettext("Kunnen"),
    GOAL: lazy_gettext("Doel"),
    "budget": lazy_gettext("Prijs van een module"),
    "hours": lazy_gettext("Uren per week"),
    "place": lazy_gettext("Plaats"),
    "languages": lazy_gettext("Taal van de lessen"),
    "formats": lazy_gettext("Waar leren"),
    "moments": lazy_gettext("Wanneer leren"),
    "levels": lazy_gettext("Niveau"),
    "days": lazy_gettext("Begin en einde"),
    "emphasis": lazy_gettext("Wat belangrijk is"),
}
QUESTION = "vraag"
"""The id of the heading of a step."""
_WISHES = ("budget", "hours", "place", "formats", "moments", "levels", "days", "emphasis")


@dataclass(frozen=True, slots=True)
class StepLink:
    """A stop on the line of steps."""

    step: Step
    name: str
    address: str
    state: State
    state_word: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A step with what was told at it."""

    step: Step
    name: str
    state: State
    state_word: str
    lines: Sequence[Line]
    address: str


@dataclass(frozen=True, slots=True)
class IntakePage:
    """The overview of an intake."""

    name: str
    is_open: bool
    steps: Sequence[Told]
    to_mind: Sequence[str]
    told: int
    """How many steps were answered."""
    begins: str
    """Where the talk goes on; "" when every step was answered or skipped."""
    has_goal: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the public ids in answers stand for."""

    skills: Mapping[str, Skill]
    occupations: Mapping[str, Occupation]
    themes: Mapping[str, Theme]

    def occupation_name(self, uid: str, name: str = "") -> Line | None:
        """The name of an occupation; else `name`, as somebody typed it."""
        found = self.occupations.get(uid)
        return words.named(found) if found else (name, "") if name else None


def known_of(session: Session, *several: Answers, work: Iterable[Work] = ()) -> Known:
    """What some answers and a work history name."""
    skills = [uid for one in several for levels in (one.skills, one.goal_skills, one.goal_meant) for uid in levels]
    occupations = [uid for one in several for uid in (one.occupation, one.goal_occupation)] + [one.occupation for one in work]
    found = {uid: occupation_by_reference(session, uid) for uid in dict.fromkeys(occupations) if uid}
    themes = {one.goal_theme: theme_by_slug(session, one.goal_theme) for one in several if one.goal_theme}
    return Known(
        skills_by_uid(session, skills), {uid: one for uid, one in found.items() if one}, {slug: one for slug, one in themes.items() if one}
    )


def step_links(uid: str, talk: Talk, here: Step | None = None) -> list[StepLink]:
    """The line of steps, each with how it stands."""
    return [
        StepLink(
            step,
            str(STEPS[step]),
            url_for(f"advisor.intake_{step}", uid=uid, _anchor=QUESTION),
            state_of(talk, step),
            str(STATES[state_of(talk, step)]),
            step is here,
        )
        for step in steps_of(talk.route)
    ]


def intake_page(session: Session, dossier: Dossier, today: date) -> IntakePage:
    """The overview of the intake of a dossier."""
    talk, answers = talk_of(dossier), answers_of(dossier)

    def address_of(step: Step) -> str:
        return url_for(f"advisor.intake_{step}", uid=dossier.uid, _anchor=QUESTION)

    begin, steps = first_open(talk), told(session, dossier, address_of)
    return IntakePage(
        name=dossier.client_name,
        is_open=dossier.standing(today) is Standing.OPEN,
        steps=steps,
        to_mind=to_mind(talk, answers),
        told=sum(one.state is State.DONE for one in steps),
        begins=address_of(begin) if begin else "",
        has_goal=answers.has_goal,
    )


def told(session: Session, dossier: Dossier, address_of: Callable[[Step], str]) -> list[Told]:
    """Everything that was told, by step, in the order of the talk."""
    talk, answers = talk_of(dossier), answers_of(dossier)
    known = known_of(session, answers, work=talk.work)
    lines = {
        Step.SITUATION: [*_typed(str(ROUTES[talk.route][0]) if talk.route in ROUTES else ""), *_typed(dossier.situation)],
        Step.WORK: [_with_years(one, line) for one in work_of(talk, answers) if (line := known.occupation_name(one.occupation, one.name))],
        Step.SKILLS: group_lines(SKILLS, answers, known),
        Step.ENERGY: _named((_("geeft energie"), talk.energy), (_("kost energie"), talk.drains)),
        Step.GOAL: group_lines(GOAL, answers, known),
        Step.WISHES: [line for group in _WISHES for line in group_lines(group, answers, known)],
        Step.LANGUAGE: [*_language_lines(talk), *group_lines("languages", answers, known)],
        Step.BARRIERS: [*((str(BARRIERS[one].name), language()) for one in talk.barriers if one in BARRIERS), *_typed(talk.barriers_text)],
    }
    return [
        Told(step, str(STEPS[step]), state_of(talk, step), str(STATES[state_of(talk, step)]), lines[step], address_of(step))
        for step in steps_of(talk.route)
    ]


def stands_at(session: Session, dossier: Dossier, step: Step) -> Sequence[Line]:
    """What was told at one step."""
    return next(one.lines for one in told(session, dossier, lambda _step: "") if one.step is step)


def group_lines(group: str, answers: Answers, known: Known) -> list[Line]:
    """The answers of one group of `web.advisor.intake.merge` in words."""
    here = language()
    if group == "occupation":
        line = known.occupation_name(answers.occupation)
        return [line] if line else []
    if group == SKILLS:
        return _levels(answers.skills, known)
    if group == GOAL:
        return _goal(answers, known)
    if group == "levels":
        return [(str(words.LEVELS[Level(code)]), here) for code in answers.levels]
    if group == "emphasis":
        amounts = dict(AMOUNTS)
        return [(f"{reason_name(code)}: {amounts[amount]}", here) for code, amount in answers.emphasis.items() if amount in amounts]
    return [(text, here) for text in constraint_texts(part(answers, group))]


def to_mind(talk: Talk, answers: Answers) -> list[str]:
    """What an advisor does well to look at: what was told at one step does not fit another. It changes nothing."""
    found = []
    if talk.dutch in TOO_LITTLE_DUTCH and not set(answers.languages) - {"nl"}:
        found.append(_("Met dit Nederlands zijn veel lessen in het Nederlands te moeilijk. Mag een les ook in een andere taal?"))
    if talk.digital in TOO_LITTLE_DIGITAL and "online" in answers.formats:
        found.append(_("Uw klant kiest les online, en vindt een computer lastig. Wie helpt daarbij?"))
    return found


def _goal(answers: Answers, known: Known) -> list[Line]:
    if answers.goal_kind == "occupation":
        line = known.occupation_name(answers.goal_occupation)
        return [line] if line else []
    if answers.goal_kind == "skills":
        return _levels(answers.goal_skills, known)
    if answers.goal_kind == "theme":
        theme = known.themes.get(answers.goal_theme)
        return [(theme.label(language()), language())] if theme else []
    return [*_typed(answers.goal_text), *_levels(answers.goal_meant, known)] if answers.goal_kind == "text" else []


def _levels(levels: Mapping[str, int], known: Known) -> list[Line]:
    """Skills that somebody has or wants, the highest level first, each in its own language."""
    held = sorted(((uid, level) for uid, level in levels.items() if level > 0 and uid in known.skills), key=lambda pair: -pair[1])
    return [(f"{known.skills[uid].label(language())}: {words.SKILL_LEVELS[level]}", language()) for uid, level in held]


def _language_lines(talk: Talk) -> list[Line]:
    dutch = f"{talk.dutch}: {DUTCH[talk.dutch]}" if talk.dutch in DUTCH else ""
    return _named((_("Nederlands"), dutch), (_("computer"), str(DIGITAL.get(talk.digital, ""))))


def _named(*pairs: tuple[str, str]) -> list[Line]:
    return [(f"{words.capitalised(name)}: {text}", "") for name, text in pairs if text]


def _typed(text: str) -> list[Line]:
    return [(text, "")] if text else []


def _with_years(work: Work, line: Line) -> Line:
    return (f"{line[0]} ({work.years})", line[1]) if work.years else line
