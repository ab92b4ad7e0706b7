"""Which modules: a covering problem in integers. `instance` says what is asked, `problem` puts it in rows, `schedule` dates its answer.

A catalogue of 100,000 modules has too many columns. So the linear relaxation is solved over a few modules, the others are priced by its
dual values, and the best of them come in, for some rounds. Whatever the dual values are, relaxation plus all negative reduced costs is a
bound over *all* modules (for those outside, what they need is left out, which can only make it lower). A module outside whose reduced cost
is `r` is in no answer better than that bound + `r`; so the integer problem over the modules of least reduced cost is exact for every value
below that, and says where it stops being so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import linprog

from matching.core.arrays import BoolArray, FloatArray, IntArray
from matching.core.path.candidates import LEVELS
from matching.core.path.dominance import replaceable
from matching.core.path.instance import Instance
from matching.core.path.problem import TARGET_SLACK, Problem
from matching.core.path.ways import cheapest_ways

MOST_COLUMNS = 400
"""Modules in the integer problem; so many are solved in some tens of milliseconds."""

PRICED_IN = 100
MOST_PRICINGS = 15
"""Modules that come in with each round of pricing, and rounds."""

PRICED_ENOUGH = 0.1
"""Share of the slack that negative reduced costs may still take away, when pricing stops."""

MOST_WIDER = 1_000
"""Modules that come in once it is known what there is to beat."""

MOST_WEIGHED = 10_000
"""Of more modules it takes too long to see for which of them another one can stand in."""

SURE = 0.9
"""Share of the slack at which the solver may stop: less than all of it, so that its rounding never costs a proof."""

LEAST_SECONDS = 0.01
SOLVED, IMPOSSIBLE, FAILED = 0, 2, 4
"""What the solver says of a problem; FAILED is a numerical mishap after its simplifications, and goes away without them."""


@dataclass(frozen=True)
class Chosen:
    """An answer: the modules, the runs that it has in mind, and the least that any answer of the modules in the problem could have.

    `modules` is None where there is none. `aim` is what this answer has at least.
    """

    modules: tuple[int, ...] | None
    runs: tuple[int, ...]
    bound: float
    aim: float = np.inf

    @property
    def is_impossible(self) -> bool:
        """Whether it is sure that there is none."""
        return self.modules is None and self.bound > -np.inf


@dataclass(kw_only=True)
class Cover(Instance):
    """The search for its answers.

    Attributes:
        seconds_left: how long there is still to search.
        slack: answers that differ by less are equally good.
        start: modules with which the search begins.
        cutoff: no answer with a module that is not in the problem is better than this.
        floor: no answer at all is better than this.
        gap: share by which an answer may miss the best one; None: by less than the slack.
        kept: the modules in the problem, ascending; None: those that can matter, once anything is asked.
    """

    seconds_left: Callable[[], float]
    slack: float
    start: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    cutoff: float = np.inf
    floor: float = -np.inf
    gap: float | None = None
    kept: IntArray | None = None
    _least_with: FloatArray = field(default_factory=lambda: np.zeros(0))
    _weighed: dict[float, IntArray | None] = field(default_factory=dict)

    def aim_below(self, aim: float) -> None:
        """Only answers that are better than `aim` are looked for from now on."""
        if self.has_days:
            self.most_days = aim
        else:
            self.most_aim = aim

    @property
    def columns(self) -> IntArray:
        """The modules in the problem, ascending."""
        if self.kept is None:
            self.kept, self.cutoff = self._columns_of_interest()
        return self.kept

    def solve(self) -> Chosen:
        """The best set of modules that breaks no cut."""
        return self._integer(self.columns)

    def givers(self, nodes: IntArray, most: int | None = None) -> IntArray:
        """The modules that give any of `nodes`; of each node only the `most` with the cheapest way to them."""
        module, node = self._giving(nodes)
        if most is not None:
            order = np.lexsort((module, self._way[module], node))
            module, node = module[order], node[order]
            first = np.flatnonzero(np.diff(node, prepend=-1))
            module = module[np.arange(len(node)) - np.repeat(first, np.diff(first, append=len(node))) < most]
        return np.unique(module)

    # -- the modules that can matter ---------------------------------------------------------------------------------

    @cached_property
    def _way(self) -> FloatArray:
        """The least that a path with each module costs: its own cost, and the dearest thing on the cheapest way to it."""
        had = np.where(self.steps.is_held, 0.0, np.inf)
        return cheapest_ways(self.steps, self.cost, self.is_open, had, np.maximum)[0]

    def _columns_of_interest(self) -> tuple[IntArray, float]:
        """The modules that can matter, and the value up to which no other module does."""
        columns = self._backward()
        return (columns, np.inf) if columns is not None else self._priced()

    def _backward(self) -> IntArray | None:
        """All modules that give something of value, or something that one of those needs, and so on; None where they are too many."""
        fixed = self._fixed
        nodes = np.union1d(self.valued, self.steps.needed_by(fixed)[1])
        while len(columns := np.union1d(self.givers(nodes), fixed)) <= MOST_COLUMNS:
            wanted = np.union1d(nodes, self.steps.needed_by(columns)[1])
            if len(wanted) == len(nodes):
                return columns
            nodes = wanted
        return None

    @property
    def _fixed(self) -> IntArray:
        """The modules of all stacks, and those that have to be chosen, ascending."""
        return np.union1d(np.array([module for stack in self.stacks for module in stack], dtype=np.int64), self.pins)

    def soonest(self, ends: IntArray) -> IntArray:
        """For each node of value the module that gives it first, and all that comes before: what is sure to go together but for hours.

        Args:
            ends: shape (n_modules,), the first day by which each module could have ended.
        """
        chosen, nodes, seen = np.zeros(0, dtype=np.int64), self.valued, np.zeros(0, dtype=np.int64)
        while len(nodes):
            module, node = self._giving(nodes)
            order = np.lexsort((module, ends[module], node))
            first = order[np.flatnonzero(np.diff(node[order], prepend=-1))]
            chosen, seen = np.union1d(chosen, module[first]), np.union1d(seen, nodes)
            nodes = np.setdiff1d(self.steps.needed_by(chosen)[1], seen)
        return chosen

    def _with_ways(self, columns: IntArray) -> IntArray:
        """Some modules, with those of the cheapest way to each."""
        seen = np.zeros(0, dtype=np.int64)
        while len(nodes := np.setdiff1d(self.steps.needed_by(columns)[1], seen)):
            seen = np.union1d(seen, nodes)
            columns = np.union1d(columns, self.givers(nodes, 1))
        return columns

    def _priced(self) -> tuple[IntArray, float]:
        """Modules that the relaxation is made of, and the value up to which no other module matters.

        Whatever the dual values, relaxation plus all negative reduced costs is a bound, since each module is taken at most once.
        """
        columns = np.union1d(self._with_ways(np.union1d(self.givers(self.valued, 2), self._fixed)), self.start)
        for _ in range(MOST_PRICINGS):
            relaxed, reduced = self._relaxed(columns)
            short = np.where(self.is_open, np.minimum(reduced, 0.0), 0.0)
            short[columns] = 0.0
            self.floor = max(self.floor, relaxed + float(short.sum()))
            if short.sum() >= -self.slack * PRICED_ENOUGH or self.seconds_left() <= 0:
                break
            best = (
                np.argsort(short, kind="stable")[:PRICED_IN] if len(short) <= PRICED_IN else np.argpartition(short, PRICED_IN)[:PRICED_IN]
            )
            columns = np.union1d(columns, self._with_ways(np.sort(best[short[best] < 0])))
        self._least_with = np.where(self.is_open, relaxed + float(short.sum()) + np.maximum(reduced, 0.0), np.inf)
        return columns, self._least_without(columns)

    def _least_without(self, columns: IntArray) -> float:
        """No answer with a module that is not among `columns` is better than this."""
        outside = np.ones(len(self._least_with), dtype=np.bool_)
        outside[columns] = False
        return float(self._least_with[outside].min(initial=np.inf))

    def widen(self, aim: float, most: int | None = None) -> bool:
        """Takes in the modules with which an answer could be better than `aim`, or as many as go; whether there are any.

        Of those that close nothing only what another one needs.

        Args:
            most: none come in where that would make more than so many; None: as many as go.
        """
        columns = self.columns
        wider = self._wider(aim) if self.cutoff < aim else None
        if wider is None or (most is not None and len(wider) > most):
            return False
        self.cutoff = aim
        if len(wider) > MOST_WIDER:
            self.cutoff = min(float(self._least_with[wider[MOST_WIDER]]), aim)
            wider = wider[:MOST_WIDER]
        self.kept = np.union1d(columns, wider)
        return len(self.kept) > len(columns)

    def _wider(self, aim: float) -> IntArray | None:
        """The modules that could be part of an answer better than `aim`, likely ones first; None where they are too many."""
        if aim not in self._weighed:
            within = self._least_with < aim
            within[self.columns] = True
            is_much = np.count_nonzero(within) > MOST_WEIGHED
            likely = None if is_much else self._undominated(within)
            self._weighed = {aim: likely if likely is None else likely[np.argsort(self._least_with[likely], kind="stable")]}
        return self._weighed[aim]

    def _undominated(self, within: BoolArray) -> IntArray:
        """Those of some modules that close something or give what another one needs, and for which no other one can stand in."""
        useful = np.zeros(len(within), dtype=np.bool_)
        nodes = seen = np.union1d(self.valued, self.steps.needed_by(self._fixed)[1])
        while len(nodes):
            some = self.givers(nodes)
            some = some[within[some]]
            useful[some] = True
            nodes = np.setdiff1d(self.steps.needed_by(some)[1], seen)
            seen = np.union1d(seen, nodes)
        columns = np.flatnonzero(useful)
        at = np.full(len(within), -1)
        at[columns] = np.arange(len(columns))
        giver, node = self._giving(seen)
        giver, node = giver[useful[giver]], node[useful[giver]]
        traits = [self.run_cost, self.runs.days.astype(np.float64)]
        traits += [self.runs.load] if self.hours_per_week is not None else []
        traits += [side.weights for side in self.sides if not side.per_day]  # the others grow with days and load
        asks = np.zeros(len(within), dtype=np.bool_)
        asks[self.steps.need_module] = True
        everyday = np.flatnonzero((self.runs.period == 1) & useful[self.runs.module] & ~asks[self.runs.module])
        everyday = everyday[np.lexsort((self.runs.days[everyday], self.run_cost[everyday], self.runs.module[everyday]))]
        offers = everyday[np.flatnonzero(np.diff(self.runs.module[everyday], prepend=-1))]
        is_replaceable = replaceable(
            at[giver],
            node,
            np.column_stack([self.least(trait)[columns] for trait in traits]),
            at[self.runs.module[offers]],
            np.column_stack([trait[offers] for trait in traits]),
        )
        return columns[~is_replaceable]

    def _relaxed(self, columns: IntArray) -> tuple[float, FloatArray]:
        """The value of the relaxation over `columns`, and the reduced cost of every module. Shape (n_modules,)."""
        problem = Problem(self, columns, has_shortage=True)
        solve: Any = linprog  # its types know no sparse rows
        found = solve(problem.aim, A_ub=problem.rows, b_ub=problem.limits, bounds=problem.bounds, method="highs-ds")
        if found.status != SOLVED:
            return -np.inf, np.zeros(len(self.is_open))
        dual = np.asarray(found.ineqlin.marginals)
        price = np.zeros(len(self.steps.value))
        # What a module gives is worth most to who needs it first: an end in time for all is the best that its runs could do.
        np.minimum.at(price, problem.node, dual[: len(problem.node)])
        by_level = np.cumsum(np.pad(price.reshape(-1, LEVELS), ((0, 0), (1, 0))), axis=1).ravel()
        at = self.steps.give_column * (LEVELS + 1)
        earned = by_level[at + self.steps.upto] - by_level[at + self.steps.above]
        reduced = self.cost + np.bincount(self.steps.give_module, weights=earned, minlength=len(self.is_open))
        for side, paid in zip(self.sides, dual[problem.side_rows], strict=True):
            if paid:
                reduced -= paid * self.least(side.weights)
        return float(found.fun), reduced

    # -- the integer problem -----------------------------------------------------------------------------------------

    def _integer(self, columns: IntArray) -> Chosen:
        if not len(columns):
            reaches = self.target is None or self.target <= TARGET_SLACK
            return Chosen((), (), self.least_days, self.least_days) if reaches else Chosen(None, (), np.inf)
        problem = Problem(self, columns, has_shortage=False)
        scale = max(abs(self.cutoff), self.slack)
        gap = self.gap
        if gap is None:
            gap = SURE * self.slack / scale if np.isfinite(scale) else 0.0
        found = problem.solved(max(self.seconds_left(), LEAST_SECONDS), gap, is_presolved=True)
        if found.status == FAILED:
            found = problem.solved(max(self.seconds_left(), LEAST_SECONDS), gap, is_presolved=False)
        if found.x is None:
            nothing_below = self.most_days if self.has_days else self.most_aim
            return Chosen(None, (), nothing_below if found.status == IMPOSSIBLE else -np.inf)
        runs = problem.runs[found.x[: len(problem.runs)] > 1 / 2]
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
        return Chosen(tuple(self.runs.module[runs].tolist()), tuple(runs.tolist()), bound, float(found.fun))
