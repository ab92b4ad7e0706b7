"""Questions and answers of the guided profile as template values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from catalogue.models import Occupation, OccupationSkill, Skill, Theme
from catalogue.moments import JOINT
from catalogue.vocabulary import Format, Importance
from matching.core.weights import CHANGEABLE, TABLE
from matching.results import MatchResult
from web import words
from web.languages import _, language, lazy_gettext, ngettext
from web.learner.answers import Answers
from web.learner.forms import NONE_OF_THESE
from web.reasons import reason_name

STEPS = (
    ("learner.occupation", lazy_gettext("Uw werk"), ("learner.occupation",)),
    ("learner.skills", lazy_gettext("Wat u kunt"), ("learner.skills", "learner.more_skills", "learner.story", "learner.basics")),
    (
        "learner.goal",
        lazy_gettext("Uw doel"),
        ("learner.goal", *(f"learner.goal_{kind}" for kind in ("occupation", "skills", "theme", "text", "meant"))),
    ),
    ("learner.constraints", lazy_gettext("Uw wensen"), ("learner.constraints",)),
    ("learner.check", lazy_gettext("Klopt alles?"), ("learner.check",)),
)
SHOWN_SKILLS = 8
NOT_ANSWERED = -1
NO_LEVELS: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class StepMark:
    """One stop on the line of questions."""

    number: int
    name: str
    address: str
    state: str
    """ "done", "now" or "next"."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: an id, its name, and a line that explains it; `language` is that of both, "" for that of the page."""

    value: str
    label: str
    hint: str
    language: str


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A skill whose level is asked."""

    uid: str
    label: str
    language: str
    level: int


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer on the check page, with the way to change it."""

    name: str
    values: Sequence[tuple[str, str]]
    """Each value in words, with the language that it is in."""
    address: str
    is_goal: bool = False


@dataclass(frozen=True, slots=True)
class WeightLine:
    """A part of the score, and how much it counts: "little", "normal" or "much"."""

    code: str
    name: str
    amount: str


AMOUNTS = (("little", lazy_gettext("weinig")), ("normal", lazy_gettext("gewoon")), ("much", lazy_gettext("veel")))


def weight_lines(result: MatchResult, emphasis: Mapping[str, str]) -> list[WeightLine]:
    """What a visitor may weigh: what is a matter of taste and says something for this visitor."""
    said = {reason.code for match in result.matches for reason in match.reasons}
    return [WeightLine(code, reason_name(code), emphasis.get(code, "normal")) for code in TABLE if code in said & CHANGEABLE]


def steps(endpoint: str) -> list[StepMark]:
    """The line of questions, seen from the page of `endpoint`."""
    now = next((number for number, (_first, _name, pages) in enumerate(STEPS) if endpoint in pages), 0)
    states = ["done" if number < now else "now" if number == now else "next" for number in range(len(STEPS))]
    return [
        StepMark(number + 1, str(name), url_for(first), state)
        for number, ((first, name, _pages), state) in enumerate(zip(STEPS, states, strict=True))
    ]


def occupation_options(occupations: Iterable[Occupation], none_hint: str = "") -> list[Option]:
    """Found occupations to choose from, and none of them."""
    here = language()
    found = [
        Option(one.uid, one.label(here), one.description_nl if here == "nl" else one.description_en, one.label_language(here))
        for one in occupations
    ]
    return [*found, Option(NONE_OF_THESE, _("Geen van deze"), none_hint or _("Zoek met een andere naam, of ga verder zonder beroep."), "")]


def goal_options() -> list[Option]:
    """The sorts of goal, and none yet."""
    return [
        Option("occupation", _("Een ander beroep"), _("U noemt het beroep. Wij zoeken wat u daarvoor nog mist."), ""),
        Option("skills", _("Iets leren voor mijn werk"), _("U kiest de vaardigheden zelf."), ""),
        Option(
            "theme", _("Iets met een thema"), _("U kiest een thema, zoals energie of zorg. Wij kiezen de vaardigheden die erbij horen."), ""
        ),
        Option("text", _("Ik zeg het liever zelf"), _("U schrijft het in uw eigen woorden."), ""),
        Option("explore", _("Ik weet het nog niet"), _("U ziet welk werk dichtbij ligt, en welke module deuren opent."), ""),
    ]


def theme_options(themes: Iterable[tuple[Theme, int]]) -> list[Option]:
    """Themes to choose from, each with its number of modules."""
    here = language()
    return [Option(theme.slug, theme.label(here), ngettext("%(num)s module", "%(num)s modules", count), "") for theme, count in themes]


def level_lines(skills: Iterable[Skill], levels: Mapping[str, int], beside: Iterable[LevelLine] = ()) -> list[LevelLine]:
    """Skills whose level is asked, at the level given before or else 0; without those that stand on the page already, `beside`."""
    shown = {line.uid for line in beside}
    return [LevelLine(one.uid, *words.named(one), levels.get(one.uid, 0)) for one in skills if one.uid not in shown]


def open_question_lines(skills: Iterable[Skill], levels: Mapping[str, int] = NO_LEVELS) -> list[LevelLine]:
    """Skills of which we know nothing: none of the levels is chosen yet, but for those of `levels`."""
    return [LevelLine(one.uid, *words.named(one), levels.get(one.uid, NOT_ANSWERED)) for one in skills]


def occupation_lines(needs: Iterable[OccupationSkill], levels: Mapping[str, int]) -> tuple[list[LevelLine], list[LevelLine]]:
    """Skills of an occupation to confirm: the essential ones, at the level that the work asks, and the others."""
    here = language()
    rows = sorted(needs, key=lambda need: (need.importance != Importance.ESSENTIAL, need.skill.label(here).casefold()))
    essential: list[LevelLine] = []
    optional: list[LevelLine] = []
    for need in rows:
        is_essential = need.importance == Importance.ESSENTIAL
        level = levels.get(need.skill.uid, need.level if is_essential else 0)
        line = LevelLine(need.skill.uid, *words.named(need.skill), level)
        (essential if is_essential else optional).append(line)
    return essential, optional


def answer_lines(
    answers: Answers,
    skills: Mapping[str, Skill],
    occupation: Occupation | None,
    goal_occupation: Occupation | None,
    goal_theme: Theme | None,
    heard: Iterable[Skill | Occupation] = (),
) -> list[AnswerLine]:
    """All answers in words, in the order of the questions; `heard` is what the goal in own words says."""
    here = language()

    def named(one: Skill | Occupation | None) -> list[tuple[str, str]]:
        return [words.named(one)] if one else []

    def with_levels(levels: Mapping[str, int]) -> list[tuple[str, str]]:
        held = sorted(((uid, level) for uid, level in levels.items() if level > 0 and uid in skills), key=lambda pair: -pair[1])
        lines = [(f"{skills[uid].label(here)}: {words.SKILL_LEVELS[level]}", here) for uid, level in held[:SHOWN_SKILLS]]
        rest = len(held) - SHOWN_SKILLS
        return [*lines, (ngettext("en nog %(num)s", "en nog %(num)s", rest), here)] if rest > 0 else lines

    said = [pair for one in heard if one.uid not in answers.goal_meant for pair in named(one)]
    goals = {
        "occupation": (named(goal_occupation), "learner.goal_occupation"),
        "skills": (with_levels(answers.goal_skills), "learner.goal_skills"),
        "theme": ([(goal_theme.label(here), here)] if goal_theme else [], "learner.goal_theme"),
        "text": ([(answers.goal_text, ""), *said, *with_levels(answers.goal_meant)] if answers.goal_text else [], "learner.goal_text"),
    }
    goal, goal_page = goals.get(answers.goal_kind, ([], "learner.goal"))
    lines = [
        (_("Uw werk"), named(occupation), "learner.occupation"),
        (_("Wat u kunt"), with_levels(answers.skills), "learner.skills"),
        (_("Uw doel"), goal, goal_page if goal else "learner.goal"),
        (_("Uw wensen"), [(text, here) for text in constraint_texts(answers)], "learner.constraints"),
    ]
    return [AnswerLine(name, values, url_for(page, naar="controle"), values is goal) for name, values, page in lines]


def constraint_texts(answers: Answers) -> list[str]:
    """The wishes that were filled in, in words."""
    texts = []
    if answers.budget_eur is not None:
        price = words.price(answers.budget_eur)
        texts.append(_("hoogstens %(price)s", price=price) if answers.budget_eur else price)
    if answers.hours_per_week is not None:
        texts.append(_("%(hours)s per week", hours=words.hours(answers.hours_per_week)))
    if answers.near and answers.max_km:
        texts.append(_("binnen %(km)s km van %(place)s", km=answers.max_km, place=answers.near))
    elif answers.near:
        texts.append(_("vanaf %(place)s", place=answers.near))
    if answers.languages:
        texts.append(_("les in het %(languages)s", languages=words.one_of([words.language_name(code) for code in answers.languages])))
    if answers.formats:
        texts.append(", ".join(str(words.FORMATS[Format(code)]) for code in answers.formats))
    if answers.moments:
        texts.append(words.moment(JOINT.join(answers.moments)))
    if answers.start_after:
        texts.append(_("vanaf %(day)s", day=words.day(answers.start_after)))
    if answers.finish_by:
        texts.append(_("klaar op %(day)s", day=words.day(answers.finish_by)))
    return texts
