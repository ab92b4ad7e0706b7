"""The task of a new hub member: invited by mail, out of a text to a module that is online, by hand in a browser, and counted."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from catalogue.vocabulary import Status
from tests.accounts import add_account, command, sign_in
from tests.e2e.conftest import Visitors
from tests.e2e.test_every_page import DESKTOP, PHONE
from tests.editing import step, stored
from tests.members import invited
from tests.module_text import TEXT
from tests.pages import get

MOST_INTERACTIONS = 60


class Hand:
    """A person's hand: every link, button, tick, choice and field that is filled in counts once."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, name: str) -> None:
        """A link or button that leads to another page."""
        self.count += 1
        found = self.page.get_by_role("button", name=name, exact=True).or_(self.page.get_by_role("link", name=name, exact=True))
        with self.page.expect_navigation():
            found.first.click()

    def fill(self, label: str, text: str) -> None:
        """A field to type in."""
        self.count += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str | re.Pattern[str]) -> None:
        """A box or a choice."""
        self.count += 1
        self.page.get_by_label(label).first.check()

    def choose(self, label: str, value: str) -> None:
        """One of a list."""
        self.count += 1
        self.page.get_by_label(label, exact=True).select_option(label=value)


@pytest.mark.parametrize(("width", "has_javascript"), [(DESKTOP, True), (PHONE, False)])
def test_an_invited_member_publishes_a_first_module(site_app: Flask, visitors: Visitors, width: int, *, has_javascript: bool) -> None:
    email, manager = f"nieuw{width}@example.org", site_app.test_client()
    sign_in(manager, add_account(site_app, f"manager{width}@example.org", "hub", "curio"))
    link = invited(site_app, manager, "curio", email, "publisher")
    visitor = visitors.open(width=width, has_javascript=has_javascript)
    page, hand = visitor.page, Hand(visitor.page)

    page.goto(visitor.site + link)
    hand.count += 1  # the link in the mail
    page.locator("main form button").first.click()
    hand.count += 1
    hand.press("Nieuwe module")
    hand.fill("Uw tekst over de module", TEXT)
    hand.press("Maak de module")
    address = page.url

    hand.press("Tekst")
    expect(page.get_by_label("Naam van de module", exact=True)).to_have_value("Warmtepompen plaatsen en onderhouden")
    expect(page.get_by_text("Uw tekst leest makkelijk")).to_be_visible()
    hand.press("Bewaar en ga verder")
    hand.choose("Thema", "Energie")
    hand.choose("Bewijs na afloop", "Certificaat van de aanbieder")
    hand.press("Bewaar en ga verder")
    for skill in ("warmtepompen plaatsen", "warmtepompen onderhouden", "storingen zoeken en verhelpen"):
        hand.tick(re.compile(f"^{skill}"))
    hand.press("Bewaar en ga verder")
    hand.press("Bewaar en ga verder")
    hand.press("Voeg een uitvoering toe")
    hand.tick("Op een vaste datum")
    hand.fill("Datum van de start, of van de eerste", "8-2-2027")
    hand.fill("Hoeveel weken duurt het?", "10")
    hand.fill("Plaats", "Breda")
    hand.fill("Prijs in euro, met btw", "450")
    hand.press("Bewaar")
    hand.press("Klaar")
    expect(page.locator(".lw-tasks__lacks")).to_have_count(0)
    hand.press("Bekijk zoals anderen")
    hand.press("Terug naar de module")
    hand.press("Zet de module online")
    expect(page.get_by_role("status").first).to_contain_text("staat online")

    assert hand.count < MOST_INTERACTIONS, hand.count
    module = stored(site_app, address)
    assert (module.status, len(module.taught), len(module.editions)) == (Status.PUBLISHED, 3, 1)
    command(site_app, "jobs", "run", "--once")
    assert module.title in get(site_app.test_client(), f"/modules/{module.slug}").text("h1")
    step(manager, address.removeprefix(visitor.site), "withdrawn")  # other tests use the same catalogue
    command(site_app, "jobs", "run", "--once")
