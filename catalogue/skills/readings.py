"""What the model gets to read, where that is more than the text itself: a reading has several lines, and its vector is their mean."""

from __future__ import annotations

import itertools
import re

import numpy as np

from catalogue.language.dutch import compound_parts, folded
from catalogue.language.embedder import Embedder, FloatArray
from catalogue.skills.lexicon import Lexicon

MOST_NAMES = 5
"""Names of a concept that are read in each language; more take longer at the first start, and found no better."""
LONGEST_LINE = 160
"""Characters of a description that are read: its first sentence says what the concept is."""
_LINES_AT_ONCE = 100
"""So that another thread's query, in search too, waits some hundredths of a second for the model, and not longer."""
_WORD = re.compile(r"[^\W\d_]+")


def encode_readings(embedder: Embedder, readings: list[str]) -> FloatArray:
    """Vectors of length 1, shape (len(readings), dimensions): each the mean over the lines of a reading."""
    lines = [reading.split("\n") for reading in readings]
    if not lines:
        return np.zeros((0, embedder.dimensions), np.float32)
    flat = [line for own in lines for line in own]
    vectors = np.concatenate([embedder.encode(flat[begin : begin + _LINES_AT_ONCE]) for begin in range(0, len(flat), _LINES_AT_ONCE)])
    starts = np.cumsum([0, *map(len, lines[:-1])])
    sums = np.add.reduceat(vectors, starts, axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


def concept_readings(lexicon: Lexicon) -> list[str]:
    """All that the taxonomy says about each concept: its first names in each language, then its descriptions, a line each.

    Models know English best, and the taxonomy has several English names for each Dutch one.
    """
    lines: list[list[str]] = [[] for _ in range(len(lexicon.ids))]
    bounds = [*lexicon.group_starts.tolist(), len(lexicon.texts)]
    for concept, (start, end) in zip(lexicon.group_concept.tolist(), itertools.pairwise(bounds), strict=True):
        lines[concept] += [" ".join(text.split()) for text in lexicon.texts[start : min(end, start + MOST_NAMES)]]
    for row, said in lexicon.descriptions.items():
        lines[row] += [text[:LONGEST_LINE] for text in said if text]
    return ["\n".join(own) for own in lines]


def skill_readings(lexicon: Lexicon) -> list[str]:
    """The same for skills, where one of which nothing but a name is known is read as a query is, so that its compounds are understood.

    Taxonomies of trades have such skills ("Veeteelt"). Occupations are better off without: a title is known by its letters.
    """
    return [reading if "\n" in reading else query_reading(reading) for reading in concept_readings(lexicon)]


def query_reading(query: str) -> str:
    """A query as typed and with its Dutch compounds apart, which the model knows less well: "kapperszaak" -> "kapper zaak".

    In lower case, as the taxonomy writes its names: the model takes a capital for another meaning.
    """
    plain = " ".join(query.lower().split())
    return "\n".join(dict.fromkeys((plain, _WORD.sub(lambda word: " ".join(compound_parts(folded(word[0])) or (word[0],)), plain))))
