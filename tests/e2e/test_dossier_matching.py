"""Guided matching by keyboard alone and without JavaScript: pin, reject, other wishes, and the path that follows."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import expect

from tests.accounts import add_account, session_token, sign_in
from tests.dossiers import opened
from tests.e2e.conftest import Visitors
from tests.e2e.test_every_page import DESKTOP
from tests.e2e.test_key_tasks import enter, fill, press, tick
from tests.guidance import WISHES, give_goal


def test_an_advisor_pins_rejects_and_compares(site_app: Flask, visitors: Visitors) -> None:
    signed_in = site_app.test_client()
    sign_in(signed_in, add_account(site_app, "matches@adviseur.example", "advisor"))
    made = opened(signed_in, how="paper", client_name="Noor")
    give_goal(site_app, made, **WISHES)
    advisor = visitors.open(width=DESKTOP, has_javascript=False)
    advisor.context.add_cookies([{"name": "leerwijzer", "value": session_token(signed_in), "url": advisor.site}])
    page = advisor.visit(f"{made.page}/matches")
    cards = page.locator(".lw-match")
    first, second = (re.escape(cards.nth(at).locator("h3").inner_text()[:30]) for at in (0, 1))

    press(page, f"^Zet in het advies: {first}")
    expect(page.get_by_role("complementary").get_by_role("link", name=re.compile(first))).to_be_visible()
    tick(page, f"^Past niet: {second}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Te duur")).to_be_focused()
    enter(page)
    expect(cards.filter(has_text=re.compile(second))).to_have_count(0)
    tick(page, "^1 module past niet$")
    press(page, f"^Toch weer tonen: {second}")
    expect(cards.filter(has_text=re.compile(second))).to_have_count(1)

    advisor.visit(f"{made.page}/matches")
    tick(page, "^Wensen$")
    fill(page, "budget_eur", "900")
    press(page, "^Toon de nieuwe modules$")
    expect(page.get_by_role("status")).to_contain_text("De wensen zijn bewaard")
    expect(page.locator(".lw-lead")).to_contain_text("hoogstens € 900")

    press(page, "^Wat als$")
    press(page, "^Bewaar deze vergelijking$")
    expect(page.get_by_text("Deze vergelijking staat in het dossier.")).to_be_visible()
    advisor.visit(f"{made.page}/wat-als")
    press(page, "^Leerroute$")
    press(page, "^Zet deze route in het advies$")
    expect(page.get_by_role("status")).to_contain_text("De hele route staat in het advies")
    expect(page.locator(".lw-way .lw-tag--pinned").first).to_be_visible()
