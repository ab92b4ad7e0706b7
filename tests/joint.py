"""Modules that organisations make together, for tests: asked and accepted through the pages."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.editing import send

FORM = "/hub/modules/nieuw"
"""A page with a form for everybody who publishes."""


def joint(slug: str) -> str:
    """The address of what an organisation makes with others."""
    return f"/hub/organisaties/{slug}/samen"


def ask(client: FlaskClient, address: str, slug: str) -> TestResponse:
    """Asks an organisation to make the module of an editor too."""
    return send(client, f"{address}/samen", FORM, organisation=slug)


def answer(client: FlaskClient, slug: str, address: str, word: str = "ja") -> TestResponse:
    """Says yes or no for an organisation that was asked."""
    return send(client, f"{joint(slug)}/{address.rsplit('/', 1)[1]}/{word}", FORM)


def made_together(client: FlaskClient, address: str) -> None:
    """One organisation that makes the module too, and one that did not answer; `client` is of an administrator."""
    for slug in ("avans", "buas"):
        assert ask(client, address, slug).status_code == 303
    assert answer(client, "avans", address).status_code == 303
