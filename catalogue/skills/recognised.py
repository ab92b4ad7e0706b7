"""What an import asks of who reads its texts; `catalogue.skills.knowledge` is one, and tests have readers of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from catalogue.progress import Progress
from catalogue.skills.recogniser import RecognisedSkill


class RecogniseMany(Protocol):
    """Finds the skills of many texts, surest first; `SkillKnowledge.recognise_many` is one."""

    def __call__(self, texts: Sequence[str], limit: int = ..., progress: Progress = ...) -> Sequence[Sequence[RecognisedSkill]]:
        """One list a text."""
