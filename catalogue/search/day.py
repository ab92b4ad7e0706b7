"""What one day makes of the starts of all editions: which can still be begun, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from catalogue.search.columns import BoolArray, Columns, Dictionary, FloatArray, IntArray
from catalogue.search.counting import Grouping
from catalogue.search.ranking import CLOSED, WAITING, start_openness
from catalogue.search.segment import ImpactArray


@dataclass(frozen=True)
class Day:
    """Editions on one day: `next_start` (day number, inf for none), `openness`, `counts` (see the port), all of shape (m,); and
    `module_openness` of shape (n,). The editions of row i stand at `first_editions[i]:first_editions[i + 1]`."""

    columns: Columns
    first_editions: IntArray
    next_start: FloatArray
    openness: FloatArray
    counts: BoolArray
    module_openness: ImpactArray
    _groupings: dict[str, Grouping] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Columns, dictionary: Dictionary, today: date) -> Day:
        """Looks at every different start once."""
        starts = [start.next_start(today) for start in dictionary.starts.values]
        next_start = np.array([np.inf if start is None else start.toordinal() for start in starts], dtype=np.float64)
        openness = np.array([start_openness(start, today) for start in dictionary.starts.values], dtype=np.float64)
        is_open = openness[columns.start] > CLOSED
        has_open = np.zeros(len(columns), dtype=bool)
        has_open[columns.module[is_open]] = True
        module_openness = np.full(len(columns), WAITING, np.float32)
        has_any, minima = minimum_by_module(columns, -openness[columns.start])
        module_openness[has_any] = -minima
        first_editions = np.searchsorted(columns.module, np.arange(len(columns) + 1))
        return cls(
            columns,
            first_editions,
            next_start[columns.start],
            openness[columns.start],
            is_open | ~has_open[columns.module],
            module_openness,
        )

    def grouping(self, facet: str) -> Grouping:
        """The modules by the values that the editions that count have for one of EDITION_FACETS."""
        known = self._groupings.get(facet)
        if known is None:
            known = self._groupings[facet] = Grouping.of_editions(self.columns, self.counts, self.columns.edition_facets[facet])
        return known


def minimum_by_module(columns: Columns, values: FloatArray) -> tuple[IntArray, FloatArray]:
    """The rows of modules with editions, and the lowest of `values`, shape (m,), of each."""
    if not len(values):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    first_editions = np.flatnonzero(np.diff(columns.module, prepend=-1))
    return columns.module[first_editions], np.minimum.reduceat(values, first_editions)
