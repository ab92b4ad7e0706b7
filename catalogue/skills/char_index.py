"""Likeness of names by the letter groups that they share: forgiving for spelling, endings and compounds.

Letter groups of 3 and 4 with tf-idf, and one thing more: a group weighs less when names of one and the same concept do not tend to
share it ("medewerker", "uitvoeren"), which the taxonomy's own alternative labels tell. `docs/recognition.md` has what each part adds.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from catalogue.language.dutch import folded
from catalogue.skills.lexicon import Lexicon

_SIZES = (3, 4)
_LETTERS = 38
"""Space, a-z, 0-9, and one for everything else; a letter group is a number in that base."""
_BOUNDARY = 255
_OFFSETS = (0, _LETTERS**3)
_N_CODES = _LETTERS**3 + _LETTERS**4
LONGEST_NAME = 120
_NAMES_AT_ONCE = 8_192

_SPELLED_WORD = re.compile(r"(?:[^\W_]|[+#])+")
_LETTER_OF = np.full(256, _LETTERS - 1, np.uint8)
_LETTER_OF[ord(" ")] = 0
_LETTER_OF[ord("a") : ord("z") + 1] = np.arange(1, 27)
_LETTER_OF[ord("0") : ord("9") + 1] = np.arange(27, 37)
_LETTER_OF[ord("\n")] = _BOUNDARY

FloatArray = NDArray[np.float32]


def spelled(text: str) -> str:
    """Folded words with one space between them: what letter groups are taken from."""
    return " ".join(_SPELLED_WORD.findall(folded(text)))[:LONGEST_NAME]


class CharIndex:
    """The letter groups of all names of a lexicon. `spelled`: the names as they are compared."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._n_names = len(lexicon.texts)
        self.spelled = [spelled(text) for text in lexicon.texts]
        counts, codes = _count(self.spelled)
        self._row_of_code = np.full(_N_CODES, -1, np.int32)
        self._row_of_code[codes] = np.arange(len(codes), dtype=np.int32)
        self._weight = _weights(counts, lexicon)
        counts.data = (1 + np.log(counts.data)) * self._weight[counts.indices]
        sizes = np.diff(counts.indptr)
        lengths = np.sqrt(np.bincount(_rows(counts), weights=counts.data**2, minlength=self._n_names))
        counts.data /= np.repeat(np.maximum(lengths, 1e-9).astype(np.float32), sizes)
        self._names_by_gram = sparse.csr_array(counts.T.tocsr())

    def similarity(self, query: str) -> FloatArray:
        """Cosine between the query and each name, shape (n_names,), in [0, 1]."""
        rows, lengths = self._vector(query)
        result = np.zeros(self._n_names, np.float32)
        if not len(rows):
            return result
        matrix = self._names_by_gram
        for row, weight in zip(rows, lengths, strict=True):
            begin, end = matrix.indptr[row], matrix.indptr[row + 1]
            result[matrix.indices[begin:end]] += weight * matrix.data[begin:end]
        return result

    def _vector(self, query: str) -> tuple[NDArray[np.int32], FloatArray]:
        _, codes, counts = _cells([spelled(query)])
        rows = self._row_of_code[codes]
        weights = np.where(rows >= 0, self._weight[rows], self._weight.max(initial=1.0)) * (1 + np.log(counts))
        length = float(np.sqrt((weights**2).sum()))
        known = rows >= 0
        return rows[known], (weights[known] / max(length, 1e-9)).astype(np.float32)


def _weights(counts: sparse.csr_array, lexicon: Lexicon) -> FloatArray:
    """Inverse document frequency times the square root of the chance that another name of the same concept has the letter group too."""
    n_names, n_grams = counts.shape
    frequency = np.bincount(counts.indices, minlength=n_grams)
    idf = np.log((1 + n_names) / (1 + frequency)) + 1
    bounds = np.append(lexicon.group_starts, n_names)
    in_group = sparse.csr_array(
        (np.ones(counts.nnz, np.int64), counts.indices.copy(), counts.indptr[bounds]), shape=(len(lexicon.group_concept), n_grams)
    )
    in_group.sum_duplicates()
    names_with, gram = in_group.data, in_group.indices
    siblings = np.repeat(np.diff(bounds) - 1, np.diff(in_group.indptr))
    told = siblings > 0
    shared = np.bincount(
        gram[told], weights=names_with[told] * (names_with[told] - 1) / siblings[told], minlength=n_grams
    )  # expected names, among those with the group, that a random sibling agrees with
    chances = np.bincount(gram[told], weights=names_with[told], minlength=n_grams)
    prior = shared.sum() / chances.sum() if chances.sum() else 1.0
    consistency = (shared + 2 * prior) / (chances + 2)
    return (idf * np.sqrt(consistency)).astype(np.float32)


def _count(names: list[str]) -> tuple[sparse.csr_array, NDArray[np.int64]]:
    """How often each name has each letter group: shape (len(names), n_used), and the codes of the columns."""
    parts = [_cells(names[begin : begin + _NAMES_AT_ONCE]) for begin in range(0, len(names), _NAMES_AT_ONCE)]
    if not parts:
        return sparse.csr_array(np.zeros((0, 0), np.float32)), np.zeros(0, np.int64)
    is_used = np.zeros(_N_CODES, np.bool_)
    for _, own, _ in parts:
        is_used[own] = True
    codes = np.flatnonzero(is_used)
    column = (np.cumsum(is_used) - 1).astype(np.int32)
    lengths = np.concatenate([np.bincount(part[0], minlength=_NAMES_AT_ONCE) for part in parts])[: len(names)]
    pointers = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    columns = np.concatenate([column[part[1]] for part in parts])
    how_often = np.concatenate([part[2] for part in parts])
    return sparse.csr_array((how_often, columns, pointers), shape=(len(names), len(codes))), codes


def _cells(names: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int32], FloatArray]:
    """Name, code and count of each letter group, ordered by name and code; for some names at once, since it takes much room."""
    joined = "".join(f" {name} \n" for name in names).encode("latin-1", "replace")
    letters = _LETTER_OF[np.frombuffer(joined, np.uint8)].astype(np.int64)
    name_at = np.cumsum(letters == _BOUNDARY)
    pieces = []
    for size, offset in zip(_SIZES, _OFFSETS, strict=True):
        codes = np.full(max(len(letters) - size + 1, 0), offset, np.int64)
        valid = np.ones(len(codes), np.bool_)
        for place in range(size):
            window = letters[place : place + len(codes)]
            codes += window * _LETTERS ** (size - 1 - place)
            valid &= window != _BOUNDARY
        pieces.append(name_at[: len(codes)][valid] * _N_CODES + codes[valid])
    cells, how_often = np.unique(np.concatenate(pieces), return_counts=True)
    return (cells // _N_CODES).astype(np.int32), (cells % _N_CODES).astype(np.int32), how_often.astype(np.float32)


def _rows(matrix: sparse.csr_array) -> NDArray[np.intp]:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
