"""Between which days each of some jobs can start, whatever dates the others get, and which jobs therefore do not go together.

A job starts no sooner than what it needs can be given, and no later than what waits for it alone allows. Where even its last start and its
first end leave days between them, it is under way on those, and its hours are gone for all others. That again leaves less room, and
so on. It says nothing of hours that could be spent now or later, so that some jobs that have no dates have windows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.core.exclusions import TOLERANCE
from matching.core.path.candidates import NEVER
from matching.core.path.schedule import Job, Mode

MOST_PASSES = 4
"""Times that the windows make less room for one another."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A job is under way from day `start` up to, not including, `end`, and takes at least `load` hours a week."""

    start: int
    end: int
    load: float


_NOTHING = _UnderWay(0, 0, 0.0)


class _Room:
    """What some jobs that are under way, by position, leave of the hours a week; days between two changes are one stretch."""

    def __init__(self, under_way: dict[int, _UnderWay], hours_per_week: float) -> None:
        self.under_way, self.hours_per_week = under_way, hours_per_week
        self._days = sorted({day for one in under_way.values() for day in (one.start, one.end)})
        self._load = [sum(one.load for one in under_way.values() if one.start <= day < one.end) for day in self._days]

    def full(self, at: int, load: float, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches between two days that leave job `at` no `load` hours a week."""
        own, most = self.under_way.get(at, _NOTHING), self.hours_per_week + TOLERANCE
        for place in range(max(bisect_right(self._days, start) - 1, 0), bisect_left(self._days, end)):
            day, used = self._days[place], self._load[place]
            if used + load > most:
                others = used - own.load if own.start <= day < own.end else used
                if others + load > most:
                    yield day, self._days[place + 1]


class Windows:
    """The first and the last day on which each of some jobs can start.

    What none of the jobs gives is there from a job's `ready` day on.

    Attributes:
        are_open: whether each has one. Where not, the jobs have no dates together.
        first, last: by job; NEVER and -1 where there is none.
        wanted_by: the last day by which anybody else could help with each node that one of the jobs gives another.
    """

    def __init__(self, jobs: Sequence[Job], latest: int, hours_per_week: float | None) -> None:
        self.jobs, self._latest = jobs, latest
        self._givers: dict[int, list[int]] = defaultdict(list)
        for at, job in enumerate(jobs):
            for node in job.gives:
                self._givers[node].append(at)
        self._waits = [[node for node in job.needs if node in self._givers] for job in jobs]
        self._order = self._in_order()
        self._room = None if hours_per_week is None else _Room(self._dated(), hours_per_week)
        self.wanted_by: dict[int, int] = {}
        for _ in range(MOST_PASSES):
            self.last, self.first = self._last_starts(), self._first_starts()
            for at, nodes in enumerate(self._waits):
                # What is known of hours rests on the days of the passes before.
                self.wanted_by |= {node: max(self.wanted_by.get(node, -1), self.last[at]) for node in nodes}
            self.are_open = all(first <= last for first, last in zip(self.first, self.last, strict=True))
            if not self.are_open or self._room is None or self._room.under_way == (under_way := self._under_way()):
                break
            self._room = _Room(under_way, self._room.hours_per_week)

    def ways_to(self, at: int) -> set[int]:
        """A job, and all that it could wait for, one after the other."""
        found, added = {at}, {at}
        while added:
            added = {giver for one in added for node in self._waits[one] for giver in self._givers[node]} - found
            found |= added
        return found

    def _in_order(self) -> list[int]:
        """The jobs, each after one giver of each node that it waits for; without those that wait for one another."""
        order, waiting, given = list[int](), set(range(len(self.jobs))), set[int]()
        while ready := [at for at in sorted(waiting) if given.issuperset(self._waits[at])]:
            order += ready
            waiting.difference_update(ready)
            given.update(*(self.jobs[at].gives for at in ready))
        return order

    def _first_starts(self) -> list[int]:
        given, starts, ends = dict[int, int](), [NEVER] * len(self.jobs), [NEVER] * len(self.jobs)
        is_sooner = True
        while is_sooner:
            is_sooner = False
            for at in self._order:
                job = self.jobs[at]
                ready = max([job.ready, *(given.get(node, NEVER) for node in self._waits[at])])
                options = [(self._soonest(mode, ready, at), mode.days) for mode in job.modes]
                start, end = min(start for start, _ in options), min(start + days for start, days in options)
                if end < ends[at] and end <= self._latest:
                    starts[at], ends[at], is_sooner = start, end, True
                    given |= {node: end for node in job.gives if end < given.get(node, NEVER)}
        return starts

    def _last_starts(self) -> list[int]:
        by, starts = [self._latest] * len(self.jobs), [-1] * len(self.jobs)
        is_in_order = len(self._order) == len(self.jobs)
        for at in reversed(self._order if is_in_order else range(len(self.jobs))):
            starts[at] = max(self._latest_of(mode, by[at], at) for mode in self.jobs[at].modes)
            for node in self._waits[at]:
                if is_in_order and len(self._givers[node]) == 1:
                    giver = self._givers[node][0]
                    by[giver] = min(by[giver], starts[at])
        return starts

    def _dated(self) -> dict[int, _UnderWay]:
        """The jobs that have one date only."""
        dated = ((at, job.only_date) for at, job in enumerate(self.jobs))
        return {at: _UnderWay(mode.first, mode.first + mode.days, mode.load) for at, mode in dated if mode}

    def _under_way(self) -> dict[int, _UnderWay]:
        shortest = [min(mode.days for mode in job.modes) for job in self.jobs]
        return {
            at: _UnderWay(self.last[at], self.first[at] + shortest[at], min(mode.load for mode in job.modes))
            for at, job in enumerate(self.jobs)
            if self.last[at] < self.first[at] + shortest[at]
        }

    def _soonest(self, mode: Mode, ready: int, at: int) -> int:
        """The first start from day `ready` on beside what is under way; NEVER where there is none."""
        start = mode.start(ready)
        while start < NEVER and (full := self._full(mode, start, at)):
            start = mode.start(full[-1][1])
        return start

    def _latest_of(self, mode: Mode, until: int, at: int) -> int:
        """The last start with an end by day `until` beside what is under way; -1 where there is none."""
        start = mode.last_start(until - mode.days)
        while start >= 0 and (full := self._full(mode, start, at)):
            start = mode.last_start(full[0][0] - mode.days)
        return start

    def _full(self, mode: Mode, start: int, at: int) -> list[tuple[int, int]]:
        return [] if self._room is None else list(self._room.full(at, mode.load, start, start + mode.days))


def conflict(
    jobs: Sequence[Job], latest: int, hours_per_week: float | None, seconds_left: Callable[[], float]
) -> tuple[list[int], dict[int, int]]:
    """Positions of a few jobs that have no windows together, and the nodes that one gives another with a day; none where all have.

    No set that holds them has dates by day `latest`, whatever else is in it, unless another module gives one of those nodes by its day.
    While there is time jobs are left out, first many at once, as long as the others still have no windows, and none of those left out gives
    them such a node in time: what stays is part of why.
    """
    left = list(range(len(jobs)))
    windows = Windows(jobs, latest, hours_per_week)
    if windows.are_open:
        return [], {}
    size = len(left)
    while size > 1 and seconds_left() > 0:
        size = (size + 1) // 2
        for block in [left[at : at + size] for at in range(0, len(left), size)]:
            fewer = [at for at in left if at not in set(block)]
            others = [job for at, job in enumerate(jobs) if at not in set(fewer)]
            without = Windows([jobs[at] for at in fewer], latest, hours_per_week)
            if not without.are_open and not any(_helps(job, without.wanted_by) for job in others):
                left, windows = fewer, without
    return left, windows.wanted_by


def _helps(job: Job, wanted_by: Mapping[int, int]) -> bool:
    """Whether a job could give one of some nodes by the day of that node."""
    end = min(mode.start(job.ready) + mode.days for mode in job.modes)
    return any(end <= wanted_by.get(node, -1) for node in job.gives)
