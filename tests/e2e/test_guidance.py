"""A whole guidance by keyboard alone and without JavaScript, from a new dossier to a consent that is withdrawn.

The advisor works on a wide screen, the client on the smallest phone; each step of the one is seen by the other.
"""

from __future__ import annotations

import io
import re

from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.accounts import add_account, session_token, sign_in
from tests.e2e.conftest import Visitor, Visitors
from tests.e2e.effort import Effort
from tests.e2e.test_every_page import DESKTOP, PHONE
from tests.e2e.test_key_tasks import enter, fill, press, tick

OWN_WORDS = "Samira, u kunt meer dan u denkt. Begin rustig met één module."


MOST_SECONDS = 15 * 60 / 2
"""A guidance may take a quarter of an hour; half of that is for reading and talking."""


def test_from_a_first_talk_to_a_withdrawn_consent(site_app: Flask, visitors: Visitors) -> None:
    signed_in = site_app.test_client()
    sign_in(signed_in, add_account(site_app, "begeleiding@adviseur.example", "advisor"))
    advisor = visitors.open(width=DESKTOP, has_javascript=False)
    advisor.context.add_cookies([{"name": "leerwijzer", "value": session_token(signed_in), "url": advisor.site}])
    visitor = visitors.open(width=PHONE, has_javascript=False)

    effort = Effort(advisor.page, visitor.page)
    page = advisor.visit("/adviseur")
    client = agreed(page, visitor, advisor.site)
    press(page, "^Naar het dossier$")
    dossier = page.url.removeprefix(advisor.site).partition("#")[0]
    talk(page)
    decide(page)
    compare(page)
    plan(page)
    report(page)

    read(client, visitor)
    withdraw(client)
    assert effort.seconds <= MOST_SECONDS, (effort.keys, effort.decisions)
    for address in (dossier, f"{dossier}/intake", f"{dossier}/matches", f"{dossier}/verslag/1", f"{dossier}/verslag/1.pdf"):
        advisor.visit(address, 410)
        expect(page.locator("h1")).to_have_text("De toestemming is voorbij")
    advisor.troubles.clear()  # the browser says that a page answered 410, as it should


def agreed(page: Page, visitor: Visitor, site: str) -> Page:
    """The advisor asks, and the client agrees by the link."""
    press(page, "^Nieuw dossier$")
    fill(page, "client_name", "Samira")
    press(page, "^Maak het dossier$")
    client = visitor.visit(page.get_by_label("Link voor uw klant").input_value().removeprefix(site))
    press(client, "^Ja, dat mag$")
    expect(client.get_by_role("status")).to_contain_text("Uw toestemming is bewaard")
    return client


def to_part(page: Page, name: str) -> None:
    """To another part of the dossier, by the line of links above each of its pages."""
    page.goto(page.url.partition("#")[0])  # the top of the page
    press(page, f"^{name}$")


def onward(page: Page, button: str, question: str) -> None:
    """To the next question, which has the focus at once."""
    press(page, f"^{button}$")
    expect(page.locator("h1")).to_have_text(question)
    expect(page.locator("#vraag")).to_be_focused()


def find(page: Page, occupation: str) -> None:
    """Types an occupation, and chooses the first that was found."""
    fill(page, "q", occupation)
    enter(page)
    expect(page.locator("#gevonden")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[type=radio]:focus")).to_be_checked()


def talk(page: Page) -> None:
    """The intake: work, skills that are confirmed as they are offered, goal and wishes; what is not asked is skipped."""
    press(page, "^Begin het gesprek$")
    onward(page, "Begin het gesprek", "Hoe staat uw klant ervoor?")
    onward(page, "Bewaar en verder", "Wat voor werk deed uw klant?")
    find(page, "installatiemonteur")
    onward(page, "Bewaar en verder", "Wat kan uw klant al?")
    onward(page, "Bewaar en verder", "Wat geeft en wat kost energie?")
    onward(page, "Sla over", "Waar wil uw klant heen?")
    tick(page, "^kind-")
    find(page, "warmtepompinstallateur")
    onward(page, "Bewaar en verder", "Waar letten wij op?")
    fill(page, "budget_eur", "500")
    fill(page, "near", "Breda")
    fill(page, "max_km", "60")
    onward(page, "Bewaar en verder", "Nederlands en de computer")
    onward(page, "Sla over", "Wat staat er in de weg?")
    press(page, "^Sla over$")
    expect(page.locator("h1")).to_have_text("Gesprek met Samira")
    for words in ("installatiemonteur", "warmtepompinstallateur", "binnen 60 km van Breda"):
        expect(page.locator("main")).to_contain_text(words)


def decide(page: Page) -> None:
    """The matches: the first goes into the advice, the second does not fit."""
    to_part(page, "Matches")
    cards = page.locator(".lw-match")
    first, second = (re.escape(cards.nth(at).locator("h3").inner_text()[:30]) for at in (0, 1))
    press(page, f"^Zet in het advies: {first}")
    expect(page.locator(":target")).to_be_in_viewport()
    tick(page, f"^Past niet: {second}")
    press(page, "^Te duur$")
    expect(cards.filter(has_text=re.compile(second))).to_have_count(0)


def compare(page: Page) -> None:
    """Two other sets of wishes beside the present ones, kept in the dossier."""
    to_part(page, "Wat als")
    columns = page.get_by_role("table").first.locator("thead th")
    expect(columns).to_have_count(3)  # the wishes as they are, and two others
    press(page, "^Bewaar deze vergelijking$")
    expect(page.get_by_text("Deze vergelijking staat in het dossier.")).to_be_visible()


def plan(page: Page) -> None:
    """The path, with what is in the advice."""
    to_part(page, "Leerroute")
    expect(page.locator(".lw-way .lw-tag--pinned").first).to_be_visible()


def report(page: Page) -> None:
    """The report begins with the advisor's own words."""
    to_part(page, "Verslag")
    fill(page, "own_words", OWN_WORDS)
    press(page, "^Maak het verslag$")
    expect(page.locator("main")).to_contain_text(OWN_WORDS)


def read(client: Page, visitor: Visitor) -> None:
    """The client opens the report, as page and as PDF."""
    client.reload()
    press(client, "^Lees uw adviesverslag$")
    for words in (OWN_WORDS, "installatiemonteur", "warmtepompinstallateur"):
        expect(client.locator("main")).to_contain_text(words)
    address = client.get_by_role("link", name=re.compile("PDF")).first.get_attribute("href") or ""
    answer = visitor.context.request.get(visitor.site + address)
    text = "".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(answer.body())).pages).split())
    assert "".join(OWN_WORDS.split()) in text
    to_part(client, "Overzicht")


def withdraw(client: Page) -> None:
    """The client stops."""
    tick(client, "^Trek uw toestemming in$")
    press(client, "^Ja, trek in$")
    expect(client.get_by_role("status")).to_contain_text("Uw toestemming is ingetrokken")
