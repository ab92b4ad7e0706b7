"""Jobs that start too late even with hours enough, beside trying all dates."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matching.core.path_schedule import Job, Mode, Timetable, belated, stuck

LATEST = 60


@st.composite
def modes(draw: st.DrawFn) -> Mode:
    first, period, days = draw(st.integers(1, 30)), draw(st.sampled_from([0, 0, 1, 7])), draw(st.integers(1, 25))
    return Mode(0, 0, first, period, days, load=1.0, price_eur=0.0, travel_km=0.0, cost=0.0)


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


def have_dates(jobs: list[Job]) -> bool:
    search = Timetable(jobs, 1, LATEST, None, float("inf"), most_steps=100_000)
    found = search.schedule()
    assert search.is_complete
    return found is not None


@given(chains())
def test_jobs_are_belated_exactly_where_they_have_no_dates(jobs: list[Job]) -> None:
    assert bool(belated(jobs, LATEST)[0]) == (not have_dates(jobs))


@given(chains())
def test_the_belated_have_no_dates_where_others_help_too_late(jobs: list[Job]) -> None:
    """Only the jobs that are named; what is not named is free, and what is comes from elsewhere too, a day too late."""
    chain, by_day = belated(jobs, LATEST)
    if not chain:
        return
    kept = [replace(jobs[at], needs=jobs[at].needs & by_day.keys()) for at in chain]
    helpers = [
        Job(99, [Mode(0, 0, day, 0, 1, 1.0, 0.0, 0.0, 0.0)], gives=frozenset({node}), needs=frozenset(), ready=1)
        for node, day in by_day.items()
    ]
    assert not have_dates([*kept, *helpers])


@given(chains())
def test_a_mode_has_a_last_start(jobs: list[Job]) -> None:
    for mode in (mode for job in jobs for mode in job.modes):
        starts = [day for day in range(1, LATEST) if mode.start(day) == day]
        assert mode.last_start(LATEST - 1) == max(starts, default=-1)
