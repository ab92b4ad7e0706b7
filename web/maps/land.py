"""The land under a map, as dots where people live: made of postcodes, so that no outline of somebody else is needed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from web.maps.layout import Window

DOT = 6.0
"""Units from dot to dot."""
AROUND_KM = 3.6
"""So far around the middle of a postcode there is land."""


def land_path(places_km: Sequence[tuple[float, float]], window: Window) -> str:
    """An SVG path of rows of dots, as lines from the first dot of each row to its last; a dashed stroke makes dots of them.

    Args:
        places_km: middles of postcodes on the plane of `web.maps.layout`.
    """
    if not places_km:
        return ""
    rows, columns = int(window.height / DOT) + 1, int(window.width / DOT) + 1
    reach = max(1, round(AROUND_KM * window.scale / DOT))
    at = (np.array(places_km) - (window.west, window.north)) * window.scale / DOT
    column, row = np.rint(at).astype(np.int64).T
    is_near = (column > -reach) & (column < columns + reach) & (row > -reach) & (row < rows + reach)
    column, row = column[is_near] + reach, row[is_near] + reach
    # With a border as wide as a disc, no disc around a place near the edge leaves the grid.
    land = np.zeros((rows + 2 * reach, columns + 2 * reach), dtype=np.bool_)
    for down in range(-reach, reach + 1):
        for aside in range(-reach, reach + 1):
            if down**2 + aside**2 <= reach**2:
                land[(row + down).clip(0, len(land) - 1), (column + aside).clip(0, land.shape[1] - 1)] = True
    return _lines(land[reach:-reach, reach:-reach])


def _lines(land: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> str:
    """One line for each row of dots beside each other."""
    edges = np.diff(np.pad(land, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    first, last = np.argwhere(edges == 1), np.argwhere(edges == -1)
    return "".join(
        f"M{column * DOT:g} {row * DOT:g}h{(end - column - 1) * DOT:g}"
        for (row, column), (_row, end) in zip(first.tolist(), last.tolist(), strict=True)
    )
