"""The header leaves room for the page: at most two lines, also on the smallest phone, signed in as an advisor and with a list."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.accounts import add_account, session_token, sign_in
from tests.e2e.conftest import Visitors
from tests.e2e.looking import axe_findings
from tests.e2e.test_lists import SMALLEST_PHONE, save_some

LINES = """() => Math.floor(document.querySelector(".lw-header").offsetHeight / document.querySelector(".lw-wordmark").offsetHeight)"""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", ["", "learner", "advisor", "hub"])
def test_at_most_two_lines_on_a_phone(visitors: Visitors, site_app: Flask, language: str, role: str) -> None:
    visitor = visitors.open(width=SMALLEST_PHONE, language=language)
    if role:
        client = site_app.test_client()
        sign_in(client, add_account(site_app, f"kop-{role}-{language}@example.org", role))
        visitor.context.add_cookies([{"name": "leerwijzer", "value": session_token(client), "url": visitor.site}])
    page = save_some(visitor, 10)
    assert "(10)" in page.locator(".lw-header").inner_text()
    assert page.evaluate(LINES) == 2
    assert axe_findings(page) == []
