"""Words that are nearly written like another one, among hundreds of thousands, in less than a millisecond.

Two words within k errors differ by at most k in length and by at most 2k in the set of their letters. Both are compared for all words
at once in numpy; RapidFuzz measures what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_CANDIDATES = 25


@dataclass(frozen=True, slots=True)
class NearWord:
    """A known word, the typing errors between (a swap of neighbours counts once), and in how many texts it stands."""

    word: str
    errors: int
    count: int


class Speller:
    """The words of an index. Immutable, so threads may share it.

    Args:
        counts: words as they are written, folded, with the number of texts that hold each.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._words = list(counts)
        self._counts = np.fromiter(counts.values(), np.int64, len(counts))
        self._known = counts
        self._lengths, self._letters = _signatures(self._words)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def near(self, word: str, most_errors: int) -> list[NearWord]:
        """The words with the fewest errors between, at most `most_errors`, those in most texts first; [] when none is so near."""
        lengths, letters = _signatures([word])
        further = np.abs(self._lengths - lengths[0])
        differing = np.bitwise_count(self._letters ^ letters[0])
        for errors in range(most_errors + 1):  # most people make one error, and one is quickly found
            rows = np.flatnonzero((further <= errors) & (differing <= 2 * errors))
            candidates = [self._words[row] for row in rows]
            found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=errors, limit=MOST_CANDIDATES)
            if found:
                near = [NearWord(known, errors, int(self._counts[rows[place]])) for known, _, place in found]
                return sorted(near, key=lambda one: (-one.count, one.word))
        return []


def _signatures(words: Sequence[str]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int16]], np.ndarray[tuple[int], np.dtype[np.uint32]]]:
    """The length of each word, and one bit for each letter that it holds (letters of other scripts share bits)."""
    lengths = np.fromiter(map(len, words), np.int16, len(words))
    # A space before each word, so that an empty one has a place too.
    letters = np.frombuffer("".join(f" {word}" for word in words).encode("utf-32-le", "replace"), np.uint32)
    ends = np.cumsum(lengths.astype(np.int64) + 1)
    bits = np.uint32(1) << (letters & np.uint32(31))
    return lengths, np.bitwise_or.reduceat(bits, ends - lengths - 1) if words else np.zeros(0, np.uint32)
