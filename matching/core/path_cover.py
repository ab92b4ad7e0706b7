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
from matching.core.path_candidates import LEVELS, NEVER, Runs, Steps

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
    """A sum over chosen runs that may not pass a limit: `weights` of shape (n_runs,); `per_day` is what a day of D adds to the limit."""

    weights: FloatArray
    limit: float
    per_day: float = 0.0


@dataclass(frozen=True)
class Cut:
    """Not all of `modules` without another one that gives one of `nodes`.

    `is_entry`: none of the modules that need one of `nodes` without one that gives such a node and needs none of them. For whoever wants
    to get into a circle of modules that wait for one another needs a way in.
    """

    modules: frozenset[int]
    nodes: frozenset[int]
    is_entry: bool = False


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

    steps: Steps
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
        node = np.repeat(steps.give_column[keep] * LEVELS + above, count) + _counted(count)
        ranked = csr_array((np.ones(len(node), dtype=np.int8), (node, np.repeat(module, count))), shape=(len(steps.value), len(self.cost)))
        ranked.sort_indices()
        return csr_array((ranked.data, self._by_way[ranked.indices], ranked.indptr), shape=ranked.shape)

    def givers(self, nodes: IntArray, most: int | None = None) -> IntArray:
        """The modules that give any of `nodes`; of each node only the `most` with the cheapest way to them."""
        begin, end = self.gives.indptr[nodes], self.gives.indptr[nodes + 1]
        count = end - begin if most is None else np.minimum(end - begin, most)
        return np.unique(self.gives.indices[np.repeat(begin, count) + _counted(count)]).astype(np.int64)

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
        cell, at = np.repeat(begin, count) + _counted(count), np.repeat(np.arange(len(columns)), count)
        levels = steps.upto[cell] - steps.above[cell]
        node = np.repeat(steps.give_column[cell] * LEVELS + steps.above[cell], levels) + _counted(levels)
        return np.repeat(at, levels), node

    def needs(self, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Position among `columns`, ascending, and node of each thing that they need."""
        begin = np.searchsorted(self.steps.need_module, columns)
        count = np.searchsorted(self.steps.need_module, columns, side="right") - begin
        return np.repeat(np.arange(len(columns)), count), self.steps.need_node[np.repeat(begin, count) + _counted(count)]

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
        problem = _Problem(self, columns, has_shortage=True)
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
        problem = _Problem(self, columns, has_shortage=False)
        gap = self.slack / max(abs(self._cutoff), self.slack) / 2 if np.isfinite(self._cutoff) else 0.0
        found = problem.solved(max(self.seconds_left(), LEAST_SECONDS), gap, is_presolved=True)
        if found.status == FAILED:
            found = problem.solved(max(self.seconds_left(), LEAST_SECONDS), gap, is_presolved=False)
        if found.x is None:
            return Chosen(None, (), self._cutoff if found.status == IMPOSSIBLE else -np.inf)
        runs = problem.runs[found.x[: len(problem.runs)] > 1 / 2]
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
        return Chosen(tuple(self.runs.module[runs].tolist()), tuple(runs.tolist()), min(bound, self._cutoff))


class _Problem:
    """Rows, limits and bounds over the runs of some modules: first `x`, then `a`, the shortage, whether circles are entered, and `D`."""

    def __init__(self, cover: Cover, modules: IntArray, *, has_shortage: bool) -> None:
        self.parts: list[tuple[IntArray, IntArray, FloatArray]] = []
        self.height, limits = 0, list[FloatArray]()
        steps, runs = cover.steps, cover.runs
        begin = np.searchsorted(runs.module, modules)
        count = np.searchsorted(runs.module, modules, side="right") - begin
        self.runs = np.repeat(begin, count) + _counted(count)
        n, of = len(self.runs), np.repeat(np.arange(len(modules)), count)
        is_fixed = runs.period[self.runs] == 0
        start, end = np.where(is_fixed, runs.first[self.runs], NEVER), cover.run_ends[self.runs]

        # Each thing that is wanted by a day is a key; a dated run wants what it needs by its start, all others by whenever.
        module_at, need_node = cover.needs(modules)
        run_at, need_at = _joined(of, module_at, len(modules))
        wanted = need_node[need_at] * (NEVER + 1) + start[run_at]
        keys = np.union1d(wanted, cover.valued * (NEVER + 1) + NEVER)
        self.node, n_keys = keys // (NEVER + 1), len(keys)
        key_row = np.arange(n_keys)
        follows = np.flatnonzero(np.diff(self.node, prepend=-1) == 0)
        give_module, give_node = cover.given_by(modules)
        giver, give_at = _joined(of, give_module, len(modules))
        place = np.searchsorted(keys, give_node[give_at] * (NEVER + 1) + end[giver])
        in_time = (place < n_keys) & (self.node[np.minimum(place, n_keys - 1)] == give_node[give_at])
        giver, place = giver[in_time], place[in_time]
        is_short = has_shortage and cover.target is not None
        width = n + n_keys + is_short + sum(cut.is_entry for cut in cover.cuts) + cover.has_days
        day = width - 1

        def add(row: IntArray, column: IntArray, value: FloatArray, limit: FloatArray) -> None:
            self.parts.append((row + self.height, column, value))
            limits.append(limit)
            self.height += len(limit)

        add(
            np.concatenate([key_row, follows, place]),
            np.concatenate([n + key_row, n + follows - 1, giver]),
            np.concatenate([np.ones(n_keys), -np.ones(len(follows) + len(place))]),
            np.zeros(n_keys),
        )
        self.side_rows = slice(self.height, self.height + len(cover.sides))
        for side in cover.sides:
            with_day = cover.has_days and side.per_day > 0
            column = np.append(np.arange(n), day) if with_day else np.arange(n)
            weight = np.append(side.weights[self.runs], -side.per_day) if with_day else side.weights[self.runs]
            add(np.zeros(len(column), dtype=np.int64), column, weight, np.array([side.limit]))
        pair = np.arange(len(run_at))
        add(
            np.tile(pair, 2),
            np.concatenate([run_at, n + np.searchsorted(keys, wanted)]),
            np.repeat([1.0, -1.0], len(pair)),
            np.zeros(len(pair)),
        )
        several = np.flatnonzero(count > 1)
        one_of = np.full(len(modules), -1)
        one_of[several] = np.arange(len(several))
        kept = np.flatnonzero(one_of[of] >= 0)
        add(one_of[of[kept]], kept, np.ones(len(kept)), np.ones(len(several)))
        if cover.hours_per_week is not None:
            # At the start of each dated run, those that run then ask no more hours than there are.
            fixed = np.flatnonzero(is_fixed)
            moments = np.unique(start[fixed])
            busy = (start[fixed] <= moments[:, None]) & (end[fixed] > moments[:, None])
            row, at = np.nonzero(busy)
            add(row, fixed[at], runs.load[self.runs[fixed[at]]], np.full(len(moments), cover.hours_per_week + EXACT))
        if cover.target is not None:
            worth = np.flatnonzero((steps.value[self.node] > 0) & (keys % (NEVER + 1) == NEVER))
            column = np.append(n + worth, n + n_keys) if is_short else n + worth
            value = np.append(steps.value[self.node[worth]], 1.0) if is_short else steps.value[self.node[worth]]
            add(np.zeros(len(column), dtype=np.int64), column, -value, np.array([-cover.target + TARGET_SLACK]))
        if cover.has_days:
            days = (end - cover.earliest).astype(np.float64)
            late = np.flatnonzero(days > cover.least_days)
            add(
                np.tile(np.arange(len(late)), 2),
                np.concatenate([late, np.full(len(late), day)]),
                np.concatenate([days[late], -np.ones(len(late))]),
                np.zeros(len(late)),
            )
        entry = n + n_keys + is_short
        for cut in cover.cuts:
            if cut.is_entry:
                inner = np.unique(module_at[np.isin(need_node, list(cut.nodes))])
                outer = np.setdiff1d(np.unique(give_module[np.isin(give_node, list(cut.nodes))]), inner)
                ways, waits = np.flatnonzero(np.isin(of, outer)), np.flatnonzero(np.isin(of, inner))
                group = np.searchsorted(inner, of[waits])
                row = np.concatenate([np.zeros(len(ways) + 1, dtype=np.int64), 1 + group, np.arange(1, len(inner) + 1)])
                column = np.concatenate([ways, [entry], waits, np.full(len(inner), entry)])
                value = np.concatenate([-np.ones(len(ways)), [1.0], np.ones(len(waits)), -np.ones(len(inner))])
                add(row, column, value, np.zeros(len(inner) + 1))
                entry += 1
                continue
            inside = np.isin(modules, list(cut.modules))
            if inside.sum() == len(cut.modules):
                helps = np.isin(modules, cover.givers(np.array(sorted(cut.nodes), dtype=np.int64))) & ~inside
                weight = (inside.astype(np.float64) - helps)[of]
                column = np.flatnonzero(weight)
                add(np.zeros(len(column), dtype=np.int64), column, weight[column], np.array([len(cut.modules) - 1.0]))
        row, column, value = (np.concatenate(part) for part in zip(*self.parts, strict=True))
        self.rows = coo_array((value, (row, column)), shape=(self.height, width)).tocsr()
        self.limits = np.concatenate(limits)
        self.aim = np.zeros(width)
        self.aim[:n] = cover.run_cost[self.runs]
        if cover.target is None:
            self.aim[n : n + n_keys] = np.where(keys % (NEVER + 1) == NEVER, -steps.value[self.node], 0.0)
        self.bounds = np.zeros((width, 2))
        self.bounds[:, 1] = 1.0
        if is_short:
            self.aim[n + n_keys], self.bounds[n + n_keys, 1] = SHORTAGE, np.inf
        if cover.has_days:
            self.aim[day], self.bounds[day] = 1.0, (cover.least_days, cover.most_days)
        self.integrality = np.zeros(width, dtype=np.int64)
        self.integrality[:n] = 1

    def solved(self, seconds: float, gap: float, *, is_presolved: bool) -> Any:
        """What the integer solver finds within some seconds."""
        return milp(
            self.aim,
            integrality=self.integrality,
            bounds=Bounds(self.bounds[:, 0], self.bounds[:, 1]),
            constraints=LinearConstraint(self.rows, -np.inf, self.limits),
            options={"mip_rel_gap": gap, "time_limit": seconds, "presolve": is_presolved},
        )


def _counted(count: IntArray) -> IntArray:
    """0, 1, ... up to each count in turn."""
    return np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)


def _joined(of: IntArray, group: IntArray, n_groups: int) -> tuple[IntArray, IntArray]:
    """All pairs of a position in `of` and one in `group` that hold the same number; both never descend."""
    size = np.bincount(group, minlength=n_groups)
    first = np.cumsum(size) - size
    count = size[of]
    return np.repeat(np.arange(len(of)), count), np.repeat(first[of], count) + _counted(count)
