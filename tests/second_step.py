"""The second step of signing in, for tests."""

from __future__ import annotations

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts import PASSWORD, parts_of
from tests.pages import Page, get, parsed, post
from web.second_step.codes import RECOVERY_CODES


def key_on(page: Page) -> str:
    """The key as one types it into an app."""
    return page.text("code", class_="lw-key").replace(" ", "")


def switch_on(app: Flask, client: FlaskClient) -> tuple[str, list[str]]:
    """Switches it on in a browser that is signed in; the app's key, and the recovery codes."""
    key = key_on(get(client, "/account/tweede-stap/aan"))
    code = pyotp.TOTP(key).at(parts_of(app).now())
    page = parsed(post(client, "/account/tweede-stap/aan", code=code, current_password=PASSWORD))
    codes = ["".join(item.itertext()) for item in page.with_class("lw-codes")[0].iter("code")]
    assert len(codes) == RECOVERY_CODES
    return key, codes
