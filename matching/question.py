"""What a learner asks, in the arrays of one state of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from catalogue.skills.recogniser import RecognisedSkill
from matching.core.arrays import FloatArray, Gap, Wishes
from matching.core.components import beside_goal
from matching.core.path.field import PathQuestion
from matching.gather import Catalogue
from matching.goal_texts import MOST_HEARD, NameFinder, named_goal
from matching.planning import Planner
from matching.profile_arrays import Aim, fitting_nlqf, gap_of, held_skills, occupation_aims, unknown_to_us, wishes_of
from matching.profiles.profile import HeldSkill, LearnerProfile
from matching.snapshot import Snapshot
from matching.themes import theme_aims
from matching.wished import wished

NAMED_LEVEL = 3
"""Who names a skill as a goal wants to use it without help."""


class SkillRecogniser(NameFinder, Protocol):
    """What the matcher asks of `catalogue.skills.knowledge.SkillKnowledge`."""

    def recognise(self, text: str, limit: int) -> Sequence[RecognisedSkill]:
        """The skills in a text, most certain first."""


@dataclass(frozen=True, slots=True)
class Question:
    """A learner's question.

    Attributes:
        snapshot: the state of the catalogue that it is asked of.
        held: what counts as held, also what is only assumed.
        text: what is wished, where the goal is one in free text; else "".
        pinned: keys of the modules that the learner wants in any path.
    """

    snapshot: Snapshot
    held: tuple[HeldSkill, ...]
    gap: Gap
    wishes: Wishes
    text: str
    pinned: frozenset[int]

    @property
    def catalogue(self) -> Catalogue:
        """The arrays that it is asked of."""
        return self.snapshot.catalogue

    @property
    def similarity(self) -> FloatArray | None:
        """The likeness of each title to a goal in free text; None for another goal."""
        return self.snapshot.titles.similarity(self.text) if self.text else None

    def for_path(self, budget_eur: float | None, *, prefers_stacks: bool = False) -> PathQuestion:
        """The same as the planner takes it; see `planner`."""
        catalogue = self.catalogue
        stacks, pins = tuple(catalogue.stacks.values()) if prefers_stacks else (), tuple(catalogue.rows(self.pinned))
        return PathQuestion(self.gap, catalogue.modules, catalogue.editions, self.wishes, self.snapshot.usual, budget_eur, stacks, pins)

    def planner(self, budget_eur: float | None, *, prefers_stacks: bool = False, keeps_to_goal: bool | None = False) -> Planner:
        """What plans paths for it; modules that the learner pinned are held as far as they go together.

        Args:
            budget_eur: for the whole path, None for no limit; the budget of the wishes is that of each module.
            prefers_stacks: a path that earns a whole larger certificate comes first.
            keeps_to_goal: no module is taken that is mostly about something else, see `Planner.about_goal`; None leaves it to
                `Planner.alternatives`.
        """
        catalogue, question = self.catalogue, self.for_path(budget_eur, prefers_stacks=prefers_stacks)
        beside = frozenset(beside_goal(self.gap, catalogue.modules).tolist())
        planner = Planner(catalogue, question, catalogue.gone(self.pinned), beside, leaves_out=keeps_to_goal is None)
        return planner.about_goal() if keeps_to_goal else planner


def question_of(profile: LearnerProfile, today: date, snapshot: Snapshot, skills: SkillRecogniser) -> Question:
    """The question of a learner on a day; `skills` recognises those of a goal in free text."""
    catalogue, goal = snapshot.catalogue, profile.goal
    held = held_skills(profile, catalogue)
    is_text = goal.occupation_id is None and goal.theme_id is None and bool(goal.text.strip())
    return Question(
        snapshot=snapshot,
        held=held,
        gap=gap_of(held, _aims(profile, catalogue, skills), unknown_to_us(profile, catalogue), catalogue),
        wishes=wishes_of(profile, today, catalogue),
        text=wished(goal.text) if is_text else "",
        pinned=profile.pinned,
    )


def _aims(profile: LearnerProfile, catalogue: Catalogue, skills: SkillRecogniser) -> list[Aim]:
    goal = profile.goal
    if goal.occupation_id is not None:
        return occupation_aims(goal.occupation_id, catalogue)
    if goal.theme_id is not None:
        return theme_aims(goal.theme_id, catalogue, fitting_nlqf(profile.occupation_id, catalogue))
    chosen = [Aim(skill.skill_id, skill.level, 1.0) for skill in goal.skills]
    if not goal.text.strip():
        return chosen
    found = skills.recognise(wished(goal.text), MOST_HEARD)
    named = named_goal(goal.text, skills)
    if not (chosen or found or named.skills or named.occupations):
        named = named_goal(goal.text, skills, guesses=True)  # nobody was asked, as in a dossier or by the API
    # How certain the recognition is, is how much the skill counts.
    aims = chosen + [Aim(skill.skill_id, skill.level, min(skill.score, 1.0)) for skill in found if skill.score > 0]
    aims += (Aim(skill_id, NAMED_LEVEL, min(score, 1.0)) for skill_id, score in named.skills.items())
    return aims + [aim for occupation_id in named.occupations for aim in occupation_aims(occupation_id, catalogue)]
