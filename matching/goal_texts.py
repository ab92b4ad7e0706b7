"""A goal in a person's own words, taken apart into what it may name: skills and occupations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalogue.search.dutch import folded, word_list

LONGEST_NAME = 8
"""Names of skills and occupations have no more words than this, those of a wish included."""
MOST_CLAUSES = 12

_BETWEEN = re.compile(r"[.,;:!?\n()/]+|\s+(?:en|of|and|or)\s+", re.IGNORECASE)
_BECOMING = frozenset({"worden", "become", "becoming", "leren", "learn", "learning", "gaan"})


LIKELY = 0.5
"""From this score on a skill is meant more often than not."""
OCCUPATION_LIKELY = 0.7
"""More than for a skill: an occupation brings dozens of skills into the goal."""


class Named(Protocol):
    """A skill or occupation found by name."""

    @property
    def id(self) -> int:
        """Its key."""

    @property
    def score(self) -> float:
        """How likely it is meant, in [0, 1]."""


class NameFinder(Protocol):
    """What is asked of `catalogue.skills.knowledge.SkillKnowledge`."""

    def find_skills(self, query: str, limit: int) -> Sequence[Named]:
        """Skills by name, best first."""

    def find_occupations(self, query: str, limit: int) -> Sequence[Named]:
        """Occupations by name, best first."""


@dataclass(frozen=True, slots=True)
class NamedGoal:
    """What a text names: skills with their scores, and occupations."""

    skills: dict[int, float]
    occupations: tuple[int, ...]


def named_goal(text: str, finder: NameFinder) -> NamedGoal:
    """The skills and occupations that a short text names, whole or in one of its clauses.

    In a longer text any noun would count as a name ("materials", "speak"); there only what is recognised does.
    """
    skills: dict[int, float] = {}
    occupations: dict[int, None] = {}
    for clause in clauses(text) if len(text.split()) <= LONGEST_NAME else ():
        skill, occupation = (next(iter(find(clause, 1)), None) for find in (finder.find_skills, finder.find_occupations))
        best = skill.score if skill else 0.0
        if occupation and occupation.score >= OCCUPATION_LIKELY and occupation.score > best:
            occupations[occupation.id] = None
        elif skill and best >= LIKELY:
            skills[skill.id] = max(best, skills.get(skill.id, 0.0))
    return NamedGoal(skills, tuple(occupations))


def clauses(text: str) -> list[str]:
    """The parts of a text that may be a name, without the words with which people begin a wish, each once, in order.

    "Ik wil verpleegkundige worden, en Excel": "verpleegkundige", "Excel".
    """
    return list(dict.fromkeys(_clauses(text)))[:MOST_CLAUSES]


def _clauses(text: str) -> Iterator[str]:
    for part in (text, *_BETWEEN.split(text)):
        words = part.split()
        while words and _is_frame(words[0]):
            words.pop(0)
        while words and _is_frame(words[-1]):
            words.pop()
        if 0 < len(words) <= LONGEST_NAME:
            yield " ".join(words)


def _is_frame(word: str) -> bool:
    plain = folded(word).strip("'\"")
    return plain in _BECOMING or plain in word_list("stop") or plain in word_list("filler")
