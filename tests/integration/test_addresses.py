"""Files that browsers and search engines ask for by a fixed address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.page_table import MODULE, PAGES
from tests.pages import get
from web import addresses


def locations(client: FlaskClient, path: str) -> list[str]:
    """The paths that a part of the map names."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "application/xml"
    return [urlsplit(address).path for address in re.findall(r"<loc>([^<>]+)</loc>", answer.get_data(as_text=True))]


def test_the_map_names_every_public_page_once(client: FlaskClient) -> None:
    parts = locations(client, "/sitemap.xml")
    assert parts == ["/sitemap-1.xml"]
    found = locations(client, parts[0])
    assert len(found) == len(set(found))
    assert {"/", "/modules", "/hubs/transitiehub-energie-breda", "/aanbieders/curio", f"/modules/{MODULE}"} <= set(found)
    assert sum(path.startswith("/modules/") for path in found) == 535
    assert {client.get(path).status_code for path in found[::40]} == {200}


def test_a_large_map_comes_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "MODULES_A_PART", 200)
    parts = locations(client, "/sitemap.xml")
    assert parts == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    found = [path for part in parts for path in locations(client, part)]
    assert len(found) == len(set(found))
    assert sum(path.startswith("/modules/") for path in found) == 535
    assert [client.get(f"/sitemap-{part}.xml").status_code for part in (0, 4, 10**30)] == [404, 404, 404]


def test_robots_are_kept_from_pages_about_one_visitor(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").get_data(as_text=True).splitlines()
    assert {"Disallow: /profiel/", "Disallow: /account"} <= set(lines)
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"


def test_search_engines_keep_the_pages_of_the_map_and_no_others(client: FlaskClient) -> None:
    kept = {endpoint for endpoint, path in PAGES.items() if not get(client, path).all("meta", name="robots")}
    assert kept == {*addresses.FIXED_PAGES, "browse.module", "browse.hub", "browse.provider"}


def test_the_icon_is_found_where_browsers_look(client: FlaskClient) -> None:
    answer = client.get("/favicon.ico", follow_redirects=True, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
