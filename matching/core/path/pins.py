"""Modules that a learner wants in the path, whatever they close: how many of them go together, and why one cannot be in it.

As many of them as go together come before coverage and before the aim, since they are the learner's own choice. Which ones, where not all
go, is decided by coverage, then by the aim.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matching.core.arrays import IntArray
from matching.core.exclusions import Exclusion
from matching.core.path.candidates import LEVELS, NEVER, seen_runs
from matching.core.path.field import Field, Objective, PathQuestion
from matching.core.path.instance import Cut
from matching.core.path.search import search
from matching.core.path.task import NO_PINS, Pins, Task


class Obstacle(StrEnum):
    """Why a module that the learner wants is not in the path."""

    NOT_ONLINE = "not_online"
    REJECTED = "rejected"
    CLOSED = "closed"
    """All its runs have begun."""
    WISHES = "wishes"
    """No run fits all wishes."""
    ENTRY = "entry"
    """Nothing within the wishes brings what it asks at entry."""
    BUDGET = "budget"
    """It takes more than the budget, with what it asks at entry and the other modules that are wanted."""
    HOURS_PER_WEEK = "hours_per_week"
    """It takes more hours a week than there are, with those."""
    CALENDAR = "calendar"
    """Its dates do not go together with those, or with the last day."""
    UNDECIDED = "undecided"
    """No path with it was found in time, and nobody knows whether there is one."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A wanted module, by row, that is not in the path.

    `wishes`: codes of those in the way of the run that fits best. `hours_per_week`: what that run asks, where these alone are in its way.
    `columns`: skills that it asks at entry and that nothing brings.
    """

    module: int
    obstacle: Obstacle
    wishes: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    hours_per_week: float | None = None


def pins_that_go(
    question: PathQuestion, field: Field, objective: Objective, clashes: list[Cut], seconds_left: Callable[[], float]
) -> tuple[Pins, bool]:
    """As many of the wanted modules as go together, with the best plan for nothing but those; and whether it is sure that no more go."""
    rows, is_sure = tuple(row for row in sorted(set(question.pins)) if field.is_open[row]), True
    for least in range(len(rows), 0, -1):
        found, is_proven = search(Task(question, _bare(field), objective, 0.0, Pins(rows, least)), clashes, seconds_left)
        if found is not None:
            return Pins(rows, least, replace(found, covered=field.steps_of(found.jobs))), is_sure
        is_sure = is_sure and is_proven
    return NO_PINS, is_sure


def missed_pins(question: PathQuestion, chosen: tuple[int, ...], seconds_left: Callable[[], float], *, is_sure: bool) -> tuple[Missed, ...]:
    """Why each wanted module that is not among `chosen`, the rows of a path, cannot be; ascending.

    Args:
        is_sure: whether it is known that no more of them go together.
    """
    if not set(question.pins) - set(chosen):
        return ()
    field, held = question.field, tuple(row for row in question.pins if row in chosen)
    return tuple(
        _alone(row, question, field) or _together(row, held, question, seconds_left, is_sure=is_sure)
        for row in sorted(set(question.pins) - set(chosen))
    )


def too_heavy(row: int, question: PathQuestion) -> float | None:
    """The fewest hours a week of the runs of a module that fit all wishes but those hours; None where there are none, or one fits whole."""
    runs, unfit = seen_runs(_editions_of(row, question), question.modules, question.editions, question.wishes, question.usual)
    is_heavy = unfit.pop(str(Exclusion.HOURS_PER_WEEK), np.zeros(len(runs.load), dtype=np.bool_))
    fits_else = ~np.any([*unfit.values()], axis=0)
    return float(runs.load[fits_else].min()) if fits_else.any() and is_heavy[fits_else].all() else None


def _editions_of(row: int, question: PathQuestion) -> IntArray:
    return np.arange(*question.editions.begins[[row, row + 1]])


def _bare(field: Field) -> Field:
    """The same modules and runs, where nothing is worth anything."""
    return replace(field, steps=replace(field.steps, value=np.zeros_like(field.steps.value)))


def _alone(row: int, question: PathQuestion, field: Field) -> Missed | None:
    """Why a module can be in no path within the wishes, hours and money aside; None where it can."""
    wishes, modules, editions = question.wishes, question.modules, question.editions
    if field.is_open[row]:
        return None
    if row in (wishes.rejected or ()):
        return Missed(row, Obstacle.REJECTED)
    if (hours := too_heavy(row, question)) is not None:
        return Missed(row, Obstacle.WISHES, wishes=(Exclusion.HOURS_PER_WEEK,), hours_per_week=hours)
    _runs, unfit = seen_runs(_editions_of(row, question), modules, editions, wishes, question.usual)
    is_over = unfit.pop(str(Exclusion.CLOSED))
    if is_over.all():
        return Missed(row, Obstacle.CLOSED)
    broken = np.array([*unfit.values(), np.zeros(len(is_over), dtype=np.bool_)])
    n_broken = np.where(is_over, len(broken) + 1, broken.sum(axis=0))
    best = int(n_broken.argmin())
    if n_broken[best]:
        return Missed(row, Obstacle.WISHES, wishes=tuple(wish for wish, is_unfit in unfit.items() if is_unfit[best]))
    nodes = field.steps.need_node[field.steps.need_module == row]
    lacking = np.unique(nodes[field.had[nodes] >= NEVER] // LEVELS)
    return Missed(row, Obstacle.ENTRY, columns=tuple(lacking.tolist())) if len(lacking) else Missed(row, Obstacle.CALENDAR)


def _together(row: int, held: tuple[int, ...], question: PathQuestion, seconds_left: Callable[[], float], *, is_sure: bool) -> Missed:
    """Why a module cannot be in a path with those that are `held`: the first limit without which it could."""
    if not is_sure:
        return Missed(row, Obstacle.UNDECIDED)
    freed = dict[Obstacle, PathQuestion]()
    if question.budget_eur is not None:
        freed[Obstacle.BUDGET] = replace(question, budget_eur=None)
    if question.wishes.hours_per_week is not None:
        freed[Obstacle.HOURS_PER_WEEK] = replace(question, wishes=replace(question.wishes, hours_per_week=None))
    pins = Pins(tuple(sorted((*held, row))), len(held) + 1)
    for obstacle, freer in freed.items():
        found, is_none = search(Task(freer, _bare(freer.field), Objective.HOURS, 0.0, pins), [], seconds_left)
        if found is not None:
            return Missed(row, obstacle)
        is_sure = is_sure and is_none
    return Missed(row, Obstacle.CALENDAR if is_sure else Obstacle.UNDECIDED)
