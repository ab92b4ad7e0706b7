"""The covering problem over the runs of some modules, as rows for the integer solver.

A run is one edition of a module. Variables: `x_r` in {0, 1}, run r is followed; `a_v,t` in {0, 1}, node v (a skill at a level) is
reached by day t; `D` >= 0, whole days that it all takes. Where `x` is whole, `a` and `D` are anyhow; but only when the solver knows so
does it find the cuts that follow from the wanted coverage, and then it needs a tenth of the time.

    minimise    sum cost_r x_r  (+ D, where time is the aim)             or, where that is the aim: maximise sum value_v a_v
    subject to  a_v,t <= a_v,s + sum of x_r over the runs that give v and could end after s and by t (s is the day before t that counts)
                x_r <= a_v,t for each v that r needs                     t is the start of a dated run, and whenever for any other
                sum of x_r over the runs of one module <= 1
                sum of load_r x_r <= hours a week                        at the start of each dated run, over those that run then
                sum value_v a_v >= target                                the wanted coverage
                sum side_ir x_r <= limit_i (+ D)                         budget, and work within the hours that there are
                z_k <= sum of x_r over the runs of m, for each module m of stack k; sum z_k >= 1      where a whole stack is wanted
                sum of x_r over the runs of the pins >= how many of them     those modules that have to be chosen, one run of each at most
                cuts                                                     sets that turned out to have no order or no calendar
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from matching.core.arrays import BoolArray, FloatArray, IntArray, cells_of, ranges
from matching.core.path.candidates import NEVER
from matching.core.path.instance import Cut, Instance

EXACT = 1e-6
TARGET_SLACK = 1e-4
"""Weighted steps by which the target may be missed: less than any skill is worth, more than the solver's rounding."""

SHORTAGE = 1e6
"""Cost of a step of coverage that the first, small problems cannot reach yet: more than anything real."""


@dataclass
class _Rows:
    """Weighted sums of variables, each with its limit, in groups that are added one after the other."""

    height: int = 0
    _cells: list[tuple[IntArray, IntArray, FloatArray]] = field(default_factory=list)
    _limits: list[FloatArray] = field(default_factory=list)

    def add(self, row: IntArray, column: IntArray, weight: FloatArray, limits: FloatArray) -> slice:
        """A row for each of `limits`: in `row`, counted from the first of them, the variable `column` has this weight."""
        before = self.height
        self._cells.append((row + before, column, weight))
        self._limits.append(limits)
        self.height += len(limits)
        return slice(before, self.height)

    def add_one(self, column: IntArray, weight: FloatArray, limit: float) -> None:
        """A single row."""
        self.add(np.zeros(len(column), dtype=np.int64), column, weight, np.array([limit]))

    @property
    def limits(self) -> FloatArray:
        """The limit of each row. Shape (height,)."""
        return np.concatenate(self._limits)

    def matrix(self, width: int) -> csr_array:
        """The weights. Shape (height, width)."""
        row, column, weight = (np.concatenate(part) for part in zip(*self._cells, strict=True))
        return coo_array((weight, (row, column)), shape=(self.height, width)).tocsr()


class Problem:
    """The rows over the runs of some modules.

    Attributes:
        runs: shape (n,), the runs that are in it: the first n variables.
        node: shape (n_keys,), of each `a_v,t`, the next variables, the node v. The first rows are theirs, in this order.
        side_rows: the rows of the sides.
        rows, limits: of all sums.
        aim, bounds, integrality: by variable.
    """

    def __init__(self, asked: Instance, modules: IntArray, *, has_shortage: bool) -> None:
        """`modules`: ascending. `has_shortage`: a relaxation over a few modules, which may miss what these cannot reach or open the way to,
        at a price that nothing real has, and knows no cuts or stacks."""
        self._asked, self._modules = asked, modules
        # What cuts and stacks would mean for modules that are not in a relaxation, which prices them, it could not say.
        cuts, stacks = ([], []) if has_shortage else (asked.cuts, asked.stacks)
        runs = asked.runs
        self._of, self.runs = cells_of(runs.module, modules)
        self._is_fixed = runs.period[self.runs] == 0
        self._start, self._end = np.where(self._is_fixed, runs.first[self.runs], NEVER), asked.run_ends[self.runs]

        # Each thing that is wanted by a day is a key; a dated run wants what it needs by its start, all others by whenever.
        self._need_module, self._need_node = asked.steps.needed_by(modules)
        self._asker, need = _joined(self._of, self._need_module, len(modules))
        wanted = self._need_node[need] * (NEVER + 1) + self._start[self._asker]
        self._keys = np.union1d(wanted, asked.valued * (NEVER + 1) + NEVER)
        self.node = self._keys // (NEVER + 1)

        self._width = 0
        self._followed, self._reached = self._variables(len(self.runs)), self._variables(len(self._keys))
        self._shortage = self._variables(has_shortage and asked.target is not None)
        self._lacking = self._variables(has_shortage and asked.n_pins > 0)
        self._entered, self._whole = self._variables(sum(cut.is_entry for cut in cuts)), self._variables(len(stacks))
        self._day = self._variables(asked.has_days)

        self._rows = _Rows()
        self._reach()
        self.side_rows = self._limit_sides()
        self._ask(self._reached[np.searchsorted(self._keys, wanted)])
        if np.isfinite(asked.most_aim) and not has_shortage:
            self._rows.add_one(self._followed, asked.run_cost[self.runs], asked.most_aim)
        self._follow_once()
        if asked.hours_per_week is not None:
            self._limit_hours(asked.hours_per_week)
        if asked.target is not None:
            self._reach_target(asked.target)
        if asked.has_days:
            self._end_within()
        if asked.n_pins:
            self._hold_pins()
        entered = iter(self._entered)
        for cut in cuts:
            if cut.is_entry:
                self._enter(cut, next(entered))
            else:
                self._break(cut)
        if stacks:
            self._complete_one(stacks)
        self.rows, self.limits = self._rows.matrix(self._width), self._rows.limits
        self.aim, self.bounds = self._aim(), self._bounds()
        self.integrality = np.ones(self._width, dtype=np.int64)

    def solved(self, seconds: float, gap: float, *, is_presolved: bool) -> Any:
        """What the integer solver finds within some seconds."""
        return milp(
            self.aim,
            integrality=self.integrality,
            bounds=Bounds(self.bounds[:, 0], self.bounds[:, 1]),
            constraints=LinearConstraint(self.rows, -np.inf, self.limits),
            options={"mip_rel_gap": gap, "time_limit": seconds, "presolve": is_presolved},
        )

    # -- the variables ---------------------------------------------------------------------------------------------------

    def _variables(self, count: int) -> IntArray:
        """The next so many variables."""
        before, self._width = self._width, self._width + count
        return np.arange(before, self._width)

    @property
    def _is_for_good(self) -> BoolArray:
        """Whether each key is wanted by whenever. Shape (n_keys,)."""
        return np.asarray(self._keys % (NEVER + 1) == NEVER, dtype=np.bool_)

    def _aim(self) -> FloatArray:
        aim = np.zeros(self._width)
        aim[self._followed] = self._asked.run_cost[self.runs]
        if self._asked.target is None:
            aim[self._reached] = np.where(self._is_for_good, -self._asked.steps.value[self.node], 0.0)
        aim[self._shortage] = aim[self._lacking] = SHORTAGE
        aim[self._day] = 1.0
        return aim

    def _bounds(self) -> FloatArray:
        bounds = np.zeros((self._width, 2))
        bounds[:, 1] = 1.0
        bounds[self._shortage, 1] = bounds[self._lacking, 1] = np.inf
        bounds[self._day] = self._asked.least_days, self._asked.most_days
        return bounds

    # -- the rows --------------------------------------------------------------------------------------------------------

    def _reach(self) -> None:
        """A node is reached by a day when it is by the day before that counts, or a run that gives it could end in between."""
        n_keys = len(self._keys)
        follows = np.flatnonzero(np.diff(self.node, prepend=-1) == 0)
        give_module, give_node = self._asked.steps.given_by(self._modules)
        giver, give = _joined(self._of, give_module, len(self._modules))
        key = np.searchsorted(self._keys, give_node[give] * (NEVER + 1) + self._end[giver])
        is_in_time = np.append(self.node, -1)[key] == give_node[give]
        giver, key = giver[is_in_time], key[is_in_time]
        self._rows.add(
            np.concatenate([np.arange(n_keys), follows, key]),
            np.concatenate([self._reached, self._reached[follows - 1], giver]),
            np.concatenate([np.ones(n_keys), -np.ones(len(follows) + len(key))]),
            np.zeros(n_keys),
        )

    def _limit_sides(self) -> slice:
        """Budget, and work within the hours that there are."""
        before = self._rows.height
        for side in self._asked.sides:
            day = self._day if side.per_day else self._day[:0]
            column, per_day = np.append(self._followed, day), np.full(len(day), -side.per_day)
            self._rows.add_one(column, np.append(side.weights[self.runs], per_day), side.limit)
        return slice(before, self._rows.height)

    def _ask(self, asked: IntArray) -> None:
        """A run needs what it asks: by asking run, the variable of the node."""
        pair = np.arange(len(asked))
        self._rows.add(np.tile(pair, 2), np.concatenate([self._asker, asked]), np.repeat([1.0, -1.0], len(pair)), np.zeros(len(pair)))

    def _follow_once(self) -> None:
        """Of each module no more than one run."""
        has_several = np.bincount(self._of, minlength=len(self._modules)) > 1
        number, kept = np.cumsum(has_several) - 1, np.flatnonzero(has_several[self._of])
        self._rows.add(number[self._of[kept]], kept, np.ones(len(kept)), np.ones(np.count_nonzero(has_several)))

    def _limit_hours(self, hours_per_week: float) -> None:
        """At the start of each dated run, those that run then ask no more hours than there are."""
        fixed = np.flatnonzero(self._is_fixed)
        moments = np.unique(self._start[fixed])
        row, at = np.nonzero((self._start[fixed] <= moments[:, None]) & (self._end[fixed] > moments[:, None]))
        load = self._asked.runs.load[self.runs[fixed[at]]]
        self._rows.add(row, fixed[at], load, np.full(len(moments), hours_per_week + EXACT))

    def _reach_target(self, target: float) -> None:
        """What is reached is worth the wanted coverage."""
        value = self._asked.steps.value[self.node]
        worth = np.flatnonzero((value > 0) & self._is_for_good)
        column = np.append(self._reached[worth], self._shortage)
        self._rows.add_one(column, -np.append(value[worth], np.ones(len(self._shortage))), -target + TARGET_SLACK)

    def _end_within(self) -> None:
        """All ends within D."""
        days = (self._end - self._asked.earliest).astype(np.float64)
        late = np.flatnonzero(days > self._asked.least_days)
        self._rows.add(
            np.tile(np.arange(len(late)), 2),
            np.concatenate([late, np.repeat(self._day, len(late))]),
            np.concatenate([days[late], -np.ones(len(late))]),
            np.zeros(len(late)),
        )

    def _hold_pins(self) -> None:
        """So many of the pins are followed."""
        column = np.append(np.flatnonzero(np.isin(self._modules, self._asked.pins)[self._of]), self._lacking)
        self._rows.add_one(column, -np.ones(len(column)), -float(self._asked.n_pins))

    def _enter(self, cut: Cut, entered: int) -> None:
        """Whoever is inside a circle has come in by a module outside."""
        nodes = list(cut.nodes)
        give_module, give_node = self._asked.steps.given_by(self._modules)
        inner = np.unique(self._need_module[np.isin(self._need_node, nodes)])
        outer = np.setdiff1d(np.unique(give_module[np.isin(give_node, nodes)]), inner)
        ways, waits = np.flatnonzero(np.isin(self._of, outer)), np.flatnonzero(np.isin(self._of, inner))
        group = 1 + np.searchsorted(inner, self._of[waits])
        row = np.concatenate([np.zeros(len(ways) + 1, dtype=np.int64), group, np.arange(1, len(inner) + 1)])
        column = np.concatenate([ways, [entered], waits, np.full(len(inner), entered)])
        weight = np.concatenate([-np.ones(len(ways)), [1.0], np.ones(len(waits)), -np.ones(len(inner))])
        self._rows.add(row, column, weight, np.zeros(len(inner) + 1))

    def _break(self, cut: Cut) -> None:
        """Not all of the modules of a cut, without another one that helps."""
        inside = np.isin(self._modules, list(cut.modules))
        if inside.sum() == len(cut.modules):
            helps = np.isin(self._modules, self._asked.givers_by(cut.nodes)) & ~inside
            weight = (inside.astype(np.float64) - helps)[self._of]
            column = np.flatnonzero(weight)
            self._rows.add_one(column, weight[column], len(cut.modules) - 1.0)

    def _complete_one(self, stacks: Sequence[Sequence[int]]) -> None:
        """One of the stacks is whole: of each of its modules a run is followed."""
        for stack, whole in zip(stacks, self._whole, strict=True):
            member, run = np.nonzero(self._modules[self._of] == np.array(stack)[:, None])
            row, column = np.concatenate([member, np.arange(len(stack))]), np.concatenate([run, np.full(len(stack), whole)])
            self._rows.add(row, column, np.repeat([-1.0, 1.0], [len(run), len(stack)]), np.zeros(len(stack)))
        self._rows.add_one(self._whole, -np.ones(len(stacks)), -1.0)


def _joined(of: IntArray, group: IntArray, n_groups: int) -> tuple[IntArray, IntArray]:
    """All pairs of a position in `of` and one in `group` that hold the same number; both never descend."""
    size = np.bincount(group, minlength=n_groups)
    first = np.cumsum(size) - size
    return ranges(first[of], first[of] + size[of])
