"""Plans that a sensible person makes without much reckoning: what brings most for its price comes first, and gets its dates at once.

The search begins with one, so that no answer is worse, and the benchmark compares with one. They keep to every wish.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from math import isqrt

import numpy as np

from matching.core.arrays import BoolArray, FloatArray, IntArray
from matching.core.path.candidates import TOLERANCE
from matching.core.path.field import (
    NO_PINS,
    Field,
    Found,
    Learner,
    Objective,
    Pins,
    aim_of,
    budget_of,
    costs,
    is_nothing,
    job_of,
    least_aims,
    least_days,
    seen_as,
    steps_of,
)
from matching.core.path.schedule import Job, Placed, Timetable, dated

LEAST_STEPS = 1e-9
"""Weighted steps that count as nothing."""

HOURS_BESIDE = (0.1, 0.01)
"""What an hour counts beside a euro or a kilometre, in each plan that is tried: of modules that are free the short ones come first."""

MOST_DEADLINES = 8
NEAR_ENOUGH = 0.08
"""Last days that are tried for the fastest plan, and the share by which that may miss the soonest one that works."""


def greedily(learner: Learner, field: Field, objective: Objective, target: float) -> Found | None:
    """The plan that at every turn takes most of the gap for a unit of the aim; None where it gets stuck before `target` weighted steps."""
    greedy = _Greedy(learner, field, objective, target)
    return greedy.plan(greedy.aims, field.is_open, field.latest)


def first_plan(
    learner: Learner, field: Field, objective: Objective, target: float, seconds_left: Callable[[], float], pins: Pins = NO_PINS
) -> Found | None:
    """The best of some greedy plans for `target` weighted steps, each built upon that with the pins; None where each gets stuck before."""
    greedy = _Greedy(learner, field, objective, target, pins.base)
    if objective is Objective.DURATION:
        return _by_deadline(greedy, seconds_left)
    best = None
    for share in (0.0,) if objective is Objective.HOURS else HOURS_BESIDE:
        found = greedy.plan(greedy.aims + share * field.hours, field.is_open, field.latest)
        if found is not None and (best is None or found.aim < best.aim):
            best = found
        if best is not None and is_nothing(objective, best, field):
            break
    return best


def furthest(learner: Learner, field: Field, pins: Pins = NO_PINS) -> Found | None:
    """Of some greedy plans that go on until they are stuck, the one that closes most; its aim is that of the most steps."""
    greedy = _Greedy(learner, field, None, np.inf, seen_as(pins.base, None, field) if pins.base else None)
    n_modules = len(field.ends)
    prices = np.full(n_modules, np.inf)
    np.minimum.at(prices, field.runs.module, field.runs.price_eur)
    plans = [greedy.until_stuck(unit, field.is_open, field.latest) for unit in (field.hours, prices, np.zeros(n_modules))]
    return min((found for found in plans if found is not None), key=lambda found: found.aim, default=None)


def _by_deadline(greedy: _Greedy, seconds_left: Callable[[], float]) -> Found | None:
    """The plan of the least work that ends by a day, for a day that is sooner and sooner."""
    field = greedy.field
    by_module = np.full(len(field.ends), field.latest + 1)
    np.minimum.at(by_module, field.runs.module, field.run_ends)

    def by(days: int) -> Found | None:
        last = field.earliest + days
        return greedy.plan(field.hours, by_module <= last, last)

    soonest = int(least_days(field, greedy.target))
    if (best := by(soonest)) is not None:
        return best
    best = by(field.latest - field.earliest)
    longest = int(best.aim) if best is not None else _last_day_apart(field)
    for _ in range(MOST_DEADLINES - 2):
        if longest - soonest <= max(1, NEAR_ENOUGH * longest) or seconds_left() < 0:
            break
        days = max(isqrt(soonest * longest), soonest + 1)
        found = by(days)
        if found is None:
            soonest = days
        else:
            best, longest = found, int(found.aim)
    return best


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


class _Greedy:
    """What does not change between the plans for one learner."""

    def __init__(self, learner: Learner, field: Field, objective: Objective | None, target: float, base: Found | None = None) -> None:
        self.learner, self.field, self.objective, self.target, self.base = learner, field, objective, target, base
        self.of_run = costs(objective, field)[0]
        steps = field.steps
        giver, node = steps.givers(np.flatnonzero(steps.value > 0))
        is_open = field.is_open[giver]
        self.modules, giver = np.unique(giver[is_open], return_inverse=True)
        begin = np.searchsorted(steps.need_module, self.modules)
        count = np.searchsorted(steps.need_module, self.modules, side="right") - begin
        asker = np.repeat(np.arange(len(self.modules)), count)
        need = steps.need_node[np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())]
        gain = np.bincount(giver, weights=steps.value[node[is_open]], minlength=len(self.modules))
        self.gain = gain.astype(np.float64, copy=False)
        self.lacking = np.bincount(asker[~steps.is_held[need]], minlength=len(self.modules))
        self.givers, self.askers = _ByNode(node[is_open], giver), _ByNode(need, asker)
        self.jobs: dict[int, Job] = {}

    @cached_property
    def aims(self) -> FloatArray:
        """What each module adds to the aim at least. Shape (n_modules,)."""
        unit = np.full(len(self.field.ends), np.inf)
        np.minimum.at(unit, self.field.runs.module, least_aims(self.objective, self.field))
        return unit

    def plan(self, unit: FloatArray, is_open: BoolArray, latest: int) -> Found | None:
        """The plan of `until_stuck`, where it reaches the target; else None."""
        found = self.until_stuck(unit, is_open, latest)
        return found if found is not None and found.covered >= self.target - TOLERANCE else None

    def until_stuck(self, unit: FloatArray, is_open: BoolArray, latest: int) -> Found | None:
        """Again and again the module with most of what is lacking for a unit (and one), of those of which all that they ask has been given.

        It starts as early as it goes; one that finds no dates, hours or money any more is passed over.

        Args:
            unit: shape (n_modules,), what each takes of what is to be spared.
            is_open: shape (n_modules,), which may be taken.
            latest: day number by which all must have ended.
        """
        learner, field, value = self.learner, self.field, self.field.steps.value
        is_cost_first = self.objective is not Objective.DURATION
        timetable = Timetable((), field.earliest, latest, learner.wishes.hours_per_week, budget_of(learner), is_cost_first=is_cost_first)
        reached, is_left, unit = field.steps.is_held.copy(), is_open[self.modules], unit[self.modules] + 1.0
        gain, lacking = self.gain.copy(), self.lacking.copy()
        jobs, placed, covered, spent = list[Job](), list[Placed](), 0.0, 0.0

        def give(job: Job) -> None:
            for new in sorted(node for node in job.gives if not reached[node]):
                reached[new] = True
                gain[self.givers.of(new)] -= value[new]
                lacking[self.askers.of(new)] -= 1

        if self.base is not None:
            jobs, placed, covered = [*self.base.jobs], [*self.base.placed], self.base.covered
            spent = sum(one.mode.price_eur for one in placed)
            is_left &= ~np.isin(self.modules, [job.module for job in jobs])
            if any(one.end > latest for one in placed):
                return None
            for job in jobs:
                give(job)
        while covered < self.target - TOLERANCE:
            worth = np.where(is_left & (gain > LEAST_STEPS) & (lacking == 0), gain / unit, 0.0)
            if not worth.any():
                break
            best = int(worth.argmax())
            is_left[best] = False
            timetable.jobs = [*jobs, self._job(int(self.modules[best]))]
            options = [
                one for one in timetable.next_options(placed, [len(jobs)]) if spent + one.mode.price_eur <= timetable.budget_eur + TOLERANCE
            ]
            if options:
                placed = [*placed, min(options, key=lambda one: (*timetable.key(one.mode.cost, one.end), one.mode.run))]
                jobs = [*timetable.jobs]
                covered, spent = covered + float(gain[best]), spent + placed[-1].mode.price_eur
                give(jobs[-1])
        schedule = dated(placed, field.earliest)
        aim = aim_of(self.objective, schedule, jobs, field)
        return Found(schedule.placed, tuple(jobs), steps_of(jobs, field), aim, is_proven=False)

    def _job(self, module: int) -> Job:
        if module not in self.jobs:
            self.jobs[module] = job_of(module, self.field, self.of_run)
        return self.jobs[module]
