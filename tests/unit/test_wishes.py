"""Words that ask for a place, a part of the week or a price."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.points import Point
from catalogue.search.port import Query
from catalogue.search.wishes import NamedPlace, place_names, read_text, wished_for

TODAY = date(2026, 11, 21)
HERE = Point(51.6, 5.3)
PLACES = place_names(
    [
        (NamedPlace("den-bosch", "'s-Hertogenbosch", HERE), ["'s-Hertogenbosch", "Den Bosch"]),
        (NamedPlace("breda", "Breda", HERE), ["Breda"]),
        (NamedPlace("best", "Best", HERE), ["Best"]),
        (NamedPlace("bergen-op-zoom", "Bergen op Zoom", HERE), ["Bergen op Zoom"]),
        (NamedPlace("", "Sint-Oedenrode", HERE), ["Sint-Oedenrode"]),
        (NamedPlace("", "Dieren", HERE), ["Dieren"]),
    ]
)


@pytest.mark.parametrize(
    ("text", "subject", "wishes"),
    [
        ("BHV den bosch zaterdag", "BHV zaterdag", {"place": "den-bosch", "moment": "weekend"}),
        ("lassen in 's-Hertogenbosch", "lassen", {"place": "den-bosch"}),
        ("lassen s hertogenbosch", "lassen", {"place": "den-bosch"}),
        ("avondcursus excel onder 500 euro", "excel", {"moment": "evening", "max_price_eur": 500.0}),
        ("excel 's avonds", "excel", {"moment": "evening"}),
        ("excel in de avond max € 1.250,-", "excel", {"moment": "evening", "max_price_eur": 1250.0}),
        ("gratis cursus Engels overdag", "cursus Engels", {"max_price_eur": 0.0, "moment": "daytime"}),
        ("in de buurt van Breda lassen", "lassen", {"near": "Breda"}),
        ("zorg regio bergen op zoom", "zorg", {"place": None, "near": "Bergen op Zoom"}),
        ("zorg in sint oedenrode", "zorg", {"near": "Sint-Oedenrode"}),
        ("wat is de best betaalde baan", "wat is de best betaalde baan", {}),
        ("lassen in best", "lassen", {"place": "best"}),
        ("werken met dieren", "werken met dieren", {}),
        ("zorg in Dieren", "zorg", {"near": "Dieren"}),
        ("werken in dieren", "werken in dieren", {}),
        ("lassen 300 euro", "lassen", {"max_price_eur": 300.0}),
        ("€ 50 breien", "breien", {"max_price_eur": 50.0}),
        ("lassen meer dan 300 euro", "lassen meer dan 300 euro", {}),
        ("tot 500 leerlingen begeleiden", "tot 500 leerlingen begeleiden", {}),
        ("python in mijn eigen tempo", "python", {"moment": "own-time"}),
        ("weekendtas naaien", "weekendtas naaien", {}),
        ("zonder tillen", "", {"strain": "zonder tillen"}),
        ("zorg, niet meer zwaar tillen in Best", "zorg,", {"strain": "niet meer zwaar tillen", "place": "best"}),
        ("Lichter werk als loodgieter", "als loodgieter", {"strain": "lichter werk"}),
        ("tillen en verplaatsen", "tillen en verplaatsen", {}),
        ("riool repareren zonder graven", "riool repareren zonder graven", {}),
        ("werk zonder diploma", "werk zonder diploma", {}),
        ("", "", {}),
    ],
)
def test_words_become_wishes(text: str, subject: str, wishes: dict[str, object]) -> None:
    read = read_text(text, PLACES)
    assert read.subject == subject
    assert {wish.name: wish.value for wish in read.wishes} == {name: value for name, value in wishes.items() if value is not None}


def test_a_wish_can_be_taken_back() -> None:
    read = read_text("BHV in Den Bosch zaterdag", PLACES)
    assert {wish.name: read.without(wish) for wish in read.wishes} == {"place": "BHV zaterdag", "moment": "BHV in Den Bosch"}


def test_evening_and_weekend_together() -> None:
    query, _ = wished_for(Query(TODAY, "excel avond of weekend"), read_text("excel avond of weekend", PLACES))
    assert query.filters == {"moment": {"evening", "weekend", "evening+weekend"}}


def test_what_was_chosen_goes_before_what_was_typed() -> None:
    chosen = Query(TODAY, "lassen breda avond gratis", filters={"place": frozenset(["best"])}, max_price_eur=10.0)
    query, read = wished_for(chosen, read_text(chosen.text, PLACES))
    assert (query.text, query.filters["place"], query.max_price_eur) == ("lassen breda gratis", {"best"}, 10.0)
    assert [wish.name for wish in read.wishes] == ["moment"]


def test_the_surroundings_of_a_place_are_a_point_with_a_radius() -> None:
    query, _ = wished_for(Query(TODAY, "lassen omgeving breda"), read_text("lassen omgeving breda", PLACES))
    assert (query.text, query.near, query.radius_km, query.filters) == ("lassen", HERE, 25.0, {})
