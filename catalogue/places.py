"""Where is that? From what people type to a point on the map."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.models import Place, Postcode
from catalogue.search.dutch import tokens
from catalogue.search.port import Point

MAX_CHARS = 80

_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*(?:[a-zA-Z]{2})?\b")


def find_point(session: Session, text: str) -> Point | None:
    """The middle of a postcode area ("5611", "5611 AB") or of a place, by any of its names; None when it is neither.

    Capitals, accents and apostrophes make no difference: "'s-Hertogenbosch", "s hertogenbosch" and "Den Bosch" are the same place.
    """
    text = text[:MAX_CHARS]
    if match := _POSTCODE.match(text):
        # Some areas hold several places: the middle of those.
        middle_of_area = select(func.avg(Postcode.latitude), func.avg(Postcode.longitude)).where(Postcode.digits == match[1])
        latitude, longitude = session.execute(middle_of_area).one()
        return None if latitude is None else Point(latitude, longitude)
    name = _comparable(text)
    if not name:
        return None
    for place in session.scalars(select(Place).order_by(Place.name)):
        if name in map(_comparable, (place.name, *place.other_names)):
            return Point(place.latitude, place.longitude)
    middle = select(Postcode.place_name, func.avg(Postcode.latitude), func.avg(Postcode.longitude)).group_by(Postcode.place_name)
    for place_name, latitude, longitude in session.execute(middle.order_by(Postcode.place_name)):
        if name == _comparable(place_name):
            return Point(latitude, longitude)
    return None


def _comparable(name: str) -> str:
    """Folded words; the 's or 't that some names begin with falls away."""
    words = [word for parts in tokens(name) for word in parts]
    return " ".join(word for word in words if len(word) > 1)
