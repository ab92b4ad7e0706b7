"""The cover with a timetable: each run once for each start that it could have, on every day, or on one day of every so many.

With one day of seven, counted back from the last one, a run of whole weeks takes as many of those days as it has weeks, wherever it starts.
So whatever has dates has a timetable of weeks too, with a few starts for each run instead of many. The other way round it need not be
so: where runs have days over, or start on a date, weeks may seem to fit that do not. With every day it is so both ways.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.core.arrays import IntArray, ranges
from matching.core.path.candidates import Runs
from matching.core.path.cover import Cover
from matching.core.path.instance import Side
from matching.core.path.packing import measures, share_of_hours

A_EURO = 0.02
"""Days of all hours that a euro counts as: of sets that fit, one of little work is likely to have dates, and a cheap one is liked."""

NEAR_ENOUGH = 0.05
"""Share by which a set may miss the least work: any that fits will do."""


def on_grid(cover: Cover, modules: IntArray, within: int, every: int) -> Cover:
    """The cover over some modules of which the runs have starts: about the least work that fits.

    Args:
        modules: ascending.
        within: days by which all have ended.
        every: 1 for a timetable of days, 7 for one of weeks; `runs` and `run_ends` are in these.
    """
    some = np.flatnonzero(np.isin(cover.runs.module, modules))
    runs, run = starts(cover.runs.only(some), cover.run_ends[some] - cover.earliest, within, every)
    run = some[run]
    days, share = cover.runs.days[run], share_of_hours(cover.runs.load[run], cover.hours_per_week)
    return replace(
        cover,
        kept=np.unique(runs.module),
        runs=runs,
        run_ends=runs.first + runs.days,
        earliest=0,
        run_cost=cover.run_cost[run] + days * share + A_EURO * runs.price_eur,
        sides=[Side(side.weights[run], side.limit) for side in cover.sides if not side.per_day]
        + [Side(measure, 1.0) for measure in measures(days, share, within)],
        has_days=False,
        most_days=np.inf,
        cutoff=np.inf,
        gap=NEAR_ENOUGH,
    )


def starts(runs: Runs, soonest_ends: IntArray, within: int, every: int) -> tuple[Runs, IntArray]:
    """Each run once for each start that it could have, dated in units of `every` days; and which run that is, by position.

    Args:
        soonest_ends: shape (n_runs,), in days from the first.
        within: days from the first by which all have ended.
    """
    units, over = divmod(within, every)
    is_free, lasts = runs.period == 1, runs.days // every
    soonest = soonest_ends - runs.days
    first = np.where(is_free, _unit(soonest - over, every) * every + over, soonest)
    last = np.where(is_free, (units - lasts) * every + over, within - runs.days)
    step = np.where(is_free, every, np.where(runs.period == 0, within + 1, runs.period))
    count = np.maximum((last - first) // step + 1, 0)
    run, turn = ranges(np.zeros_like(count), count)
    day = first[run] + step[run] * turn
    start, end = _unit(day - over, every), _unit(day + runs.days[run] - over, every)
    days = np.where(is_free[run], lasts[run], end - start)
    return replace(runs.only(run), first=start, period=np.zeros(len(run), dtype=np.int64), days=days), run


def _unit(day: IntArray, every: int) -> IntArray:
    """The first unit whose day is this one or later."""
    return np.maximum(-(-day // every), 0)
