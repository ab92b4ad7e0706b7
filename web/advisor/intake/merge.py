"""Two sets of answers about one person brought together: what is empty gets filled, and nothing is lost unasked. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from web.advisor.intake.work import confirmed
from web.learner.answers import Answers

SKILLS, GOAL = "skills", "goal"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "occupation": ("occupation",),
    SKILLS: ("skills", "sources"),
    GOAL: ("goal_kind", "goal_occupation", "goal_skills", "goal_theme", "goal_text", "goal_meant"),
    "budget": ("budget_eur",),
    "hours": ("hours_per_week",),
    "place": ("near", "max_km"),
    "languages": ("languages",),
    "formats": ("formats",),
    "moments": ("moments",),
    "levels": ("levels",),
    "days": ("start_after", "finish_by"),
    "emphasis": ("emphasis",),
}
"""What is taken over as a whole, with the fields of `Answers` that it is made of."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What bringing together changes: groups that get filled, and groups of which both say something else."""

    fills: tuple[str, ...]
    differs: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over."""
        return not self.fills and not self.differs


def compared(kept: Answers, given: Answers) -> Comparison:
    """What `given` brings to `kept`. Skills can be in both groups: some are new, and of others the level differs."""
    said = [group for group in GROUPS if not _is_empty(given, group)]
    fills = [group for group in said if (new_skills(kept, given) if group == SKILLS else _is_empty(kept, group))]
    both = [group for group in said if group == SKILLS or group not in fills]
    differs = [group for group in both if (other_levels(kept, given) if group == SKILLS else part(kept, group) != part(given, group))]
    return Comparison(tuple(fills), tuple(differs))


def merged(kept: Answers, given: Answers, replaced: Collection[str] = ()) -> Answers:
    """`kept` with what `given` has more, and with what it says otherwise only of the groups in `replaced`."""
    comparison, values = compared(kept, given), dict[str, Any]()
    for group in {*comparison.fills, *(one for one in comparison.differs if one in replaced)} - {SKILLS}:
        values |= {name: getattr(given, name) for name in GROUPS[group]}
    skills = {uid: level for uid, level in given.skills.items() if SKILLS in replaced or uid not in kept.skills}
    sources = {uid: source for uid, source in given.sources.items() if uid in skills}
    return kept.changed(**values, skills=confirmed(kept.skills, skills), sources={**kept.sources, **sources})


def part(answers: Answers, group: str) -> Answers:
    """The answers of one group alone."""
    return Answers().changed(**{name: getattr(answers, name) for name in GROUPS[group]})


def new_skills(kept: Answers, given: Answers) -> dict[str, int]:
    """The skills that only `given` has, with their levels."""
    return {uid: level for uid, level in given.known.items() if uid not in kept.skills}


def other_levels(kept: Answers, given: Answers) -> dict[str, int]:
    """The skills of which both say something else, with the level that `given` says."""
    return {uid: level for uid, level in given.skills.items() if kept.skills.get(uid, level) != level}


def _is_empty(answers: Answers, group: str) -> bool:
    if group == GOAL:
        return not answers.has_goal
    return not answers.known if group == SKILLS else part(answers, group) == Answers()
