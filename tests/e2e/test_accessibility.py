"""Every page in a real browser: no axe finding, no sideways scroll, large text, in both languages, on desktop and phone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitors
from tests.e2e.journeys import to_matches
from tests.integration.test_pages import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MAIN = ("browse.home", "browse.search", "browse.module", "learner.constraints")
DESKTOP, PHONE, SMALLEST = 1280, 360, 320

SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .filter((element) => element.checkVisibility() && !element.closest("p, li:not(:has(> a:only-child)), td, th, dd, h1, h2, h3, label"))
  .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def findings(page: Page) -> list[str]:
    """What axe says about a page."""
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [f"{rule['id']}: {node['html'][:160]}" for rule in answer.response["violations"] for node in rule["nodes"]]


def is_wider_than_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing(visitors: Visitors, width: int, language: str) -> None:
    visitor = visitors.open(width=width, language=language)
    found = {name: findings(visitor.visit(path)) for name, path in PAGES.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_in_the_dark(visitors: Visitors, width: int) -> None:
    visitor = visitors.open(width=width, scheme="dark")
    found = {name: findings(visitor.visit(PAGES[name])) for name in MAIN}
    found["matches"] = findings(to_matches(visitor))
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_matches_and_mistakes(visitors: Visitors, width: int) -> None:
    visitor = visitors.open(width=width)
    page = visitor.visit("/profiel/beroep")
    page.locator("main .lw-button--primary").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    assert findings(page) == []
    to_matches(visitor)
    page.locator(".lw-why summary").first.click()
    assert findings(page) == []
    assert findings(visitor.visit("/profiel/vaardigheden")) == []
    assert findings(visitor.visit("/modules?max_price_eur=veel&near=Nergenshuizen")) == []
    assert findings(visitor.visit("/modules?q=bestaatechtniet&level=wo-master")) == []


def test_nothing_scrolls_sideways(visitors: Visitors) -> None:
    visitor = visitors.open(width=SMALLEST)
    wide = [name for name, path in PAGES.items() if is_wider_than_window(visitor.visit(path))]
    if is_wider_than_window(to_matches(visitor)):
        wide.append("matches")
    assert wide == []


def test_text_can_be_twice_as_large(visitors: Visitors) -> None:
    visitor = visitors.open(width=DESKTOP)
    for name in MAIN:
        page = visitor.visit(PAGES[name])
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not is_wider_than_window(page), name


def test_targets_are_large_enough(visitors: Visitors) -> None:
    visitor = visitors.open(width=PHONE)
    small = {name: visitor.visit(path).evaluate(SMALL_TARGETS) for name, path in PAGES.items()}
    assert {name: targets for name, targets in small.items() if targets} == {}


def test_unknown_page_is_accessible_too(visitors: Visitors) -> None:
    visitor = visitors.open()
    page = visitor.visit("/bestaat-niet", status=404)
    assert findings(page) == []
    visitor.troubles.clear()  # the browser itself logs the 404 that was asked for
