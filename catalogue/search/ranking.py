"""How well a module fits a query: BM25F, in two steps that every engine shares.

The first step happens once, at indexing: the frequencies of a term in the fields of a module become one weight, with each field's
length set against a typical length for that field. The lengths of other modules play no part, so a weight never has to be computed
again when the catalogue changes, and the index holds one posting for a term and a module. The second step, at query time, is BM25's
saturation and the rarity of the term.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from catalogue.search.port import ModuleDocument
from catalogue.search.units import Unit, surface_words, text_terms
from catalogue.starts import Start
from catalogue.vocabulary import StartType

SATURATION = 1.6
"""BM25's k1: how soon more of the same word stops helping."""


class Field(NamedTuple):
    """`length_matters` is BM25's b; `typical_words` the length that is neither long nor short."""

    weight: float
    length_matters: float
    typical_words: int


FIELDS: Mapping[str, Field] = {
    "title": Field(5.0, 0.4, 6),
    "skills": Field(2.0, 0.5, 25),
    "outcomes": Field(1.0, 0.6, 50),
    "description": Field(1.0, 0.7, 120),
    "about": Field(1.2, 0.2, 15),
    "occupations": Field(2.0, 0.5, 15),
}

MEANING_WEIGHT = 0.6
"""Of being wholly alike in meaning, where the most that the words of the query can score weighs 1."""

OPEN, WAITING, CLOSED = 1.0, 0.97, 0.85
"""Share of its score that a module keeps: open for enrolment, waiting for enough people, or with all its dates in the past.

So relevance decides, and between modules that fit about as well, one that can still be begun comes first."""


def term_weights(document: ModuleDocument) -> dict[str, float]:
    """The weight of every term of a module over all fields."""
    weights: dict[str, float] = {}
    for name, text in _field_texts(document).items():
        terms, length = text_terms(text)
        field = FIELDS[name]
        scale = field.weight / (1 - field.length_matters + field.length_matters * length / field.typical_words)
        for term, frequency in terms.items():
            weights[term] = weights.get(term, 0.0) + scale * frequency
    return weights


def impact(weight: float) -> float:
    """What a term of that weight adds to a score, before rarity, in [0, 1): more of the same word helps less and less."""
    return weight / (SATURATION + weight)


def spelling_words(document: ModuleDocument) -> set[str]:
    """The words of a module to which a misspelt word is corrected."""
    texts = _field_texts(document)
    return surface_words("\n".join(texts.values()))


def rarity(documents: int, holding: int) -> float:
    """BM25's inverse document frequency; always above 0."""
    return math.log1p((documents - holding + 0.5) / (holding + 0.5))


def most_from_words(units: Sequence[Unit], rarity_of: Callable[[str], float]) -> float:
    """What a module can score at most by the words of a query, and so the measure for what meaning adds.

    Of an everyday word only the word itself counts: it may be read as several rare words, and that says nothing of how much it weighs.
    """
    counted = (unit for unit in units if not unit.is_sum)
    return sum(
        max(
            alternative.weight * sum(map(rarity_of, alternative.terms))
            for alternative in (unit.alternatives[:1] if unit.is_everyday else unit.alternatives)
        )
        for unit in counted
    )


def start_openness(start: Start, today: date) -> float:
    """OPEN, WAITING or CLOSED for one edition. A module is as open as its most open edition, and WAITING without editions."""
    if not start.is_open(today):
        return CLOSED
    return WAITING if start.type is StartType.WHEN_ENROLLED else OPEN


def _field_texts(document: ModuleDocument) -> dict[str, str]:
    return {
        "title": document.title,
        "skills": "\n".join(document.skills),
        "outcomes": document.outcomes,
        "description": document.description,
        "about": "\n".join((document.provider_name, *document.place_names, *document.keywords)),
        "occupations": "\n".join(document.occupations),
    }
