"""A company asks what its people have to learn: by keyboard alone and without JavaScript, from the first page to the answer of a hub."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from catalogue.vocabulary import DemandStatus
from tests.accounts import add_account, session_token, sign_in
from tests.demands import number_of, stored_demand
from tests.demands import press as send
from tests.e2e.conftest import Visitors
from tests.e2e.test_every_page import PHONE
from tests.e2e.test_key_tasks import fill, press, tick
from tests.members import signed_in_member
from web.accounts.models import MemberRole


def test_a_company_asks_and_is_answered(site_app: Flask, visitors: Visitors) -> None:
    client = site_app.test_client()
    sign_in(client, add_account(site_app, "toetsen@bedrijf.example"))
    visitor = visitors.open(width=PHONE, has_javascript=False)
    visitor.context.add_cookies([{"name": "leerwijzer", "value": session_token(client), "url": visitor.site}])
    page = visitor.visit("/")

    press(page, "^Leervragen$")
    press(page, "^Stel uw leervraag$")
    fill(page, "title", "Monteur warmtepompen")
    fill(page, "wish", "Zij gaan warmtepompen plaatsen en onderhouden")
    fill(page, "people", "6")
    press(page, "^Verder$")
    expect(page.locator("h1")).to_have_text("Hoe goed moeten zij het kunnen?")
    for _skill in range(2):
        tick(page, "^neem-")
    press(page, "^Bewaar en ga verder$")
    fill(page, "near", "Breda")
    press(page, "^Bewaar en bekijk wat er is$")
    expect(page.get_by_role("link", name="Warmtepompen plaatsen en inregelen").first).to_be_visible()
    press(page, "^Zet de vraag online$")
    expect(page.get_by_role("status").first).to_contain_text("Uw vraag is nu: open")

    address = page.url.removeprefix(visitor.site)
    helper = signed_in_member(site_app, "toetsen@curio.example", "curio", MemberRole.PUBLISHER)
    send(helper, f"{address}/help", naar="picked-up", organisation=number_of(site_app, "curio"))
    page.reload()
    expect(page.get_by_text("opgepakt").first).to_be_visible()
    press(page, "^Trek de vraag in$")
    assert stored_demand(site_app, address).status is DemandStatus.WITHDRAWN  # other tests use the same list
