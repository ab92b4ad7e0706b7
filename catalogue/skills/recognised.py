"""What others take of a skill that was found in a text; `catalogue.skills.knowledge` finds them, tests have finders of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from catalogue.progress import Progress


class Recognised(Protocol):
    """A skill found in a text: see `catalogue.skills.recogniser.RecognisedSkill`."""

    @property
    def skill_id(self) -> int:
        """Database key."""

    @property
    def score(self) -> float:
        """How sure, in [0, 1]."""

    @property
    def level(self) -> int:
        """1 to 4."""


class RecogniseMany(Protocol):
    """Finds the skills of many texts, surest first; `SkillKnowledge.recognise_many` is one."""

    def __call__(self, texts: Sequence[str], limit: int = ..., progress: Progress = ...) -> Sequence[Sequence[Recognised]]:
        """One list a text."""
