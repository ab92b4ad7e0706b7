"""Sessions on the server: tokens, and every way to end one."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts import add_account, is_signed_in, parts_of, session_token, sign_in, token_on
from tests.conftest import NOW, Clock
from web.security.session_model import StoredSession
from web.security.sessions import LIFETIME, LONGEST, end_all, purge_expired

EMAIL = "noor@example.org"


def holding(app: Flask, token: str) -> FlaskClient:
    """A browser with a session token from elsewhere."""
    client = app.test_client()
    client.set_cookie("leerwijzer", token)
    return client


def test_signing_in_gives_a_new_token_and_the_old_one_is_dead(app: Flask) -> None:
    add_account(app, EMAIL)
    client = app.test_client()
    form_token = token_on(client, "/inloggen")
    before = session_token(client)
    sign_in(client, EMAIL)
    after = session_token(client)
    assert before != after
    assert token_on(client, "/account") != form_token
    assert is_signed_in(holding(app, after))
    assert not is_signed_in(holding(app, before))
    client.post("/uitloggen", data={"csrf_token": token_on(client, "/account")})
    assert not is_signed_in(holding(app, after))


def test_a_token_that_we_did_not_give_is_not_taken_over(small_app: Flask) -> None:
    client = holding(small_app, "chosen-by-somebody-else")
    client.get("/inloggen")
    assert session_token(client) != "chosen-by-somebody-else"


def test_the_database_holds_no_token(small_app: Flask) -> None:
    client = small_app.test_client()
    client.get("/inloggen")
    with parts_of(small_app).database.reading() as session:
        assert session_token(client) not in str(session.execute(select(StoredSession.token_hash, StoredSession.data)).all())


def test_a_session_ends_from_the_server_also_while_it_is_in_use(app: Flask) -> None:
    """A request that was under way when its session ended must not bring it back."""
    add_account(app, EMAIL)

    def under_way() -> str:
        from flask import session  # the request's

        with parts_of(app).database.writing() as writing:
            end_all(writing, session["account_id"])
        session["profile"] = {"goal_text": "terug"}
        return "klaar"

    app.add_url_rule("/onderweg", "under_way", under_way)
    client = app.test_client()
    sign_in(client, EMAIL)
    token = session_token(client)
    assert client.get("/onderweg").text == "klaar"
    assert not is_signed_in(holding(app, token))
    assert not is_signed_in(client)


def test_sessions_end_when_idle_and_when_old(small_app: Flask, clock: Clock) -> None:
    add_account(small_app, EMAIL)
    client = small_app.test_client()
    sign_in(client, EMAIL)
    clock.now = NOW + LIFETIME - timedelta(minutes=1)
    assert is_signed_in(client)
    clock.now += LIFETIME
    assert not is_signed_in(client)
    sign_in(client, EMAIL)
    began = clock.now
    while clock.now < began + LONGEST - timedelta(hours=23):
        assert is_signed_in(client)
        clock.now += timedelta(hours=23)
    clock.now = began + LONGEST
    assert not is_signed_in(client)
    with parts_of(small_app).database.writing() as session:
        purge_expired(session, clock.now + LIFETIME)
        assert session.scalars(select(StoredSession)).all() == []
