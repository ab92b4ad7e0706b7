"""From text to what is looked up: the weighted terms of a document, and the units of a query.

A query is a row of units, roughly its words. A unit has alternatives: the word itself, the parts of a compound, synonyms. A document
answers a unit when it holds all terms of one alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from catalogue.language.dutch import base_form, compound_parts, how_common, tokens, word_list
from catalogue.language.glossary import Reading, glossary, reading
from catalogue.language.thesaurus import Phrase, Terms, brought_together, longest_phrase, phrase_terms, thesaurus
from catalogue.search.port import MAX_QUERY_CHARS, MAX_QUERY_TERMS

PART_WEIGHT = 0.45
"""Of a word within a compound, relative to the word on its own; its own parts count this much less again."""
JOINED_WEIGHT = 0.5
SPLIT_WEIGHT = 0.8
SYNONYM_WEIGHT = 0.75
GLOSSARY_WEIGHT = 0.9
"""Of the Dutch for a word of another language."""
EVERYDAY_WEIGHT = 0.6
"""Of what the catalogue calls an everyday word: less than the word itself, and than another word for the same."""
AGREEMENT_WEIGHT = 0.15
"""Of each further word of the catalogue for an everyday word that a module holds: who has several of them is more surely meant."""
LOOSE_WEIGHT = 0.4
"""Of one word of a compound or phrase, where nothing holds all of them."""
MAX_TERM_CHARS = 60
LEAST_SUBJECT = 3


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
    is_everyday: bool = False
    """Whether it is asked for in the words of the catalogue too, as everyday.toml has them."""
    is_sum: bool = False
    """Whether all alternatives that a document holds count together, and not the best alone."""

    def __hash__(self) -> int:
        # Units are looked up many times a query; those of one query rarely share their words.
        return hash((self.words, self.is_sum))


def text_terms(text: str) -> tuple[dict[str, float], int]:
    """The terms of a text with their weighted frequencies, and how many words it has."""
    found: dict[str, float] = {}
    length = 0
    stop = thesaurus().stop
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
    stop = thesaurus().stop
    return {word for parts in tokens(text) for word in parts if 3 < len(word) <= MAX_TERM_CHARS and word.isalpha() and word not in stop}


def query_units(text: str) -> tuple[Unit, ...]:
    """What a query asks for; () when it holds no word to search for. Longer texts and rows of words are cut."""
    return _units_of(text[:MAX_QUERY_CHARS])


@lru_cache(maxsize=4_000)
def _units_of(text: str) -> tuple[Unit, ...]:
    known = thesaurus()
    words = [parts for parts in tokens(text) if not known.stop.issuperset(parts)][:MAX_QUERY_TERMS]
    read = reading([word for parts in words for word in parts])
    words = [parts for parts in words if not read.is_stop(parts)]
    words = [words[position] for position in brought_together(_keys(words))]
    units = tuple(_units(words, read))
    said = tuple(unit for unit in units if not _is_filler(unit)) or units
    if not any(unit.is_required for unit in said):
        return tuple(_asked_alone(unit) for unit in said)
    return said


def _units(words: Sequence[Terms], read: Reading) -> Iterator[Unit]:
    """A unit for each word and each known phrase, the longest that begins at a word."""
    keys = _keys(words)
    position = 0
    while position < len(words):
        dutch_size, phrase = longest_phrase(keys, position)
        foreign_size, foreign = read.longest_meaning(words, position)
        size = max(dutch_size, foreign_size)
        if size > dutch_size or read.spoken:
            phrase = Phrase(phrase.synonyms if size == dutch_size else ())
        if size == 1:
            own = _own_alternatives(words[position])
            is_required = bool(phrase.meaning) or not thesaurus().optional.issuperset(own[0].terms)
            if not foreign_size and read.is_optional(words[position]):
                foreign_size, is_required = 1, False
        else:
            own, is_required = [Alternative(_joined(keys[position : position + size]), 1.0)], True
        is_foreign = size == foreign_size
        alternatives = (
            *own,
            *(Alternative(terms, SYNONYM_WEIGHT) for terms in phrase.synonyms),
            *_asked_as(phrase.meaning, EVERYDAY_WEIGHT),
            *(_asked_as(foreign, GLOSSARY_WEIGHT) if is_foreign else ()),
        )
        written = tuple(word for parts in words[position : position + size] for word in parts)
        yield Unit(written, _best(alternatives), is_required, is_foreign, bool(phrase.meaning))
        if agreeing := _best(_asked_as(phrase.meaning, AGREEMENT_WEIGHT)):
            yield Unit(written, agreeing, is_required=False, is_everyday=True, is_sum=True)
        position += size


def _is_filler(unit: Unit) -> bool:
    """Whether the unit is a word with which people begin a wish, and says nothing of it."""
    return not (unit.is_foreign or unit.is_everyday) and thesaurus().filler.issuperset(unit.alternatives[0].terms)


def loosened(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The same units, each also answered by a single word of its compounds and phrases; those that are read as other words have
    choice enough."""
    return tuple(
        unit
        if unit.is_foreign or unit.is_everyday
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
    found += (Alternative((base_form(form),), SPLIT_WEIGHT) for form in subjects_of_course(word))
    return found


def subjects_of_course(word: str) -> tuple[str, ...]:
    """What a course is about that is named in one word: snoeicursus: snoei, snoeien; lasopleiding: las, lassen. () for other words."""
    ending = next((ending for ending in word_list("course_endings") if word.endswith(ending)), "")
    head = word[: len(word) - len(ending)]
    if not ending or len(head) < LEAST_SUBJECT:
        return ()
    verbs = (verb for verb in (f"{head}en", f"{head}{head[-1]}en") if how_common(verb))
    return (head, *verbs)


def _asked_alone(unit: Unit) -> Unit:
    """An optional unit where nothing else is asked for; "course" in another language is then a course."""
    alternatives = unit.alternatives
    if unit.is_foreign:
        alternatives = _best((*alternatives, *_asked_as(glossary().course, GLOSSARY_WEIGHT)))
    return replace(unit, alternatives=alternatives, is_required=True)


@lru_cache(maxsize=2000)
def _asked_as(meaning: Terms, weight: float) -> tuple[Alternative, ...]:
    """What the Dutch words of an entry would be asked for as, but less."""
    found: list[Alternative] = []
    for text in meaning:
        phrase = phrase_terms(text)
        whole = tokens(text)
        found += _own_alternatives(whole[0]) if len(whole) == 1 else [Alternative(phrase, 1.0)]
        found += (Alternative(terms, SYNONYM_WEIGHT) for terms in thesaurus().phrases.get(phrase, Phrase()).synonyms)
    return tuple(Alternative(one.terms, weight * one.weight) for one in found)


def _best(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Each alternative once, at its highest weight."""
    found: dict[Terms, Alternative] = {}
    for one in alternatives:
        if one.terms not in found or found[one.terms].weight < one.weight:
            found[one.terms] = one
    return tuple(found.values())


def _keys(words: Iterable[Terms]) -> list[Terms]:
    return [tuple(base_form(word)[:MAX_TERM_CHARS] for word in parts) for parts in words]


def _joined(keys: Iterable[Terms]) -> Terms:
    return tuple(term for key in keys for term in key)


def _add(terms: dict[str, float], term: str, weight: float) -> None:
    term = term[:MAX_TERM_CHARS]
    terms[term] = terms.get(term, 0.0) + weight


def _add_parts(terms: dict[str, float], word: str, weight: float) -> None:
    for part in compound_parts(word):
        _add(terms, base_form(part), weight)
        _add_parts(terms, part, weight * PART_WEIGHT)
