"""First and last starts of jobs, those that do not go together, and dates by filling up, beside trying all dates."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matching.core.path.filling import filled
from matching.core.path.schedule import Job, Limits, Mode, Schedule, Timetable, is_enough, stuck
from matching.core.path.windows import Windows, conflict

LATEST = 60
HOURS = 10.0
hours = st.sampled_from([None, HOURS])


@st.composite
def modes(draw: st.DrawFn) -> Mode:
    first, period, days = draw(st.integers(1, 30)), draw(st.sampled_from([0, 0, 1, 7])), draw(st.integers(1, 25))
    load = draw(st.sampled_from([1.0, 4.0, 6.0, HOURS]))
    return Mode(draw(st.integers(0, 9)), 0, first, period, days, load, price_eur=0.0, travel_km=0.0, cost=0.0)


@st.composite
def chains(draw: st.DrawFn) -> list[Job]:
    nodes = st.frozensets(st.integers(0, 3), max_size=2)
    jobs = [
        Job(number, draw(st.lists(modes(), min_size=1, max_size=2)), draw(nodes), draw(nodes), ready=draw(st.sampled_from([1, 1, 10])))
        for number in range(draw(st.integers(2, 5)))
    ]
    jobs = [replace(job, needs=job.needs - job.gives) for job in jobs]
    waiting = set(stuck(jobs))
    return [job for at, job in enumerate(jobs) if at not in waiting]


def dates(jobs: list[Job], hours_per_week: float | None) -> Schedule | None:
    """Some dates, by trying all."""
    search = Timetable(jobs, Limits(1, LATEST, hours_per_week), most_steps=100_000)
    found = search.schedule()
    assert search.is_complete
    return found


@given(chains(), hours)
def test_dates_are_within_the_windows(jobs: list[Job], hours_per_week: float | None) -> None:
    windows, found = Windows(jobs, LATEST, hours_per_week), dates(jobs, hours_per_week)
    if found is not None:
        assert windows.are_open
        assert all(windows.first[one.job] <= one.start <= windows.last[one.job] for one in found.placed)


@given(chains())
def test_with_hours_enough_jobs_have_windows_exactly_where_they_have_dates(jobs: list[Job]) -> None:
    assert Windows(jobs, LATEST, None).are_open == (dates(jobs, None) is not None)


def run(first: int, period: int, days: int, load: float) -> list[Mode]:
    return [Mode(0, 0, first, period, days, load, 0.0, 0.0, 0.0)]


def test_a_chain_between_two_dates_has_no_window_when_a_third_one_takes_its_hours() -> None:
    before = Job(0, run(1, 0, 10, 1.0), gives=frozenset({0}), needs=frozenset(), ready=1)
    between = Job(1, run(1, 1, 10, 6.0), gives=frozenset({1}), needs=frozenset({0}), ready=1)
    after = Job(2, run(25, 0, 10, 1.0), gives=frozenset(), needs=frozenset({1}), ready=1)
    elsewhere = Job(3, run(1, 1, 30, 1.0), gives=frozenset(), needs=frozenset(), ready=1)
    in_the_way = Job(4, run(16, 0, 5, 6.0), gives=frozenset(), needs=frozenset(), ready=1)
    assert Windows([before, between, after, elsewhere], LATEST, HOURS).are_open
    assert conflict([before, between, after, elsewhere, in_the_way], LATEST, HOURS, lambda: 1.0) == ([0, 1, 2, 4], {0: 6, 1: 25})


@given(chains(), hours)
def test_those_that_do_not_go_together_have_no_dates_where_others_help_too_late(jobs: list[Job], hours_per_week: float | None) -> None:
    """Only the jobs that are named; what is not named is free, and what is comes from elsewhere too, a day too late."""
    together, by_day = conflict(jobs, LATEST, hours_per_week, lambda: 1.0)
    assert bool(together) == (not Windows(jobs, LATEST, hours_per_week).are_open)
    if not together:
        return
    kept = [replace(jobs[at], needs=jobs[at].needs & by_day.keys()) for at in together]
    helpers = [
        Job(99, [Mode(0, 0, max(day, 1), 0, 1, 0.0, 0.0, 0.0, 0.0)], gives=frozenset({node}), needs=frozenset(), ready=1)
        for node, day in by_day.items()
    ]
    assert dates([*kept, *helpers], hours_per_week) is None


def test_what_would_help_in_time_alone_is_part_of_why_it_does_not() -> None:
    """Without the second giver the first one comes too late too; but then a cut would take the second one for a way out."""
    in_the_way = Job(0, run(1, 0, 10, HOURS), gives=frozenset(), needs=frozenset(), ready=1)
    slow = Job(1, run(1, 1, 20, HOURS), gives=frozenset({0}), needs=frozenset(), ready=1)
    quick = Job(2, run(1, 1, 5, HOURS), gives=frozenset({0}), needs=frozenset(), ready=1)
    after = Job(3, run(12, 0, 5, HOURS), gives=frozenset(), needs=frozenset({0}), ready=1)
    assert conflict([in_the_way, slow, quick, after], LATEST, HOURS, lambda: 1.0) == ([0, 2, 3], {0: 12})


@given(chains(), hours)
def test_none_of_the_others_helps_those_that_do_not_go_together(jobs: list[Job], hours_per_week: float | None) -> None:
    """Or the cut would let all of them through again."""
    together, by_day = conflict(jobs, LATEST, hours_per_week, lambda: 1.0)
    for job in (job for at, job in enumerate(jobs) if together and at not in together):
        end = min(mode.start(job.ready) + mode.days for mode in job.modes)
        assert not any(end <= by_day.get(node, -1) for node in job.gives)


@given(chains(), hours)
def test_filling_up_gives_dates_that_respect_everything(jobs: list[Job], hours_per_week: float | None) -> None:
    found = filled(jobs, Limits(1, LATEST, hours_per_week))
    if found is None:
        return
    assert sorted(one.job for one in found.placed) == list(range(len(jobs)))
    assert is_enough(jobs, found.placed, ())
    for one in found.placed:
        assert one.mode in jobs[one.job].modes
        assert one.mode.start(max(jobs[one.job].ready, one.start)) == one.start
        assert one.end == one.start + one.mode.days <= LATEST
        along = [other for other in found.placed if other.start <= one.start < other.end]
        assert hours_per_week is None or sum(other.mode.load for other in along) <= hours_per_week


@given(chains())
def test_a_mode_has_a_last_start(jobs: list[Job]) -> None:
    for mode in (mode for job in jobs for mode in job.modes):
        starts = [day for day in range(1, LATEST) if mode.start(day) == day]
        assert mode.last_start(LATEST - 1) == max(starts, default=-1)
