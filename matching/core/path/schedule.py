"""When: dates for a chosen set of modules, by exact search over a handful of them.

A module starts when all that it needs is held or has been given by modules that have ended. Modules that run at the same time add up
their hours a week. Time goes by whole days; a module takes the days from its start up to, not including, its end, at one steady pace.

Whichever schedule is best, shifting its modules to the left as far as they go makes it no worse, and a schedule in which nothing can go
further left is found by placing its modules in the order of their starts, each as early as it goes. So that is all that is searched, run
by run, with bounds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf

from matching.core.exclusions import TOLERANCE
from matching.core.path.candidates import NEVER

MOST_STEPS = 1_000
"""Placements to try for one set of modules; a thousand take some tens of milliseconds."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One run of a module, as in `Runs`; `run` is its position there, `edition` its row in EditionArrays."""

    run: int
    edition: int
    first: int
    period: int
    days: int
    load: float
    price_eur: float
    travel_km: float
    cost: float
    """What it adds to the aim of the path."""

    def start(self, ready: int) -> int:
        """The first possible start from day `ready` on; NEVER where there is none."""
        if ready <= self.first:
            return self.first
        if self.period == 0:
            return NEVER
        return self.first + -((self.first - ready) // self.period) * self.period

    def last_start(self, until: int) -> int:
        """The last possible start up to day `until`; -1 where there is none."""
        if until < self.first:
            return -1
        return until - (until - self.first) % self.period if self.period else self.first


@dataclass(frozen=True, slots=True)
class Job:
    """A module to be dated: what it gives and needs, in nodes, and the first day by which any path could have given it what it needs."""

    module: int
    modes: Sequence[Mode]
    gives: frozenset[int]
    needs: frozenset[int]
    ready: int

    @property
    def only_date(self) -> Mode | None:
        """The run of a job that has one date only."""
        return self.modes[0] if len(self.modes) == 1 and self.modes[0].period == 0 else None


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


@dataclass(frozen=True, slots=True)
class Limits:
    """Within which jobs get their dates.

    Attributes:
        earliest: day number on which the first can start.
        latest: day number on which all must have ended.
        hours_per_week: how many hours a week there are; None: no limit.
        budget_eur: the most that all may cost.
    """

    earliest: int
    latest: int
    hours_per_week: float | None
    budget_eur: float = inf

    def until(self, latest: int) -> Limits:
        """The same with another last day."""
        return replace(self, latest=latest)


@dataclass
class Timetable:
    """The search for the dates of some jobs.

    Attributes:
        is_cost_first: the schedule of least cost is best, of those the one that ends first; else the other way round.
    """

    jobs: Sequence[Job]
    limits: Limits
    is_cost_first: bool = True
    most_steps: int = MOST_STEPS
    _steps: int = 0
    _best: tuple[Placed, ...] | None = None
    _best_key: tuple[float, float] = (float("inf"), float("inf"))
    _placed: list[Placed] = field(default_factory=list)

    def schedule(self) -> Schedule | None:
        """The best dates, or None where none were found; `is_complete` tells whether there are none."""
        self._cheapest = [min(mode.price_eur for mode in job.modes) for job in self.jobs]
        self._least = [min(mode.cost for mode in job.modes) for job in self.jobs]
        everything = set(range(len(self.jobs)))
        self._floor = self.key(sum(self._least), self.least_finish)
        self._extend(everything, 0.0, 0.0, self.limits.earliest)
        if self._best is None:
            return None
        return dated(self._best, self.limits.earliest)

    @property
    def least_finish(self) -> int:
        """No schedule ends before this."""
        return self._least_finish(set(range(len(self.jobs))), self.limits.earliest)

    @cached_property
    def _work(self) -> list[float]:
        return [min(mode.load * mode.days for mode in job.modes) for job in self.jobs]

    @property
    def is_complete(self) -> bool:
        """Whether everything was searched or ruled out."""
        return self._steps < self.most_steps or self._is_settled

    @property
    def _is_settled(self) -> bool:
        return self._best is not None and self._best_key <= self._floor

    def key(self, cost: float, finish: int) -> tuple[float, float]:
        """The smaller, the better."""
        return (round(cost, 6), finish) if self.is_cost_first else (finish, round(cost, 6))

    def _least_finish(self, left: set[int], now: int) -> int:
        """No schedule with the jobs `left` from day `now` on ends before this."""
        finish = max((one.end for one in self._placed), default=self.limits.earliest)
        for at in left:
            ready = max(now, self.jobs[at].ready)
            finish = max(finish, min(mode.start(ready) + mode.days for mode in self.jobs[at].modes))
        if self.limits.hours_per_week:
            work = sum(self._work[at] for at in left) + sum(one.mode.load * one.mode.days for one in self._placed)
            finish = max(finish, self.limits.earliest + int(-(-(work / self.limits.hours_per_week - 1e-6) // 1)))
        return finish

    def _extend(self, left: set[int], price: float, cost: float, now: int) -> None:
        """Places each job that can come next, as early as it goes, but not before day `now`; then the others."""
        least_price, least_finish = price + sum(self._cheapest[at] for at in left), self._least_finish(left, now)
        key = self.key(cost + sum(self._least[at] for at in left), least_finish)
        if least_price > self.limits.budget_eur + TOLERANCE or least_finish > self.limits.latest or key >= self._best_key:
            return
        if not left:
            self._best, self._best_key = tuple(self._placed), key
            return
        options = self.next_options(self._placed, left, now)
        options.sort(key=lambda one: (*self.key(one.mode.cost, one.end), one.job, one.mode.run))
        last = (self._placed[-1].start, self._placed[-1].job) if self._placed else (-1, -1)
        for option in options:
            if (option.start, option.job) < last:
                continue  # the same schedule comes up with the two the other way round
            if self._steps >= self.most_steps or self._is_settled:
                return
            self._steps += 1
            self._placed.append(option)
            self._extend(left - {option.job}, price + option.mode.price_eur, cost + option.mode.cost, option.start)
            self._placed.pop()

    def next_options(self, placed: list[Placed], left: Collection[int], now: int = 0) -> list[Placed]:
        """Each run of the jobs `left` beside those `placed`, as early as it goes, but not before day `now`."""
        self._placed = placed
        options = []
        for at in sorted(left):
            ready = self._ready(at)
            if ready < NEVER:
                for mode in self.jobs[at].modes:
                    start = self._fitting_start(mode, max(ready, now))
                    if start + mode.days <= self.limits.latest:
                        options.append(Placed(at, mode, start, start + mode.days))
        return options

    def is_ready(self, placed: list[Placed], at: int) -> bool:
        """Whether all that a job needs has been given by those `placed`."""
        self._placed = placed
        return self._ready(at) < NEVER

    def _ready(self, at: int) -> int:
        """The day from which all that a job needs has been given by those that are placed."""
        ready = self.jobs[at].ready
        for node in self.jobs[at].needs:
            ready = max(ready, min((one.end for one in self._placed if node in self.jobs[one.job].gives), default=NEVER))
        return ready

    def _fitting_start(self, mode: Mode, ready: int) -> int:
        """The first start of a run from day `ready` on at which there are hours enough; NEVER where there is none."""
        start = mode.start(ready)
        if self.limits.hours_per_week is None:
            return start
        while start < NEVER:
            until = self._overloaded_until(start, mode)
            if until is None:
                return start
            start = mode.start(until)
        return NEVER

    def _overloaded_until(self, start: int, mode: Mode) -> int | None:
        """None when a run fits from day `start`; else the first end of one of those that are in its way."""
        assert self.limits.hours_per_week is not None  # noqa: S101 - the only caller has asked
        end = start + mode.days
        along = [one for one in self._placed if one.start < end and one.end > start]
        for moment in [start, *(one.start for one in along if one.start > start)]:
            busy = [one for one in along if one.start <= moment < one.end]
            if sum(one.mode.load for one in busy) + mode.load > self.limits.hours_per_week + TOLERANCE:
                return min(one.end for one in busy)
        return None


def salvaged(
    jobs: Sequence[Job], wanted: Collection[int], limits: Limits, placed: list[Placed], pinned: Collection[int]
) -> tuple[list[int], Schedule]:
    """Dates for as many of some jobs as go together, taking whichever can end first; their positions, and the schedule by those.

    Jobs without which as many of the nodes `wanted` are given are left out again.

    Args:
        placed: has dates already.
        pinned: positions of those that are never left out again.
    """
    while len(placed) < len(jobs):
        options = Timetable(jobs, limits).next_options(placed, set(range(len(jobs))) - {one.job for one in placed})
        spent = sum(one.mode.price_eur for one in placed)
        options = [one for one in options if spent + one.mode.price_eur <= limits.budget_eur + TOLERANCE]
        if not options:
            break
        placed = [*placed, min(options, key=lambda one: (one.end, one.mode.cost, one.job, one.mode.run))]
    given = frozenset[int]().union(*(jobs[one.job].gives for one in placed)) & set(wanted)
    for one in sorted(placed, key=lambda one: (-one.mode.cost, one.job)):
        fewer = [other for other in placed if other is not one]
        if one.job not in pinned and is_enough(jobs, fewer, given):
            placed = fewer
    chosen = [one.job for one in placed]
    numbered = [Placed(chosen.index(one.job), one.mode, one.start, one.end) for one in placed]
    return chosen, dated(numbered, limits.earliest)


def is_enough(jobs: Sequence[Job], placed: Sequence[Placed], wanted: Collection[int]) -> bool:
    """Whether some placed jobs give all that is wanted, and each what it needs from those that end before it."""
    if not frozenset[int]().union(*(jobs[one.job].gives for one in placed)) >= set(wanted):
        return False
    return all(
        any(other.end <= one.start and node in jobs[other.job].gives for other in placed) for one in placed for node in jobs[one.job].needs
    )


def dated(placed: Sequence[Placed], earliest: int) -> Schedule:
    """The schedule of some placed modules."""
    return Schedule(
        placed=tuple(sorted(placed, key=lambda one: (one.start, one.end, one.job))),
        price_eur=sum(one.mode.price_eur for one in placed),
        cost=sum(one.mode.cost for one in placed),
        finish=max((one.end for one in placed), default=earliest),
    )
