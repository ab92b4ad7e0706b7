"""What modules mean to learners, in level steps: closed, asked, met, known already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.core.arrays import FloatArray, IntArray, ModuleArrays, ranges
from matching.core.gap import is_open_question
from matching.core.tables import GapTable, Pairs


@dataclass(frozen=True)
class Steps:
    """Level steps of each pair of learner and module. All of shape (n_pairs,).

    Attributes:
        closed: of the gap that the module closes, weighted by importance; `closed_plain` without the weights.
        asked: at entry, without open questions; `met`: those of them that the learner holds.
        known: of what is taught that the learner holds for certain; `taught`: all that is.
        known_of_goal: expected steps of what is taught that the learner holds, in skills of the goal.
        hours: study load, NaN where not stated.
    """

    closed: FloatArray
    closed_plain: FloatArray
    asked: FloatArray
    met: FloatArray
    known: FloatArray
    known_of_goal: FloatArray
    taught: FloatArray
    hours: FloatArray


def closing_pairs(gaps: GapTable, modules: ModuleArrays) -> Pairs:
    """Every learner with every module that closes part of their gap."""
    number, column = np.divmod(np.flatnonzero((gaps.goal > gaps.held) & (gaps.weight > 0)), max(gaps.n_skills, 1))
    taught, at = modules.taught_by_skill, number * gaps.n_skills + column
    owners, cells = ranges(taught.indptr[column], taught.indptr[column + 1])
    is_closed = np.minimum(taught.data[cells], gaps.goal[at][owners]) > np.maximum(
        gaps.held[at][owners], modules.entry_by_skill.data[cells]
    )
    closes = np.zeros((1 if gaps.is_shared else gaps.n_learners) * modules.n_modules, dtype=np.bool_)
    closes[(number[owners] * modules.n_modules + taught.indices[cells])[is_closed]] = True
    pairs = Pairs(*np.divmod(np.flatnonzero(closes), max(modules.n_modules, 1)))
    if not gaps.is_shared:
        return pairs
    # What closes one gap closes it for everybody who has it.
    return Pairs(np.repeat(np.arange(gaps.n_learners), len(pairs.row)), np.tile(pairs.row, gaps.n_learners))


def steps_of(pairs: Pairs, gaps: GapTable, modules: ModuleArrays) -> Steps:
    """The steps of each pair.

    A module closes a skill from the held level, or from the level that it asks of that skill at entry where that is higher, up to the
    level that it teaches, at most up to the goal; surplus earns nothing.
    """
    first = gaps.first(pairs.learner)
    owners, cells = ranges(modules.taught.indptr[pairs.row], modules.taught.indptr[pairs.row + 1])
    at = first[owners] + modules.taught.indices[cells]
    taught, entry = modules.taught.data[cells].astype(np.float64), modules.taught_entry[cells]
    held, weight = gaps.held[at], gaps.weight[at]
    closed = np.maximum(np.minimum(taught, gaps.goal[at]) - np.maximum(held, entry), 0.0)
    known, expected = (np.maximum(np.minimum(taught, level) - entry, 0.0) for level in (np.floor(held), held))
    asked, met = entry_steps(pairs, gaps, modules)
    return Steps(
        closed=_summed(owners, closed * weight, len(pairs.row)),
        closed_plain=_summed(owners, closed * (weight > 0), len(pairs.row)),
        asked=asked,
        met=met,
        known=_summed(owners, known, len(pairs.row)),
        known_of_goal=_summed(owners, expected * (weight > 0), len(pairs.row)),
        taught=modules.taught_steps[pairs.row],
        hours=modules.hours[pairs.row],
    )


def entry_steps(pairs: Pairs, gaps: GapTable, modules: ModuleArrays) -> tuple[FloatArray, FloatArray]:
    """Level steps that each module asks at entry, and how many of them the learner holds; open questions count in neither.

    Returns:
        Asked and met, each of shape (n_pairs,).
    """
    owners, cells = ranges(modules.required.indptr[pairs.row], modules.required.indptr[pairs.row + 1])
    at = gaps.first(pairs.learner)[owners] + modules.required.indices[cells]
    asked = modules.required.data[cells].astype(np.float64)
    asked = np.where(is_open_question(gaps.unknown[at], asked), 0.0, asked)
    return _summed(owners, asked, len(pairs.row)), _summed(owners, np.minimum(asked, gaps.held[at]), len(pairs.row))


def _summed(owners: IntArray, values: FloatArray, size: int) -> FloatArray:
    return np.bincount(owners, weights=values, minlength=size).astype(np.float64, copy=False)
