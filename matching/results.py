"""What the matcher answers: codes, keys and numbers. Only `web` makes sentences of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Exclusion(StrEnum):
    """The hard constraint that removed a module."""

    BUDGET = "budget"
    DISTANCE = "distance"
    LANGUAGE = "language"
    FORMAT = "format"
    LEVEL = "level"
    START_AFTER = "start_after"
    FINISH_BY = "finish_by"
    CLOSED = "closed"
    NOTHING_TO_CLOSE = "nothing_to_close"


@dataclass(frozen=True, slots=True)
class GapLine:
    """One skill of the goal: the level held (0-4), the level wanted (1-4), and its importance in (0, 1]."""

    skill_id: int
    held: int
    goal: int
    importance: float


@dataclass(frozen=True, slots=True)
class Step:
    """A skill that a module brings from one level to another."""

    skill_id: int
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class MissingAtEntry:
    """A skill that the module asks at `asked` while the learner holds `held`; `bridge_module_id` teaches it, None when none does."""

    skill_id: int
    held: int
    asked: int
    bridge_module_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One named part of a score: `contribution` = `value` x `weight`; the contributions of a match sum to its score.

    `details` holds the numbers that a sentence about it needs, such as {"closed_steps": 9, "gap_steps": 10}.
    """

    code: str
    value: float
    weight: float
    contribution: float
    details: Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Match:
    """A module that fits, with the edition that fits best, and why.

    `already_known` are taught skills that the learner holds at that level; `net_hours` is the load left when their share is taken off.
    `start` and `end` are of the edition at the learner's own pace; None where they are not known.
    """

    module_id: int
    edition_id: int | None
    score: float
    closes: tuple[Step, ...]
    already_known: tuple[int, ...]
    missing_at_entry: tuple[MissingAtEntry, ...]
    reasons: tuple[Reason, ...]
    hours: float | None
    net_hours: float | None
    hours_per_week: float | None
    price_eur: float | None
    start: date | None
    end: date | None
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Matches, best first, with the gap that they are measured against.

    `excluded` counts the modules that each hard constraint removed, first reason first. `known_skills` counts held skills; below
    `FEWEST_KNOWN_SKILLS` `is_too_little_known` is True. `unclosed` are gap skills that no module teaches.
    """

    gap: tuple[GapLine, ...]
    matches: tuple[Match, ...]
    total: int
    excluded: Mapping[Exclusion, int]
    known_skills: int
    is_too_little_known: bool
    unclosed: tuple[int, ...]
