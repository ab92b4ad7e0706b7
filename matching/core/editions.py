"""What each edition means for a learner: when it starts and ends, how far it is, what it asks a week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.core.arrays import DIRECT, FIXED, ROLLING, BoolArray, EditionArrays, FloatArray, IntArray, ModuleArrays, Wishes, ranges
from matching.core.tables import Pairs, WishTable, each, pairs_of_one

EARTH_RADIUS_KM = 6371.0
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Offers:
    """Editions of the modules of some pairs, each seen by the learner of its pair. All arrays have shape (n_offers,), grouped by pair.

    Attributes:
        edition: row in EditionArrays.
        candidate: position of its pair among the pairs, never descending. With one learner: of its module among the candidates.
        learner: number of the learner.
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
    learner: IntArray
    start: FloatArray
    weeks: FloatArray
    asked_hours_per_week: FloatArray
    price_eur: FloatArray
    distance_km: FloatArray
    is_online: BoolArray
    is_own_pace: BoolArray

    def only(self, chosen: BoolArray | IntArray | slice) -> Offers:
        """The chosen offers: a mask of shape (n_offers,), positions, or a part."""
        return Offers(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def offers_of(candidates: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> Offers:
    """All editions of the modules `candidates` (rows, ascending) for one learner, closed ones included."""
    pairs = pairs_of_one(candidates)
    return seen_by(*editions_of(pairs, editions), pairs, modules, editions, WishTable.of([wishes]))


def editions_of(pairs: Pairs, editions: EditionArrays) -> tuple[IntArray, IntArray]:
    """All editions of the modules of `pairs`: position of the pair, and row of the edition."""
    return ranges(editions.begins[pairs.row], editions.begins[pairs.row + 1])


def seen_by(candidate: IntArray, rows: IntArray, pairs: Pairs, modules: ModuleArrays, editions: EditionArrays, wishes: WishTable) -> Offers:
    """The editions `rows` as the learners of `pairs[candidate]` see them.

    A group keeps to its timetable, whatever hours one of them has; who begins on a day of one's own, learns at a pace of one's own. So the
    learner's hours a week stretch only editions that start directly, and those whose weeks nobody states.
    """
    learner = pairs.learner[candidate]
    stated_weeks, hours = editions.weeks[rows], modules.hours[pairs.row[candidate]]
    is_unstated = np.isnan(stated_weeks)
    is_own_pace = (editions.start_type[rows] == DIRECT) | is_unstated
    weeks = np.where(is_own_pace, np.fmax(stated_weeks, hours / each(wishes.hours_per_week, learner)), stated_weeks)
    return Offers(
        edition=rows,
        candidate=candidate,
        learner=learner,
        start=first_starts(editions, rows, each(wishes.earliest, learner)),
        weeks=weeks,
        asked_hours_per_week=hours / np.where(is_unstated, np.nan, weeks),
        price_eur=editions.price_eur[rows],
        distance_km=_distances_km(editions, rows, learner, wishes),
        is_online=editions.is_online[rows],
        is_own_pace=is_own_pace,
    )


def first_starts(editions: EditionArrays, rows: IntArray, earliest: FloatArray | int) -> FloatArray:
    """Day number of the first start from `earliest` on, for the editions `rows`; NaN where there is no date, or none any more.

    The same rules as `catalogue.starts.Start.next_start`.

    Args:
        earliest: one day for all, or one for each.
    """
    kind, on, every_days = editions.start_type[rows], editions.start_on[rows], editions.every_weeks[rows] * DAYS_A_WEEK
    start = np.where(kind == DIRECT, earliest, np.nan)
    np.copyto(start, on, where=(kind == FIXED) & (on >= earliest))
    if (rolls := np.flatnonzero((kind == ROLLING) & (every_days > 0))).size:
        on, every_days, day = on[rolls], every_days[rolls], np.broadcast_to(earliest, len(rows))[rolls]
        turns = np.ceil((day - on) / every_days)
        start[rolls] = np.where(on >= day, on, np.where(on > 0, on + every_days * turns, day))
    return start


def distances_km(editions: EditionArrays, rows: IntArray, near: tuple[float, float] | None) -> FloatArray:
    """Great-circle distance in km from `near` to the editions `rows`: 0 online, NaN where either place is unknown."""
    none = np.zeros(len(rows), dtype=np.int64)
    return _distances_km(editions, rows, none, WishTable.of([Wishes(today=0, near=near)]))


def _distances_km(editions: EditionArrays, rows: IntArray, learner: IntArray, wishes: WishTable) -> FloatArray:
    # One place more than there are, at the end, so that code -1 (no place) reads NaN.
    n_places = len(editions.latitude)
    places = np.full((len(wishes), n_places + 1), np.nan)
    if n_places:
        places[:, :n_places] = _great_circle_km(editions.latitude, editions.longitude, wishes.latitude[:, None], wishes.longitude[:, None])
    # Of one learner's table a row at a time is read; two numbers for each would take several times as long.
    distance = places[0].take(editions.place[rows], mode="wrap") if len(wishes) == 1 else places[learner, editions.place[rows]]
    distance[editions.is_online[rows] & ~np.isnan(each(wishes.latitude, learner))] = 0.0
    return distance


def _great_circle_km(latitude: FloatArray, longitude: FloatArray, home_latitude: FloatArray, home_longitude: FloatArray) -> FloatArray:
    north, east = np.radians(latitude), np.radians(longitude)
    home_north, home_east = np.radians(home_latitude), np.radians(home_longitude)
    chord = np.sin((north - home_north) / 2) ** 2 + np.cos(north) * np.cos(home_north) * np.sin((east - home_east) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))), dtype=np.float64)


def ends(offers: Offers, earliest: FloatArray | int) -> FloatArray:
    """Day number of the last day. An undated start counts from `earliest` (one for all, or one for each); an unknown length as no time.

    So this is the first day on which it could be finished: later than the wished day means that it certainly does not fit.
    """
    weeks = np.where(np.isnan(offers.weeks), 0.0, offers.weeks)
    return np.asarray(np.where(np.isnan(offers.start), earliest, offers.start) + np.ceil(weeks * DAYS_A_WEEK), dtype=np.float64)


def is_closed(editions: EditionArrays, rows: IntArray, today: FloatArray | int) -> BoolArray:
    """Whether the one date of each edition has passed."""
    return np.asarray((editions.start_type[rows] == FIXED) & (editions.start_on[rows] < today), dtype=np.bool_)
