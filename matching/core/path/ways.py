"""The cheapest way to each module, with all that opens the way to it."""

from __future__ import annotations

import numpy as np

from matching.core.arrays import BoolArray, FloatArray
from matching.core.path.candidates import LEVELS, StepNodes


def cheapest_ways(
    steps: StepNodes, cost: FloatArray, is_open: BoolArray, had: FloatArray, needs_together: np.ufunc
) -> tuple[FloatArray, FloatArray]:
    """What each module takes with the cheapest way to it, and each node; inf where there is none. Shapes (n_modules,) and (n_nodes,).

    Args:
        cost: shape (n_modules,), what each takes by itself, at least 0.
        is_open: shape (n_modules,), which may be taken.
        had: shape (n_nodes,), 0 for what is there already, else inf.
        needs_together: what several needs of a module take: `np.maximum` is never too much, `np.add` counts twice what two of them share.
    """
    gives, needs = is_open[steps.give_module], is_open[steps.need_module]
    giver, top = steps.give_module[gives], steps.top_node[gives]
    asker, need = steps.need_module[needs], steps.need_node[needs]
    while True:
        way = np.zeros(len(cost))
        needs_together.at(way, asker, had[need])
        way = np.where(is_open, way + cost, np.inf)
        found = had.copy()
        np.minimum.at(found, top, way[giver])
        by_level = found.reshape(-1, LEVELS)
        for level in range(LEVELS - 2, -1, -1):
            np.minimum(by_level[:, level], by_level[:, level + 1], out=by_level[:, level])
        if np.array_equal(found, had):
            return way, had
        had = found
