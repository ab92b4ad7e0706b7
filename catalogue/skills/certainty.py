"""How sure evidence makes: from coverage, rarity and nearness of meaning to a share of times that it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_LEAD = -0.15
"""A lead this far behind is as good as none."""
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
        exactness: share of the name's weight that stands there in the same form, in [0, 1]; singular and plural are the same.
        weight: summed rarity of the name's words.
        n_keys: how many words the name has, compounds counted by their parts.
        commonness: of the name's rarest word in daily language, or of the text's word for it if that is more common: log10 of uses in a
            thousand million words.
        cosine: nearness of the piece's meaning to the name's, in [0, 1]; 0 where unknown.
        lead: by how much the piece is nearer to this skill than to any other, negative if another is nearer; `NO_LEAD` when unknown.
        fill: the name's words that stand there, as a share of the meaningful words of the piece, in [0, 1].
        has_meaning: whether meanings were compared at all.
        is_preferred: whether the name is the skill's label.
        is_other_language: whether the name is in another language than the text.
    """

    name: int
    start: int
    end: int
    coverage: float
    density: float
    exactness: float
    weight: float
    n_keys: int
    commonness: float
    cosine: float
    lead: float
    fill: float
    has_meaning: bool
    is_preferred: bool
    is_other_language: bool


def features(evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """Shape (n, n_features), the numbers that `certainty` weighs, in the order of `WEIGHTS`."""
    return np.array([_features(one) for one in evidence], np.float64).reshape(len(evidence), len(WEIGHTS))


def _features(one: Evidence) -> tuple[float, ...]:
    is_whole = float(one.coverage > WHOLE)
    is_exact = is_whole * (one.exactness > WHOLE)
    is_one_word = one.n_keys == 1
    return (
        is_whole,
        is_exact * (one.density > WHOLE) * (not is_one_word),
        is_exact * is_one_word,
        is_exact * is_one_word * min(max(one.commonness - 2.5, 0.0), 3.0),
        (is_whole - is_exact) * is_one_word,
        max(one.coverage - 0.6, 0.0),
        one.coverage * one.density,
        one.coverage * min(one.weight, 30.0) / 10,
        is_whole * (not one.is_preferred) * (not is_one_word),
        is_whole * (not one.is_preferred) * is_one_word,
        float(one.is_other_language and one.coverage > 0),
        one.cosine,
        max(one.cosine - 0.6, 0.0),
        max(one.cosine - 0.75, 0.0),
        is_whole * one.cosine,
        is_exact * one.cosine,
        float(one.coverage == 0),
        float(one.lead >= 0),
        max(one.lead, 0.0),
        max(one.lead, NO_LEAD),
        one.fill,
        is_exact * one.fill,
    )


WHOLE = 0.99
"""Share from which on a name counts as standing there in full, rounding aside."""

WEIGHTS = {
    # name: with meanings, by words alone; both learned as docs/recognition.md says
    "all words": (0.480, -0.048),
    "several words, same forms, adjacent": (1.114, 0.948),
    "one word, same form": (2.498, 2.300),
    "one word, same form, how common": (-0.726, -0.814),
    "one word, another form": (-0.387, -0.867),
    "share of words above the least": (1.217, 2.842),
    "share of words x how dense": (1.220, 1.884),
    "share of words x how rare": (1.299, 1.622),
    "all words of an alternative name": (0.016, -0.402),
    "the one word of an alternative name": (-0.560, -1.128),
    "words of the other language": (-0.154, -0.174),
    "nearness": (3.111, 0.000),
    "nearness above 0.6": (1.775, 0.000),
    "nearness above 0.75": (-3.599, 0.000),
    "all words x nearness": (-0.577, 0.000),
    "same forms x nearness": (-0.088, 0.000),
    "nearness only": (1.665, 0.000),
    "nearest": (0.543, 0.000),
    "lead": (7.773, 0.000),
    "behind": (-0.054, 0.000),
    "how much of the piece": (1.491, 2.291),
    "same forms x how much of the piece": (-0.186, -0.121),
}
_INTERCEPTS = (-5.823, -5.475)
_COEFFICIENTS = np.array(list(WEIGHTS.values()))


def certainty(evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    """Shape (n,), how often evidence like each is right, in [0, 1]."""
    by_words_alone = np.array([not one.has_meaning for one in evidence], np.intp)
    sums = (features(evidence) * _COEFFICIENTS[:, by_words_alone].T).sum(axis=1) + np.take(_INTERCEPTS, by_words_alone)
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-sums))
    return chances
