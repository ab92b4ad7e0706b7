"""What words of other languages mean in Dutch, for queries alone: `glossary.toml`, and which words are another language's at all.

Where a word is Dutch as well (master, kok, pomp), Dutch comes first, unless the words around it say that another language is meant.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from catalogue.language.dutch import folded, how_common, is_dutch, tokens
from catalogue.language.thesaurus import listed

GLOSSARY = Path(__file__).with_name("glossary.toml")
ORDINARY_ZIPF = 3.5
"""So common (log10 of uses in a thousand million words) a word of Dutch is ordinary: people mean the Dutch word."""
ORDINARY_ZIPF_OF_ANY_WORD = 4.2
"""The same for a word that Dutch texts hold and no Dutch dictionary does (marketing, training)."""
LATIN_LANGUAGES = ("en", "de", "fr", "es", "pl", "tr", "ro")
"""Languages of the glossary that share the Latin alphabet with Dutch."""
MOST_WORDS_A_LANGUAGE = 20_000
"""Of the most common words; more cost memory, and the rarest are often misspellings and names."""
LEAST_LETTERS = 4
"""Shorter words are never corrected, so nobody asks whether they are foreign."""
LONGEST_STEM = 30

_PLAIN = str.maketrans({"ł": "l", "ı": "i", "đ": "d", "ø": "o", "ґ": "г", "ى": "ي", "ة": "ه", "ـ": None})
"""What folding leaves, because it is no accent, and what many leave out or type otherwise all the same."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل")
"""The, and the, with the, for the; and, with, for: written as one with the word."""
_ACCENTS = re.compile("[\u0300-\u036f]")

Phrase = tuple[str, ...]
"""Words, folded and plain; one that ends in * stands for all words that begin so."""
Languages = frozenset[str]


@dataclass(frozen=True, slots=True)
class Glossary:
    """`glossary.toml`. Languages are two letters (ISO 639-1)."""

    meanings: Mapping[Phrase, Mapping[str, Phrase]]
    """By phrase and language: the Dutch words, as they are written in the file."""
    optional: Mapping[str, Languages]
    stop: Mapping[str, Languages]
    patterns: Mapping[str, Languages]
    """Every word of the above, with the languages that have it."""
    telling: Mapping[str, Languages]
    """Those that say on their own which language is meant: no words of phrases, and no short stop words."""
    dutch: frozenset[str]
    """Words that are to be taken for Dutch, however rare: those of the file's list, and its own Dutch words."""
    longest: int
    course: Phrase
    """What an optional word means when nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one query is read: `spoken` are the languages that account for most of its words, and for half of them at least."""

    spoken: Languages

    def is_stop(self, parts: Phrase) -> bool:
        """Whether these parts of one token say nothing in another language."""
        return all(self._has(glossary().stop, word) for word in parts)

    def is_optional(self, parts: Phrase) -> bool:
        """Whether these parts of one token are a word for "course", "learn", "work" and the like in another language."""
        return all(self._has(glossary().optional, word) for word in parts)

    def longest_meaning(self, words: Sequence[Phrase], position: int) -> tuple[int, Phrase]:
        """How many tokens from `position` on are a phrase of another language, and its Dutch words; (0, ()) when none is."""
        for size in range(min(glossary().longest, len(words) - position), 0, -1):
            run = [word for parts in words[position : position + size] for word in parts]
            if len(run) <= glossary().longest and (dutch := self._meaning(run)):
                return size, dutch
        return 0, ()

    def _meaning(self, run: Sequence[str]) -> Phrase:
        """The Dutch words of a phrase; of the entries of one language that fit it, only those of the longest stem."""
        found: dict[str, Phrase] = {}
        for phrase in product(*(tuple(patterns(word)) for word in run)):
            languages = glossary().meanings.get(phrase, {})
            read = self.spoken.intersection(languages)
            if not read and any(map(_is_evident, run, phrase)):
                read = frozenset(languages)
            for language in sorted(read):
                found.setdefault(language, languages[language])
        return tuple(dict.fromkeys(dutch for words in found.values() for dutch in words))

    def _has(self, table: Mapping[str, Languages], word: str) -> bool:
        return any(
            self.spoken.intersection(table[pattern]) or (pattern in glossary().telling and _is_evident(word, pattern))
            for pattern in patterns(word)
            if pattern in table
        )


def reading(words: Sequence[str]) -> Reading:
    """How the folded words of a query are read together."""
    known = glossary()
    covered: Counter[str] = Counter()
    evident: set[str] = set()
    for word in words:
        found = tuple(patterns(word))
        covered.update({language for pattern in found for language in known.patterns[pattern]})
        evident.update(
            language for pattern in found if pattern in known.telling and _is_evident(word, pattern) for language in known.telling[pattern]
        )
    most = max((covered[language] for language in evident), default=0)
    return Reading(frozenset(language for language in evident if covered[language] == most and 2 * most >= len(words)))


def patterns(word: str) -> Iterator[str]:
    """The entries of the glossary's words that a folded word answers: itself, then stems, longest first."""
    known = glossary().patterns
    for form in _forms(word.translate(_PLAIN)):
        if form in known:
            yield form
        for end in range(min(len(form), LONGEST_STEM), 1, -1):
            if (stem := f"{form[:end]}*") in known:
                yield stem


def is_foreign(word: str) -> bool:
    """Whether a folded word is a common one of another language that Dutch does not have; any word in another script is."""
    if not word.isalpha() or is_dutch(word):
        return False
    if any("LATIN" not in unicodedata.name(letter, "") for letter in word):
        return True
    return word.translate(_PLAIN) in _foreign_words()


@cache
def glossary() -> Glossary:
    """The glossary, read once; .12 s and 10 MB."""
    return read_glossary(GLOSSARY.read_text(encoding="utf-8"))


def read_glossary(text: str) -> Glossary:
    """A glossary from the text of its file.

    Raises:
        tomllib.TOMLDecodeError: it is no TOML.
        KeyError: a concept has no Dutch words.
    """
    data = tomllib.loads(text)
    stop = {
        (language, phrase[0]) for language, words in data["stop"].items() for phrase in _phrases(" ".join(words.split()), language, " ")
    }
    meanings: dict[Phrase, dict[str, Phrase]] = {}
    taken_for_dutch = set(data["dutch"].split())
    for concept in data["concept"]:
        dutch = listed(concept.pop("nl"))
        taken_for_dutch.update(dutch)
        for language, words in concept.items():
            for phrase in _phrases(words, language):
                kept = tuple(word for word in phrase if (language, word) not in stop) or phrase
                held = meanings.setdefault(kept, {})
                held[language] = tuple(dict.fromkeys((*held.get(language, ()), *dutch)))
    course = listed(data["optional"].pop("nl"))
    optional = [(language, phrase[0]) for language, words in data["optional"].items() for phrase in _phrases(words, language)]
    alone = [(language, phrase[0]) for phrase, held in meanings.items() for language in held if len(phrase) == 1]
    within = [(language, word) for phrase, held in meanings.items() for language in held for word in phrase]
    return Glossary(
        meanings=meanings,
        optional=_by_word(optional),
        stop=_by_word(stop),
        patterns=_by_word([*optional, *stop, *within]),
        telling=_by_word([*optional, *alone, *(pair for pair in stop if len(pair[1]) > 2)]),
        dutch=frozenset(map(folded, taken_for_dutch)),
        longest=max(map(len, meanings)),
        course=course,
    )


def _phrases(text: str, language: str, separator: str | None = ",") -> Iterator[Phrase]:
    """The phrases of a line, in each spelling. A stem is also a word itself, so that it is found where Dutch has the same letters."""
    for entry in text.split(separator):
        for spelling in {entry, entry.translate(_UMLAUTS)} if language == "de" else {entry}:
            phrase = tuple(pattern for word in spelling.split() for pattern in _pattern(word, language))
            if phrase:
                yield phrase
                if len(phrase) == 1 and phrase[0].endswith("*"):
                    yield (phrase[0][:-1],)


def _pattern(word: str, language: str) -> Iterator[str]:
    """One written word as patterns: several when there is a hyphen or an apostrophe in it; the last keeps the star."""
    star = "*" if word.endswith("*") else ""
    # Before folding: without its hamza, the first letter of "ألواح" looks like an article.
    bare = word.removesuffix("*").removeprefix("ال") if language == "ar" else word.removesuffix("*")
    parts = [part.translate(_PLAIN) for found in tokens(bare) for part in found]
    yield from parts[:-1]
    yield from (f"{part}{star}" for part in parts[-1:])


def _forms(word: str) -> Iterator[str]:
    """A word, and without what Arabic writes as one with it."""
    yield word
    if "\u0600" <= word[0] <= "\u06ff":
        yield from (
            word.removeprefix(prefix)
            for prefix in _ARABIC_PREFIXES
            if word.startswith(prefix) and len(word) - len(prefix) >= (2 if len(prefix) > 1 else 3)
        )


def _by_word(pairs: Iterable[tuple[str, str]]) -> dict[str, Languages]:
    found: dict[str, set[str]] = {}
    for language, word in pairs:
        found.setdefault(word, set()).add(language)
    shared: dict[Languages, Languages] = {}
    return {word: shared.setdefault(frozenset(languages), frozenset(languages)) for word, languages in found.items()}


def _is_evident(word: str, pattern: str) -> bool:
    """Whether the word cannot well be meant in Dutch: never an ordinary word, and by a stem no word of Dutch at all."""
    if _is_ordinary(word) or word in glossary().dutch:
        return False
    return not pattern.endswith("*") or (how_common(word) < ORDINARY_ZIPF and not is_dutch(word))


def _is_ordinary(word: str) -> bool:
    zipf = how_common(word)
    return zipf >= ORDINARY_ZIPF_OF_ANY_WORD or (zipf >= ORDINARY_ZIPF and is_dutch(word))


@cache
def _foreign_words() -> frozenset[str]:
    """The common words of the languages that share an alphabet with Dutch, plain; .16 s and 17 MB, at the first need."""
    from wordfreq import available_languages, read_cBpack

    paths = available_languages("small")
    found: set[str] = set()
    for language in LATIN_LANGUAGES:
        words: list[str] = []
        for equally_common in read_cBpack(paths[language]):
            words += equally_common
            if len(words) >= MOST_WORDS_A_LANGUAGE:
                break
        # All at once: a word at a time takes four times as long.
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", "\n".join(words).casefold())).translate(_PLAIN)
        found.update(word for word in plain.split("\n") if len(word) >= LEAST_LETTERS)
    return frozenset(found)
