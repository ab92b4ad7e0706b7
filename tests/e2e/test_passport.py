"""The skills passport in a browser: by keyboard, without JavaScript, and on a small telephone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.badges import assertion, baked_png
from tests.e2e.conftest import Visitor, Visitors
from tests.e2e.journeys import to_matches
from tests.e2e.looking import axe_findings, sideways, small_targets
from tests.e2e.test_accessibility import DESKTOP, PHONE
from tests.e2e.test_journeys import tab_to

HOME = "/mijn-vaardigheden"
SMALLEST_PHONE = 320


def a_badge(folder: Path) -> Path:
    """A picture with a badge in it."""
    path = folder / "badge.png"
    path.write_bytes(baked_png(json.dumps(assertion())))
    return path


def with_badge(visitor: Visitor, folder: Path) -> Page:
    """Brings a badge and confirms its first skill; ends on the passport."""
    page = visitor.visit(f"{HOME}/badge")
    page.locator("#file").set_input_files(a_badge(folder))
    page.get_by_role("button", name="Lees de badge").click()
    page.locator(".lw-levels select").first.select_option("3")
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.locator(".lw-skill")).to_have_count(1)
    return page


def test_everything_by_keyboard_and_without_javascript(visitors: Visitors, tmp_path: Path) -> None:
    page = visitors.open(has_javascript=False).visit(f"{HOME}/voeg-toe")
    tab_to(page, "^q$")
    page.keyboard.type("brood bakken")
    page.keyboard.press("Enter")
    page.wait_for_url("**#gevonden")
    expect(page.locator("#gevonden")).to_be_focused()
    tab_to(page, "^niveau-")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Bewaar").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOME}")
    expect(page.locator(".lw-skill select")).to_have_value("2")
    tab_to(page, "^niveau-", most=60)
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Bewaar de niveaus").focus()
    page.keyboard.press("Space")
    expect(page.locator("main [role=status]")).to_have_text("Uw vaardigheden zijn bewaard.")
    expect(page.locator(".lw-skill select")).to_have_value("3")
    page.get_by_role("link", name="Breng een badge mee").focus()
    page.keyboard.press("Enter")
    page.locator("#file").set_input_files(a_badge(tmp_path))  # the file chooser belongs to the system, not to the page
    page.get_by_role("button", name="Lees de badge").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zonnepanelen plaatsen")
    tab_to(page, "^niveau-", most=60)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Bewaar mijn keuze").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lw-skill")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Haal weg")).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lw-skill")).to_have_count(1)


def test_a_part_is_shared_and_stopped(visitors: Visitors, tmp_path: Path) -> None:
    owner, other = visitors.open(width=PHONE, has_javascript=False), visitors.open(has_javascript=False)
    page = with_badge(owner, tmp_path)
    name = page.locator(".lw-skill label").inner_text()
    page.get_by_role("link", name="Deel een deel met een link").click()
    page.get_by_role("button", name="Verder").click()
    expect(page.locator(".lw-document__page")).not_to_contain_text("School aan Zee")
    page.get_by_role("button", name="Maak de link").click()
    link, end = page.locator("#link").input_value(), page.locator("#intrekken").input_value()
    other.page.goto(link)
    expect(other.page.locator("main")).to_contain_text(name)
    page.goto(end)
    page.get_by_role("button", name="Stop met delen").click()
    answer = other.page.reload()
    assert answer is not None
    assert answer.status == 410
    other.troubles.clear()  # the browser itself logs the 410 that was asked for


def test_a_wrong_file_is_told_and_gets_the_focus(visitors: Visitors, tmp_path: Path) -> None:
    page = visitors.open().visit(f"{HOME}/badge")
    wrong = tmp_path / "badge.json"
    wrong.write_text("{}", encoding="utf-8")
    page.locator("#file").set_input_files(wrong)
    page.get_by_role("button", name="Lees de badge").click()
    expect(page.locator(".lw-errors")).to_be_focused()
    expect(page.locator("#file-fout")).to_contain_text("dit is geen Open Badge")
    assert axe_findings(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(DESKTOP, "light"), (SMALLEST_PHONE, "dark")])
def test_nothing_is_wrong_with_a_full_passport(visitors: Visitors, tmp_path: Path, width: int, scheme: str) -> None:
    visitor = visitors.open(width=width, scheme=scheme)
    page = with_badge(visitor, tmp_path)
    piece = str(page.locator("#bewijzen + ul a").get_attribute("href"))
    found = {path: looked(visitor, path) for path in (HOME, piece, f"{HOME}/delen", "/delen/vaardigheden?met=alles")}
    assert {path: faults for path, faults in found.items() if faults} == {}


def looked(visitor: Visitor, path: str) -> list[str]:
    page = visitor.visit(path)
    return [*axe_findings(page), *sideways(page), *small_targets(page)]


def test_on_paper_levels_are_words_and_no_fields(visitors: Visitors) -> None:
    page = to_matches(visitors.open())
    page.goto(page.url.rsplit("/", 1)[0] + "/mijn-vaardigheden")
    page.emulate_media(media="print")
    level = page.locator(".lw-skill select").first
    expect(level).to_have_css("border-top-width", "0px")
    expect(level).to_have_css("appearance", "none")
