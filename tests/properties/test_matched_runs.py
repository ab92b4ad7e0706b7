"""Which stored run becomes which: each is paired once, and nothing is called moved that could be another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Edition, Place
from catalogue.publishing.differences import edition_values, matched_editions
from catalogue.publishing.values import EditionValues
from catalogue.starts import Start
from catalogue.vocabulary import Format, StartType

TODAY = date(2026, 11, 2)
DAYS = st.integers(min_value=-3, max_value=5).map(lambda days: Start(StartType.FIXED, on=TODAY + timedelta(days=days)))
STARTS = st.one_of(DAYS, st.sampled_from([Start(StartType.DIRECT), Start(StartType.AGREED)]))
RUNS = st.builds(
    EditionValues,
    start=STARTS,
    format=st.sampled_from([Format.ON_SITE, Format.ONLINE]),
    place=st.sampled_from(["breda", "tilburg"]),
    price_cents=st.sampled_from([None, 100]),
)
FILES = st.lists(RUNS, max_size=5)


def stored(runs: list[EditionValues]) -> list[Edition]:
    return [
        Edition(
            uid=f"run-{number}",
            start=run.start,
            format=run.format,
            place=Place(slug=run.place),
            day_parts=list(run.day_parts),
            price_cents=run.price_cents,
        )
        for number, run in enumerate(runs)
    ]


@given(FILES, FILES)
def test_every_run_is_paired_once_and_as_many_stay_as_can_be_told(before: list[EditionValues], after: list[EditionValues]) -> None:
    known = stored(before)
    pairs = matched_editions(known, after, TODAY)
    assert sorted(edition.uid for edition, _values in pairs if edition) == sorted(edition.uid for edition in known)
    assert sorted(map(repr, (values for _edition, values in pairs if values))) == sorted(map(repr, after))
    moved = [(edition_values(edition), values) for edition, values in pairs if edition and values and edition.start != values.start]
    for was, becomes in moved:
        assert len(moved) == 1
        assert len(before) == len(after)
        assert (was.place, was.format) == (becomes.place, becomes.format)
        assert was.start.is_open(TODAY)


@given(st.lists(RUNS, min_size=1, max_size=5, unique_by=lambda run: (run.start, run.place)), DAYS, st.data())
def test_one_start_that_is_moved_keeps_its_run(before: list[EditionValues], start: Start, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=0, max_value=len(before) - 1))
    was = before[at]
    if any((run.start, run.place) == (start, was.place) for run in before):
        return
    after = [*before[:at], replace(was, start=start), *before[at + 1 :]]
    becomes = {edition.uid: values for edition, values in matched_editions(stored(before), after, TODAY) if edition}
    assert becomes[f"run-{at}"] == (after[at] if was.start.is_open(TODAY) else None)


@given(st.lists(RUNS, min_size=2, max_size=5, unique_by=lambda run: (run.start, run.place)), DAYS)
def test_who_gives_ids_says_which_is_new(before: list[EditionValues], start: Start) -> None:
    known = stored(before)
    told = [edition_values(edition) for edition in known]
    after = [replace(told[0], start=start, uid=""), *told[1:]]
    if (start, before[0].place) in {(run.start, run.place) for run in before}:
        return
    assert (known[0], None) in matched_editions(known, after, TODAY)
