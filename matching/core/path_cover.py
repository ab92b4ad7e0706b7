"""Which modules: a covering problem in integers, without a calendar. `path_schedule` gives the answer its dates.

Variables: `x_m` in {0, 1}, module m is followed; `a_v` in [0, 1], node v (a skill at a level) is reached; `D` >= 0, days that it all takes.

    minimise    sum cost_m x_m  (+ D, where time is the aim)        or, where that is the aim: maximise sum value_v a_v
    subject to  a_v <= sum of x_m over the modules m that give v    a level is reached through a module that gives it
                x_m <= a_v for each v that m needs                  what a module asks, another one gives
                sum value_v a_v >= target                           the wanted coverage
                sum side_im x_m <= limit_i (+ D)                    budget, and work within the hours that there are
                cuts                                                sets that turned out to have no order or no calendar

A catalogue of 100,000 modules has too many columns. So the linear relaxation is solved over a few, the others are priced by its dual
values, the best of them come in, until none would lower it: then it is the relaxation over *all* modules (for modules outside, what they
need is left out, which can only make it lower). A module outside whose reduced cost is `r` is in no solution better than relaxation + `r`;
the integer problem over the modules of least reduced cost is therefore exact for every value below that, and says where it stops being so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array

from matching.core.arrays import BoolArray, FloatArray, IntArray
from matching.core.path_candidates import LEVELS, Steps

MOST_COLUMNS = 400
"""Modules in the integer problem; so many are solved in some tens of milliseconds."""

PRICED_IN = 60
MOST_PRICINGS = 4
"""Rounds of pricing, and modules that come in with each."""

FAR_FROM_BEST = 2.0
"""A module that alone, with the cheapest way to it, costs so many times a whole simple path is left out at once."""

SHORTAGE = 1e6
"""Cost of a step of coverage that the first, small problems cannot reach yet: more than anything real."""

EXACT = 1e-6
PRICED_ENOUGH = 0.002
"""Share of the bound that negative reduced costs may still take away, when pricing stops."""

TARGET_SLACK = 1e-4
"""Weighted steps by which the target may be missed: less than any skill is worth, more than the solver's rounding."""

LEAST_SECONDS = 0.01
SOLVED, IMPOSSIBLE, FAILED = 0, 2, 4
"""What the solver says of a problem; FAILED is a numerical mishap after its simplifications, and goes away without them."""


@dataclass(frozen=True)
class Side:
    """A sum over chosen modules that may not pass a limit: `weights` of shape (n_modules,); `per_day` is what a day of D adds to it."""

    weights: FloatArray
    limit: float
    per_day: float = 0.0


@dataclass(frozen=True)
class Cut:
    """Not all of `modules` without any of the modules that give one of `nodes`."""

    modules: frozenset[int]
    nodes: frozenset[int]


@dataclass(frozen=True)
class Chosen:
    """An answer: the modules, the value of the aim, and the least that any answer could have.

    `is_proven`: no other set within the cuts has a better aim. `modules` is None where there is no answer at all.
    """

    modules: tuple[int, ...] | None
    bound: float
    is_proven: bool


@dataclass
class Cover:
    """The problem for one learner.

    Attributes:
        steps: what modules give and need.
        is_open: shape (n_modules,), whether a module can be had.
        cost: shape (n_modules,).
        target: weighted steps to reach; None: as many as possible, whatever they cost.
        sides: sums with their limits.
        end_days: shape (n_modules,), days until each could first end, where D counts; None where it does not.
        least_days: no answer takes fewer days than this.
        seconds_left: how long there is still to search.
    """

    steps: Steps
    is_open: BoolArray
    cost: FloatArray
    target: float | None
    sides: Sequence[Side]
    end_days: FloatArray | None
    least_days: float
    seconds_left: Callable[[], float]
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
    def gives(self) -> csr_array:
        """Shape (n_nodes, n_modules), ones: which open modules give each node; the cheapest way first in each row."""
        steps, keep = self.steps, self.is_open[self.steps.give_module]
        rank: IntArray = np.empty(len(self.cost), dtype=np.int64)
        rank[self._by_way] = np.arange(len(self.cost))
        module: IntArray = rank[steps.give_module[keep]]
        above, count = steps.above[keep], steps.upto[keep] - steps.above[keep]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        node = np.repeat(steps.give_column[keep] * LEVELS + above, count) + offset
        ranked = csr_array((np.ones(len(node), dtype=np.int8), (node, np.repeat(module, count))), shape=(len(steps.value), len(self.cost)))
        ranked.sort_indices()
        return csr_array((ranked.data, self._by_way[ranked.indices], ranked.indptr), shape=ranked.shape)

    def givers(self, nodes: IntArray, most: int | None = None) -> IntArray:
        """The modules that give any of `nodes`; of each node only the `most` with the cheapest way to them."""
        begin, end = self.gives.indptr[nodes], self.gives.indptr[nodes + 1]
        count = end - begin if most is None else np.minimum(end - begin, most)
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.unique(self.gives.indices[np.repeat(begin, count) + offset]).astype(np.int64)

    @cached_property
    def valued(self) -> IntArray:
        """Nodes that are worth something and that some module gives."""
        nodes = np.flatnonzero(self.steps.value > 0)
        return nodes[np.diff(self.gives.indptr)[nodes] > 0]

    def needs(self, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Position among `columns`, ascending, and node of each thing that they need."""
        begin = np.searchsorted(self.steps.need_module, columns)
        count = np.searchsorted(self.steps.need_module, columns, side="right") - begin
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(np.arange(len(columns)), count), self.steps.need_node[np.repeat(begin, count) + offset]

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
        limit = np.inf if self.target is None or self.end_days is not None else FAR_FROM_BEST * float(self.cost[simple].sum())
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
        problem = _Problem(self, columns, has_shortage=True)
        solve: Any = linprog  # its types know no sparse rows
        found = solve(problem.aim, A_ub=problem.rows, b_ub=problem.limits, bounds=problem.bounds, method="highs-ds")
        if found.status != SOLVED:
            return -np.inf, np.zeros(len(self.is_open))
        dual = np.asarray(found.ineqlin.marginals)
        price = np.zeros(len(self.steps.value))
        price[problem.nodes] = dual[: len(problem.nodes)]
        by_level = np.cumsum(np.pad(price.reshape(-1, LEVELS), ((0, 0), (1, 0))), axis=1).ravel()
        at = self.steps.give_column * (LEVELS + 1)
        earned = by_level[at + self.steps.upto] - by_level[at + self.steps.above]
        reduced = self.cost + np.bincount(self.steps.give_module, weights=earned, minlength=len(self.is_open))
        for side, paid in zip(self.sides, dual[problem.side_rows], strict=True):
            reduced -= paid * side.weights
        return float(found.fun), reduced

    # -- the integer problem -----------------------------------------------------------------------------------------

    def _integer(self, columns: IntArray) -> Chosen:
        if not len(columns):
            reaches = self.target is None or self.target <= EXACT
            return Chosen((), self.least_days, is_proven=True) if reaches else Chosen(None, np.inf, self._cutoff == np.inf)
        problem = _Problem(self, columns, has_shortage=False)
        found = problem.solved(max(self.seconds_left(), LEAST_SECONDS), is_presolved=True)
        if found.status == FAILED:
            found = problem.solved(max(self.seconds_left(), LEAST_SECONDS), is_presolved=False)
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
        if found.x is None:
            is_impossible = found.status == IMPOSSIBLE
            return Chosen(None, self._cutoff if is_impossible else -np.inf, is_impossible and self._cutoff == np.inf)
        modules = tuple(columns[found.x[: len(columns)] > 0.5].tolist())
        is_proven = found.status == SOLVED and float(found.fun) <= self._cutoff + EXACT
        return Chosen(modules, min(bound, self._cutoff), is_proven)


def _only(gives: csr_array, columns: IntArray) -> tuple[IntArray, IntArray]:
    """Row, and position among `columns`, of each cell in these columns."""
    place = np.full(gives.shape[1], -1)
    place[columns] = np.arange(len(columns))
    at = place[gives.indices]
    row = np.repeat(np.arange(gives.shape[0]), np.diff(gives.indptr))
    return row[at >= 0], at[at >= 0]


class _Problem:
    """Rows, limits and bounds over some columns: first `x`, then `a`, then shortages, then `D`."""

    def __init__(self, cover: Cover, columns: IntArray, *, has_shortage: bool) -> None:
        steps, n = cover.steps, len(columns)
        need_at, need_node = cover.needs(columns)
        self.nodes = np.union1d(cover.valued, need_node)
        n_nodes, valued = len(self.nodes), steps.value[self.nodes]
        place = np.full(len(steps.value), -1)
        place[self.nodes] = np.arange(n_nodes)
        has_days = cover.end_days is not None
        is_short = has_shortage and cover.target is not None
        width = n + n_nodes + is_short + has_days
        day = width - 1

        parts: list[tuple[IntArray, IntArray, FloatArray]] = []
        limits: list[FloatArray] = []
        height = 0

        def add(row: IntArray, column: IntArray, value: FloatArray, limit: FloatArray) -> None:
            nonlocal height
            parts.append((row + height, column, value))
            limits.append(limit)
            height += len(limit)

        def add_one(column: IntArray, value: FloatArray, limit: float) -> None:
            add(np.zeros(len(column), dtype=np.int64), column, value, np.array([limit]))

        given = _only(cover.gives[self.nodes], columns)
        add(
            np.concatenate([given[0], np.arange(n_nodes)]),
            np.concatenate([given[1], n + np.arange(n_nodes)]),
            np.concatenate([-np.ones(len(given[0])), np.ones(n_nodes)]),
            np.zeros(n_nodes),
        )
        self.side_rows = slice(height, height + len(cover.sides))
        for side in cover.sides:
            with_day = has_days and side.per_day > 0
            column = np.append(np.arange(n), day) if with_day else np.arange(n)
            weight = np.append(side.weights[columns], -side.per_day) if with_day else side.weights[columns]
            add_one(column, weight, side.limit)
        pair = np.arange(len(need_at))
        add(
            np.concatenate([pair, pair]),
            np.concatenate([need_at, n + place[need_node]]),
            np.concatenate([np.ones(len(pair)), -np.ones(len(pair))]),
            np.zeros(len(pair)),
        )
        if cover.target is not None:
            worth = np.flatnonzero(valued > 0)
            column = np.append(n + worth, n + n_nodes) if is_short else n + worth
            add_one(column, -np.append(valued[worth], 1.0) if is_short else -valued[worth], -cover.target + TARGET_SLACK)
        if cover.end_days is not None:
            late = np.flatnonzero(cover.end_days[columns] > cover.least_days)
            add(
                np.tile(np.arange(len(late)), 2),
                np.concatenate([late, np.full(len(late), day)]),
                np.concatenate([cover.end_days[columns[late]], -np.ones(len(late))]),
                np.zeros(len(late)),
            )
        for cut in cover.cuts:
            inside = np.array([int(module) in cut.modules for module in columns])
            if inside.sum() == len(cut.modules):
                givers = cover.givers(np.array(sorted(cut.nodes), dtype=np.int64))
                helps = np.isin(columns, givers) & ~inside
                weight = inside.astype(np.float64) - helps
                add_one(np.flatnonzero(weight), weight[weight != 0], len(cut.modules) - 1.0)
        row, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
        self.rows = coo_array((value, (row, column)), shape=(height, width)).tocsr()
        self.limits = np.concatenate(limits)
        self.aim = np.zeros(width)
        self.aim[:n] = cover.cost[columns]
        if cover.target is None:
            self.aim[n : n + n_nodes] = -valued
        self.bounds = np.zeros((width, 2))
        self.bounds[:, 1] = 1.0
        if is_short:
            self.aim[n + n_nodes], self.bounds[n + n_nodes, 1] = SHORTAGE, np.inf
        if has_days:
            self.aim[day], self.bounds[day] = 1.0, (cover.least_days, cover.most_days)
        self.integrality = np.zeros(width, dtype=np.int64)
        self.integrality[:n] = 1

    def solved(self, seconds: float, *, is_presolved: bool) -> Any:
        """What the integer solver finds within some seconds."""
        return milp(
            self.aim,
            integrality=self.integrality,
            bounds=Bounds(self.bounds[:, 0], self.bounds[:, 1]),
            constraints=LinearConstraint(self.rows, -np.inf, self.limits),
            options={"mip_rel_gap": 0.0, "time_limit": seconds, "presolve": is_presolved},
        )
