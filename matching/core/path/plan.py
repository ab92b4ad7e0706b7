"""A path: modules with their dates that bring a learner to a goal at the least cost, hours or time, with a proof where there is one.

Cover first, schedule then. `cover` chooses modules without looking at the calendar, so that nothing that respects the calendar can be
better than its answer. `schedule` gives them dates. Where the dates cost nothing extra, the path is the best there is. Else what was
chosen becomes a cut, and the next best set is tried, until the bound meets the best path found, or time is up.

What each aim means:

- COST: the sum of prices. HOURS: the sum of study loads. TRAVEL: kilometres, there and back once a week for as long as a module lasts.
  DURATION: days from the first day on which the learner can start until the end of the last module.
- Of equals the cheaper and shorter comes first: a hundred hours, or a hundred modules, weigh as much as a cent (for DURATION: a thousand
  euros or hours as much as a hundredth of a day).
- Time goes by whole days. A dated run keeps its dates; a run without a date starts on any day; a rolling one on its own days. A run takes
  the days of its weeks, at one steady pace, and at any moment those that run together ask no more hours a week than there are.

With `PathQuestion.pins` a path holds as many of those modules as go together, before anything else counts (`pins`).

With `PathQuestion.stacks` a path that earns a whole one comes before any other, and the aim decides between those; where none does so
and gets as far as is wanted, the answer is as if there were no such wish.

Out of reach means: best effort. Then the most coverage that fits comes first, and the aim only decides between paths of that coverage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.core.explain import SkillSteps
from matching.core.gap import open_skills, width
from matching.core.path.candidates import LEVELS, NEVER
from matching.core.path.cover import MOST_COLUMNS
from matching.core.path.days import fewest_days
from matching.core.path.field import Field, Objective, PathQuestion, stacks_within
from matching.core.path.greedy import first_plan, furthest
from matching.core.path.instance import Cut
from matching.core.path.pins import pins_that_go
from matching.core.path.problem import EXACT
from matching.core.path.search import search, sooner
from matching.core.path.task import ALONGSIDE, Found, Task
from matching.core.path.thinning import thinned


@dataclass(frozen=True, slots=True)
class Leg:
    """A module of a path: rows of module and edition, day numbers of start and end, and the steps of the gap that it closes there.

    `price_eur`, `hours` and `load` (hours a week) are what counted: the usual ones where the provider states none. `is_dated`: it cannot
    start on any day.
    """

    module: int
    edition: int
    start: int
    end: int
    price_eur: float
    hours: float
    load: float
    travel_km: float
    is_dated: bool
    closes: tuple[SkillSteps, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A path, or the empty one.

    Attributes:
        legs: in order of start.
        coverage: share of the gap that is closed, weighted; 1.0 where there is no gap.
        wanted: the share that was asked.
        is_proven: no path within the wishes holds more of the pins, or closes more, up to what was wanted, or does it at a better aim.
        at_least: no path within the wishes that closes as much, with as many pins, takes less than this: euros, hours, km or days, as
            counted.
        is_sure_of_pins: no path within the wishes holds more of the pins.
        unreachable: skill columns of the gap of which no step can be had within the wishes, money and hours aside.
    """

    legs: tuple[Leg, ...]
    coverage: float
    wanted: float
    is_proven: bool
    at_least: float
    unreachable: tuple[int, ...]
    is_sure_of_pins: bool = True

    @property
    def is_reached(self) -> bool:
        """Whether the wanted coverage is reached."""
        return self.coverage >= self.wanted - EXACT

    @property
    def price_eur(self) -> float:
        """What all modules cost together, as counted."""
        return sum(leg.price_eur for leg in self.legs)


def plan(question: PathQuestion, objective: Objective, coverage: float, seconds_left: Callable[[], float]) -> Plan:
    """The best path for one learner.

    Args:
        coverage: wanted share of the gap, in [0, 1]; 1.0 takes all that can be had.
        seconds_left: how long there is still to search, asked now and then; below 0 the best so far is taken.
    """
    field, whole = question.field, width(question.gap)
    clashes: list[Cut] = []
    total = seconds_left()
    target = min(coverage * whole, field.reachable)
    found: Found | None = None
    pins, is_sure = pins_that_go(question, field, objective, clashes, lambda: seconds_left() - total / 2)
    task = Task(question, field, objective, target, pins)
    if stacks := stacks_within(question, field):
        found, _ = search(replace(task, stacks=stacks), clashes, lambda: seconds_left() - total / 2)
    is_whole = found is not None
    if found is None:
        first = first_plan(task, seconds_left)
        kept = 0.0 if first else total / 4
        found = _least(task, clashes, lambda: seconds_left() - kept, first)
    if found is None:
        for_most = replace(task, objective=None, target=None)
        most, _ = search(for_most, clashes, lambda: seconds_left() - total / 8)
        if (most is None or not most.is_proven) and (further := furthest(for_most)):
            most = further if most is None or further.aim < most.aim else most
        found = most
        if most is not None and (most.covered > EXACT or pins.least):
            within_reach = replace(task, target=min(most.covered, target))
            best = _least(within_reach, clashes, seconds_left, first_plan(within_reach, seconds_left))
            found = best or task.seen(most)
            found = replace(found, is_proven=found.is_proven and most.is_proven)
    if found is not None and not is_whole:
        found = thinned(found, min(found.covered, target), task, pins.rows)
    if found is not None and not task.is_timed:
        found = sooner(found, task)
    had = field.had.reshape(-1, LEVELS)
    columns = open_skills(question.gap)
    worth = field.steps.value.reshape(-1, LEVELS)[columns] > 0
    unreachable = columns[~np.any(worth & (had[columns] < NEVER), axis=1)]
    return Plan(
        legs=_legs(question, found, field) if found else (),
        coverage=min(found.covered / whole, 1.0) if found and whole > 0 else float(whole <= 0),
        wanted=coverage,
        is_proven=found is not None and found.is_proven and is_sure,
        at_least=_at_least(objective, found, task) if found else 0.0,
        unreachable=tuple(unreachable.tolist()),
        is_sure_of_pins=is_sure,
    )


def _least(task: Task, clashes: list[Cut], seconds_left: Callable[[], float], first: Found | None) -> Found | None:
    """The path that takes least of the aim; `first` is one to begin with."""
    is_small = task.hours_per_week is None and np.count_nonzero(task.field.is_open) <= MOST_COLUMNS
    if first is None or not task.is_timed or is_small:
        return search(task, clashes, seconds_left, first)[0]
    return fewest_days(task, clashes, seconds_left, first)


def _at_least(objective: Objective, found: Found, task: Task) -> float:
    """What no path takes less than: all that this one takes where it is proven, else what the search is sure of."""
    own = task.taken(found)
    if found.is_proven:
        return own
    least = found.bound - ALONGSIDE[objective]
    return max(0.0, min(own, float(np.ceil(least)) if task.is_timed and np.isfinite(least) else least))


def _legs(question: PathQuestion, found: Found, field: Field) -> tuple[Leg, ...]:
    """The dated modules, each with the steps that it closes beyond what was reached by those that ended before it."""
    gap, covered = question.gap, set[int]()
    closes: dict[int, tuple[SkillSteps, ...]] = {}
    for one in sorted(found.placed, key=lambda one: (one.end, one.start, one.job)):
        steps: list[SkillSteps] = []
        for node in sorted(found.jobs[one.job].gives - covered):
            column, below = divmod(node, LEVELS)
            begin, end = max(float(below), float(gap.held[column])), min(below + 1.0, float(gap.goal[column]))
            if gap.weight[column] > 0 and end > begin:
                is_next = steps and (steps[-1].column, steps[-1].to_level) == (column, begin)
                steps.append(SkillSteps(column, steps.pop().from_level if is_next else begin, end))
        covered |= found.jobs[one.job].gives
        steps.sort(key=lambda step: (-gap.weight[step.column] * (step.to_level - step.from_level), step.column, step.from_level))
        closes[one.job] = tuple(steps)
    return tuple(
        Leg(
            module=found.jobs[one.job].module,
            edition=one.mode.edition,
            start=one.start,
            end=one.end,
            price_eur=one.mode.price_eur,
            hours=float(field.hours[found.jobs[one.job].module]),
            load=one.mode.load,
            travel_km=one.mode.travel_km,
            is_dated=one.mode.period != 1,
            closes=closes[one.job],
        )
        for one in found.placed
    )
