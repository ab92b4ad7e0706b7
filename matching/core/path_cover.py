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

MOST_COLUMNS = 450
"""Modules in the integer problem; so many are solved in some tens of milliseconds."""

FIRST_PROVIDERS = 3
PRICED_IN = 120
MOST_PRICINGS = 8
SHORTAGE = 1e6
"""Cost of a step of coverage that the first, small problems cannot reach yet: more than anything real."""

EXACT = 1e-6
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
    _columns: IntArray | None = None
    _cutoff: float = np.inf
    cuts: list[Cut] = field(default_factory=list)

    def solve(self) -> Chosen:
        """The best set of modules that breaks no cut."""
        if self._columns is None:
            self._columns, self._cutoff = self._columns_of_interest()
        return self._integer(self._columns)

    # -- the columns -------------------------------------------------------------------------------------------------

    @cached_property
    def _gives(self) -> csr_array:
        """Shape (n_nodes, n_modules), ones: which open modules give each node."""
        steps, keep = self.steps, self.is_open[self.steps.give_module]
        column, module = steps.give_column[keep], steps.give_module[keep]
        above, upto = steps.above[keep], steps.upto[keep]
        count = upto - above
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        node = np.repeat(column * LEVELS + above, count) + offset
        cells = np.ones(len(node), dtype=np.int8)
        return csr_array((cells, (node, np.repeat(module, count))), shape=(len(steps.value), len(self.is_open)))

    @cached_property
    def _valued(self) -> IntArray:
        """Nodes that are worth something and that some module gives."""
        nodes = np.flatnonzero(self.steps.value > 0)
        return nodes[np.diff(self._gives.indptr)[nodes] > 0]

    def _needs(self, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Position among `columns` and node of each thing that they need."""
        place = np.full(len(self.is_open), -1)
        place[columns] = np.arange(len(columns))
        at = place[self.steps.need_module]
        return at[at >= 0], self.steps.need_node[at >= 0]

    def _columns_of_interest(self) -> tuple[IntArray, float]:
        """The modules of least reduced cost, and the value up to which no other module matters."""
        columns = self._backward()
        if columns is not None:
            return columns, np.inf
        return self._priced()

    def _backward(self) -> IntArray | None:
        """All modules that give something of value, or something that one of those needs, and so on; None where they are too many."""
        chosen = np.zeros(len(self.is_open), dtype=np.bool_)
        nodes = self._valued
        while True:
            chosen[self._gives[nodes].indices] = True
            if np.count_nonzero(chosen) > self.most_columns:
                return None
            wanted = np.union1d(nodes, self._needs(np.flatnonzero(chosen))[1])
            if len(wanted) == len(nodes):
                return np.flatnonzero(chosen)
            nodes = wanted

    def _providers(self, nodes: IntArray, count: int) -> IntArray:
        """The cheapest few modules that give each node."""
        found = self._gives[nodes]
        node_of = np.repeat(np.arange(len(nodes)), np.diff(found.indptr))
        order = np.lexsort((found.indices, self._worth_trying[found.indices], node_of))
        rank = np.arange(len(order)) - np.repeat(found.indptr[:-1], np.diff(found.indptr))
        return np.unique(found.indices[order][rank < count]).astype(np.int64)

    @cached_property
    def _worth_trying(self) -> FloatArray:
        """What each module costs, with half as much again for each thing that it needs: an order in which to try, no more."""
        needed = np.bincount(self.steps.need_module, minlength=len(self.is_open))
        return (self.cost + np.median(self.cost[self.is_open]) * 0.1) * (1 + needed / 2)

    def _priced(self) -> tuple[IntArray, float]:
        columns, nodes = np.zeros(0, dtype=np.int64), self._valued
        while len(nodes):  # cheap providers of all that is wanted, of what those need, and so on
            columns = np.union1d(columns, self._providers(nodes, FIRST_PROVIDERS))
            seen, wanted = nodes, np.unique(self._needs(columns)[1])
            nodes = np.setdiff1d(wanted, self._tried)
            self._tried = np.union1d(self._tried, np.concatenate([seen, nodes]))
        reduced = np.zeros(len(self.is_open))
        for _ in range(MOST_PRICINGS):
            relaxed, reduced = self._relaxed(columns)
            outside = np.ones(len(self.is_open), dtype=np.bool_)
            outside[columns] = False
            attractive = np.flatnonzero(self.is_open & outside & (reduced < -EXACT))
            if not len(attractive) or self.seconds_left() <= 0:
                break
            best = attractive[np.argsort(reduced[attractive], kind="stable")[:PRICED_IN]]
            columns = np.union1d(columns, np.union1d(best, self._providers(np.unique(self._needs(best)[1]), 1)))
        else:
            attractive = columns
        chosen = self._least(reduced)
        outside = self.is_open.copy()
        outside[chosen] = False
        rest = reduced[outside].min() if outside.any() else np.inf
        return chosen, -np.inf if len(attractive) else relaxed + max(rest, 0.0)

    _tried: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def _least(self, reduced: FloatArray) -> IntArray:
        """The modules of least reduced cost."""
        order = np.argsort(np.where(self.is_open, reduced, np.inf), kind="stable")[: self.most_columns]
        return np.sort(order[self.is_open[order]])

    # -- the problem over some columns -----------------------------------------------------------------------------

    def _relaxed(self, columns: IntArray) -> tuple[float, FloatArray]:
        """The value of the relaxation over `columns`, and the reduced cost of every module. Shape (n_modules,)."""
        problem = _Problem(self, columns, has_shortage=True)
        solve: Any = linprog  # its types know no sparse rows
        found = solve(problem.aim, A_ub=problem.rows, b_ub=problem.limits, bounds=problem.bounds, method="highs")
        if found.status != 0:
            return np.inf, np.zeros(len(self.is_open))
        dual = np.asarray(found.ineqlin.marginals)
        price = np.zeros(len(self.steps.value))
        price[problem.nodes] = dual[: len(problem.nodes)]
        by_level = np.cumsum(np.pad(price.reshape(-1, LEVELS), ((0, 0), (1, 0))), axis=1).ravel()
        at = self.steps.give_column * (LEVELS + 1)
        earned = by_level[at + self.steps.upto] - by_level[at + self.steps.above]
        reduced = self._module_cost + np.bincount(self.steps.give_module, weights=earned, minlength=len(self.is_open))
        for side, paid in zip(self.sides, dual[problem.side_rows], strict=True):
            reduced -= paid * side.weights
        return float(found.fun), reduced

    @property
    def _module_cost(self) -> FloatArray:
        return np.zeros(len(self.cost)) if self.target is None else self.cost

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


class _Problem:
    """Rows, limits and bounds over some columns: first `x`, then `a`, then shortages, then `D`."""

    def __init__(self, cover: Cover, columns: IntArray, *, has_shortage: bool) -> None:
        steps, n = cover.steps, len(columns)
        need_at, need_node = cover._needs(columns)
        self.nodes = np.union1d(cover._valued, need_node)
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

        given = cover._gives[self.nodes][:, columns].tocoo()
        add(
            np.concatenate([given.coords[0], np.arange(n_nodes)]),
            np.concatenate([given.coords[1], n + np.arange(n_nodes)]),
            np.concatenate([-np.ones(given.nnz), np.ones(n_nodes)]),
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
                givers = np.unique(cover._gives[sorted(cut.nodes)].indices) if cut.nodes else np.zeros(0, dtype=np.int64)
                helps = np.isin(columns, givers) & ~inside
                weight = inside.astype(np.float64) - helps
                add_one(np.flatnonzero(weight), weight[weight != 0], len(cut.modules) - 1.0)
        row, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
        self.rows = coo_array((value, (row, column)), shape=(height, width)).tocsr()
        self.limits = np.concatenate(limits)
        self.aim = np.zeros(width)
        self.aim[:n] = cover._module_cost[columns]
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
