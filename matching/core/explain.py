"""Why a module stands where it stands, from the same arrays as the score."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from matching.core.arrays import Gap, ModuleArrays
from matching.core.gap import is_open_question


@dataclass(frozen=True, slots=True)
class SkillSteps:
    """A skill column, and the levels from which and to which it goes."""

    column: int
    from_level: float
    to_level: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one module does for one learner.

    Attributes:
        closes: steps of the gap that it closes, widest and most important first.
        known: taught skills that the learner holds at that level already.
        missing: skills asked at entry, from the level held to the level asked.
        unknown: everyday skills asked at entry of which nobody has said anything: a question, and no lack.
        known_steps: level steps of what it teaches that the learner holds for certain; skills known up to a level count up to it.
    """

    closes: tuple[SkillSteps, ...]
    known: tuple[int, ...]
    missing: tuple[SkillSteps, ...]
    unknown: tuple[SkillSteps, ...]
    known_steps: float


def explanation(row: int, modules: ModuleArrays, gap: Gap) -> Explanation:
    """Explains the module in `row` of `modules`."""
    taught, required = _cells(modules.taught, row), dict(_cells(modules.required, row))
    closes, known, known_steps = [], [], 0.0
    for column, reached in taught:
        held, goal, entry = float(gap.held[column]), float(gap.goal[column]), required.get(column, 0.0)
        if gap.weight[column] > 0 and min(reached, goal) > max(held, entry):
            closes.append(SkillSteps(column, max(held, entry), min(reached, goal)))
        if held >= reached:
            known.append(column)
        known_steps += max(min(reached, math.floor(held)) - entry, 0.0)
    closes.sort(key=lambda step: (-gap.weight[step.column] * (step.to_level - step.from_level), step.column))
    short = [SkillSteps(column, float(gap.held[column]), asked) for column, asked in required.items() if gap.held[column] < asked]
    is_question = is_open_question(gap.unknown[[step.column for step in short]], np.array([step.to_level for step in short])).tolist()
    missing, unknown = (tuple(step for step, is_one in zip(short, is_question, strict=True) if is_one is kind) for kind in (False, True))
    return Explanation(tuple(closes), tuple(known), missing, unknown, known_steps)


def _cells(levels: csr_array[Any], row: int) -> list[tuple[int, float]]:
    """Columns and levels of one row, by column."""
    cells = slice(levels.indptr[row], levels.indptr[row + 1])
    return sorted(zip(levels.indices[cells].tolist(), levels.data[cells].astype(float).tolist(), strict=True))
