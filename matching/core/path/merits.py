"""Which of two plans is the better one for an aim, by what they hold and take as counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from matching.core.path.field import Objective, PathQuestion
from matching.core.path.plan import Plan
from matching.core.path.problem import EXACT
from matching.core.path.search import A_CENT


def merits_of(found: Plan, question: PathQuestion, objective: Objective) -> tuple[float, ...]:
    """What makes a plan good, the more the better: pins held, what it closes of what is wanted, whole certificates where the learner would
    like one, how little of the aim, and of money."""
    rows = {leg.module for leg in found.legs}
    is_whole = any(rows.issuperset(stack) for stack in question.stacks)
    pins, closed = len(rows.intersection(question.pins)), round(min(found.coverage, found.wanted), 9)
    return pins, closed, is_whole, -amount_of(found, objective, question), -found.price_eur


def is_as_good(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether some merits are no less than others, to the cent."""
    for own, others, slack in zip(one, other, (0, EXACT, 0, A_CENT / 2, A_CENT / 2), strict=True):
        if abs(own - others) > slack:
            return own > others
    return True


def amount_of(found: Plan, objective: Objective, question: PathQuestion) -> float:
    """What a plan takes of an aim: euros, hours, km or days, as counted."""
    match objective:
        case Objective.COST:
            return found.price_eur
        case Objective.HOURS:
            return sum(leg.hours for leg in found.legs)
        case Objective.TRAVEL:
            return sum(leg.travel_km for leg in found.legs)
        case Objective.DURATION:
            return float(max((leg.end for leg in found.legs), default=question.wishes.earliest) - question.wishes.earliest)


def best_for(objective: Objective, plans: Mapping[Objective, Plan], question: PathQuestion) -> Plan:
    """The best plan for this aim, whichever it was looked for with: by its merits, then by ending sooner. Of equals the first one, so that
    aims that can be had together share one path."""
    own, (best, *others) = plans[objective], plans.values()
    for other in others:
        ours, theirs = (merits_of(one, question, objective) for one in (best, other))
        is_sooner = amount_of(other, Objective.DURATION, question) < amount_of(best, Objective.DURATION, question)
        if is_as_good(theirs, ours) and (is_sooner or not is_as_good(ours, theirs)):
            best = other
    at_least = min(own.at_least, amount_of(best, objective, question))
    return replace(best, is_proven=own.is_proven, at_least=at_least, is_sure_of_pins=own.is_sure_of_pins)
