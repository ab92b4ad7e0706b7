"""Yours: the inventory names everything, the export holds it, and what a guest did moves along into an account."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from tests.accounts import add_account, command, parts_of, sign_in
from tests.pages import get, parsed, post
from tests.second_step import switch_on
from tests.traces import CANARY, EMAIL, full_member, leave_traces
from web.privacy.browser import COOKIES, SESSION_ENTRIES
from web.privacy.export import SEALED
from web.privacy.holding import Given
from web.privacy.inventory import INVENTORY
from web.security.session_model import StoredSession


@pytest.fixture
def app(own_seeded_app: Flask) -> Flask:
    return own_seeded_app


def exported(visitor: FlaskClient) -> dict[str, Any]:
    answer = visitor.get("/uw-gegevens.json")
    assert answer.headers["Cache-Control"] == "no-store"
    return dict(json.loads(answer.text))


def test_a_session_holds_nothing_that_the_inventory_does_not_name(app: Flask, visitor: FlaskClient) -> None:
    seen: set[str] = set()

    def look() -> None:
        with parts_of(app).database.reading() as session:
            for data in session.scalars(select(StoredSession.data)):
                seen.update(data)

    leave_traces(app, visitor)
    look()
    add_account(app, EMAIL)
    sign_in(visitor, EMAIL)
    look()
    switch_on(app, visitor)
    sign_in(visitor, EMAIL)  # as far as the second step
    look()
    assert seen - SESSION_ENTRIES.keys() == set()
    assert {
        "passport",
        "passport_files",
        "passport_shared",
        "profile",
        "paths",
        "saved",
        "saved_removed",
        "shares",
        "traces",
        "csrf_token",
        "account_id",
        "second_step",
    } <= seen


def test_cookies_are_all_named(visitor: FlaskClient) -> None:
    visitor.get("/taal/nl")
    get(visitor, "/inloggen")
    names = {cookie.name for cookie in COOKIES}
    assert names == {name for name in names if visitor.get_cookie(name)}
    assert len(visitor._cookies) == len(names)  # type: ignore[attr-defined]


def test_the_export_of_a_member_holds_every_personal_column(app: Flask, visitor: FlaskClient) -> None:
    full_member(app, visitor)
    found = exported(visitor)
    assert found["format"] == 1
    for one in INVENTORY:
        part = found["data"][one.name]
        assert part["what"]
        assert part["kept"]
        assert part["fields"].keys() == one.fields.keys()
        if one.mine is None:
            assert part["rows"] == []
            continue
        assert part["rows"], f"nothing of {one.name}: this proves nothing"
        for row in part["rows"]:
            assert row.keys() == one.fields.keys()
            for name, field in one.fields.items():
                assert (field.given is Given.IS_SET) is (isinstance(row[name], dict) and row[name].keys() == {SEALED}), (one.name, name)
    data = {name: part["rows"] for name, part in found["data"].items()}
    assert data["account"][0]["email"] == EMAIL
    assert data["saved_list"][0]["items"][0]["note"] == f"Bel {CANARY} over deze module"
    assert found["names"][data["saved_list"][0]["items"][0]["module"]]
    assert data["membership"][0]["organisation_id"] == "Onze School"
    assert data["membership"][0]["role"] == "manager"
    [invitation] = data["invitation"]
    assert (invitation["organisation_id"], invitation["role"], invitation["invited_by_id"]) == ("Curio", "author", "chef@example.org")
    assert {row["role_id"] for row in data["account_role"]} == {"hub", "advisor"}
    assert data["passport"][0]["content"]["evidence"][0]["title"] == f"Diploma {CANARY}"
    assert data["alert"][0]["wish"] == {"q": [CANARY]}
    assert CANARY in json.dumps(data["share"])
    assert any(row["data"]["profile"]["goal_text"] == f"{CANARY} verzorgen" for row in data["web_session"])
    assert [row["payload"] for row in data["job"]] == [{SEALED: True}] * len(data["job"])


def test_the_export_opens_nothing(app: Flask, visitor: FlaskClient) -> None:
    """No secret of the database stands in it, nor a link of a letter."""
    full_member(app, visitor)
    with parts_of(app).database.reading() as session:
        query = "SELECT password, fs_uniquifier, link_stamp FROM account UNION SELECT token_hash, withdraw_hash, '-' FROM share"
        secrets = {value for row in session.execute(text(query)) for value in row if value and value != "-"}
        secrets |= set(session.scalars(text("SELECT seed FROM second_step UNION SELECT code_hash FROM recovery_code")))
        secrets |= set(session.scalars(text("SELECT token_hash FROM web_session UNION SELECT stamp FROM alert")))
        secrets |= set(session.scalars(text("SELECT token_hash FROM invitation")))
    assert len(secrets) > 12
    written = json.dumps(exported(visitor)) + get(visitor, "/uw-gegevens/bekijk").response.text
    assert [one for one in secrets if one in written] == []
    assert "/inloggen/" not in json.dumps(exported(visitor))


def test_the_export_of_a_guest_holds_what_the_browser_did(app: Flask, visitor: FlaskClient) -> None:
    leave_traces(app, visitor)
    data = {name: part["rows"] for name, part in exported(visitor)["data"].items()}
    assert {name for name, rows in data.items() if rows} == {"web_session", "share", "evidence_file"}
    [row] = data["web_session"]
    assert row["data"]["saved"][0]["note"] == f"Bel {CANARY} over deze module"
    assert row["data"]["csrf_token"] == {SEALED: True}
    assert CANARY in json.dumps(data["share"])


def test_nobody_reads_through_an_export_who_has_an_account(app: Flask) -> None:
    """A guest who types an address learns neither whether it is known, nor what it was mailed."""
    add_account(app, EMAIL)

    def told(email: str) -> str:
        guest = app.test_client()
        post(guest, "/account-maken", email=email)
        post(guest, "/volgen?q=zon", email=email)
        post(guest, "/inloggen", email=email, how="link")
        kept = exported(guest)["data"]
        return json.dumps({name: [sorted(row) for row in part["rows"]] for name, part in kept.items()})

    assert told(EMAIL) == told("niemand@example.org")


def test_the_page_to_read_tells_it_in_words(app: Flask, visitor: FlaskClient) -> None:
    full_member(app, visitor)
    page = get(visitor, "/uw-gegevens/bekijk").text("main")
    needed_texts = (EMAIL, f"{CANARY} verzorgen", f"Bel {CANARY} over deze module", "Onze School", "medewerker van een aanbieder")
    for needed in (*needed_texts, "chef@example.org", "Modules maken en aanpassen."):
        assert needed in page, needed
    assert "23 november 2026, 10:00" in page
    assert re.search(r"Wanneer u het laatst een code gaf\.[^0-9]*\d+ [a-z]+ \d{4}, \d\d:\d\d", page)
    assert "Warmtepompen plaatsen en inregelen" in page
    for raw in ("goal_text", "None", "is_set", "{", "2026-11-23T"):
        assert raw not in page, raw
    english = app.test_client()
    english.set_cookie("taal", "en")
    sign_in_again(app, english)
    assert "How long we keep this" in get(english, "/uw-gegevens/bekijk").text("main")


def test_codes_of_which_only_a_hash_is_kept_stand_as_one(app: Flask, visitor: FlaskClient) -> None:
    add_account(app, EMAIL)
    sign_in(visitor, EMAIL)
    switch_on(app, visitor)
    page = get(visitor, "/uw-gegevens/bekijk")
    headings = ["".join(one.itertext()).strip() for one in (*page.all("h2"), *page.all("h3"))]
    assert len(headings) == len(set(headings))
    assert not any(heading.endswith(", 8") for heading in headings)
    assert "Wij bewaren dit 8 keer." in page.text("main")


def sign_in_again(app: Flask, client: FlaskClient) -> None:
    """Signs in by link and a recovery code is not needed: the second step is switched off by command."""
    command(app, "accounts", "second-step-off", EMAIL)
    sign_in(client, EMAIL)


def test_a_stranger_has_nothing_to_see_or_wipe(visitor: FlaskClient) -> None:
    assert "Wij weten nu niets van u" in get(visitor, "/uw-gegevens").text("main")
    assert visitor.get_cookie("leerwijzer") is None
    assert "Wij weten nu niets van u" in get(visitor, "/uw-gegevens/bekijk").text("main")


def test_what_a_guest_did_moves_along(app: Flask, visitor: FlaskClient) -> None:
    """The list, the answers, what is shared, and what is followed at the same address."""
    leave_traces(app, visitor)
    post(visitor, f"/volgen?q={CANARY}", email=EMAIL)
    add_account(app, EMAIL)
    sign_in(visitor, EMAIL)
    assert f"Bel {CANARY}" in get(visitor, "/lijst").text("main") + get(visitor, "/lijst").response.text
    assert CANARY in get(visitor, "/profiel/doel/eigen-woorden").text("main")
    assert len(get(visitor, "/delen").with_class("lw-card") or get(visitor, "/delen").all("form", action="/delen/trek-in")) == 1
    assert CANARY in get(visitor, "/volgen/overzicht").text("main")
    data = {name: part["rows"] for name, part in exported(visitor)["data"].items()}
    assert len(data["share"]) == len(data["alert"]) == len(data["saved_list"]) == 1
    assert data["share"][0]["account_id"] == data["account"][0]["id"]
    elsewhere = app.test_client()  # another browser: all but the answers, which stay with their session
    sign_in(elsewhere, EMAIL)
    assert f"Bel {CANARY}" in get(elsewhere, "/lijst").response.text
    assert CANARY in get(elsewhere, "/volgen/overzicht").text("main")


def test_the_readable_page_and_file_are_sound_for_who_is_here(app: Flask, visitor: FlaskClient) -> None:
    leave_traces(app, visitor)
    page = get(visitor, "/uw-gegevens/bekijk")
    assert page.all("h2")
    answer = visitor.get("/uw-gegevens.json")
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert parsed(visitor.get("/uw-gegevens")).all("form", action="/uw-gegevens/wis")
