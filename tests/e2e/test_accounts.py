"""Signing in and the own account, in a real browser: by keyboard and without JavaScript, and with no axe finding."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.accounts import PASSWORD, add_account, command, link_in
from tests.e2e.conftest import Visitors
from tests.e2e.journeys import forward
from tests.e2e.looking import axe_findings
from tests.e2e.test_accessibility import DESKTOP, PHONE


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "nl"), (PHONE, "en")])
def test_axe_finds_nothing_after_a_mistake(visitors: Visitors, site_app: Flask, width: int, language: str) -> None:
    visitor = visitors.open(width=width, language=language)
    page = visitor.visit(link_in(command(site_app, "accounts", "add", f"bij{width}{language}@example.org", "--role", "hub")))
    forward(page)
    page.wait_for_url("**/hub")
    visitor.visit("/account/wissen")
    forward(page)
    expect(page).to_have_title(re.compile("^(Fout|Error):"))
    assert axe_findings(page) == []


@pytest.mark.parametrize("has_javascript", [True, False])
def test_signing_in_and_out_by_keyboard(visitors: Visitors, site_app: Flask, has_javascript: bool) -> None:
    add_account(site_app, "toetsen@example.org")
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
