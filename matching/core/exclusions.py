"""Hard constraints: what does not fit is removed, and the reason is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import numpy as np

from matching.core.arrays import FIXED, UNKNOWN, BoolArray, EditionArrays, IntArray, ModuleArrays, Wishes
from matching.core.editions import Offers, ends, is_closed, offers_of


class Exclusion(StrEnum):
    """Why a module was removed."""

    BUDGET = "budget"
    DISTANCE = "distance"
    LANGUAGE = "language"
    FORMAT = "format"
    LEVEL = "level"
    START_AFTER = "start_after"
    FINISH_BY = "finish_by"
    CLOSED = "closed"
    NOTHING_TO_CLOSE = "nothing_to_close"


def surviving(candidates: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> tuple[Offers, dict[Exclusion, int]]:
    """The editions that fit every wish, and how many modules each wish removed.

    Wishes on editions hold for one and the same edition: a module that is cheap in one place and near in another fits neither wish. A
    module counts under the wish that removes its last edition, in the fixed order below. What a provider does not state (NaN, -1)
    removes nothing: the learner can ask, and the result says that it is not known.

    Args:
        candidates: rows of modules, ascending.
    """
    offers = offers_of(candidates, modules, editions, wishes)
    removed: dict[Exclusion, int] = {}
    alive = np.ones(len(offers.edition), dtype=np.bool_)
    before = len(candidates)
    for reason, is_unfit in unfit_offers(offers, candidates, modules, editions, wishes):
        alive &= ~is_unfit
        after = int(np.count_nonzero(np.bincount(offers.candidate[alive], minlength=len(candidates))))
        if after < before:
            removed[reason] = before - after
        before = after
    return offers.only(alive), removed


def unfit_offers(
    offers: Offers, candidates: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes
) -> Iterator[tuple[Exclusion, BoolArray]]:
    """For each wish, whether it rules out each offer. From what nobody can change to what the learner could relax."""
    row, edition = candidates[offers.candidate], offers.edition
    yield Exclusion.CLOSED, is_closed(editions, edition, wishes.today)
    if wishes.languages is not None:
        yield Exclusion.LANGUAGE, _outside(modules.language[row], wishes.languages)
    if wishes.levels is not None:
        yield Exclusion.LEVEL, _outside(modules.level[row], wishes.levels)
    if wishes.formats is not None:
        yield Exclusion.FORMAT, _outside(editions.format[edition], wishes.formats)
    if wishes.near is not None and wishes.max_km is not None:
        yield Exclusion.DISTANCE, offers.distance_km > wishes.max_km
    if wishes.budget_eur is not None:
        yield Exclusion.BUDGET, offers.price_eur > wishes.budget_eur
    if wishes.start_after is not None:
        yield Exclusion.START_AFTER, (editions.start_type[edition] == FIXED) & np.isnan(offers.start)
    if wishes.finish_by is not None:
        yield Exclusion.FINISH_BY, ends(offers, wishes.earliest) > wishes.finish_by


def _outside(codes: IntArray, accepted: Iterable[int]) -> BoolArray:
    return ~np.isin(codes, [*accepted, UNKNOWN])
