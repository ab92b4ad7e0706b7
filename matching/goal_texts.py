"""A goal in a person's own words, taken apart into what it may name: skills and occupations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

from catalogue.language.dutch import folded, is_dutch, tokens, word_list
from catalogue.language.word_keys import commonness
from catalogue.skills.finder import Found
from catalogue.skills.recogniser import RecognisedSkill
from catalogue.skills.relevance import RankedSkill
from matching.wished import wished

LONGEST_NAME = 8
"""Names of skills and occupations have no more words than this, those of a wish included."""
MOST_CLAUSES = 12
MOST_HEARD = 12
"""So many recognised skills of a text count; further ones are mostly noise."""
MOST_OF_A_WISH = 3
MOST_OF_A_FIELD = 6
FEW_WORDS = 3
"""A wish in a longer text that says no more than this beside its frame is a name or nothing; any other describes."""
FEW_PARTS = 2
MOST_OFFERED = 8
LEAST_LEAD = 4.0
"""Standard deviations above the mean skill from which on a skill is worth a question."""
LEAST_OF_LEAD = 0.6
"""Share of the lead of the likeliest from which on another skill is worth one too."""
LEAST_BY_NAME = 0.1
"""Score by its names from which on a skill is worth one: for any text some skill leads, for "asdf qwer" too, but without coming near it."""
LEAST_BY_NAME_UNKNOWN = 0.15
"""The same for a text of which nobody knows a word: it is misspelt, and then its letters come near, or it means nothing ("blorpen")."""
MOST_BY_NAME = 100

_BETWEEN = re.compile(r"[.,;:!?\n()/]+|\s+(?:en|of|and|or)\s+", re.IGNORECASE)
_STOP = re.compile(r"[.,;:!?\n]+")
_FIELD = re.compile(r"\b(?:iets|something)(?:\s\w+){0,2}\s(?:met|in|over|with|about)\s(?:(?:de|het|een|the|a)\s)?([\w'’-]+)", re.IGNORECASE)
"""One who wants "something with data" names a field and no skill, unless the word is the very name of one."""
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


class NameFinder(Protocol):
    """What is asked of `catalogue.skills.knowledge.SkillKnowledge`."""

    def find_skills(self, query: str, limit: int) -> Sequence[Found]:
        """Skills by name, best first."""

    def find_occupations(self, query: str, limit: int) -> Sequence[Found]:
        """Occupations by name, best first."""


class Listener(NameFinder, Protocol):
    """What is asked of it for a goal that describes rather than names."""

    def recognise(self, text: str, limit: int) -> Sequence[RecognisedSkill]:
        """The skills in a text, most certain first."""

    def rank_skills(self, text: str, limit: int) -> Sequence[RankedSkill]:
        """The skills that a text is most likely about, best first."""


@dataclass(frozen=True, slots=True)
class NamedGoal:
    """What a text names: skills with their scores, and occupations.

    `doubted`: skills that it calls by their very name in a list that is mostly about something else, as chips between beer and wine.
    """

    skills: dict[int, float]
    occupations: tuple[int, ...]
    doubted: tuple[int, ...] = ()


def named_goal(text: str, finder: NameFinder, *, guesses: bool = False) -> NamedGoal:
    """The skills and occupations that a short text names, whole or in one of its clauses; or a longer one in a wish of few words.

    Anywhere else in a longer text any noun would count as a name ("materials", "speak"); there only what is recognised does. A list of
    which hardly anything comes near a name ("melk, kaas, appels") names nothing for sure; a field ("iets met data") only what it calls by
    its very name, since likeness would take any skill of it, such as the teaching of technology for technology.

    Args:
        guesses: whether what is doubted and the likeliest skill of a field count nevertheless, as where nobody can be asked.
    """
    return _named(wished(text), finder, guesses=guesses)


def _named(wish: str, finder: NameFinder, *, guesses: bool = False) -> NamedGoal:
    skills: dict[int, float] = {}
    occupations: dict[int, None] = {}
    possible = _possible_names(wish)
    parts = [clause for clause in possible if not _BETWEEN.search(clause)]
    fields = set() if guesses else {folded(said) for match in _FIELD.finditer(wish) for said in match.group(0, 1)}
    n_understood = 0
    for clause in possible:
        found, occupation = finder.find_skills(clause, MOST_AS_LIKELY), next(iter(finder.find_occupations(clause, 1)), None)
        best = found[0].score if found else 0.0
        if occupation and occupation.score >= OCCUPATION_LIKELY and occupation.score > best:
            occupations[occupation.id] = None
            n_understood += clause in parts
        elif best >= LIKELY:
            n_understood += clause in parts
            for skill in found if best == 1 or folded(clause) not in fields else ():
                if skill.score == best or (best < 1 and skill.score >= best - AS_LIKELY):
                    skills[skill.id] = max(skill.score, skills.get(skill.id, 0.0))
    if _is_understood(n_understood, len(parts)):
        return NamedGoal(skills, tuple(occupations))
    certain = {skill_id: score for skill_id, score in skills.items() if score == 1}
    return NamedGoal(certain if guesses else {}, tuple(occupations), tuple(certain))


def _is_understood(n_understood: int, n_parts: int) -> bool:
    """Whether a text is a goal rather than a list of something else, by how many of its parts say something."""
    return n_parts <= FEW_PARTS or 2 * n_understood > n_parts


def _possible_names(text: str) -> list[str]:
    if len(text.split()) <= LONGEST_NAME:
        return clauses(text)
    short = [part for part in _STOP.split(text) if 0 < len(_telling(part)) <= FEW_WORDS]
    return list(dict.fromkeys(clause for part in short for clause in clauses(part)))[:MOST_CLAUSES]


def named_theme(text: str, labels: Mapping[str, Sequence[str]]) -> str | None:
    """The theme that a text names, and nothing else: "ik wil iets met energie". A theme has many skills, none of which is its name.

    Args:
        labels: the names of each theme; of "Zorg en welzijn" either half is a name too.
    """
    names = {_core(part): theme for theme, several in labels.items() for label in several for part in (label, *_BETWEEN.split(label))}
    near = get_close_matches(_core(text), [name for name in names if name], 1, A_TYPO_AWAY)
    return names[near[0]] if near else None


def is_broad(text: str) -> bool:
    """Whether a text names so much that no skill is meant by it: "iets met techniek" is no wish to teach it."""
    words = _core(wished(text)).split()
    return bool(words) and word_list("broad").issuperset(words)


def _core(text: str) -> str:
    """What is left of a text without the words that only frame it."""
    words = re.findall(r"[\w'-]+", folded(text))
    return " ".join(word for word in words if not _is_frame(word) and word not in _WORKING)


def heard_skills(text: str, listener: Listener) -> list[int]:
    """The skills that a text names or describes clearly as wished, in the order in which it names them, then surest first."""
    if is_broad(text):
        return []
    wish = wished(text)
    return _all_heard(_named(wish, listener), listener.recognise(wish, MOST_HEARD))


def _all_heard(named: NamedGoal, heard: Sequence[RecognisedSkill]) -> list[int]:
    return list(dict.fromkeys([*named.skills, *(one.skill_id for one in heard)]))


def perhaps_meant(text: str, listener: Listener) -> list[int]:
    """Skills to ask about, since a wish in the text describes something that nobody heard: "de bodem onder mijn gras verbeteren".

    They count for nothing until the person confirms them. A wish of which the likeliest skill was heard elsewhere is taken as heard; of a
    field ("iets met data") hearing one is not enough. A list of which most says nothing ("melk, kaas, boter en appels") is no goal, but
    for what it calls by its very name.
    """
    if is_broad(text):
        return []
    text = wished(text)
    named, wishes = _named(text, listener), list(_wishes(text))
    if named.occupations or (named.skills and len(wishes) == 1):
        return []
    heard = listener.recognise(text, MOST_HEARD)
    known = _all_heard(named, heard)
    offered = dict.fromkeys(skill_id for skill_id in named.doubted if skill_id not in known)
    n_understood = 0
    for start, end in wishes:
        field = _FIELD.search(text, start, end)
        ranked = _likely(field[1], listener, MOST_OF_A_FIELD) if field else _likely(text[start:end], listener, MOST_OF_A_WISH)
        is_named = not named.skills.keys().isdisjoint(_named(text[start:end], listener).skills)
        is_heard = is_named or any(_says(one, start, end, ranked) for one in heard)
        n_understood += bool(ranked) or is_heard
        if ranked and ranked[0] not in known and (field or not is_heard):
            offered |= dict.fromkeys(skill_id for skill_id in ranked if skill_id not in known)
    is_goal = bool(known) or _is_understood(n_understood, len(wishes))
    return (list(offered) if is_goal else [*named.doubted])[:MOST_OFFERED]


def _likely(wish: str, listener: Listener, most: int) -> list[int]:
    least = LEAST_BY_NAME if any(map(_is_known, _telling(wish))) else LEAST_BY_NAME_UNKNOWN
    near = {one.id for one in listener.find_skills(wish, MOST_BY_NAME) if one.score >= least}
    ranked = [one for one in listener.rank_skills(wish, most) if one.lead >= LEAST_LEAD and one.skill_id in near]
    return [one.skill_id for one in ranked if one.lead >= LEAST_OF_LEAD * ranked[0].lead]


def _says(heard: RecognisedSkill, start: int, end: int, ranked: Sequence[int]) -> bool:
    """Whether a recognised skill tells what a wish means: it stands in the wish, or it goes on into another and is likely for this one."""
    is_within, touches = start <= heard.start and heard.end <= end, heard.start < end and start < heard.end
    return is_within or (touches and heard.skill_id in ranked)


def _wishes(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a text stand that say something."""
    begin = 0
    for end, following in [*((match.start(), match.end()) for match in _BETWEEN.finditer(text)), (len(text), len(text))]:
        if _telling(text[begin:end]):
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


def _telling(text: str) -> list[str]:
    """The words of a text that do not only frame a wish."""
    return [word for word in text.split() if not _is_frame(word)]


def _is_known(text: str) -> bool:
    """Whether Dutch or English has this word, or one of its parts between hyphens."""
    return any(commonness(word, "nl") or commonness(word, "en") or is_dutch(word) for parts in tokens(text) for word in parts)


def _is_frame(word: str) -> bool:
    plain = folded(word).strip("'\"")
    return plain in _BECOMING or plain in word_list("stop") or plain in word_list("filler")
