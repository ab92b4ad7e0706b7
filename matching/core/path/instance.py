"""The covering problem of one learner: what is wanted, within which limits, and what its modules give and need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matching.core.arrays import BoolArray, FloatArray, IntArray
from matching.core.path.candidates import Runs, StepNodes


@dataclass(frozen=True)
class Side:
    """A sum over chosen runs that may not pass a limit: `weights` of shape (n_runs,); `per_day` is what a day of D adds to the limit."""

    weights: FloatArray
    limit: float
    per_day: float = 0.0


@dataclass(frozen=True)
class Cut:
    """Not all of `modules` without another one that gives one of `nodes` by its day, NEVER for whenever.

    `is_entry`: none of the modules that need one of `nodes` without one that gives such a node and needs none of them. For whoever wants
    to get into a circle of modules that wait for one another needs a way in.
    """

    modules: frozenset[int]
    nodes: Mapping[int, int]
    is_entry: bool = False


@dataclass(kw_only=True)
class Instance:
    """The covering problem of one learner, as it is asked.

    Attributes:
        steps: what modules give and need.
        runs: the runs that can be had.
        run_ends: shape (n_runs,), the first day by which each could have ended.
        ends: shape (n_modules,), the first day by which each module could have ended.
        run_cost: shape (n_runs,), what each adds to the aim.
        target: weighted steps to reach; None: as many as possible, whatever they cost.
        sides: sums with their limits.
        hours_per_week: how many hours a week there are; None: no limit.
        has_days: whether days count, as D.
        least_days, most_days: no answer takes fewer days, and none may take more.
        most_aim: only answers of no more than this are looked for.
        stacks: sets of modules of which one has to be whole, where there are any.
        pins, n_pins: of these modules, ascending, at least so many have to be chosen.
        cuts: sets that turned out to have no order or no calendar.
    """

    steps: StepNodes
    runs: Runs
    run_ends: IntArray
    ends: IntArray
    earliest: int
    n_modules: int
    run_cost: FloatArray
    target: float | None
    sides: Sequence[Side]
    hours_per_week: float | None
    has_days: bool
    least_days: float
    most_days: float = np.inf
    most_aim: float = np.inf
    stacks: Sequence[Sequence[int]] = ()
    pins: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    n_pins: int = 0
    cuts: list[Cut] = field(default_factory=list)

    @cached_property
    def is_open(self) -> BoolArray:
        """Whether each module can be had."""
        found = np.zeros(self.n_modules, dtype=np.bool_)
        found[self.runs.module] = True
        return found

    @cached_property
    def _begins(self) -> IntArray:
        """Position of the first run of each module that has any."""
        return np.flatnonzero(np.diff(self.runs.module, prepend=-1))

    def least(self, of_run: FloatArray) -> FloatArray:
        """The least over the runs of each module; 0 for one without. Shape (n_modules,)."""
        value = np.zeros(self.n_modules)
        if len(self._begins):
            value[self.runs.module[self._begins]] = np.minimum.reduceat(of_run, self._begins)
        return value

    @cached_property
    def cost(self) -> FloatArray:
        """What each module costs at least. Shape (n_modules,)."""
        return self.least(self.run_cost)

    def givers_by(self, days: Mapping[int, int]) -> IntArray:
        """The modules that could give any of some nodes by the day of that node."""
        nodes = np.array(sorted(days), dtype=np.int64)
        module, node = self._giving(nodes)
        by = np.array([days[node] for node in nodes.tolist()], dtype=np.int64)
        return np.unique(module[self.ends[module] <= by[np.searchsorted(nodes, node)]])

    def _giving(self, nodes: IntArray) -> tuple[IntArray, IntArray]:
        """Module and node of all open modules that give one of `nodes`."""
        module, node = self.steps.givers(nodes)
        return module[self.is_open[module]], node[self.is_open[module]]

    @cached_property
    def valued(self) -> IntArray:
        """Nodes that are worth something and that some module gives."""
        return np.unique(self._giving(np.flatnonzero(self.steps.value > 0))[1])
