"""Every page of the site in a real browser: in both languages, on desktop and phone, with and without JavaScript, by day and by night.

Not every mixture of the first three is tried on every page, but every pair of two choices is ("English on a phone", "English without
JavaScript"): four views instead of eight. Faults that need three choices at once are rare (Kuhn, Wallace and Gallo, 2004). Of each
view the colours are looked at both by day and by night; nothing but colours depends on that.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

import web
from tests.e2e import looking
from tests.e2e.conftest import Visitor, Visitors
from tests.e2e.everywhere import STATUSES, Stop, Who, by_letter, of_member, pages_of, stops, tokens
from tests.pages import problems_in

LANGUAGES = ("nl", "en")
DESKTOP, PHONE = 1280, 320
"""320 pixels is the width of WCAG 1.4.10, and of the smallest telephone."""

FIRST_VIEW_BYTES, CSS_BYTES, SCRIPT_BYTES = 100_000, 30_000, 15_000
"""The most that a page may weigh, compressed: everything on a first visit, all styles, all scripts."""

STYLES = sorted((Path(web.__file__).parent / "static").glob("*.css"))


class View(NamedTuple):
    """One way to look at every page."""

    language: str
    width: int
    has_javascript: bool

    def __str__(self) -> str:
        return f"{self.language}, {self.width} wide, {'with' if self.has_javascript else 'without'} scripts"


VIEWS = (
    View("nl", DESKTOP, has_javascript=True),
    View("nl", PHONE, has_javascript=False),
    View("en", PHONE, has_javascript=True),
    View("en", DESKTOP, has_javascript=False),
)
"""Of each language, first the view of the page as it came; a page without scripts is made from that."""


@pytest.fixture(scope="module")
def held(site_app: Flask) -> dict[Who, str]:
    """What the browser of each visitor holds."""
    return tokens(site_app)


@pytest.fixture(scope="module")
def way(site_app: Flask, held: dict[Who, str]) -> list[Stop]:
    """Every page, with who asks for it."""
    return stops(by_letter(site_app), of_member(site_app, held[Who.MEMBER]))


def without_scripts(text: str) -> str:
    """What a browser makes of a page when scripts are off, in a browser that can still be asked about it."""
    return re.sub(r"<script\b[^>]*></script>|</?noscript>| data-without-script", "", text)


def opened(visitors: Visitors, language: str, token: str) -> Visitor:
    """A window in a language."""
    visitor = visitors.open(language=language)
    visitor.context.add_init_script(looking.AXE)  # once a window: sending it to each page takes as long as a look
    if token:
        visitor.context.add_cookies([{"name": "leerwijzer", "value": token, "url": visitor.site}])
    return visitor


LOOKS = (looking.axe_findings_unfolded, looking.sideways, looking.small_targets, looking.wrong_at_double_size, looking.hidden_focus)


def wrong_on(visitor: Visitor, stop: Stop, views: Sequence[View]) -> Iterator[str]:
    """Everything that is wrong with a page; it is asked for once, and each view is of the same answer."""
    page = visitor.page
    for view in views:
        page.set_viewport_size({"width": view.width, "height": 800})
        if view.has_javascript:
            sent = visitor.ask(stop.path, stop.status).text()
            assert page.url == visitor.site + stop.path, f"{stop.name} leads elsewhere"
        else:
            page.set_content(without_scripts(sent))
        yield from (f"{view}: {wrong}" for look in LOOKS for wrong in look(page))
    yield from troubles_of(visitor, stop)


def test_every_page_has_a_way(site_app: Flask, way: list[Stop]) -> None:
    """A new route fails here until `everywhere.py` or the list of pages says how to get there."""
    named = {stop.name for stop in way}
    assert pages_of(site_app) - named == set()
    assert {name for name in named if "." in name} - pages_of(site_app) == set()


def test_the_views_hold_every_pair_of_choices() -> None:
    choices = [set(values) for values in zip(*VIEWS, strict=True)]
    for first, second in combinations(range(len(choices)), 2):
        assert len({(one[first], one[second]) for one in VIEWS}) == len(choices[first]) * len(choices[second])


def test_only_colours_change_by_night() -> None:
    """Else the other looks would have to be by night too."""
    styles = "".join(path.read_text(encoding="utf-8") for path in STYLES)
    nights = re.findall(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}\s*\}", styles, re.DOTALL)
    assert len(nights) == styles.count("prefers-color-scheme") == 1
    assert "light-dark(" not in styles
    assert [line for line in nights[0].split("\n") if line.strip() and not re.fullmatch(r"\s*--[\w-]+: #[0-9a-f]{6};", line)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong(visitors: Visitors, way: list[Stop], held: dict[Who, str], language: str) -> None:
    windows = {who: opened(visitors, language, token) for who, token in held.items()}
    views = [view for view in VIEWS if view.language == language]
    found = {stop.name: list(wrong_on(windows[stop.who], stop, views)) for stop in way}
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
    for language in LANGUAGES:
        windows = {who: opened(visitors, language, token) for who, token in held.items()}
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
