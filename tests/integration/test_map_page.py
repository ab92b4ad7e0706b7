"""The map of a search: the same counts as the search itself, each place a way to its modules, drawn and as a list."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from tests.pages import Page, get

SVG = "{http://www.w3.org/2000/svg}"
SEARCHES = [
    "",
    "?q=warmtepomp",
    "?q=warmtepomp&near=4811&radius_km=50",
    "?near=Breda&radius_km=15&max_price_eur=500",
    "?level=mbo-4&level=mbo-3&format=on-site&sort=price",
    "?format=online",
    "?q=lassen+omgeving+Breda",
    "?q=excel+Breda&moment=evening",
    "?q=zonnepanelen&place=breda",
]


def rows_of(page: Page) -> dict[str, tuple[str, int]]:
    """Address and number of modules of each place in the list."""
    rows = [row for table in page.with_class("lw-map__list") for body in table.iter("tbody") for row in body.iter("tr")]
    links = [(next(row.iter("a")), next(row.iter("td"))) for row in rows]
    return {words_of(link): (link.get("href", ""), int(words_of(cell))) for link, cell in links}


def words_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def links_on(page: Page, size: str) -> dict[str, str]:
    """What each place on a drawing says, with its address."""
    drawing = next(one for one in page.root.iter() if f"lw-map__drawing--{size}" in (one.get("class") or ""))
    return {link.get("aria-label", ""): link.get("href", "") for link in drawing.iter(f"{SVG}a")}


def found_at(client: FlaskClient, address: str) -> int:
    """How many modules a page of results says that it found."""
    return int(re.match(r"[\d.]+", get(client, address).text("h2", id="gevonden"))[0].replace(".", ""))  # type: ignore[index]


@pytest.mark.parametrize("search", SEARCHES)
def test_each_place_leads_to_as_many_modules_as_it_says(client: FlaskClient, search: str) -> None:
    rows = rows_of(get(client, f"/kaart{search}"))
    assert {name: found_at(client, address) for name, (address, _count) in rows.items()} == {
        name: count for name, (_address, count) in rows.items()
    }


@pytest.mark.parametrize("search", SEARCHES)
def test_the_drawings_say_what_the_list_says(client: FlaskClient, search: str) -> None:
    page = get(client, f"/kaart{search}")
    rows = rows_of(page)
    if not rows:
        assert page.with_class("lw-map__drawing") == []
        return
    wide = links_on(page, "wide")
    assert {said.partition(":")[0]: address for said, address in wide.items()} == {name: rows[name][0] for name in rows}
    assert {said.partition(":")[0]: count_in(said) for said in wide} == {name: count for name, (_address, count) in rows.items()}


@pytest.mark.parametrize("search", SEARCHES)
def test_on_a_small_screen_what_would_overlap_stands_together(client: FlaskClient, search: str) -> None:
    page = get(client, f"/kaart{search}")
    small = links_on(page, "small")
    assert {said: found_at(client, address) for said, address in small.items()} == {said: count_in(said) for said in small}
    places = [place for address in small.values() for place in parse_qs(urlsplit(address).query)["place"]]
    assert sorted(places) == sorted(parse_qs(urlsplit(address).query)["place"][0] for address, _count in rows_of(page).values())
    if not search:
        assert len(small) < len(places) / 2


def count_in(said: str) -> int:
    return int(re.search(r": (\d+) modules?\b", said)[1])  # type: ignore[index]


def test_counts_are_those_of_the_facet(client: FlaskClient) -> None:
    facet = client.get("/api/v1/modules?q=warmtepomp&max_price_eur=900").get_json()["facets"]["place"]
    rows = rows_of(get(client, "/kaart?q=warmtepomp&max_price_eur=900"))
    assert {one["label"]: one["count"] for one in facet} == {name: count for name, (_address, count) in rows.items()}


def test_online_is_counted_apart(client: FlaskClient) -> None:
    page = get(client, "/kaart?q=warmtepomp")
    online = next(link for link in page.all("a") if words_of(link) == "Toon wat online is")
    said = next(words_of(one) for one in page.all("p") if "online volgen" in words_of(one))
    assert said.startswith(f"{found_at(client, online.get('href', ''))} modules")
    assert "online volgen" not in get(client, "/kaart?q=warmtepomp&format=on-site").text()


def test_distances_and_nearest_first(client: FlaskClient) -> None:
    page = get(client, "/kaart?q=warmtepomp&near=4811&radius_km=50")
    cells = [[words_of(cell) for cell in row.iter("td")] for table in page.with_class("lw-map__list") for row in table.iter("tr")]
    distances = [int(cell[1].removesuffix(" km")) for cell in cells if cell]
    assert distances == sorted(distances)
    assert 0 <= distances[0] < 10
    assert distances[-1] <= 50
    assert "Binnen de lijn is het hoogstens 50 km." in page.text()


def test_who_chose_a_place_sees_the_others_too(client: FlaskClient) -> None:
    rows = rows_of(get(client, "/kaart?q=zonnepanelen&place=breda"))
    assert len(rows) > 1
    assert {name: parse_qs(urlsplit(address).query)["place"] for name, (address, _) in rows.items()}.keys() == rows_of(
        get(client, "/kaart?q=zonnepanelen")
    ).keys()
    assert [words_of(tag) for tag in get(client, "/kaart?q=zonnepanelen&place=breda").with_class("lw-tag")] == ["uw keuze"]


def test_filters_are_kept_and_can_be_taken_away(client: FlaskClient) -> None:
    page = get(client, "/kaart?q=warmtepomp&level=mbo-4&near=Breda")
    hidden = {(field.get("name"), field.get("value")) for field in page.all("input", type="hidden")}
    assert ("level", "mbo-4") in hidden
    assert {name for name, _value in hidden}.isdisjoint({"q", "near", "radius_km"})
    wishes = [link.get("href", "") for item in page.all("ul", class_="lw-wishes") for link in item.iter("a")]
    assert wishes
    assert all(urlsplit(address).path == "/kaart" for address in wishes)


def test_from_results_to_the_map_and_back(client: FlaskClient) -> None:
    results = get(client, "/modules?q=warmtepomp&level=mbo-4&page=2")
    there = next(link.get("href", "") for link in results.all("a") if words_of(link) == "Toon op de kaart")
    assert there == "/kaart?q=warmtepomp&level=mbo-4"
    back = next(link.get("href", "") for link in get(client, there).all("a") if words_of(link).startswith("Toon de modules"))
    assert back == "/modules?q=warmtepomp&level=mbo-4"


def test_nothing_found_and_nonsense(client: FlaskClient) -> None:
    assert "Er is niets gevonden." in get(client, "/kaart?q=warmtepomp&level=wo-master&max_price_eur=1").text()
    assert "0 plaatsen" in get(client, "/kaart?format=online&provider=niemand").text()
    page = get(client, "/kaart?near=Nergenshuizen&max_price_eur=veel&radius_km=ver&page=x")
    assert page.title.startswith("Fout:")
    assert len(rows_of(page)) > 10
