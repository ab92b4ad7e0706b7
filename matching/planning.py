"""Planning paths: one for an aim, or the cheapest, the fastest and the least travel side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.core.arrays import levels_of
from matching.core.editions import distances_km
from matching.core.gap import is_open_question, open_skills
from matching.core.path.field import Objective, PathQuestion
from matching.core.path.merits import best_for
from matching.core.path.pins import Missed, Obstacle, missed_pins
from matching.core.path.plan import Leg, Plan, plan
from matching.core.path.reliefs import reliefs
from matching.exemptions import exemptions
from matching.gather import Catalogue
from matching.keys import edition_id, known, step_of
from matching.path_results import NO_PATHS, Alternatives, LeftOut, PathModule, PathRelief, PathResult
from matching.results import Step

SECONDS = 0.17
"""How long one path is searched; what is best by then is the answer, and says that it is not proven."""

PIN_SECONDS = 0.1
"""How long is searched for why pinned modules do not go together."""

RELIEF_SECONDS = 0.25
"""How long is searched for what giving way in a wish would buy; what is left of it after each wish alone goes to two together."""

ENOUGH_ABOUT_GOAL = 0.5
"""Share of what all modules close, from which on those about the goal are enough. Who is told to take a drone course for the writing of
reports learns a little more, and trusts us no more."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans paths for one learner over one state of the catalogue.

    Attributes:
        gone: keys of pinned modules that are not online any more; each answer names them among those that it leaves out.
        beside: rows of the modules that are mostly about something else than the goal.
        leaves_out: whether `alternatives` do without these where the goal is out of reach, and what is about it is enough.
    """

    catalogue: Catalogue
    question: PathQuestion
    gone: Collection[int] = ()
    beside: frozenset[int] = frozenset()
    leaves_out: bool = False

    def about_goal(self) -> Planner:
        """The same without the modules beside the goal, but for those that are pinned and what opens the way to them."""
        return self._without(self._dispensable())

    def _dispensable(self) -> frozenset[int]:
        question = self.question
        opening = plan(question, Objective.COST, 0.0, stopwatch(PIN_SECONDS)).legs if question.pins else ()
        return self.beside.difference(question.pins, (leg.module for leg in opening))

    def _without(self, rows: frozenset[int]) -> Planner:
        wishes = replace(self.question.wishes, rejected=(self.question.wishes.rejected or frozenset()) | rows)
        return replace(self, question=replace(self.question, wishes=wishes), leaves_out=False)

    def path(self, objective: Objective, coverage: float = 1.0, *, explains: bool = True) -> PathResult:
        """The best path for one aim; where the goal is out of reach, the best that is within it, and what is in its way.

        Args:
            coverage: the share of the gap that has to be closed, 0-1; 1 takes all that can be had.
            explains: whether to look for `reliefs`.
        """
        return self.told(objective, plan(self.question, objective, coverage, stopwatch(SECONDS)), explains=explains)

    def alternatives(self, shown: Objective, coverage: float, *, known: Alternatives = NO_PATHS, explains: bool = True) -> Alternatives:
        """The cheapest path, the fastest, and the one with the least travel (with the fewest hours, where the learner names no place).

        Where a path that was found for another aim is the better one, that one stands there; of equally good ones, the one that ends
        first. Only the path that is `shown` says what giving way in a wish would buy; where it is none of these, the cheapest is.

        Args:
            known: paths that were found before and are as good an answer to this. They are not looked for again, except where modules
                were left out of them and some path is not known.
            explains: whether to look for `reliefs`.
        """
        aims = (Objective.COST, Objective.DURATION, Objective.HOURS if self.question.wishes.near is None else Objective.TRAVEL)
        if known.paths.keys() >= set(aims):
            return known
        kept = known.paths if known.with_beside is None else {}
        explained = shown if shown in aims else Objective.COST
        plans = {aim: plan(self.question, aim, coverage, stopwatch(SECONDS)) for aim in aims if aim not in kept}
        paths = {
            aim: kept[aim] if aim in kept else self.told(aim, best_for(aim, plans, self.question), explains=explains and aim is explained)
            for aim in aims
        }
        cheapest = paths[Objective.COST]
        if not self.leaves_out or cheapest.is_reached:
            return Alternatives(paths)
        dispensable = self._dispensable()
        if dispensable.isdisjoint(self.catalogue.rows([module.module_id for module in cheapest.modules])):
            return Alternatives(paths)
        about_goal = self._without(dispensable).alternatives(shown, coverage, explains=False).paths
        if about_goal[Objective.COST].coverage < cheapest.coverage * ENOUGH_ABOUT_GOAL:
            return Alternatives(paths)
        # No wish left those modules out, so nothing is sure of all that is within the wishes; and who gives way in a wish has them too.
        unsure = {aim: replace(path, proven_optimal=False, at_least=0.0, reliefs=paths[aim].reliefs) for aim, path in about_goal.items()}
        return Alternatives(unsure, cheapest.coverage)

    def told(self, objective: Objective, found: Plan, *, explains: bool = True) -> PathResult:
        """A plan with keys for rows, and what is to be said of it; see `path`."""
        catalogue, question = self.catalogue, self.question
        relieved = tuple(reliefs(question, found, stopwatch(RELIEF_SECONDS))) if explains and not found.is_reached else ()
        editions = np.array([leg.edition for leg in found.legs], dtype=np.int64)
        distances = distances_km(catalogue.editions, editions, question.wishes.near)
        modules = tuple(
            _module(leg, found, catalogue, question, known(away), is_beside=leg.module in self.beside)
            for leg, away in zip(found.legs, distances, strict=True)
        )
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
            reliefs=tuple(PathRelief(one.wishes, one.amounts, one.coverage) for one in relieved),
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


def _module(
    leg: Leg, found: Plan, catalogue: Catalogue, question: PathQuestion, distance_km: float | None, *, is_beside: bool
) -> PathModule:
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
        is_beside=is_beside,
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
