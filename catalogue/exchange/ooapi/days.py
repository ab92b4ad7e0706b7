"""When editions run and academic years begin, as the Open Onderwijs API wants to know it."""

from __future__ import annotations

from datetime import date, timedelta

from catalogue.models.base import stable_uid
from catalogue.starts import Start
from catalogue.vocabulary import StartType

OPEN_FOR = timedelta(days=365)
"""How far ahead an edition without a fixed date is announced: the specification wants an end, and there is none."""
FIRST_MONTH = 9
"""Academic years begin in September."""


def offering_days(start: Start, weeks: int | None, today: date) -> tuple[date, date]:
    """First and last day of an edition. Without a fixed date it begins at its next start, or else `today`, and can be joined for a year;
    where the length is not stated, a run ends on the day that it begins.
    """
    starts = start.next_start(today) or start.on or today
    last_entry = starts if start.type is StartType.FIXED else starts + OPEN_FOR
    return starts, last_entry + timedelta(weeks=weeks or 0)


def academic_year(day: date) -> int:
    """The calendar year in which the academic year of `day` began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(year: int) -> date:
    """The day on which the academic year of `year` begins."""
    return date(year, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    """The day on which the academic year of `year` ends."""
    return first_day(year + 1) - timedelta(days=1)


def year_name(year: int) -> str:
    """The academic year that begins in `year`: "2026-2027"."""
    return f"{year}-{year + 1}"


def session_uid(year: int) -> str:
    """The id of the academic year that begins in `year`."""
    return stable_uid("academic-session", str(year))
