"""What no path takes less than, in euros or kilometres: from the modules alone that take any.

Most modules of a large catalogue may be free. Told apart by the little that settles between equals, thousands of those make the cover slow,
and yet they never decide what a path costs. So here all that free runs give, one after the other, counts as had: each as early as it goes,
as if hours were no matter. What is left to choose are the few modules that bring the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.core.arrays import BoolArray, FloatArray, IntArray
from matching.core.path.candidates import NEVER, first_ends
from matching.core.path.cover import Cover
from matching.core.path.cuts import order_cuts
from matching.core.path.field import Field
from matching.core.path.instance import Side
from matching.core.path.problem import EXACT
from matching.core.path.schedule import stuck
from matching.core.path.task import Found, Task

MOST_ORDERS = 20
"""Sets of modules that are asked whether they could follow one another."""

NEARLY = 0.9
"""Share of the slack by which less is looked for: less than all of it, so that rounding never makes a proof of none."""


@dataclass
class Floor:
    """Of the paths of one task.

    Attributes:
        slack: euros or km that are as good as none.
        least: no path takes less, as far as is known.
    """

    task: Task
    slack: float
    seconds_left: Callable[[], float]
    least: float = 0.0
    _is_known: bool = False

    def is_met(self, found: Found) -> bool:
        """Whether it is known that no path takes less than this one, whatever settles between equals."""
        return self.task.spared is not None and self.task.taken(found) <= self.least + self.slack

    def is_reached(self, found: Found) -> bool:
        """The same, once the least is looked for."""
        if self.task.spared is None:
            return False
        own = self.task.taken(found)
        if own > self.least + self.slack and not self._is_known:
            self.least = least_amount(self.task, self.task.spared, own - NEARLY * self.slack, self.slack, self.seconds_left)
            self._is_known = True
        return own <= self.least + self.slack


def least_amount(task: Task, amount: FloatArray, below: float, slack: float, seconds_left: Callable[[], float]) -> float:
    """No path that reaches the target takes less than this, at least 0.

    Args:
        amount: shape (n_runs,), what each run takes.
        below: no more is asked than whether any path takes less than this.
    """
    question, (rest, kept, given) = task.question, _to_choose(task.field, amount <= EXACT)
    cover = Cover(
        steps=rest.steps,
        runs=rest.runs,
        run_ends=rest.run_ends,
        ends=rest.ends,
        earliest=rest.earliest,
        n_modules=len(rest.ends),
        run_cost=amount[kept],
        target=(task.target or 0.0) - given,
        sides=[Side(rest.runs.price_eur, question.budget_eur)] if question.budget_eur is not None else [],
        hours_per_week=None,
        has_days=False,
        least_days=0.0,
        seconds_left=seconds_left,
        slack=slack,
    )
    cover.aim_below(below)
    bound = -np.inf
    for _ in range(MOST_ORDERS):
        chosen = cover.solve()
        bound = max(bound, chosen.bound)
        if chosen.modules is not None and bound < cover.cutoff:
            jobs = replace(task, field=rest).jobs(chosen.modules)
            waiting = stuck(jobs)
            if not waiting:
                break
            cover.cuts += order_cuts(jobs, waiting)
        elif not cover.widen(below):
            break
        if seconds_left() <= 0:
            break
    return max(0.0, min(max(bound, cover.floor), cover.cutoff))


def _to_choose(field: Field, is_free: BoolArray) -> tuple[Field, IntArray, float]:
    """What is left to choose once all that free runs give counts as had, the positions of its runs, and the weighted steps that are had."""
    steps = field.steps
    _, ends, had = first_ends(steps, field.runs.only(is_free), len(field.ends), field.earliest, field.latest)
    is_given = (had < NEVER) & ~steps.is_held
    kept, asks = np.flatnonzero(ends[field.runs.module] >= NEVER), ~is_given[steps.need_node]
    rest = replace(
        field,
        steps=replace(
            steps,
            value=np.where(is_given, 0.0, steps.value),
            is_held=steps.is_held | is_given,
            need_module=steps.need_module[asks],
            need_node=steps.need_node[asks],
        ),
        runs=field.runs.only(kept),
        run_ends=field.run_ends[kept],
        ends=np.where(ends < NEVER, NEVER, field.ends),
    )
    return rest, kept, float(steps.value[is_given].sum())
