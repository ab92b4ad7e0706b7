"""Paths with the database keys put back: one for an aim, or the cheapest, the fastest and the least travel side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from matching.core.arrays import levels_of
from matching.core.editions import distances_km
from matching.core.gap import is_open_question, open_skills
from matching.core.path.field import Objective, PathQuestion
from matching.core.path.merits import best_for
from matching.core.path.pins import Missed, Obstacle, missed_pins
from matching.core.path.plan import Leg, Plan, plan
from matching.core.path.reliefs import reliefs
from matching.exemptions import Exemption, exemptions
from matching.gather import Catalogue
from matching.keys import edition_id, known, step_of
from matching.results import Step

SECONDS = 0.165
"""How long one path is searched; what is best by then is the answer, and says that it is not proven."""

PIN_SECONDS = 0.1
"""How long is searched for why pinned modules do not go together."""

RELIEF_SECONDS = 0.15
"""How long is searched for what giving way in a wish would buy."""


@dataclass(frozen=True, slots=True)
class PathModule:
    """A module of a path, with its run and dates.

    `closes` are the steps of the gap that it adds to those of the modules that end before it; none for one that only opens the way to
    another, or that is there because the learner pinned it. `opens` are the skills that a later module asks at entry and gets here.
    `is_dated`: the provider has set the date; else it is a proposal. `price_eur`, `hours` and `hours_per_week` are None where not stated.
    `unknown_at_entry`: everyday skills that it asks and of which nobody has said anything. `exemptions`: what the learner has by then of
    what it teaches.
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


@dataclass(frozen=True, slots=True)
class PathRelief:
    """Without this wish (a code, or `path.reliefs.PINNED` for all that is pinned), or with `amount` more of it (euros, hours a week, days,
    km), `coverage` is within reach."""

    wish: str
    coverage: float
    amount: float | None


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
        reliefs: what giving way in one wish would buy, where the wanted share is out of reach.
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
class Planner:
    """Plans paths for one learner over one state of the catalogue.

    Attributes:
        gone: keys of pinned modules that are not online any more; each answer names them among those that it leaves out.
    """

    catalogue: Catalogue
    question: PathQuestion
    gone: Collection[int] = ()

    def path(self, objective: Objective, coverage: float = 1.0, *, explains: bool = True) -> PathResult:
        """The best path for one aim; where the goal is out of reach, the best that is within it, and what is in its way.

        Args:
            coverage: the share of the gap that has to be closed, 0-1; 1 takes all that can be had.
            explains: whether to look for `reliefs`.
        """
        return self.told(objective, plan(self.question, objective, coverage, stopwatch(SECONDS)), explains=explains)

    def alternatives(
        self, shown: Objective, coverage: float, *, known: Mapping[Objective, PathResult] = MappingProxyType({})
    ) -> dict[Objective, PathResult]:
        """The cheapest path, the fastest, and the one with the least travel (with the fewest hours, where the learner names no place).

        Where a path that was found for another aim is the better one, that one stands there; of equally good ones, the one that ends
        first. Only the path that is `shown` says what giving way in a wish would buy; where it is none of these, the cheapest is.

        Args:
            known: paths that were found before and are as good an answer to this; they are not looked for again.
        """
        aims = (Objective.COST, Objective.DURATION, Objective.HOURS if self.question.wishes.near is None else Objective.TRAVEL)
        explained = shown if shown in aims else Objective.COST
        plans = {aim: plan(self.question, aim, coverage, stopwatch(SECONDS)) for aim in aims if aim not in known}
        return {
            aim: known[aim] if aim in known else self.told(aim, best_for(aim, plans, self.question), explains=aim is explained)
            for aim in aims
        }

    def told(self, objective: Objective, found: Plan, *, explains: bool = True) -> PathResult:
        """A plan with keys for rows, and what is to be said of it; see `path`."""
        catalogue, question = self.catalogue, self.question
        relieved = tuple(reliefs(question, found, stopwatch(RELIEF_SECONDS))) if explains and not found.is_reached else ()
        editions = np.array([leg.edition for leg in found.legs], dtype=np.int64)
        distances = distances_km(catalogue.editions, editions, question.wishes.near)
        modules = tuple(_module(leg, found, catalogue, question, known(away)) for leg, away in zip(found.legs, distances, strict=True))
        rows = {leg.module for leg in found.legs}
        missed = missed_pins(question, tuple(rows), stopwatch(PIN_SECONDS), is_sure=found.is_sure_of_pins)
        return PathResult(
            objective=objective,
            modules=modules,
            coverage=found.coverage,
            wanted=found.wanted,
            price_eur=sum(module.price_eur or 0.0 for module in modules),
            unpriced=sum(module.price_eur is None for module in modules),
            hours=sum(module.hours or 0.0 for module in modules),
            travel_km=None if question.wishes.near is None else sum(leg.travel_km for leg in found.legs),
            finish=max((module.end for module in modules), default=None),
            proven_optimal=found.is_proven,
            at_least=found.at_least,
            unreachable=tuple(catalogue.skill_ids[np.array(found.unreachable, dtype=np.int64)].tolist()),
            reliefs=tuple(PathRelief(one.wish, one.coverage, one.amount) for one in relieved),
            gap_skills=len(open_skills(question.gap)),
            stacks=tuple(stack for stack, needed in catalogue.stacks.items() if rows.issuperset(needed)),
            left_out=(*(LeftOut(key, Obstacle.NOT_ONLINE) for key in sorted(self.gone)), *(_left_out(one, catalogue) for one in missed)),
        )


def stopwatch(seconds: float) -> Callable[[], float]:
    """How many of so many seconds are left, from now on."""
    until = time.perf_counter() + seconds
    return lambda: until - time.perf_counter()


def _left_out(missed: Missed, catalogue: Catalogue) -> LeftOut:
    skills = tuple(catalogue.skill_ids[np.array(missed.columns, dtype=np.int64)].tolist())
    return LeftOut(int(catalogue.modules.key[missed.module]), missed.obstacle, missed.wishes, skills, missed.hours_per_week)


def _module(leg: Leg, found: Plan, catalogue: Catalogue, question: PathQuestion, distance_km: float | None) -> PathModule:
    modules, editions, gap = catalogue.modules, catalogue.editions, question.gap
    row, asked = leg.module, levels_of(catalogue.modules.required, leg.module)
    columns, levels = np.array([*asked], dtype=np.int64), np.array([*asked.values()], dtype=np.float64)
    is_question = is_open_question(gap.unknown[columns], levels) & (gap.held[columns] < levels)
    hours, weeks = modules.hours[row], editions.weeks[leg.edition]
    return PathModule(
        module_id=int(modules.key[row]),
        edition_id=edition_id(catalogue, leg.edition),
        start=date.fromordinal(leg.start),
        end=date.fromordinal(leg.end),
        is_dated=leg.is_dated,
        closes=tuple(step_of(catalogue, step) for step in leg.closes),
        opens=tuple(int(catalogue.skill_ids[column]) for column in _opened(leg, found, question)),
        unknown_at_entry=tuple(
            Step(int(catalogue.skill_ids[column]), 0, int(level))
            for column, level in zip(columns[is_question].tolist(), levels[is_question].tolist(), strict=True)
        ),
        exemptions=exemptions(leg, found, catalogue, question),
        price_eur=known(editions.price_eur[leg.edition]),
        hours=known(hours),
        hours_per_week=None if np.isnan(hours) or np.isnan(weeks) else leg.load,
        distance_km=distance_km,
    )


def _opened(leg: Leg, found: Plan, question: PathQuestion) -> list[int]:
    """Skill columns that later modules ask at entry, that are not held, and that this module is the first to bring so far."""
    modules, opened = question.modules, set[int]()
    taught = {one.module: levels_of(modules.taught, one.module) for one in found.legs}
    for later in found.legs:
        for column, level in levels_of(modules.required, later.module).items():
            if later.start < leg.end or question.gap.held[column] >= level or taught[leg.module].get(column, 0) < level:
                continue
            able = [one for one in found.legs if one.end <= later.start and taught[one.module].get(column, 0) >= level]
            if able and min(able, key=lambda one: (one.end, one.start, one.module)) == leg:
                opened.add(column)
    return sorted(opened)
