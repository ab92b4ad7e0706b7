"""What a visitor answered so far, kept in the session on the server: never in an address, gone when the session ends."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any, Self

SESSION_KEY = "profile"
PATHS_KEY = "paths"
"""The paths that were shown last; they follow from the answers and go with them."""

MAX_SKILLS = 150


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers. Occupations and skills are held by their public ids; "" and None mean: not answered.

    `skills` maps a skill to its level; 0 is an answer too: asked, and not known. Of the goals only the one that `goal_kind` names counts
    ("occupation", "skills", "theme" or "text"); the others are kept for who changes back.
    """

    occupation: str = ""
    skills: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    """How we know of skills that the passport has evidence for; of the others, because the visitor says so."""
    goal_kind: str = ""
    goal_occupation: str = ""
    goal_skills: Mapping[str, int] = field(default_factory=dict)
    goal_theme: str = ""
    """The slug of a theme."""
    goal_text: str = ""
    goal_meant: Mapping[str, int] = field(default_factory=dict)
    """Skills that the text of the goal describes, with the level wanted, as the visitor confirmed them; 0 for those not meant."""
    budget_eur: float | None = None
    hours_per_week: float | None = None
    near: str = ""
    max_km: int | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    start_after: date | None = None
    finish_by: date | None = None
    emphasis: Mapping[str, str] = field(default_factory=dict)
    """How much something counts, "little" or "much", by component of the score; the others count as usual."""
    searched: Mapping[str, str] = field(default_factory=dict)
    """The last text typed at each question that finds occupations or skills."""
    recognised: Mapping[str, int] = field(default_factory=dict)
    """Skills found in a pasted text, with the level that it suggests, until they are confirmed."""
    recognised_work: tuple[str, ...] = ()
    """Occupations that the same text names, until one of them is chosen or none."""

    @classmethod
    def from_session(cls, session: Mapping[str, Any]) -> Self:
        """The answers of this visitor; none where there are none."""
        stored = session.get(SESSION_KEY)
        return cls.from_stored(stored) if isinstance(stored, dict) else cls()

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        """The answers that `stored` made into plain values."""
        values = {name: stored[name] for name in _NAMES & stored.keys()}
        for name in ("start_after", "finish_by"):
            values[name] = date.fromisoformat(values[name]) if values.get(name) else None
        for name in ("languages", "formats", "moments", "levels", "recognised_work"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)

    def keep(self, session: MutableMapping[str, Any]) -> None:
        """Keeps the answers for this visitor."""
        session[SESSION_KEY] = self.stored()

    def stored(self) -> dict[str, Any]:
        """The answers as values that JSON knows."""
        stored = asdict(self)
        for name in ("start_after", "finish_by"):
            stored[name] = stored[name].isoformat() if stored[name] else None
        return stored

    def changed(self, **values: Any) -> Self:
        """The answers with other values."""
        return replace(self, **values)

    def with_levels(self, name: str, levels: Mapping[str, int]) -> Self:
        """The answers with levels added to `skills` or `goal_skills`; at most `MAX_SKILLS` are kept."""
        together = {**getattr(self, name), **levels}
        return self.changed(**{name: dict(list(together.items())[:MAX_SKILLS])})

    def with_search(self, question: str, text: str) -> Self:
        """The answers with the text last typed at a question; "" forgets it."""
        return self.changed(searched={**self.searched, question: text})

    @property
    def known(self) -> dict[str, int]:
        """The skills that the visitor says to have."""
        return {uid: level for uid, level in self.skills.items() if level > 0}

    @property
    def has_goal(self) -> bool:
        """Whether there is something to compare with."""
        goals = {
            "occupation": self.goal_occupation,
            "skills": any(self.goal_skills.values()),
            "theme": self.goal_theme,
            "text": self.goal_text,
        }
        return bool(goals.get(self.goal_kind))


_NAMES = {one.name for one in fields(Answers)}


def forget(session: MutableMapping[str, Any]) -> None:
    """Throws all answers away, and what was made of them."""
    session.pop(SESSION_KEY, None)
    session.pop(PATHS_KEY, None)
