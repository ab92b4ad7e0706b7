"""Which wishes keep a goal out of reach, and what giving way in one or two of them would buy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from matching.core.editions import distances_km
from matching.core.exclusions import Exclusion
from matching.core.gap import width
from matching.core.path.field import Objective, PathQuestion
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


CLEARLY_MORE = 1.5
"""Giving way in two wishes is worth telling where it brings half as much again as the better of each alone."""


@dataclass(frozen=True, slots=True)
class Relief:
    """What a path covers where one wish gives way, or two together, and how much of each that takes.

    Attributes:
        wishes: codes of the wishes, or PINNED.
        amounts: by how much each must give way: euros (of the whole path, of its dearest module where only these have a budget), hours a
            week, days or km; None for a wish that is no number.
        coverage: share of the gap that can then be closed.
    """

    wishes: tuple[str, ...]
    amounts: tuple[float | None, ...]
    coverage: float


def reliefs(question: PathQuestion, found: Plan, seconds_left: Callable[[], float]) -> Iterator[Relief]:
    """The pins, and each wish, without which a path would cover more; then two wishes together, where none alone reaches what is wanted.

    Of two together each wish is told once, in the pair that brings most. When time is up, the rest is not looked for.
    """
    alone: dict[str, float] = {}
    for wish in (*([PINNED] if question.pins else ()), *_given(question)):
        if one := _relief((wish,), question, found, seconds_left):
            alone[wish] = one.coverage
            yield one
    if max(alone.values(), default=0.0) < found.wanted - EXACT:
        pairs = (_relief(pair, question, found, seconds_left) for pair in combinations(_given(question), 2))
        together = [one for one in pairs if one and _is_clearly_more(one, alone, found.coverage)]
        told = set[str]()
        for one in sorted(together, key=lambda one: -one.coverage):
            if told.isdisjoint(one.wishes):
                told.update(one.wishes)
                yield one


def _is_clearly_more(pair: Relief, alone: Mapping[str, float], now: float) -> bool:
    best = max(alone.get(wish, now) for wish in pair.wishes)
    return pair.coverage - now > CLEARLY_MORE * (best - now) + EXACT


def _given(question: PathQuestion) -> list[str]:
    """The codes of the wishes that there are; a distance that is as far as anybody goes is none."""
    wishes = question.wishes
    given = [wish for wish, name in FIELDS.items() if getattr(wishes, name) is not None]
    if question.budget_eur is not None and Exclusion.BUDGET not in given:
        given.insert(0, str(Exclusion.BUDGET))
    return [wish for wish in given if wish != Exclusion.DISTANCE or (wishes.max_km or 0.0) < MOST_KM]


def _relief(wishes: tuple[str, ...], question: PathQuestion, found: Plan, seconds_left: Callable[[], float]) -> Relief | None:
    """What a path covers without these wishes; None where that is no more, or time is up."""
    freed = question
    for wish in wishes:
        freed = _without(wish, freed)
    if seconds_left() <= 0 or freed.field.reachable <= found.coverage * width(question.gap) + EXACT:
        return None
    aim = next((_CHEAPEST[wish] for wish in wishes if wish in _CHEAPEST), Objective.COST)
    better = plan(freed, aim, found.wanted, seconds_left)
    if better.coverage <= found.coverage + EXACT:
        return None
    if Exclusion.HOURS_PER_WEEK in wishes:
        better = _one_after_another(better, freed, aim, seconds_left)
    return Relief(wishes, tuple(_amount(wish, freed, better, question) for wish in wishes), better.coverage)


def _without(wish: str, question: PathQuestion) -> PathQuestion:
    """The learner without a wish; a distance only goes up to MOST_KM."""
    if wish == PINNED:
        return replace(question, pins=())
    if wish == Exclusion.DISTANCE:
        return replace(question, wishes=replace(question.wishes, max_km=MOST_KM))
    budget_eur = None if wish == Exclusion.BUDGET else question.budget_eur
    return replace(question, wishes=question.wishes.without(FIELDS[wish]), budget_eur=budget_eur)


def _one_after_another(found: Plan, freed: PathQuestion, aim: Objective, seconds_left: Callable[[], float]) -> Plan:
    """A path that covers as much in fewer hours a week, where there is one: who is free of them takes modules at the same time."""
    most = max(leg.load for leg in found.legs)
    if busiest_week(found) <= most + EXACT:
        return found
    slower = plan(replace(freed, wishes=replace(freed.wishes, hours_per_week=most)), aim, found.coverage, seconds_left)
    return slower if slower.coverage >= found.coverage - EXACT else found


def _amount(wish: str, freed: PathQuestion, found: Plan, before: PathQuestion) -> float | None:
    """How far a path goes beyond a wish that it was freed of."""
    asked = before.wishes
    editions = np.array([leg.edition for leg in found.legs], dtype=np.int64)
    if wish == Exclusion.BUDGET:
        if before.budget_eur is not None:
            return max(found.price_eur - before.budget_eur, 0.0)
        return max(max(leg.price_eur for leg in found.legs) - (asked.budget_eur or 0.0), 0.0)
    if wish == Exclusion.FINISH_BY and asked.finish_by is not None:
        return max(float(max(leg.end for leg in found.legs) - asked.finish_by), 0.0)
    if wish == Exclusion.DISTANCE and asked.max_km is not None:
        away = distances_km(freed.editions, editions, asked.near)
        return max(float(np.nanmax(away, initial=0.0)) - asked.max_km, 0.0)
    if wish == Exclusion.HOURS_PER_WEEK and asked.hours_per_week is not None:
        return max(busiest_week(found) - asked.hours_per_week, 0.0)
    return None


def busiest_week(found: Plan) -> float:
    """The most hours a week that the modules of a path ask at one time."""
    return max((sum(other.load for other in found.legs if other.start <= leg.start < other.end) for leg in found.legs), default=0.0)
