"""Wishes side by side as template values: what each gives, what comes in and falls out, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.models import Module, Skill
from matching.advice.scenarios import Comparison, Least, Moves, Outcome
from matching.core.exclusions import Exclusion
from matching.core.widening import Gain
from web import words
from web.languages import _, language, ngettext
from web.learner.answers import Answers
from web.learner.match_cards import outside_words
from web.learner.presenters import constraint_texts
from web.learner.scenario_form import code_of, only_changes

SHOWN_MODULES = 3
SHOWN_SKILLS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A change that one can tick."""

    code: str
    name: str
    brings: str
    """What it would bring; "" for a change that the visitor made up."""


@dataclass(frozen=True, slots=True)
class Line:
    """A module, with a few words on it; "" for none."""

    title: str
    slug: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class MovesText:
    """What comes in or falls out: how many, which wishes were in the way, the best of them, and how many more; "" for none."""

    total: str
    because: Sequence[str]
    lines: Sequence[Line]
    rest: str


@dataclass(frozen=True, slots=True)
class Column:
    """One set of wishes; `code` is "" for the wishes as they are."""

    code: str
    name: str
    total: str
    difference: str
    too_heavy: str
    best: str
    joint: str
    skills: str
    matches: Sequence[Line]
    cheapest: str
    earliest: str
    nearest: str
    entering: MovesText
    leaving: MovesText
    opened: Sequence[tuple[str, str]]
    closed: Sequence[tuple[str, str]]


def change_name(now: Answers, then: Answers) -> str:
    """What differs, in a few words that begin with a capital: "Hoogstens € 1.000"."""
    dropped = {
        "budget_eur": _("zonder grens aan de prijs"),
        "hours_per_week": _("zonder grens aan de uren per week"),
        "near": _("zonder plaats"),
        "max_km": _("zonder grens aan de afstand"),
        "start_after": _("u kunt meteen beginnen"),
        "finish_by": _("zonder einddatum"),
    }
    gone = [text for name, text in dropped.items() if getattr(now, name) not in (None, "") and getattr(then, name) in (None, "")]
    return words.capitalised(words.all_of([*constraint_texts(only_changes(now, then)), *gone]))


def choice(now: Answers, then: Answers, gain: Gain | None = None) -> Choice:
    """A change, with what it would bring where that is known."""
    return Choice(code_of(now, then), change_name(now, then), _gained(gain) if gain else "")


def columns(
    found: Comparison, now: Answers, thens: Sequence[Answers], modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date
) -> list[Column]:
    """The wishes as they are, then each of `thens`, as `found` compared them."""
    outcomes = (found.base, *found.outcomes)
    names = [("", _("Uw wensen nu")), *((code_of(now, then), change_name(now, then)) for then in thens)]
    return [_column(found, outcome, *name, modules, skills, today) for outcome, name in zip(outcomes, names, strict=True)]


def _column(
    found: Comparison, outcome: Outcome, code: str, name: str, modules: Mapping[int, Module], skills: Mapping[int, Skill], today: date
) -> Column:
    shown = outcome.matches[:SHOWN_MODULES]
    return Column(
        code=code,
        name=name,
        total=ngettext("%(num)s module", "%(num)s modules", outcome.total),
        difference=_difference(outcome.total - found.base.total) if code else "",
        too_heavy=_too_heavy(outcome.excluded.get(Exclusion.HOURS_PER_WEEK, 0)),
        best=_share(outcome.best_share),
        joint=_share(outcome.joint_share),
        skills=_("%(num)s van de %(all)s", num=outcome.closable, all=found.gap_skills),
        matches=[_line(modules[one.module_id], words.price(one.price_eur)) for one in shown if one.module_id in modules],
        cheapest=words.price(outcome.cheapest.price_eur) if outcome.cheapest else "",
        earliest=_start(outcome.earliest, today),
        nearest=words.distance(outcome.nearest.distance_km) if outcome.nearest else "",
        entering=_moves(outcome.entering, modules),
        leaving=_moves(outcome.leaving, modules),
        opened=_skills(outcome.opened, skills),
        closed=_skills(outcome.closed, skills),
    )


def _moves(moves: Moves, modules: Mapping[int, Module]) -> MovesText:
    known = [(miss, modules[miss.module_id]) for miss in moves.modules[:SHOWN_MODULES] if miss.module_id in modules]
    rest = moves.total - len(known)
    return MovesText(
        total=ngettext("%(num)s module", "%(num)s modules", moves.total) if moves.total else "",
        because=[f"{words.EXCLUSIONS[wish]}: {count}" for wish, count in moves.because.items()],
        lines=[_line(module, outside_words(miss, module)) for miss, module in known],
        rest=ngettext("en nog %(num)s", "en nog %(num)s", rest) if rest > 0 else "",
    )


def _line(module: Module, note: str) -> Line:
    return Line(module.title, module.slug, module.language, note)


def _skills(keys: Sequence[int], skills: Mapping[int, Skill]) -> list[tuple[str, str]]:
    known = [words.named(skills[key]) for key in keys if key in skills]
    rest = len(known) - SHOWN_SKILLS
    more = [(ngettext("en nog %(num)s", "en nog %(num)s", rest), language())] if rest > 0 else []
    return known[:SHOWN_SKILLS] + more


def _share(share: float) -> str:
    return _("%(percent)s procent van wat u mist", percent=_percent(share))


def _percent(share: float) -> int:
    return round(share * 100)


def _start(least: Least | None, today: date) -> str:
    if least is None or least.start is None:
        return ""
    return _("vandaag") if least.start == today else words.day(least.start)


def _difference(more: int) -> str:
    if not more:
        return _("even veel als nu")
    return _more(more) if more > 0 else ngettext("%(num)s minder dan nu", "%(num)s minder dan nu", -more)


def _too_heavy(number: int) -> str:
    """How many modules would fit with more hours a week; no path holds them."""
    more = ngettext("%(num)s andere vraagt meer uur per week", "%(num)s andere vragen meer uur per week", number)
    return more if number else ""


def _gained(gain: Gain) -> str:
    """What a change brings: of the gap, where that is a whole percent, and in modules."""
    joint, best = (_percent(share) for share in (gain.joint, gain.best))
    closed = ""
    if joint:
        closed = _("%(percent)s procent meer van wat u mist", percent=joint)
    elif best:
        closed = _("de beste module helpt %(percent)s procent meer", percent=best)
    return ", ".join(filter(None, (closed, ngettext("%(num)s module meer", "%(num)s modules meer", gain.modules))))


def _more(number: int) -> str:
    return ngettext("%(num)s meer dan nu", "%(num)s meer dan nu", number)
