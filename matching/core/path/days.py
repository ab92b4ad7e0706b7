"""The fewest days: whether any path could end by a day, for one day after the other.

First the relaxation says, week by week, by when none could end, and what could end a little later is given dates. Then from below, for one
week after the other, the integer programme looks for a set, and where that has no dates for one that has a timetable of weeks. Where there
is none, no path ends by then. Where there is one, it is given dates, and if it has none, it becomes a cut. So it goes on until nothing is
left below the best, or time is up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from matching.core.editions import DAYS_A_WEEK
from matching.core.path.cover import Chosen, Cover
from matching.core.path.cuts import clash, order_cuts
from matching.core.path.field import Objective
from matching.core.path.filling import soonest
from matching.core.path.grid import on_grid
from matching.core.path.instance import Cut
from matching.core.path.schedule import Job, Placed, Schedule, dated, stuck
from matching.core.path.search import FEW_JOBS, cover_of
from matching.core.path.task import ALONGSIDE, Found, Task
from matching.core.path.windows import conflict

IN_ALL = ALONGSIDE[Objective.DURATION]

MOST_SETS = 8
"""Sets that are given dates for one last day, before a later one is asked."""

FEW_MORE = 2
"""Times as many modules as there are, up to which those that could matter besides come in before there is a need for them."""


def fewest_days(task: Task, clashes: list[Cut], seconds_left: Callable[[], float], best: Found) -> Found:
    """The path that ends first.

    Args:
        clashes: sets of modules of which it is known that they have no dates; more are added.
        best: a path to begin with.
    """
    search = _Days(task, clashes, seconds_left, best)
    search.narrow()
    search.settle()
    return search.found


@dataclass
class _Days:
    """The search for one learner. No path ends within `none_within` days, and `best` takes the fewest so far."""

    task: Task
    clashes: list[Cut]
    seconds_left: Callable[[], float]
    best: Found

    def __post_init__(self) -> None:
        self.none_within = ceil(self.task.least_days) - 1
        self.task = self.task.no_dearer(self.sooner)
        self._covers: dict[int, Cover] = {}
        self._chosen: dict[int, Chosen] = {}
        self._cuts: list[tuple[int, Cut]] = []
        self._start = np.array(sorted(job.module for job in self.best.jobs), dtype=np.int64)

    @property
    def sooner(self) -> int:
        """The most days that would be better than the best path."""
        return int(self.best.aim) - 1

    @property
    def is_open(self) -> bool:
        """Whether there may be a better path, and time to look for it."""
        return self.none_within < self.sooner and self.seconds_left() > 0

    @property
    def found(self) -> Found:
        """The best path, and what is sure of it."""
        is_proven = self.none_within >= self.sooner
        return replace(self.best, is_proven=is_proven, bound=self.best.aim if is_proven else self.none_within + 1.0)

    def narrow(self) -> None:
        """Halves, again and again, the weeks of which the relaxation does not know yet whether a path could end in them."""
        week, last = (self.none_within + 1) // DAYS_A_WEEK, self.sooner // DAYS_A_WEEK
        while week < last and self.is_open:
            middle = (week + last) // 2
            within = self._end_of(middle)
            cover = self._cover(within)
            if cover.floor >= within + IN_ALL:
                self.none_within, week = within, middle + 1
                continue
            self._choose(within)
            last = min(middle, self.sooner // DAYS_A_WEEK)

    def settle(self) -> None:
        """Asks from below, for the end of one week after the other, and for a day less than the best, whether no path ends by then."""
        asked = self.none_within
        while self.is_open and asked != self.sooner:
            asked = min(self._end_of((asked + 1) // DAYS_A_WEEK), self.sooner)
            if self._is_none(asked):
                self.none_within = asked

    def _end_of(self, week: int) -> int:
        """The days until the end of a week, or until a better path has to have ended."""
        return min(week * DAYS_A_WEEK + DAYS_A_WEEK - 1, self.sooner)

    def _cover(self, within: int) -> Cover:
        """The cover by runs that could end within so many days."""
        if within not in self._covers:
            nearer = self.task.no_dearer(within)
            cover = cover_of(nearer, self.seconds_left, within)
            cover.aim_below(within + IN_ALL)
            cover.start = self._start[nearer.field.is_open[self._start]]
            for days, other in self._covers.items():
                if days > within and other.cutoff >= days + IN_ALL:  # it holds all that matters
                    cover.kept = other.columns[nearer.field.is_open[other.columns]]
            self._covers[within], self._start = cover, cover.columns
        return self._covers[within]

    def _is_none(self, within: int) -> bool:
        """Whether it is sure that no path ends within so many days; what ends sooner than the best on the way is kept.

        A set without a timetable is found in a tenth of the time, and often that is enough: there is none, or it has dates.
        """
        cover, too_late = self._cover(within), within + IN_ALL
        if cover.floor >= too_late:
            return True
        chosen = self._chosen.get(within) or self._choose(within)
        while self._is_asked(within) and cover.widen(too_late, None if chosen.is_impossible else FEW_MORE * len(cover.columns)):
            chosen = self._choose(within)
        for _ in range(0 if chosen.is_impossible else MOST_SETS):
            if not self._is_asked(within):
                return False
            weekly = on_grid(cover, cover.columns, within, DAYS_A_WEEK)
            weekly.cuts = self._cuts_of(within)
            chosen = weekly.solve()
            if chosen.modules is not None:
                jobs = self.task.jobs(chosen.modules)
                if not (self._has_no_order(jobs) or self._has_no_dates(jobs, within)):
                    return False
            elif not (chosen.is_impossible and cover.widen(too_late)):
                break
        return chosen.is_impossible and cover.cutoff >= too_late

    def _is_asked(self, within: int) -> bool:
        """Whether there is time to ask for so many days, and no better path yet."""
        return self.sooner >= within and self.seconds_left() > 0

    def _choose(self, within: int) -> Chosen:
        """A set of little work, whether it has a timetable or not; the dates that it has are kept where all ends sooner than the best."""
        cover = self._cover(within)
        cover.cuts = self._cuts_of(within)
        self._chosen[within] = chosen = cover.solve()
        if chosen.modules is not None and not self._has_no_order(jobs := self.task.jobs(chosen.modules)):
            self._date(jobs)
        return chosen

    def _cuts_of(self, within: int) -> list[Cut]:
        """What is known not to go together within so many days."""
        return [*self.clashes, *(cut for days, cut in self._cuts if days >= within)]

    def _has_no_order(self, jobs: Sequence[Job]) -> bool:
        """Whether some jobs wait for one another, which becomes a cut."""
        waiting = stuck(jobs)
        if waiting:
            self.clashes += order_cuts(jobs, waiting)
        return bool(waiting)

    def _date(self, jobs: tuple[Job, ...]) -> None:
        """Dates for some jobs by filling up, which are kept where all ends sooner than the best."""
        limits = self.task.limits
        schedule = soonest(jobs, limits.until(limits.earliest + self.sooner), self.seconds_left)
        if schedule is not None:
            self.best = self.task.found(schedule, jobs)

    def _has_no_dates(self, jobs: tuple[Job, ...], within: int) -> bool:
        """Whether it is sure that some jobs have no dates within so many days, which becomes a cut; whatever dates are sooner are kept."""
        self._date(jobs)
        if self.sooner < within:
            return False
        together, nodes = conflict(jobs, self.task.field.earliest + within, self.task.hours_per_week, self.seconds_left)
        if not together and not self._has_no_timetable(jobs, within):
            return False
        self._cuts.append((within, clash(jobs, together, nodes)))
        return True

    def _has_no_timetable(self, jobs: tuple[Job, ...], within: int) -> bool:
        """The same of a few jobs, by every day on which each could start."""
        if len(jobs) > FEW_JOBS or self.seconds_left() <= 0:
            return False
        modules = np.array(sorted(job.module for job in jobs), dtype=np.int64)
        daily = on_grid(self._cover(within), modules, within, every=1)
        chosen = daily.solve()
        if chosen.modules is not None:
            jobs, runs, earliest = self.task.jobs(chosen.modules), daily.runs.only(np.array(chosen.runs)), self.task.field.earliest
            self.best = self.task.found(_timetable(jobs, runs.edition.tolist(), (earliest + runs.first).tolist(), earliest), jobs)
        return chosen.is_impossible


def _timetable(jobs: Sequence[Job], editions: Sequence[int], starts: Sequence[int], earliest: int) -> Schedule:
    """The schedule of jobs that start on given days, each in the run of an edition."""
    placed = []
    for at, (job, edition, start) in enumerate(zip(jobs, editions, starts, strict=True)):
        mode = next(mode for mode in job.modes if mode.edition == edition)
        placed.append(Placed(at, mode, start, start + mode.days))
    return dated(placed, earliest)
