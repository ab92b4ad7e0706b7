"""The search for one dated set of modules: cover first, schedule then, cuts in between until the bound meets the best one found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matching.core.arrays import EditionArrays, FloatArray, Gap, IntArray, ModuleArrays, Wishes
from matching.core.path_candidates import LEVELS, NEVER, Runs, StepNodes, Usual, first_ends, runs_of, stated_hours, step_nodes_of
from matching.core.path_cover import Cover
from matching.core.path_greedy import greedy
from matching.core.path_problem import EXACT, Cut, Side
from matching.core.path_schedule import Job, Mode, Placed, Schedule, Timetable, conflict, dated, salvaged, stuck

MOST_ROUNDS = 60
"""Sets of modules that are tried on the calendar, for one question."""

FEW_STEPS = 300
"""Placements that are tried with the runs that the cover has in mind, before the dates are simply filled up."""

TIE = 1e-4
"""Euros that an hour, and a module, count beside the price, so that of two equally dear paths the shorter one wins."""

NEARLY = 0.9
"""Share of the slack by which the next answer has to be better: less than all of it, so that rounding never makes a proof of none."""

A_CENT = 0.01
ALMOST_A_DAY = 0.9
TIE_DAYS = 1e-5
TIE_COVERAGE = 1e-8


class Objective(StrEnum):
    """What is to be least."""

    COST = "cost"
    HOURS = "hours"
    DURATION = "duration"
    TRAVEL = "travel"


@dataclass(frozen=True)
class Learner:
    """One learner's question in arrays: everything that does not change while an answer is looked for.

    `wishes.budget_eur` limits each module, `budget_eur` all together; None is no limit. `stacks`: rows of the modules of each certificate
    that the learner would like to earn on the way; empty where that is no wish.
    """

    gap: Gap
    modules: ModuleArrays
    editions: EditionArrays
    wishes: Wishes
    usual: Usual
    budget_eur: float | None
    stacks: tuple[tuple[int, ...], ...] = ()


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
    """The best dated set so far: its legs without what they close, in order of start."""

    placed: tuple[Placed, ...]
    jobs: tuple[Job, ...]
    covered: float
    aim: float
    is_proven: bool


def field_of(learner: Learner) -> Field:
    """What can be had within the wishes of this learner."""
    wishes, modules = learner.wishes, learner.modules
    steps = step_nodes_of(learner.gap, modules)
    runs = runs_of(modules, learner.editions, wishes, learner.usual)
    latest = wishes.finish_by if wishes.finish_by is not None else NEVER - 1
    run_ends, ends, had = first_ends(steps, runs, modules.n_modules, wishes.earliest, latest)
    can = run_ends < NEVER
    return Field(
        steps=steps,
        runs=runs.only(can),
        run_ends=run_ends[can],
        ends=ends,
        hours=stated_hours(modules, learner.usual),
        earliest=wishes.earliest,
        latest=latest,
        reachable=float(steps.value[had < NEVER].sum()),
        had=had,
    )


def stacks_within(learner: Learner, field: Field) -> tuple[tuple[int, ...], ...]:
    """Of the stacks that the learner would like, those of which all modules can be had and one closes part of the gap."""
    closers = set(field.steps.givers(np.flatnonzero(field.steps.value > 0))[0].tolist())
    return tuple(stack for stack in learner.stacks if field.is_open[list(stack)].all() and closers.intersection(stack))


def search(
    learner: Learner,
    field: Field,
    objective: Objective | None,
    target: float | None,
    clashes: list[Cut],
    seconds_left: Callable[[], float],
    stacks: tuple[tuple[int, ...], ...] = (),
) -> Found | None:
    """The best dated set of modules that reaches `target` weighted steps; None where none was found.

    Args:
        objective: None with `target` None: the most weighted steps, whatever they cost.
        clashes: sets of modules of which it is known that they have no dates; more are added.
        stacks: one of them has to be whole, where there are any.
    """
    best = None if objective is None or target is None or stacks else greedily(learner, field, objective, target)
    if best is not None:
        field = _no_dearer(field, objective, best.aim)
    cover, of_run = _cover(learner, field, objective, target, seconds_left), _costs(objective, field)[0]
    cover.cuts, cover.stacks = list(clashes), stacks
    if best is not None:
        cover.start = np.array(sorted(job.module for job in best.jobs), dtype=np.int64)
        cover.aim_below(best.aim)
    open_aim = np.inf
    for _ in range(MOST_ROUNDS):
        chosen = cover.solve()
        if chosen.modules is None or (best is not None and _is_no_better(objective, chosen.bound, best.aim)):
            if seconds_left() > 0 and cover.widen(_wanted(objective, best)):
                continue
            break
        jobs = tuple(_job(module, field, of_run) for module in chosen.modules)
        if waiting := stuck(jobs):
            cuts = _order_cuts(jobs, waiting)
            clashes += cuts
            cover.cuts += cuts
            continue
        schedule, is_complete = _scheduled(jobs, chosen.runs, field, learner, is_cost_first=objective is not Objective.DURATION)
        together = conflict(jobs, field.earliest, field.latest, learner.wishes.hours_per_week) if schedule is None else []
        cover.cuts.append(_clash(jobs, together))
        if schedule is None and (together or is_complete):
            clashes.append(cover.cuts[-1])
        found = None
        if schedule is not None:
            found = Found(schedule.placed, jobs, _covered(jobs, field), _aim(objective, schedule, jobs, field), is_proven=False)
        elif objective is None:
            found = _salvaged(jobs, learner, field)
        if not is_complete and not together:
            open_aim = min(open_aim, chosen.aim)  # nobody knows whether these have better dates
        if found is not None:
            best = found if best is None or found.aim < best.aim - EXACT / 10 else best
            if objective is not None:
                cover.aim_below(_wanted(objective, best))
            if _is_no_better(objective, chosen.bound, best.aim) and not cover.widen(_wanted(objective, best)):
                break
        if seconds_left() <= 0:
            break
    bound = min(chosen.bound, cover.cutoff, open_aim)
    if objective is None and (best is None or not _is_no_better(objective, bound, best.aim)):
        soonest = _salvaged(tuple(_job(module, field, of_run) for module in cover.soonest(field.ends).tolist()), learner, field)
        best = soonest if best is None or soonest.aim < best.aim else best
    return replace(best, is_proven=_is_no_better(objective, bound, best.aim) or _is_nothing(objective, best)) if best else None


def greedily(learner: Learner, field: Field, objective: Objective, target: float) -> Found | None:
    """The greedy plan for `target` weighted steps; None where it gets stuck before."""
    of_run, is_timed = _costs(objective, field)[0], objective is Objective.DURATION
    unit = np.full(len(field.ends), np.inf)
    np.minimum.at(unit, field.runs.module, _aims(objective, field))
    timetable = Timetable((), field.earliest, field.latest, learner.wishes.hours_per_week, _budget(learner), is_cost_first=not is_timed)
    found = greedy(field.steps, field.is_open, unit, target, lambda module: _job(module, field, of_run), timetable)
    if found is None:
        return None
    jobs, schedule = found[0], dated(found[1], field.earliest)
    return Found(schedule.placed, jobs, _covered(jobs, field), _aim(objective, schedule, jobs, field), is_proven=False)


def _aims(objective: Objective | None, field: Field) -> FloatArray:
    """How much of the aim each run takes at least: for DURATION the days until it could have ended. Shape (n_runs,)."""
    of_run, of_module = _costs(objective, field)
    is_timed = objective is Objective.DURATION
    return (field.run_ends - field.earliest).astype(np.float64) if is_timed else of_run + of_module[field.runs.module]


def _no_dearer(field: Field, objective: Objective | None, aim: float) -> Field:
    """Without the runs that alone already take more than `aim`: no better path holds them."""
    kept = np.flatnonzero(_aims(objective, field) <= aim + EXACT)
    runs = field.runs.only(kept)
    is_open = np.zeros(len(field.ends), dtype=np.bool_)
    is_open[runs.module] = True
    ends = np.where(is_open, field.ends, NEVER)
    return replace(field, runs=runs, run_ends=field.run_ends[kept], ends=ends, steps=field.steps.only(is_open))


def _wanted(objective: Objective | None, best: Found | None) -> float:
    """Only what is better than this is still looked for."""
    return np.inf if best is None else best.aim - NEARLY * _slack(objective)


def _is_no_better(objective: Objective | None, bound: float, aim: float) -> bool:
    """Whether nothing at or above `bound` is better than `aim` by a cent (an hundredth of an hour, of a kilometre) or a day."""
    return aim <= bound + _slack(objective)


def _is_nothing(objective: Objective | None, best: Found) -> bool:
    """Whether a path is free, where money is the aim, or takes no travel, where that is: then none is better, however long it is."""
    spent = {
        Objective.COST: sum(one.mode.price_eur for one in best.placed),
        Objective.TRAVEL: sum(one.mode.travel_km for one in best.placed),
    }
    return objective in spent and spent[objective] <= EXACT


def _slack(objective: Objective | None) -> float:
    if objective is None:
        return EXACT
    return ALMOST_A_DAY if objective is Objective.DURATION else A_CENT / 2


def _cover(learner: Learner, field: Field, objective: Objective | None, target: float | None, seconds_left: Callable[[], float]) -> Cover:
    wishes, runs = learner.wishes, field.runs
    of_run, of_module = _costs(objective, field)
    is_timed = objective is Objective.DURATION
    sides = [Side(runs.price_eur, learner.budget_eur)] if learner.budget_eur is not None else []
    most_days = float(field.latest - field.earliest)
    if wishes.hours_per_week is not None and (is_timed or wishes.finish_by is not None):
        limit = 0.0 if is_timed else most_days
        days, share = runs.days.astype(np.float64), runs.load / wishes.hours_per_week
        # Two runs that each ask more than half of the hours never run together, nor do three that each ask more than a third.
        worths = (share, np.where(share > 1 / 2 + EXACT, 1.0, 0.0), np.where(share > 1 / 3 + EXACT, 0.5, 0.0))
        sides += [Side(days * worth, limit, float(is_timed)) for worth in worths]
    return Cover(
        steps=field.steps,
        runs=runs,
        run_ends=field.run_ends,
        earliest=field.earliest,
        n_modules=learner.modules.n_modules,
        run_cost=of_run + of_module[runs.module],
        target=target,
        sides=sides,
        hours_per_week=wishes.hours_per_week,
        has_days=is_timed,
        least_days=_least_days(field, target) if is_timed else 0.0,
        seconds_left=seconds_left,
        slack=_slack(objective),
        most_days=most_days if wishes.finish_by is not None else np.inf,
    )


def _least_days(field: Field, target: float | None) -> float:
    """No path reaches `target` in fewer days, even where money and hours are no matter."""
    valued = np.flatnonzero((field.steps.value > 0) & (field.had < NEVER))
    order = valued[np.argsort(field.had[valued], kind="stable")]
    enough = int(np.searchsorted(np.cumsum(field.steps.value[order]), (target or 0.0) - EXACT))
    return float(field.had[order[min(enough, len(order) - 1)]] - field.earliest) if len(order) and target else 0.0


def _job(module: int, field: Field, of_run: FloatArray) -> Job:
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


def _order_cuts(jobs: Sequence[Job], waiting: Sequence[int]) -> list[Cut]:
    """For each circle of jobs that wait for one another: it needs a way in.

    A circle holds, with each of its jobs, all those that give the thing that this job lacks.
    """
    given = frozenset[int]().union(*(job.gives for at, job in enumerate(jobs) if at not in set(waiting)))
    lack = {at: min(jobs[at].needs - given) for at in waiting}
    circles = list[frozenset[int]]()
    for start in waiting:
        circle, added = {start}, {start}
        while added:
            wanted = {lack[at] for at in added}
            added = {at for at in waiting if jobs[at].gives & wanted} - circle
            circle |= added
        circles.append(frozenset(circle))
    smallest = sorted({circle for circle in circles if not any(other < circle for other in circles)}, key=sorted)
    return [Cut(frozenset(), frozenset(lack[at] for at in circle), is_entry=True) for circle in smallest]


def _clash(jobs: Sequence[Job], together: Sequence[int]) -> Cut:
    """Not these jobs together; or, where it is not known which of them clash, not all of them without another giver of what they need."""
    if together:
        return Cut(frozenset(jobs[at].module for at in together), frozenset())
    return Cut(frozenset(job.module for job in jobs), frozenset[int]().union(*(job.needs for job in jobs)))


def _budget(learner: Learner) -> float:
    return np.inf if learner.budget_eur is None else learner.budget_eur


def _scheduled(
    jobs: Sequence[Job], runs: Sequence[int], field: Field, learner: Learner, *, is_cost_first: bool
) -> tuple[Schedule | None, bool]:
    """Dates for some jobs, and whether none are better; first with the runs that the cover has in mind, which cost no more than others."""
    few = [replace(job, modes=tuple(mode for mode in job.modes if mode.run in set(runs))) for job in jobs]
    limits = (field.earliest, field.latest, learner.wishes.hours_per_week, _budget(learner), is_cost_first)
    if is_cost_first:
        found = Timetable(few, *limits, most_steps=FEW_STEPS).schedule() or Timetable(few, *limits).around_dates()
        if found is not None:
            return found, True
    search = Timetable(jobs, *limits)
    schedule = search.schedule()
    return schedule, search.is_complete


def _salvaged(jobs: Sequence[Job], learner: Learner, field: Field) -> Found:
    """What can be dated of some jobs that do not all go together."""
    wanted = np.flatnonzero(field.steps.value > 0).tolist()
    kept, schedule = salvaged(jobs, wanted, field.earliest, field.latest, learner.wishes.hours_per_week, _budget(learner))
    some = tuple(jobs[at] for at in kept)
    return Found(schedule.placed, some, _covered(some, field), _aim(None, schedule, some, field), is_proven=False)


def _covered(jobs: Sequence[Job], field: Field) -> float:
    given = frozenset[int]().union(*(job.gives for job in jobs))
    return float(field.steps.value[sorted(given)].sum())


def _costs(objective: Objective | None, field: Field) -> tuple[FloatArray, FloatArray]:
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


def _aim(objective: Objective | None, schedule: Schedule, jobs: Sequence[Job], field: Field) -> float:
    if objective is Objective.DURATION:
        return float(schedule.finish - field.earliest)
    cost = schedule.cost + float(sum(_costs(objective, field)[1][job.module] for job in jobs))
    return cost - _covered(jobs, field) if objective is None else cost
