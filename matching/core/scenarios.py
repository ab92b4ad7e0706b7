"""One learner under several sets of wishes: what fits each, what that closes of the gap, and what comes in and falls out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.core.arrays import BoolArray, EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes
from matching.core.closing import Closing
from matching.core.editions import offers_of
from matching.core.exclusions import Exclusion, unfit_offers
from matching.core.ranking import Ranking, rankings


@dataclass(frozen=True)
class Moved:
    """Modules that fit some wishes and not others. Arrays have shape (n_moved,), modules ascending.

    Attributes:
        module: rows.
        edition: of the editions that fit, the one that breaks the fewest of the other wishes; then the cheapest.
        distance_km, price_eur: of that edition, NaN where not known; the distance is that of the other wishes.
        in_the_way: by wish, whether that edition breaks it; only wishes that some edition breaks.
    """

    module: IntArray
    edition: IntArray
    distance_km: FloatArray
    price_eur: FloatArray
    in_the_way: Mapping[Exclusion, BoolArray]


@dataclass(frozen=True)
class Outcome:
    """What one set of wishes leaves.

    Attributes:
        ranking: the best modules, as `matching.core.ranking` finds them.
        best_share: share of the gap that the module closes that closes most of it, in [0, 1].
        joint_share: share of the gap that all fitting modules together could close, in [0, 1].
        closable: columns of the skills that some fitting module closes part of, ascending.
        cheapest, earliest, nearest: positions in `ranking.fitting_offers`; online is no place; None where nothing is known.
        entering: what fits here and not the first wishes; `leaving`: the other way round.
    """

    ranking: Ranking
    best_share: float
    joint_share: float
    closable: IntArray
    cheapest: int | None
    earliest: int | None
    nearest: int | None
    entering: Moved
    leaving: Moved


def outcomes(
    modules: ModuleArrays,
    editions: EditionArrays,
    gap: Gap,
    wishes: Sequence[Wishes],
    text_similarity: FloatArray | None = None,
    *,
    limit: int = 20,
) -> list[Outcome]:
    """What each of `wishes` leaves for one gap, the first of them being what the others are compared with.

    The gap, and so which modules close part of it and by how much, is worked out once for all.

    Raises:
        ShapeMismatch: as `rankings`.
    """
    number = len(wishes)
    found = rankings(modules, editions, [gap] * number, wishes, [text_similarity] * number, limit=limit)
    closing = Closing.of(gap, modules)
    base = found[0].fitting
    return [
        _outcome(
            one,
            closing,
            moved(np.setdiff1d(one.fitting, base, assume_unique=True), wish, wishes[0], modules, editions),
            moved(np.setdiff1d(base, one.fitting, assume_unique=True), wishes[0], wish, modules, editions),
        )
        for one, wish in zip(found, wishes, strict=True)
    ]


def moved(rows: IntArray, inside: Wishes, outside: Wishes, modules: ModuleArrays, editions: EditionArrays) -> Moved:
    """The wishes of `outside` in the way of modules that fit `inside`.

    Args:
        rows: of modules that fit `inside` and not `outside`, ascending.
    """
    if not len(rows):
        return Moved(rows, rows, np.zeros(0), np.zeros(0), {})
    offers = offers_of(rows, modules, editions, inside)
    is_unfit = np.zeros(len(offers.edition), dtype=np.bool_)
    for _reason, breaks in unfit_offers(offers, rows, modules, editions, inside):
        is_unfit |= breaks
    seen = offers_of(rows, modules, editions, outside)
    broken = dict(unfit_offers(seen, rows, modules, editions, outside))
    n_broken = np.sum([np.zeros(len(is_unfit)), *broken.values()], axis=0)
    order = np.lexsort((np.nan_to_num(seen.price_eur, nan=np.inf), n_broken, is_unfit, seen.candidate))
    chosen = order[np.flatnonzero(np.diff(seen.candidate[order], prepend=-1))]
    in_the_way = {wish: breaks[chosen] for wish, breaks in broken.items() if breaks[chosen].any()}
    return Moved(rows, seen.edition[chosen], seen.distance_km[chosen], seen.price_eur[chosen], in_the_way)


def _outcome(found: Ranking, closing: Closing, entering: Moved, leaving: Moved) -> Outcome:
    offers = found.fitting_offers
    [brought] = closing.brought(np.zeros_like(found.fitting), found.fitting, 1)
    return Outcome(
        ranking=found,
        best_share=closing.best_share(found.fitting),
        joint_share=closing.joint_share(brought),
        closable=closing.closable(found.fitting),
        cheapest=_least(offers.price_eur),
        earliest=_least(offers.start),
        nearest=_least(np.where(offers.is_online, np.nan, offers.distance_km)),
        entering=entering,
        leaving=leaving,
    )


def _least(values: FloatArray) -> int | None:
    """Position of the lowest number, the first of a tie."""
    return None if np.isnan(values).all() else int(np.nanargmin(values))
