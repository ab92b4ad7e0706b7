"""When: dates for a chosen set of modules, by exact search over a handful of them.

A module starts when all that it needs is held or has been given by modules that have ended. Modules that run at the same time add up
their hours a week. Time goes by whole days; a module takes the days from its start up to, not including, its end, at one steady pace.

Whichever schedule is best, shifting its modules to the left as far as they go makes it no worse, and a schedule in which nothing can go
further left is found by placing its modules in the order of their starts, each as early as it goes. So that is all that is searched, run
by run, with bounds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from matching.core.path_candidates import NEVER, TOLERANCE

MOST_STEPS = 1_000
"""Placements to try for one set of modules; a thousand take some tens of milliseconds."""

CONFLICT_STEPS = 150
"""Placements to try for each smaller set, when it is asked which modules do not go together."""


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
        is_relaxed: what a module needs counts as given on its `ready` day, and any schedule will do.
        is_cost_first: the schedule of least cost is best, of those the one that ends first; else the other way round.
    """

    jobs: Sequence[Job]
    earliest: int
    latest: int
    hours_per_week: float | None
    budget_eur: float
    is_cost_first: bool = True
    is_relaxed: bool = False
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
        if self.is_relaxed:
            self._floor = (float("inf"), float("inf"))
        self._extend(everything, 0.0, 0.0, self.earliest)
        if self._best is None:
            return None
        return dated(self._best, self.earliest)

    def around_dates(self) -> Schedule | None:
        """Dates that respect everything, where filling up finds them: first what has one date only, then the others in between.

        Of the others that can start comes first what has to start soonest, for a dated one that waits for it. Nothing is tried twice, so
        None says little.
        """
        self._placed, left = [], set(range(len(self.jobs)))
        for at, job in enumerate(self.jobs):
            if len(job.modes) == 1 and job.modes[0].period == 0:
                mode, left = job.modes[0], left - {at}
                if self._fitting_start(mode, mode.first) != mode.first or mode.first + mode.days > self.latest:
                    return None
                self._placed.append(Placed(at, mode, mode.first, mode.first + mode.days))
        last = self._last_starts(left)
        while left:
            in_turn = (self.next_options(self._placed, [at], self.earliest) for at in sorted(left, key=lambda at: (last[at], at)))
            options = next(filter(None, in_turn), None)
            if options is None:
                return None
            best = min(options, key=lambda one: (one.end, one.mode.cost, one.mode.run))
            left.remove(best.job)
            self._placed.append(best)
        is_dear = sum(one.mode.price_eur for one in self._placed) > self.budget_eur + TOLERANCE
        return None if is_dear or not is_enough(self.jobs, self._placed, ()) else dated(self._placed, self.earliest)

    def _last_starts(self, left: Collection[int]) -> dict[int, int]:
        """By job the last day on which it can start, for the end of all and for what is placed or another one that waits for it."""
        days = {at: min(mode.days for mode in self.jobs[at].modes) for at in left}
        starts = {one.job: one.start for one in self._placed} | {at: self.latest - days[at] for at in left}
        waiting = {at: [other for other in starts if self.jobs[other].needs & self.jobs[at].gives] for at in left}
        for _ in left:
            sooner = starts | {at: min([starts[at], *(starts[other] - days[at] for other in waiting[at])]) for at in left}
            if sooner == starts:
                break
            starts = sooner
        return starts

    @property
    def least_finish(self) -> int:
        """No schedule ends before this."""
        return self._least_finish(set(range(len(self.jobs))), self.earliest)

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
        finish = max((one.end for one in self._placed), default=self.earliest)
        for at in left:
            ready = max(now, self.jobs[at].ready)
            finish = max(finish, min(mode.start(ready) + mode.days for mode in self.jobs[at].modes))
        if self.hours_per_week:
            work = sum(self._work[at] for at in left) + sum(one.mode.load * one.mode.days for one in self._placed)
            finish = max(finish, self.earliest + int(-(-(work / self.hours_per_week - 1e-6) // 1)))
        return finish

    def _extend(self, left: set[int], price: float, cost: float, now: int) -> None:
        """Places each job that can come next, as early as it goes, but not before day `now`; then the others."""
        least_price, least_finish = price + sum(self._cheapest[at] for at in left), self._least_finish(left, now)
        key = self.key(cost + sum(self._least[at] for at in left), least_finish)
        if least_price > self.budget_eur + TOLERANCE or least_finish > self.latest or key >= self._best_key:
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
                    if start + mode.days <= self.latest:
                        options.append(Placed(at, mode, start, start + mode.days))
        return options

    def _ready(self, at: int) -> int:
        """The day from which all that a job needs has been given by those that are placed."""
        ready = self.jobs[at].ready
        if self.is_relaxed:
            return ready
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


def belated(jobs: Sequence[Job], latest: int) -> tuple[list[int], dict[int, int]]:
    """Positions of jobs of which one starts too late even if there were hours enough, and each node that it waits for with a day.

    They have no dates together, whatever else is in the path, unless another module gives one of those nodes by its day. None where every
    job can be in time.
    """
    given, ends = dict[int, int](), [NEVER] * len(jobs)
    is_sooner = True
    while is_sooner:
        is_sooner = False
        for at, job in enumerate(jobs):
            ready = max([job.ready, *(given.get(node, NEVER) for node in job.needs)])
            end = min(mode.start(ready) + mode.days for mode in job.modes) if ready < NEVER else NEVER
            if end < ends[at] and end <= latest:
                ends[at], is_sooner = end, True
                given |= {node: end for node in job.gives if end < given.get(node, NEVER)}
    late = next((at for at, end in enumerate(ends) if end == NEVER), None)
    if late is None:
        return [], {}
    chain, by_day, asked = {late}, dict[int, int](), {(late, latest)}
    open_ends = [(late, latest)]
    while open_ends:
        at, end = open_ends.pop()
        job = jobs[at]
        last = max(mode.last_start(end - mode.days) for mode in job.modes)
        if job.ready > last:
            continue
        node = min(node for node in job.needs if given.get(node, NEVER) > last)
        by_day[node] = max(by_day.get(node, last), last)
        for giver in (giver for giver, other in enumerate(jobs) if node in other.gives):
            chain.add(giver)
            if (giver, last) not in asked:
                asked.add((giver, last))
                open_ends.append((giver, last))
    return sorted(chain), by_day


def conflict(jobs: Sequence[Job], earliest: int, latest: int, hours_per_week: float | None) -> list[int]:
    """Positions of a few jobs that cannot all be dated, even if each were given what it needs as early as any path could; none if unknown.

    No set that holds them has a schedule, whatever else is in it. Jobs are left out one by one as long as the others still do not go
    together, so that each of those that stay is part of the trouble.
    """

    def go_together(some: Sequence[int]) -> bool:
        search = Timetable(
            [jobs[at] for at in some], earliest, latest, hours_per_week, float("inf"), is_relaxed=True, most_steps=CONFLICT_STEPS
        )
        return search.schedule() is not None or not search.is_complete

    left = list(range(len(jobs)))
    if go_together(left):
        return []
    for at in range(len(jobs)):
        fewer = [other for other in left if other != at]
        if not go_together(fewer):
            left = fewer
    return left


def salvaged(
    jobs: Sequence[Job],
    wanted: Collection[int],
    earliest: int,
    latest: int,
    hours_per_week: float | None,
    budget_eur: float,
    placed: list[Placed],
    pinned: Collection[int],
) -> tuple[list[int], Schedule]:
    """Dates for as many of some jobs as go together, taking whichever can end first; their positions, and the schedule by those.

    Jobs without which as many of the nodes `wanted` are given are left out again.

    Args:
        placed: has dates already.
        pinned: positions of those that are never left out again.
    """
    while len(placed) < len(jobs):
        search = Timetable(jobs, earliest, latest, hours_per_week, budget_eur)
        options = search.next_options(placed, set(range(len(jobs))) - {one.job for one in placed})
        spent = sum(one.mode.price_eur for one in placed)
        options = [one for one in options if spent + one.mode.price_eur <= budget_eur + TOLERANCE]
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
    return chosen, dated(numbered, earliest)


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
