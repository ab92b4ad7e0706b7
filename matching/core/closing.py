"""What modules close of one gap, whatever the wishes: each by itself, and some of them together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.core.arrays import BoolArray, FloatArray, Gap, IntArray, ModuleArrays, ranges
from matching.core.gap import TOP_LEVEL, open_skills, taught_cells, width


@dataclass(frozen=True)
class Closing:
    """What is taught of the open skills.

    Attributes:
        closes_row, closes_column: shape (n_cells,): each module with each skill that it closes part of.
        steps: shape (n_modules,), weighted steps of the gap that each closes.
        begins: shape (n_modules + 1,): the levels that module row i brings to stand at `level[begins[i]:begins[i + 1]]`.
        level: position of a level of an open skill in `worth`.
        worth: shape (n_levels,), the weighted steps up to each level of each open skill.
        width: weighted steps of the whole gap.
    """

    closes_row: IntArray
    closes_column: IntArray
    steps: FloatArray
    begins: IntArray
    level: IntArray
    worth: FloatArray
    width: float

    @classmethod
    def of(cls, gap: Gap, modules: ModuleArrays) -> Closing:
        """What all modules close of a gap."""
        wanted = open_skills(gap)
        rows, columns, taught, entry = taught_cells(modules, wanted)
        closed = np.maximum(np.minimum(taught, gap.goal[columns]) - np.maximum(gap.held[columns], entry), 0.0)
        steps = np.bincount(rows, weights=closed * gap.weight[columns], minlength=modules.n_modules).astype(np.float64, copy=False)
        levels = np.arange(1, TOP_LEVEL + 1)
        above, upto = np.maximum(gap.held[wanted][:, None], levels - 1), np.minimum(gap.goal[wanted][:, None], levels)
        cell, at = np.nonzero((taught[:, None] >= levels) & (entry[:, None] < levels))
        order = np.argsort(rows[cell], kind="stable")
        cell, at = cell[order], at[order]
        return cls(
            closes_row=rows[closed > 0],
            closes_column=columns[closed > 0],
            steps=steps,
            begins=np.append(0, np.cumsum(np.bincount(rows[cell], minlength=modules.n_modules))),
            level=np.searchsorted(wanted, columns[cell]) * TOP_LEVEL + at,
            worth=(np.maximum(upto - above, 0.0) * gap.weight[wanted][:, None]).ravel(),
            width=width(gap),
        )

    def best_share(self, fitting: IntArray) -> float:
        """Share of the gap that one of some modules, by row, closes at most."""
        return float(self.steps[fitting].max() / self.width) if len(fitting) else 0.0

    def closable(self, fitting: IntArray) -> IntArray:
        """Columns of the skills that one of some modules closes part of, ascending."""
        is_fitting = np.zeros(len(self.steps), dtype=np.bool_)
        is_fitting[fitting] = True
        return np.unique(self.closes_column[is_fitting[self.closes_row]])

    def brought(self, group: IntArray, rows: IntArray, n_groups: int) -> BoolArray:
        """The levels that some modules of each group bring to; shape (n_groups, n_levels).

        One module may follow on another, so each level counts that one of them brings to from below.

        Args:
            group, rows: modules, each with the number of a group that it is in.
        """
        found = np.zeros((n_groups, len(self.worth)), dtype=np.bool_)
        owner, cells = ranges(self.begins[rows], self.begins[rows + 1])
        found[group[owner], self.level[cells]] = True
        return found

    def joint_share(self, brought: BoolArray) -> float:
        """Share of the gap that is closed with the levels, shape (n_levels,), that modules bring to."""
        return min(float(np.where(brought, self.worth, 0.0).sum() / self.width), 1.0) if self.width else 0.0
