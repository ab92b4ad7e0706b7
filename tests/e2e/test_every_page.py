"""Every page of the site in a real browser: in both languages, on desktop and phone, by day and night, with and without JavaScript.

Not every mixture of the four is tried on every page, but every pair of two choices is ("dark on a phone", "English without
JavaScript"): five rounds instead of sixteen. Faults that need three choices at once are rare (Kuhn, Wallace and Gallo, 2004).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Page, Route

from tests.e2e import looking
from tests.e2e.conftest import Visitor, Visitors
from tests.e2e.everywhere import STATUSES, Stop, Who, by_letter, of_member, pages_of, stops, tokens
from tests.pages import problems_in

DESKTOP, PHONE = 1280, 320
"""320 pixels is the width of WCAG 1.4.10, and of the smallest telephone."""

FIRST_VIEW_BYTES, CSS_BYTES, SCRIPT_BYTES = 100_000, 30_000, 15_000
"""The most that a page may weigh, compressed: everything on a first visit, all styles, all scripts."""


class Round(NamedTuple):
    """One way to look at every page."""

    language: str
    width: int
    scheme: str
    has_javascript: bool

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{self.scheme}-{'script' if self.has_javascript else 'plain'}"


ROUNDS = (
    Round("nl", DESKTOP, "light", has_javascript=True),
    Round("nl", PHONE, "dark", has_javascript=False),
    Round("en", DESKTOP, "dark", has_javascript=False),
    Round("en", PHONE, "light", has_javascript=False),
    Round("en", PHONE, "dark", has_javascript=True),
)


@pytest.fixture(scope="module")
def held(seeded_app: Flask) -> dict[Who, str]:
    """What the browser of each visitor holds."""
    return tokens(seeded_app)


@pytest.fixture(scope="module")
def way(seeded_app: Flask, held: dict[Who, str]) -> list[Stop]:
    """Every page, with who asks for it."""
    return stops(by_letter(seeded_app), of_member(seeded_app, held[Who.MEMBER]))


def without_scripts(route: Route) -> None:
    """What a browser makes of a page when scripts are off, in a browser that can still be asked about it."""
    answer = route.fetch()
    text = re.sub(r"<script\b[^>]*></script>|</?noscript>", "", answer.text())
    route.fulfill(response=answer, body=text)


def opened(visitors: Visitors, how: Round, token: str = "") -> Visitor:
    """A window for a round."""
    visitor = visitors.open(width=how.width, scheme=how.scheme, language=how.language)
    visitor.context.add_init_script(looking.AXE)  # once a window: sending it to each page takes as long as a look
    if not how.has_javascript:
        visitor.page.route(lambda url: "/static/" not in url, without_scripts)
    if token:
        visitor.context.add_cookies([{"name": "leerwijzer", "value": token, "url": visitor.site}])
    return visitor


def wrong_on(page: Page) -> Iterator[str]:
    """Everything that is wrong with what the browser shows now."""
    for look in (looking.axe_findings, looking.sideways, looking.small_targets, looking.wrong_at_double_size, looking.hidden_focus):
        yield from look(page)


def test_every_page_has_a_way(seeded_app: Flask, way: list[Stop]) -> None:
    """A new route fails here until `everywhere.py` or the list of pages says how to get there."""
    named = {stop.name for stop in way}
    assert pages_of(seeded_app) - named == set()
    assert {name for name in named if "." in name} - pages_of(seeded_app) == set()


def test_the_rounds_hold_every_pair_of_choices() -> None:
    choices = [set(values) for values in zip(*ROUNDS, strict=True)]
    for first, second in combinations(range(len(choices)), 2):
        assert len({(one[first], one[second]) for one in ROUNDS}) == len(choices[first]) * len(choices[second])


@pytest.mark.parametrize(
    "how", ROUNDS, ids=lambda how: f"{how.language}-{how.width}-{how.scheme}-{'js' if how.has_javascript else 'plain'}"
)
def test_nothing_is_wrong(visitors: Visitors, way: list[Stop], held: dict[Who, str], how: Round) -> None:
    windows = {who: opened(visitors, how, token) for who, token in held.items()}
    found: dict[str, list[str]] = {}
    for stop in way:
        visitor = windows[stop.who]
        page = visitor.visit(stop.path, stop.status)
        assert page.url == visitor.site + stop.path, f"{stop.name} leads elsewhere"
        found[stop.name] = [*wrong_on(page), *troubles_of(visitor, stop)]
    assert {name: faults for name, faults in found.items() if faults} == {}


def troubles_of(visitor: Visitor, stop: Stop) -> list[str]:
    """What the browser complained of on this page; that it did not answer 200 is known."""
    expected = f"console: Failed to load resource: the server responded with a status of {stop.status}"
    troubles = [said for said in visitor.troubles if not (stop.name in STATUSES and said.startswith(expected))]
    visitor.troubles.clear()
    return troubles


def test_html_is_valid_and_light(visitors: Visitors, way: list[Stop], held: dict[Who, str]) -> None:
    """Of every page the text as it was sent, in both languages, and the weight of all that comes with it."""
    weights: dict[str, int] = {}
    found: dict[str, list[str]] = {}
    for language in ("nl", "en"):
        how = Round(language, DESKTOP, "light", has_javascript=True)
        windows = {who: opened(visitors, how, token) for who, token in held.items()}
        for stop in way:
            text = windows[stop.who].context.request.get(windows[stop.who].site + stop.path).text()
            found[f"{stop.name} in {language}"] = problems_in(text)
            weights[stop.name] = max(weights.get(stop.name, 0), compressed(text.encode()))
    assert {name: faults for name, faults in found.items() if faults} == {}
    shared, styles, scripts = shared_weight(visitors)
    assert styles <= CSS_BYTES
    assert scripts <= SCRIPT_BYTES
    assert {name: size + shared for name, size in weights.items() if size + shared > FIRST_VIEW_BYTES} == {}


def shared_weight(visitors: Visitors) -> tuple[int, int, int]:
    """Compressed bytes of all files that come with a page; of those, styles; and scripts."""
    files: dict[str, bytes] = {}
    visitor = visitors.open()
    visitor.page.on("response", lambda answer: files.update({answer.url: answer.body()}) if "/static/" in answer.url else None)
    visitor.visit("/").wait_for_load_state("networkidle")
    sizes = {url: len(body) if url.endswith(".woff2") else compressed(body) for url, body in files.items()}
    by_kind = [sum(size for url, size in sizes.items() if url.endswith(kind)) for kind in (".css", ".js")]
    assert all(by_kind)
    return sum(sizes.values()), by_kind[0], by_kind[1]


def compressed(body: bytes) -> int:
    return len(gzip.compress(body))
