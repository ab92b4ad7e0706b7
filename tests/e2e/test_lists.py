"""Keeping, comparing, taking along and sharing: without JavaScript, with the keyboard alone, and with no axe finding."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor, Visitors
from tests.e2e.journeys import to_matches
from tests.e2e.looking import axe_findings, pale_in_the_dark, sideways, small_targets
from tests.e2e.test_accessibility import DESKTOP, PHONE
from tests.e2e.test_journeys import FOCUSED, tab_to

SMALLEST_PHONE = 320
MOST_SCREENS = 4
NOTE = "Bellen met de school."


def save_some(visitor: Visitor, number: int) -> Page:
    """Saves the first modules of a search; ends on the page of results."""
    page = visitor.visit("/modules?q=zonnepanelen")
    for _number in range(number):
        page.locator("button[form=bewaren]:not([formaction])").first.click()
        page.wait_for_load_state()
    return page


def with_note(visitor: Visitor) -> Page:
    """The own list with three modules, of which the first has a note and a start."""
    save_some(visitor, 3)
    page = visitor.visit("/lijst")
    page.locator("details summary").first.click()
    page.locator("textarea").first.fill(NOTE)
    page.locator("select").first.select_option(index=1)
    page.locator("details[open] button").first.click()
    expect(page.locator(".lw-list__text")).to_have_text(NOTE)
    return page


def axe_by_day_and_night(page: Page) -> list[str]:
    return [*axe_findings(page), *pale_in_the_dark(page)]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing(visitors: Visitors, width: int) -> None:
    visitor = visitors.open(width=width)
    page = with_note(visitor)
    found = {"list": axe_by_day_and_night(page)}
    page.locator("details summary").first.click()
    found["note"] = axe_by_day_and_night(page)
    page.locator("input[form=vergelijk]").nth(0).check()
    page.locator("input[form=vergelijk]").nth(1).check()
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 modules naast elkaar")
    found["compare"] = axe_by_day_and_night(page)
    found["five"] = axe_by_day_and_night(visitor.visit("/vergelijk?" + "&".join(f"m={slug}" for slug in five(visitor))))
    found["share"] = axe_by_day_and_night(visitor.visit("/delen/lijst?met=alles"))
    page.get_by_role("button", name="Maak de link").click()
    found["made"] = axe_by_day_and_night(page)
    link, end = page.locator("#link").input_value(), page.locator("#intrekken").input_value()
    for name, address in (("read", link), ("withdraw", end), ("shares", visitor.site + "/delen")):
        page.goto(address)
        found[name] = axe_by_day_and_night(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def five(visitor: Visitor) -> list[str]:
    """Five modules, by the names in their addresses."""
    page = visitor.visit("/modules")
    return [str(link.get_attribute("href")).rpartition("/")[2] for link in page.locator(".lw-card h3 a").all()[:5]]


def test_nothing_scrolls_sideways_and_targets_are_large_enough(visitors: Visitors) -> None:
    visitor = visitors.open(width=SMALLEST_PHONE)
    to_matches(visitor)
    with_note(visitor)
    slugs = five(visitor)
    paths = ["/lijst", "/delen/lijst?met=alles", "/delen/matches?met=alles", "/delen/leerroute", "/delen"]
    paths += ["/vergelijk?" + "&".join(f"m={slug}" for slug in slugs[:number]) for number in (4, 5)]
    assert [path for path in paths if sideways(visitor.visit(path))] == []
    assert {path: small for path in paths if (small := small_targets(visitor.visit(path)))} == {}


def test_compare_three_by_keyboard_and_without_javascript(visitors: Visitors) -> None:
    visitor = visitors.open(has_javascript=False)
    page = visitor.visit("/modules?q=zonnepanelen")
    for number in range(1, 4):
        tab_to(page, "^bewaar-", most=200)
        while page.locator(":focus").get_attribute("formaction"):
            tab_to(page, "^bewaar-", most=200)
        pressed = page.evaluate(FOCUSED)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=re.compile(rf"Mijn lijst \({number}\)"))).to_be_visible()
        page.wait_for_url(f"**#{pressed}")
        assert page.evaluate(FOCUSED) in (pressed, "BODY")
    page.get_by_role("link", name=re.compile("Mijn lijst")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lijst")
    for _number in range(3):
        tab_to(page, "^vinkje-")
        page.keyboard.press("Space")
    page.get_by_role("button", name="Vergelijk").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_role("rowheader").first).to_be_visible()


def test_on_a_phone_it_is_still_a_table(visitors: Visitors) -> None:
    visitor = visitors.open(width=PHONE)
    slugs = five(visitor)
    page = visitor.visit(f"/vergelijk?m={slugs[0]}&m={slugs[1]}")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Prijs"))
    expect(row.get_by_role("cell")).to_have_count(2)


def test_three_modules_are_compared_in_a_few_screens_of_a_phone(visitors: Visitors) -> None:
    visitor = visitors.open(width=PHONE)
    page = visitor.visit("/vergelijk?" + "&".join(f"m={slug}" for slug in five(visitor)[:3]))
    table = page.get_by_role("table").bounding_box()
    assert table
    assert table["height"] < MOST_SCREENS * page.evaluate("innerHeight")
    page.get_by_role("rowheader", name="Dit leert u").scroll_into_view_if_needed()
    expect(page.get_by_role("columnheader").last).to_be_in_viewport()


def test_a_link_is_copied_with_one_press(visitors: Visitors) -> None:
    visitor = visitors.open()
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    save_some(visitor, 1)
    page = visitor.visit("/delen/lijst?met=alles")
    page.get_by_role("button", name="Maak de link").click()
    for label, field in (("Link om te delen", "#link"), ("Link om het delen te stoppen", "#intrekken")):
        page.get_by_role("button", name=re.compile(f"Kopieer.*{label}")).press("Enter")
        row = page.locator(".lw-copy").filter(has=page.locator(field))
        expect(row.locator("[data-copied]")).to_have_text("Gekopieerd.")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator(field).input_value()


def test_save_share_and_stop_without_javascript(visitors: Visitors) -> None:
    owner, other = visitors.open(width=PHONE, has_javascript=False), visitors.open(has_javascript=False)
    page = with_note(owner)
    page.get_by_role("link", name="Delen met een link").click()
    expect(page.locator(".lw-document__page")).not_to_contain_text(NOTE)
    page.get_by_role("link", name="Laat dat ook zien").click()
    page.get_by_label("7 dagen").check()
    page.get_by_role("button", name="Maak de link").click()
    expect(page.locator("button[data-copy]").first).to_be_hidden()
    link, end = page.locator("#link").input_value(), page.locator("#intrekken").input_value()
    other.page.goto(link)
    expect(other.page.locator("main")).to_contain_text(NOTE)
    page.goto(end)
    page.get_by_role("button", name="Stop met delen").click()
    answer = other.page.reload()
    assert answer is not None
    assert answer.status == 410
    expect(other.page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
    other.troubles.clear()  # the browser itself logs the 410 that was asked for


def test_a_path_can_be_taken_along(visitors: Visitors) -> None:
    visitor = visitors.open(has_javascript=False)
    to_matches(visitor)
    page = visitor.visit("/leerroute?deel=60")
    with page.expect_download() as download:
        page.get_by_role("link", name="Zet in mijn agenda").click()
    assert download.value.suggested_filename == "leerwijzer.ics"
    answer = visitor.context.request.get(visitor.site + str(page.get_by_role("link", name="Open als PDF").get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def test_buttons_are_not_printed(visitors: Visitors) -> None:
    page = with_note(visitors.open())
    page.emulate_media(media="print")
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.locator(".lw-list__text")).to_be_visible()
