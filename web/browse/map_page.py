"""The map of a search as template values: the drawings, and the same as a list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from catalogue.models import Place
from catalogue.points import Point, distance_km
from catalogue.search.answering import Spread
from catalogue.vocabulary import Format
from web import words
from web.browse.addresses import address, changed
from web.browse.forms import SearchForm
from web.browse.search_page import Wish, chosen_filters, read_wish
from web.languages import _, ngettext
from web.maps.drawing import SMALL, WIDE, Drawing, drawing
from web.maps.layout import Spot, plane

ASKED = ("q", "near", "radius_km")
"""What one can fill in beside the map; the other filters are chosen beside the list of modules."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its modules: `modules` in words, `distance` "" where it is not known, and the address of these modules."""

    slug: str
    name: str
    count: int
    modules: str
    distance: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything that the page of the map shows."""

    heading: str
    total: str
    rows: Sequence[PlaceRow]
    drawings: Mapping[str, tuple[Drawing, Mapping[str, PlaceRow]]]
    """The same map for a wide and for a small screen, by name, each with what its circles say; empty where there is nothing to draw."""
    radius: str
    """The circle around the own place in words, "" where there is none."""
    wishes: Sequence[Wish]
    read: Sequence[Wish]
    online: str
    online_address: str
    kept: Sequence[tuple[str, str]]
    """Filters that the form on this page does not ask for, as hidden fields."""
    results: str
    """The same search as a list of modules."""
    is_degraded: bool


def map_page(
    form: SearchForm,
    spread: Spread,
    places: Mapping[str, Place],
    land: Sequence[Point],
    names: Mapping[str, Mapping[str, str]],
    found_in: Callable[[Collection[str]], int],
) -> MapPage:
    """The page of the map.

    Args:
        places: those that `spread` counts, by slug.
        land: where people live, to draw the land with.
        names: as `words.facet_value` takes them.
        found_in: how many modules there are in some of the places, each counted once.
    """
    parameters, near = form.parameters(), spread.query.near
    rows = place_rows(form, spread, places)
    spots = [Spot(slug, place.name, *plane(_point(place)), spread.places[slug]) for slug, place in places.items()]
    land_km = [plane(point) for point in land]
    radius_km = spread.query.radius_km or 0 if near else 0
    drawn = {name: drawing(spots, land_km, style, near, radius_km) for name, style in (("wide", WIDE), ("small", SMALL)) if spots}
    by_slug = {row.slug: row for row in rows}
    base = _anywhere(form, spread)
    return MapPage(
        heading=ngettext("%(num)s plaats met modules", "%(num)s plaatsen met modules", len(rows)),
        total=ngettext(
            "Wij vonden %(num)s module, op een plaats of online.", "Wij vonden %(num)s modules, op een plaats of online.", spread.total
        ),
        rows=rows,
        drawings={
            name: (one, {circle.spot.key: _mark(circle.spot, by_slug, base, found_in) for circle in one.circles})
            for name, one in drawn.items()
        },
        radius=_("Binnen de lijn is het hoogstens %(km)s km.", km=round(radius_km)) if radius_km else "",
        wishes=[Wish(label, address("browse.search_map", without)) for label, without in chosen_filters(form, parameters, names)],
        read=[
            Wish(read_wish(wish, names), address("browse.search_map", changed(parameters, q=spread.read.without(wish) or None)))
            for wish in spread.read.wishes
        ],
        online=ngettext("%(num)s module kunt u online volgen.", "%(num)s modules kunt u online volgen.", spread.online)
        if spread.online
        else "",
        online_address=address("browse.search", changed(parameters, place=None, format=Format.ONLINE)),
        kept=[(name, value) for name, value in parameters.items(multi=True) if name not in ASKED],
        results=address("browse.search", parameters),
        is_degraded=spread.is_degraded,
    )


def place_rows(form: SearchForm, spread: Spread, places: Mapping[str, Place]) -> list[PlaceRow]:
    """The places, the nearest first; the one with most modules first where nobody said from where."""
    near, chosen = spread.query.near, form.filters().get("place", frozenset()) | _read_places(spread)
    parameters = _anywhere(form, spread)

    def order(place: Place) -> tuple[float, int, str]:
        return distance_km(near, _point(place)) if near else 0, -spread.places[place.slug], place.name

    return [
        PlaceRow(
            slug=place.slug,
            name=place.name,
            count=spread.places[place.slug],
            modules=ngettext("%(num)s module", "%(num)s modules", spread.places[place.slug]),
            distance=_("%(km)s km", km=words.number(round(distance_km(near, _point(place))))) if near else "",
            address=address("browse.search", changed(parameters, place=place.slug)),
            is_chosen=place.slug in chosen,
        )
        for place in sorted(places.values(), key=order)
    ]


def _mark(
    spot: Spot, rows: Mapping[str, PlaceRow], parameters: MultiDict[str, str], found_in: Callable[[Collection[str]], int]
) -> PlaceRow:
    """What a circle says: its place, or that place and those around it together."""
    row = rows[spot.key]
    if not spot.others:
        return row
    slugs = (spot.key, *spot.others)
    count = found_in(slugs)
    return replace(
        row,
        name=ngettext("%(place)s en %(num)s plaats erbij", "%(place)s en %(num)s plaatsen erbij", len(spot.others), place=row.name),
        count=count,
        modules=ngettext("%(num)s module", "%(num)s modules", count),
        distance="",
        address=address("browse.search", changed(parameters, place=None), place=list(slugs)),
        is_chosen=any(rows[slug].is_chosen for slug in slugs),
    )


def _anywhere(form: SearchForm, spread: Spread) -> MultiDict[str, str]:
    """What was asked, without a place that stands in the words."""
    return changed(form.parameters(), q=spread.read.anywhere or None)


def _read_places(spread: Spread) -> frozenset[str]:
    return frozenset(str(wish.value) for wish in spread.read.wishes if wish.name == "place")


def _point(place: Place) -> Point:
    return Point(place.latitude, place.longitude)
