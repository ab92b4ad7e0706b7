"""From running text to skills: which, how sure, at what level, and which words say so. `docs/recognition.md` tells how and how well.

Two kinds of evidence are weighed together for each piece of text and each name of a skill: the name's words that the piece holds, in
any order and form, and how near the piece's meaning is to the name's, across languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalogue.progress import Progress, silent
from catalogue.skills.certainty import LEAST_CERTAINTY, Evidence, certainty
from catalogue.skills.embedder import Embedder, FloatArray
from catalogue.skills.label_vectors import NameVectors, Turn
from catalogue.skills.levels import level_in
from catalogue.skills.lexicon import Lexicon
from catalogue.skills.name_words import NameWords
from catalogue.skills.pieces import LONGEST_TEXT, Piece, pieces_of
from catalogue.skills.words import language_of

LEAST_COVERAGE = 0.6
"""Share of a name's weight that a piece must hold to be looked at."""
LEAST_COSINE = 0.45
"""Nearness of meaning from which on a name is looked at without any of its words."""
MOST_PIECES = 160
"""Pieces of a text whose meaning is looked at."""
_TEXTS_AT_ONCE = 32
_PIECES_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class RecognisedSkill:
    """A skill in a text.

    Attributes:
        skill_id: database key.
        score: how often such a finding is right, in [0, 1].
        level: 1 to 4, guessed from the words around; 2 when they tell nothing.
        start, end: characters of the text that are the evidence.
    """

    skill_id: int
    score: float
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meanings:
    """What comparing meanings takes: a model, the turn of its vectors, and those of the names."""

    embedder: Embedder
    turn: Turn
    names: NameVectors


class Recogniser:
    """Recognises the skills of one lexicon. Immutable after its making, so threads may share it."""

    def __init__(self, lexicon: Lexicon, meanings: Meanings | None = None, words: NameWords | None = None) -> None:
        self._lexicon, self._meanings = lexicon, meanings
        self.words = words or NameWords(lexicon)
        self._concept = lexicon.concept
        self._is_english = lexicon.is_english
        self._vector_of_name = _vector_rows(lexicon, meanings)

    def recognise_many(self, texts: Sequence[str], limit: int = 10, progress: Progress = silent) -> list[list[RecognisedSkill]]:
        """The skills of each text, surest first, at most `limit` of each."""
        results: list[list[RecognisedSkill]] = []
        for begin in range(0, len(texts), _TEXTS_AT_ONCE):
            progress("recognise skills", begin, len(texts))
            results += self._recognise_batch(texts[begin : begin + _TEXTS_AT_ONCE], limit)
        progress("recognise skills", len(texts), len(texts))
        return results

    def _recognise_batch(self, texts: Sequence[str], limit: int) -> list[list[RecognisedSkill]]:
        texts = [text[:LONGEST_TEXT] for text in texts]
        languages = [language_of(text) for text in texts]
        pieces = [pieces_of(text, language) for text, language in zip(texts, languages, strict=True)]
        near = self._near_names(texts, pieces)
        return [
            self._skills(text, language, own, found, limit)
            for text, language, own, found in zip(texts, languages, pieces, near, strict=True)
        ]

    def evidence(self, text: str) -> list[Evidence]:
        """All that speaks for any skill in a text, unweighed: what certainty was learned from."""
        text = text[:LONGEST_TEXT]
        language = language_of(text)
        pieces = pieces_of(text, language)
        return self._evidence(language, pieces, self._near_names([text], [pieces])[0])

    def _skills(self, text: str, language: str, pieces: list[Piece], near: _Near, limit: int) -> list[RecognisedSkill]:
        best: dict[int, tuple[float, Evidence]] = {}
        found = self._evidence(language, pieces, near)
        for one, sure in zip(found, certainty(found).tolist(), strict=True):
            concept = int(self._concept[one.name])
            if sure >= LEAST_CERTAINTY and (concept not in best or sure > best[concept][0]):
                best[concept] = (sure, one)
        skills = [
            RecognisedSkill(int(self._lexicon.ids[concept]), round(sure, 3), level_in(text, one.start, one.end), one.start, one.end)
            for concept, (sure, one) in best.items()
        ]
        return sorted(skills, key=lambda skill: (-skill.score, skill.start, skill.skill_id))[:limit]

    def _evidence(self, language: str, pieces: list[Piece], near: _Near) -> list[Evidence]:
        if not pieces:
            return []
        word_columns = [[self.words.columns_of(word.text) for word in piece.words] for piece in pieces]
        held = [{column for columns in words for column in columns} for words in word_columns]
        piece_of, name_of, shares = self.words.coverage(held, LEAST_COVERAGE)
        pairs = dict(zip(zip(piece_of.tolist(), name_of.tolist(), strict=True), shares.tolist(), strict=True))
        for pair in near.cosines:
            pairs.setdefault(pair, 0.0)
        is_english_text = language == "en"
        found = []
        for (at, name), share in pairs.items():
            piece = pieces[at]
            start, end, density = self._place(piece, word_columns[at], name) if share else (piece.start, piece.end, 0.0)
            cosine = self._cosine(near, at, name)
            found.append(
                Evidence(
                    name=name,
                    start=start,
                    end=end,
                    coverage=min(share, 1.0),
                    density=density,
                    weight=float(self.words.weight[name]),
                    n_keys=int(self.words.n_keys[name]),
                    commonness=float(self.words.commonness[name]),
                    cosine=max(cosine, 0.0),
                    has_meaning=self._meanings is not None,
                    is_preferred=bool(self._lexicon.is_preferred[name]),
                    is_other_language=bool(self._is_english[name]) != is_english_text,
                    piece_words=len(piece.words),
                )
            )
        return found

    def _cosine(self, near: _Near, piece: int, name: int) -> float:
        """Nearness of a piece's meaning to a name's, 0 where one of them is unknown."""
        row = self._vector_of_name[name]
        if self._meanings is None or row < 0 or piece >= len(near.vectors):
            return 0.0
        return float(near.vectors[piece] @ self._meanings.names.vectors[row])

    def _place(self, piece: Piece, columns: list[tuple[int, ...]], name: int) -> tuple[int, int, float]:
        """Where a name stands in a piece: start and end of the narrowest stretch with all its found words, and the share of them in it."""
        wanted = self.words.keys(name).keys()
        hits = [(place, set(own) & wanted) for place, own in enumerate(columns) if wanted & set(own)]
        present = set().union(*(keys for _, keys in hits))
        best = (hits[0][0], hits[-1][0])
        for first, (begin, _) in enumerate(hits):
            seen: set[int] = set()
            for place, keys in hits[first:]:
                seen |= keys
                if seen == present:
                    best = min(best, (begin, place), key=lambda stretch: stretch[1] - stretch[0])
                    break
        inside = sum(best[0] <= place <= best[1] for place, _ in hits)
        return piece.words[best[0]].start, piece.words[best[1]].end, inside / (best[1] - best[0] + 1)

    def _near_names(self, texts: Sequence[str], pieces: list[list[Piece]]) -> list[_Near]:
        """The meanings of each text's pieces, and the names that are near."""
        meanings = self._meanings
        if meanings is None:
            return [_Near(np.zeros((0, 1), np.float32), {}) for _ in texts]
        stretches = [text[piece.start : piece.end] for text, own in zip(texts, pieces, strict=True) for piece in own[:MOST_PIECES]]
        vectors = meanings.turn(meanings.embedder.encode(stretches)) if stretches else np.zeros((0, 1), np.float32)
        results = []
        begin = 0
        for own in pieces:
            mine = vectors[begin : begin + min(len(own), MOST_PIECES)]
            begin += len(mine)
            results.append(_Near(mine, self._cosines(mine, own)))
        return results

    def _cosines(self, vectors: FloatArray, pieces: list[Piece]) -> dict[tuple[int, int], float]:
        assert self._meanings is not None  # noqa: S101 - the one caller has looked
        found: dict[tuple[int, int], float] = {}
        names = self._meanings.names
        for begin in range(0, len(vectors), _PIECES_AT_ONCE):
            cosines = vectors[begin : begin + _PIECES_AT_ONCE] @ names.vectors.T
            for row, column in zip(*np.nonzero(cosines >= LEAST_COSINE), strict=True):
                if len(pieces[begin + row].words) > 1:  # a lone word is too little to know its meaning from
                    found[begin + int(row), int(names.names[column])] = float(cosines[row, column])
        return found


@dataclass(frozen=True, slots=True)
class _Near:
    """`vectors`: shape (n_pieces, kept); `cosines` by piece and name, of the names that are near."""

    vectors: FloatArray
    cosines: dict[tuple[int, int], float]


def _vector_rows(lexicon: Lexicon, meanings: Meanings | None) -> NDArray[np.int64]:
    """Shape (n_names,): the row of each name's vector, else of one of its concept's, else -1."""
    rows = np.full(len(lexicon.texts), -1, np.int64)
    if meanings is None:
        return rows
    of_concept = np.full(len(lexicon.ids), -1, np.int64)
    names = meanings.names.names
    of_concept[lexicon.concept[names][::-1]] = np.arange(len(names))[::-1]  # reversed: the first name of a concept wins
    of_group = np.full(len(lexicon.group_concept), -1, np.int64)
    of_group[lexicon.group[names][::-1]] = np.arange(len(names))[::-1]
    rows[:] = np.where(of_group[lexicon.group] >= 0, of_group[lexicon.group], of_concept[lexicon.concept])
    rows[names] = np.arange(len(names))
    return rows
