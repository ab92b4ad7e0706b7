"""For each skill of the gap: how many modules within the wishes close part of it, and else what lies nearest outside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.core.arrays import BoolArray, EditionArrays, Gap, IntArray, ModuleArrays, Wishes
from matching.core.editions import offers_of
from matching.core.exclusions import Exclusion, unfit_offers
from matching.core.gap import closing_cells, uncovered_levels


@dataclass(frozen=True, slots=True)
class Miss:
    """An edition that closes part of a skill and breaks the fewest wishes: its row, that of its module, and the wishes in the way."""

    module: int
    edition: int
    wishes: tuple[Exclusion, ...]
    distance_km: float
    price_eur: float


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is for one skill: the number of fitting modules, a near miss where that is 0 and there is one, and the levels up to the
    goal that no fitting module brings anybody to."""

    modules: int
    near_miss: Miss | None
    uncovered: tuple[int, ...] = ()


def supply(gap: Gap, fitting: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> dict[int, Supply]:
    """The supply of each open skill, by column.

    Editions that nobody can join any more are no near miss, and neither are those of modules that the learner rejects. Of the others the
    one that breaks the fewest wishes is taken, then the nearest, the cheapest, and the one of lowest key.

    Args:
        fitting: rows of the modules that fit all wishes.
    """
    rows, columns = closing_cells(gap, modules)
    is_fitting = np.zeros(modules.n_modules, dtype=np.bool_)
    is_fitting[fitting] = True
    counts = np.bincount(columns[is_fitting[rows]], minlength=modules.n_skills)
    is_without = counts[columns] == 0
    misses = _near_misses(rows[is_without], columns[is_without], modules, editions, wishes)
    uncovered = uncovered_levels(gap, fitting, modules)
    return {column: Supply(int(counts[column]), misses.get(column), levels) for column, levels in uncovered.items()}


def _near_misses(rows: IntArray, columns: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> dict[int, Miss]:
    is_candidate = np.zeros(modules.n_modules, dtype=np.bool_)
    is_candidate[rows] = True
    candidates = np.flatnonzero(is_candidate)
    offers = offers_of(candidates, modules, editions, wishes)
    broken = dict(unfit_offers(offers, candidates, modules, editions, wishes))
    is_out = broken.pop(Exclusion.CLOSED) | broken.pop(Exclusion.REJECTED, False)
    n_broken = np.sum([*broken.values(), np.zeros(len(is_out))], axis=0)
    order = np.lexsort(
        (
            modules.key[candidates[offers.candidate]],
            np.nan_to_num(offers.price_eur, nan=np.inf),
            np.nan_to_num(offers.distance_km, nan=np.inf),
            n_broken,
        )
    )
    order = order[~is_out[order]]
    # The best offer of each module comes first; a skill takes the best of its modules.
    of_candidate, first = np.unique(offers.candidate[order], return_index=True)
    place = np.full(len(candidates), len(order), dtype=np.int64)
    place[of_candidate] = first
    found: dict[int, Miss] = {}
    for column in np.unique(columns).tolist():
        best = int(place[np.searchsorted(candidates, rows[columns == column])].min())
        if best < len(order):
            at = int(order[best])
            found[column] = Miss(
                module=int(candidates[offers.candidate[at]]),
                edition=int(offers.edition[at]),
                wishes=_in_the_way(broken, at),
                distance_km=float(offers.distance_km[at]),
                price_eur=float(offers.price_eur[at]),
            )
    return found


def _in_the_way(broken: dict[Exclusion, BoolArray], at: int) -> tuple[Exclusion, ...]:
    return tuple(wish for wish, is_unfit in broken.items() if is_unfit[at])
