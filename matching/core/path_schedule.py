"""When: dates for a chosen set of modules, by exact search over a handful of them.

A module starts when all that it needs is held or has been given by modules that have ended. Modules that run at the same time add up
their hours a week. Time goes by whole days; a module takes the days from its start up to, not including, its end, at one steady pace.

Whichever schedule is best, shifting its modules to the left as far as they go makes it no worse, and a schedule in which nothing can go
further left is found by placing its modules in the order of their starts, each as early as it goes. So that is all that is searched, run
by run, with bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matching.core.path_candidates import NEVER, TOLERANCE

MOST_STEPS = 4_000
"""Placements to try; a thousand take some 10 milliseconds."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One run of a module, as in `Runs`; `run` is its position there."""

    run: int
    first: int
    period: int
    days: int
    load: float
    price_eur: float
    cost: float
    """What it adds to the aim of the path."""

    def start(self, ready: int) -> int:
        """The first possible start from day `ready` on; NEVER where there is none."""
        if ready <= self.first:
            return self.first
        if self.period == 0:
            return NEVER
        return self.first + -((self.first - ready) // self.period) * self.period


@dataclass(frozen=True, slots=True)
class Job:
    """A module to be dated: what it gives and needs, in nodes."""

    module: int
    modes: Sequence[Mode]
    gives: frozenset[int]
    needs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A module with its dates; `end` is the first day after it."""

    job: int
    mode: Mode
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """Dates for all modules, in order of start."""

    placed: tuple[Placed, ...]
    price_eur: float
    cost: float
    finish: int


def stuck(jobs: Sequence[Job]) -> list[int]:
    """Positions of the jobs that can never start, because what they need is only given by one another, or by none."""
    waiting, given = set(range(len(jobs))), set[int]()
    while True:
        ready = {at for at in waiting if jobs[at].needs <= given}
        if not ready:
            return sorted(waiting)
        waiting -= ready
        given.update(*(jobs[at].gives for at in ready))


@dataclass
class Timetable:
    """The search for the dates of some jobs.

    Attributes:
        earliest: day number on which the first can start.
        latest: day number on which all must have ended.
        hours_per_week: how many hours a week there are; None: no limit.
        budget_eur: the most that all may cost.
        is_cost_first: the schedule of least cost is best, of those the one that ends first; else the other way round.
    """

    jobs: Sequence[Job]
    earliest: int
    latest: int
    hours_per_week: float | None
    budget_eur: float
    is_cost_first: bool
    most_steps: int = MOST_STEPS
    _steps: int = 0
    _best: tuple[Placed, ...] | None = None
    _best_key: tuple[float, float] = (float("inf"), float("inf"))
    _placed: list[Placed] = field(default_factory=list)

    def schedule(self) -> Schedule | None:
        """The best dates, or None where none were found; `is_complete` tells whether there are none."""
        self._cheapest = [min(mode.price_eur for mode in job.modes) for job in self.jobs]
        self._least = [min(mode.cost for mode in job.modes) for job in self.jobs]
        self._work = [min(mode.load * mode.days for mode in job.modes) for job in self.jobs]
        everything = set(range(len(self.jobs)))
        self._floor = self._key(sum(self._least), self._least_finish(everything, self.earliest))
        self._extend(everything, 0.0, 0.0, self.earliest)
        if self._best is None:
            return None
        price, cost = sum(one.mode.price_eur for one in self._best), sum(one.mode.cost for one in self._best)
        finish = max((one.end for one in self._best), default=self.earliest)
        return Schedule(tuple(sorted(self._best, key=lambda one: (one.start, one.end, one.job))), price, cost, finish)

    @property
    def is_complete(self) -> bool:
        """Whether everything was searched or ruled out."""
        return self._steps < self.most_steps or self._best_key <= self._floor

    def _key(self, cost: float, finish: int) -> tuple[float, float]:
        return (round(cost, 6), finish) if self.is_cost_first else (finish, round(cost, 6))

    def _least_finish(self, left: set[int], now: int) -> int:
        """No schedule with the jobs `left` from day `now` on ends before this."""
        finish = max((one.end for one in self._placed), default=self.earliest)
        for at in left:
            finish = max(finish, min(max(now, mode.first) + mode.days for mode in self.jobs[at].modes))
        if self.hours_per_week:
            work = sum(self._work[at] for at in left) + sum(one.mode.load * one.mode.days for one in self._placed)
            finish = max(finish, self.earliest + int(-(-(work / self.hours_per_week - 1e-6) // 1)))
        return finish

    def _extend(self, left: set[int], price: float, cost: float, now: int) -> None:
        """Places each job that can come next, as early as it goes, but not before day `now`; then the others."""
        least_price, least_finish = price + sum(self._cheapest[at] for at in left), self._least_finish(left, now)
        key = self._key(cost + sum(self._least[at] for at in left), least_finish)
        if least_price > self.budget_eur + TOLERANCE or least_finish > self.latest or key >= self._best_key:
            return
        if not left:
            self._best, self._best_key = tuple(self._placed), key
            return
        options: list[tuple[tuple[float, ...], int, Mode, int]] = []
        for at in left:
            ready = self._ready(at)
            if ready < NEVER:
                for mode in self.jobs[at].modes:
                    start = self._fitting_start(mode, max(ready, now))
                    if start + mode.days <= self.latest:
                        options.append(((*self._key(mode.cost, start + mode.days), at, mode.run), at, mode, start))
        options.sort(key=lambda option: option[0])
        last = (self._placed[-1].start, self._placed[-1].job) if self._placed else (-1, -1)
        for _, at, mode, start in options:
            if (start, at) < last:
                continue  # the same schedule comes up with the two the other way round
            if self._steps >= self.most_steps or self._best_key <= self._floor:
                return
            self._steps += 1
            self._placed.append(Placed(at, mode, start, start + mode.days))
            self._extend(left - {at}, price + mode.price_eur, cost + mode.cost, start)
            self._placed.pop()

    def _ready(self, at: int) -> int:
        """The day from which all that a job needs has been given by those that are placed."""
        ready = self.earliest
        for node in self.jobs[at].needs:
            ready = max(ready, min((one.end for one in self._placed if node in self.jobs[one.job].gives), default=NEVER))
        return ready

    def _fitting_start(self, mode: Mode, ready: int) -> int:
        """The first start of a run from day `ready` on at which there are hours enough; NEVER where there is none."""
        start = mode.start(ready)
        if self.hours_per_week is None:
            return start
        while start < NEVER:
            until = self._overloaded_until(start, mode)
            if until is None:
                return start
            start = mode.start(until)
        return NEVER

    def _overloaded_until(self, start: int, mode: Mode) -> int | None:
        """None when a run fits from day `start`; else the first end of one of those that are in its way."""
        assert self.hours_per_week is not None  # noqa: S101 - the only caller has asked
        end = start + mode.days
        along = [one for one in self._placed if one.start < end and one.end > start]
        for moment in [start, *(one.start for one in along if one.start > start)]:
            busy = [one for one in along if one.start <= moment < one.end]
            if sum(one.mode.load for one in busy) + mode.load > self.hours_per_week + TOLERANCE:
                return min(one.end for one in busy)
        return None
