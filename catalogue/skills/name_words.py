"""The words of all names: which names does a piece of text hold, whatever their order and endings?"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from catalogue.language.dutch import folded
from catalogue.language.word_keys import commonness, keys_of, texts_of_words
from catalogue.skills.lexicon import Lexicon

_BRACKETS = re.compile(r"\([^)]*\)")

LEAST_NAMES = 1_000
"""Among how many names a word is counted at least: fewer tell nothing of how rare it is, and rare words are what recognising rests on."""

FloatArray = NDArray[np.float32]


class NameWords:
    """Keys of names (see `word_keys.keys_of`), weighted by how rare they are among the names of the language.

    Attributes:
        weight: shape (n_names,), summed weight of a name's keys; a name of one common word weighs little.
        n_keys: shape (n_names,), how many different keys a name has.
        commonness: shape (n_names,), of the rarest word in daily language: log10 of uses in a thousand million words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._texts, self._is_english = lexicon.texts, lexicon.is_english
        rows: list[int] = []
        columns: list[int] = []
        self._column: dict[str, int] = {}
        n_names = len(lexicon.texts)
        self.commonness = np.zeros(n_names, np.float32)
        for row, (text, is_english) in enumerate(zip(self._texts, self._is_english.tolist(), strict=True)):
            language = "en" if is_english else "nl"
            words = [word for word in texts_of_words(_main_part(text)) if keys_of(word, language)]
            keys = {key for word in words for key, _ in keys_of(word, language)}
            self.commonness[row] = min((commonness(word, language) for word in words), default=9.0)
            rows += [row] * len(keys)
            columns += [self._column.setdefault(key, len(self._column)) for key in keys]
        n_columns = len(self._column)
        frequency = np.bincount(columns, minlength=n_columns) if columns else np.zeros(n_columns, np.int64)
        is_english_key = np.fromiter((key.startswith("e:") for key in self._column), np.bool_, n_columns)
        n_english = int(lexicon.is_english.sum())
        totals = np.maximum(np.where(is_english_key, n_english, n_names - n_english), LEAST_NAMES)
        idf = (np.log((1 + totals) / (1 + frequency)) + 0.5).astype(np.float32)
        shape = (n_names, n_columns)
        weights = sparse.csr_array((idf[columns], (rows, columns)), shape=shape)
        self.weight = np.asarray(weights.sum(axis=1), np.float32).ravel()
        self.n_keys = np.diff(weights.indptr).astype(np.int32)
        weights.data = (weights.data / np.repeat(np.maximum(self.weight, 1e-6), self.n_keys)).astype(np.float32)
        self._idf, self._unknown = idf, float(idf.max(initial=1.0))
        self._names_by_key = sparse.csr_array(weights.T.tocsr())
        self._keys_by_name = weights

    def columns_of(self, word: str) -> dict[int, str]:
        """The columns of a folded word's keys in both languages, as far as names have them, with the word's forms."""
        found = ((self._column.get(key), form) for language in ("nl", "en") for key, form in keys_of(word, language))
        return {column: form for column, form in found if column is not None}

    def likeness(self, query: str) -> FloatArray:
        """How far a query and each name hold the same words, shape (n_names,), in [0, 1].

        The geometric mean of two shares, of the query's weight that the name holds and of the name's that the query holds, so that
        neither a name of one word nor a query of one gets everything.
        """
        words = texts_of_words(folded(query))
        result = np.zeros(len(self._texts), np.float32)
        for language in ("nl", "en"):
            keys = {key for word in words for key, _ in keys_of(word, language)}
            columns = [self._column[key] for key in keys if key in self._column]
            if not columns:
                continue
            total = float(self._idf[columns].sum()) + self._unknown * (len(keys) - len(columns))
            of_query, of_name = np.zeros_like(result), np.zeros_like(result)
            for column in columns:
                begin, end = self._names_by_key.indptr[column], self._names_by_key.indptr[column + 1]
                names = self._names_by_key.indices[begin:end]
                of_query[names] += self._idf[column] / total
                of_name[names] += self._names_by_key.data[begin:end]
            result += np.sqrt(of_query * of_name)
        return np.minimum(result, 1.0)

    def keys(self, name: int) -> dict[int, float]:
        """The columns of one name with their shares of its weight, which sum to 1."""
        begin, end = self._keys_by_name.indptr[name], self._keys_by_name.indptr[name + 1]
        return dict(zip(self._keys_by_name.indices[begin:end].tolist(), self._keys_by_name.data[begin:end].tolist(), strict=True))

    def forms(self, name: int) -> dict[int, set[str]]:
        """The forms in which one name has the words of its columns."""
        language = "en" if self._is_english[name] else "nl"
        found: dict[int, set[str]] = {}
        for word in texts_of_words(_main_part(self._texts[name])):
            for key, form in keys_of(word, language):
                found.setdefault(self._column[key], set()).add(form)
        return found

    def coverage(self, pieces: list[set[int]], least: float) -> tuple[NDArray[np.intp], NDArray[np.intp], FloatArray]:
        """Which names have at least a share `least` of their weight in a piece.

        Args:
            pieces: the columns that each piece holds.
            least: in (0, 1].

        Returns:
            Piece, name and share of each such pair; three arrays of equal length.
        """
        lengths = [len(piece) for piece in pieces]
        pointers = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        indices = np.fromiter((column for piece in pieces for column in sorted(piece)), np.int32, int(pointers[-1]))
        shape = (len(pieces), len(self._column))
        held = sparse.csr_array((np.ones(len(indices), np.float32), indices, pointers), shape=shape)
        shares = sparse.coo_array(held @ self._names_by_key)
        kept = shares.data >= least
        return shares.row[kept].astype(np.intp), shares.col[kept].astype(np.intp), np.asarray(shares.data[kept], np.float32)


def _main_part(text: str) -> str:
    """A name without what brackets explain, folded: nobody writes "Python (computerprogrammering)"."""
    return _BRACKETS.sub(" ", folded(text)).strip() or folded(text)
