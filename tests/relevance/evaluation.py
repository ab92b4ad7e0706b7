"""Official measures, and the shared sets that they are taken on."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalogue.language.embedder import UniversalSentenceEncoder
from catalogue.skills.finder import OCCUPATION_WEIGHTS, Finder, Weights
from catalogue.skills.label_vectors import NameVectors, Turn, VectorCache, learned_turn, names_with_vector
from catalogue.skills.lexicon import Lexicon
from catalogue.skills.readings import concept_readings, encode_readings, query_reading
from catalogue.skills.surroundings import Surroundings
from tests.shared_data import SHARED

SETS = SHARED / "eval"


def rows(path: Path, delimiter: str = "\t") -> list[list[str]]:
    """The fields of each line of a file without quoting."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))


def reciprocal_rank(scores: NDArray[np.float32], relevant: Sequence[int]) -> float:
    """1 / rank of the first relevant row; among equal scores the mean of the best and the worst order, so that ties cannot flatter."""
    best = scores[list(relevant)].max()
    above, equal = int((scores > best).sum()), int((scores == best).sum())
    relevant_equal = int((scores[list(relevant)] == best).sum())
    return (1 / (above + 1) + 1 / (above + equal - relevant_equal + 1)) / 2


def ndcg_at_10(ranked: Sequence[int], grades: dict[int, int]) -> float:
    """Gain of the first ten, graded, as a share of the best possible."""

    def gain(found: Sequence[int]) -> float:
        return sum(grade / math.log2(place + 2) for place, grade in enumerate(found[:10]))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(one, 0) for one in ranked]) / best if best else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean, rounded to the three figures that are worth comparing."""
    return round(float(np.mean(values)), 3)


class JudgedVectors(VectorCache):
    """The vectors of all judged sets, which stay in `folder` between runs; the sets share most names, so one leaves out none of another."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, UniversalSentenceEncoder())

    def _write(self, current: Sequence[str]) -> None:  # noqa: ARG002
        super()._write(())


class Measured:
    """A finder over one lexicon with its vectors.

    Args:
        described: a lexicon of the same concepts with all that is known about them, where `lexicon` has but some names.
        weights: of the finder.
    """

    def __init__(
        self, lexicon: Lexicon, vectors: VectorCache, described: Lexicon | None = None, weights: Weights = OCCUPATION_WEIGHTS
    ) -> None:
        self.lexicon = lexicon
        self.embedder = vectors.embedder
        names = names_with_vector(lexicon)
        texts = [lexicon.texts[name] for name in names]
        readings = concept_readings(described or lexicon)
        vectors.fill(texts + readings)
        raw = vectors.get(texts)
        self.turn: Turn = learned_turn([lexicon], [raw])
        self.names, self.concepts = NameVectors(names, self.turn(raw)), self.turn(vectors.get(readings))
        self.weights, self._described = weights, described or lexicon

    @cached_property
    def by_letters(self) -> Finder:
        """The finder without meanings."""
        has_surroundings = self.weights.surroundings or self.weights.neighbours
        return Finder(self.lexicon, surroundings=Surroundings(self._described) if has_surroundings else None, weights=self.weights)

    @cached_property
    def finder(self) -> Finder:
        """The finder as people use it."""
        return self.by_letters.with_meaning(self.concepts)

    def weighing(self, weights: Weights) -> Finder:
        """The finder with other weights."""
        by_letters = self.by_letters
        return Finder(self.lexicon, self.concepts, by_letters.index, None, by_letters.surroundings, weights)

    def meanings(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """As the search makes them: shape (len(queries), kept)."""
        return self.turn(encode_readings(self.embedder, [query_reading(query) for query in queries]))
