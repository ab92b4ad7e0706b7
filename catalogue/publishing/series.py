"""A series of runs: the same one again, every few weeks or months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from catalogue.publishing.values import EditionValues
from catalogue.vocabulary import StartType

MOST_RUNS = 100
"""A series has no more runs than this: somebody looks at each before they are added."""


class Unit(StrEnum):
    """What the time between two runs is counted in."""

    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A run that a series would add. `is_there`: one with this start and place stands there already; `is_past`: it would have begun."""

    run: EditionValues
    is_there: bool
    is_past: bool


def dated(runs: Sequence[EditionValues]) -> list[EditionValues]:
    """The runs that begin on one date: only those can be repeated."""
    return [run for run in runs if run.start.type is StartType.FIXED and run.start.on]


def repeated(
    examples: Sequence[EditionValues], known: Sequence[EditionValues], every: int, unit: Unit, times: int, today: date
) -> list[Proposed]:
    """Each example `times` times more, `every` weeks or months apart, by date; at most `MOST_RUNS`.

    Args:
        examples: runs that begin on one date; others are passed over.
        known: all runs of the module.
        every: at least 1.
        unit: of `every`.
        times: how often each example comes again.
        today: what begins before it is past.
    """
    there = {(run.start, run.place) for run in known}
    runs = [
        replace(run, start=replace(run.start, on=day), uid="")
        for run in dated(examples)
        for number in range(1, times + 1)
        if run.start.on and (day := later(run.start.on, every * number, unit))
    ]
    by_day = sorted(runs, key=lambda run: (run.start.on or date.max, run.place))
    return [Proposed(run, (run.start, run.place) in there, bool(run.start.on and run.start.on < today)) for run in by_day[:MOST_RUNS]]


def later(day: date, number: int, unit: Unit) -> date | None:
    """The day that comes so many weeks or months after `day`; None beyond the last year that there is.

    A month later is the same day of the month, or the last one of a month that is shorter.
    """
    if unit is Unit.WEEKS:
        return day + timedelta(weeks=number) if (date.max - day).days >= 7 * number else None
    years, month = divmod(day.month - 1 + number, 12)
    if day.year + years > date.max.year:
        return None
    return date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))
