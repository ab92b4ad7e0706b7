"""The plan that a sensible person makes without much reckoning: what brings most for its price comes first, and gets its dates at once.

It is where the search begins, so that no answer is worse, and what the benchmark compares with. It keeps to every wish.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matching.core.arrays import BoolArray, FloatArray
from matching.core.path_candidates import TOLERANCE, StepNodes
from matching.core.path_schedule import Job, Placed, Timetable

LEAST_STEPS = 1e-9
"""Weighted steps that count as nothing."""


def greedy(
    steps: StepNodes, is_open: BoolArray, unit: FloatArray, target: float, job_of: Callable[[int], Job], timetable: Timetable
) -> tuple[tuple[Job, ...], tuple[Placed, ...]] | None:
    """Modules with their dates that reach `target` weighted steps; None where it gets stuck before.

    Again and again the module with most of what is still lacking for a unit of the aim (and one), of those of which all that they ask has
    been given. It starts as early as it goes; one that finds no dates, hours or money any more is passed over.

    Args:
        is_open: shape (n_modules,), whether each can be had.
        unit: shape (n_modules,), what each adds to the aim.
        timetable: dates, hours and money that there are; its jobs are replaced.
    """
    giver, node = steps.givers(np.flatnonzero(steps.value > 0))
    giver, node = giver[is_open[giver]], node[is_open[giver]]
    modules, giver = np.unique(giver, return_inverse=True)
    begin = np.searchsorted(steps.need_module, modules)
    count = np.searchsorted(steps.need_module, modules, side="right") - begin
    asker = np.repeat(np.arange(len(modules)), count)
    need = steps.need_node[np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())]
    reached, is_left = steps.is_held.copy(), np.ones(len(modules), dtype=np.bool_)
    jobs, placed, covered, spent = list[Job](), list[Placed](), 0.0, 0.0
    while covered < target - TOLERANCE:
        gain = np.bincount(giver, weights=np.where(reached[node], 0.0, steps.value[node]), minlength=len(modules))
        lacking = np.bincount(asker, weights=~reached[need], minlength=len(modules))
        worth = np.where(is_left & (gain > LEAST_STEPS) & (lacking == 0), gain / (unit[modules] + 1.0), 0.0)
        if not worth.any():
            return None
        best = int(worth.argmax())
        is_left[best] = False
        timetable.jobs = [*jobs, job_of(int(modules[best]))]
        options = [
            one for one in timetable.next_options(placed, [len(jobs)]) if spent + one.mode.price_eur <= timetable.budget_eur + TOLERANCE
        ]
        if options:
            placed = [*placed, min(options, key=lambda one: (*timetable.key(one.mode.cost, one.end), one.mode.run))]
            jobs = [*timetable.jobs]
            covered, spent = covered + float(gain[best]), spent + placed[-1].mode.price_eur
            reached[list(jobs[-1].gives)] = True
    return tuple(jobs), tuple(placed)
