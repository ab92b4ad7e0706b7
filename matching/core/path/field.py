"""A learner's question, and what can be had within the wishes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from matching.core.arrays import BoolArray, EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes
from matching.core.path.candidates import (
    NEVER,
    Runs,
    StepNodes,
    Usual,
    first_ends,
    likely_editions,
    runs_of,
    stated_hours,
    step_nodes_of,
    useful,
)
from matching.core.path.schedule import Job


class Objective(StrEnum):
    """What is to be least."""

    COST = "cost"
    HOURS = "hours"
    DURATION = "duration"
    TRAVEL = "travel"


@dataclass(frozen=True)
class PathQuestion:
    """One learner's question in arrays: everything that does not change while an answer is looked for.

    `wishes.budget_eur` limits each module, `budget_eur` all together; None is no limit. `stacks`: rows of the modules of each certificate
    that the learner would like to earn on the way; empty where that is no wish. `pins`: rows of modules that the path has to hold, whatever
    they close.
    """

    gap: Gap
    modules: ModuleArrays
    editions: EditionArrays
    wishes: Wishes
    usual: Usual
    budget_eur: float | None
    stacks: tuple[tuple[int, ...], ...] = ()
    pins: tuple[int, ...] = ()

    @cached_property
    def field(self) -> Field:
        """What can be had within the wishes: the same whatever the aim."""
        return field_of(self)


@dataclass(frozen=True)
class Field:
    """What can be had within the wishes.

    Attributes:
        runs: the runs that fit, and can start once what they need can be had.
        run_ends: shape (n_runs,), the first day by which each run could have ended.
        ends: shape (n_modules,), the first day by which each module could have ended, NEVER for those that cannot be had.
        reachable: weighted steps of the gap that can be had at all, money and hours aside.
    """

    steps: StepNodes
    runs: Runs
    run_ends: IntArray
    ends: IntArray
    hours: FloatArray
    earliest: int
    latest: int
    reachable: float
    had: IntArray

    @property
    def is_open(self) -> BoolArray:
        """Whether each module can be had."""
        return self.ends < NEVER

    def steps_of(self, jobs: Iterable[Job]) -> float:
        """Weighted steps of the gap that some jobs close together."""
        given = frozenset[int]().union(*(job.gives for job in jobs))
        return float(self.steps.value[sorted(given)].sum())

    def only(self, kept: IntArray) -> Field:
        """With some of the runs alone, by position."""
        runs = self.runs.only(kept)
        is_open = np.zeros(len(self.ends), dtype=np.bool_)
        is_open[runs.module] = True
        ends = np.where(is_open, self.ends, NEVER)
        return replace(self, runs=runs, run_ends=self.run_ends[kept], ends=ends, steps=self.steps.only(is_open))


def field_of(question: PathQuestion) -> Field:
    """What can be had within the wishes."""
    wishes, modules, editions = question.wishes, question.modules, question.editions
    rows = likely_editions(modules, editions, wishes)
    is_offered, is_wanted = np.zeros((2, modules.n_modules), dtype=np.bool_)
    is_offered[editions.module[rows]] = True
    is_wanted[[*question.pins, *(module for stack in question.stacks for module in stack)]] = True
    steps = step_nodes_of(question.gap, modules, is_offered)
    is_useful = useful(steps, is_wanted & is_offered)
    steps = steps.only(is_useful)
    runs = runs_of(rows[is_useful[editions.module[rows]]], modules, editions, wishes, question.usual)
    latest = wishes.finish_by if wishes.finish_by is not None else NEVER - 1
    run_ends, ends, had = first_ends(steps, runs, modules.n_modules, wishes.earliest, latest)
    can = np.flatnonzero(run_ends < NEVER)
    return Field(
        steps=steps,
        runs=runs.only(can),
        run_ends=run_ends[can],
        ends=ends,
        hours=stated_hours(modules, question.usual),
        earliest=wishes.earliest,
        latest=latest,
        reachable=float(steps.value[had < NEVER].sum()),
        had=had,
    )


def stacks_within(question: PathQuestion, field: Field) -> tuple[tuple[int, ...], ...]:
    """Of the stacks that the learner would like, those of which all modules can be had and one closes part of the gap."""
    if not question.stacks:
        return ()
    closers = set(field.steps.givers(np.flatnonzero(field.steps.value > 0))[0].tolist())
    return tuple(stack for stack in question.stacks if field.is_open[list(stack)].all() and closers.intersection(stack))
