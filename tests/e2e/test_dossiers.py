"""A guidance by keyboard alone and without JavaScript, advisor and client each in their own browser."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts import add_account, session_token, sign_in
from tests.e2e.conftest import Visitors
from tests.e2e.test_every_page import DESKTOP, PHONE
from tests.e2e.test_key_tasks import fill, press, tick


def test_a_client_agrees_reads_along_and_stops(site_app: Flask, visitors: Visitors) -> None:
    signed_in = site_app.test_client()
    sign_in(signed_in, add_account(site_app, "toetsen@adviseur.example", "advisor"))
    advisor = visitors.open(width=DESKTOP, has_javascript=False)
    advisor.context.add_cookies([{"name": "leerwijzer", "value": session_token(signed_in), "url": advisor.site}])
    page = advisor.visit("/adviseur")

    press(page, "^Nieuw dossier$")
    fill(page, "client_name", "Samira")
    press(page, "^Maak het dossier$")
    link = page.get_by_label("Link voor uw klant").input_value().removeprefix(advisor.site)

    visitor = visitors.open(width=PHONE, has_javascript=False)
    client = visitor.visit(link)
    expect(client.get_by_text("toetsen@adviseur.example").first).to_be_visible()
    press(client, "^Ja, dat mag$")
    expect(client.get_by_role("status")).to_contain_text("Uw toestemming is bewaard")

    press(page, "^Naar het dossier$")
    write(page)
    client.reload()
    for words in ("Werk in de zorg", "Eerste gesprek", "Samira belt de school"):
        expect(client.get_by_text(words)).to_be_visible()
    expect(client.locator(".lw-dossier__log")).to_contain_text("schreef een notitie")

    tick(client, "^Trek uw toestemming in$")
    press(client, "^Ja, trek in$")
    expect(client.get_by_role("status")).to_contain_text("Uw toestemming is ingetrokken")
    address = page.url.removeprefix(advisor.site).partition("#")[0]
    advisor.visit(address, 410)
    expect(page.locator("h1")).to_have_text("De toestemming is voorbij")
    press(page, "^Naar uw dossiers$")
    expect(page.get_by_text("Samira")).to_have_count(0)
    advisor.troubles.clear()  # the browser says that a page answered 410, as it should

    tick(client, "^Wis het hele dossier$")
    press(client, "^Ja, wis alles$")
    expect(client.get_by_role("status")).to_contain_text("Het dossier is gewist")


def write(page: Page) -> None:
    """Goal, note and task, and that the task is done."""
    press(page, "^Wijzig doel en situatie$")
    fill(page, "goal", "Werk in de zorg")
    press(page, "^Bewaar$")
    press(page, "^Nieuwe notitie$")
    fill(page, "text", "Eerste gesprek")
    press(page, "^Bewaar de notitie$")
    press(page, "^Nieuwe taak$")
    fill(page, "text", "Samira belt de school")
    press(page, "^Bewaar de taak$")
    press(page, "^Gedaan")
    expect(page.get_by_role("button", name="Toch niet gedaan")).to_be_visible()
