"""How much module titles look like a goal in free text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_array

from catalogue.language.dutch import base_form, compound_parts, tokens, word_list
from matching.core.arrays import FloatArray


class TitleIndex:
    """Titles as weighted words, so that a text is compared with all of them at once.

    Words count by their base form and by the parts of compounds, a rare word more than a common one (tf-idf, cosine); stop words not.

    Args:
        titles: one for each module.
    """

    def __init__(self, titles: Sequence[str]) -> None:
        self._columns: dict[str, int] = {}
        indices: list[int] = []
        begins = [0]
        for title in titles:
            indices.extend(sorted({self._columns.setdefault(term, len(self._columns)) for term in _terms(title)}))
            begins.append(len(indices))
        shape = (len(titles), len(self._columns))
        present = csr_array((np.ones(len(indices)), np.array(indices, dtype=np.int64), np.array(begins, dtype=np.int64)), shape=shape)
        in_titles = np.bincount(indices, minlength=shape[1]) if indices else np.zeros(shape[1])
        self._rarity: FloatArray = np.log1p(len(titles) / np.maximum(in_titles, 1))
        self._weighted = present * self._rarity[np.newaxis, :] if indices else present
        self._length = np.sqrt(np.asarray(present @ self._rarity**2).ravel())

    def similarity(self, text: str) -> FloatArray:
        """Cosine between `text` and each title: shape (n_titles,), in [0, 1]. Words that no title has say nothing."""
        known = sorted({self._columns[term] for term in _terms(text) if term in self._columns})
        wanted = np.zeros(len(self._columns))
        wanted[known] = self._rarity[known]
        norms = self._length * np.linalg.norm(wanted)
        dots = np.asarray(self._weighted @ wanted).ravel()
        cosine = np.divide(dots, norms, out=np.zeros(len(norms)), where=norms > 0)
        return np.asarray(np.clip(cosine, 0.0, 1.0), dtype=np.float64)


def _terms(text: str) -> Iterator[str]:
    stop = word_list("stop")
    for parts in tokens(text):
        for word in parts:
            if word not in stop:
                base = base_form(word)
                yield base
                yield from compound_parts(base)
