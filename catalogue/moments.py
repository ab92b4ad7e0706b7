"""When in the week one learns: the day parts of an edition, put in a few words that a person can choose from.

A person who is free in the evening can follow what asks evenings alone, not what asks an afternoon besides. So an edition has one
moment, all of its parts together ("daytime+evening"), and it fits whoever has all of these free.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from itertools import combinations

from catalogue.vocabulary import Format


class Moment(StrEnum):
    """A part of the week. OWN_TIME: nothing is fixed, one learns when one likes."""

    DAYTIME = "daytime"
    EVENING = "evening"
    WEEKEND = "weekend"
    OWN_TIME = "own-time"


JOINT = "+"
_FIXED = (Moment.DAYTIME, Moment.EVENING, Moment.WEEKEND)
_WEEKEND_DAYS = ("saturday", "sunday")


def moment_of(day_parts: Iterable[str], edition_format: Format) -> str:
    """The moment of an edition; "" where no day part is stated, except online: nobody is waiting there.

    Args:
        day_parts: of `catalogue.vocabulary.DAY_PARTS`.
    """
    found = {_moment(part) for part in day_parts}
    if not found:
        return Moment.OWN_TIME if edition_format is Format.ONLINE else ""
    return JOINT.join(moment for moment in _FIXED if moment in found)


def moments_within(free: Collection[str]) -> frozenset[str]:
    """All moments that ask for nothing but the parts of the week that are `free`, and whatever else was in `free`.

    Evening and weekend: "evening", "weekend", "evening+weekend".
    """
    fixed = [moment for moment in _FIXED if moment in free]
    joint = (JOINT.join(some) for size in range(1, len(fixed) + 1) for some in combinations(fixed, size))
    return frozenset(joint) | frozenset(free)


def _moment(day_part: str) -> Moment:
    day, _hyphen, part = day_part.partition("-")
    if day in _WEEKEND_DAYS:
        return Moment.WEEKEND
    return Moment.EVENING if part == "evening" else Moment.DAYTIME
