"""What runs take of the hours of some days, and their timetables of weeks, beside timetables of days that go together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.core.path.candidates import Runs
from matching.core.path.grid import starts
from matching.core.path.packing import hour_measures, measures

HOURS = 12


@dataclass(frozen=True)
class Dated:
    """A run that starts on day `start`; those with a period could start sooner or later."""

    start: int
    days: int
    hours: int
    period: int

    @property
    def end(self) -> int:
        return self.start + self.days

    @property
    def first(self) -> int:
        """The first day on which it could start."""
        return self.start % self.period if self.period else self.start


@st.composite
def timetables(draw: st.DrawFn) -> list[Dated]:
    """Runs that at no moment ask more than twelve hours a week together."""
    placed = list[Dated]()
    for _ in range(draw(st.integers(1, 8))):
        days, hours = draw(st.sampled_from([1, 3, 7, 7, 10, 14, 21])), draw(st.sampled_from([1, 3, 4, 5, 6, 7, 12]))
        one = Dated(draw(st.integers(0, 30)), days, hours, draw(st.sampled_from([0, 1, 1, 14])))
        busiest = max(sum(other.hours for other in placed if other.start <= day < other.end) for day in range(one.start, one.end))
        if busiest + hours <= HOURS:
            placed.append(one)
    return placed


spare_days = st.integers(0, 9)


@given(timetables(), spare_days)
def test_what_goes_together_takes_no_more_than_all(placed: list[Dated], spare: int) -> None:
    within = max(one.end for one in placed) + spare
    days, share = np.array([one.days for one in placed]), np.array([one.hours for one in placed]) / HOURS
    assert all(measure.sum() <= 1 + 1e-9 for measure in measures(days, share, within))
    for day in range(within):
        is_busy = np.array([one.start <= day < one.end for one in placed])
        assert all(measure[is_busy].sum() <= 1 + 1e-9 for measure in hour_measures(share))


def test_runs_of_more_than_half_of_the_days_take_all_of_their_hours_and_one_of_a_third_a_half() -> None:
    days, share = np.array([14, 14, 7]), np.array([0.6, 0.5, 0.2])
    assert max(measure.sum() for measure in measures(days, share, 20)) == pytest.approx(1.2)
    assert max(measure.sum() for measure in measures(days, share, 28)) <= 1


@given(timetables(), spare_days, st.sampled_from([1, 7]))
def test_what_has_dates_has_a_timetable_of_weeks(placed: list[Dated], spare: int, every: int) -> None:
    within = max(one.end for one in placed) + spare
    number, nothing = np.arange(len(placed)), np.zeros(len(placed))
    days = np.array([one.days for one in placed])
    runs = Runs(
        module=number,
        edition=number,
        first=np.array([one.first for one in placed]),
        period=np.array([one.period for one in placed]),
        days=days,
        load=np.array([float(one.hours) for one in placed]),
        price_eur=nothing,
        travel_km=nothing,
    )
    dated, run = starts(runs, runs.first + days, within, every)
    chosen = list[tuple[int, int]]()
    for at, one in enumerate(placed):
        unit = max(-((within % every - one.start) // every), 0)
        lasts = dated.days[(run == at) & (dated.first == unit)]
        assert len(lasts) == 1
        chosen.append((unit, unit + int(lasts[0])))
    for unit in range(within // every):
        assert sum(one.hours for one, (start, end) in zip(placed, chosen, strict=True) if start <= unit < end) <= HOURS
    for one, (_, end) in zip(placed, chosen, strict=True):
        assert all(end <= start for other, (start, _) in zip(placed, chosen, strict=True) if one.end <= other.start)
    assert every > 1 or all((start, end) == (one.start, one.end) for one, (start, end) in zip(placed, chosen, strict=True))
