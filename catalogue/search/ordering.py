"""Order without sorting everything, and runs of numbers as one array."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalogue.search.columns import IntArray

Key = Callable[[IntArray | slice], NDArray[Any]]
"""What some places are ordered by, low first; all of them for `slice(None)`."""


def first_of(keys: Sequence[Key], n: int, count: int) -> IntArray:
    """The first `count` of n places by `keys`, in order, without sorting the rest: a key is asked only of places that are equal so far."""
    kept: IntArray | slice = slice(None)
    sure: list[IntArray] = []
    wanted, left = count, n
    for key in keys:
        if left <= wanted:
            break
        values = key(kept)
        border = np.partition(values, wanted - 1)[wanted - 1]
        before, same = np.flatnonzero(values < border), np.flatnonzero(values == border)
        sure.append(before if isinstance(kept, slice) else kept[before])
        kept = same if isinstance(kept, slice) else kept[same]
        wanted, left = wanted - len(before), len(same)
    chosen = np.concatenate([*sure, np.arange(n) if isinstance(kept, slice) else kept])
    order = np.lexsort([key(chosen) for key in reversed(keys)])
    return chosen[order][:count]


def ranges(begin: IntArray, end: IntArray) -> tuple[IntArray, IntArray]:
    """The numbers from each of `begin` up to its `end`, one run after the other, and which run each is of."""
    sizes = end - begin
    owners = np.repeat(np.arange(len(sizes)), sizes)
    return owners, np.arange(len(owners)) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
