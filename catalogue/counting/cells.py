"""What may be told of what was asked in vain: a cell as a whole, or nothing of it.

A cell is a week, a way of asking in vain, a province, a theme, a sector and a concept; nothing finer is kept. A cell that fewer than LEAST
visitors fill takes part in no number at all, also in no sum. So every number that is shown is a sum of cells of LEAST or more, and so is
every difference between two of them: no choice of filters brings out a smaller number.
"""

from __future__ import annotations

from datetime import date, timedelta

LEAST = 5


def week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
