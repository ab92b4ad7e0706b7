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
MOST_HEARD = 12
"""So many recognised skills of a text count; further ones are mostly noise."""
MOST_OF_A_WISH = 3
MOST_OFFERED = 8
LEAST_LEAD = 4.0
"""Standard deviations above the mean skill from which on a skill is worth a question."""

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


class Heard(Protocol):
    """A skill that was recognised in a text."""

    @property
    def skill_id(self) -> int:
        """Its key."""

    @property
    def start(self) -> int:
        """The first character that is the evidence."""

    @property
    def end(self) -> int:
        """The character after the last."""


class Ranked(Protocol):
    """A skill that a text may be about."""

    @property
    def skill_id(self) -> int:
        """Its key."""

    @property
    def lead(self) -> float:
        """By how many standard deviations it stands above the mean skill."""


class NameFinder(Protocol):
    """What is asked of `catalogue.skills.knowledge.SkillKnowledge`."""

    def find_skills(self, query: str, limit: int) -> Sequence[Named]:
        """Skills by name, best first."""

    def find_occupations(self, query: str, limit: int) -> Sequence[Named]:
        """Occupations by name, best first."""


class Listener(NameFinder, Protocol):
    """What is asked of it for a goal that describes rather than names."""

    def recognise(self, text: str, limit: int) -> Sequence[Heard]:
        """The skills in a text, most certain first."""

    def rank_skills(self, text: str, limit: int) -> Sequence[Ranked]:
        """The skills that a text is most likely about, best first."""


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


def perhaps_meant(text: str, listener: Listener) -> list[int]:
    """Skills to ask about, since a wish in the text describes something that nobody heard: "de bodem onder mijn gras verbeteren".

    They count for nothing until the person confirms them. A wish of which the likeliest skill was heard elsewhere is taken as heard.
    """
    heard = listener.recognise(text, MOST_HEARD)
    named = named_goal(text, listener)
    known = {one.skill_id for one in heard} | named.skills.keys()
    offered: dict[int, None] = {}
    if known and len(text.split()) <= LONGEST_NAME:
        return []
    for start, end in _wishes(text):
        if named.occupations or any(one.start < end and start < one.end for one in heard):
            continue
        ranked = [one.skill_id for one in listener.rank_skills(text[start:end], MOST_OF_A_WISH) if one.lead >= LEAST_LEAD]
        if ranked and ranked[0] not in known:
            offered |= dict.fromkeys(skill_id for skill_id in ranked if skill_id not in known)
    return list(offered)[:MOST_OFFERED]


def _wishes(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a text stand that say something."""
    begin = 0
    for end, following in [*((match.start(), match.end()) for match in _BETWEEN.finditer(text)), (len(text), len(text))]:
        if any(not _is_frame(word) for word in text[begin:end].split()):
            yield begin, end
        begin = following


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
