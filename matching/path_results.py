"""Paths with the database keys put back: their modules in order, what they close and cost, and what they leave out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.core.path.field import Objective
from matching.core.path.pins import Obstacle
from matching.exemptions import Exemption
from matching.results import Step


@dataclass(frozen=True, slots=True)
class PathModule:
    """A module of a path, with its run and dates.

    `closes` are the steps of the gap that it adds to those of the modules that end before it; none for one that only opens the way to
    another, or that is there because the learner pinned it. `opens` are the skills that a later module asks at entry and gets here.
    `is_dated`: the provider has set the date; else it is a proposal. `price_eur`, `hours` and `hours_per_week` are None where not stated.
    `unknown_at_entry`: everyday skills that it asks and of which nobody has said anything. `exemptions`: what the learner has by then of
    what it teaches. `is_beside`: it closes part of the gap, and is mostly about something else.
    """

    module_id: int
    edition_id: int | None
    start: date
    end: date
    is_dated: bool
    closes: tuple[Step, ...]
    opens: tuple[int, ...]
    unknown_at_entry: tuple[Step, ...]
    exemptions: tuple[Exemption, ...]
    price_eur: float | None
    hours: float | None
    hours_per_week: float | None
    distance_km: float | None
    is_beside: bool


@dataclass(frozen=True, slots=True)
class PathRelief:
    """Without these wishes (one or two codes, or `path.reliefs.PINNED` for all that is pinned), or with `amounts` more of them (euros,
    hours a week, days, km), `coverage` is within reach."""

    wishes: tuple[str, ...]
    amounts: tuple[float | None, ...]
    coverage: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pinned module that is not in the path, and why.

    `wishes`, where the reason is WISHES, are those in the way of the run that fits best: codes of `Exclusion`, or "hours_per_week".
    `hours_per_week`, where these alone are in the way, are what that run asks.
    `skills`, where it is ENTRY, are those that it asks at entry and that nothing within the wishes brings.
    """

    module_id: int
    reason: Obstacle
    wishes: tuple[str, ...] = ()
    skills: tuple[int, ...] = ()
    hours_per_week: float | None = None


@dataclass(frozen=True, slots=True)
class PathResult:
    """A path in order of start.

    Attributes:
        objective: what it is the least of.
        coverage: share of the gap that it closes, by importance, 0-1.
        wanted: the share that was asked.
        price_eur, hours: of the modules that state them; `unpriced` counts those without a price.
        travel_km: there and back once a week while a module lasts; None without a place of the learner.
        finish: the day by which all modules have ended; None for an empty path.
        proven_optimal: whether nothing within the wishes holds more of the pinned modules, or closes more, up to `wanted`, or does it at
            less.
        at_least: no path within the wishes that closes as much, with as many pinned modules, takes less than this: euros, hours, km or
            days (of DURATION) with the usual price and load where none is stated.
        unreachable: skills of the gap of which no step is within the wishes.
        reliefs: what giving way in one wish, or in two together, would buy, where the wanted share is out of reach.
        gap_skills: how many skills are to be learned.
        stacks: keys of the stacks of which all modules are in the path.
        left_out: pinned modules that are not in the path.
    """

    objective: Objective
    modules: tuple[PathModule, ...]
    coverage: float
    wanted: float
    price_eur: float
    unpriced: int
    hours: float
    travel_km: float | None
    finish: date | None
    proven_optimal: bool
    at_least: float
    unreachable: tuple[int, ...]
    reliefs: tuple[PathRelief, ...]
    gap_skills: int
    stacks: tuple[int, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def is_reached(self) -> bool:
        """Whether the wanted share is reached."""
        return self.coverage >= self.wanted - 1e-6

    def named_skills(self) -> set[int]:
        """The keys of all skills that the answer names."""
        steps = {step.skill_id for module in self.modules for step in (*module.closes, *module.unknown_at_entry)}
        others = {skill_id for module in self.modules for skill_id in (*module.opens, *(one.skill_id for one in module.exemptions))}
        return steps | others | set(self.unreachable) | {skill_id for one in self.left_out for skill_id in one.skills}

    def named_modules(self) -> set[int]:
        """The keys of all modules that the answer names."""
        earlier = {one.module_id for module in self.modules for one in module.exemptions if one.module_id is not None}
        return earlier | {module.module_id for module in self.modules} | {one.module_id for one in self.left_out}


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Paths by what each is the least of.

    `with_beside`: the share of the gap that is within reach with modules that are mostly about something else, where we left these out;
    None where we did not.
    """

    paths: Mapping[Objective, PathResult]
    with_beside: float | None = None


NO_PATHS = Alternatives({})
