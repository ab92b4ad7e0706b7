"""From a few typed words to the skills or occupations that are meant: Dutch, English, misspelt, half a word, or another wording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from catalogue.skills.char_index import CharIndex, spelled
from catalogue.skills.lexicon import Lexicon
from catalogue.skills.name_words import NameWords
from catalogue.skills.surroundings import Surroundings

PREFIX_BONUS = 0.15
"""For a name with a word that begins as the query does, as a share of all else together: people see results while they type."""
LEAST_SCORE = 0.08
_STEEPNESS, _OFFSET = 7.6, 3.5
"""From likeness to how often a first finding is right, fitted on the judged sets, with and without meaning alike."""
_RECONSIDERED = 60
_SPELLING_BONUS = 0.18
_NEAR_SPELLING = 0.8
"""Share of letters in place from which on a name counts as the query misspelt; below it, letter groups judge better."""
_LONGEST_QUERY = 200
_MOST_BEGINNING = 2_000

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness counts, where that of letter groups counts 1; for occupations unless said otherwise.

    `docs/recognition.md` has what each adds.
    """

    words: float = 0.0
    """Words in common with the name, in any form and with compounds apart."""
    group: float = 0.0
    """Mean of the above over all names that the concept has in the language: one that agrees as a whole is meant more often."""
    meaning: float = 1.4
    """Nearness of meaning between the query and all that the taxonomy says about the concept, in both languages."""
    surroundings: float = 0.6
    """Words of the query in the concept's names, description and group."""
    neighbours: float = 1.2
    """Mean of the former over the group."""


OCCUPATION_WEIGHTS = Weights()
SKILL_WEIGHTS = Weights(words=0.3, group=0.5, meaning=2.0, surroundings=0.0, neighbours=0.0)
"""Skills have few names, and say the same in very different words; those that stand together in the hierarchy help each other little."""


@dataclass(frozen=True, slots=True)
class Found:
    """A skill or occupation that was found; `score`: how often such a first finding is right, 1 for a name that equals the query."""

    id: int
    score: float


class Finder:
    """Finds concepts of one lexicon by name. Immutable after its making, so threads may share it.

    Args:
        lexicon: the names.
        concepts: vectors of its concepts, shape (n_concepts, kept), or None to go by letters and words alone.
        index, words: of the same lexicon, where they are made already.
        surroundings: of the same concepts; None to go by their names alone.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        concepts: FloatArray | None = None,
        index: CharIndex | None = None,
        words: NameWords | None = None,
        surroundings: Surroundings | None = None,
        weights: Weights = OCCUPATION_WEIGHTS,
    ) -> None:
        self._lexicon, self._concepts, self._weights = lexicon, concepts, weights
        self.surroundings = surroundings
        self.index = index or CharIndex(lexicon)
        self._words = (words or NameWords(lexicon)) if weights.words else None
        self._concept = lexicon.concept
        self._spelled = self.index.spelled
        self._joined = "".join(f"\n {name}" for name in self._spelled) + "\n"
        lengths = np.fromiter((len(name) + 2 for name in self._spelled), np.int64, len(self._spelled))
        self._begins = np.cumsum(lengths) - lengths
        self._starts = lexicon.group_starts
        self._concept_starts = np.searchsorted(self._concept, np.arange(len(lexicon.ids)))
        self._sizes = np.bincount(lexicon.group, minlength=len(self._starts)).astype(np.float32)

    def with_meaning(self, concepts: FloatArray) -> Finder:
        """The same finder going by meaning too, see `concepts` above; letters and words are taken over."""
        return Finder(self._lexicon, concepts, self.index, self._words, self.surroundings, self._weights)

    def find(self, query: str, query_vector: FloatArray | None = None, limit: int = 10) -> list[Found]:
        """The best concepts, best first; equal scores in the order of their keys.

        Args:
            query: what was typed; the first 200 characters count.
            query_vector: shape (kept,), turned like those of the concepts; None to go by letters alone.
            limit: how many at most.
        """
        query = spelled(query[:_LONGEST_QUERY])
        if not query or not self._lexicon.texts or limit < 1:
            return []
        by_concept = self.concept_scores(query, query_vector)
        top = _largest(by_concept, limit)
        return [Found(int(self._lexicon.ids[row]), round(float(by_concept[row]), 4)) for row in top if by_concept[row] >= LEAST_SCORE]

    def concept_scores(self, query: str, query_vector: FloatArray | None = None) -> FloatArray:
        """How well each concept fits a query: that of its best name, shape (n_concepts,), in [0, 1]."""
        scores: FloatArray = np.maximum.reduceat(self.name_scores(query, query_vector), self._concept_starts)
        return scores

    def name_scores(self, query: str, query_vector: FloatArray | None = None) -> FloatArray:
        """How well each name fits a query, shape (n_names,), in [0, 1]; 1 only where it equals the query (by letters)."""
        query = spelled(query)
        scores, most = self._likeness(query, query_vector)
        scores /= most
        beginning = self._beginning(query)
        scores[beginning] += PREFIX_BONUS
        rows = _largest(scores, _RECONSIDERED)
        ratios = np.array([fuzz.ratio(query, self._spelled[row], score_cutoff=100 * _NEAR_SPELLING) / 100 for row in rows])
        nearness = np.maximum(ratios - _NEAR_SPELLING, 0.0) / (1 - _NEAR_SPELLING)
        scores[rows] += (_SPELLING_BONUS * nearness).astype(np.float32)
        scores /= 1.0 + _SPELLING_BONUS + PREFIX_BONUS
        scores = 1 / (1 + np.exp(_OFFSET - _STEEPNESS * scores))
        np.minimum(scores, 0.99, out=scores)
        scores[np.array([row for row in beginning if self._spelled[row] == query], np.int64)] = 1.0
        return np.asarray(scores, np.float32)

    def _likeness(self, query: str, query_vector: FloatArray | None) -> tuple[FloatArray, float]:
        """The weighted sum of all likenesses by name, and the most that it can be."""
        weights = self._weights
        sums: FloatArray = self.index.similarity(query)
        if self._words is not None:
            sums += np.float32(weights.words) * self._words.likeness(query)
        if weights.group:
            means = np.add.reduceat(sums, self._starts) / self._sizes
            sums += (np.float32(weights.group) * means)[self._lexicon.group]
        most = (1.0 + weights.words) * (1.0 + weights.group)
        of_concept = np.zeros(len(self._lexicon.ids), np.float32)
        if self._concepts is not None and query_vector is not None and weights.meaning:
            of_concept += np.float32(weights.meaning) * np.maximum(self._concepts @ query_vector, 0.0)
            most += weights.meaning
        if self.surroundings is not None and (weights.surroundings or weights.neighbours):
            own, of_group = self.surroundings.likeness(query)
            of_concept += np.float32(weights.surroundings) * own + np.float32(weights.neighbours) * of_group
            most += weights.surroundings + weights.neighbours
        sums += of_concept[self._concept]
        return sums, most

    def _beginning(self, query: str) -> NDArray[np.int64]:
        """Rows of the names in which a word begins with the query; all that equal it, and the first 2,000 of the others."""
        places = self._places(f" {query}", _MOST_BEGINNING)
        if len(places) == _MOST_BEGINNING:
            places += self._places(f"\n {query}\n", _MOST_BEGINNING)
        rows: NDArray[np.int64] = np.unique(np.searchsorted(self._begins, places, side="right") - 1)
        return rows

    def _places(self, text: str, most: int) -> list[int]:
        places: list[int] = []
        place = self._joined.find(text)
        while place >= 0 and len(places) < most:
            places.append(place)
            place = self._joined.find(text, place + 1)
        return places


def _largest(scores: FloatArray, how_many: int) -> NDArray[np.intp]:
    """Rows of the largest scores, largest first, the first row first among equals."""
    if how_many >= len(scores):
        return np.argsort(-scores, kind="stable")
    rows = np.flatnonzero(scores > scores.max() / 2)  # enough almost always, and looking at these alone takes a tenth of the time
    if len(rows) < how_many:
        rows = np.arange(len(scores))
    least = np.partition(scores[rows], -how_many)[-how_many]
    rows = np.flatnonzero(scores >= least)
    return rows[np.argsort(-scores[rows], kind="stable")][:how_many]
