"""One map, ready to be drawn: the land, the circles with their names, the reader's own place, and the scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.points import Point
from web.maps.land import land_path
from web.maps.layout import Circle, Spot, Style, Window, laid_out, plane, window_around

WIDE = Style(width=640, tallest=720, least_radius=13, most_radius=30, letters=14)
SMALL = Style(width=288, tallest=400, least_radius=12.5, most_radius=20, letters=12, is_clustered=True)
"""For a telephone of 320 pixels; there one unit is one pixel, so that a circle is large enough for a finger."""
OWN_RADIUS = 9.0
LONGEST_RADIUS_KM = 120
"""A wider circle around the own place does not make the map any wider."""
BAR_LENGTHS_KM = (100, 50, 25, 10, 5, 2, 1)
BAR_STRIP = 20.0
LONGEST_BAR = 0.25
"""Of the width of the map."""


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """Where the reader is, in units; `reach` is the radius that was asked for, 0 where none was."""

    x: float
    y: float
    reach: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map. `land` is a path; the bar of the scale is `bar` units long for `bar_km`."""

    window: Window
    style: Style
    land: str
    circles: Sequence[Circle]
    own: OwnPlace | None
    bar: float
    bar_km: int

    @property
    def height(self) -> float:
        """Of the whole, in units: the bar stands below the map, where no circle can come."""
        return self.window.height + BAR_STRIP


def drawing(spots: Sequence[Spot], land_km: Sequence[tuple[float, float]], style: Style, near: Point | None, radius_km: float) -> Drawing:
    """The map of some places, and of the own one where it is given. Raises ValueError without any place.

    Args:
        land_km: middles of postcodes, on the plane.
        near: where the reader is.
        radius_km: how far they want to travel; 0 for any distance.
    """
    window = window_around([*((spot.east, spot.south) for spot in spots), *_around(near, radius_km)], style)
    own = OwnPlace(*window.at(*plane(near)), radius_km * window.scale) if near else None
    circles = laid_out(spots, window, style, (own.x, own.y, OWN_RADIUS) if own else None)
    bar_km = next((km for km in BAR_LENGTHS_KM if km * window.scale <= LONGEST_BAR * window.width), BAR_LENGTHS_KM[-1])
    return Drawing(window, style, land_path(land_km, window), circles, own, bar_km * window.scale, bar_km)


def _around(near: Point | None, radius_km: float) -> list[tuple[float, float]]:
    """The edges of the circle around the own place, in km on the plane."""
    if near is None:
        return []
    east, south = plane(near)
    reach = min(radius_km, LONGEST_RADIUS_KM)
    return [(east - reach, south), (east + reach, south), (east, south - reach), (east, south + reach)]
