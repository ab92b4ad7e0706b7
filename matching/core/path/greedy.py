"""Plans that a sensible person makes without much reckoning: what brings most for its price comes first, and gets its dates at once.

The search begins with one, so that no answer is worse, and the benchmark compares with one. They keep to every wish.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import isqrt

import numpy as np

from matching.core.arrays import BoolArray, FloatArray, IntArray
from matching.core.exclusions import TOLERANCE
from matching.core.path.field import Field
from matching.core.path.schedule import Job, Placed, Timetable, dated
from matching.core.path.task import Found, Task
from matching.core.path.thinning import thinned
from matching.core.path.ways import cheapest_ways

LEAST_STEPS = 1e-9
"""Weighted steps that count as nothing."""

NO_WAY = 1e9
"""More than any way to a module takes."""

HOURS_BESIDE = (0.1, 0.01)
"""What an hour counts beside a euro or a kilometre, in each plan that is tried: of modules that are free the short ones come first."""

MOST_DEADLINES = 6
NEAR_ENOUGH = 0.08
"""Last days that are tried for the fastest plan, and the share by which that may miss the soonest one that works."""


def greedily(task: Task) -> Found | None:
    """The plan that at every turn takes most of the gap for a unit of the aim; None where it gets stuck before the target."""
    greedy, field = _Greedy(task), task.field
    return greedy.plan(greedy.taking(greedy.aims, opens=False), field.is_open, field.latest)


def first_plan(task: Task, seconds_left: Callable[[], float]) -> Found | None:
    """The best of some greedy plans, each built upon that with the pins; None where each gets stuck before the target."""
    greedy, field = _Greedy(task), task.field
    if task.is_timed:
        return _by_deadline(greedy, seconds_left)
    best = None
    for share in HOURS_BESIDE if task.spared is not None else (0.0,):
        found = greedy.plan(greedy.taking(greedy.aims + share * field.hours), field.is_open, field.latest)
        if found is not None and (best is None or found.aim < best.aim):
            best = found
        if best is not None and task.is_nothing(best):
            break
    return best


def furthest(task: Task) -> Found | None:
    """Of some greedy plans that go on until they are stuck, the one that closes most; the task is to find the most steps."""
    greedy, field = _Greedy(task), task.field
    n_modules = len(field.ends)
    prices = np.full(n_modules, np.inf)
    np.minimum.at(prices, field.runs.module, field.runs.price_eur)
    plans = [greedy.until_stuck(greedy.taking(unit), field.is_open, field.latest) for unit in (field.hours, prices, np.zeros(n_modules))]
    return min((found for found in plans if found is not None), key=lambda found: found.aim, default=None)


def _by_deadline(greedy: _Greedy, seconds_left: Callable[[], float]) -> Found | None:
    """The plan of the least work that ends by a day, for a day that is sooner and sooner."""
    field = greedy.task.field
    plain, opening = greedy.taking(field.hours, opens=False), greedy.taking(field.hours)
    by_module = np.full(len(field.ends), field.latest + 1)
    np.minimum.at(by_module, field.runs.module, field.run_ends)

    def by(days: int, taking: _Taking) -> Found | None:
        last = field.earliest + days
        return greedy.plan(taking, by_module <= last, last)

    soonest = int(greedy.task.least_days)
    if (best := by(soonest, plain)) is not None:
        return best
    best = by(field.latest - field.earliest, plain) or by(field.latest - field.earliest, opening)
    longest = int(best.aim) if best is not None else _last_day_apart(field)
    for _ in range(MOST_DEADLINES):
        if longest - soonest <= max(1, NEAR_ENOUGH * longest) or seconds_left() < 0:
            break
        days = max(isqrt(soonest * longest), soonest + 1)
        found = by(days, plain)
        if found is None:
            soonest = days
        else:
            best, longest = found, int(found.aim)
    return by(longest - 1, opening) or best


def _last_day_apart(field: Field) -> int:
    """Days by which the last run ends that is the first to bring anything."""
    return int(field.run_ends.max(initial=field.earliest)) - field.earliest


class _ByNode:
    """The modules, by position, that have to do with each node."""

    def __init__(self, node: IntArray, module: IntArray) -> None:
        order = np.argsort(node, kind="stable")
        self.node, self.module = node[order], module[order]

    def of(self, node: int) -> IntArray:
        """Those of one node."""
        return self.module[slice(*np.searchsorted(self.node, [node, node + 1]))]


@dataclass(frozen=True, slots=True)
class _Taking:
    """What is to be spared: what each module takes of it by itself, with the cheapest way to it, and what each node takes.

    Shapes (n_modules,) twice and (n_nodes,); `NO_WAY` for a node that cannot be had.
    """

    unit: FloatArray
    way: FloatArray
    had: FloatArray


class _Greedy:
    """What does not change between the plans for one task."""

    def __init__(self, task: Task) -> None:
        self.task, steps = task, task.field.steps
        self.target = np.inf if task.target is None else task.target
        self.base = task.seen(task.pins.base) if task.pins.base is not None else None
        giver, node = steps.givers(np.flatnonzero(steps.value > 0))
        is_open = task.field.is_open[giver]
        self.modules, giver = np.unique(giver[is_open], return_inverse=True)
        asker, need = steps.needed_by(self.modules)
        gain = np.bincount(giver, weights=steps.value[node[is_open]], minlength=len(self.modules))
        self.gain = gain.astype(np.float64, copy=False)
        self.givers, self.askers = _ByNode(node[is_open], giver), _ByNode(need, asker)
        self.jobs: dict[int, Job] = {}

    @cached_property
    def aims(self) -> FloatArray:
        """What each module adds to the aim at least. Shape (n_modules,)."""
        unit = np.full(len(self.task.field.ends), np.inf)
        np.minimum.at(unit, self.task.field.runs.module, self.task.least_aims)
        return unit

    def taking(self, unit: FloatArray, *, opens: bool = True) -> _Taking:
        """What each module takes of what is to be spared, and one.

        Args:
            unit: shape (n_modules,).
            opens: whether also those are taken that close nothing, and only open the way to others.
        """
        field, steps, unit = self.task.field, self.task.field.steps, unit + 1.0
        way, had = unit, np.full(len(steps.value), np.inf)
        if opens:
            way, had = cheapest_ways(steps, unit, field.is_open, np.where(steps.is_held, 0.0, np.inf), np.add)
        return _Taking(unit, way, np.where(steps.is_held, 0.0, np.minimum(had, NO_WAY)))

    def plan(self, taking: _Taking, is_open: BoolArray, latest: int) -> Found | None:
        """The plan of `until_stuck`, where it reaches the target, without what that does not take; else None."""
        found = self.until_stuck(taking, is_open, latest)
        if found is None or found.covered < self.target - TOLERANCE:
            return None
        return thinned(found, self.target, self.task, [job.module for job in self.base.jobs] if self.base else ())

    def until_stuck(self, taking: _Taking, is_open: BoolArray, latest: int) -> Found | None:
        """Again and again the module with most of what is lacking for what it takes, and before it what opens the way to it.

        Each starts as early as it goes; one that finds no dates, hours or money any more is passed over.

        Args:
            is_open: shape (n_modules,), which may be taken.
            latest: day number by which all must have ended.
        """
        task, field, steps = self.task, self.task.field, self.task.field.steps
        timetable = Timetable((), task.limits.until(latest), is_cost_first=not task.is_timed)
        reached, is_left, gain = steps.is_held.copy(), is_open[self.modules], self.gain.copy()
        had, unit, way = taking.had, taking.unit[self.modules], np.where(is_open, taking.way, np.inf)
        opening = np.zeros(len(gain))
        np.add.at(opening, self.askers.module, had[self.askers.node])
        jobs, placed, covered = list[Job](), list[Placed](), 0.0

        def give(job: Job) -> float:
            new = sorted(node for node in job.gives if not reached[node])
            reached[new] = True
            for node in new:
                gain[self.givers.of(node)] -= steps.value[node]
                opening[self.askers.of(node)] -= had[node]
            return float(steps.value[new].sum())

        if self.base is not None:
            jobs, placed = [*self.base.jobs], [*self.base.placed]
            if any(one.end > latest for one in placed):
                return None
            is_left &= ~np.isin(self.modules, [job.module for job in jobs])
            covered = sum(map(give, jobs))
        while covered < self.target - TOLERANCE:
            worth = np.where(is_left & (gain > LEAST_STEPS) & (opening < NO_WAY / 2), gain / (unit + opening), 0.0)
            if not worth.any():
                break
            best = int(worth.argmax())
            is_left[best] = False
            in_turn = self._way_to(int(self.modules[best]), reached, way)
            longer = _dated_too(timetable, jobs, placed, [self._job(module) for module in in_turn])
            if in_turn and longer is not None:
                jobs, placed = [*timetable.jobs], longer
                covered += sum(map(give, jobs[len(jobs) - len(in_turn) :]))
        return task.found(dated(placed, field.earliest), jobs)

    def _way_to(self, module: int, reached: BoolArray, way: FloatArray) -> list[int]:
        """The module, and before it those of the cheapest way to it; empty where there is none."""
        found, given, under_way = list[int](), set[int](), list[int]()

        def follow(module: int) -> bool:
            under_way.append(module)
            for node in sorted(self._job(module).needs):
                if reached[node] or node in given:
                    continue
                givers = self.task.field.steps.givers(np.array([node]))[0]
                giver = int(givers[way[givers].argmin()]) if len(givers) else module
                if giver in under_way or not np.isfinite(way[giver]) or not follow(giver):
                    return False
            given.update(self._job(module).gives)
            found.append(under_way.pop())
            return True

        return found if follow(module) else []

    def _job(self, module: int) -> Job:
        if module not in self.jobs:
            self.jobs[module] = self.task.job(module)
        return self.jobs[module]


def _dated_too(timetable: Timetable, jobs: list[Job], placed: list[Placed], more: list[Job]) -> list[Placed] | None:
    """The plan with some more jobs, one after the other as early as they go; None where one of them finds no dates or money."""
    for job in more:
        timetable.jobs = jobs = [*jobs, job]
        left_eur = timetable.limits.budget_eur + TOLERANCE - sum(one.mode.price_eur for one in placed)
        options = [one for one in timetable.next_options(placed, [len(jobs) - 1]) if one.mode.price_eur <= left_eur]
        if not options:
            return None
        placed = [*placed, min(options, key=lambda one: (*timetable.key(one.mode.cost, one.end), one.mode.run))]
    return placed
