"""What words are to each other, in base forms: `synonyms.toml` and `everyday.toml`, and where a query holds their phrases."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalogue.language.dutch import base_form, language_data, tokens, word_list

EVERYDAY = Path(__file__).with_name("everyday.toml")
MOST_BETWEEN = 3
"""So many other words may stand between those of one phrase, in a language that parts its verbs: "ik bouw graag zelf een site"."""

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a query may say. `synonyms` are the same thing, as terms; `meaning` is what modules call it, as it is written in the file."""

    synonyms: tuple[Terms, ...] = ()
    meaning: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Both files.

    Attributes:
        stop: never searched for, folded.
        filler: not searched for in a query that says anything else.
        optional: almost every module fits them.
        phrases: synonyms and everyday words.
        by_first: the phrases of several terms, under their first term.
        longest: terms of the longest phrase.
    """

    stop: frozenset[str]
    filler: frozenset[str]
    optional: frozenset[str]
    phrases: Mapping[Terms, Phrase]
    by_first: Mapping[str, tuple[Terms, ...]]
    longest: int


@cache
def thesaurus() -> Thesaurus:
    """The thesaurus, read once."""
    return read_thesaurus(language_data()["equal"], EVERYDAY.read_text(encoding="utf-8"))


def read_thesaurus(equal: Iterable[Sequence[str]], everyday: str) -> Thesaurus:
    """A thesaurus from rows of synonyms and the text of a file of everyday words.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML, or a line stands twice in one table.
    """
    synonyms: dict[Terms, dict[Terms, None]] = {}
    for line in equal:
        same = list(dict.fromkeys(map(phrase_terms, line)))
        for phrase in same:
            synonyms.setdefault(phrase, {}).update(dict.fromkeys(other for other in same if other != phrase))
    meanings: dict[Terms, dict[str, None]] = {}
    for lines in tomllib.loads(everyday).values():
        for said, meant in lines.items():
            for phrase in filter(None, map(phrase_terms, listed(said))):
                meanings.setdefault(phrase, {}).update(dict.fromkeys(listed(meant)))
    phrases = {
        phrase: Phrase(tuple(synonyms.get(phrase, ())), tuple(meanings.get(phrase, ()))) for phrase in dict.fromkeys((*synonyms, *meanings))
    }
    by_first: dict[str, tuple[Terms, ...]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            by_first[phrase[0]] = (*by_first.get(phrase[0], ()), phrase)
    return Thesaurus(
        stop=word_list("stop"),
        filler=frozenset(map(base_form, word_list("filler"))),
        optional=frozenset(map(base_form, word_list("optional"))),
        phrases=phrases,
        by_first=by_first,
        longest=max(map(len, phrases), default=1),
    )


def phrase_terms(text: str) -> Terms:
    """A phrase as terms; a code such as "mbo-4" is the one term that documents hold for it."""
    parts = tokens(text)
    if len(parts) == 1 and len(parts[0]) > 1:
        return (base_form("".join(parts[0])),)
    stop = word_list("stop")
    return tuple(base_form(word) for token in parts for word in token if word not in stop)


def longest_phrase(keys: Sequence[Terms], position: int) -> tuple[int, Phrase]:
    """How many tokens from `position` on are a known phrase, and what it is; (1, Phrase()) when none is.

    Args:
        keys: the base forms of each token's parts.
    """
    known = thesaurus()
    for size in range(min(known.longest, len(keys) - position), 0, -1):
        phrase = tuple(term for key in keys[position : position + size] for term in key)
        if phrase in known.phrases:
            return size, known.phrases[phrase]
        joined = (base_form("".join(phrase)),)
        if len(phrase) > 1 and joined in known.phrases:
            found = known.phrases[joined]
            return size, Phrase((joined, *found.synonyms), found.meaning)
    return 1, Phrase()


def brought_together(keys: Sequence[Terms]) -> list[int]:
    """The positions of the tokens, in an order in which the words of each phrase stand together; longer phrases first."""
    places: dict[str, int] = {}
    for position, key in enumerate(keys):
        if len(key) == 1:
            places.setdefault(key[0], position)
    taken: set[int] = set()
    groups: dict[int, Sequence[int]] = {}
    for *_rank, positions in sorted(_scattered(places)):
        if taken.isdisjoint(positions):
            taken.update(positions)
            groups[min(positions)] = positions
    return [position for first in range(len(keys)) if first in groups or first not in taken for position in groups.get(first, (first,))]


def _scattered(places: Mapping[str, int]) -> Iterator[tuple[int, int, bool, Sequence[int]]]:
    """The phrases whose words are all there and near each other: the best have most words, least between, and the written order."""
    for term in places:
        for phrase in thesaurus().by_first.get(term, ()):
            if len(set(phrase)) == len(phrase) and all(word in places for word in phrase):
                positions = [places[word] for word in phrase]
                span = max(positions) - min(positions) + 1
                if span <= len(phrase) + MOST_BETWEEN:
                    yield -len(phrase), span, positions != sorted(positions), positions


def listed(text: str) -> tuple[str, ...]:
    """The entries of a line of a file, which commas keep apart."""
    return tuple(entry.strip() for entry in text.split(",") if entry.strip())
