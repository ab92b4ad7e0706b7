"""How much each component counts, as data. `docs/scoring.md` shows the same table with worked examples.

The weights are swing weights: each says how much gap coverage an advisor gives up for that component going from worst to best
(von Winterfeldt and Edwards, Decision Analysis and Behavioral Research, 1986). Gap coverage holds half, so that no sum of conveniences
outweighs a module that closes the gap for one that closes nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Component(StrEnum):
    """The named parts of a score, most important first."""

    GAP_COVERAGE = "gap_coverage"
    ENTRY_READINESS = "entry_readiness"
    FOCUS = "focus"
    LEVEL_FIT = "level_fit"
    TEXT_SIMILARITY = "text_similarity"
    PRICE_FIT = "price_fit"
    HOURS_FIT = "hours_fit"
    DISTANCE_FIT = "distance_fit"
    LANGUAGE_FIT = "language_fit"
    START_FIT = "start_fit"
    CREDENTIAL_FIT = "credential_fit"
    NOTHING_KNOWN = "nothing_known"


OFF_GOAL = "off_goal"
"""Code of the reason that takes points from modules that are mostly about something else; it has no weight of its own."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Share of the score, before components that say nothing for this learner are left out, and the argument for it."""

    share: float
    argument: str


TABLE: Mapping[Component, Weight] = MappingProxyType(
    {
        Component.GAP_COVERAGE: Weight(0.50, "What the learner came for; as much as all other components together."),
        Component.ENTRY_READINESS: Weight(
            0.14,
            "Who meets nothing that is asked cannot start yet: a module then ranks as one that closes two important steps less, and can be "
            "started now.",
        ),
        Component.FOCUS: Weight(
            0.11,
            "A year of evenings for one skill is poor advice: what is taught beyond the goal costs time and money. Less than entry "
            "readiness, because a broad course can be followed and a closed door cannot be passed.",
        ),
        Component.LEVEL_FIT: Weight(
            0.05,
            "A master course for a fitter, or a basic course for an engineer, misses its audience; less than half of entry readiness, "
            "because the level of an occupation is a range and no rule (ILO, ISCO-08, skill levels).",
        ),
        Component.TEXT_SIMILARITY: Weight(
            0.05, "With a goal in free text the recognised skills can miss a nuance that the title still shows."
        ),
        Component.PRICE_FIT: Weight(
            0.04,
            "Lack of time and money are what adults name most as keeping them from learning (OECD, Getting Skills Right, 2019). The budget "
            "is a hard limit; below it, from all of it to free is worth about half a step of a wide gap.",
        ),
        Component.HOURS_FIT: Weight(0.03, "Like price, a little less: a timetable that asks too many hours can often be spread."),
        Component.DISTANCE_FIT: Weight(0.03, "The maximum distance is a hard limit; below it, nearer is a little better."),
        Component.LANGUAGE_FIT: Weight(
            0.02,
            "Other languages than the accepted ones are ruled out already; of those, lessons in one's own language are a little easier.",
        ),
        Component.START_FIT: Weight(0.01, "A wait of months matters, but does not make a module fit the gap: it settles near-ties."),
        Component.CREDENTIAL_FIT: Weight(
            0.01, "Most come for the skills; proof that every employer knows settles near-ties, and counts for more when one says so."
        ),
        Component.NOTHING_KNOWN: Weight(
            0.01, "What is known already wastes time; coverage counts most of it, since it closes nothing: this settles near-ties."
        ),
    }
)

MOST_EMPHASIS = 3.0
"""At three times its weight price counts 0.12, about as much as focus and less than being able to begin. All of them at their most weigh
0.57, little more than gap coverage alone: who cares for nothing but convenience still sees what the goal asks."""

CHANGEABLE = frozenset(
    {
        Component.LEVEL_FIT,
        Component.PRICE_FIT,
        Component.HOURS_FIT,
        Component.DISTANCE_FIT,
        Component.LANGUAGE_FIT,
        Component.START_FIT,
        Component.CREDENTIAL_FIT,
    }
)
"""What is a matter of taste. How far a module brings somebody, whether it can be begun, and whether it is about the goal, are not."""


class EmphasisOutOfBounds(ValueError):
    """A weight that may not be changed so: `component` times `factor`."""

    def __init__(self, component: Component, factor: float) -> None:
        super().__init__(f"{component} times {factor}: only {', '.join(sorted(CHANGEABLE))} may change, from 0 to {MOST_EMPHASIS:g} times")
        self.component, self.factor = component, factor


def check_emphasis(emphasis: Mapping[Component, float]) -> None:
    """Raises EmphasisOutOfBounds for a component that is no matter of taste, or a factor outside 0 to MOST_EMPHASIS."""
    for component, factor in emphasis.items():
        if component not in CHANGEABLE or not 0 <= factor <= MOST_EMPHASIS:
            raise EmphasisOutOfBounds(component, factor)
