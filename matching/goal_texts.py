"""A goal in a person's own words, taken apart into what it may name: skills and occupations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
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
LEAST_OF_LEAD = 0.6
"""Share of the lead of the likeliest from which on another skill is worth one too."""

_BETWEEN = re.compile(r"[.,;:!?\n()/]+|\s+(?:en|of|and|or)\s+", re.IGNORECASE)
_WORKING = frozenset({"werk", "werken", "baan", "work", "working", "job", "something", "want"})
_BECOMING = frozenset({"worden", "become", "becoming", "leren", "learn", "learning", "gaan"})


LIKELY = 0.5
"""From this score on a skill is meant more often than not."""
AS_LIKELY = 0.03
MOST_AS_LIKELY = 4
"""Skills that differ no more than this in their scores are meant alike: of "dieren" no one skill is the name."""
A_TYPO_AWAY = 0.9
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
        found, occupation = finder.find_skills(clause, MOST_AS_LIKELY), next(iter(finder.find_occupations(clause, 1)), None)
        best = found[0].score if found else 0.0
        if occupation and occupation.score >= OCCUPATION_LIKELY and occupation.score > best:
            occupations[occupation.id] = None
        elif best >= LIKELY:
            for skill in found:
                if skill.score == best or (best < 1 and skill.score >= best - AS_LIKELY):
                    skills[skill.id] = max(skill.score, skills.get(skill.id, 0.0))
    return NamedGoal(skills, tuple(occupations))


def named_theme(text: str, labels: Mapping[str, Sequence[str]]) -> str | None:
    """The theme that a text names, and nothing else: "ik wil iets met energie". A theme has many skills, none of which is its name.

    Args:
        labels: the names of each theme; of "Zorg en welzijn" either half is a name too.
    """
    names = {_core(part): theme for theme, several in labels.items() for label in several for part in (label, *_BETWEEN.split(label))}
    near = get_close_matches(_core(text), [name for name in names if name], 1, A_TYPO_AWAY)
    return names[near[0]] if near else None


def _core(text: str) -> str:
    """What is left of a text without the words that only frame it."""
    words = re.findall(r"[\w'-]+", folded(text))
    return " ".join(word for word in words if not _is_frame(word) and word not in _WORKING)


def heard_skills(text: str, listener: Listener) -> frozenset[int]:
    """The skills that a text names or describes clearly."""
    heard = listener.recognise(text, MOST_HEARD)
    return frozenset(one.skill_id for one in heard) | named_goal(text, listener).skills.keys()


def perhaps_meant(text: str, listener: Listener) -> list[int]:
    """Skills to ask about, since a wish in the text describes something that nobody heard: "de bodem onder mijn gras verbeteren".

    They count for nothing until the person confirms them. A wish of which the likeliest skill was heard elsewhere is taken as heard.
    """
    named = named_goal(text, listener)
    wishes = list(_wishes(text))
    if named.occupations or (named.skills and len(wishes) == 1):
        return []
    heard, known, is_short = listener.recognise(text, MOST_HEARD), heard_skills(text, listener), len(text.split()) <= LONGEST_NAME
    offered: dict[int, None] = {}
    for start, end in wishes:
        ranked = _likely(text[start:end], listener)
        is_named = is_short and bool(named_goal(text[start:end], listener).skills)
        if ranked and ranked[0] not in known and not is_named and not any(_says(one, start, end, ranked) for one in heard):
            offered |= dict.fromkeys(skill_id for skill_id in ranked if skill_id not in known)
    return list(offered)[:MOST_OFFERED]


def _likely(wish: str, listener: Listener) -> list[int]:
    ranked = [one for one in listener.rank_skills(wish, MOST_OF_A_WISH) if one.lead >= LEAST_LEAD]
    return [one.skill_id for one in ranked if one.lead >= LEAST_OF_LEAD * ranked[0].lead]


def _says(heard: Heard, start: int, end: int, ranked: Sequence[int]) -> bool:
    """Whether a recognised skill tells what a wish means: it stands in the wish, or it goes on into another and is likely for this one."""
    is_within, touches = start <= heard.start and heard.end <= end, heard.start < end and start < heard.end
    return is_within or (touches and heard.skill_id in ranked)


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
