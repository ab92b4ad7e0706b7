"""Counting the values of facets over many modules at once.

A `Grouping` puts modules that share all their values of some facets in one group. Counting then takes one pass over the found modules
for all of these facets together, and one pass over the groups that occur.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalogue.search.columns import BoolArray, CodeArray, Columns, Dictionary, IntArray

COUNTED_TOGETHER = ("level", "theme", "kind", "credential", "language")
"""Facets of few values each; provider has many and is counted by itself."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """`group`: of each module, shape (n,). `codes` holds for each facet the codes of all groups in one row: one for each group, or
    those of group g at `starts[g]:starts[g + 1]`, each code once."""

    group: IntArray
    n_groups: int
    codes: Mapping[str, CodeArray]
    starts: IntArray | None = None

    @classmethod
    def of_modules(cls, columns: Columns, facets: Sequence[str]) -> Grouping:
        """By facets with exactly one value a module."""
        together = np.zeros(len(columns), np.int64)
        for facet in facets:
            codes = columns.facets[facet]
            together = together * (int(codes.max(initial=0)) + 1) + codes
        _, first, group = np.unique(together, return_index=True, return_inverse=True)
        return cls(group.astype(np.int64), len(first), {facet: columns.facets[facet][first] for facet in facets})

    @classmethod
    def of_editions(cls, facet: str, columns: Columns, counts: BoolArray, codes: CodeArray) -> Grouping:
        """By the set of values of the editions where `counts`, shape (m,), is true; `codes` has shape (m,)."""
        span = int(codes.max(initial=0)) + 1
        # Editions stand by module, so the pairs are all but sorted already; numpy's `unique` would not use that.
        pairs = np.sort(columns.module[counts] * span + codes[counts], kind="stable")
        pairs = pairs[np.diff(pairs, prepend=-1) != 0]
        owner, value = np.divmod(pairs, span)
        # Two sets are the same when the sums of a random number for each value are.
        salt = np.random.default_rng(1).integers(1, 2**62, span, dtype=np.int64)
        together = np.zeros(len(columns), np.int64)
        np.add.at(together, owner, salt[value])
        _, first, group = np.unique(together, return_index=True, return_inverse=True)
        begin, end = np.searchsorted(owner, first), np.searchsorted(owner, first + 1)
        starts = np.concatenate([[0], np.cumsum(end - begin)])
        places = np.repeat(begin - starts[:-1], end - begin) + np.arange(starts[-1])
        return cls(group.astype(np.int64), len(first), {facet: value[places]}, starts)

    def counts(self, rows: IntArray, facet_sizes: Mapping[str, int]) -> dict[str, IntArray]:
        """How many of the modules `rows` have each code, for each facet, shape (facet_sizes[facet],)."""
        frequency = np.bincount(self.group[rows], minlength=self.n_groups)
        places = np.flatnonzero(frequency)
        weights = frequency[places]
        if self.starts is not None:
            sizes = self.starts[places + 1] - self.starts[places]
            ends = np.cumsum(sizes)
            places = np.repeat(self.starts[places] - ends + sizes, sizes) + np.arange(sizes.sum())
            weights = np.repeat(weights, sizes)
        return {facet: np.bincount(codes[places], weights, facet_sizes[facet]).astype(np.int64) for facet, codes in self.codes.items()}


def named_counts(frequency: IntArray, facet: str, dictionary: Dictionary) -> dict[str, int]:
    """By value instead of by code; what is not there and what has no name is left out."""
    values = dictionary.facets[facet].values
    return {values[code]: int(frequency[code]) for code in np.flatnonzero(frequency) if values[code]}
