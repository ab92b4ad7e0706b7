"""A whole intake by keyboard alone and without JavaScript, while talking: every step answered, and the keys counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts import add_account, session_token, sign_in
from tests.dossiers import Made, opened
from tests.e2e.conftest import Visitor, Visitors
from tests.e2e.test_every_page import DESKTOP, PHONE
from tests.e2e.test_journeys import expect_focus_seen, tab_to
from tests.intake import step

MOST_INTERACTIONS = 60
"""Presses of a key, with each text that is typed as one."""


@dataclass
class Hands:
    """Somebody who types, and counts."""

    page: Page
    interactions: int = 0

    def press(self, *keys: str) -> None:
        """Presses keys, of which Tab must lead to something that shows that it has the focus."""
        for key in keys:
            self.page.keyboard.press(key)
            self.interactions += 1
            if key == "Tab":
                expect_focus_seen(self.page)

    def write(self, text: str) -> None:
        """Types a text into the field that has the focus."""
        self.page.keyboard.type(text)
        self.interactions += 1

    def send(self, heading: str) -> None:
        """Presses Enter, which leads to the page with this heading."""
        with self.page.expect_navigation():
            self.press("Enter")
        expect(self.page.locator("h1")).to_have_text(heading)


def advisors_window(app: Flask, visitors: Visitors, width: int, *, has_javascript: bool) -> tuple[Visitor, Made]:
    """A window of an advisor who just made a dossier."""
    client = app.test_client()
    sign_in(client, add_account(app, f"intake.{width}.{has_javascript}@adviseur.example", "advisor"))
    visitor = visitors.open(width=width, has_javascript=has_javascript)
    visitor.context.add_cookies([{"name": "leerwijzer", "value": session_token(client), "url": visitor.site}])
    return visitor, opened(client, how="paper", client_name="Samira")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_whole_intake_takes_few_keys(site_app: Flask, visitors: Visitors, width: int) -> None:
    visitor, made = advisors_window(site_app, visitors, width, has_javascript=False)
    page = visitor.visit(f"{made.page}/intake")
    tab_to(page, "^Begin het gesprek$")
    hands = Hands(page)
    hands.send("Hoe staat uw klant ervoor?")
    hands.press("Tab", "Space", "Tab")
    hands.write("Werkt vier dagen in een winkel")
    hands.press("Tab", "Tab")
    hands.send("Wat voor werk deed uw klant?")
    hands.press("Tab")
    hands.write("installatiemonteur")
    hands.send("Wat voor werk deed uw klant?")
    hands.press("Tab")
    hands.send("Wat voor werk deed uw klant?")  # it is in the list now, and the field is ready for more
    expect(page.get_by_role("group", name="installatiemonteur")).to_be_visible()
    hands.send("Wat kan uw klant al?")
    hands.press("Tab")
    hands.send("Wat geeft en wat kost energie?")
    hands.press("Tab")
    hands.write("Buiten werken")
    hands.press("Tab")
    hands.write("Lang stilzitten")
    hands.press("Tab", "Tab")
    hands.send("Waar wil uw klant heen?")
    hands.press("Tab", "Space", "Tab")
    hands.write("warmtepompinstallateur")
    hands.send("Waar wil uw klant heen?")
    hands.press("Tab")
    hands.send("Waar letten wij op?")
    for text in ("6", "500", "Breda", "30"):
        hands.press("Tab")
        hands.write(text)
    hands.send("Nederlands en de computer")
    hands.press("Tab", "ArrowDown", "ArrowDown", "Tab", "ArrowDown")
    hands.send("Wat staat er in de weg?")
    hands.press("Tab", "Space", "Tab", "Space")
    hands.send("Gesprek met Samira")
    told = page.locator("main").inner_text()
    for text in ("8 van de 8 stappen", "installatiemonteur", "Buiten werken", "warmtepompinstallateur", "binnen 30 km van Breda", "A2:"):
        assert text in told, text
    assert hands.interactions < MOST_INTERACTIONS


def test_steps_are_skipped_and_jumped_to_by_keyboard(site_app: Flask, visitors: Visitors) -> None:
    visitor, made = advisors_window(site_app, visitors, PHONE, has_javascript=False)
    page = visitor.visit(step(made, "situation"))
    tab_to(page, "^Sla over$")
    Hands(page).send("Wat voor werk deed uw klant?")
    assert page.url.endswith("#vraag")
    page = visitor.visit(step(made, "work"))
    tab_to(page, "^Drempels")
    Hands(page).send("Wat staat er in de weg?")
    expect(page.get_by_role("link", name=re.compile(r"^Situatie \(overgeslagen\)"))).to_be_visible()


def test_a_suggestion_adds_work_at_once(site_app: Flask, visitors: Visitors) -> None:
    visitor, made = advisors_window(site_app, visitors, DESKTOP, has_javascript=True)
    page = visitor.visit(f"{step(made, 'work')}#q")
    expect(page.locator("#q")).to_be_focused()
    hands = Hands(page)
    hands.write("installatiemon")
    expect(page.get_by_role("option").first).to_have_text("installatiemonteur")
    hands.press("ArrowDown")
    hands.send("Wat voor werk deed uw klant?")
    expect(page.get_by_role("group", name="installatiemonteur")).to_be_visible()
    expect(page.locator("#q")).to_be_focused()


def test_only_the_chosen_sort_of_goal_is_unfolded(site_app: Flask, visitors: Visitors) -> None:
    visitor, made = advisors_window(site_app, visitors, PHONE, has_javascript=False)
    page = visitor.visit(step(made, "goal"))
    expect(page.locator("#q")).to_be_hidden()
    page.get_by_label("Een ander beroep").check()
    expect(page.locator("#q")).to_be_visible()
    page.get_by_label("Iets met een thema").check()
    expect(page.locator("#q")).to_be_hidden()
    page.get_by_label("Thema", exact=True).select_option("energie")
    page.get_by_role("button", name="Bewaar en verder").click()
    expect(page.locator("h1")).to_have_text("Waar letten wij op?")


@pytest.mark.parametrize("has_javascript", [True, False])
def test_what_was_written_is_not_skipped_without_a_question(site_app: Flask, visitors: Visitors, *, has_javascript: bool) -> None:
    visitor, made = advisors_window(site_app, visitors, 1024, has_javascript=has_javascript)
    page = visitor.visit(step(made, "situation"))
    page.locator("[name=situation]").press_sequentially("Werkt als kok.")
    page.get_by_role("button", name="Sla over").click()
    expect(page.get_by_role("alert")).to_contain_text("U vulde hier iets in")
    expect(page.locator("[name=situation]")).to_have_value("Werkt als kok.")
    page.get_by_role("alert").get_by_role("button", name="Bewaar en verder").click()
    expect(page.locator("h1")).to_have_text("Wat voor werk deed uw klant?")
