"""Which wishes keep a goal out of reach, and what giving way in one of them would buy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.core.editions import distances_km
from matching.core.exclusions import Exclusion
from matching.core.gap import width
from matching.core.path.field import Objective, PathQuestion, field_of
from matching.core.path.plan import Plan, plan
from matching.core.path.problem import EXACT

FIELDS = {
    str(Exclusion.BUDGET): "budget_eur",
    Exclusion.HOURS_PER_WEEK: "hours_per_week",
    str(Exclusion.FINISH_BY): "finish_by",
    str(Exclusion.DISTANCE): "max_km",
    str(Exclusion.LEVEL): "levels",
    str(Exclusion.FORMAT): "formats",
    str(Exclusion.MOMENT): "moments",
    str(Exclusion.LANGUAGE): "languages",
    str(Exclusion.START_AFTER): "start_after",
}
"""The wishes that a learner could relax, by their code, in the order in which most people would: the field of `Wishes` of each."""

PINNED = "pinned"
"""What keeps a goal out of reach where the modules that the learner pinned take the money or the time: no wish, but told as one."""

MOST_KM = 100.0
"""To somewhere further away nobody is asked to travel."""

_CHEAPEST = {str(Exclusion.FINISH_BY): Objective.DURATION, str(Exclusion.DISTANCE): Objective.TRAVEL}
"""What to aim at, so that the least of a wish is given away; the price where nothing is said."""


@dataclass(frozen=True, slots=True)
class Relief:
    """What a path covers without one wish, and how much of the wish that takes.

    Attributes:
        wish: code of the wish, or PINNED.
        coverage: share of the gap that can then be closed.
        amount: by how much the wish must give way: euros, hours a week, days or km; None for a wish that is no number.
    """

    wish: str
    coverage: float
    amount: float | None


def reliefs(question: PathQuestion, found: Plan, seconds_left: Callable[[], float]) -> Iterator[Relief]:
    """The pins, and each wish, without which a path would cover more, one at a time, until time is up."""
    whole = width(question.gap)
    for wish, freed in _freed(question):
        if seconds_left() <= 0 or field_of(freed).reachable <= found.coverage * whole + EXACT:
            continue
        better = plan(freed, _CHEAPEST.get(wish, Objective.COST), found.wanted, seconds_left)
        if better.coverage > found.coverage + EXACT:
            yield Relief(wish, better.coverage, _amount(wish, freed, better, question))


def _freed(question: PathQuestion) -> Iterator[tuple[str, PathQuestion]]:
    """The learner without the pins, then without each wish that there is; a distance only goes up to MOST_KM."""
    if question.pins:
        yield PINNED, replace(question, pins=())
    for wish, name in FIELDS.items():
        is_budget = name == "budget_eur"
        if name == "max_km":
            if question.wishes.max_km is not None and question.wishes.max_km < MOST_KM:
                yield wish, replace(question, wishes=replace(question.wishes, max_km=MOST_KM))
        elif getattr(question.wishes, name) is not None or (is_budget and question.budget_eur is not None):
            yield wish, replace(question, wishes=question.wishes.without(name), budget_eur=None if is_budget else question.budget_eur)


def _amount(wish: str, freed: PathQuestion, found: Plan, before: PathQuestion) -> float | None:
    """How far a path goes beyond a wish that it was freed of."""
    asked = before.wishes
    editions = np.array([leg.edition for leg in found.legs], dtype=np.int64)
    if wish == Exclusion.BUDGET:
        return None if before.budget_eur is None else max(found.price_eur - before.budget_eur, 0.0)
    if wish == Exclusion.FINISH_BY and asked.finish_by is not None:
        return float(max(leg.end for leg in found.legs) - asked.finish_by)
    if wish == Exclusion.DISTANCE and asked.max_km is not None:
        away = distances_km(freed.editions, editions, asked.near)
        return float(np.nanmax(away) - asked.max_km)
    if wish == Exclusion.HOURS_PER_WEEK and asked.hours_per_week is not None:
        return busiest_week(found) - asked.hours_per_week
    return None


def busiest_week(found: Plan) -> float:
    """The most hours a week that the modules of a path ask at one time."""
    return max((sum(other.load for other in found.legs if other.start <= leg.start < other.end) for leg in found.legs), default=0.0)
