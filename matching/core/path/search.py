"""The search for one dated set of modules: cover first, schedule then, cuts in between until the bound meets the best one found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.core.path.cover import Chosen, Cover
from matching.core.path.cuts import clash, order_cuts
from matching.core.path.field import Objective
from matching.core.path.filling import filled, soonest
from matching.core.path.floor import NEARLY, Floor
from matching.core.path.instance import Cut, Side
from matching.core.path.packing import hour_measures, measures
from matching.core.path.problem import EXACT
from matching.core.path.schedule import Job, Limits, Placed, Schedule, Timetable, dated, salvaged, stuck
from matching.core.path.task import Found, Task
from matching.core.path.windows import conflict

MOST_ROUNDS = 60
"""Sets of modules that are tried on the calendar, for one question."""

FEW_STEPS = 300
"""Placements that are tried with the runs that the cover has in mind, before the dates are simply filled up."""

FEW_JOBS = 15
"""Of longer paths nobody sees at once that all could end sooner, and trying their dates one by one takes too long."""

A_CENT = 0.01
ALMOST_A_DAY = 0.9


def search(task: Task, clashes: list[Cut], seconds_left: Callable[[], float], best: Found | None = None) -> tuple[Found | None, bool]:
    """The best dated set of modules; None where none was found.

    And whether that is sure: the best is proven, or it is proven that there is none.

    Args:
        task: its pins have a plan to begin with, where the most steps are looked for.
        clashes: sets of modules of which it is known that they have no dates; more are added.
        best: a plan to begin with, where there is one.
    """
    if best is not None:
        task = task.no_dearer(best.aim)
    looking = _Search(task, clashes, seconds_left, best)
    looking.look()
    return looking.best, looking.is_sure


@dataclass
class _Search:
    """The search for one task. No set has an aim below `bound`, and `best` has the least so far; `open_aim`: the least of those sets of
    which nobody knows whether they have better dates."""

    task: Task
    clashes: list[Cut]
    seconds_left: Callable[[], float]
    best: Found | None

    def __post_init__(self) -> None:
        self.slack = _slack(self.task.objective)
        self.floor = Floor(self.task, self.slack, self.seconds_left)
        self.cover = cover_of(self.task, self.seconds_left)
        self.cover.cuts = list(self.clashes)
        if self.best is not None:
            self.cover.start = np.array(sorted(job.module for job in self.best.jobs), dtype=np.int64)
            self.cover.aim_below(self.best.aim)
        self.nothing_below = self.cover.most_days if self.cover.has_days else self.cover.most_aim
        self.bound, self.open_aim = -np.inf, np.inf

    @property
    def is_sure(self) -> bool:
        """Whether the best is proven, or that there is none."""
        return self.bound >= self.nothing_below if self.best is None else self.best.is_proven

    def look(self) -> None:
        """Looks until nothing is left below the best, or time is up."""
        for _ in range(MOST_ROUNDS):
            chosen = self.cover.solve()
            if not self._asks_on(chosen):
                break
        self.bound = min(max(chosen.bound, self.cover.floor), self.cover.cutoff, self.open_aim)
        if self.task.objective is None and not self._is_best(self.bound):
            self._take(_salvaged(self.task, self.task.jobs(self.cover.soonest(self.task.field.ends).tolist())))
        if self.best is not None:
            is_proven = self._is_best(self.bound) or self.floor.is_met(self.best)
            self.best = replace(self.best, is_proven=is_proven, bound=max(self.bound, self.floor.least))

    def _asks_on(self, chosen: Chosen) -> bool:
        """Puts a set on the calendar, keeps it where it is better than the best, and cuts it off; whether to ask for another one."""
        if chosen.modules is None or self._is_best(chosen.bound):
            return not self._is_floor_reached() and self.seconds_left() > 0 and self.cover.widen(self._wanted)
        jobs = self.task.jobs(chosen.modules)
        if waiting := stuck(jobs):
            cuts = order_cuts(jobs, waiting)
            self.clashes += cuts
            self.cover.cuts += cuts
            return True
        if self.cover.has_days and self.best is not None and self.seconds_left() <= 0:
            self.open_aim = min(self.open_aim, chosen.aim)
            return False
        found = self._dated(jobs, chosen)
        if found is not None:
            self._take(found)
            if self.task.objective is not None:
                self.cover.aim_below(self._wanted)
            if self._is_best(chosen.bound) and (self._is_floor_reached() or not self.cover.widen(self._wanted)):
                return False
        return self.seconds_left() > 0

    @property
    def _wanted(self) -> float:
        """Only what is better than this is still looked for."""
        return np.inf if self.best is None else self.best.aim - NEARLY * self.slack

    def _is_best(self, bound: float) -> bool:
        """Whether nothing at or above `bound` is better than the best by a cent (an hundredth of an hour, of a kilometre) or a day."""
        return self.best is not None and self.best.aim <= bound + self.slack

    def _is_floor_reached(self) -> bool:
        return self.best is not None and self.floor.is_reached(self.best)

    def _take(self, found: Found) -> None:
        """Keeps a plan that is better than the best."""
        if self.best is None or found.aim < self.best.aim - EXACT / 10:
            self.best = found

    def _dated(self, jobs: tuple[Job, ...], chosen: Chosen) -> Found | None:
        """The best dates for some jobs, which become a cut; where there are none, and most is looked for, what can be dated of them."""
        task, limits = self.task, self.task.limits
        if self.best is not None and self.cover.has_days:
            limits = limits.until(min(limits.latest, limits.earliest + int(self.best.aim) - 1))
        together, nodes = conflict(jobs, limits.latest, task.hours_per_week, self.seconds_left)
        schedule, is_complete = (None, True) if together else _scheduled(task, jobs, chosen.runs, limits, self.seconds_left)
        self.cover.cuts.append(clash(jobs, together, nodes))
        if schedule is None and is_complete and limits == task.limits:
            self.clashes.append(self.cover.cuts[-1])
        if not is_complete:
            self.open_aim = min(self.open_aim, chosen.aim)
        if schedule is not None:
            return task.found(schedule, jobs)
        return _salvaged(task, jobs) if task.objective is None else None


def sooner(found: Found, task: Task) -> Found:
    """The same modules, each in a run that adds no more to the aim, with the dates that let all end first, where a short search finds such.

    Neither the cover nor the greedy plan looks at dates that cost nothing, so that either may have taken the last of several runs.
    """
    if len(found.jobs) > FEW_JOBS:
        return found
    most = {one.job: one.mode.cost + EXACT / 10 for one in found.placed}
    jobs = [replace(job, modes=tuple(mode for mode in job.modes if mode.cost <= most[at])) for at, job in enumerate(found.jobs)]
    schedule = Timetable(jobs, task.limits, is_cost_first=False, most_steps=FEW_STEPS).schedule()
    if schedule is None or schedule.finish >= dated(found.placed, task.limits.earliest).finish:
        return found
    return replace(found, placed=schedule.placed)


def _slack(objective: Objective | None) -> float:
    if objective is None:
        return EXACT
    return ALMOST_A_DAY if objective is Objective.DURATION else A_CENT / 2


def cover_of(task: Task, seconds_left: Callable[[], float], within: int | None = None) -> Cover:
    """The cover for one task.

    Args:
        within: days by which all have ended, where that is what is asked: then D says by how much of them no more than whether.
    """
    question, field, runs = task.question, task.field, task.field.runs
    sides = [Side(runs.price_eur, question.budget_eur)] if question.budget_eur is not None else []
    most_days, is_timed = float(field.latest - field.earliest), task.is_timed
    if task.hours_per_week is not None:
        share = runs.load / task.hours_per_week
        if within is not None:
            sides += [Side(within * measure, 0.0, 1.0) for measure in measures(runs.days, share, within)]
        elif is_timed or question.wishes.finish_by is not None:
            limit = 0.0 if is_timed else most_days
            sides += [Side(runs.days * measure, limit, float(is_timed)) for measure in hour_measures(share)]
    return Cover(
        steps=field.steps,
        runs=runs,
        run_ends=field.run_ends,
        ends=field.ends,
        earliest=field.earliest,
        n_modules=question.modules.n_modules,
        run_cost=task.cost,
        target=task.target,
        sides=sides,
        hours_per_week=task.hours_per_week,
        has_days=is_timed,
        least_days=task.least_days if is_timed else 0.0,
        seconds_left=seconds_left,
        slack=_slack(task.objective),
        most_days=most_days if question.wishes.finish_by is not None else np.inf,
        stacks=task.stacks,
        pins=np.array([row for row in task.pins.rows if field.is_open[row]], dtype=np.int64),
        n_pins=task.pins.least,
    )


def _scheduled(
    task: Task, jobs: Sequence[Job], runs: Sequence[int], limits: Limits, seconds_left: Callable[[], float]
) -> tuple[Schedule | None, bool]:
    """Dates for some jobs, and whether none are better. `runs`: those that the cover has in mind."""
    if task.is_timed:
        found = soonest(jobs, limits, seconds_left)
        if found is not None:
            limits = limits.until(found.finish - 1)
        if len(jobs) > FEW_JOBS:
            return found, False
    else:
        found = _at_least_cost(jobs, runs, limits)
        if found is not None or len(jobs) > FEW_JOBS:
            return found, found is not None
    timetable = Timetable(jobs, limits, is_cost_first=not task.is_timed)
    return timetable.schedule() or found, timetable.is_complete


def _at_least_cost(jobs: Sequence[Job], runs: Sequence[int], limits: Limits) -> Schedule | None:
    """Dates with the runs that the cover has in mind, or else with those that cost no more; none cost less."""
    meant = [next(mode for mode in job.modes if mode.run in set(runs)) for job in jobs]
    few = [replace(job, modes=(mode,)) for job, mode in zip(jobs, meant, strict=True)]
    as_cheap = [replace(job, modes=[one for one in job.modes if one.cost <= mode.cost]) for job, mode in zip(jobs, meant, strict=True)]
    return filled(as_cheap, limits) or Timetable(few, limits, most_steps=FEW_STEPS).schedule()


def _salvaged(task: Task, jobs: Sequence[Job]) -> Found:
    """What can be dated of some jobs that do not all go together, beside the plan with the pins."""
    pins, wanted = task.pins, np.flatnonzero(task.field.steps.value > 0).tolist()
    placed, pinned = list[Placed](), list[int]()
    if pins.base is not None:
        base = task.seen(pins.base)
        placed = list(base.placed)
        jobs = (*base.jobs, *(job for job in jobs if job.module not in {one.module for one in base.jobs}))
        pinned = [at for at, job in enumerate(base.jobs) if job.module in pins.rows]
    kept, schedule = salvaged(jobs, wanted, task.limits, placed, pinned)
    return task.found(schedule, [jobs[at] for at in kept])
