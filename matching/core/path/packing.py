"""What runs take at least of the hours of some days, because of how they fit beside and after one another.

A run that lasts more than half of the days can come after no other such run, and one that asks more than half of the hours a week can be
beside none: each counts as if it took all. So does one of more than a third for a half, and so on. Such a measure is a *dual feasible
function*: of what goes together the measures sum to no more than 1. The product of one for the days and one for the hours is one again,
since a timetable can be cut into lanes of equal load in which nothing overlaps.

Source: S. P. Fekete and J. Schepers, A general framework for bounds for higher-dimensional orthogonal packing problems, Mathematical
Methods of Operations Research 60 (2004), pages 311 to 329.
"""

from __future__ import annotations

import numpy as np

from matching.core.arrays import FloatArray, IntArray

FINEST_DAYS = 6
FINEST_HOURS = 3
"""Into how many parts days and hours are cut; finer ones hardly ever say more."""

SURELY = 1e-6
"""Shares that differ by less are equal: the difference is rounding."""


def share_of_hours(load: FloatArray, hours_per_week: float | None) -> FloatArray:
    """Which share of the hours a week each load takes: 0 where there is no limit."""
    return load / hours_per_week if hours_per_week is not None else np.zeros(len(load))


def hour_measures(share: FloatArray) -> list[FloatArray]:
    """What each run takes of the hours of any moment, by one measure after the other. `share`, shape (n_runs,): of the hours a week."""
    return [share, *(_in_parts(share, parts) for parts in range(1, FINEST_HOURS + 1))]


def measures(days: IntArray, share: FloatArray, within: int) -> list[FloatArray]:
    """What each run takes of the hours of `within` days, by one measure after the other, without those that are nothing for all.

    Args:
        days: shape (n_runs,), how long each lasts.
        share: shape (n_runs,), of the hours a week, while it lasts.
    """
    part = days / within
    of_days = [_in_parts(part, parts) * share for parts in range(1, FINEST_DAYS + 1)]
    return [measure for measure in [*(part * one for one in hour_measures(share)), *of_days] if measure.any()]


def _in_parts(share: FloatArray, parts: int) -> FloatArray:
    """Of `parts` + 1 times the share only what is whole, over `parts`; what is whole by itself stays what it is."""
    several = (parts + 1) * share
    is_whole = np.abs(several - np.round(several)) < SURELY
    return np.where(is_whole, share, np.floor(several) / parts)
