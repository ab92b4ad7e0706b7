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

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from matching.core.arrays import FloatArray, IntArray
from matching.core.path.candidates import NEVER, counted
from matching.core.path.instance import Instance

EXACT = 1e-6
TARGET_SLACK = 1e-4
"""Weighted steps by which the target may be missed: less than any skill is worth, more than the solver's rounding."""

SHORTAGE = 1e6
"""Cost of a step of coverage that the first, small problems cannot reach yet: more than anything real."""


class Problem:
    """Rows, limits and bounds over the runs of some modules: first `x`, `a`, the shortages, whether circles are entered, and `D`."""

    def __init__(self, asked: Instance, modules: IntArray, *, has_shortage: bool) -> None:
        """`has_shortage`: a relaxation over a few modules, which may miss what these cannot reach or open the way to, at a price that
        nothing real has."""
        self.parts: list[tuple[IntArray, IntArray, FloatArray]] = []
        self.height, limits = 0, list[FloatArray]()
        steps, runs = asked.steps, asked.runs
        begin = np.searchsorted(runs.module, modules)
        count = np.searchsorted(runs.module, modules, side="right") - begin
        self.runs = np.repeat(begin, count) + counted(count)
        n, of = len(self.runs), np.repeat(np.arange(len(modules)), count)
        is_fixed = runs.period[self.runs] == 0
        start, end = np.where(is_fixed, runs.first[self.runs], NEVER), asked.run_ends[self.runs]

        # Each thing that is wanted by a day is a key; a dated run wants what it needs by its start, all others by whenever.
        module_at, need_node = asked.needs(modules)
        run_at, need_at = _joined(of, module_at, len(modules))
        wanted = need_node[need_at] * (NEVER + 1) + start[run_at]
        keys = np.union1d(wanted, asked.valued * (NEVER + 1) + NEVER)
        self.node, n_keys = keys // (NEVER + 1), len(keys)
        key_row = np.arange(n_keys)
        follows = np.flatnonzero(np.diff(self.node, prepend=-1) == 0)
        give_module, give_node = asked.given_by(modules)
        giver, give_at = _joined(of, give_module, len(modules))
        place = np.searchsorted(keys, give_node[give_at] * (NEVER + 1) + end[giver])
        in_time = np.append(self.node, -1)[place] == give_node[give_at]
        giver, place = giver[in_time], place[in_time]
        is_short, is_lacking = has_shortage and asked.target is not None, has_shortage and asked.n_pins > 0
        entry = n + n_keys + is_short + is_lacking
        # The relaxation prices modules that are not in it, and knows nothing of what cuts would mean for those.
        cuts = [] if has_shortage else asked.cuts
        stacks = [] if has_shortage else asked.stacks
        width = entry + sum(cut.is_entry for cut in cuts) + len(stacks) + asked.has_days
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
        self.side_rows = slice(self.height, self.height + len(asked.sides))
        for side in asked.sides:
            with_day = asked.has_days and side.per_day > 0
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
        if np.isfinite(asked.most_aim) and not has_shortage:
            add(np.zeros(n, dtype=np.int64), np.arange(n), asked.run_cost[self.runs], np.array([asked.most_aim]))
        several = np.flatnonzero(count > 1)
        one_of = np.full(len(modules), -1)
        one_of[several] = np.arange(len(several))
        kept = np.flatnonzero(one_of[of] >= 0)
        add(one_of[of[kept]], kept, np.ones(len(kept)), np.ones(len(several)))
        if asked.hours_per_week is not None:
            # At the start of each dated run, those that run then ask no more hours than there are.
            fixed = np.flatnonzero(is_fixed)
            moments = np.unique(start[fixed])
            busy = (start[fixed] <= moments[:, None]) & (end[fixed] > moments[:, None])
            row, at = np.nonzero(busy)
            add(row, fixed[at], runs.load[self.runs[fixed[at]]], np.full(len(moments), asked.hours_per_week + EXACT))
        if asked.target is not None:
            worth = np.flatnonzero((steps.value[self.node] > 0) & (keys % (NEVER + 1) == NEVER))
            column = np.append(n + worth, n + n_keys) if is_short else n + worth
            value = np.append(steps.value[self.node[worth]], 1.0) if is_short else steps.value[self.node[worth]]
            add(np.zeros(len(column), dtype=np.int64), column, -value, np.array([-asked.target + TARGET_SLACK]))
        if asked.has_days:
            days = (end - asked.earliest).astype(np.float64)
            late = np.flatnonzero(days > asked.least_days)
            add(
                np.tile(np.arange(len(late)), 2),
                np.concatenate([late, np.full(len(late), day)]),
                np.concatenate([days[late], -np.ones(len(late))]),
                np.zeros(len(late)),
            )
        if asked.n_pins:
            pinned = np.flatnonzero(np.isin(modules, asked.pins)[of])
            column = np.append(pinned, entry - 1) if is_lacking else pinned
            add(np.zeros(len(column), dtype=np.int64), column, -np.ones(len(column)), np.array([-float(asked.n_pins)]))
        for cut in cuts:
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
                helps = np.isin(modules, asked.givers_by(cut.nodes)) & ~inside
                weight = (inside.astype(np.float64) - helps)[of]
                column = np.flatnonzero(weight)
                add(np.zeros(len(column), dtype=np.int64), column, weight[column], np.array([len(cut.modules) - 1.0]))
        for number, stack in enumerate(stacks):
            its_runs = [np.flatnonzero(modules[of] == module) for module in stack]
            row = np.concatenate([np.full(len(at), place) for place, at in enumerate(its_runs)] + [np.arange(len(stack))])
            column = np.concatenate([*its_runs, np.full(len(stack), entry + number)])
            add(row, column, np.where(column < n, -1.0, 1.0), np.zeros(len(stack)))
        if stacks:
            add(np.zeros(len(stacks), dtype=np.int64), entry + np.arange(len(stacks)), -np.ones(len(stacks)), np.array([-1.0]))
        row, column, value = (np.concatenate(part) for part in zip(*self.parts, strict=True))
        self.rows = coo_array((value, (row, column)), shape=(self.height, width)).tocsr()
        self.limits = np.concatenate(limits)
        self.aim = np.zeros(width)
        self.aim[:n] = asked.run_cost[self.runs]
        if asked.target is None:
            self.aim[n : n + n_keys] = np.where(keys % (NEVER + 1) == NEVER, -steps.value[self.node], 0.0)
        self.bounds = np.zeros((width, 2))
        self.bounds[:, 1] = 1.0
        if is_short:
            self.aim[n + n_keys], self.bounds[n + n_keys, 1] = SHORTAGE, np.inf
        if is_lacking:
            self.aim[n + n_keys + is_short], self.bounds[n + n_keys + is_short, 1] = SHORTAGE, np.inf
        if asked.has_days:
            self.aim[day], self.bounds[day] = 1.0, (asked.least_days, asked.most_days)
        self.integrality = np.ones(width, dtype=np.int64)

    def solved(self, seconds: float, gap: float, *, is_presolved: bool) -> Any:
        """What the integer solver finds within some seconds."""
        return milp(
            self.aim,
            integrality=self.integrality,
            bounds=Bounds(self.bounds[:, 0], self.bounds[:, 1]),
            constraints=LinearConstraint(self.rows, -np.inf, self.limits),
            options={"mip_rel_gap": gap, "time_limit": seconds, "presolve": is_presolved},
        )


def _joined(of: IntArray, group: IntArray, n_groups: int) -> tuple[IntArray, IntArray]:
    """All pairs of a position in `of` and one in `group` that hold the same number; both never descend."""
    size = np.bincount(group, minlength=n_groups)
    first = np.cumsum(size) - size
    count = size[of]
    return np.repeat(np.arange(len(of)), count), np.repeat(first[of], count) + counted(count)
