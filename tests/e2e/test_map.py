"""The map in a real browser: names as wide as they really are, a finger's room, the keyboard, and no axe finding."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitors
from tests.e2e.looking import axe_findings, hidden_focus, sideways, small_targets, wrong_at_double_size
from tests.e2e.test_journeys import tab_to

WIDTHS = (1280, 1024, 720, 360, 320)
NAMES = """() => [...document.querySelectorAll(".lw-map__name")].filter((name) => name.checkVisibility())
  .map((name) => [name.textContent, name.getBBox()])
  .map(([text, box]) => [text, box.x, box.y + box.height * 0.15, box.x + box.width, box.y + box.height * 0.9])"""
CIRCLES = """() => [...document.querySelectorAll(".lw-map__place circle")].filter((circle) => circle.checkVisibility())
  .map((circle) => [circle.cx.baseVal.value, circle.cy.baseVal.value, circle.r.baseVal.value])"""


def touching(page: Page) -> list[str]:
    """Names that lie over each other or over a circle, as the browser really draws them."""
    names, circles = page.evaluate(NAMES), page.evaluate(CIRCLES)
    assert len(names) > 3
    found = [
        f"{one[0]} and {other[0]}"
        for one, other in combinations(names, 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]
    for name, left, top, right, bottom in names:
        for x, y, radius in circles:
            aside, down = x - min(max(x, left), right), y - min(max(y, top), bottom)
            if aside**2 + down**2 < (radius - 1) ** 2:
                found.append(f"{name} and the circle at {x}, {y}")
    return found


@pytest.mark.parametrize("path", ["/kaart", "/kaart?q=warmtepomp&near=4811&radius_km=50", "/kaart?level=mbo-4"])
def test_nothing_overlaps_and_everything_can_be_hit(visitors: Visitors, path: str) -> None:
    visitor = visitors.open()
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        page = visitor.visit(path)
        expect(page.locator(".lw-map__drawing:visible")).to_have_count(1)
        assert {width: touching(page) + sideways(page) + small_targets(page)} == {width: []}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_the_focus_is_seen(visitors: Visitors, scheme: str) -> None:
    visitor = visitors.open(width=320, scheme=scheme)
    page = visitor.visit("/kaart?q=warmtepomp&near=Breda&radius_km=50")
    assert axe_findings(page) + hidden_focus(page) == []


def test_from_the_results_over_the_map_to_a_place_by_keyboard_without_javascript(visitors: Visitors) -> None:
    page = visitors.open(has_javascript=False).visit("/modules?q=warmtepomp&level=mbo-4")
    tab_to(page, "^Toon op de kaart$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kaart?q=warmtepomp&level=mbo-4")
    place = page.get_by_role("link", name=re.compile(r"^Breda: \d+ modules?$"))
    expect(place).to_have_count(1)
    count = str(place.get_attribute("aria-label")).split()[1]
    tab_to(page, "^Breda: ")
    page.keyboard.press("Enter")
    page.wait_for_url("**place=breda**")
    expect(page.locator("#gevonden")).to_have_text(re.compile(rf"^{count} modules? gevonden$"))


@pytest.mark.parametrize("path", ["/kaart", "/kaart?q=warmtepomp&near=Breda&radius_km=50"])
def test_large_letters_and_a_focus_that_nothing_covers(visitors: Visitors, path: str) -> None:
    visitor = visitors.open(width=320)
    for width in (320, 1280):
        visitor.page.set_viewport_size({"width": width, "height": 800})
        page = visitor.visit(path)
        assert wrong_at_double_size(page) + hidden_focus(page) == []
