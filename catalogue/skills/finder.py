"""From a few typed words to the skills or occupations that are meant: Dutch, English, misspelt, half a word, or another wording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from catalogue.skills.char_index import CharIndex, spelled
from catalogue.skills.label_vectors import NameVectors
from catalogue.skills.lexicon import Lexicon

VECTOR_WEIGHT = 0.4
"""Of the cosine of meanings, where the cosine of letter groups weighs 1."""
GROUP_WEIGHT = 0.2
"""Of the mean over all names of a concept, where its best name weighs 1: a concept that agrees as a whole is meant more often."""
PREFIX_BONUS = 0.25
"""For a name with a word that begins as the query does: people see results while they type."""
LEAST_SCORE = 0.2
_RECONSIDERED = 60
_SPELLING_WEIGHT = 0.3
_NEAR_SPELLING = 0.8
"""Share of letters in place from which on a name counts as the query misspelt; below it, letter groups judge better."""
_LONGEST_QUERY = 200

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """A skill or occupation that was found; `score` in [0, 1], 1 for a name that equals the query."""

    id: int
    score: float


class Finder:
    """Finds concepts of one lexicon by name. Immutable after its making, so threads may share it.

    Args:
        lexicon: the names.
        vectors: of its names, or None to go by letters alone.
    """

    def __init__(self, lexicon: Lexicon, vectors: NameVectors | None = None, index: CharIndex | None = None) -> None:
        self._lexicon, self._vectors = lexicon, vectors
        self.index = index or CharIndex(lexicon)
        self._spelled = [spelled(text) for text in lexicon.texts]
        self._joined = "".join(f"\n {name}" for name in self._spelled)
        lengths = np.fromiter((len(name) + 2 for name in self._spelled), np.int64, len(self._spelled))
        self._begins = np.cumsum(lengths) - lengths
        self._starts = lexicon.group_starts
        self._concept_starts = np.searchsorted(lexicon.concept, np.arange(len(lexicon.ids)))
        self._sizes = np.bincount(lexicon.group, minlength=len(self._starts))

    def find(self, query: str, query_vector: FloatArray | None = None, limit: int = 10) -> list[Found]:
        """The best concepts, best first; equal scores in the order of their keys.

        Args:
            query: what was typed; the first 200 characters count.
            query_vector: shape (kept,), turned like the names' vectors; None to go by letters alone.
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
        likeness = self.index.similarity(query)
        most = 1.0 + GROUP_WEIGHT
        if self._vectors is not None and query_vector is not None:
            likeness = likeness + VECTOR_WEIGHT * self._meaning(query_vector)
            most += VECTOR_WEIGHT * (1.0 + GROUP_WEIGHT)
        means = np.add.reduceat(likeness, self._starts) / self._sizes
        scores = np.asarray((likeness + GROUP_WEIGHT * means[self._lexicon.group]) / most, np.float32)
        scores[self._beginning(query)] += PREFIX_BONUS / most
        rows = _largest(scores, _RECONSIDERED)
        ratios = np.array([fuzz.ratio(query, self._spelled[row], score_cutoff=100 * _NEAR_SPELLING) / 100 for row in rows])
        nearness = np.maximum(ratios - _NEAR_SPELLING, 0.0) / (1 - _NEAR_SPELLING)
        scores[rows] += (_SPELLING_WEIGHT * nearness / most).astype(np.float32)
        scores /= 1.0 + (_SPELLING_WEIGHT + PREFIX_BONUS) / most
        np.clip(scores, 0.0, 0.99, out=scores)
        scores[self._equal(query)] = 1.0
        return np.asarray(scores, np.float32)

    def _meaning(self, query_vector: FloatArray) -> FloatArray:
        """Cosine by name, at least 0; a name without a vector goes by its group's mean, English alternatives thus by their label."""
        assert self._vectors is not None  # noqa: S101 - the one caller has looked
        cosines = np.maximum(self._vectors.vectors @ query_vector, 0.0)
        groups = self._lexicon.group[self._vectors.names]
        n_groups = len(self._starts)
        known = np.bincount(groups, minlength=n_groups)
        means = np.bincount(groups, weights=cosines, minlength=n_groups) / np.maximum(known, 1)
        result = means[self._lexicon.group].astype(np.float32)
        result[self._vectors.names] = cosines
        return result

    def _beginning(self, query: str) -> NDArray[np.int64]:
        """Rows of the names in which a word begins with the query."""
        return self._holding(f" {query}", most=2_000)

    def _equal(self, query: str) -> NDArray[np.int64]:
        rows = self._holding(f"\n {query}", most=2_000)
        return np.array([row for row in rows if self._spelled[row] == query], np.int64)

    def _holding(self, text: str, most: int) -> NDArray[np.int64]:
        places: list[int] = []
        place = self._joined.find(text)
        while place >= 0 and len(places) < most:
            places.append(place)
            place = self._joined.find(text, place + 1)
        rows: NDArray[np.int64] = np.unique(np.searchsorted(self._begins, places, side="right") - 1)
        return rows


def _largest(scores: FloatArray, how_many: int) -> NDArray[np.intp]:
    """Rows of the largest scores, largest first, the first row first among equals."""
    if how_many >= len(scores):
        return np.argsort(-scores, kind="stable")
    rows = np.argpartition(-scores, how_many)[:how_many]
    least = scores[rows].min()
    rows = np.flatnonzero(scores >= least)
    return rows[np.argsort(-scores[rows], kind="stable")][:how_many]
