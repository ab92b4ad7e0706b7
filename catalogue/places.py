"""Where is that? From what people type to a point on the map."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.language.dutch import tokens
from catalogue.models import Edition, Place, Postcode
from catalogue.points import Point, distance_km

MAX_CHARS = 80

SIMILAR_PLACES = 3
LEAST_ALIKE = 75
"""Names below this, on RapidFuzz's scale of 0 to 100, are no misspelling of each other."""
MOST_BEHIND = 12
"""A name that much less alike than the best one is not what was meant."""

_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*(?:[a-zA-Z]{2})?\b")


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """What somebody typed as a place: where that is; else names and postcodes that come near, best first."""

    point: Point | None = None
    similar: Sequence[str] = ()


def asked_place(session: Session, text: str) -> AskedPlace:
    """Where the place is that somebody typed, or what may have been meant; "" is no place."""
    if not text:
        return AskedPlace()
    point = find_point(session, text)
    return AskedPlace(point) if point else AskedPlace(None, similar_places(session, text))


def find_point(session: Session, text: str) -> Point | None:
    """The middle of a postcode area ("5611", "5611 AB") or of a place, by any of its names; None when it is neither.

    Capitals, accents and apostrophes make no difference: "'s-Hertogenbosch", "s hertogenbosch" and "Den Bosch" are the same place,
    and so is "denbosch".
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
    name = name.replace(" ", "")
    for place in session.scalars(select(Place).order_by(Place.name)):
        if name in (_comparable(called).replace(" ", "") for called in (place.name, *place.other_names)):
            return Point(place.latitude, place.longitude)
    middle = select(Postcode.place_name, func.avg(Postcode.latitude), func.avg(Postcode.longitude)).group_by(Postcode.place_name)
    for place_name, latitude, longitude in session.execute(middle.order_by(Postcode.place_name)):
        if name == _comparable(place_name).replace(" ", ""):
            return Point(latitude, longitude)
    return None


def province_of(session: Session, point: Point) -> str:
    """The province of the place nearest to a point; "" where no places are known."""
    places = session.scalars(select(Place).order_by(Place.name)).all()
    nearest = min(places, key=lambda place: distance_km(point, Point(place.latitude, place.longitude)), default=None)
    return nearest.province if nearest else ""


def places_by_slug(session: Session, slugs: Collection[str]) -> dict[str, Place]:
    """The places with these slugs."""
    return {place.slug: place for place in session.scalars(select(Place).where(Place.slug.in_(slugs)))}


def province_at(session: Session, point: Point) -> str:
    """The province of the nearest place that we know; "" without any."""
    # A degree to the east is as long as .62 of one to the north, at the latitude of the Netherlands.
    east, north = (Place.longitude - point.longitude) * 0.62, Place.latitude - point.latitude
    return session.scalar(select(Place.province).order_by(east * east + north * north, Place.id).limit(1)) or ""


def postcode_points(session: Session) -> list[Point]:
    """The middles of all postcode areas: where people live."""
    middles = select(Postcode.latitude, Postcode.longitude).order_by(Postcode.digits, Postcode.place_name)
    return [Point(latitude, longitude) for latitude, longitude in session.execute(middles)]


def similar_places(session: Session, text: str) -> list[str]:
    """What somebody may have meant who typed a place that is not there, at most `SIMILAR_PLACES`, each understood by `find_point`.

    A postcode gives the nearest ones that exist, of different places; the name of a province the places in it where most can be
    learned; anything else the names that look like it, larger places first.
    """
    text = text[:MAX_CHARS]
    if match := _POSTCODE.match(text):
        return _near_postcodes(session, match[1])
    name = _comparable(text)
    if not name:
        return []
    places = session.scalars(
        select(Place)
        .outerjoin(Edition, Edition.place_id == Place.id)
        .group_by(Place.id)
        .order_by(func.count(Edition.id).desc(), Place.name)
    ).all()
    if within := [place.name for place in places if name in _province_names(place.province)]:
        return within[:SIMILAR_PLACES]
    known = {called: place.name for place in places for called in (place.name, *place.other_names)}
    names = known | {called: called for called in session.scalars(select(Postcode.place_name).distinct().order_by(Postcode.place_name))}
    alike = {called: _alikeness(name, _comparable(called)) for called in names}
    least = max(LEAST_ALIKE, max(alike.values(), default=0.0) - MOST_BEHIND)
    best = sorted((-score, called not in known, called) for called, score in alike.items() if score >= least)
    return list(dict.fromkeys(names[called] for _score, _is_small, called in best))[:SIMILAR_PLACES]


def _alikeness(name: str, other: str) -> float:
    """From 0 to 100: letter by letter, or a little less when all long words of one stand in the other ("bosch", "den bosch")."""
    long_words, other_words = ({word for word in words.split() if len(word) > 3} for words in (name, other))
    is_within = long_words and other_words and (long_words <= other_words or other_words <= long_words)
    return max(fuzz.ratio(name, other), 90.0 if is_within else 0.0)


def _near_postcodes(session: Session, digits: str) -> list[str]:
    """Postcodes that exist with their places, the nearest number first, one of each place."""
    region = select(Postcode.digits, Postcode.place_name).where(Postcode.digits.startswith(digits[:2])).order_by(Postcode.digits)
    nearest = sorted(session.execute(region), key=lambda row: abs(int(row[0]) - int(digits)))
    by_place: dict[str, str] = {}
    for found, place_name in nearest:
        by_place.setdefault(place_name, f"{found} {place_name}")
    return list(by_place.values())[:SIMILAR_PLACES]


def _province_names(province: str) -> set[str]:
    """A province by its name, and by its last word for what is short of it ("Brabant")."""
    whole = _comparable(province)
    return {whole, whole.rpartition(" ")[2]} - {"holland"}


def _comparable(name: str) -> str:
    """Folded words; the 's or 't that some names begin with falls away."""
    words = [word for parts in tokens(name) for word in parts]
    return " ".join(word for word in words if len(word) > 1)
