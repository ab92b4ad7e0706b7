"""The places that editions are held at. A Dutch place that the catalogue does not have yet is added from the postcodes."""

from __future__ import annotations

import re
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Place, Postcode
from catalogue.publishing.slugs import slug_of

POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*(?:[a-zA-Z]{2})?\b")


class PlaceUnknown(LookupError):
    """No place and no postcode area has this slug."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"no place is known as {slug!r}")
        self.slug = slug


def place_ids(session: Session, slugs: set[str]) -> dict[str, int]:
    """Database keys by slug; places that only the postcodes know are added, in the middle of their postcode areas.

    Raises:
        PlaceUnknown: neither knows one of the slugs.
    """
    if not slugs:
        return {}
    found = dict(session.execute(select(Place.slug, Place.id)).all())
    missing = slugs - found.keys()
    if missing:
        areas: dict[str, list[Postcode]] = {}
        for area in session.scalars(select(Postcode)):
            areas.setdefault(slug_of(area.place_name), []).append(area)
        for slug in sorted(missing):
            if slug not in areas:
                raise PlaceUnknown(slug)
            found[slug] = _add_place(session, slug, areas[slug])
    return {slug: found[slug] for slug in slugs}


def _add_place(session: Session, slug: str, areas: list[Postcode]) -> int:
    place = Place(
        slug=slug,
        name=areas[0].place_name,
        province="",
        latitude=round(median(area.latitude for area in areas), 4),
        longitude=round(median(area.longitude for area in areas), 4),
    )
    session.add(place)
    session.flush()
    return place.id


def place_slug(session: Session, text: str) -> str | None:
    """The slug by which `place_ids` knows the place, or the place of a postcode, that somebody typed; None when it is neither."""
    if not (slug := slug_of(text)):
        return None
    if match := POSTCODE.match(text):
        area = session.scalars(select(Postcode.place_name).where(Postcode.digits == match[1]).order_by(Postcode.place_name)).first()
        return slug_of(area) if area else None
    for place in session.scalars(select(Place)):
        if slug in (place.slug, *(slug_of(name) for name in (place.name, *place.other_names))):
            return place.slug
    names = session.scalars(select(Postcode.place_name).distinct())
    return slug if any(slug_of(name) == slug for name in names) else None
