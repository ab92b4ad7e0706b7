"""From what people type to a point on the map."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.database import Database
from catalogue.models import Place, Postcode
from catalogue.places import asked_place, find_point
from catalogue.points import Point

DEN_BOSCH, STRIJP, NUENEN = Point(51.70, 5.30), Point(51.45, 5.45), Point(51.5, 5.5)


@pytest.fixture
def places(database: Database) -> Database:
    with database.writing() as session:
        session.add(
            Place(
                slug="s-hertogenbosch",
                name="'s-Hertogenbosch",
                other_names=["Den Bosch"],
                province="Noord-Brabant",
                latitude=DEN_BOSCH.latitude,
                longitude=DEN_BOSCH.longitude,
            )
        )
        session.add(Postcode(digits="5616", place_name="Eindhoven", latitude=STRIJP.latitude, longitude=STRIJP.longitude))
        session.add(Postcode(digits="5671", place_name="Nuenen", latitude=51.4, longitude=5.4))
        session.add(Postcode(digits="5672", place_name="Nuenen", latitude=51.6, longitude=5.6))
    return database


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("5616", STRIJP),
        (" 5616 ab", STRIJP),
        ("5616AB", STRIJP),
        ("5616 AB Eindhoven", STRIJP),
        ("'s-Hertogenbosch", DEN_BOSCH),
        ("s hertogenbosch", DEN_BOSCH),
        ("den  bosch", DEN_BOSCH),
        ("denbosch", DEN_BOSCH),
        ("DÉN BOSCH", DEN_BOSCH),
        ("nuenen", NUENEN),
        ("9999", None),
        ("Atlantis", None),
        ("", None),
        ("'s", None),
        ("x" * 10_000, None),
    ],
)
def test_find_point(places: Database, text: str, point: Point | None) -> None:
    with places.reading() as session:
        found = find_point(session, text)
    assert (found is None) == (point is None)
    if found and point:
        assert (found.latitude, found.longitude) == pytest.approx((point.latitude, point.longitude))


@pytest.mark.parametrize(
    ("text", "similar"),
    [
        ("Bosch", ["'s-Hertogenbosch"]),
        ("Nuennen", ["Nuenen"]),
        ("eindhoven centrum", ["Eindhoven"]),
        ("Brabant", ["'s-Hertogenbosch"]),
        ("noord-brabant", ["'s-Hertogenbosch"]),
        ("5600", ["5616 Eindhoven", "5671 Nuenen"]),
        ("5670 AB", ["5671 Nuenen", "5616 Eindhoven"]),
        ("9999", []),
        ("Atlantis", []),
        ("", []),
        ("'s", []),
        ("5616", []),
        ("x" * 10_000, []),
    ],
)
def test_a_place_that_is_not_there_gives_what_may_have_been_meant(places: Database, text: str, similar: list[str]) -> None:
    with places.reading() as session:
        asked = asked_place(session, text)
        assert list(asked.similar) == similar
        assert all(find_point(session, name) for name in asked.similar)


def test_a_province_gives_the_places_where_most_can_be_learned(seeded_app: Flask) -> None:
    with seeded_app.extensions["leerwijzer"].database.reading() as session:
        assert asked_place(session, "Brabant").similar[0] == "Eindhoven"
