"""What one search looks for, and what a dated set of modules is worth to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matching.core.arrays import FloatArray
from matching.core.path.candidates import LEVELS, NEVER
from matching.core.path.field import Field, Objective, PathQuestion
from matching.core.path.problem import EXACT
from matching.core.path.schedule import Job, Limits, Mode, Placed, Schedule, dated

TIE = 1e-4
"""Euros that an hour, and a module, count beside the price, so that of two equally dear paths the shorter one wins."""

TIE_DAYS = 1e-5
TIE_COVERAGE = 1e-8

ALONGSIDE = {Objective.COST: 1.0, Objective.HOURS: 1.0, Objective.TRAVEL: 2.0, Objective.DURATION: 0.2}
"""What settles between equals never adds more to an aim than this: for 10,000 euros and as many hours and modules."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best dated set so far: its legs without what they close, in order of start. No other has an aim below `bound`."""

    placed: tuple[Placed, ...]
    jobs: tuple[Job, ...]
    covered: float
    aim: float
    is_proven: bool = False
    bound: float = -np.inf


@dataclass(frozen=True, slots=True)
class Pins:
    """What a path has to hold: at least `least` of the modules `rows`, ascending. `base` is a plan that does, whatever it closes."""

    rows: tuple[int, ...] = ()
    least: int = 0
    base: Found | None = None


NO_PINS = Pins()


@dataclass(frozen=True)
class Task:
    """Of the paths that hold the pins and reach `target` weighted steps: the one that takes least of the aim.

    Attributes:
        objective, target: None both: the most weighted steps, whatever they cost.
        stacks: one of them has to be whole, where there are any.
    """

    question: PathQuestion
    field: Field
    objective: Objective | None
    target: float | None
    pins: Pins = NO_PINS
    stacks: tuple[tuple[int, ...], ...] = ()

    @property
    def hours_per_week(self) -> float | None:
        """How many hours a week there are; None: no limit."""
        return self.question.wishes.hours_per_week

    @property
    def limits(self) -> Limits:
        """Within which all get their dates."""
        budget_eur = np.inf if self.question.budget_eur is None else self.question.budget_eur
        return Limits(self.field.earliest, self.field.latest, self.hours_per_week, budget_eur)

    @property
    def is_timed(self) -> bool:
        """Whether days are the aim."""
        return self.objective is Objective.DURATION

    # -- what each part of a path adds to the aim ------------------------------------------------------------------------

    @cached_property
    def of_run(self) -> FloatArray:
        """What each run adds to the aim, beside its module. Shape (n_runs,)."""
        price, km = self.field.runs.price_eur, self.field.runs.travel_km
        match self.objective:
            case Objective.COST:
                return price
            case Objective.HOURS:
                return TIE * price
            case Objective.TRAVEL:
                return km + TIE * price
            case Objective.DURATION:
                return TIE_DAYS * price
            case None:
                return TIE_COVERAGE * price

    @cached_property
    def of_module(self) -> FloatArray:
        """What each module adds to the aim, in any run. Shape (n_modules,)."""
        load = self.field.hours + 1.0
        match self.objective:
            case Objective.COST | Objective.TRAVEL:
                return TIE * load
            case Objective.HOURS:
                return self.field.hours + TIE
            case Objective.DURATION:
                return TIE_DAYS * load
            case None:
                return TIE_COVERAGE * load

    @cached_property
    def spared(self) -> FloatArray | None:
        """What each run takes of the aim, where many take nothing at all: euros or km; else None. Shape (n_runs,)."""
        match self.objective:
            case Objective.COST:
                return self.field.runs.price_eur
            case Objective.TRAVEL:
                return self.field.runs.travel_km
            case _:
                return None

    @cached_property
    def cost(self) -> FloatArray:
        """What each run adds to the aim with its module; for days no more than what settles between equals. Shape (n_runs,)."""
        return self.of_run + self.of_module[self.field.runs.module]

    @property
    def least_aims(self) -> FloatArray:
        """How much of the aim each run takes at least: for DURATION the days until it could have ended. Shape (n_runs,)."""
        return (self.field.run_ends - self.field.earliest).astype(np.float64) if self.is_timed else self.cost

    @property
    def least_days(self) -> float:
        """No path that holds the pins reaches the target in fewer days, even where money and hours are no matter."""
        field, days = self.field, 0.0
        valued = np.flatnonzero((field.steps.value > 0) & (field.had < NEVER))
        if self.target and len(valued):
            order = valued[np.argsort(field.had[valued], kind="stable")]
            enough = int(np.searchsorted(np.cumsum(field.steps.value[order]), self.target - EXACT))
            days = float(field.had[order[min(enough, len(order) - 1)]] - field.earliest)
        if self.pins.least:
            held_by = np.sort(field.ends[list(self.pins.rows)])[self.pins.least - 1]
            days = max(days, float(held_by - field.earliest))
        return days

    def no_dearer(self, aim: float) -> Task:
        """Without the runs that alone already take more than `aim`: no better path holds them."""
        return replace(self, field=self.field.only(np.flatnonzero(self.least_aims <= aim + EXACT)))

    # -- dated sets of modules -------------------------------------------------------------------------------------------

    def job(self, module: int) -> Job:
        """A module to be dated."""
        steps, runs = self.field.steps, self.field.runs
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
                cost=float(self.of_run[run]),
            )
            for run in range(*np.searchsorted(runs.module, [module, module + 1]))
        )
        return Job(
            module=module,
            modes=tuple(modes),
            gives=frozenset(column * LEVELS + level for column, above, upto in cells for level in range(above, upto)),
            needs=frozenset(steps.need_node[need].tolist()),
            ready=max(self.field.had[steps.need_node[need]].tolist(), default=self.field.earliest),
        )

    def jobs(self, modules: Sequence[int]) -> tuple[Job, ...]:
        """Some modules to be dated."""
        return tuple(map(self.job, modules))

    def found(self, schedule: Schedule, jobs: Sequence[Job]) -> Found:
        """Some dated jobs, with what they close and take."""
        covered = self.field.steps_of(jobs)
        if self.is_timed:
            aim = float(schedule.finish - self.field.earliest)
        else:
            aim = schedule.cost + float(sum(self.of_module[job.module] for job in jobs)) - (covered if self.objective is None else 0.0)
        return Found(schedule.placed, tuple(jobs), covered, aim)

    def seen(self, other: Found) -> Found:
        """A plan of another search, by what this one looks for."""
        placed = [replace(one, mode=replace(one.mode, cost=float(self.of_run[one.mode.run]))) for one in other.placed]
        return self.found(dated(placed, self.field.earliest), self.jobs([job.module for job in other.jobs]))

    def taken(self, found: Found) -> float:
        """What a path takes of the aim alone, without what settles between equals: euros, hours, km or days."""
        match self.objective:
            case Objective.COST:
                return sum(one.mode.price_eur for one in found.placed)
            case Objective.HOURS:
                return float(sum(self.field.hours[found.jobs[one.job].module] for one in found.placed))
            case Objective.TRAVEL:
                return sum(one.mode.travel_km for one in found.placed)
            case _:
                return float(max((one.end for one in found.placed), default=self.field.earliest) - self.field.earliest)

    def is_nothing(self, found: Found) -> bool:
        """Whether a path is free, where money is the aim, or takes no travel, where that is: then none is better, however long it is."""
        return self.spared is not None and self.taken(found) <= EXACT
