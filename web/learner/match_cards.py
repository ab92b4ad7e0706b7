"""Matches, the gap, and what was left out, as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.models import Edition, Module, Skill
from matching.core.exclusions import Exclusion
from matching.profiles.profile import HeldSkill
from matching.results import GapLine, Match, MatchResult, NearMiss, Reason, Step
from web import words
from web.browse.cards import Card, card
from web.languages import _, lazy_gettext, ngettext
from web.reasons import reason_name, reason_text

SCORE_WORDS = (
    (0.75, lazy_gettext("past heel goed")),
    (0.55, lazy_gettext("past goed")),
    (0.35, lazy_gettext("past redelijk")),
    (0.01, lazy_gettext("past een beetje")),
    (0.0, lazy_gettext("past bijna niet")),
)
VISIBLE_GAP = 6
UNINTERESTING = (Exclusion.NOTHING_TO_CLOSE,)
"""That a module is about something else is no wish that one could loosen."""


Similar = tuple[str, str] | None
"""The name of a skill that one has and that resembles another, with its language."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """A skill of the goal: what one holds (0-4), what the goal asks (1-4), both in words too."""

    label: str
    language: str
    held: int
    goal: int
    held_words: str
    """What one holds; with "maybe" where we only assume it."""
    goal_words: str
    is_unclosed: bool
    """No module teaches it yet."""
    is_outside: bool
    """There are modules, and none within the wishes."""
    modules: str
    """How many modules within the wishes close part of it, or why there is none."""
    near_miss: Module | None
    """Where there is none: the module nearest outside the wishes."""
    similar: Similar
    is_gone: bool = False
    """There are modules, and all of them were rejected or have begun."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A skill that a module brings from one level to another."""

    label: str
    language: str
    from_level: int
    to_level: int
    text: str
    similar: Similar = None


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A skill that is asked at entry and not held, and the module that teaches it, where there is one."""

    label: str
    language: str
    asked_words: str
    bridge: Module | None
    similar: Similar


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """An everyday skill that is asked at entry and of which we know nothing."""

    label: str
    language: str
    asked_words: str


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A row of the table of reasons; `points` of all rows add up to the score that is shown, to the last digit."""

    name: str
    text: str
    value: str
    weight: str
    points: str


@dataclass(frozen=True, slots=True)
class MatchCard:
    """One match."""

    card: Card
    score: str
    score_words: str
    score_points: str
    """The score with one decimal, as it stands under the table of reasons."""
    closes: Sequence[StepLine]
    known: Sequence[tuple[str, str]]
    """Names of taught skills that the learner has already, each with its language."""
    missing: Sequence[MissingLine]
    unknown: Sequence[QuestionLine]
    net_hours: str
    per_week: str
    too_many_hours: str
    """That the timetable asks more hours a week than the learner has; "" where it does not."""
    end: str
    reasons: Sequence[ReasonLine]


@dataclass(frozen=True, slots=True)
class MatchPage:
    """Everything that the page of matches shows."""

    heading: str
    gap: Sequence[GapRow]
    gap_rest: Sequence[GapRow]
    reached: int
    cards: Sequence[MatchCard]
    excluded: Sequence[str]
    unclosed: Sequence[tuple[str, str]]
    is_too_little_known: bool
    known_skills: int
    has_questions: bool
    """Whether something is asked of which we know nothing."""
    has_assumptions: bool
    """Whether something of the goal may be held, since it can belong to one's work."""


def match_page(result: MatchResult, modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date) -> MatchPage:
    """The page for one answer of the matcher."""
    unclosed, assumed = set(result.unclosed), result.assumed
    rows = [
        _gap_row(line, skills, modules, assumed.get(line.skill_id), is_unclosed=line.skill_id in unclosed)
        for line in result.gap
        if line.skill_id in skills
    ]
    return MatchPage(
        heading=ngettext("%(num)s module past bij uw doel", "%(num)s modules passen bij uw doel", result.total),
        gap=rows[:VISIBLE_GAP],
        gap_rest=rows[VISIBLE_GAP:],
        reached=len(result.reached),
        cards=[match_card(match, modules, skills, today, assumed) for match in result.matches if match.module_id in modules],
        excluded=excluded_lines(result),
        unclosed=[words.named(skills[key]) for key in result.unclosed if key in skills],
        is_too_little_known=result.is_too_little_known,
        known_skills=result.known_skills,
        has_questions=bool(result.open_questions(1)),
        has_assumptions=any(line.skill_id in assumed and assumed[line.skill_id].similar_to is None for line in result.gap),
    )


def excluded_lines(result: MatchResult, names: Mapping[Exclusion, object] = words.EXCLUSIONS) -> list[str]:
    """How many modules each wish removed; `names` says what to call each."""
    return [
        ngettext("%(num)s module valt af door %(wish)s", "%(num)s modules vallen af door %(wish)s", count, wish=names[cause])
        for cause, count in result.excluded.items()
        if count and cause not in UNINTERESTING
    ]


def match_card(
    match: Match, modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date, assumed: Mapping[int, HeldSkill]
) -> MatchCard:
    """One match as a card; `assumed` by skill, what we only suppose the learner to hold."""
    module = modules[match.module_id]
    edition = module.edition(match.edition_id)
    return MatchCard(
        card=card(module, today, edition, match.distance_km),
        score=str(round(match.score * 100)),
        score_words=score_words(match.score),
        score_points=words.tenth(round(match.score * 1000) / 10),
        closes=[step_line(step, skills, assumed.get(step.skill_id)) for step in match.closes if step.skill_id in skills],
        known=[words.named(skills[key]) for key in match.already_known if key in skills],
        missing=[
            MissingLine(
                *words.named(skills[gap.skill_id]),
                str(words.SKILL_LEVELS[gap.asked]),
                modules.get(gap.bridge_module_id or 0),
                _similar(assumed.get(gap.skill_id), skills),
            )
            for gap in match.missing_at_entry
            if gap.skill_id in skills
        ],
        unknown=[
            QuestionLine(*words.named(skills[step.skill_id]), str(words.SKILL_LEVELS[step.to_level]))
            for step in match.unknown_at_entry
            if step.skill_id in skills
        ],
        net_hours=_net_hours(match),
        per_week=per_week(match),
        too_many_hours=too_many_hours(match),
        end=_end(match, edition),
        reasons=reason_lines(match.reasons, match.score),
    )


def score_words(score: float) -> str:
    """How well a module fits, by its score as it is shown: two modules with the same number fit alike."""
    return str(next(text for least, text in SCORE_WORDS if round(score, 2) >= least))


def reason_lines(reasons: Sequence[Reason], score: float) -> list[ReasonLine]:
    """The table of reasons in points out of a hundred.

    Rounded to tenths so that the rows add up to the rounded score: the largest remainders are rounded up.
    """
    tenths = [reason.contribution * 1000 for reason in reasons]
    rounded = [int(value) for value in tenths]
    short = round(score * 1000) - sum(rounded)
    for place in sorted(range(len(tenths)), key=lambda place: rounded[place] - tenths[place])[: max(short, 0)]:
        rounded[place] += 1
    return [
        ReasonLine(
            name=reason_name(reason.code),
            text=reason_text(reason),
            value=words.percent(reason.value),
            weight=words.percent(reason.weight),
            points=words.tenth(points / 10),
        )
        for reason, points in zip(reasons, rounded, strict=True)
    ]


def _gap_row(
    line: GapLine, skills: Mapping[int, Skill], modules: Mapping[int, Module], assumed: HeldSkill | None, *, is_unclosed: bool
) -> GapRow:
    held = _("weten wij niet") if line.is_unknown else str(words.SKILL_LEVELS[line.held])
    if assumed and assumed.similar_to is None:
        held = _("misschien %(level)s", level=words.SKILL_LEVELS[assumed.level])
    miss = modules.get(line.near_miss.module_id) if line.near_miss else None
    found = ngettext("%(num)s module", "%(num)s modules", line.modules)
    if line.near_miss and miss:
        found = outside_words(line.near_miss, miss)
    elif not line.modules:
        found = _("geen module")
    is_without = not (line.modules or is_unclosed)
    is_outside, is_gone = is_without and bool(line.near_miss), is_without and not line.near_miss
    goal, similar = str(words.SKILL_LEVELS[line.goal]), _similar(assumed, skills)
    return GapRow(
        *words.named(skills[line.skill_id]), line.held, line.goal, held, goal, is_unclosed, is_outside, found, miss, similar, is_gone
    )


def _similar(assumed: HeldSkill | None, skills: Mapping[int, Skill]) -> Similar:
    skill = skills.get(assumed.similar_to or 0) if assumed else None
    return words.named(skill) if skill else None


def outside_words(miss: NearMiss, module: Module, names: Mapping[Exclusion, object] = words.EXCLUSIONS) -> str:
    """Why no module within the wishes is there, and where the nearest other one is; `names` says what to call each wish."""
    edition = module.edition(miss.edition_id)
    if miss.wishes == (Exclusion.DISTANCE,) and edition and edition.place and miss.distance_km is not None:
        return _("te ver weg: in %(place)s, %(km)s km", place=edition.place.name, km=round(miss.distance_km))
    if miss.wishes == (Exclusion.BUDGET,):
        return _("te duur: %(price)s", price=words.price(miss.price_eur))
    return _("niet door %(wishes)s", wishes=words.all_of([str(names[wish]) for wish in miss.wishes]))


def step_line(step: Step, skills: Mapping[int, Skill], assumed: HeldSkill | None = None) -> StepLine:
    """A step in words; `assumed`: that the learner may hold the skill already, or holds one like it."""
    text = _("van %(held)s naar %(reached)s", held=words.SKILL_LEVELS[step.from_level], reached=words.SKILL_LEVELS[step.to_level])
    if assumed and assumed.similar_to is None:
        text = " ".join((text, _("(misschien kunt u dit al: %(level)s)", level=words.SKILL_LEVELS[assumed.level])))
    return StepLine(*words.named(skills[step.skill_id]), step.from_level, step.to_level, text, _similar(assumed, skills))


def _net_hours(match: Match) -> str:
    if match.hours is None or match.net_hours is None or match.hours - match.net_hours < 1:
        return ""
    return _("ongeveer %(net)s voor u, want een deel kunt u al", net=words.hours(round(match.net_hours)))


def per_week(match: Match) -> str:
    """How many hours a week a module asks; "" where that is not known."""
    if not match.hours_per_week:
        return ""
    hours = words.hours_per_week(match.hours_per_week)
    return _("in uw eigen tempo, ongeveer %(hours)s per week", hours=hours) if match.is_own_pace else _("%(hours)s per week", hours=hours)


def too_many_hours(match: Match) -> str:
    """That a module asks more hours a week than the learner has; "" where it does not."""
    free = next((reason.details.get("available_hours_per_week") for reason in match.reasons if reason.code == "hours_fit"), None)
    if not isinstance(free, int | float) or not match.hours_per_week or round(match.hours_per_week) <= free:
        return ""
    return _("meer dan uw %(hours)s", hours=words.hours(free))


def _end(match: Match, edition: Edition | None) -> str:
    if match.end is None:
        return ngettext("duurt %(num)s week", "duurt %(num)s weken", edition.weeks) if edition and edition.weeks else ""
    return _("klaar rond %(day)s", day=words.day(match.end))
