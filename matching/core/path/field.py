"""A learner's question, what can be had within the wishes, and what each part of a path adds to the aim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from matching.core.arrays import EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes
from matching.core.path.candidates import (
    LEVELS,
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
from matching.core.path.problem import EXACT
from matching.core.path.schedule import Job, Mode, Placed, Schedule, dated

TIE = 1e-4
"""Euros that an hour, and a module, count beside the price, so that of two equally dear paths the shorter one wins."""

TIE_DAYS = 1e-5
TIE_COVERAGE = 1e-8


class Objective(StrEnum):
    """What is to be least."""

    COST = "cost"
    HOURS = "hours"
    DURATION = "duration"
    TRAVEL = "travel"


SPARED = (Objective.COST, Objective.TRAVEL)
"""Aims of which many modules take nothing at all."""

ALONGSIDE = {Objective.COST: 1.0, Objective.HOURS: 1.0, Objective.TRAVEL: 2.0, Objective.DURATION: 0.2}
"""What settles between equals never adds more to an aim than this: for 10,000 euros and as many hours and modules."""


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
    def is_open(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each module can be had."""
        return self.ends < NEVER


@dataclass(frozen=True, slots=True)
class Found:
    """The best dated set so far: its legs without what they close, in order of start. No other has an aim below `bound`."""

    placed: tuple[Placed, ...]
    jobs: tuple[Job, ...]
    covered: float
    aim: float
    is_proven: bool
    bound: float = -np.inf


@dataclass(frozen=True, slots=True)
class Pins:
    """What a path has to hold: at least `least` of the modules `rows`, ascending. `base` is a plan that does, whatever it closes."""

    rows: tuple[int, ...] = ()
    least: int = 0
    base: Found | None = None


NO_PINS = Pins()


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


def job_of(module: int, field: Field, of_run: FloatArray) -> Job:
    """A module to be dated; `of_run`, shape (n_runs,): what each run adds to the aim."""
    steps, runs = field.steps, field.runs
    give = slice(*np.searchsorted(steps.give_module, [module, module + 1]))
    cells = zip(steps.give_column[give].tolist(), steps.above[give].tolist(), steps.upto[give].tolist(), strict=True)
    need = slice(*np.searchsorted(steps.need_module, [module, module + 1]))
    modes = (
        Mode(
            run=run,
            edition=int(runs.edition[run]),
            first=int(runs.first[run]),
            period=int(runs.period[run]),
            days=int(runs.days[run]),
            load=float(runs.load[run]),
            price_eur=float(runs.price_eur[run]),
            travel_km=float(runs.travel_km[run]),
            cost=float(of_run[run]),
        )
        for run in range(*np.searchsorted(runs.module, [module, module + 1]))
    )
    return Job(
        module=module,
        modes=tuple(modes),
        gives=frozenset(column * LEVELS + level for column, above, upto in cells for level in range(above, upto)),
        needs=frozenset(steps.need_node[need].tolist()),
        ready=max(field.had[steps.need_node[need]].tolist(), default=field.earliest),
    )


def seen_as(found: Found, objective: Objective | None, field: Field) -> Found:
    """A plan of the same runs for another aim, or of another worth."""
    of_run = costs(objective, field)[0]
    jobs = tuple(job_of(job.module, field, of_run) for job in found.jobs)
    placed = tuple(replace(one, mode=replace(one.mode, cost=float(of_run[one.mode.run]))) for one in found.placed)
    return Found(placed, jobs, steps_of(jobs, field), aim_of(objective, dated(placed, field.earliest), jobs, field), is_proven=False)


def costs(objective: Objective | None, field: Field) -> tuple[FloatArray, FloatArray]:
    """What each run, and each module in any run, adds to the aim; shapes (n_runs,) and (n_modules,)."""
    price, load = field.runs.price_eur, field.hours + 1.0
    match objective:
        case Objective.COST:
            return price, TIE * load
        case Objective.HOURS:
            return TIE * price, field.hours + TIE
        case Objective.TRAVEL:
            return field.runs.travel_km + TIE * price, TIE * load
        case Objective.DURATION:
            return TIE_DAYS * price, TIE_DAYS * load
        case None:
            return TIE_COVERAGE * price, TIE_COVERAGE * load


def least_aims(objective: Objective | None, field: Field) -> FloatArray:
    """How much of the aim each run takes at least: for DURATION the days until it could have ended. Shape (n_runs,)."""
    of_run, of_module = costs(objective, field)
    is_timed = objective is Objective.DURATION
    return (field.run_ends - field.earliest).astype(np.float64) if is_timed else of_run + of_module[field.runs.module]


def no_dearer(field: Field, objective: Objective | None, aim: float) -> Field:
    """Without the runs that alone already take more than `aim`: no better path holds them."""
    kept = np.flatnonzero(least_aims(objective, field) <= aim + EXACT)
    runs = field.runs.only(kept)
    is_open = np.zeros(len(field.ends), dtype=np.bool_)
    is_open[runs.module] = True
    ends = np.where(is_open, field.ends, NEVER)
    return replace(field, runs=runs, run_ends=field.run_ends[kept], ends=ends, steps=field.steps.only(is_open))


def aim_of(objective: Objective | None, schedule: Schedule, jobs: Sequence[Job], field: Field) -> float:
    """What some dated jobs add up to; the smaller, the better."""
    if objective is Objective.DURATION:
        return float(schedule.finish - field.earliest)
    of_module = costs(objective, field)[1]
    cost = schedule.cost + float(sum(of_module[job.module] for job in jobs))
    return cost - steps_of(jobs, field) if objective is None else cost


def steps_of(jobs: Sequence[Job], field: Field) -> float:
    """Weighted steps of the gap that some jobs close together."""
    given = frozenset[int]().union(*(job.gives for job in jobs))
    return float(field.steps.value[sorted(given)].sum())


def budget_of(question: PathQuestion) -> float:
    """What all may cost together; inf without a limit."""
    return np.inf if question.budget_eur is None else question.budget_eur


def least_days(field: Field, target: float | None, pins: Pins = NO_PINS) -> float:
    """No path that holds the pins reaches `target` in fewer days, even where money and hours are no matter."""
    if pins.least:
        held_by = np.sort(field.ends[list(pins.rows)])[pins.least - 1]
        return max(float(held_by - field.earliest), least_days(field, target))
    valued = np.flatnonzero((field.steps.value > 0) & (field.had < NEVER))
    order = valued[np.argsort(field.had[valued], kind="stable")]
    enough = int(np.searchsorted(np.cumsum(field.steps.value[order]), (target or 0.0) - EXACT))
    return float(field.had[order[min(enough, len(order) - 1)]] - field.earliest) if len(order) and target else 0.0


def taken(objective: Objective, found: Found, field: Field) -> float:
    """What a path takes of its aim alone, without what settles between equals: euros, hours, km or days."""
    match objective:
        case Objective.COST:
            return sum(one.mode.price_eur for one in found.placed)
        case Objective.HOURS:
            return float(sum(field.hours[found.jobs[one.job].module] for one in found.placed))
        case Objective.TRAVEL:
            return sum(one.mode.travel_km for one in found.placed)
        case Objective.DURATION:
            return float(max((one.end for one in found.placed), default=field.earliest) - field.earliest)


def is_nothing(objective: Objective | None, found: Found, field: Field) -> bool:
    """Whether a path is free, where money is the aim, or takes no travel, where that is: then none is better, however long it is."""
    return objective in SPARED and taken(objective, found, field) <= EXACT
