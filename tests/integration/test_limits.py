"""Limits on guessing, and the upkeep that forgets."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.accounts import add_account, command, guess, is_signed_in, parts_of, sign_in
from tests.conftest import NOW
from tests.pages import post
from web.security.attempt_model import Attempt
from web.security.attempts import MOST_PER_EMAIL, MOST_PER_NETWORK, WINDOW, count_try, purge_attempts

EMAIL = "noor@example.org"


def test_guessing_is_limited_per_address_and_per_network(app: Flask) -> None:
    add_account(app, EMAIL)
    client = app.test_client()
    tries = [guess(client, EMAIL, f"192.0.2.{number}").status_code for number in range(MOST_PER_EMAIL)]
    assert tries == [200] * MOST_PER_EMAIL
    limited = guess(client, EMAIL.upper(), "192.0.2.99")
    assert limited.status_code == 429
    assert int(limited.headers["Retry-After"]) == WINDOW.total_seconds()
    assert "rustig" in limited.text
    assert guess(client, "ander@example.org").status_code == 200
    with parts_of(app).database.writing() as session:
        session.execute(text("UPDATE attempt SET count = :most"), {"most": MOST_PER_NETWORK})
    assert guess(client, "nog-een@example.org").status_code == 429
    assert guess(client, "nog-een@example.org", "198.51.100.7").status_code == 200


@pytest.mark.parametrize("path", ["/account-maken", "/wachtwoord-vergeten", "/inloggen"])
def test_letters_are_limited_too(small_app: Flask, path: str) -> None:
    client = small_app.test_client()
    codes = [post(client, path, email=EMAIL, how="link").status_code for _ in range(MOST_PER_EMAIL + 1)]
    assert codes == [303] * MOST_PER_EMAIL + [429]


def test_counts_hold_nobodys_name_and_go_when_their_window_is_over(app: Flask) -> None:
    guess(app.test_client(), EMAIL)
    with parts_of(app).database.writing() as session:
        rows = session.scalars(select(Attempt)).all()
        assert len(rows) == 2
        assert all(len(row.key_hash) == 64 for row in rows)
        assert [count_try(session, "k", NOW) for _ in range(3)] == [1, 2, 3]
        assert count_try(session, "k", NOW + WINDOW) == 1
        purge_attempts(session, NOW + WINDOW)
        assert [row.window_number for row in session.scalars(select(Attempt))] == [int((NOW + WINDOW).timestamp()) // 900]


def test_people_still_come_in_when_tries_cannot_be_counted(small_app: Flask) -> None:
    add_account(small_app, EMAIL)
    with parts_of(small_app).database.writing() as session:
        session.execute(text("DROP TABLE attempt"))
    client = small_app.test_client()
    sign_in(client, EMAIL)
    assert is_signed_in(client)


def test_upkeep_is_planned_once_an_hour_and_forgets_what_is_done(small_app: Flask) -> None:
    post(small_app.test_client(), "/account-maken", email=EMAIL)
    for _ in range(2):
        command(small_app, "jobs", "run", "--once")
    with parts_of(small_app).database.reading() as session:
        assert sorted(session.scalars(text("SELECT kind FROM job"))) == ["alerts", "mail", "purge"]
    with parts_of(small_app).database.writing() as session:
        session.execute(text("UPDATE job SET finished_at = '2026-11-20 00:00:00'"))
        session.execute(text("UPDATE job SET unique_key = NULL"))
    command(small_app, "jobs", "run", "--once")
    with parts_of(small_app).database.reading() as session:
        assert sorted(session.scalars(text("SELECT kind FROM job"))) == ["alerts", "purge"]
