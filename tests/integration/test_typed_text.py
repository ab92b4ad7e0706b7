"""What somebody types in a box of several lines may hold anything: no database is asked to keep a sign that it cannot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts import add_account, sign_in
from tests.conftest import Clock, app_in
from tests.demands import asked
from tests.editing import TEXT_VALUES, made, member
from tests.kept import Kept, close
from tests.lists import change, save
from tests.pages import get, post

TYPED = "Leren \x00lassen\r\nen solderen"
"""As a browser sends it, with a NUL, which PostgreSQL keeps in no text."""
KEPT = "Leren lassen\nen solderen"


@pytest.fixture
def app(kept: Kept, clock: Clock) -> Iterator[Flask]:
    app = app_in(kept.folder, clock, **kept.elsewhere)
    yield app
    close(app)


def signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, add_account(app, "typt@example.org", "learner"))
    return client


def kept_in(client: FlaskClient, path: str, name: str) -> str:
    """What a box of several lines holds when one comes back to it."""
    [box] = get(client, path).all("textarea", name=name)
    return (box.text or "").strip()


def test_the_editor_keeps_it_without(app: Flask) -> None:
    client = member(app, "curio")
    address = made(client)
    answer = post(client, f"{address}/tekst", **TEXT_VALUES | {"title": "Lassen", "description": TYPED, "outcomes": TYPED})
    assert answer.status_code == 303
    assert kept_in(client, f"{address}/tekst", "description") == kept_in(client, f"{address}/tekst", "outcomes") == KEPT


def test_a_demand_keeps_it_without(app: Flask) -> None:
    client = signed_in(app)
    assert kept_in(client, f"{asked(client, wish=TYPED)}/vraag", "wish") == KEPT


def test_a_note_keeps_it_without(app: Flask) -> None:
    client = signed_in(app)
    assert change(client, module=save(client), note=TYPED).status_code == 303
    assert kept_in(client, "/lijst", "note") == KEPT


def test_a_goal_in_own_words_keeps_it_without(app: Flask) -> None:
    client = signed_in(app)
    assert post(client, "/profiel/doel/eigen-woorden", text=TYPED).status_code == 303
    assert kept_in(client, "/profiel/doel/eigen-woorden", "text") == KEPT
