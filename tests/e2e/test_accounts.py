"""Signing in and the own account, in a real browser: by keyboard and without JavaScript, and with no axe finding."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.accounts import PASSWORD, add_account, command, link_in
from tests.e2e.conftest import Visitors
from tests.e2e.journeys import forward
from tests.e2e.test_accessibility import DESKTOP, PHONE, findings, is_wider_than_window


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_the_own_pages(visitors: Visitors, seeded_app: Flask, width: int, language: str) -> None:
    visitor = visitors.open(width=width, language=language)
    page = visitor.visit(link_in(command(seeded_app, "accounts", "add", f"bij{width}{language}@example.org", "--role", "hub")))
    found = {"use_link": findings(page)}
    forward(page)
    page.wait_for_url("**/account")
    wide = []
    for path in ("/account", "/account/wachtwoord", "/account/wissen", "/hub"):
        found[path] = findings(visitor.visit(path))
        wide += [path] if is_wider_than_window(page) else []
    visitor.visit("/account/wissen")
    forward(page)
    expect(page).to_have_title(re.compile("^(Fout|Error):"))
    found["mistake"] = findings(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert wide == []


def test_a_link_that_is_over_is_accessible_too(visitors: Visitors) -> None:
    visitor = visitors.open(width=PHONE)
    assert findings(visitor.visit("/inloggen/over", status=410)) == []
    visitor.troubles.clear()  # the browser itself logs the 410 that was asked for


@pytest.mark.parametrize("has_javascript", [True, False])
def test_signing_in_and_out_by_keyboard(visitors: Visitors, seeded_app: Flask, has_javascript: bool) -> None:
    add_account(seeded_app, "toetsen@example.org")
    visitor = visitors.open(has_javascript=has_javascript)
    page = visitor.visit("/inloggen?next=/profiel")
    page.locator("#email").focus()
    page.keyboard.type("toetsen@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.site}/profiel")
    visitor.visit("/account")
    page.locator("form[action='/uitloggen'] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.site}/")
    assert visitor.visit("/account").url.endswith("/inloggen?next=/account")
