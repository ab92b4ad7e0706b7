"""How sure evidence makes: from coverage, rarity and nearness of meaning to a share of times that it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_CERTAINTY = 0.5
"""Below this a finding is more often wrong than right, and nobody is bothered with it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a piece of text says for one name of a skill.

    Attributes:
        name: row in the lexicon.
        start, end: characters of the text.
        coverage: share of the name's weight that stands in the piece, in [0, 1].
        density: share of the words in that stretch that belong to the name, in [0, 1].
        weight: summed rarity of the name's words.
        n_keys: how many words the name has, compounds counted by their parts.
        commonness: of the name's rarest word in daily language, log10 of uses in a thousand million words.
        cosine: nearness of the piece's meaning to the name's, in [0, 1]; 0 where unknown.
        has_meaning: whether meanings were compared at all.
        is_preferred: whether the name is the skill's label.
        is_other_language: whether the name is in another language than the text.
        piece_words: how many meaningful words the piece has.
    """

    name: int
    start: int
    end: int
    coverage: float
    density: float
    weight: float
    n_keys: int
    commonness: float
    cosine: float
    has_meaning: bool
    is_preferred: bool
    is_other_language: bool
    piece_words: int


def features(evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """Shape (n, n_features), the numbers that `certainty` weighs."""
    rows = [
        (
            one.coverage,
            float(one.coverage > 0.999),
            one.coverage * one.density,
            one.coverage * min(one.weight, 30.0) / 10,
            float(one.coverage > 0 and one.n_keys == 1),
            float(one.n_keys == 1) * max(one.commonness - 3.0, 0.0),
            one.cosine,
            max(one.cosine - 0.5, 0.0),
            one.coverage * one.cosine,
            float(one.is_preferred),
            float(one.is_other_language and one.coverage > 0),
            1.0 / one.piece_words,
        )
        for one in evidence
    ]
    return np.array(rows, np.float64).reshape(len(rows), N_FEATURES)


N_FEATURES = 12
_COEFFICIENTS = np.array([-1.639, 1.129, 1.43, 1.45, 0.16, -0.129, 7.265, -0.714, -1.737, -0.02, 0.225, -4.352])
_INTERCEPT = -4.4


def certainty(evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """Shape (n,), how often evidence like each is right, in [0, 1]."""
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-(features(evidence) @ _COEFFICIENTS + _INTERCEPT)))
    return chances
