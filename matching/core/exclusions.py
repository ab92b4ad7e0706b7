"""Hard constraints: what does not fit is removed, and the reason is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

import numpy as np

from matching.core.arrays import FIXED, BoolArray, EditionArrays, IntArray, ModuleArrays, Wishes
from matching.core.editions import Offers, editions_of, ends, is_closed, seen_by
from matching.core.tables import Pairs, WishTable, accepts, each, pairs_of_one

TOLERANCE = 1e-9
"""Sums of hours or euros that differ by less are equal: the difference is rounding."""


class Exclusion(StrEnum):
    """Why a module was removed."""

    BUDGET = "budget"
    DISTANCE = "distance"
    LANGUAGE = "language"
    FORMAT = "format"
    MOMENT = "moment"
    LEVEL = "level"
    START_AFTER = "start_after"
    FINISH_BY = "finish_by"
    HOURS_PER_WEEK = "hours_per_week"
    """The timetable of one edition asks more hours a week than the learner has: counts in paths, and where `Wishes.keeps_to_hours`."""
    CLOSED = "closed"
    REJECTED = "rejected"
    """The learner's own choice against this module."""
    NOTHING_TO_CLOSE = "nothing_to_close"


def surviving(candidates: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> tuple[Offers, dict[Exclusion, int]]:
    """The editions that fit every wish of one learner, and how many modules each wish removed; see `survivors`.

    Args:
        candidates: rows of modules, ascending.
    """
    offers, removed = survivors(pairs_of_one(candidates), modules, editions, WishTable.of([wishes]))
    return offers, {reason: int(counts[0]) for reason, counts in removed.items() if counts[0]}


def survivors(pairs: Pairs, modules: ModuleArrays, editions: EditionArrays, wishes: WishTable) -> tuple[Offers, dict[Exclusion, IntArray]]:
    """The editions that fit every wish of the learner of their pair, and how many modules each wish removed for each learner.

    Wishes on editions hold for one and the same edition: a module that is cheap in one place and near in another fits neither wish. A
    module counts under the wish that removes its last edition, in the fixed order below. What a provider does not state (NaN, -1)
    removes nothing: the learner can ask, and the result says that it is not known.

    Returns:
        Offers, and by reason an array of shape (n_learners,).
    """
    candidate, rows = editions_of(pairs, editions)
    removed: dict[Exclusion, IntArray] = {}
    before = np.bincount(pairs.learner, minlength=len(wishes))

    def count(reason: Exclusion, left: IntArray) -> None:
        nonlocal before
        is_left = np.zeros(len(pairs.row), dtype=np.bool_)
        is_left[left] = True
        after = np.bincount(pairs.learner[is_left], minlength=len(wishes))
        removed[reason] = before - after
        before = after

    # What needs no look at dates and distances goes first, so that those are worked out for few.
    for reason, is_unfit in _unfit_by_code(pairs, modules, editions, wishes):
        fits = ~is_unfit(candidate, rows)
        candidate, rows = candidate[fits], rows[fits]
        count(reason, candidate)
    offers = seen_by(candidate, rows, pairs, modules, editions, wishes)
    alive = np.ones(len(rows), dtype=np.bool_)
    for reason, is_not in _unfit_by_number(offers, editions, wishes):
        alive &= ~is_not
        count(reason, candidate[alive])
    return offers.only(alive), removed


def unfit_offers(
    offers: Offers, candidates: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes
) -> Iterator[tuple[Exclusion, BoolArray]]:
    """For each wish of one learner, whether it rules out each offer. From what nobody can change to what the learner could relax."""
    table = WishTable.of([wishes])
    for reason, is_unfit in _unfit_by_code(pairs_of_one(candidates), modules, editions, table):
        yield reason, is_unfit(offers.candidate, offers.edition)
    yield from _unfit_by_number(offers, editions, table)


def _unfit_by_code(
    pairs: Pairs, modules: ModuleArrays, editions: EditionArrays, wishes: WishTable
) -> Iterator[tuple[Exclusion, Callable[[IntArray, IntArray], BoolArray]]]:
    """For each wish on codes, what tells of positions of pairs with rows of editions whether it rules them out."""

    def refusing(table: BoolArray, codes: Callable[[IntArray, IntArray], IntArray]) -> Callable[[IntArray, IntArray], BoolArray]:
        return lambda candidate, rows: ~accepts(table, pairs.learner[candidate], codes(candidate, rows))

    if (rejected := wishes.rejected) is not None:
        yield Exclusion.REJECTED, lambda candidate, _rows: accepts(rejected, pairs.learner[candidate], pairs.row[candidate])
    yield Exclusion.CLOSED, lambda candidate, rows: is_closed(editions, rows, each(wishes.today, pairs.learner[candidate]))
    if wishes.languages is not None:
        yield Exclusion.LANGUAGE, refusing(wishes.languages, lambda candidate, _rows: modules.language[pairs.row[candidate]])
    if wishes.levels is not None:
        yield Exclusion.LEVEL, refusing(wishes.levels, lambda candidate, _rows: modules.level[pairs.row[candidate]])
    if wishes.formats is not None:
        yield Exclusion.FORMAT, refusing(wishes.formats, lambda _candidate, rows: editions.format[rows])
    if wishes.moments is not None:
        yield Exclusion.MOMENT, refusing(wishes.moments, lambda _candidate, rows: editions.moment[rows])


def _unfit_by_number(offers: Offers, editions: EditionArrays, wishes: WishTable) -> Iterator[tuple[Exclusion, BoolArray]]:
    """For each wish on numbers that any learner has, whether it rules out each offer; NaN on either side rules out nothing."""
    learner = offers.learner
    if not np.isnan(wishes.max_km).all():
        yield Exclusion.DISTANCE, offers.distance_km > each(wishes.max_km, learner)
    if not np.isnan(wishes.budget_eur).all():
        yield Exclusion.BUDGET, offers.price_eur > each(wishes.budget_eur, learner)
    if not np.isnan(wishes.start_after).all():
        is_past = (editions.start_type[offers.edition] == FIXED) & np.isnan(offers.start)
        yield Exclusion.START_AFTER, is_past & ~np.isnan(each(wishes.start_after, learner))
    if not np.isnan(wishes.finish_by).all():
        yield Exclusion.FINISH_BY, ends(offers, each(wishes.earliest, learner)) > each(wishes.finish_by, learner)
    if not np.isnan(wishes.most_hours_per_week).all():
        yield Exclusion.HOURS_PER_WEEK, offers.asked_hours_per_week > each(wishes.most_hours_per_week, learner) + TOLERANCE
