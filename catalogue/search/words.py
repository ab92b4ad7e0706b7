"""From text to what is looked up: the weighted terms of a document, and the units of a query.

A query is a row of units, roughly its words. A unit has alternatives: the word itself, the parts of a compound, synonyms. A document
answers a unit when it holds all terms of one alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from catalogue.search.dutch import base_form, compound_parts, language_data, tokens, word_list
from catalogue.search.glossary import glossary, reading
from catalogue.search.port import MAX_QUERY_CHARS, MAX_QUERY_TERMS

PART_WEIGHT = 0.45
"""Of a word within a compound, relative to the word on its own; its own parts count this much less again."""
JOINED_WEIGHT = 0.5
SPLIT_WEIGHT = 0.8
SYNONYM_WEIGHT = 0.75
GLOSSARY_WEIGHT = 0.9
"""Of the Dutch for a word of another language."""
LOOSE_WEIGHT = 0.4
"""Of one word of a compound or phrase, where nothing holds all of them."""
MAX_TERM_CHARS = 60

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """All these terms must be in the document; `weight` is how much their score counts."""

    terms: Terms
    weight: float


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for. `words` are the folded words it was written as."""

    words: Terms
    alternatives: tuple[Alternative, ...]
    is_required: bool = True
    is_foreign: bool = False
    """Whether the glossary has it, so that nobody takes it for a misspelling."""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """synonyms.toml, in base forms."""

    stop: frozenset[str]
    optional: frozenset[str]
    synonyms: dict[Terms, tuple[Terms, ...]]
    longest: int


def text_terms(text: str) -> tuple[dict[str, float], int]:
    """The terms of a text with their weighted frequencies, and how many words it has."""
    found: dict[str, float] = {}
    length = 0
    stop = vocabulary().stop
    for parts in tokens(text):
        if len(parts) > 1:
            _add(found, base_form("".join(parts)), JOINED_WEIGHT)
        for word in parts:
            if word not in stop:
                length += 1
                _add(found, base_form(word), 1.0)
                _add_parts(found, word, PART_WEIGHT)
    return found, length


def surface_words(text: str) -> set[str]:
    """The folded words of a text as they are written, for the spelling of queries."""
    stop = vocabulary().stop
    return {word for parts in tokens(text) for word in parts if 3 < len(word) <= MAX_TERM_CHARS and word.isalpha() and word not in stop}


def query_units(text: str) -> tuple[Unit, ...]:
    """What a query asks for; () when it holds no word to search for. Longer texts and rows of words are cut."""
    return _units(text[:MAX_QUERY_CHARS])


@lru_cache(maxsize=4_000)
def _units(text: str) -> tuple[Unit, ...]:
    known = vocabulary()
    words = [parts for parts in tokens(text) if not known.stop.issuperset(parts)][:MAX_QUERY_TERMS]
    read = reading([word for parts in words for word in parts])
    words = [parts for parts in words if not read.is_stop(parts)]
    keys = [tuple(base_form(word)[:MAX_TERM_CHARS] for word in parts) for parts in words]
    units: list[Unit] = []
    position = 0
    while position < len(words):
        dutch_size, synonyms = _longest_phrase(keys, position)
        foreign_size, meaning = read.longest_meaning(words, position)
        size = max(dutch_size, foreign_size)
        written = tuple(word for parts in words[position : position + size] for word in parts)
        is_required = True
        if size == 1:
            own = _own_alternatives(words[position])
            is_required = not known.optional.issuperset(own[0].terms)
            if not foreign_size and read.is_optional(words[position]):
                foreign_size, is_required = 1, False
        else:
            own = [Alternative(_joined(keys[position : position + size]), 1.0)]
        if size == dutch_size:
            own += (Alternative(terms, SYNONYM_WEIGHT) for terms in synonyms)
        is_foreign = size == foreign_size
        units.append(Unit(written, _best((*own, *_dutch(meaning))) if is_foreign else tuple(own), is_required, is_foreign))
        position += size
    if not any(unit.is_required for unit in units):
        return tuple(_asked_alone(unit) for unit in units)
    return tuple(units)


def loosened(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The same units, each also answered by a single word of its compounds and phrases; the glossary's have choice enough."""
    return tuple(
        unit
        if unit.is_foreign
        else Unit(
            unit.words,
            (
                *unit.alternatives,
                *(
                    Alternative((term,), LOOSE_WEIGHT * whole.weight)
                    for whole in unit.alternatives
                    if len(whole.terms) > 1
                    for term in whole.terms
                ),
            ),
            unit.is_required,
        )
        for unit in units
    )


@cache
def vocabulary() -> _Vocabulary:
    """Stop words, optional words and synonyms, read once."""
    stop = word_list("stop")
    synonyms: dict[Terms, dict[Terms, None]] = {}
    for line in language_data()["equal"]:
        phrases = list(dict.fromkeys(_phrase(text, stop) for text in line))
        for phrase in phrases:
            synonyms.setdefault(phrase, {}).update(dict.fromkeys(other for other in phrases if other != phrase))
    optional = frozenset(map(base_form, word_list("optional")))
    return _Vocabulary(stop, optional, {phrase: tuple(others) for phrase, others in synonyms.items()}, max(map(len, synonyms)))


def _phrase(text: str, stop: frozenset[str]) -> Terms:
    """A phrase as terms; a code such as "mbo-4" is the one term that documents hold for it."""
    parts = tokens(text)
    if len(parts) == 1 and len(parts[0]) > 1:
        return (base_form("".join(parts[0])),)
    return tuple(base_form(word) for token in parts for word in token if word not in stop)


def _longest_phrase(keys: Sequence[Terms], position: int) -> tuple[int, tuple[Terms, ...]]:
    """How many tokens from `position` on are a phrase with synonyms, and those synonyms; (1, ()) when none is."""
    known = vocabulary()
    for size in range(min(known.longest, len(keys) - position), 0, -1):
        run = keys[position : position + size]
        phrase = _joined(run)
        for form in (phrase, (base_form("".join(phrase)),)) if len(phrase) > 1 else (phrase,):
            if form in known.synonyms:
                own = (form,) if form != phrase else ()
                return size, (*own, *known.synonyms[form])
    return 1, ()


def _own_alternatives(parts: Terms) -> list[Alternative]:
    """A token as written, and taken apart."""
    if len(parts) > 1:
        whole = Alternative((base_form("".join(parts)),), 1.0)
        return [Alternative(tuple(base_form(word)[:MAX_TERM_CHARS] for word in parts), 1.0), whole]
    (word,) = parts
    found = [Alternative((base_form(word)[:MAX_TERM_CHARS],), 1.0)]
    if halves := compound_parts(word):
        found.append(Alternative(tuple(base_form(part) for part in halves), SPLIT_WEIGHT))
        leaves = tuple(base_form(leaf) for part in halves for leaf in (compound_parts(part) or (part,)))
        if len(leaves) > len(halves):
            found.append(Alternative(leaves, SPLIT_WEIGHT * SPLIT_WEIGHT))
    return found


def _asked_alone(unit: Unit) -> Unit:
    """An optional unit where nothing else is asked for; "course" in another language is then a course."""
    alternatives = _best((*unit.alternatives, *_dutch(glossary().course))) if unit.is_foreign else unit.alternatives
    return replace(unit, alternatives=alternatives, is_required=True)


@lru_cache(maxsize=1000)
def _dutch(meaning: Terms) -> tuple[Alternative, ...]:
    """What the Dutch words of a glossary entry would be asked for as, but less."""
    known = vocabulary()
    found: list[Alternative] = []
    for text in meaning:
        phrase = _phrase(text, known.stop)
        whole = tokens(text)
        found += _own_alternatives(whole[0]) if len(whole) == 1 else [Alternative(phrase, 1.0)]
        found += (Alternative(terms, SYNONYM_WEIGHT) for terms in known.synonyms.get(phrase, ()))
    return tuple(Alternative(one.terms, GLOSSARY_WEIGHT * one.weight) for one in found)


def _best(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Each alternative once, at its highest weight."""
    found: dict[Terms, Alternative] = {}
    for one in alternatives:
        if one.terms not in found or found[one.terms].weight < one.weight:
            found[one.terms] = one
    return tuple(found.values())


def _joined(keys: Iterable[Terms]) -> Terms:
    return tuple(term for key in keys for term in key)


def _add(terms: dict[str, float], term: str, weight: float) -> None:
    term = term[:MAX_TERM_CHARS]
    terms[term] = terms.get(term, 0.0) + weight


def _add_parts(terms: dict[str, float], word: str, weight: float) -> None:
    for part in compound_parts(word):
        _add(terms, base_form(part), weight)
        _add_parts(terms, part, weight * PART_WEIGHT)
