"""All skills in the order in which a longer text is likely to be about them: the definition of a qualification, a module, a CV.

Recognising answers "does this text say that skill?" and stays silent where it does not. This orders what is left: a text that describes
work ("better ground under the grass") without any name. An order and no certainty: offer the first of it, and let a person choose.
`docs/recognition.md` tells what each ingredient adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from catalogue.language.embedder import Embedder, FloatArray
from catalogue.language.word_keys import texts_of_words
from catalogue.skills.char_index import CharIndex
from catalogue.skills.label_vectors import Turn
from catalogue.skills.lexicon import Lexicon
from catalogue.skills.name_words import NameWords
from catalogue.skills.pieces import LONGEST_TEXT
from catalogue.skills.readings import encode_readings
from catalogue.skills.work import Work, read_pieces, standardised

_PIECES_THAT_COUNT = 3
"""A skill counts by its letters in the pieces that are most like it; texts name one thing a few times, in other forms."""
_LEAST_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each ingredient counts; each is in standard deviations over all skills first, so that these compare."""

    letters: float = 1.0
    """Letter groups in common with the skill's names."""
    words: float = 1.0
    """Share of a name's words that stand anywhere in the text."""
    meaning: float = 2.0
    """Nearness to where the skills of such a text lie, or to the text itself where no occupation tells."""
    work: float = 2.0
    """What the occupations like the text need."""


@dataclass(frozen=True, slots=True)
class RankedSkill:
    """A skill and by how many standard deviations it stands above the mean skill for a text."""

    skill_id: int
    lead: float


@dataclass(frozen=True, slots=True)
class Reader:
    """What going by meaning takes: a model, the turn of its vectors, and meanings of the lexicon's skills, shape (n_concepts, kept).

    `work` is None where the taxonomy has no occupations.
    """

    embedder: Embedder
    turn: Turn
    skills: FloatArray
    work: Work | None = None


class SkillRelevance:
    """Ranks the skills of one lexicon for a text. Immutable after its making, so threads may share it.

    Args:
        lexicon: the names.
        index, words: of the same lexicon.
        reader: None to go by letters and words alone.
    """

    def __init__(
        self, lexicon: Lexicon, index: CharIndex, words: NameWords, reader: Reader | None = None, weights: Weights | None = None
    ) -> None:
        self._lexicon, self._index, self._words, self._reader = lexicon, index, words, reader
        self._weights = weights or Weights()
        self._work = reader.work if reader and reader.work and reader.work.is_telling else None
        self._abundance = self._work.abundance(reader.skills) if reader and self._work else np.ones(1, np.float32)
        self._starts = np.searchsorted(lexicon.concept, np.arange(len(lexicon.ids)))

    def rank(self, text: str, limit: int = 10) -> list[RankedSkill]:
        """The first skills for a text, best first; equal ones in the order of their keys. [] for a text without a word."""
        scores = self.scores(text)
        first = np.argsort(-scores, kind="stable")[:limit]
        return [RankedSkill(int(self._lexicon.ids[row]), round(float(scores[row]), 3)) for row in first] if scores.any() else []

    def scores(self, text: str) -> FloatArray:
        """By how many standard deviations each skill stands above the mean skill, shape (n_concepts,). All 0 for a text without a word.

        To rank texts for one skill, compare these: they are on one scale for all texts.
        """
        text = text[:LONGEST_TEXT]
        pieces = read_pieces(text)
        if not pieces or not self._lexicon.texts:
            return np.zeros(len(self._lexicon.ids), np.float32)
        sums = np.zeros(len(self._lexicon.ids), np.float32)
        for weight, scores in self._ingredients(text, pieces):
            sums += np.float32(weight) * standardised(scores)
        return standardised(sums)

    def _ingredients(self, text: str, pieces: list[str]) -> Iterator[tuple[float, FloatArray]]:
        weights, reader = self._weights, self._reader
        yield weights.letters, self._by_letters(pieces)
        yield weights.words, self._by_words(text)
        if reader is None:
            return
        meaning = reader.turn(encode_readings(reader.embedder, ["\n".join(pieces)]))[0]
        if self._work is None:
            yield weights.meaning, reader.skills @ meaning
            return
        yield weights.meaning, reader.skills @ self._work.direction(meaning)
        yield weights.work, self._work.needed(text, meaning, reader.skills) / self._abundance

    def _by_letters(self, pieces: list[str]) -> FloatArray:
        likeness = np.stack([np.maximum.reduceat(self._index.similarity(piece), self._starts) for piece in pieces])
        return np.asarray(np.sort(likeness, axis=0)[-_PIECES_THAT_COUNT:].sum(axis=0), np.float32)

    def _by_words(self, text: str) -> FloatArray:
        held = set().union(*(self._words.columns_of(word) for word in texts_of_words(text)))
        _, names, shares = self._words.coverage([held], _LEAST_SHARE)
        scores = np.zeros(len(self._lexicon.ids), np.float32)
        np.maximum.at(scores, self._lexicon.concept[names], shares)
        return scores
