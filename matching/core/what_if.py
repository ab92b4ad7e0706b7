"""The smallest change of one wish that would bring a good module into reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from matching.core.arrays import EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes
from matching.core.editions import Offers, ends, offers_of
from matching.core.exclusions import Exclusion, unfit_offers
from matching.core.ranking import ranking

FIELDS: Mapping[Exclusion, str] = MappingProxyType(
    {
        Exclusion.BUDGET: "budget_eur",
        Exclusion.DISTANCE: "max_km",
        Exclusion.FINISH_BY: "finish_by",
        Exclusion.START_AFTER: "start_after",
        Exclusion.LANGUAGE: "languages",
        Exclusion.FORMAT: "formats",
        Exclusion.MOMENT: "moments",
        Exclusion.LEVEL: "levels",
    }
)
"""The wish of `Wishes` behind each exclusion that a learner can give way in; numbers first, as those change by a little."""

MOST_TIMES = 2.0
LEAST_ROOM: Mapping[Exclusion, float] = MappingProxyType({Exclusion.BUDGET: 100.0, Exclusion.DISTANCE: 25.0})
MOST_DAYS = 92
"""No small change: more than twice the money or the distance (but 100 euro or 25 km more always are), or three months."""


@dataclass(frozen=True, slots=True)
class Change:
    """A module that would be among the best, if one wish were just this much wider.

    Attributes:
        module, edition: rows; of the editions for which this wish alone is in the way, the one that asks the least.
        wish: the wish to give way in.
        needed: the price in euro, the distance in km, or the day number that the wish would have to be; NaN for codes.
        place: which place the module would have without that wish, from 0.
    """

    module: int
    edition: int
    wish: Exclusion
    needed: float
    place: int


def changes(
    modules: ModuleArrays,
    editions: EditionArrays,
    gap: Gap,
    wishes: Wishes,
    text_similarity: FloatArray | None = None,
    *,
    among: int = 20,
    limit: int = 5,
) -> list[Change]:
    """For modules that no edition within the wishes opens: the one wish that is in the way, and the least that it would have to be.

    Args:
        among: only modules that would then be among so many best.
        limit: how many to return, those of the best place first; of equal places in the order of FIELDS. Each module once.
    """
    found: dict[int, Change] = {}
    for wish, name in FIELDS.items():
        if getattr(wishes, name) is not None:
            best = ranking(modules, editions, gap, wishes.without(name), text_similarity, limit=among).module
            for change in _least(wish, best, modules, editions, wishes):
                if change.module not in found or change.place < found[change.module].place:
                    found[change.module] = change
    order = list(FIELDS)
    return sorted(found.values(), key=lambda change: (change.place, order.index(change.wish), change.module))[:limit]


def change_of(
    row: int, modules: ModuleArrays, editions: EditionArrays, gap: Gap, wishes: Wishes, text_similarity: FloatArray | None = None
) -> Change | None:
    """The same for one module, whatever its place; None where it fits already, closes nothing, or needs more than one small change.

    Where different editions ask for different wishes, the first of FIELDS counts.
    """
    for wish, name in FIELDS.items():
        found = _least(wish, np.array([row]), modules, editions, wishes) if getattr(wishes, name) is not None else []
        if found:
            wider = replace(wishes, **{name: None})  # type: ignore[arg-type]
            best = ranking(modules, editions, gap, wider, text_similarity, limit=modules.n_modules).module
            places = np.flatnonzero(best == row)
            if places.size:
                return replace(found[0], place=int(places[0]))
    return None


def _least(wish: Exclusion, best: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> list[Change]:
    """Of the modules `best`, those for which only `wish` is in the way, and not far."""
    rows = np.sort(best)
    offers = offers_of(rows, modules, editions, wishes)
    broken = dict(unfit_offers(offers, rows, modules, editions, wishes))
    if wish not in broken:  # a greatest distance from nowhere
        return []
    n_broken = np.sum(list(broken.values()), axis=0)
    needed = what_is_needed(wish, offers, editions, wishes)
    is_way = (n_broken == 1) & broken[wish] & _is_small(wish, needed, wishes)
    is_open = np.isin(offers.candidate, offers.candidate[n_broken == 0])
    # What needs least comes first; a later day to begin on is less of a change than an earlier one.
    effort = -needed if wish is Exclusion.START_AFTER else needed
    order = np.lexsort((np.arange(len(needed)), np.nan_to_num(effort), offers.candidate))
    order = order[(is_way & ~is_open)[order]]
    candidates, first = np.unique(offers.candidate[order], return_index=True)
    place = {int(row): at for at, row in enumerate(best.tolist())}
    return [
        Change(int(rows[candidate]), int(offers.edition[at]), wish, float(needed[at]), place[int(rows[candidate])])
        for candidate, at in zip(candidates.tolist(), order[first].tolist(), strict=True)
    ]


def what_is_needed(wish: Exclusion, offers: Offers, editions: EditionArrays, wishes: Wishes) -> FloatArray:
    """What a wish would have to be for each offer: price in euro, distance in km or day number; NaN for a wish that is no number."""
    match wish:
        case Exclusion.BUDGET:
            return offers.price_eur
        case Exclusion.DISTANCE:
            return offers.distance_km
        case Exclusion.FINISH_BY:
            return ends(offers, wishes.earliest)
        case Exclusion.START_AFTER:
            return editions.start_on[offers.edition].astype(np.float64)
        case _:
            return np.full(len(offers.edition), np.nan)


def _is_small(wish: Exclusion, needed: FloatArray, wishes: Wishes) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    limit = getattr(wishes, FIELDS[wish])
    if wish in LEAST_ROOM:
        return np.asarray(needed <= max(limit * MOST_TIMES, limit + LEAST_ROOM[wish]))
    if wish in (Exclusion.FINISH_BY, Exclusion.START_AFTER):
        return np.asarray(np.abs(needed - limit) <= MOST_DAYS)
    return np.ones(len(needed), dtype=np.bool_)
