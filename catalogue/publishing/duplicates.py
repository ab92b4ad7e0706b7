"""Modules that say nearly the same: found among all in seconds, without comparing each with each.

Two steps. First candidates: each module is known by the words and pairs of words that few others use; who shares many of those with it is a
candidate. Then each pair is compared letter by letter (RapidFuzz), names and texts apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from rapidfuzz import fuzz
from scipy import sparse

from catalogue.models import Module
from catalogue.progress import Progress, silent

MOST_USERS = 100
"""Words that more modules than this use tell nobody apart."""

TELLING = 24
"""Words and pairs of words by which a module is known: those that the fewest others use."""

LEAST_SHARED = 0.2
MOST_CANDIDATES = 8
"""Share of those that a candidate has too, and candidates for one module."""

NEAR_COPY = 0.78
"""From this likeness on two modules are worth a look."""

TITLE_WEIGHT = 0.4
"""What the likeness of the names counts beside that of the texts."""

MOST_CHARS = 1_500
"""Of a text this much is compared."""

ROWS_AT_ONCE = 4_000

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ModuleText:
    """What a module says: its name, and all its texts."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two modules by position, the first one lower, and how alike they are, in [0, 1]."""

    first: int
    second: int
    likeness: float


def near_copies(texts: Sequence[ModuleText], least: float = NEAR_COPY, progress: Progress = silent) -> list[Pair]:
    """All pairs that are at least so much alike, the most alike first.

    Args:
        texts: one for each module.
        least: the likeness from which a pair counts, in [0, 1].
        progress: told how many modules have been looked at.
    """
    features = _telling_features(texts)
    pairs = []
    for begin in range(0, len(texts), ROWS_AT_ONCE):
        progress("compare modules", begin, len(texts))
        for first, second in _candidates(features, begin, min(begin + ROWS_AT_ONCE, len(texts))):
            if (found := likeness(texts[first], texts[second])) >= least:
                pairs.append(Pair(first, second, found))
    progress("compare modules", len(texts), len(texts))
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def text_of(module: Module) -> ModuleText:
    """What a module says."""
    return ModuleText(module.title, "\n".join((*module.outcomes, module.description)))


def likeness(one: ModuleText, other: ModuleText) -> float:
    """How alike two modules are, in [0, 1]: letter by letter, the words of the names in any order."""
    title = fuzz.token_sort_ratio(one.title.lower(), other.title.lower())
    body = fuzz.ratio(one.body[:MOST_CHARS].lower(), other.body[:MOST_CHARS].lower())
    return (TITLE_WEIGHT * title + (1 - TITLE_WEIGHT) * body) / 100


def _telling_features(texts: Sequence[ModuleText]) -> sparse.csr_array:
    """Which of its most telling features each module has. Shape (n_modules, n_features), ones."""
    rows, keys = [], []
    for at, text in enumerate(texts):
        words = [crc32(word.encode()) for word in _WORD.findall(f"{text.title} {text.body[:MOST_CHARS]}".lower())]
        known = np.array(words, dtype=np.uint64)
        pairs = (known[:-1] << np.uint64(32)) | known[1:]
        own = np.unique(np.concatenate([known, pairs]))
        rows.append(np.full(len(own), at, dtype=np.int32))
        keys.append(own)
    row = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
    features, column, users = np.unique(np.concatenate(keys) if keys else np.zeros(0, np.uint64), return_inverse=True, return_counts=True)
    used_by = users[column]
    is_telling = (used_by > 1) & (used_by <= MOST_USERS)
    row, column, used_by = row[is_telling], column[is_telling], used_by[is_telling]
    order = np.lexsort((column, used_by, row))
    row, column = row[order], column[order]
    first = np.searchsorted(row, np.arange(len(texts)))
    kept = np.arange(len(row)) - first[row] < TELLING
    ones = np.ones(int(kept.sum()), dtype=np.int32)
    return sparse.csr_array((ones, (row[kept], column[kept])), shape=(len(texts), len(features)))


def _candidates(features: sparse.csr_array, begin: int, end: int) -> list[tuple[int, int]]:
    """Pairs of a module of some rows and a later one that shares much of what tells it apart."""
    part = features[begin:end]
    shared = (part @ features.T).tocoo()
    first, second = shared.row + begin, shared.col
    has = np.diff(features.indptr)
    enough = (first < second) & (shared.data >= LEAST_SHARED * np.minimum(has[first], has[second]))
    first, second, count = first[enough], second[enough], shared.data[enough]
    order = np.lexsort((second, -count, first))
    first, second = first[order], second[order]
    begins = np.searchsorted(first, first)
    best = np.arange(len(first)) - begins < MOST_CANDIDATES
    return list(zip(first[best].tolist(), second[best].tolist(), strict=True))
