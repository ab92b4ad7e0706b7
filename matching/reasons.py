"""The reasons of a score, with the numbers that a sentence about each needs."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

import numpy as np

from matching.core.arrays import Gap, ModuleArrays, Wishes
from matching.core.components import full_steps
from matching.core.explain import Explanation
from matching.core.gap import open_skills
from matching.core.ranking import Ranking, reach_km
from matching.core.weights import OFF_GOAL, Component
from matching.results import Reason


@dataclass(frozen=True, slots=True)
class GapSize:
    """How wide a gap is: skills, plain level steps, and the weighted steps that earn the whole coverage."""

    skills: int
    steps: float
    full_steps: float

    @classmethod
    def of(cls, gap: Gap) -> GapSize:
        """Measures a gap, once for all of its matches."""
        columns = open_skills(gap)
        return cls(len(columns), float(np.sum(gap.goal[columns] - gap.held[columns])), full_steps(gap))


def reasons_of(
    place: int, explained: Explanation, ranked: Ranking, modules: ModuleArrays, gap: GapSize, wishes: Wishes
) -> tuple[Reason, ...]:
    """The reasons of one ranked module, in the order of the weights; `place` is its position in `ranked`.

    Where a module is mostly about something else, every weight shrinks to the share that still counts, and a last reason OFF_GOAL with
    value 0 takes the rest: weights still sum to 1 and contributions to the score.

    `details` by component; what the provider does not state is absent:

    - gap_coverage: closed_steps, gap_steps, closed_skills, gap_skills (level steps, not weighted); counted_steps (weighted), full_steps
    - entry_readiness: met_steps, asked_steps (without open questions), missing_skills, unknown_skills
    - focus and off_goal: counted_steps (weighted), other_steps
    - level_fit: nlqf, lowest_nlqf, highest_nlqf
    - text_similarity: none
    - price_fit: price_eur, budget_eur
    - hours_fit: asked_hours_per_week (as the edition asks it), available_hours_per_week
    - distance_fit: distance_km, reach_km, is_online (1 or 0)
    - language_fit: none
    - credential_fit: none
    - start_fit: days_until_start, from today; wait_days, from the first day on which the learner can start
    - nothing_known: known_steps, taught_steps
    """
    counts = float(ranked.on_goal[place])
    reasons = [
        Reason(
            code=component.value,
            value=float(values[place]),
            weight=counts * ranked.weights[component],
            contribution=float(values[place]) * counts * ranked.weights[component],
            details={name: float(value) for name, value in details.items() if not isnan(value)},
        )
        for component, values in ranked.values.items()
        for details in (_details(component, place, explained, ranked, modules, gap, wishes),)
    ]
    if counts < 1.0:
        reasons.append(Reason(OFF_GOAL, 0.0, 1.0 - counts, 0.0, _focus_details(place, ranked)))
    return tuple(reasons)


def _focus_details(place: int, ranked: Ranking) -> dict[str, float]:
    return {"counted_steps": float(ranked.closed_steps[place]), "other_steps": float(ranked.other_steps[place])}


def _details(
    component: Component, place: int, explained: Explanation, ranked: Ranking, modules: ModuleArrays, gap: GapSize, wishes: Wishes
) -> dict[str, float]:
    row, offer = int(ranked.module[place]), ranked.offer
    match component:
        case Component.GAP_COVERAGE:
            return {
                "closed_steps": sum(step.to_level - step.from_level for step in explained.closes),
                "gap_steps": gap.steps,
                "closed_skills": len(explained.closes),
                "gap_skills": gap.skills,
                "counted_steps": float(ranked.closed_steps[place]),
                "full_steps": gap.full_steps,
            }
        case Component.ENTRY_READINESS:
            asked = modules.required_steps[row] - sum(step.to_level for step in explained.unknown)
            return {
                "met_steps": asked - sum(step.to_level - step.from_level for step in explained.missing),
                "asked_steps": asked,
                "missing_skills": len(explained.missing),
                "unknown_skills": len(explained.unknown),
            }
        case Component.FOCUS:
            return _focus_details(place, ranked)
        case Component.LEVEL_FIT if wishes.nlqf:
            return {"nlqf": modules.nlqf[row], "lowest_nlqf": wishes.nlqf[0], "highest_nlqf": wishes.nlqf[1]}
        case Component.PRICE_FIT if wishes.budget_eur is not None:
            return {"price_eur": offer.price_eur[place], "budget_eur": wishes.budget_eur}
        case Component.HOURS_FIT if wishes.hours_per_week is not None:
            return {"asked_hours_per_week": offer.asked_hours_per_week[place], "available_hours_per_week": wishes.hours_per_week}
        case Component.DISTANCE_FIT:
            return {"distance_km": offer.distance_km[place], "reach_km": reach_km(wishes), "is_online": offer.is_online[place]}
        case Component.START_FIT:
            start = offer.start[place]
            return {"days_until_start": start - wishes.today, "wait_days": start - wishes.earliest}
        case Component.NOTHING_KNOWN:
            return {"known_steps": explained.known_steps, "taught_steps": modules.taught_steps[row]}
        case _:
            return {}
