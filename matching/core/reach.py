"""Which occupations are within reach, and which modules bring the most of them there: for who does not know yet what to become."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.core.arrays import BoolArray, EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes, check_length, ranges
from matching.core.editions import Offers
from matching.core.exclusions import survivors
from matching.core.gap import is_open_question
from matching.core.steps import entry_steps
from matching.core.tables import GapTable, WishTable, pairs_of_one

SHARE_IN_REACH = 0.8
"""With four in five of its essential skills an occupation is one to apply for: the rest is learned in it."""

FEWEST_ESSENTIAL = 5
"""A shorter list than this says too little of an occupation to call it within reach."""

_ROUNDING = 1e-9


@dataclass(frozen=True)
class EssentialNeeds:
    """The essential skills of all occupations. Shape (n_needs,).

    Attributes:
        occupation: number of the occupation, never descending.
        column, level: skill and level asked, 1-4.
        n_occupations: how many there are, those without needs too.
    """

    occupation: IntArray
    column: IntArray
    level: IntArray
    n_occupations: int


@dataclass(frozen=True)
class Reach:
    """Where somebody stands, and what modules would add.

    Attributes:
        share: shape (n_occupations,), of the essential skills that is held; NaN for occupations that are not judged.
        module: shape (n_found,), rows of modules that bring something within reach, most first.
        offer: shape (n_found,), the cheapest fitting edition of each, of those the first to start.
        brought: the occupations that each brings within reach, the fullest first.
        reached: the share of each of `brought` with that module.
        total: modules that bring something within reach.
    """

    share: FloatArray
    module: IntArray
    offer: Offers
    brought: list[IntArray]
    reached: list[FloatArray]
    total: int


def reach(
    needs: EssentialNeeds, modules: ModuleArrays, editions: EditionArrays, gap: Gap, wishes: Wishes, excluded: BoolArray, *, limit: int
) -> Reach:
    """The modules that one can begin now and that bring most occupations within reach.

    A skill counts as held at the level that the occupation asks, for certain; what is a question counts on neither side. Modules fit the
    hard wishes, and nothing that they ask at entry is missing. Most occupations first; then the highest shares together, lowest price, key.

    Args:
        gap: `held` and `unknown` count; the goal does not.
        excluded: shape (n_occupations,), occupations that are not looked for.

    Raises:
        ShapeMismatch: `excluded` is not as long as there are occupations.
    """
    check_length("excluded", excluded, needs.n_occupations)
    counts = ~is_open_question(gap.unknown[needs.column], needs.level.astype(np.float64)) | (gap.held[needs.column] >= needs.level)
    held = counts & (gap.held[needs.column] >= needs.level)
    asked = np.bincount(needs.occupation[counts], minlength=needs.n_occupations)
    has = np.bincount(needs.occupation[held], minlength=needs.n_occupations)
    is_judged = (asked >= FEWEST_ESSENTIAL) & ~excluded
    share = np.where(is_judged, has / np.maximum(asked, 1), np.nan)
    short = np.ceil(SHARE_IN_REACH * asked - _ROUNDING).astype(np.int64) - has
    # No module teaches more skills than this, so occupations that lack more are out of reach of each.
    most = np.diff(modules.taught.indptr).max(initial=0)
    is_near = is_judged & (short > 0) & (short <= most)
    module, occupation, gained = _gains(needs, counts & ~held & is_near[needs.occupation], modules)
    brings = gained >= short[occupation]
    module, occupation = module[brings], occupation[brings]
    reached = (has[occupation] + gained[brings]) / asked[occupation]
    rows, offers = _open(np.unique(module), modules, editions, gap, wishes)
    number = np.bincount(module, minlength=modules.n_modules)[rows]
    together = np.bincount(module, weights=reached, minlength=modules.n_modules)[rows]
    order = np.lexsort((modules.key[rows], np.nan_to_num(offers.price_eur, nan=np.inf), -np.round(together, 9), -number))[:limit]
    of_module = [np.flatnonzero(module == row) for row in rows[order].tolist()]
    of_module = [own[np.lexsort((occupation[own], -np.round(reached[own], 9)))] for own in of_module]
    return Reach(
        share, rows[order], offers.only(order), [occupation[own] for own in of_module], [reached[own] for own in of_module], len(rows)
    )


def _gains(needs: EssentialNeeds, missing: BoolArray, modules: ModuleArrays) -> tuple[IntArray, IntArray, IntArray]:
    """For each module and occupation of which it teaches missing skills: both, and how many skills. Only `missing` needs are looked at."""
    cells = np.flatnonzero(missing)
    taught = modules.taught_by_skill
    owners, at = ranges(taught.indptr[needs.column[cells]], taught.indptr[needs.column[cells] + 1])
    is_enough = taught.data[at] >= needs.level[cells[owners]]
    pair = taught.indices[at[is_enough]].astype(np.int64) * needs.n_occupations + needs.occupation[cells[owners[is_enough]]]
    pairs, gained = np.unique(pair, return_counts=True)
    return (*np.divmod(pairs, max(needs.n_occupations, 1)), gained)


def _open(rows: IntArray, modules: ModuleArrays, editions: EditionArrays, gap: Gap, wishes: Wishes) -> tuple[IntArray, Offers]:
    """Those of the modules `rows` that can be begun and fit the wishes, and the best edition of each."""
    asked, met = entry_steps(pairs_of_one(rows), GapTable.of([gap]), modules)
    rows = rows[met >= asked]
    offers, _ = survivors(pairs_of_one(rows), modules, editions, WishTable.of([wishes]))
    order = np.lexsort((np.nan_to_num(offers.start, nan=np.inf), np.nan_to_num(offers.price_eur, nan=np.inf), offers.candidate))
    fitting, first = np.unique(offers.candidate[order], return_index=True)
    return rows[fitting], offers.only(order[first])
