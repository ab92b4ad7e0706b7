"""From running text to skills: which, how sure, at what level, and which words say so. `docs/recognition.md` tells how and how well.

Two kinds of evidence are weighed together for each piece of text and each name of a skill: the name's words that the piece holds, in
any order and form, and how near the piece's meaning is to the name's, across languages.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalogue.language.embedder import Embedder, FloatArray
from catalogue.language.word_keys import commonness, keys_of, language_of
from catalogue.progress import Progress, silent
from catalogue.skills.certainty import LEAST_CERTAINTY, NO_LEAD, Evidence, certainty
from catalogue.skills.label_vectors import NameVectors, Turn
from catalogue.skills.levels import level_in
from catalogue.skills.lexicon import LANGUAGES, Lexicon
from catalogue.skills.name_words import NameWords
from catalogue.skills.negation import is_within, negated_stretches
from catalogue.skills.pieces import LONGEST_TEXT, Piece, pieces_of

LEAST_COVERAGE = 0.6
"""Share of a name's weight that a piece must hold to be looked at."""
LEAST_COSINE = 0.58
"""Nearness of meaning from which on a name is looked at without any of its words."""
MOST_PIECES = 160
"""Pieces of a text whose meaning is looked at."""
_TEXTS_AT_ONCE = 32
_PARTS_AT_ONCE = 256
RIVAL_SHARE = 0.6
"""What is left of a certainty when a surer skill rests on the same words."""
PREFERRED_FIRST = 0.1


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
        denied = negated_stretches(text)
        for one, sure in zip(found, certainty(found).tolist(), strict=True):
            concept = int(self._concept[one.name])
            if denied and is_within(one.start, one.end, denied):
                continue
            if sure >= LEAST_CERTAINTY and (concept not in best or sure > best[concept][0]):
                best[concept] = (sure, one)
        skills = [
            RecognisedSkill(int(self._lexicon.ids[concept]), round(sure, 3), level_in(text, one.start, one.end), one.start, one.end)
            for concept, sure, one in _without_rivals(best)
        ]
        return sorted(skills, key=lambda skill: (-skill.score, skill.start, skill.skill_id))[:limit]

    def _evidence(self, language: str, pieces: list[Piece], near: _Near) -> list[Evidence]:
        if not pieces:
            return []
        columns = [[self.words.columns_of(word.text) for word in piece.words] for piece in pieces]
        held = [set().union(*words) for words in columns]
        piece_of, name_of, shares = self.words.coverage(held, LEAST_COVERAGE)
        pairs = dict(zip(zip(piece_of.tolist(), name_of.tolist(), strict=True), shares.tolist(), strict=True))
        for pair in near.parts:
            pairs.setdefault(pair, 0.0)
        return [self._evidence_of(language, pieces[at], columns[at], name, share, near, at) for (at, name), share in pairs.items()]

    def _evidence_of(
        self, language: str, piece: Piece, columns: list[dict[int, str]], name: int, share: float, near: _Near, at: int
    ) -> Evidence:
        if share:
            start, end, density, exactness, common = self._place(piece, columns, name)
        else:
            start, end, density, exactness, common = near.parts[at, name].start, near.parts[at, name].end, 0.0, 0.0, 0.0
        return Evidence(
            name=name,
            start=start,
            end=end,
            coverage=min(share, 1.0),
            density=density,
            exactness=exactness,
            weight=float(self.words.weight[name]),
            n_keys=int(self.words.n_keys[name]),
            commonness=max(float(self.words.commonness[name]), common),
            cosine=self._cosine(near, at, name),
            lead=near.parts[at, name].lead if (at, name) in near.parts else NO_LEAD,
            fill=min(int(self.words.n_keys[name]) * share / max(len(piece.words), 1), 1.0),
            has_meaning=self._meanings is not None,
            is_preferred=bool(self._lexicon.is_preferred[name]),
            is_other_language=bool(self._is_english[name]) != (language == "en"),
        )

    def _cosine(self, near: _Near, piece: int, name: int) -> float:
        """Nearness of a piece's meaning to a name's, at least 0; 0 where one of them is unknown."""
        row = self._vector_of_name[name]
        begin, end = near.begins[piece], near.begins[piece + 1]
        if self._meanings is None or row < 0 or begin == end:
            return 0.0
        return max(float((near.vectors[begin:end] @ self._meanings.names.vectors[row]).max()), 0.0)

    def _place(self, piece: Piece, columns: list[dict[int, str]], name: int) -> tuple[int, int, float, float, float]:
        """Where a name stands in a piece.

        Returns:
            Start and end of the narrowest stretch with all its found words, the share of words in it that belong to the name, the share
            of the name's weight that stands there in the very same form (part of a compound counts by that part), and how common the
            rarest of these words is.
        """
        weights, forms = self.words.keys(name), self.words.forms(name)
        language = "en" if self._is_english[name] else "nl"
        hits = [(place, own.keys() & weights.keys()) for place, own in enumerate(columns) if own.keys() & weights.keys()]
        present = set().union(*(keys for _, keys in hits))
        best = (hits[0][0], hits[-1][0])
        for first, (begin, _) in enumerate(hits):
            seen: set[int] = set()
            for place, keys in hits[first:]:
                seen |= keys
                if seen == present:
                    best = min(best, (begin, place), key=lambda stretch: stretch[1] - stretch[0])
                    break
        inside = [place for place, _ in hits if best[0] <= place <= best[1]]
        same: dict[int, float] = {}
        for place in inside:
            parts = max(len(keys_of(piece.words[place].text, language)), 1)
            share = len(columns[place].keys() & weights.keys()) / parts
            same |= {key: share for key, form in columns[place].items() if form in forms.get(key, ())}
        density = len(inside) / (best[1] - best[0] + 1)
        common = min(max(commonness(piece.words[place].text, either) for either in LANGUAGES) for place in inside)
        return (
            piece.words[best[0]].start,
            piece.words[best[1]].end,
            density,
            sum(weights[key] * share for key, share in same.items()),
            common,
        )

    def _near_names(self, texts: Sequence[str], pieces: list[list[Piece]]) -> list[_Near]:
        """The meanings of each text's pieces, and the names that are near."""
        parts = [[piece.parts for piece in own[:MOST_PIECES]] + [()] * len(own[MOST_PIECES:]) for own in pieces]
        begins = [np.concatenate([[0], np.cumsum([len(some) for some in own])]).astype(int).tolist() for own in parts]
        meanings = self._meanings
        if meanings is None:
            return [_Near(np.zeros((0, 1), np.float32), [0] * len(own), {}) for own in begins]
        stretches = [text[start:end] for text, own in zip(texts, parts, strict=True) for some in own for start, end in some]
        vectors = meanings.turn(meanings.embedder.encode(stretches))
        results = []
        first = 0
        for own_parts, own_begins in zip(parts, begins, strict=True):
            mine = vectors[first : first + own_begins[-1]]
            first += len(mine)
            results.append(_Near(mine, own_begins, self._near_parts(mine, own_parts)))
        return results

    def _near_parts(self, vectors: FloatArray, parts: list[tuple[tuple[int, int], ...]]) -> dict[tuple[int, int], _NearPart]:
        assert self._meanings is not None  # noqa: S101 - the one caller has looked
        stretches = [(at, stretch) for at, some in enumerate(parts) for stretch in some]
        names = self._meanings.names
        found: dict[tuple[int, int], _NearPart] = {}
        for begin in range(0, len(vectors), _PARTS_AT_ONCE):
            cosines = vectors[begin : begin + _PARTS_AT_ONCE] @ names.vectors.T
            rows, columns = np.nonzero(cosines >= LEAST_COSINE)
            values = cosines[rows, columns]
            starts = np.searchsorted(rows, np.arange(len(cosines) + 1)).tolist()
            for row, (first, last) in enumerate(itertools.pairwise(starts)):
                at, stretch = stretches[begin + row]
                near = names.names[columns[first:last]]
                for name, lead in zip(near.tolist(), _leads(values[first:last], self._concept[near]).tolist(), strict=True):
                    if (at, name) not in found or lead > found[at, name].lead:
                        found[at, name] = _NearPart(*stretch, lead)
        return found


def _leads(cosines: FloatArray, concepts: NDArray[np.int32]) -> NDArray[np.float32]:
    """By how much each name's concept is nearer than any other concept; negative when another one is nearer."""
    if not len(cosines):
        return cosines
    order = np.argsort(-cosines, kind="stable")
    first = order[0]
    others = order[concepts[order] != concepts[first]]
    second = cosines[others[0]] if len(others) else np.float32(LEAST_COSINE)
    return np.where(concepts == concepts[first], cosines - second, cosines - cosines[first])


def _without_rivals(best: dict[int, tuple[float, Evidence]]) -> Iterator[tuple[int, float, Evidence]]:
    """Skills that rest on the very same words: the surest stays as sure, a label before an alternative name, and the others lose.

    The same words mean one thing at a time, and taxonomies give one name to several skills.
    """
    rank: dict[tuple[int, int], int] = {}
    ordered = sorted(best.items(), key=lambda item: (-item[1][0] - PREFERRED_FIRST * item[1][1].is_preferred, item[0]))
    for concept, (sure, one) in ordered:
        place = (one.start, one.end)
        rank[place] = rank.get(place, -1) + 1
        left = sure * RIVAL_SHARE ** rank[place]
        if left >= LEAST_CERTAINTY:
            yield concept, left, one


@dataclass(frozen=True, slots=True)
class _NearPart:
    """Characters `start` to `end` of a text, near to a name; `lead`: how much nearer than to other skills' names, negative if less."""

    start: int
    end: int
    lead: float


@dataclass(frozen=True, slots=True)
class _Near:
    """The meanings of one text.

    Attributes:
        vectors: shape (n_parts, kept), of the parts of all pieces.
        begins: length n_pieces + 1, where each piece's parts begin in `vectors`.
        parts: by piece and name, the part in which the name leads most, for names that are near enough.
    """

    vectors: FloatArray
    begins: list[int]
    parts: dict[tuple[int, int], _NearPart]


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
