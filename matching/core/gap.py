"""The gap in level steps: how wide it is, and how much of it each module closes."""

from __future__ import annotations

import numpy as np

from matching.core.arrays import BoolArray, FloatArray, Gap, IntArray, ModuleArrays, ranges

EVERYDAY_LEVEL = 2
"""Up to this level an everyday skill is taken for granted until somebody says otherwise; above it, it has to be said."""

TOP_LEVEL = 4


def open_skills(gap: Gap) -> IntArray:
    """Columns of the skills that are wanted at a higher level than held, ascending."""
    return np.flatnonzero((gap.goal > gap.held) & (gap.weight > 0))


def width(gap: Gap) -> float:
    """Weighted level steps from held to goal. Holding more never makes it larger."""
    return float(np.sum(gap.weight * np.maximum(gap.goal - gap.held, 0.0)))


def closing_cells(gap: Gap, modules: ModuleArrays) -> tuple[IntArray, IntArray]:
    """Row and column of each open skill that a module closes part of."""
    rows, columns, taught, entry = taught_cells(modules, open_skills(gap))
    closes = np.minimum(taught, gap.goal[columns]) > np.maximum(gap.held[columns], entry)
    return rows[closes], columns[closes]


def unclosed_skills(gap: Gap, modules: ModuleArrays) -> IntArray:
    """Columns of the open skills that no module teaches above the held level, ascending."""
    columns = open_skills(gap)
    _, of_cell, taught, _ = taught_cells(modules, columns)
    return np.setdiff1d(columns, of_cell[taught > gap.held[of_cell]])


def uncovered_levels(gap: Gap, fitting: IntArray, modules: ModuleArrays) -> dict[int, tuple[int, ...]]:
    """For each open skill, by column, the levels above the held one and up to the goal that none of some modules brings anybody to.

    A module brings to every level above what it asks of that skill at entry, up to what it teaches; so two modules may follow on each
    other. What it asks of other skills does not count.

    Args:
        fitting: rows of the modules that count.
    """
    rows, columns, taught, entry = taught_cells(modules, open_skills(gap))
    is_fitting = np.zeros(modules.n_modules, dtype=np.bool_)
    is_fitting[fitting] = True
    counts = is_fitting[rows]
    brought = {level: set(columns[counts & (taught >= level) & (entry < level)].tolist()) for level in range(1, TOP_LEVEL + 1)}
    return {
        column: tuple(level for level, brings in brought.items() if gap.held[column] < level <= gap.goal[column] and column not in brings)
        for column in open_skills(gap).tolist()
    }


def is_open_question(unknown: FloatArray, asked: FloatArray) -> BoolArray:
    """Whether what is asked at entry is a question, rather than something that is held or lacking: a skill of which nobody has said
    anything, at no higher level than `unknown`."""
    return np.asarray(asked <= unknown, dtype=np.bool_)


def taught_cells(modules: ModuleArrays, columns: IntArray) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """What is taught of some skills: rows, columns, level reached, and level asked of that skill at entry; in the order of `columns`."""
    levels = modules.taught_by_skill
    owners, cells = ranges(levels.indptr[columns], levels.indptr[columns + 1])
    taught, entry = levels.data[cells].astype(np.float64), modules.entry_by_skill.data[cells].astype(np.float64)
    return levels.indices[cells].astype(np.int64), columns[owners], taught, entry
