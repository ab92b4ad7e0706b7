"""Which modules: a covering problem in integers. `path_problem` writes it down, `path_schedule` gives its answer dates.

A catalogue of 100,000 modules has too many columns. So the linear relaxation is solved over a few modules, the others are priced by its
dual values, and the best of them come in, for some rounds. Whatever the dual values are, relaxation plus all negative reduced costs is a
bound over *all* modules (for those outside, what they need is left out, which can only make it lower). A module outside whose reduced cost
is `r` is in no answer better than that bound + `r`; so the integer problem over the modules of least reduced cost is exact for every value
below that, and says where it stops being so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from matching.core.arrays import BoolArray, FloatArray, IntArray
from matching.core.path_candidates import LEVELS, Runs, StepNodes
from matching.core.path_problem import TARGET_SLACK, Cut, Problem, Side, counted

MOST_COLUMNS = 400
"""Modules in the integer problem; so many are solved in some tens of milliseconds."""

PRICED_IN = 60
MOST_PRICINGS = 4
"""Rounds of pricing, and modules that come in with each."""

FAR_FROM_BEST = 2.0
"""A module that alone, with the cheapest way to it, costs so many times a whole simple path is left out at once."""

PRICED_ENOUGH = 0.002
"""Share of the bound that negative reduced costs may still take away, when pricing stops."""

LEAST_SECONDS = 0.01
SOLVED, IMPOSSIBLE, FAILED = 0, 2, 4
"""What the solver says of a problem; FAILED is a numerical mishap after its simplifications, and goes away without them."""


@dataclass(frozen=True)
class Chosen:
    """An answer: the modules, the value of the aim, and the least that any answer could have.

    `modules` is None where there is none; `runs` are those that the answer has in mind.
    """

    modules: tuple[int, ...] | None
    runs: tuple[int, ...]
    bound: float


@dataclass
class Cover:
    """The problem for one learner.

    Attributes:
        steps: what modules give and need.
        runs: the runs that can be had.
        run_ends: shape (n_runs,), the first day by which each could have ended.
        run_cost: shape (n_runs,), what each adds to the aim.
        target: weighted steps to reach; None: as many as possible, whatever they cost.
        sides: sums with their limits.
        hours_per_week: how many hours a week there are; None: no limit.
        has_days: whether days count, as D.
        least_days, most_days: no answer takes fewer days, and none may take more.
        seconds_left: how long there is still to search.
        slack: answers that differ by less are equally good.
    """

    steps: StepNodes
    runs: Runs
    run_ends: IntArray
    earliest: int
    n_modules: int
    run_cost: FloatArray
    target: float | None
    sides: Sequence[Side]
    hours_per_week: float | None
    has_days: bool
    least_days: float
    seconds_left: Callable[[], float]
    slack: float
    most_days: float = np.inf
    most_columns: int = MOST_COLUMNS
    cuts: list[Cut] = field(default_factory=list)
    _columns: IntArray | None = None
    _cutoff: float = np.inf

    def solve(self) -> Chosen:
        """The best set of modules that breaks no cut."""
        if self._columns is None:
            self._columns, self._cutoff = self._columns_of_interest()
        return self._integer(self._columns)

    @cached_property
    def is_open(self) -> BoolArray:
        """Whether each module can be had."""
        found = np.zeros(self.n_modules, dtype=np.bool_)
        found[self.runs.module] = True
        return found

    def least(self, of_run: FloatArray) -> FloatArray:
        """The least over the runs of each module; 0 for one without. Shape (n_modules,)."""
        value = np.full(self.n_modules, np.inf)
        np.minimum.at(value, self.runs.module, of_run)
        return np.where(self.is_open, value, 0.0)

    @cached_property
    def cost(self) -> FloatArray:
        """What each module costs at least. Shape (n_modules,)."""
        return self.least(self.run_cost)

    @cached_property
    def gives(self) -> csr_array:
        """Shape (n_nodes, n_modules), ones: which open modules give each node; the cheapest way first in each row."""
        steps, keep = self.steps, self.is_open[self.steps.give_module]
        rank: IntArray = np.empty(len(self.cost), dtype=np.int64)
        rank[self._by_way] = np.arange(len(self.cost))
        module: IntArray = rank[steps.give_module[keep]]
        above, count = steps.above[keep], steps.upto[keep] - steps.above[keep]
        node = np.repeat(steps.give_column[keep] * LEVELS + above, count) + counted(count)
        ranked = csr_array((np.ones(len(node), dtype=np.int8), (node, np.repeat(module, count))), shape=(len(steps.value), len(self.cost)))
        ranked.sort_indices()
        return csr_array((ranked.data, self._by_way[ranked.indices], ranked.indptr), shape=ranked.shape)

    def givers(self, nodes: IntArray, most: int | None = None) -> IntArray:
        """The modules that give any of `nodes`; of each node only the `most` with the cheapest way to them."""
        begin, end = self.gives.indptr[nodes], self.gives.indptr[nodes + 1]
        count = end - begin if most is None else np.minimum(end - begin, most)
        return np.unique(self.gives.indices[np.repeat(begin, count) + counted(count)]).astype(np.int64)

    @cached_property
    def valued(self) -> IntArray:
        """Nodes that are worth something and that some module gives."""
        nodes = np.flatnonzero(self.steps.value > 0)
        return nodes[np.diff(self.gives.indptr)[nodes] > 0]

    def given_by(self, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Position among `columns`, ascending, and node of each thing that they give."""
        steps = self.steps
        begin = np.searchsorted(steps.give_module, columns)
        count = np.searchsorted(steps.give_module, columns, side="right") - begin
        cell, at = np.repeat(begin, count) + counted(count), np.repeat(np.arange(len(columns)), count)
        levels = steps.upto[cell] - steps.above[cell]
        node = np.repeat(steps.give_column[cell] * LEVELS + steps.above[cell], levels) + counted(levels)
        return np.repeat(at, levels), node

    def needs(self, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Position among `columns`, ascending, and node of each thing that they need."""
        begin = np.searchsorted(self.steps.need_module, columns)
        count = np.searchsorted(self.steps.need_module, columns, side="right") - begin
        return np.repeat(np.arange(len(columns)), count), self.steps.need_node[np.repeat(begin, count) + counted(count)]

    # -- the modules that can matter ---------------------------------------------------------------------------------

    @cached_property
    def _way(self) -> FloatArray:
        """The least that a path with each module costs: its own cost, and the dearest thing on the cheapest way to it."""
        steps = self.steps
        had = np.where(steps.is_held, 0.0, np.inf)
        while True:
            way = np.zeros(len(self.cost))
            np.maximum.at(way, steps.need_module, had[steps.need_node])
            way = np.where(self.is_open, way + self.cost, np.inf)
            found = had.copy()
            np.minimum.at(found, steps.top_node, way[steps.give_module])
            by_level = found.reshape(-1, LEVELS)
            for level in range(LEVELS - 2, -1, -1):
                np.minimum(by_level[:, level], by_level[:, level + 1], out=by_level[:, level])
            if np.array_equal(found, had):
                return way
            had = found

    @cached_property
    def _by_way(self) -> IntArray:
        return np.argsort(self._way, kind="stable")

    def _columns_of_interest(self) -> tuple[IntArray, float]:
        """The modules that can matter, and the value up to which no other module does."""
        columns = self._backward()
        return (columns, np.inf) if columns is not None else self._priced()

    def _backward(self) -> IntArray | None:
        """All modules that give something of value, or something that one of those needs, and so on; None where they are too many."""
        nodes = self.valued
        while True:
            if np.diff(self.gives.indptr)[nodes].max(initial=0) > self.most_columns:
                return None
            columns = self.givers(nodes)
            if len(columns) > self.most_columns:
                return None
            wanted = np.union1d(nodes, self.needs(columns)[1])
            if len(wanted) == len(nodes):
                return columns
            nodes = wanted

    def soonest(self, ends: IntArray) -> IntArray:
        """For each node of value the module that gives it first, and all that comes before: what is sure to go together but for hours.

        Args:
            ends: shape (n_modules,), the first day by which each module could have ended.
        """
        chosen, nodes, seen = set[int](), self.valued.tolist(), set[int]()
        while nodes:
            node = nodes.pop()
            if node not in seen:
                seen.add(node)
                able = self.gives.indices[self.gives.indptr[node] : self.gives.indptr[node + 1]]
                if len(able):
                    first = int(able[np.lexsort((able, ends[able]))[0]])
                    chosen.add(first)
                    nodes += self.needs(np.array([first]))[1].tolist()
        return np.array(sorted(chosen), dtype=np.int64)

    def _with_ways(self, columns: IntArray) -> IntArray:
        """Some modules, with those of the cheapest way to each."""
        seen = np.zeros(0, dtype=np.int64)
        while len(nodes := np.setdiff1d(self.needs(columns)[1], seen)):
            seen = np.union1d(seen, nodes)
            columns = np.union1d(columns, self.givers(nodes, 1))
        return columns

    def simple(self) -> IntArray:
        """For each node the module with the cheapest way to it, and that way: no answer yet, but soon there."""
        return self._with_ways(self.givers(self.valued, 1))

    def _priced(self) -> tuple[IntArray, float]:
        """The modules of least reduced cost, and the value up to which no other module matters.

        Whatever the dual values, relaxation plus all negative reduced costs is a bound, since each module is taken at most once.
        """
        simple = self.simple()
        limit = np.inf if self.target is None or self.has_days else FAR_FROM_BEST * float(self.cost[simple].sum())
        near = self.is_open & (self._way <= limit)
        columns = self._with_ways(self.givers(self.valued, 2))
        for _ in range(MOST_PRICINGS):
            relaxed, reduced = self._relaxed(columns)
            reduced = np.where(near, reduced, np.inf)
            short = np.minimum(reduced, 0.0)
            short[columns] = 0.0
            if short.sum() > -PRICED_ENOUGH * abs(relaxed) or self.seconds_left() <= 0:
                break
            best = np.argsort(short, kind="stable")[:PRICED_IN]
            columns = np.union1d(columns, self._with_ways(np.sort(best[short[best] < 0])))
        least = np.argpartition(reduced, min(self.most_columns, len(reduced) - 1))
        chosen = np.sort(least[: self.most_columns])
        rest = reduced[least[self.most_columns]] if self.most_columns < len(reduced) else np.inf
        bound = relaxed + float(short.sum())
        return chosen[near[chosen]], min(bound + max(float(rest), 0.0), limit)

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
            reduced -= paid * self.least(side.weights)
        return float(found.fun), reduced

    # -- the integer problem -----------------------------------------------------------------------------------------

    def _integer(self, columns: IntArray) -> Chosen:
        if not len(columns):
            reaches = self.target is None or self.target <= TARGET_SLACK
            return Chosen((), (), self.least_days) if reaches else Chosen(None, (), self._cutoff)
        problem = Problem(self, columns, has_shortage=False)
        gap = self.slack / max(abs(self._cutoff), self.slack) / 2 if np.isfinite(self._cutoff) else 0.0
        found = problem.solved(max(self.seconds_left(), LEAST_SECONDS), gap, is_presolved=True)
        if found.status == FAILED:
            found = problem.solved(max(self.seconds_left(), LEAST_SECONDS), gap, is_presolved=False)
        if found.x is None:
            return Chosen(None, (), self._cutoff if found.status == IMPOSSIBLE else -np.inf)
        runs = problem.runs[found.x[: len(problem.runs)] > 1 / 2]
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
        return Chosen(tuple(self.runs.module[runs].tolist()), tuple(runs.tolist()), min(bound, self._cutoff))
