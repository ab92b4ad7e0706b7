"""What to follow first, where an entry requirement is missing: the module that an advisor would name, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.core.arrays import BoolArray, EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes, ranges
from matching.core.exclusions import survivors
from matching.core.explain import SkillSteps
from matching.core.steps import entry_steps
from matching.core.tables import GapTable, WishTable, pairs_of_one

MAIN_SHARE = 1 / 3
"""A skill that takes at least a third of the steps that a module teaches, and no fewer than another, is what that module is for."""

MAIN_SHARE_OF_SHARED = 1 / 2
"""Reporting, presenting and the like come along in modules of every trade: only where they are half of it, they are what it is for."""

LOOKED_AT = (60, 600)
"""Of each skill the shortest modules, in two rounds: nearly always one of the first will do, and a longer one than all of these is no first
step."""

MOST_LACKING_STEPS = 2.0
"""A first step that asks a long way of its own is no first step: it may lack one skill up to "with help"."""


@dataclass(frozen=True)
class FirstSteps:
    """Which modules have each skill as a main outcome; the same for every learner.

    Attributes:
        begins: shape (n_skills + 1,): those of skill column c stand at `begins[c]:begins[c + 1]` of the others, of fewest hours first, then
            of lowest key.
        row: of the module; `taught`: the level it reaches; `asked`: the level that it asks of that same skill at entry.
    """

    begins: IntArray
    row: IntArray
    taught: NDArray[Any]
    asked: NDArray[Any]

    @classmethod
    def of(cls, modules: ModuleArrays, shared: BoolArray) -> FirstSteps:
        """Looks through all modules. `shared` has shape (n_skills,): whether a skill is of use in every trade."""
        teaching = modules.taught_by_skill
        column = np.repeat(np.arange(modules.n_skills), np.diff(teaching.indptr))
        main = np.flatnonzero(modules.main_share >= np.where(shared, MAIN_SHARE_OF_SHARED, MAIN_SHARE)[column])
        rows = teaching.indices[main].astype(np.int64)
        hours = np.where(np.isnan(modules.hours), np.inf, modules.hours)[rows]
        order = np.lexsort((modules.key[rows], hours, column[main]))
        counts = np.bincount(column[main], minlength=modules.n_skills)
        return cls(
            begins=np.append(0, np.cumsum(counts)),
            row=rows[order],
            taught=teaching.data[main][order],
            asked=modules.entry_by_skill.data[main][order],
        )


def bridges(
    missing: Mapping[int, Iterable[SkillSteps]],
    modules: ModuleArrays,
    editions: EditionArrays,
    gap: Gap,
    wishes: Wishes,
    first_steps: FirstSteps,
) -> dict[tuple[int, int], int]:
    """For each missing entry skill the module that is best taken first; better none than one that does not suit.

    It teaches the skill from the level held up to the level asked (so it is never the module itself), as a main outcome. It is of no
    higher level than the module that asks, and in one of the wished languages, or else in that module's. It fits the hard wishes, and
    the learner lacks at most MOST_LACKING_STEPS to begin it. Of those (of the shortest LOOKED_AT of each skill) the one for which least is
    lacking, then of fewest hours, then of lowest key.

    Args:
        missing: by module row, what is missing at its entry.

    Returns:
        Row of the bridging module by (module row, skill column); pairs that no module bridges are absent.
    """
    waiting = [(row, step) for row, steps in missing.items() for step in steps]
    found: dict[tuple[int, int], int] = {}
    for most in LOOKED_AT:
        best = _best(waiting, most, modules, editions, gap, wishes, first_steps) if waiting else {}
        found |= {asked: row for asked, (row, _) in best.items()}
        # Of the modules for which nothing is lacking, the first is the best: there is no need to look at the others.
        settled = {asked for asked, (_, lacking) in best.items() if lacking == 0}
        waiting = [(row, step) for row, step in waiting if (row, step.column) not in settled]
    return found


def _best(
    waiting: Sequence[tuple[int, SkillSteps]],
    most: int,
    modules: ModuleArrays,
    editions: EditionArrays,
    gap: Gap,
    wishes: Wishes,
    first_steps: FirstSteps,
) -> dict[tuple[int, int], tuple[int, float]]:
    """The first step for each that waits, and the steps lacking for it; of each skill only the first `most` modules are looked at."""
    asking, column = np.array([(row, step.column) for row, step in waiting], dtype=np.int64).T
    to_level, from_level = np.array([(step.to_level, step.from_level) for _, step in waiting]).T
    begins = first_steps.begins[column]
    owners, cells = ranges(begins, np.minimum(first_steps.begins[column + 1], begins + most))
    able = np.flatnonzero((first_steps.taught[cells] >= to_level[owners]) & (first_steps.asked[cells] <= from_level[owners]))
    owners, rows = owners[able], first_steps.row[cells[able]]
    suits = _suits(rows, asking[owners], modules, wishes)
    owners, rows = owners[suits], rows[suits]
    lacking = _lacking(rows, modules, editions, gap, wishes)[rows]
    near = np.flatnonzero(lacking <= MOST_LACKING_STEPS)
    # Of each that waits the one for which least is lacking; of equals the first, as the modules of a skill stand in their order.
    order = near[np.lexsort((lacking[near], owners[near]))]
    firsts = order[np.flatnonzero(np.diff(owners[order], prepend=-1))]
    chosen = zip(owners[firsts].tolist(), rows[firsts].tolist(), lacking[firsts].tolist(), strict=True)
    return {(waiting[owner][0], waiting[owner][1].column): (row, steps) for owner, row, steps in chosen}


def _lacking(rows: IntArray, modules: ModuleArrays, editions: EditionArrays, gap: Gap, wishes: Wishes) -> FloatArray:
    """Level steps that the learner lacks at the entry of each of `rows` that fits the wishes; endless for others. Shape (n_modules,)."""
    is_asked = np.zeros(modules.n_modules, dtype=np.bool_)
    is_asked[rows] = True
    candidates = pairs_of_one(np.flatnonzero(is_asked))
    asked, met = entry_steps(candidates, GapTable.of([gap]), modules)
    is_near = asked - met <= MOST_LACKING_STEPS
    candidates, steps = candidates.only(is_near), (asked - met)[is_near]
    offers, _ = survivors(candidates, modules, editions, WishTable.of([wishes]))
    lacking = np.full(modules.n_modules, np.inf)
    lacking[candidates.row[offers.candidate]] = steps[offers.candidate]
    return lacking


def _suits(rows: IntArray, asking: IntArray, modules: ModuleArrays, wishes: Wishes) -> BoolArray:
    """Whether each of the modules `rows` can stand before the module `asking` beside it: not above it, and in a language that the learner
    reads."""
    highest = modules.nlqf[asking]
    if wishes.nlqf is not None:
        highest = np.where(np.isnan(highest), wishes.nlqf[1], highest)
    # A module without a level, and any before a module of which no level is known, is not above it.
    is_above = modules.nlqf[rows] > highest
    is_own_language = modules.language[rows] == modules.language[asking] if wishes.languages is None else True
    return np.asarray(~is_above & is_own_language, dtype=np.bool_)
