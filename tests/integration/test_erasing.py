"""After deleting, nothing of somebody is found: in no table of either database, no index, no log and no letter."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from tests.accounts import PASSWORD, add_account, command, is_signed_in, letters_to, link_in, parts_of, sign_in
from tests.conftest import NOW, Clock, app_in
from tests.kept import Kept, close
from tests.lists import change, save
from tests.pages import Page, get, post
from tests.sharing import make
from tests.traces import CANARY, EMAIL, full_member, leave_traces
from web.accounts.alert_model import Alert


@pytest.fixture
def app(kept: Kept, clock: Clock) -> Iterator[Flask]:
    """The site over what is kept; all that it logs stands there too."""
    app = app_in(kept.folder, clock, log_level="debug", log_format="json", **kept.elsewhere)
    [handler] = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    with (kept.folder / "leerwijzer.log").open("w", encoding="utf-8", buffering=1) as log:
        handler.setStream(log)
        yield app
        close(app)
        logging.getLogger().handlers.remove(handler)


def wipe(visitor: FlaskClient) -> Page:
    token = get(visitor, "/uw-gegevens").value("csrf_token")
    assert visitor.post("/uw-gegevens/wis", data={"csrf_token": token}, buffered=True).location == "/uw-gegevens"
    return get(visitor, "/uw-gegevens")


def test_after_a_guest_wipes_nothing_is_left_anywhere(app: Flask, visitor: FlaskClient, kept: Kept) -> None:
    leave_traces(app, visitor)
    post(visitor, "/account-maken", email=EMAIL)
    assert len(kept.places_with(CANARY)) > 2
    elsewhere = add_account(app, "blijft@example.org")
    assert "gewist" in wipe(visitor).text("main")
    assert kept.places_with(CANARY) == set()
    sign_in(app.test_client(), elsewhere)


def test_a_guest_wipes_nothing_of_another(app: Flask, visitor: FlaskClient, kept: Kept) -> None:
    """Neither the alert, nor the account, nor a letter that somebody else asked for at the same address."""
    owner = app.test_client()
    post(owner, "/account-maken", email=EMAIL)
    post(owner, "/volgen?q=zon", email=EMAIL)
    letters = len(letters_to(app, EMAIL))
    post(visitor, "/account-maken", email=EMAIL)
    post(visitor, "/volgen?q=zon", email=EMAIL)
    assert len(letters_to(app, EMAIL)) == letters + 2
    wipe(visitor)
    assert len(letters_to(app, EMAIL)) == letters
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(Alert.email)) == EMAIL
    post(owner, link_in(next(one for one in letters_to(app, EMAIL) if "Bevestig" in one["Subject"]).get_content()), password=PASSWORD)
    assert is_signed_in(owner)


def test_after_a_member_deletes_nothing_is_left_anywhere(app: Flask, visitor: FlaskClient, kept: Kept) -> None:
    full_member(app, visitor)
    elsewhere = app.test_client()
    post(elsewhere, "/inloggen", email=EMAIL, how="link")
    letters_to(app, EMAIL)
    assert ({"account", "evidence_file"} if kept.url else {"leerwijzer.sqlite"}) < kept.places_with(CANARY)
    token = get(visitor, "/account").value("csrf_token")
    assert visitor.post("/uw-gegevens/wis", data={"csrf_token": token}).location == "/account/wissen"
    assert is_signed_in(visitor)
    answer = post_buffered(visitor, "/account/wissen", current_password=PASSWORD, is_sure="y")
    assert answer == "/"
    wipe(elsewhere)  # the link that somebody else asked for, and this browser's own session
    assert kept.places_with(CANARY) == set()
    assert not is_signed_in(visitor)


def test_the_command_deletes_the_same(app: Flask, visitor: FlaskClient, kept: Kept) -> None:
    post(visitor, "/account-maken", email=EMAIL)
    post(visitor, link_in(letters_to(app, EMAIL)[0].get_content()), password=PASSWORD)
    change(visitor, module=save(visitor), note=f"Bel {CANARY}")
    make(visitor, "/delen/lijst?met=alles")
    post(visitor, f"/volgen?q={CANARY}", email=EMAIL)
    command(app, "accounts", "remove", EMAIL)
    assert kept.places_with(CANARY) == set()


def post_buffered(client: FlaskClient, path: str, **values: str) -> str | None:
    """Fills in a form, and reads the answer to its end: what is done after an answer is then done too."""
    token = get(client, path).value("csrf_token")
    return client.post(path, data={"csrf_token": token, **values}, buffered=True).location


def test_what_a_guest_did_is_gone_after_a_day(app: Flask, visitor: FlaskClient, kept: Kept, clock: Clock) -> None:
    leave_traces(app, visitor)
    make(visitor, "/delen/lijst?met=alles", days="1")
    post(visitor, "/account-maken", email=EMAIL)
    with parts_of(app).database.writing() as session:  # the share of fourteen days is kept as long as its maker chose
        session.execute(text("DELETE FROM share WHERE expires_at > :day"), {"day": NOW + timedelta(days=2)})
    command(app, "jobs", "run", "--once")
    clock.now += timedelta(hours=23)
    command(app, "jobs", "run", "--once")
    assert kept.places_with(CANARY)
    clock.now += timedelta(hours=2)
    command(app, "jobs", "run", "--once")
    assert kept.places_with(CANARY) == set()
