"""Demands as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.demands.status import Side, possible_steps
from catalogue.models import Demand, DemandStep, Module, Skill
from catalogue.vocabulary import DemandStatus
from matching.demands import Outlook
from matching.results import GapLine
from web import words
from web.browse.cards import Card, card
from web.demands.demand_words import LIMITS, STATUSES, STEP_BUTTONS
from web.languages import _, language, ngettext
from web.learner.match_cards import StepLine, excluded_lines, outside_words, step_line
from web.wiring import local_day

GAPS_IN_LIST = 3


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A demand in a list. `gap` holds the names of the skills that no module brings far enough, each with its language."""

    uid: str
    title: str
    company: str
    region: str
    people: str
    needed_by: str
    status: str
    is_example: bool
    gap: Sequence[tuple[str, str]]
    more_gaps: str
    is_covered: bool


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill of a demand: levels now and needed (0-4), what exists, and what nobody brings people to."""

    label: str
    language: str
    now: int
    needed: int
    now_words: str
    needed_words: str
    modules: str
    near_miss: Module | None
    gap: str


@dataclass(frozen=True, slots=True)
class FoundModule:
    """A module with the steps that it brings people further."""

    card: Card
    closes: Sequence[StepLine]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A module that somebody brought as an answer. `number` is its key."""

    number: int
    card: Card
    note: str
    is_yours: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A step that was taken."""

    moment: str
    status: str
    who: str


@dataclass(frozen=True, slots=True)
class StepButton:
    """A step that this visitor may take."""

    to: str
    text: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class DemandPage:
    """Everything that the page of one demand shows."""

    line: DemandLine
    wish: str
    theme: str
    place: str
    limits: Sequence[str]
    skills: Sequence[SkillRow]
    gap_words: str
    found: Sequence[FoundModule]
    total: int
    excluded: Sequence[str]
    answers: Sequence[AnswerLine]
    history: Sequence[HistoryLine]
    helper: str


def demand_line(demand: Demand, found: Outlook) -> DemandLine:
    """A demand in a list, with what no module brings."""
    skills = {row.skill_id: row.skill for row in demand.skills}
    gap = [words.named(skills[line.skill_id]) for line in found.gap if line.skill_id in skills]
    rest = len(gap) - GAPS_IN_LIST
    return DemandLine(
        uid=demand.uid,
        title=demand.title,
        company=demand.shown_company,
        region=demand.region or _("heel Nederland"),
        people=people_words(demand.people),
        needed_by=words.day(demand.needed_by),
        status=str(STATUSES[demand.status]),
        is_example=demand.is_example,
        gap=gap[:GAPS_IN_LIST],
        more_gaps=ngettext("en nog %(num)s", "en nog %(num)s", rest) if rest > 0 else "",
        is_covered=bool(skills) and not gap,
    )


def people_words(people: int) -> str:
    """So many people."""
    return ngettext("%(num)s persoon", "%(num)s mensen", people)


def demand_page(
    demand: Demand, found: Outlook, modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date, *, own_ids: frozenset[int]
) -> DemandPage:
    """The page of one demand.

    Args:
        modules, skills: those that `found` names, by key.
        own_ids: keys of the organisations of who looks; their answers can be taken back.
    """
    by_skill = {line.skill_id: line for line in found.result.gap}
    rows = [_skill_row(row.skill, row.level_now, row.level_wanted, by_skill.get(row.skill_id), modules) for row in demand.skills]
    return DemandPage(
        line=demand_line(demand, found),
        wish=demand.wish,
        theme=demand.theme.label(language()) if demand.theme else "",
        place=demand.place,
        limits=limit_texts(demand),
        skills=sorted(rows, key=lambda row: row.label.casefold()),
        gap_words=_gap_words(found),
        found=[
            FoundModule(
                card(modules[match.module_id], today, modules[match.module_id].edition(match.edition_id)),
                [step_line(step, skills) for step in match.closes if step.skill_id in skills],
            )
            for match in found.result.matches
            if match.module_id in modules
        ],
        total=found.result.total,
        excluded=excluded_lines(found.result, LIMITS),
        answers=[
            AnswerLine(one.module_id, card(one.module, today), one.note, one.module.organisation_id in own_ids) for one in demand.answers
        ],
        history=[_history_line(step) for step in demand.steps],
        helper=demand.helper.name if demand.helper else "",
    )


def step_buttons(demand: Demand, side: Side) -> list[StepButton]:
    """The steps that somebody may take from one side, the main one first."""
    possible = possible_steps(demand, side)
    return [StepButton(str(to), str(STEP_BUTTONS[side, demand.status, to]), place == 0) for place, to in enumerate(possible)]


def limit_texts(demand: Demand) -> list[str]:
    """What modules have to fit, in words."""
    texts = []
    if demand.place and demand.max_km:
        texts.append(_("binnen %(km)s km van %(place)s", km=demand.max_km, place=demand.place))
    elif demand.place:
        texts.append(_("in de buurt van %(place)s", place=demand.place))
    if demand.needed_by:
        texts.append(_("klaar op %(day)s", day=words.day(demand.needed_by)))
    if demand.budget_eur is not None:
        texts.append(_("hoogstens %(price)s per persoon", price=words.price(demand.budget_eur)))
    texts.append(_("online mag ook") if demand.is_online_ok else _("niet online"))
    return texts


def _skill_row(skill: Skill, now: int, needed: int, line: GapLine | None, modules: Mapping[int, Module]) -> SkillRow:
    miss = modules.get(line.near_miss.module_id) if line and line.near_miss else None
    if line and line.near_miss and miss:
        exists = outside_words(line.near_miss, miss, LIMITS)
    else:
        exists = ngettext("%(num)s module", "%(num)s modules", line.modules) if line and line.modules else _("geen module")
    levels = line.uncovered if line else tuple(range(now + 1, needed + 1))
    gap = ", ".join(str(words.SKILL_LEVELS[level]) for level in levels)
    level_words = words.SKILL_LEVELS
    return SkillRow(*words.named(skill), now, needed, str(level_words[now]), str(level_words[needed]), exists, miss, gap)


def _gap_words(found: Outlook) -> str:
    if not found.gap_steps:
        return _("Voor alle stappen is er een module die past.")
    return ngettext(
        "Voor %(num)s van de %(whole)s stappen past nog geen module.",
        "Voor %(num)s van de %(whole)s stappen past nog geen module.",
        found.gap_steps,
        whole=found.asked_steps,
    )


def _history_line(step: DemandStep) -> HistoryLine:
    who = step.organisation.name if step.organisation else _("wie het vraagt")
    is_given_back = step.organisation is not None and step.status is DemandStatus.OPEN
    status = _("teruggegeven") if is_given_back else str(STATUSES[step.status])
    return HistoryLine(words.day(local_day(step.created_at)), status, who)
