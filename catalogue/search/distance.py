"""Distance over the globe."""

from __future__ import annotations

import math

from catalogue.search.port import Point

EARTH_RADIUS_KM = 6371.0


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance by the haversine formula, in km."""
    south, north = math.radians(one.latitude), math.radians(other.latitude)
    half_height = math.sin((north - south) / 2)
    half_width = math.sin(math.radians(other.longitude - one.longitude) / 2)
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half_height**2 + math.cos(south) * math.cos(north) * half_width**2)))
