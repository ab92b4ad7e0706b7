"""When an edition starts, as a value.

Five ways: on a fixed date, directly after enrolling, by agreement, rolling every N weeks, or when N people have enrolled. Nothing
here knows of an academic year. `next_start` is the one function that decides the next start for card, page, sort and feed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.vocabulary import StartType


class StartNotUnderstood(ValueError):
    """A text does not name a start. `text` is what was given."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no start: write a date (2027-02-08), 'direct', 'agreed', 'every 4 weeks from 2027-01-11' or 'when 8 enrolled'"
        )
        self.text = text


@dataclass(frozen=True, slots=True)
class Start:
    """One way of starting.

    `on` is the date for FIXED, the first date for ROLLING (None: counted from today), else None. `every_weeks` belongs to ROLLING and
    `when_enrolled` to WHEN_ENROLLED.
    """

    type: StartType
    on: date | None = None
    every_weeks: int | None = None
    when_enrolled: int | None = None

    @classmethod
    def parse(cls, text: str) -> Start:
        """Reads the notation of import files.

        Raises:
            StartNotUnderstood: the text is none of the five notations.
        """
        words = " ".join(text.strip().lower().split())
        if words in ("direct", "agreed"):
            return cls(StartType(words))
        if match := re.fullmatch(r"every ([1-9]\d?) weeks?(?: from (\S+))?", words):
            first = _date(match[2], text) if match[2] else None
            return cls(StartType.ROLLING, on=first, every_weeks=int(match[1]))
        if match := re.fullmatch(r"when ([1-9]\d{0,3}) enrolled", words):
            return cls(StartType.WHEN_ENROLLED, when_enrolled=int(match[1]))
        return cls(StartType.FIXED, on=_date(words, text))

    def __str__(self) -> str:
        """The notation that `parse` reads back to an equal value."""
        if self.type is StartType.FIXED and self.on:
            return self.on.isoformat()
        if self.type is StartType.ROLLING:
            return f"every {self.every_weeks} weeks" + (f" from {self.on.isoformat()}" if self.on else "")
        if self.type is StartType.WHEN_ENROLLED:
            return f"when {self.when_enrolled} enrolled"
        return self.type.value

    def next_start(self, today: date) -> date | None:
        """First day, from `today` on, at which a learner can begin.

        A direct start is today. A fixed date that has passed, a start by agreement and a start that waits for people have no date:
        None. `is_open` tells the passed date from the other two.
        """
        if self.type is StartType.DIRECT:
            return today
        if self.type is StartType.FIXED and self.on and self.on >= today:
            return self.on
        if self.type is StartType.ROLLING and self.every_weeks:
            if self.on is None or self.on >= today:
                return self.on or today
            step = timedelta(weeks=self.every_weeks)
            return self.on + step * -((self.on - today) // step)
        return None

    def is_open(self, today: date) -> bool:
        """Whether a learner can still start: always, unless the fixed date lies before `today`."""
        return self.type is not StartType.FIXED or self.next_start(today) is not None


def _date(word: str, text: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise StartNotUnderstood(text) from None
