"""The order of results: by score, settled to the last tie, and one copy of a course before the second copy of any."""

from __future__ import annotations

import numpy as np

from matching.core.arrays import FloatArray, IntArray, check_length

SCORE_DIGITS = 9
"""Scores that differ by less are a tie: the difference is rounding, and no reason."""


def page(
    scores: FloatArray, tie_breaks: tuple[FloatArray, ...], keys: IntArray, courses: IntArray, *, limit: int, offset: int = 0
) -> IntArray:
    """Positions of one page of results, best first.

    Higher score first; ties by the `tie_breaks` in turn, lower first and unknown (NaN) last; then by key. Further copies of a course come
    after the first copies of all courses, in the same order.

    Args:
        scores, keys, courses: shape (n,).
        tie_breaks: arrays of shape (n,).

    Returns:
        Shape (at most `limit`,).

    Raises:
        ShapeMismatch: the arrays are not equally long.
    """
    for name, array in (("keys", keys), ("courses", courses), *((f"tie break {i}", array) for i, array in enumerate(tie_breaks))):
        check_length(name, array, len(scores))
    rounded = np.round(scores, SCORE_DIGITS)
    wanted = offset + limit
    # Only the top is put in order. It is widened until it holds enough different courses, at worst to everything.
    size = 4 * wanted
    while True:
        top = _top(rounded, size)
        order = top[np.lexsort((keys[top], *(array[top] for array in reversed(tie_breaks)), -rounded[top]))]
        _, first = np.unique(courses[order], return_index=True)
        if len(first) >= wanted or len(top) == len(scores):
            break
        size *= 4
    is_first = np.zeros(len(order), dtype=np.bool_)
    is_first[first] = True
    return np.concatenate([order[is_first], order[~is_first]])[offset:wanted]


def _top(scores: FloatArray, size: int) -> IntArray:
    """Positions of at least the `size` highest scores: all that tie with the last are among them."""
    if size >= len(scores):
        return np.arange(len(scores))
    return np.flatnonzero(scores >= np.partition(scores, -size)[-size])
