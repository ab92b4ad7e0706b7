"""What work asks, learned from the taxonomy's occupations: texts about work, each with the skills that it needs.

A text about work seldom names the skills that it takes ("de voeger voegt gevels"), but occupations like it have theirs in the taxonomy.
They tell it in two ways: where the skills of a text like this lie, among the vectors of meaning (a linear map, learned in closed form),
and what the occupations next to the text need.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.language.embedder import FloatArray
from catalogue.language.word_keys import language_of
from catalogue.models import OccupationSkill
from catalogue.skills.lexicon import Lexicon
from catalogue.skills.pieces import pieces_of
from catalogue.skills.surroundings import Surroundings
from catalogue.vocabulary import Importance

OPTIONAL_SHARE = 0.5
"""How much an optional skill of an occupation counts, where an essential one counts 1."""
MOST_PIECES = 60
"""Pieces of a text that are read, some 500 words: each takes the model a few milliseconds."""
_SHRINKAGE = 2.0
_MOST_OCCUPATIONS = 100
_SOFTNESS = 2.0
"""An occupation this many standard deviations less alike counts 1/e of the nearest."""


def read_pieces(text: str) -> list[str]:
    """The pieces of a text that the model reads: a sentence, or half of a long one."""
    return [text[piece.start : piece.end] for piece in pieces_of(text, language_of(text))[:MOST_PIECES]]


def work_readings(occupations: Lexicon) -> list[str]:
    """Each occupation as a text about work: its Dutch name and description in pieces, a line each."""
    starts = np.searchsorted(occupations.concept, np.arange(len(occupations.ids)))
    texts = [f"{occupations.texts[start]}. {occupations.descriptions.get(row, ('', ''))[0]}" for row, start in enumerate(starts)]
    return ["\n".join(read_pieces(text)) or text for text in texts]


def occupation_needs(session: Session, occupations: Lexicon, skills: Lexicon) -> sparse.csr_array:
    """How much each occupation needs each skill, shape (n_occupations, n_skills): essential 1, optional `OPTIONAL_SHARE`."""
    of_occupation = {int(key): row for row, key in enumerate(occupations.ids)}
    of_skill = {int(key): row for row, key in enumerate(skills.ids)}
    found = session.execute(select(OccupationSkill.occupation_id, OccupationSkill.skill_id, OccupationSkill.importance))
    asked = [(of_occupation.get(work), of_skill.get(skill), importance) for work, skill, importance in found]
    rows = [(work, skill, importance) for work, skill, importance in asked if work is not None and skill is not None]
    return needs_of(rows, (len(occupations.ids), len(skills.ids)))


def needs_of(rows: list[tuple[int, int, Importance]], shape: tuple[int, int]) -> sparse.csr_array:
    """The same from rows of occupation, skill and importance, each pair once."""
    weights = np.array([1.0 if importance is Importance.ESSENTIAL else OPTIONAL_SHARE for *_, importance in rows], np.float32)
    work, skills = np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.int64)
    return sparse.csr_array((weights, (work, skills)), shape=shape)


@dataclass(frozen=True, slots=True)
class _Map:
    """From the meaning of a text to where its skills lie, seen from the mean skill: minus `mean`, times `matrix`."""

    mean: FloatArray
    matrix: FloatArray


class Work:
    """Occupations with their needs, asked which skills a text about work takes. Immutable after its making.

    The skills of the needs need not be those that are asked about: a skill of another taxonomy gets what its neighbours in meaning get.

    Args:
        needs: shape (n_occupations, n_skills), see `occupation_needs`; occupations that need nothing do not count.
        texts: meanings of `work_readings`, shape (n_occupations, kept).
        skills: meanings of the needed skills, shape (n_skills, kept).
        surroundings: of the same occupations.
    """

    def __init__(self, needs: sparse.csr_array, texts: FloatArray, skills: FloatArray, surroundings: Surroundings) -> None:
        totals = np.asarray(needs.sum(axis=1)).ravel()
        self._shares = sparse.csr_array(needs / np.maximum(totals, 1e-9)[:, None])
        self._texts, self._skills, self._surroundings = texts, skills, surroundings
        self._needing = np.flatnonzero(totals)
        self._map = _learned(texts[self._needing], np.asarray(self._shares[self._needing] @ skills, np.float32))
        self._all_skills = skills.T @ skills

    @property
    def is_telling(self) -> bool:
        """Whether any occupation needs anything."""
        return len(self._needing) > 1

    def direction(self, meaning: FloatArray) -> FloatArray:
        """Where the skills of a text lie, shape (kept,), length 1, for a text of that meaning."""
        away = (meaning - self._map.mean) @ self._map.matrix
        return np.asarray(away / max(float(np.linalg.norm(away)), 1e-9), np.float32)

    def abundance(self, skills: FloatArray) -> FloatArray:
        """How much of all that any occupation can need is near to each skill of that meaning, shape (n,), above 0: see `needed`."""
        return np.maximum(_quadratic(skills, self._all_skills), np.float32(1e-9))

    def needed(self, text: str, meaning: FloatArray, skills: FloatArray) -> FloatArray:
        """How much the occupations like a text need each skill, or what is near to it.

        Divided by `abundance` it is comparable between skills: a skill to which everything is near would always be first otherwise.

        Args:
            text, meaning: of shape (kept,).
            skills: meanings of the skills that are asked about, shape (n, kept).

        Returns:
            Shape (n,), at least 0.
        """
        likeness = standardised(self._texts @ meaning) + standardised(self._surroundings.likeness(text)[0])
        likeness = likeness[self._needing]
        nearest = np.argsort(-likeness, kind="stable")[:_MOST_OCCUPATIONS]
        weights = np.exp((likeness[nearest] - likeness[nearest[0]]) / _SOFTNESS)
        wanted = (weights / weights.sum()) @ self._shares[self._needing[nearest]]
        # The square of a cosine is the nearness. Its sum over all needed skills is one product with a small matrix, however many they are.
        some = np.flatnonzero(wanted)
        return _quadratic(skills, (self._skills[some] * wanted[some, None]).T @ self._skills[some])


def standardised(scores: FloatArray) -> FloatArray:
    """The same in standard deviations from their mean; all 0 where all are equal."""
    deviation = float(scores.std())
    return np.asarray((scores - scores.mean()) / deviation if deviation > 1e-9 else np.zeros_like(scores), np.float32)


def _quadratic(vectors: FloatArray, matrix: FloatArray) -> FloatArray:
    """v M v for each row, shape (n,)."""
    return np.asarray(((vectors @ matrix) * vectors).sum(axis=1), np.float32)


def _learned(texts: FloatArray, skills: FloatArray) -> _Map:
    """Ridge regression from the meanings of texts to the mean meaning of their skills."""
    dimensions = texts.shape[1]
    if not len(texts):
        return _Map(np.zeros(dimensions, np.float32), np.eye(dimensions, dtype=np.float32))
    mean = texts.mean(axis=0)
    apart = texts - mean
    within = apart.T @ apart + np.float32(_SHRINKAGE) * np.eye(dimensions, dtype=np.float32)
    matrix = np.linalg.solve(within, apart.T @ (skills - skills.mean(axis=0)))
    return _Map(np.asarray(mean, np.float32), np.asarray(matrix, np.float32))
