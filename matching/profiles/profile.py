"""A learner profile as a plain value: exists without an account, and holds database keys, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from catalogue.points import Point
from matching.core.weights import Component, check_emphasis

FEWEST_KNOWN_SKILLS = 3
"""With fewer known skills than this a score would pretend; the result says so and asks for more."""


class SkillSource(StrEnum):
    """How we know that a learner holds a skill.

    The learner says so (SELF), shows a digital BADGE or a certificate of RECOGNISED prior learning, or an ADVISOR found it. An occupation
    only suggests it, a skill that follows from others is IMPLIED, and one that is SIMILAR to another helps a little.
    """

    SELF = "self"
    BADGE = "badge"
    RECOGNISED = "recognised"
    ADVISOR = "advisor"
    OCCUPATION = "occupation"
    IMPLIED = "implied"
    SIMILAR = "similar"

    @property
    def is_inferred(self) -> bool:
        """Whether it rests on other skills only, and so tells nothing new of the learner."""
        return self in (SkillSource.IMPLIED, SkillSource.SIMILAR)


@dataclass(frozen=True, slots=True)
class SkillLevel:
    """A skill at a level from 1 to 4."""

    skill_id: int
    level: int


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """A skill that the learner holds, at a level from 1 to 4; or 0: "no, I do not", against what the occupation suggests.

    `certainty` is the chance, in (0, 1], that somebody of whom we know no more holds it: 1 for what the learner says.
    `similar_to` is the skill that a SIMILAR one resembles.
    """

    skill_id: int
    level: int
    source: SkillSource = SkillSource.SELF
    certainty: float = 1.0
    similar_to: int | None = None

    @property
    def expected_level(self) -> float:
        """The level that counts: what people with this profile hold on average."""
        return self.level * self.certainty


@dataclass(frozen=True, slots=True)
class Goal:
    """What the learner wants: an occupation, or a set of skills, or a theme, or free text.

    Skills are recognised in a text; `skills` beside it are those that the person confirmed.
    """

    occupation_id: int | None = None
    skills: tuple[SkillLevel, ...] = ()
    theme_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a module has to fit. None or empty means: no wish.

    Hard: `budget_eur`, `max_km` (with `near`), `languages`, `formats`, `moments`, `levels`, `start_after` and `finish_by` remove what does
    not fit, and the result counts what each removed. `hours_per_week` decides how long a module takes and so whether it ends in time.
    """

    budget_eur: float | None = None
    hours_per_week: float | None = None
    near: Point | None = None
    max_km: float | None = None
    languages: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    moments: frozenset[str] = frozenset()
    """Parts of the week that are free, of `catalogue.moments.Moment`; what one learns when one likes always fits."""
    levels: frozenset[str] = frozenset()
    start_after: date | None = None
    finish_by: date | None = None


@dataclass(frozen=True, slots=True)
class LearnerProfile:
    """Skills held, goal, constraints and tastes. Skills that follow from `occupation_id` are added by the matcher, with source OCCUPATION.

    `own_language` is which of the accepted languages the learner reads best; no language is proposed that is not among `known_languages`;
    `emphasis` says how many times its usual weight something
    counts. `pinned` and `rejected` are keys of modules, by the learner's own choice: those that a path has to hold, and those that no
    answer proposes again. Who does both rejects.

    Raises:
        EmphasisOutOfBounds: something may not be weighed so.
    """

    goal: Goal
    occupation_id: int | None = None
    held: tuple[HeldSkill, ...] = ()
    constraints: Constraints = field(default_factory=Constraints)
    own_language: str = ""
    known_languages: frozenset[str] = frozenset()
    emphasis: Mapping[Component, float] = field(default_factory=dict)
    pinned: frozenset[int] = frozenset()
    rejected: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        check_emphasis(self.emphasis)
