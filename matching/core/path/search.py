"""The search for one dated set of modules: cover first, schedule then, cuts in between until the bound meets the best one found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from matching.core.path.cover import Cover
from matching.core.path.cuts import clash, order_cuts
from matching.core.path.field import (
    NO_PINS,
    Field,
    Found,
    Objective,
    PathQuestion,
    Pins,
    aim_of,
    budget_of,
    costs,
    job_of,
    least_days,
    no_dearer,
    seen_as,
    steps_of,
)
from matching.core.path.filling import filled, soonest
from matching.core.path.floor import NEARLY, Floor
from matching.core.path.instance import Cut, Side
from matching.core.path.packing import hour_measures, measures
from matching.core.path.problem import EXACT
from matching.core.path.schedule import Job, Schedule, Timetable, dated, salvaged, stuck
from matching.core.path.windows import conflict

MOST_ROUNDS = 60
"""Sets of modules that are tried on the calendar, for one question."""

FEW_STEPS = 300
"""Placements that are tried with the runs that the cover has in mind, before the dates are simply filled up."""

FEW_JOBS = 15
"""Of longer paths nobody sees at once that all could end sooner, and trying their dates one by one takes too long."""

A_CENT = 0.01
ALMOST_A_DAY = 0.9


def search(
    question: PathQuestion,
    field: Field,
    objective: Objective | None,
    target: float | None,
    clashes: list[Cut],
    seconds_left: Callable[[], float],
    stacks: tuple[tuple[int, ...], ...] = (),
    best: Found | None = None,
    pins: Pins = NO_PINS,
) -> tuple[Found | None, bool]:
    """The best dated set of modules that holds the pins and reaches `target` weighted steps; None where none was found.

    And whether that is sure: the best is proven, or it is proven that there is none.

    Args:
        objective: None with `target` None: the most weighted steps, whatever they cost.
        clashes: sets of modules of which it is known that they have no dates; more are added.
        stacks: one of them has to be whole, where there are any.
        best: a plan to begin with, where there is one.
        pins: has a plan to begin with, where the most steps are looked for.
    """
    if best is not None:
        field = no_dearer(field, objective, best.aim)
    cover, of_run = cover_of(question, field, objective, target, seconds_left, pins), costs(objective, field)[0]
    cover.cuts, cover.stacks = list(clashes), stacks
    if best is not None:
        cover.start = np.array(sorted(job.module for job in best.jobs), dtype=np.int64)
        cover.aim_below(best.aim)
    floor = Floor(question, field, objective, target, _slack(objective), seconds_left)
    nothing_below, open_aim = cover.most_days if cover.has_days else cover.most_aim, np.inf
    for _ in range(MOST_ROUNDS):
        chosen = cover.solve()
        if chosen.modules is None or (best is not None and _is_no_better(objective, chosen.bound, best.aim)):
            is_least = best is not None and floor.is_reached(best)
            if not is_least and seconds_left() > 0 and cover.widen(_wanted(objective, best)):
                continue
            break
        jobs = tuple(job_of(module, field, of_run) for module in chosen.modules)
        if waiting := stuck(jobs):
            cuts = order_cuts(jobs, waiting)
            clashes += cuts
            cover.cuts += cuts
            continue
        is_late = best is not None and seconds_left() <= 0
        if is_late and cover.has_days:
            open_aim = min(open_aim, chosen.aim)
            break
        latest = field.latest if best is None or not cover.has_days else min(field.latest, field.earliest + int(best.aim) - 1)
        together, nodes = conflict(jobs, latest, question.wishes.hours_per_week, seconds_left)
        schedule, is_complete = None, True
        if not together:
            schedule, is_complete = _scheduled(jobs, chosen.runs, field, question, latest, seconds_left, objective)
        cover.cuts.append(clash(jobs, together, nodes))
        if schedule is None and (together or is_complete) and latest == field.latest:
            clashes.append(cover.cuts[-1])
        found = None
        if schedule is not None:
            found = Found(schedule.placed, jobs, steps_of(jobs, field), aim_of(objective, schedule, jobs, field), is_proven=False)
        elif objective is None:
            found = _salvaged(jobs, question, field, pins)
        if not is_complete and not together:
            open_aim = min(open_aim, chosen.aim)  # nobody knows whether these have better dates
        if found is not None:
            best = found if best is None or found.aim < best.aim - EXACT / 10 else best
            if objective is not None:
                cover.aim_below(_wanted(objective, best))
            is_best = _is_no_better(objective, chosen.bound, best.aim)
            if is_best and (floor.is_reached(best) or not cover.widen(_wanted(objective, best))):
                break
        if seconds_left() <= 0:
            break
    bound = min(max(chosen.bound, cover.floor), cover.cutoff, open_aim)
    if objective is None and (best is None or not _is_no_better(objective, bound, best.aim)):
        soonest = _salvaged(tuple(job_of(module, field, of_run) for module in cover.soonest(field.ends).tolist()), question, field, pins)
        best = soonest if best is None or soonest.aim < best.aim else best
    if best is None:
        return None, bound >= nothing_below
    is_proven = _is_no_better(objective, bound, best.aim) or floor.is_met(best)
    return replace(best, is_proven=is_proven, bound=max(bound, floor.least)), is_proven


def sooner(found: Found, question: PathQuestion, field: Field) -> Found:
    """The same modules, each in a run that adds no more to the aim, with the dates that let all end first, where a short search finds such.

    Neither the cover nor the greedy plan looks at dates that cost nothing, so that either may have taken the last of several runs.
    """
    if len(found.jobs) > FEW_JOBS:
        return found
    most = {one.job: one.mode.cost + EXACT / 10 for one in found.placed}
    jobs = [replace(job, modes=tuple(mode for mode in job.modes if mode.cost <= most[at])) for at, job in enumerate(found.jobs)]
    limits = (field.earliest, field.latest, question.wishes.hours_per_week, budget_of(question))
    schedule = Timetable(jobs, *limits, is_cost_first=False, most_steps=FEW_STEPS).schedule()
    if schedule is None or schedule.finish >= dated(found.placed, field.earliest).finish:
        return found
    return replace(found, placed=schedule.placed)


def _wanted(objective: Objective | None, best: Found | None) -> float:
    """Only what is better than this is still looked for."""
    return np.inf if best is None else best.aim - NEARLY * _slack(objective)


def _is_no_better(objective: Objective | None, bound: float, aim: float) -> bool:
    """Whether nothing at or above `bound` is better than `aim` by a cent (an hundredth of an hour, of a kilometre) or a day."""
    return aim <= bound + _slack(objective)


def _slack(objective: Objective | None) -> float:
    if objective is None:
        return EXACT
    return ALMOST_A_DAY if objective is Objective.DURATION else A_CENT / 2


def cover_of(
    question: PathQuestion,
    field: Field,
    objective: Objective | None,
    target: float | None,
    seconds_left: Callable[[], float],
    pins: Pins,
    within: int | None = None,
) -> Cover:
    """The cover for one question.

    Args:
        within: days by which all have ended, where that is what is asked: then D says by how much of them no more than whether.
    """
    wishes, runs = question.wishes, field.runs
    of_run, of_module = costs(objective, field)
    is_timed = objective is Objective.DURATION
    sides = [Side(runs.price_eur, question.budget_eur)] if question.budget_eur is not None else []
    most_days = float(field.latest - field.earliest)
    if wishes.hours_per_week is not None:
        share = runs.load / wishes.hours_per_week
        if within is not None:
            sides += [Side(within * measure, 0.0, 1.0) for measure in measures(runs.days, share, within)]
        elif is_timed or wishes.finish_by is not None:
            limit = 0.0 if is_timed else most_days
            sides += [Side(runs.days * measure, limit, float(is_timed)) for measure in hour_measures(share)]
    return Cover(
        steps=field.steps,
        runs=runs,
        run_ends=field.run_ends,
        ends=field.ends,
        earliest=field.earliest,
        n_modules=question.modules.n_modules,
        run_cost=of_run + of_module[runs.module],
        target=target,
        sides=sides,
        hours_per_week=wishes.hours_per_week,
        has_days=is_timed,
        least_days=least_days(field, target, pins) if is_timed else 0.0,
        seconds_left=seconds_left,
        slack=_slack(objective),
        most_days=most_days if wishes.finish_by is not None else np.inf,
        pins=np.array([row for row in pins.rows if field.is_open[row]], dtype=np.int64),
        n_pins=pins.least,
    )


def _scheduled(
    jobs: Sequence[Job],
    runs: Sequence[int],
    field: Field,
    question: PathQuestion,
    latest: int,
    seconds_left: Callable[[], float],
    objective: Objective | None,
) -> tuple[Schedule | None, bool]:
    """Dates for some jobs by day `latest`, and whether none are better."""
    hours, budget_eur = question.wishes.hours_per_week, budget_of(question)
    is_cost_first = objective is not Objective.DURATION
    if is_cost_first:
        found = _at_least_cost(jobs, runs, field.earliest, latest, hours, budget_eur)
        if found is not None or len(jobs) > FEW_JOBS:
            return found, found is not None
    else:
        found = soonest(jobs, field.earliest, latest, hours, budget_eur, seconds_left)
        if found is not None:
            latest = found.finish - 1
        if len(jobs) > FEW_JOBS:
            return found, False
    search = Timetable(jobs, field.earliest, latest, hours, budget_eur, is_cost_first)
    return search.schedule() or found, search.is_complete


def _at_least_cost(
    jobs: Sequence[Job], runs: Sequence[int], earliest: int, latest: int, hours: float | None, budget_eur: float
) -> Schedule | None:
    """Dates with the runs that the cover has in mind, or else with those that cost no more; none cost less."""
    meant = [next(mode for mode in job.modes if mode.run in set(runs)) for job in jobs]
    few = [replace(job, modes=(mode,)) for job, mode in zip(jobs, meant, strict=True)]
    as_cheap = [replace(job, modes=[one for one in job.modes if one.cost <= mode.cost]) for job, mode in zip(jobs, meant, strict=True)]
    return (
        filled(as_cheap, earliest, latest, hours, budget_eur)
        or Timetable(few, earliest, latest, hours, budget_eur, most_steps=FEW_STEPS).schedule()
    )


def _salvaged(jobs: Sequence[Job], question: PathQuestion, field: Field, pins: Pins) -> Found:
    """What can be dated of some jobs that do not all go together, beside the plan with the pins."""
    wanted = np.flatnonzero(field.steps.value > 0).tolist()
    base = seen_as(pins.base, None, field) if pins.base is not None else None
    placed, pinned = list(base.placed) if base else [], list[int]()
    if base is not None:
        jobs = (*base.jobs, *(job for job in jobs if job.module not in {one.module for one in base.jobs}))
        pinned = [at for at, job in enumerate(base.jobs) if job.module in pins.rows]
    limits = (field.earliest, field.latest, question.wishes.hours_per_week, budget_of(question))
    kept, schedule = salvaged(jobs, wanted, *limits, placed, pinned)
    some = tuple(jobs[at] for at in kept)
    return Found(schedule.placed, some, steps_of(some, field), aim_of(None, schedule, some, field), is_proven=False)
