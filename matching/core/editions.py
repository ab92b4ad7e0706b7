"""What each edition means for this learner: when it starts and ends, how far it is, what it asks a week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.core.arrays import DIRECT, FIXED, ROLLING, BoolArray, EditionArrays, FloatArray, IntArray, ModuleArrays, Wishes

EARTH_RADIUS_KM = 6371.0
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Offers:
    """Editions of some candidate modules, seen by one learner. All arrays have shape (n_offers,), grouped by candidate.

    Attributes:
        edition: row in EditionArrays.
        candidate: position of its module among the candidates, never descending.
        start: day number of the first possible start, NaN where there is no date.
        weeks: how long it takes: the timetable's weeks. At the learner's own pace where that decides (`is_own_pace`). NaN where not known.
        asked_hours_per_week: study load over `weeks`; NaN where not known, or where only the learner's own pace tells.
        price_eur: NaN where not stated.
        distance_km: 0 online, NaN where the place or the learner's place is not known.
        is_online: whether no travel is needed.
        is_own_pace: whether the learner sets the pace: one can begin on any day, or the weeks are not stated.
    """

    edition: IntArray
    candidate: IntArray
    start: FloatArray
    weeks: FloatArray
    asked_hours_per_week: FloatArray
    price_eur: FloatArray
    distance_km: FloatArray
    is_online: BoolArray
    is_own_pace: BoolArray

    def only(self, chosen: BoolArray | IntArray) -> Offers:
        """The chosen offers: a mask of shape (n_offers,), or positions."""
        return Offers(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def offers_of(candidates: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> Offers:
    """All editions of the modules `candidates` (rows, ascending), closed ones included.

    A group keeps to its timetable, whatever hours one of them has; who begins on a day of one's own, learns at a pace of one's own. So the
    learner's hours a week stretch only editions that start directly, and those whose weeks nobody states.
    """
    position = np.full(modules.n_modules, -1, dtype=np.int64)
    position[candidates] = np.arange(len(candidates))
    rows = np.flatnonzero(position[editions.module] >= 0)
    weeks = editions.weeks[rows]
    hours = modules.hours[editions.module[rows]]
    is_direct = editions.start_type[rows] == DIRECT
    is_own_pace = is_direct | np.isnan(weeks)
    if wishes.hours_per_week is not None:
        weeks = np.where(is_own_pace, np.fmax(weeks, hours / wishes.hours_per_week), weeks)
    return Offers(
        edition=rows,
        candidate=position[editions.module[rows]],
        start=first_starts(editions, rows, wishes.earliest),
        weeks=weeks,
        asked_hours_per_week=hours / np.where(np.isnan(editions.weeks[rows]), np.nan, weeks),
        price_eur=editions.price_eur[rows],
        distance_km=distances_km(editions, rows, wishes.near),
        is_online=editions.is_online[rows],
        is_own_pace=is_own_pace,
    )


def first_starts(editions: EditionArrays, rows: IntArray, earliest: int) -> FloatArray:
    """Day number of the first start from `earliest` on, for the editions `rows`; NaN where there is no date, or none any more.

    The same rules as `catalogue.starts.Start.next_start`.
    """
    kind, on, every_days = editions.start_type[rows], editions.start_on[rows], editions.every_weeks[rows] * DAYS_A_WEEK
    turns = -((on - earliest) // np.maximum(every_days, 1))
    rolling = np.where(on >= earliest, on, np.where(on > 0, on + every_days * turns, earliest))
    start = np.full(len(rows), np.nan)
    start[kind == DIRECT] = earliest
    np.copyto(start, on, where=(kind == FIXED) & (on >= earliest))
    np.copyto(start, rolling, where=(kind == ROLLING) & (every_days > 0))
    return start


def distances_km(editions: EditionArrays, rows: IntArray, near: tuple[float, float] | None) -> FloatArray:
    """Great-circle distance in km from `near` to the editions `rows`: 0 online, NaN where either place is unknown."""
    distance = np.full(len(rows), np.nan)
    if near is not None:
        # One place more than there are, at the end, so that code -1 (no place) reads NaN.
        places = np.append(_great_circle_km(editions.latitude, editions.longitude, near), np.nan)
        distance = places[editions.place[rows]]
        distance[editions.is_online[rows]] = 0.0
    return distance


def _great_circle_km(latitude: FloatArray, longitude: FloatArray, near: tuple[float, float]) -> FloatArray:
    north, east = np.radians(latitude), np.radians(longitude)
    home_north, home_east = np.radians(near[0]), np.radians(near[1])
    chord = np.sin((north - home_north) / 2) ** 2 + np.cos(north) * np.cos(home_north) * np.sin((east - home_east) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))), dtype=np.float64)


def ends(offers: Offers, earliest: int) -> FloatArray:
    """Day number of the last day. An undated start counts from `earliest`; an unknown length as no time.

    So this is the first day on which it could be finished: later than the wished day means that it certainly does not fit.
    """
    return np.where(np.isnan(offers.start), earliest, offers.start) + np.ceil(np.nan_to_num(offers.weeks) * DAYS_A_WEEK)


def is_closed(editions: EditionArrays, rows: IntArray, today: int) -> BoolArray:
    """Whether the one date of each edition has passed."""
    return np.asarray((editions.start_type[rows] == FIXED) & (editions.start_on[rows] < today), dtype=np.bool_)
