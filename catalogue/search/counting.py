"""Counting the values of facets over many modules at once.

Facets of which a module has exactly one value are packed into few columns of joint codes (`JointCodes`): one pass over the modules found
counts several facets. Of facets with several values a module, those with the same values form a group (`Grouping`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalogue.search.columns import BoolArray, CodeArray, Columns, Dictionary, IntArray
from catalogue.search.ordering import ranges

MOST_CELLS = 4_096
"""A column of joint codes has at most so many different ones, unless a single facet has more."""


@dataclass(frozen=True, slots=True)
class JointCodes:
    """Some facets in one column: `code`, shape (n,), numbers the cells of a table with the axes `facets` of lengths `sizes`."""

    facets: tuple[str, ...]
    sizes: tuple[int, ...]
    code: IntArray

    @classmethod
    def packed(cls, columns: Columns) -> tuple[JointCodes, ...]:
        """All facets with one value a module, in as few columns as small tables allow."""
        sizes = {facet: int(codes.max(initial=0)) + 1 for facet, codes in columns.facets.items()}
        return tuple(cls._of(columns, facets, sizes) for facets in _packed(sizes))

    @classmethod
    def _of(cls, columns: Columns, facets: Sequence[str], sizes: Mapping[str, int]) -> JointCodes:
        code = np.zeros(len(columns), np.int64)
        for facet in facets:
            code = code * sizes[facet] + columns.facets[facet]
        return cls(tuple(facets), tuple(sizes[facet] for facet in facets), code)

    @property
    def n_cells(self) -> int:
        """How many different codes there can be."""
        return math.prod(self.sizes)

    def counts(self, rows: IntArray, wanted: Collection[str]) -> dict[str, IntArray]:
        """How many of the modules `rows` have each value of each wanted facet that is here, shape (size of the facet,)."""
        table = np.bincount(self.code[rows], minlength=self.n_cells).reshape(self.sizes)
        axes = range(len(self.facets))
        return {
            facet: table.sum(axis=tuple(other for other in axes if other != axis))
            for axis, facet in enumerate(self.facets)
            if facet in wanted
        }


def _packed(sizes: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Facets, those of few values first, in runs whose joint table stays small."""
    run: tuple[str, ...] = ()
    for facet in sorted(sizes, key=lambda facet: (sizes[facet], facet)):
        if run and math.prod(sizes[one] for one in (*run, facet)) > MOST_CELLS:
            yield run
            run = ()
        run += (facet,)
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class Grouping:
    """Modules with the same values of a facet. `group`: of each module, shape (n,). The codes of group g stand at
    `codes[starts[g]:starts[g + 1]]`, each once."""

    group: IntArray
    codes: CodeArray
    starts: IntArray

    @classmethod
    def of_editions(cls, columns: Columns, counts: BoolArray, codes: CodeArray) -> Grouping:
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
        return cls(group.astype(np.int64), value[places], starts)

    def counts(self, rows: IntArray) -> IntArray:
        """How many of the modules `rows` have each code."""
        frequency = np.bincount(self.group[rows], minlength=len(self.starts) - 1)
        places = np.flatnonzero(frequency)
        owners, at = ranges(self.starts[places], self.starts[places + 1])
        return np.bincount(self.codes[at], frequency[places][owners]).astype(np.int64)


def named_counts(frequency: IntArray, facet: str, dictionary: Dictionary) -> dict[str, int]:
    """By value instead of by code; what is not there and what has no name is left out."""
    values = dictionary.facets[facet].values
    return {values[code]: count for code, count in enumerate(frequency.tolist()) if count and values[code]}
