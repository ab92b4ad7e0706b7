"""Days of the seed files: a timetable for one year, which moves on with the years."""

from __future__ import annotations

from datetime import date, timedelta

YEAR_OF_FILES = 2027
WEEKS_A_YEAR = 52


def moved_on(day: date, today: date) -> date:
    """`day` moved on by as many years of 52 weeks as `today` is past the year before the files' own."""
    return day + timedelta(weeks=WEEKS_A_YEAR * max(0, today.year - (YEAR_OF_FILES - 1)))
