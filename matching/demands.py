"""Learning demands beside the modules that exist: what answers one already, and what remains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.models import Demand
from catalogue.points import Point
from catalogue.vocabulary import Format
from matching.profiles.profile import Constraints, Goal, HeldSkill, LearnerProfile, SkillLevel
from matching.results import GapLine, MatchResult
from matching.service import Matcher

NOT_ONLINE = frozenset(str(form) for form in Format if form is not Format.ONLINE)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A demand beside the catalogue of one day: the modules that bring its people further, and the gap that no module closes."""

    result: MatchResult

    @property
    def gap(self) -> Sequence[GapLine]:
        """The skills with levels that no module within the limits of the demand brings anybody to, widest first."""
        lines = (line for line in self.result.gap if line.uncovered)
        return sorted(lines, key=lambda line: (-len(line.uncovered), line.skill_id))

    @property
    def asked_steps(self) -> int:
        """How many level steps one person has to take."""
        return sum(line.goal - line.held for line in self.result.gap)

    @property
    def gap_steps(self) -> int:
        """How many of those no module brings."""
        return sum(len(line.uncovered) for line in self.result.gap)


def demand_profile(demand: Demand, today: date) -> LearnerProfile:
    """One of the people of a demand, as a learner: what they can now, what they need, and the limits that the company sets.

    A day that is over limits nothing, since nothing can be done by then. Asked of whole level steps only: nothing is assumed of the skills
    of the demand, since it says how well people know each.
    """
    is_placed = demand.latitude is not None and demand.longitude is not None
    return LearnerProfile(
        held=tuple(HeldSkill(row.skill_id, row.level_now) for row in demand.skills),
        goal=Goal(skills=tuple(SkillLevel(row.skill_id, row.level_wanted) for row in demand.skills)),
        constraints=Constraints(
            budget_eur=demand.budget_eur,
            near=Point(demand.latitude or 0.0, demand.longitude or 0.0) if is_placed else None,
            max_km=demand.max_km if is_placed else None,
            formats=frozenset() if demand.is_online_ok else NOT_ONLINE,
            finish_by=demand.needed_by if demand.needed_by and demand.needed_by > today else None,
        ),
    )


def outlook(matcher: Matcher, demand: Demand, today: date, limit: int) -> Outlook:
    """What exists for a demand: at most `limit` modules, best first, and what remains.

    The number of people changes nothing: a module that helps one helps all.
    """
    return Outlook(matcher.match(demand_profile(demand, today), today, limit))
