"""What the taxonomy says around a name: its description, its group, and the concepts next to it, by the words in common with a query.

A title that no name resembles is often in a description ("irrigatie"), and the occupations of one group share the words of their trade.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from catalogue.language.dutch import folded
from catalogue.language.word_keys import keys_of, texts_of_words
from catalogue.skills.lexicon import Lexicon

_SATURATION = 1.2
"""A word that occurs this often counts half of what it can at most (k1 of BM25)."""
_LENGTH_SHARE = 0.5
"""How much longer texts are held back (b of BM25)."""

FloatArray = NDArray[np.float32]


class Surroundings:
    """The Dutch words of each concept's names, description and group (BM25), and the mean of it over the concepts of a group.

    Args:
        lexicon: with `descriptions` and `kin`; a concept without kin is a group by itself.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._column: dict[str, int] = {}
        groups: dict[str | int, int] = {}
        codes = [lexicon.kin[row][0] if row in lexicon.kin else row for row in range(len(lexicon.ids))]
        self._group = np.array([groups.setdefault(code, len(groups)) for code in codes], np.int64)
        self._group_sizes = np.bincount(self._group)
        rows: list[int] = []
        columns: list[int] = []
        for row, text in enumerate(_texts(lexicon)):
            own = [self._column.setdefault(key, len(self._column)) for word in texts_of_words(text) for key, _ in keys_of(word, "nl")]
            rows += [row] * len(own)
            columns += own
        n_concepts, n_columns = len(lexicon.ids), len(self._column)
        counts = sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(n_concepts, n_columns))
        counts.sum_duplicates()
        lengths = np.asarray(counts.sum(axis=1), np.float32)
        held_back = 1 - _LENGTH_SHARE + _LENGTH_SHARE * lengths / max(float(lengths.mean()) if n_concepts else 0.0, 1.0)
        frequency = np.bincount(counts.indices, minlength=n_columns)
        self._idf = np.log(1 + (n_concepts - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        self._unknown = float(self._idf.max(initial=1.0))
        counts.data /= counts.data + _SATURATION * np.repeat(held_back, np.diff(counts.indptr))
        counts.data *= self._idf[counts.indices]
        self._concepts_by_key = sparse.csr_array(counts.T.tocsr())

    def likeness(self, query: str) -> tuple[FloatArray, FloatArray]:
        """Of each concept and of its group, both of shape (n_concepts,), in [0, 1): the share of the query's weight that they hold."""
        keys = {key for word in texts_of_words(folded(query)) for key, _ in keys_of(word, "nl")}
        columns = [self._column[key] for key in keys if key in self._column]
        matrix = self._concepts_by_key
        own = np.zeros(len(self._group), np.float32)
        for column in columns:
            begin, end = matrix.indptr[column], matrix.indptr[column + 1]
            own[matrix.indices[begin:end]] += matrix.data[begin:end]
        if columns:
            own /= float(self._idf[columns].sum()) + self._unknown * (len(keys) - len(columns))
        means = (np.bincount(self._group, weights=own) / self._group_sizes).astype(np.float32)
        return own, means[self._group]


def _texts(lexicon: Lexicon) -> list[str]:
    """All that is said in Dutch about each concept, a name a line."""
    lines: list[list[str]] = [[] for _ in lexicon.ids]
    for row, text, is_english in zip(lexicon.concept.tolist(), lexicon.texts, lexicon.is_english.tolist(), strict=True):
        if not is_english:
            lines[row].append(text)
    for row, (dutch, _) in lexicon.descriptions.items():
        lines[row].append(dutch)
    for row, (_, label) in lexicon.kin.items():
        lines[row].append(label)
    return ["\n".join(own) for own in lines]
