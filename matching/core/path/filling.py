"""Dates for a set of modules that is too large to try all: filled up again and again, with what came too late the time before in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matching.core.exclusions import TOLERANCE
from matching.core.path.schedule import Job, Limits, Placed, Schedule, Timetable, dated
from matching.core.path.windows import Windows

MOST_FILLINGS = 40
SOONER = 30
"""Days by which what came too late comes sooner in turn, with all that it waits for, at the next filling."""


def filled(jobs: Sequence[Job], limits: Limits) -> Schedule | None:
    """Dates that respect everything, where filling up finds them; None says little.

    First what has one date only, then of all others that can start again and again the one that has to start soonest, as early as it goes.
    """
    windows = Windows(jobs, limits.latest, limits.hours_per_week)
    if not windows.are_open:
        return None
    timetable = Timetable(jobs, limits)
    turn = list(windows.last)
    for number in range(MOST_FILLINGS):
        placed, late = _fill(timetable, windows, turn)
        if late is None:
            is_dear = sum(one.mode.price_eur for one in placed) > limits.budget_eur + TOLERANCE
            return None if is_dear else dated(placed, limits.earliest)
        for at in windows.ways_to(late):
            turn[at] -= SOONER * (1 + number % 3)
    return None


def soonest(jobs: Sequence[Job], limits: Limits, seconds_left: Callable[[], float]) -> Schedule | None:
    """The dates that end first, of those that filling up finds for a last day that is sooner and sooner."""
    best, too_soon, day = None, Timetable(jobs, limits).least_finish - 1, limits.latest
    latest = day
    while too_soon < latest and seconds_left() > 0:
        found = filled(jobs, limits.until(day))
        if found is not None:
            best, latest = found, found.finish - 1
        elif best is None:
            break
        else:
            too_soon = day
        day = (too_soon + latest + 1) // 2
    return best


def _fill(timetable: Timetable, windows: Windows, turn: Sequence[int]) -> tuple[list[Placed], int | None]:
    """What gets dates, and the first job that gets none in time."""
    jobs = timetable.jobs
    placed = [Placed(at, mode, mode.first, mode.first + mode.days) for at, job in enumerate(jobs) if (mode := job.only_date)]
    left = set(range(len(jobs))) - {one.job for one in placed}
    while left:
        in_turn = sorted(left, key=lambda at: (turn[at], at))
        at = next((at for at in in_turn if timetable.is_ready(placed, at)), in_turn[0])
        best = min(timetable.next_options(placed, [at]), key=lambda one: (one.end, one.mode.cost, one.mode.run), default=None)
        if best is None or best.start > windows.last[at]:
            return placed, at
        left.remove(at)
        placed.append(best)
    for one in placed:
        for node in jobs[one.job].needs:
            if not any(other.end <= one.start and node in jobs[other.job].gives for other in placed):
                return placed, one.job
    return placed, None
