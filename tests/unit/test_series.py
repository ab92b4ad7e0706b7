"""A series of runs: which days it has, and what stands there already."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalogue.publishing.series import MOST_RUNS, Unit, later, repeated
from catalogue.publishing.values import EditionValues
from catalogue.starts import Start
from catalogue.vocabulary import Format, StartType

TODAY = date(2026, 11, 2)


def run(on: date | None, kind: StartType = StartType.FIXED) -> EditionValues:
    return EditionValues(start=Start(kind, on=on), format=Format.ONLINE)


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert later(date(2027, 1, 31), 1, Unit.MONTHS) == date(2027, 2, 28)
    assert later(date(2027, 1, 31), 13, Unit.MONTHS) == date(2028, 2, 29)
    assert later(date(2027, 12, 31), 1, Unit.MONTHS) == date(2028, 1, 31)


@given(st.dates(), st.integers(1, 2_000), st.sampled_from(Unit))
def test_later_is_later_or_beyond_all_years(day: date, number: int, unit: Unit) -> None:
    found = later(day, number, unit)
    days = number * 7 if unit is Unit.WEEKS else number * 28
    assert found is None or found >= day + timedelta(days=days)


def test_only_runs_with_a_date_are_repeated_in_the_order_of_days() -> None:
    examples = [run(date(2027, 3, 1)), run(None, StartType.DIRECT), run(date(2027, 1, 4))]
    proposed = repeated(examples, examples, 52, Unit.WEEKS, 1, TODAY)
    assert [one.run.start.on for one in proposed] == [date(2028, 1, 3), date(2028, 2, 28)]


def test_what_stands_there_or_has_passed_is_told() -> None:
    first, second = run(date(2026, 10, 5)), run(date(2026, 12, 7))
    proposed = repeated([first], [first, second], 1, Unit.MONTHS, 3, TODAY)
    assert [(one.run.start.on, one.is_there, one.is_past) for one in proposed] == [
        (date(2026, 11, 5), False, False),
        (date(2026, 12, 5), False, False),
        (date(2027, 1, 5), False, False),
    ]
    proposed = repeated([first], [first, second], 9, Unit.WEEKS, 1, date(2027, 1, 1))
    assert [(one.is_there, one.is_past) for one in proposed] == [(True, True)]


def test_a_series_has_an_end() -> None:
    examples = [run(date(2027, 1, day)) for day in range(1, 29)]
    assert len(repeated(examples, examples, 1, Unit.WEEKS, 52, TODAY)) == MOST_RUNS
