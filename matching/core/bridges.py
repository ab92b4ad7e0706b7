"""What to follow first, where an entry requirement is missing: the module that an advisor would name, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from matching.core.arrays import BoolArray, EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes
from matching.core.exclusions import surviving
from matching.core.explain import SkillSteps
from matching.core.gap import entry_steps

MAIN_SHARE = 1 / 3
"""A skill that takes at least a third of the steps that a module teaches, and no fewer than another, is what that module is for."""

MAIN_SHARE_OF_SHARED = 1 / 2
"""Reporting, presenting and the like come along in modules of every trade: only where they are half of it, they are what it is for."""

MOST_LACKING_STEPS = 2.0
"""A first step that asks a long way of its own is no first step: it may lack one skill up to "with help"."""


def bridges(
    missing: Mapping[int, Iterable[SkillSteps]], modules: ModuleArrays, editions: EditionArrays, gap: Gap, wishes: Wishes, shared: BoolArray
) -> dict[tuple[int, int], int]:
    """For each missing entry skill the module that is best taken first; better none than one that does not suit.

    It teaches the skill from the level held up to the level asked (so it is never the module itself), as a main outcome. It is of no
    higher level than the module that asks, and in one of the wished languages, or else in that module's. It fits the hard wishes, and
    the learner lacks at most MOST_LACKING_STEPS to begin it. Of those the one for which least is lacking, then of fewest hours, then of
    lowest key.

    Args:
        missing: by module row, what is missing at its entry.
        shared: shape (n_skills,), whether a skill is of use in every trade.

    Returns:
        Row of the bridging module by (module row, skill column); pairs that no module bridges are absent.
    """
    columns = np.unique([step.column for steps in missing.values() for step in steps]).astype(np.int64)
    if not len(columns):
        return {}
    teaching, asking = modules.taught_by_skill[:, columns], modules.entry_by_skill[:, columns]
    least = np.repeat(np.where(shared[columns], MAIN_SHARE_OF_SHARED, MAIN_SHARE), np.diff(teaching.indptr))
    brought = teaching.data - asking.data.astype(np.float64)
    is_main = brought >= np.maximum(least * modules.taught_steps[teaching.indices], modules.widest_steps[teaching.indices])
    asked, met = entry_steps(gap, modules)
    lacking = asked - met
    main = np.unique(teaching.indices[is_main]).astype(np.int64)
    fits = _fitting(main[lacking[main] <= MOST_LACKING_STEPS], modules, editions, wishes)
    found: dict[tuple[int, int], int] = {}
    for row, steps in missing.items():
        for step in steps:
            at = int(np.searchsorted(columns, step.column))
            cells = slice(teaching.indptr[at], teaching.indptr[at + 1])
            is_able = is_main[cells] & (teaching.data[cells] >= step.to_level) & (asking.data[cells] <= step.from_level)
            able = teaching.indices[cells][is_able].astype(np.int64)
            able = able[fits[able]]
            able = able[_suits(able, row, modules, wishes)]
            if len(able):
                found[row, step.column] = _first(able, lacking, np.nan_to_num(modules.hours, nan=np.inf), modules.key)
    return found


def _fitting(rows: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> BoolArray:
    """Which of the modules `rows` fit the wishes. Shape (n_modules,)."""
    offers, _ = surviving(rows, modules, editions, wishes)
    fits = np.zeros(modules.n_modules, dtype=np.bool_)
    fits[rows[offers.candidate]] = True
    return fits


def _suits(rows: IntArray, asking: int, modules: ModuleArrays, wishes: Wishes) -> BoolArray:
    """Whether each of the modules `rows` can stand before the module `asking`: not above it, and in a language that the learner reads."""
    highest = modules.nlqf[asking]
    if np.isnan(highest) and wishes.nlqf is not None:
        highest = wishes.nlqf[1]
    # A module without a level, and any before a module of which no level is known, is not above it.
    is_above = modules.nlqf[rows] > highest
    is_own_language = modules.language[rows] == modules.language[asking] if wishes.languages is None else True
    return np.asarray(~is_above & is_own_language, dtype=np.bool_)


def _first(rows: IntArray, *orders: FloatArray | IntArray) -> int:
    """The row that is lowest in the first order, ties settled by the next."""
    for order in orders:
        values = order[rows]
        rows = rows[values == values.min()]
    return int(rows[0])
