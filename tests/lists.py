"""The own list of modules, for tests: filled and changed through its pages."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_table import MODULE
from tests.pages import get

HERE = {"Origin": "http://localhost"}
NOTE = "Bellen met <de school> & vragen of het 's avonds kan"


def press(client: FlaskClient, path: str, **values: str) -> TestResponse:
    """Presses a button of a page that holds no token."""
    return client.post(path, data=values, headers=HERE)


def save(client: FlaskClient, path: str = f"/modules/{MODULE}") -> str:
    """Saves the first module of a page that is not saved yet."""
    uid = next(button.get("value") or "" for button in get(client, path).all("button", name="module") if button.get("formaction") is None)
    assert press(client, "/lijst/bewaar", module=uid).status_code == 303
    return uid


def change(client: FlaskClient, **values: str) -> TestResponse:
    """Sends the form of one module."""
    return client.post("/lijst", data={"csrf_token": get(client, "/lijst").value("csrf_token"), **values})


def titles(client: FlaskClient) -> list[str]:
    """The modules on the list."""
    return ["".join(heading.itertext()) for heading in get(client, "/lijst").all("h2")]
