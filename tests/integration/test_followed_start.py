"""Mail about a start that somebody chose: once when it is moved or taken away, and nothing after it has begun."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from catalogue.vocabulary import Status
from tests.accounts import letters_to, link_in, parts_of, token_on
from tests.conftest import NOW, Clock
from tests.integration.test_changed_start import changed, first_run, set_start, who_chose
from tests.page_table import MODULE
from tests.pages import get, parsed, post
from web.accounts.alert_model import Alert
from web.following.alerts import PAUSE_OF_START

EMAIL = "noor@example.org"


@pytest.fixture
def visitor(own_seeded_app: Flask) -> FlaskClient:
    """A guest who chose a start, asked from the list for mail about it, and confirmed that."""
    client = who_chose(own_seeded_app)
    [address] = [link.get("href") or "" for link in get(client, "/lijst").all("a") if "/volgen/start/" in (link.get("href") or "")]
    assert get(client, address).text("h1") == "Mail over uw start"
    assert client.post(address, data={"email": EMAIL, "csrf_token": token_on(client, address)}).status_code == 303
    [letter] = letters_to(own_seeded_app, EMAIL)
    assert ": 3 maart 2027." in letter.get_content(), "who asked for it by mistake sees about which day it is"
    confirmed = post(client, link_in(letter.get_content()))
    assert parsed(confirmed).text("h1") == "U krijgt mail als uw start verandert"
    return client


def news(app: Flask) -> list[str]:
    """The letters of the last day about a start, as they read."""
    return [one.get_content() for one in letters_to(app, EMAIL) if one["Subject"].startswith("Uw start is veranderd")]


def followed(app: Flask) -> int:
    with parts_of(app).database.reading() as session:
        return session.scalar(select(func.count()).select_from(Alert)) or 0


def test_a_moved_start_is_mailed_once(own_seeded_app: Flask, visitor: FlaskClient, clock: Clock) -> None:
    clock.now = NOW + PAUSE_OF_START
    assert news(own_seeded_app) == []
    set_start(own_seeded_app, "2027-03-10")
    clock.now += PAUSE_OF_START
    [letter] = news(own_seeded_app)
    assert "De start is verplaatst van 3 maart 2027 naar 10 maart 2027." in letter
    assert f"/modules/{MODULE}" in letter
    clock.now += 2 * PAUSE_OF_START
    assert news(own_seeded_app) == []
    assert followed(own_seeded_app) == 1
    followed_now = get(visitor, link_in(letter.rpartition("Stop met")[2])).text("strong")
    assert followed_now.startswith("uw start bij")
    assert followed_now.endswith(": 10 maart 2027")


def test_a_start_that_is_taken_away_is_mailed_and_followed_no_more(own_seeded_app: Flask, visitor: FlaskClient, clock: Clock) -> None:
    changed(own_seeded_app, lambda module: module.editions.remove(first_run(module)))
    clock.now = NOW + PAUSE_OF_START
    [letter] = news(own_seeded_app)
    assert "De aanbieder haalde de start weg die u koos: 3 maart 2027." in letter
    assert re.search(r"U kunt ook dan beginnen: .*\d{4}", letter)
    assert followed(own_seeded_app) == 0


def test_a_module_that_goes_offline_is_mailed(own_seeded_app: Flask, visitor: FlaskClient, clock: Clock) -> None:
    changed(own_seeded_app, lambda module: setattr(module, "status", Status.WITHDRAWN))
    clock.now = NOW + PAUSE_OF_START
    [letter] = news(own_seeded_app)
    assert "Deze module staat niet meer op de site." in letter
    assert followed(own_seeded_app) == 0


def test_a_start_that_has_begun_is_followed_no_more(own_seeded_app: Flask, visitor: FlaskClient, clock: Clock) -> None:
    clock.now = NOW + timedelta(days=150)
    assert news(own_seeded_app) == []
    assert followed(own_seeded_app) == 0


def test_a_start_that_nobody_knows_cannot_be_followed(own_seeded_app: Flask, visitor: FlaskClient) -> None:
    assert visitor.get("/volgen/start/00000000-0000-4000-8000-000000000000").status_code == 404
