"""What asks for attention in a dossier, which dossiers fit what somebody wants, and how many each choice leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from web.advisor.caseload import DUE, Case, Notice, Wanted, chosen, counts
from web.advisor.model import Standing

TODAY = date(2026, 11, 25)
"""A Wednesday."""
DAY = timedelta(days=1)
QUIET_CASE = Case("a", "Samira", Standing.OPEN, TODAY + 200 * DAY, (), has_intake=True, has_report=True, talked_on=TODAY)


@pytest.mark.parametrize(
    ("changed", "notices"),
    [
        ({}, set()),
        ({"due": (TODAY - DAY,)}, {Notice.LATE}),
        ({"due": (TODAY,)}, {Notice.WEEK}),
        ({"due": (date(2026, 11, 29),)}, {Notice.WEEK}),
        ({"due": (date(2026, 11, 30),)}, set()),
        ({"due": (TODAY - DAY, TODAY + DAY)}, {Notice.LATE, Notice.WEEK}),
        ({"has_intake": False, "has_report": False}, {Notice.NO_INTAKE, Notice.NO_REPORT}),
        ({"until": TODAY + 60 * DAY}, {Notice.ENDS}),
        ({"until": TODAY + 61 * DAY}, set()),
        ({"talked_on": TODAY - 30 * DAY}, set()),
        ({"talked_on": TODAY - 31 * DAY}, {Notice.QUIET}),
        ({"has_intake": False, "standing": Standing.CLOSED}, set()),
        ({"has_intake": False, "standing": Standing.WAITING}, set()),
    ],
)
def test_what_asks_for_attention(changed: dict[str, object], notices: set[Notice]) -> None:
    assert replace(QUIET_CASE, **changed).notices(TODAY) == notices  # type: ignore[arg-type]


CASES = [
    replace(QUIET_CASE, uid="later", name="Zoë de Vries", due=(TODAY + 20 * DAY,)),
    replace(QUIET_CASE, uid="late", name="Ali", due=(TODAY - 3 * DAY,), has_report=False),
    replace(QUIET_CASE, uid="closed", name="Ada", standing=Standing.CLOSED),
    replace(QUIET_CASE, uid="waits", name="Bo", standing=Standing.WAITING),
    replace(QUIET_CASE, uid="new", name="Cas", has_intake=False, has_report=False),
]


@pytest.mark.parametrize(
    ("wanted", "uids"),
    [
        (Wanted(), ["late", "later", "waits", "new", "closed"]),
        (Wanted(standing=DUE), ["late", "later"]),
        (Wanted(standing="closed"), ["closed"]),
        (Wanted(text="zoe VRIES"), ["later"]),
        (Wanted(text="vries zoë ali"), []),
        (Wanted(notices=frozenset({Notice.NO_REPORT})), ["late", "new"]),
        (Wanted(standing=DUE, notices=frozenset({Notice.NO_REPORT, Notice.LATE})), ["late"]),
        (Wanted(standing="closed", notices=frozenset({Notice.NO_REPORT})), []),
    ],
)
def test_filters_are_combined_and_what_is_due_comes_first(wanted: Wanted, uids: list[str]) -> None:
    assert [case.uid for case in chosen(CASES, wanted, TODAY)] == uids
    standings, notices = counts(CASES, wanted, ("", DUE, "closed"), TODAY)
    for code, number in standings.items():
        assert number == len(chosen(CASES, replace(wanted, standing=code), TODAY))
    for notice, number in notices.items():
        assert number == len(chosen(CASES, replace(wanted, notices=wanted.notices | {notice}), TODAY))
