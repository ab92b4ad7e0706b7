"""When an edition starts: the notation, and the one decision on the next start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.starts import Start, StartNotUnderstood
from catalogue.vocabulary import StartType

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
STARTS = st.one_of(
    st.just(Start(StartType.DIRECT)),
    st.just(Start(StartType.AGREED)),
    st.builds(Start, st.just(StartType.FIXED), on=DAYS),
    st.builds(Start, st.just(StartType.ROLLING), on=st.none() | DAYS, every_weeks=st.integers(1, 52)),
    st.builds(Start, st.just(StartType.WHEN_ENROLLED), when_enrolled=st.integers(1, 40)),
)


@pytest.mark.parametrize(
    ("text", "next_start", "is_open"),
    [
        ("2027-02-08", date(2027, 2, 8), True),
        ("2026-11-23", TODAY, True),
        ("2026-11-22", None, False),
        ("direct", TODAY, True),
        ("agreed", None, True),
        ("when 8 enrolled", None, True),
        ("every 4 weeks from 2026-12-07", date(2026, 12, 7), True),
        ("every 4 weeks from 2026-11-02", date(2026, 11, 30), True),
        ("every 3 weeks from 2026-11-02", TODAY, True),
        ("every 2 weeks", TODAY, True),
        ("  Every 1 WEEK ", TODAY, True),
    ],
)
def test_next_start(text: str, next_start: date | None, is_open: bool) -> None:
    start = Start.parse(text)
    assert (start.next_start(TODAY), start.is_open(TODAY)) == (next_start, is_open)


@pytest.mark.parametrize("text", ["", "soon", "2027-13-01", "every 0 weeks", "every x weeks", "when 0 enrolled", "every 4 weeks from soon"])
def test_what_is_no_start(text: str) -> None:
    with pytest.raises(StartNotUnderstood) as refused:
        Start.parse(text)
    assert refused.value.text == text


@given(STARTS)
def test_the_notation_reads_back(start: Start) -> None:
    assert Start.parse(str(start)) == start


@given(STARTS, DAYS)
def test_a_next_start_is_never_past_and_only_for_what_is_open(start: Start, today: date) -> None:
    following = start.next_start(today)
    assert following is None or (following >= today and start.is_open(today))
    if start.type is StartType.ROLLING and start.on and following:
        assert start.every_weeks
        assert (following - start.on) % timedelta(weeks=start.every_weeks) == timedelta(0)
        assert following - timedelta(weeks=start.every_weeks) < max(today, start.on)
