"""What is between a learner's wishes and one module: each way in which giving way would bring it within them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.core.arrays import FIXED, ROLLING, EditionArrays, FloatArray, ModuleArrays, Wishes
from matching.core.editions import DAYS_A_WEEK, Offers, ends, first_starts, offers_of
from matching.core.exclusions import Exclusion, unfit_offers
from matching.core.what_if import FIELDS, LEAST_ROOM, MOST_DAYS, what_is_needed


@dataclass(frozen=True, slots=True)
class Concession:
    """One wish that has to give way, and how far.

    Attributes:
        wish: which one.
        needed: the price in euro, the distance in km, or the day number that it would have to be; NaN for codes.
        code: the code that it would have to accept beside the others; None for numbers.
        hours_per_week: so many hours a week would do as well as the later last day; NaN where no number of them does.
        start_after: so early a first day, a day number, would do as well as the later last day; NaN where none does.
    """

    wish: Exclusion
    needed: float
    code: int | None = None
    hours_per_week: float = np.nan
    start_after: float = np.nan


@dataclass(frozen=True, slots=True)
class WayIn:
    """An edition, by row, and all wishes that have to give way for it together."""

    edition: int
    concessions: tuple[Concession, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """Whether any edition can still be joined, and the ways in; none where one fits all wishes."""

    has_open_run: bool
    ways: tuple[WayIn, ...]


def access(row: int, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> Access:
    """What is between the wishes and one module. That the learner rejects it does not count here.

    Of editions for which the same wishes are in the way, the one that asks least is a way in; where fewer of those wishes would do for
    another edition, there is no such way. The way with the fewest wishes comes first, then that which asks least: an overrun counts by how
    much of it is still a small change in `matching.core.what_if`.
    """
    rows = np.array([row])
    offers = offers_of(rows, modules, editions, wishes)
    broken = dict(unfit_offers(offers, rows, modules, editions, replace(wishes, rejected=None)))
    is_open = ~broken.pop(Exclusion.CLOSED)
    if Exclusion.START_AFTER in broken:
        # Who may begin earlier begins on the day of the edition; so it ends earlier too.
        on = editions.start_on[offers.edition].astype(np.float64)
        offers = replace(offers, start=np.where(broken[Exclusion.START_AFTER], on, offers.start))
        if wishes.finish_by is not None:
            broken[Exclusion.FINISH_BY] = ends(offers, wishes.earliest) > wishes.finish_by
    asked = {wish: what_is_needed(wish, offers, editions, wishes) for wish in broken}
    efforts = [np.where(breaks, _effort(wish, asked[wish], wishes), 0.0) for wish, breaks in broken.items()]
    effort = np.sum([np.zeros(len(is_open)), *efforts], axis=0)
    in_the_way = {int(at): frozenset(wish for wish, breaks in broken.items() if breaks[at]) for at in np.flatnonzero(is_open)}
    least: dict[frozenset[Exclusion], int] = {}
    for at in sorted(in_the_way, key=lambda at: (effort[at], at)):
        least.setdefault(in_the_way[at], at)
    ways = [at for own, at in least.items() if own and not any(other < own for other in least)]
    return Access(
        has_open_run=bool(is_open.any()),
        ways=tuple(
            WayIn(
                int(offers.edition[at]),
                tuple(_concession(wish, at, asked[wish], offers, modules, editions, wishes) for wish in FIELDS if wish in in_the_way[at]),
            )
            for at in sorted(ways, key=lambda at: (len(in_the_way[at]), effort[at], at))
        ),
    )


def _concession(
    wish: Exclusion, at: int, asked: FloatArray, offers: Offers, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes
) -> Concession:
    edition = offers.edition[at]
    row = editions.module[edition]
    codes = {
        Exclusion.LANGUAGE: modules.language[row],
        Exclusion.LEVEL: modules.level[row],
        Exclusion.FORMAT: editions.format[edition],
        Exclusion.MOMENT: editions.moment[edition],
    }
    found = Concession(wish, float(asked[at]), int(codes[wish]) if wish in codes else None)
    if wish is not Exclusion.FINISH_BY:
        return found
    hours, first = _hours_that_do(at, offers, modules, editions, wishes), _first_day_that_does(at, offers, editions, wishes)
    return replace(found, hours_per_week=hours, start_after=first)


def _hours_that_do(at: int, offers: Offers, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> float:
    """Hours a week with which an edition at one's own pace ends on the last wished day; NaN where that does not help."""
    edition = offers.edition[at]
    stated, hours = editions.weeks[edition], modules.hours[editions.module[edition]]
    begin = wishes.earliest if np.isnan(offers.start[at]) else offers.start[at]
    days = (wishes.finish_by or 0) - begin
    is_help = wishes.hours_per_week is not None and offers.is_own_pace[at] and days > 0 and not np.ceil(stated * DAYS_A_WEEK) > days
    return float(hours * DAYS_A_WEEK / days) if is_help else np.nan


def _first_day_that_does(at: int, offers: Offers, editions: EditionArrays, wishes: Wishes) -> float:
    """The last first day with which an edition that has no date of its own ends on the last wished day; NaN where none does."""
    edition = offers.edition[at : at + 1]
    kind, every_days = editions.start_type[edition[0]], editions.every_weeks[edition[0]] * DAYS_A_WEEK
    latest = (wishes.finish_by or 0) - np.nan_to_num(np.ceil(offers.weeks[at] * DAYS_A_WEEK))
    if wishes.start_after is None or kind == FIXED or not wishes.today <= latest < wishes.earliest:
        return np.nan
    first = first_starts(editions, edition, wishes.today)[0]
    if kind == ROLLING and every_days > 0 and editions.start_on[edition[0]] > 0:
        return float(first + (latest - first) // every_days * every_days) if first <= latest else np.nan
    return float(latest)


def _effort(wish: Exclusion, asked: FloatArray, wishes: Wishes) -> FloatArray:
    """How far a wish has to give way: 1 for the most that is a small change, and for each wish that is no number."""
    limit = getattr(wishes, FIELDS[wish])
    if wish in LEAST_ROOM:
        return np.asarray((asked - limit) / max(limit, LEAST_ROOM[wish]), dtype=np.float64)
    if wish in (Exclusion.FINISH_BY, Exclusion.START_AFTER):
        return np.asarray(np.abs(asked - limit) / MOST_DAYS, dtype=np.float64)
    return np.ones(len(asked))
