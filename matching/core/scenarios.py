"""One learner under several sets of wishes: what fits each, what that closes of the gap, and what comes in and falls out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.core.arrays import BoolArray, EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes
from matching.core.editions import offers_of
from matching.core.exclusions import Exclusion, surviving, unfit_offers
from matching.core.gap import TOP_LEVEL, open_skills, taught_cells, width
from matching.core.learners import GapTable
from matching.core.ranking import Ranking, rankings
from matching.core.steps import closing_pairs


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
    closing = _Closing.of(gap, modules)
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


def brought_in(
    modules: ModuleArrays, editions: EditionArrays, gap: Gap, wishes: Wishes, wider: Sequence[Sequence[Wishes]]
) -> list[list[int]]:
    """How many modules more fit with each of some wider wishes.

    Args:
        wider: groups of wishes; the first of each group is the widest, which every module that fits another of that group fits too.

    Returns:
        For each group, one number for each of its wishes but the first.
    """
    candidates = closing_pairs(GapTable.of([gap]), modules).row
    outside = np.setdiff1d(candidates, _fitting(candidates, modules, editions, wishes), assume_unique=True)
    counts = []
    for widest, *others in wider:
        # Only what the widest lets in can be let in by another.
        reachable = _fitting(outside, modules, editions, widest)
        counts.append([len(_fitting(reachable, modules, editions, one)) for one in others])
    return counts


@dataclass(frozen=True)
class _Closing:
    """What is taught of the open skills, whatever the wishes: cells of shape (n_cells,), and steps of shape (n_modules,)."""

    gap: Gap
    rows: IntArray
    columns: IntArray
    taught: FloatArray
    entry: FloatArray
    is_closed: BoolArray
    steps: FloatArray
    width: float

    @classmethod
    def of(cls, gap: Gap, modules: ModuleArrays) -> _Closing:
        rows, columns, taught, entry = taught_cells(modules, open_skills(gap))
        closed = np.maximum(np.minimum(taught, gap.goal[columns]) - np.maximum(gap.held[columns], entry), 0.0)
        steps = np.bincount(rows, weights=closed * gap.weight[columns], minlength=modules.n_modules).astype(np.float64, copy=False)
        return cls(gap, rows, columns, taught, entry, closed > 0, steps, width(gap))

    def best_share(self, fitting: IntArray) -> float:
        return float(self.steps[fitting].max() / self.width) if len(fitting) else 0.0

    def closable(self, is_fitting: BoolArray) -> IntArray:
        return np.unique(self.columns[is_fitting[self.rows] & self.is_closed])

    def joint_share(self, is_fitting: BoolArray) -> float:
        """One module may follow on another, so each level counts that some module brings to from below."""
        if not self.width:
            return 0.0
        held, goal, weight = self.gap.held, self.gap.goal, self.gap.weight
        counts = is_fitting[self.rows]
        total = 0.0
        for level in range(1, TOP_LEVEL + 1):
            brought = np.unique(self.columns[counts & (self.taught >= level) & (self.entry < level)])
            part = np.maximum(np.minimum(goal[brought], level) - np.maximum(held[brought], level - 1), 0.0)
            total += float(np.sum(part * weight[brought]))
        return min(total / self.width, 1.0)


def _outcome(found: Ranking, closing: _Closing, entering: Moved, leaving: Moved) -> Outcome:
    is_fitting = np.zeros(len(closing.steps), dtype=np.bool_)
    is_fitting[found.fitting] = True
    offers = found.fitting_offers
    return Outcome(
        ranking=found,
        best_share=closing.best_share(found.fitting),
        joint_share=closing.joint_share(is_fitting),
        closable=closing.closable(is_fitting),
        cheapest=_least(offers.price_eur),
        earliest=_least(offers.start),
        nearest=_least(np.where(offers.is_online, np.nan, offers.distance_km)),
        entering=entering,
        leaving=leaving,
    )


def _least(values: FloatArray) -> int | None:
    """Position of the lowest number, the first of a tie."""
    return None if np.isnan(values).all() else int(np.nanargmin(values))


def _fitting(rows: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> IntArray:
    offers, _ = surviving(rows, modules, editions, wishes)
    return rows[np.unique(offers.candidate)]
