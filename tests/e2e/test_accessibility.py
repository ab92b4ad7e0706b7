"""What only shows after a mistake or a press is as accessible as the pages themselves, which `test_every_page.py` looks at."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitors
from tests.e2e.journeys import to_matches
from tests.e2e.looking import axe_findings

DESKTOP, PHONE = 1280, 360


@pytest.mark.parametrize(("width", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_on_matches_and_mistakes(visitors: Visitors, width: int, scheme: str) -> None:
    visitor = visitors.open(width=width, scheme=scheme)
    page = visitor.visit("/profiel/beroep")
    page.locator("main .lw-button--primary").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    assert axe_findings(page) == []
    to_matches(visitor)
    page.locator(".lw-why summary").first.click()
    assert axe_findings(page) == []


def test_axe_finds_nothing_on_suggestions(visitors: Visitors) -> None:
    page = visitors.open().visit("/")
    page.locator("#q").press_sequentially("warmte", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert axe_findings(page) == []


def test_axe_finds_nothing_on_a_closed_site(visitors: Visitors) -> None:
    assert axe_findings(visitors.open(width=PHONE).visit("/static/maintenance.html")) == []
