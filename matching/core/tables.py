"""Several learners side by side, so that one pass over arrays answers all of them; one learner is a table of one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.core.arrays import BoolArray, FloatArray, Gap, IntArray, Wishes


@dataclass(frozen=True)
class WishTable:
    """The wishes of n learners, as columns of shape (n,), NaN where there is none.

    `languages`, `formats`, `moments` and `levels` have shape (n, n_codes + 2): whether a code is accepted; the last column but one stands
    for all higher codes, the last for UNKNOWN (-1), which always is. `rejected` is made the same way of rows of modules, and says which are
    not accepted: no higher one is. They are None where no learner has such a wish.
    """

    today: FloatArray
    earliest: FloatArray
    budget_eur: FloatArray
    hours_per_week: FloatArray
    most_hours_per_week: FloatArray
    latitude: FloatArray
    longitude: FloatArray
    max_km: FloatArray
    start_after: FloatArray
    finish_by: FloatArray
    lowest_nlqf: FloatArray
    highest_nlqf: FloatArray
    own_language: FloatArray
    languages: BoolArray | None
    formats: BoolArray | None
    moments: BoolArray | None
    levels: BoolArray | None
    rejected: BoolArray | None

    @classmethod
    def of(cls, wishes: Sequence[Wishes]) -> WishTable:
        """One row for each learner, in their order."""

        def column(values: Sequence[float | None]) -> FloatArray:
            return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

        return cls(
            today=column([wish.today for wish in wishes]),
            earliest=column([wish.earliest for wish in wishes]),
            budget_eur=column([wish.budget_eur for wish in wishes]),
            hours_per_week=column([wish.hours_per_week for wish in wishes]),
            most_hours_per_week=column([wish.hours_per_week if wish.keeps_to_hours else None for wish in wishes]),
            latitude=column([wish.near[0] if wish.near else None for wish in wishes]),
            longitude=column([wish.near[1] if wish.near else None for wish in wishes]),
            max_km=column([wish.max_km if wish.near else None for wish in wishes]),
            start_after=column([wish.start_after for wish in wishes]),
            finish_by=column([wish.finish_by for wish in wishes]),
            lowest_nlqf=column([wish.nlqf[0] if wish.nlqf else None for wish in wishes]),
            highest_nlqf=column([wish.nlqf[1] if wish.nlqf else None for wish in wishes]),
            own_language=column([wish.own_language for wish in wishes]),
            languages=_accepted([wish.languages for wish in wishes]),
            formats=_accepted([wish.formats for wish in wishes]),
            moments=_accepted([wish.moments for wish in wishes]),
            levels=_accepted([wish.levels for wish in wishes]),
            rejected=_rejected([wish.rejected for wish in wishes]),
        )

    def __len__(self) -> int:
        return len(self.today)


def _accepted(wanted: Sequence[frozenset[int] | None]) -> BoolArray | None:
    if all(codes is None for codes in wanted):
        return None
    size = max((code + 1 for codes in wanted if codes is not None for code in codes), default=0)
    table = np.zeros((len(wanted), size + 2), dtype=np.bool_)
    for row, codes in zip(table, wanted, strict=True):
        row[slice(None) if codes is None else [*codes, -1]] = True
    return table


def _rejected(unwanted: Sequence[frozenset[int] | None]) -> BoolArray | None:
    size = max((row + 1 for rows in unwanted for row in rows or ()), default=0)
    if not size:
        return None
    table = np.zeros((len(unwanted), size + 2), dtype=np.bool_)
    for own, rows in zip(table, unwanted, strict=True):
        own[[*(rows or ())]] = True
    return table


def accepts(table: BoolArray, learner: IntArray, codes: IntArray) -> BoolArray:
    """Whether each learner accepts the code beside it."""
    return np.asarray(table[learner, np.minimum(codes, table.shape[1] - 2)])


def each(column: NDArray[Any], learner: IntArray) -> NDArray[Any]:
    """The value of a column for each of `learner`; of a table of one row that row, for all."""
    return column if len(column) == 1 else column[learner]


@dataclass(frozen=True)
class Pairs:
    """Learners with modules. Shape (n_pairs,), by learner, then by row of the module, both ascending."""

    learner: IntArray
    row: IntArray

    def only(self, chosen: BoolArray | IntArray) -> Pairs:
        """The chosen pairs."""
        return Pairs(self.learner[chosen], self.row[chosen])


def pairs_of_one(rows: IntArray) -> Pairs:
    """One learner with the modules `rows`."""
    return Pairs(np.zeros(len(rows), dtype=np.int64), rows)


@dataclass(frozen=True)
class GapTable:
    """The gaps of n learners: as in `Gap`, of shape (n * n_skills,), one learner after the other.

    Where all of them are one and the same gap (`is_shared`), it stands here once, in shape (n_skills,).
    """

    held: FloatArray
    goal: FloatArray
    weight: FloatArray
    unknown: FloatArray
    n_learners: int
    n_skills: int
    is_shared: bool

    @classmethod
    def of(cls, gaps: Sequence[Gap]) -> GapTable:
        """One row for each learner, in their order; at least one."""
        is_shared = all(gap is gaps[0] for gap in gaps)
        columns: dict[str, Any] = {
            name: getattr(gaps[0], name) if is_shared else np.concatenate([getattr(gap, name) for gap in gaps])
            for name in ("held", "goal", "weight", "unknown")
        }
        return cls(**columns, n_learners=len(gaps), n_skills=len(gaps[0].held), is_shared=is_shared)

    def first(self, learner: IntArray) -> IntArray:
        """Where the gap of each of `learner` begins."""
        return np.zeros_like(learner) if self.is_shared else learner * self.n_skills
