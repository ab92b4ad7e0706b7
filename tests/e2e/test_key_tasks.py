"""The five key tasks, each by keyboard alone and with JavaScript off, on a wide screen and on the smallest phone.

No mouse, no jump of the focus by the test: every field and button is reached with Tab, and must be seen while it has the focus.
"""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.accounts import PASSWORD, add_account
from tests.e2e.conftest import Visitor, Visitors
from tests.e2e.test_every_page import DESKTOP, PHONE
from tests.e2e.test_journeys import tab_to

WIDTHS = pytest.mark.parametrize("width", [DESKTOP, PHONE])
FAR = 400
"""So many presses of Tab at most: past all filters and cards of a page of results."""


@pytest.fixture
def visitor(visitors: Visitors, width: int) -> Visitor:
    """Somebody without JavaScript."""
    return visitors.open(width=width, has_javascript=False)


def press(page: Page, pattern: str) -> None:
    """Goes with Tab to the link or button of this name, and presses Enter, which leads to another page."""
    tab_to(page, pattern, most=FAR)
    enter(page)


def tick(page: Page, pattern: str) -> None:
    """Goes with Tab to what has this name, and presses the space bar: a box, a choice, or something that unfolds."""
    tab_to(page, pattern, most=FAR)
    page.keyboard.press("Space")


def enter(page: Page) -> None:
    """Presses Enter, and waits for the page that it leads to, and for the part of it that the address names."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if "#" in page.url:
        expect(page.locator(":target")).to_be_in_viewport()


def fill(page: Page, field: str, text: str) -> None:
    """Goes to a field with Tab, and types over what is there."""
    tab_to(page, f"^{field}$", most=FAR)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def letters_in(pdf: bytes) -> str:
    """All that a PDF says, without spaces: lines break where they like."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def open_filters(page: Page, width: int) -> None:
    """On a phone the filters are folded."""
    if width == PHONE:
        tick(page, "^Filters")


def choose_occupation(page: Page, name: str) -> None:
    """Types an occupation and chooses the first that was found."""
    fill(page, "q", name)
    enter(page)
    expect(page.locator("[type=radio]").first).to_be_visible()
    tick(page, "^choice-")
    press(page, "^Verder$")


def describe_oneself(visitor: Visitor) -> Page:
    """From the front page to the matches."""
    page = visitor.visit("/")
    press(page, "^Laat u helpen$")
    press(page, "^Begin")
    choose_occupation(page, "installatiemonteur")
    page.wait_for_url("**/profiel/vaardigheden")
    press(page, "^Verder$")
    page.wait_for_url("**/profiel/doel")
    tick(page, "^kind-")
    press(page, "^Verder$")
    choose_occupation(page, "warmtepompinstallateur")
    page.wait_for_url("**/profiel/wensen")
    fill(page, "near", "4811")
    fill(page, "max_km", "60")
    press(page, "^Verder$")
    page.wait_for_url("**/profiel/controle")
    press(page, "^Toon")
    page.wait_for_url("**/matches")
    return page


@WIDTHS
def test_find_a_module_near_breda_under_500_euro(visitor: Visitor, width: int) -> None:
    page = visitor.visit("/")
    fill(page, "q", "zonnepanelen")
    enter(page)
    page.wait_for_url("**/modules?q=zonnepanelen")
    open_filters(page, width)
    fill(page, "near", "Breda")
    tab_to(page, "^radius_km$")
    page.keyboard.type("25")
    fill(page, "max_price_eur", "500")
    press(page, "^Toon modules$")
    wishes = page.get_by_role("list", name="Gekozen filters")
    expect(wishes).to_contain_text("binnen 25 km van Breda")
    expect(wishes).to_contain_text("hoogstens € 500")
    title = page.locator(".lw-card h3 a").first.inner_text()
    press(page, f"^{re.escape(title[:40])}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("heading", name="Wanneer en waar")).to_be_visible()
    prices = page.get_by_role("table").last.locator("td[data-label=Prijs]").all_inner_texts()
    assert any("gratis" in price or int(re.sub(r"\D", "", price.splitlines()[0])) <= 500 for price in prices)


@WIDTHS
def test_describe_oneself_and_get_matches(visitor: Visitor) -> None:
    page = describe_oneself(visitor)
    first = page.locator(".lw-match").first
    tick(page, "^Waarom zie ik dit")
    expect(first.get_by_role("table")).to_be_visible()
    points = first.locator("tbody td[data-label=Punten]").all_inner_texts()
    total = first.locator("tfoot .lw-number").inner_text()
    assert sum(float(one.replace(",", ".")) for one in points) == pytest.approx(float(total.replace(",", ".")), abs=0.051 * len(points))


@WIDTHS
def test_compare_three(visitor: Visitor) -> None:
    page = visitor.visit("/modules?q=warmtepomp&level=mbo-4")
    titles = []
    for _number in range(3):
        tick(page, "^vinkje-")
        card = page.locator(".lw-card", has=page.locator(":focus"))
        titles.append(card.locator("h3").inner_text())
    press(page, "^Vergelijk wat u aanvinkt$")
    page.wait_for_url("**/vergelijk?**")
    expect(page.get_by_role("columnheader")).to_have_count(3)
    assert [head.get_by_role("link").inner_text() for head in page.get_by_role("columnheader").all()] == titles
    expect(page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Prijs"))).to_have_count(1)
    press(page, "^Terug naar uw resultaten$")
    page.wait_for_url("**/modules?q=warmtepomp&level=mbo-4")


@WIDTHS
def test_plan_a_path_and_print_it(visitor: Visitor) -> None:
    page = describe_oneself(visitor)
    press(page, "^Maak er een leerroute van$")
    page.wait_for_url("**/leerroute")
    stops = page.locator(".lw-way h3").all_inner_texts()
    assert stops
    page.emulate_media(media="print")
    expect(page.locator("button:visible")).to_have_count(0)
    for stop in page.locator(".lw-way h3").all():
        expect(stop).to_be_visible()
    printed = letters_in(page.pdf())
    assert [stop for stop in stops if "".join(stop.split()) not in printed] == []
    page.emulate_media(media="screen")
    tab_to(page, "^Open als PDF$", most=FAR)
    answer = visitor.context.request.get(visitor.site + str(page.locator(":focus").get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    document = letters_in(answer.body())
    assert [stop for stop in stops if "".join(stop.split()) not in document] == []


@WIDTHS
def test_delete_ones_data(visitor: Visitor) -> None:
    page = describe_oneself(visitor)
    tick(page, "^Wis mijn antwoorden$")
    press(page, "^Ja, wis mijn antwoorden$")
    expect(page.get_by_role("status")).to_contain_text("Uw antwoorden zijn gewist.")
    visitor.visit("/matches")
    assert page.url.endswith("/profiel/doel"), "nothing is known any more"


@WIDTHS
def test_delete_ones_account(visitor: Visitor, site_app: Flask, width: int) -> None:
    email = f"weg-{width}@example.org"
    add_account(site_app, email)
    page = visitor.visit("/")
    press(page, "^Inloggen$")
    fill(page, "email", email)
    fill(page, "password", PASSWORD)
    enter(page)
    press(page, "^Account$")
    page.wait_for_url("**/account")
    press(page, "^Wis uw account")
    page.wait_for_url("**/account/wissen")
    fill(page, "current_password", PASSWORD)
    tick(page, "^is_sure$")
    press(page, "^Wis mijn account$")
    expect(page.get_by_role("status")).to_be_visible()
    visitor.visit("/inloggen")
    fill(page, "email", email)
    fill(page, "password", PASSWORD)
    enter(page)
    expect(page.get_by_role("alert")).to_be_visible()
