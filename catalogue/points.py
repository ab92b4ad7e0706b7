"""A point on the map, and how far it is to another."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, WGS84."""

    latitude: float
    longitude: float


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance by the haversine formula, in km."""
    south, north = math.radians(one.latitude), math.radians(other.latitude)
    half_height = math.sin((north - south) / 2)
    half_width = math.sin(math.radians(other.longitude - one.longitude) / 2)
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half_height**2 + math.cos(south) * math.cos(north) * half_width**2)))
