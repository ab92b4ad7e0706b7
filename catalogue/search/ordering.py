"""Order without sorting everything, and runs of numbers as one array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalogue.search.columns import IntArray


def first_of(keys: Sequence[NDArray[Any]], count: int) -> IntArray:
    """The places of the first `count` by `keys`, in order, without sorting the rest."""
    kept: IntArray | None = None
    sure: list[IntArray] = []
    wanted = count
    for key in keys:
        if (len(key) if kept is None else len(kept)) <= wanted:
            break
        values = key if kept is None else key[kept]
        border = np.partition(values, wanted - 1)[wanted - 1]
        before, same = np.flatnonzero(values < border), np.flatnonzero(values == border)
        sure.append(before if kept is None else kept[before])
        wanted -= len(before)
        kept = same if kept is None else kept[same]
    chosen = np.concatenate([*sure, np.arange(len(keys[0])) if kept is None else kept])
    order = np.lexsort([key[chosen] for key in reversed(keys)])
    return chosen[order][:count]


def ranges(begin: IntArray, end: IntArray) -> tuple[IntArray, IntArray]:
    """The numbers from each of `begin` up to its `end`, one run after the other, and which run each is of."""
    sizes = end - begin
    owners = np.repeat(np.arange(len(sizes)), sizes)
    return owners, np.arange(len(owners)) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
