"""Completion as one types: beginnings of words, other names, typing errors, every kind, and changes by other processes."""

from __future__ import annotations

import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module
from catalogue.search import completing
from catalogue.search.completing import Completer, Name, Names
from catalogue.versions import MODULES, bump_version
from web.wiring import Services


@pytest.fixture(scope="module")
def names(seeded_app: Flask) -> Completer:
    parts: Services = seeded_app.extensions["leerwijzer"]
    return parts.names


@pytest.mark.parametrize(
    ("typed", "kind", "label"),
    [
        ("warmtep", "occupation", "warmtepompinstallateur"),
        ("WARMTEPOMPEN PL", "module", "Warmtepompen plaatsen en inregelen"),
        ("plaatsen en inr", "module", "Warmtepompen plaatsen en inregelen"),
        ("bre", "place", "Breda"),
        ("den b", "place", "'s-Hertogenbosch"),
        ("'s-hert", "place", "'s-Hertogenbosch"),
        ("curi", "provider", "Curio"),
        ("warmtepompinstalateur", "occupation", "warmtepompinstallateur"),
        ("zonnepanle", "module", "Zonnepanelen monteren op schuine en platte daken"),
    ],
)
def test_beginnings_of_words_lead_to_names(names: Completer, typed: str, kind: str, label: str) -> None:
    found = names.complete(typed, limit=8)
    assert (kind, label) in [(one.kind, one.label) for one in found], found


@pytest.mark.parametrize("typed", ["", "   ", "?!", "xqzxqz", "\x00", "a" * 10_000, "\u202e", "%_", "zzzz zzzz"])
def test_what_begins_nothing_completes_to_nothing(names: Completer, typed: str) -> None:
    assert names.complete(typed) == []


def test_only_the_kinds_that_are_asked_come_each_thing_once(names: Completer) -> None:
    assert {one.kind for one in names.complete("el", ["skill"], 20)} == {"skill"}
    found = names.complete("e", limit=50)
    assert len({(one.kind, one.key) for one in found}) == len(found) == 50
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_every_kind_gets_its_share() -> None:
    some = Names(
        [*(Name("module", f"m{number}", f"Las {number}", f"Las {number}") for number in range(9)), Name("skill", "s", "lassen", "lassen")]
    )
    assert "skill" in {one.kind for one in some.complete("la", ["module", "skill"], 4)}
    assert len(some.complete("la", ["module"], 4)) == 4
    assert Names([]).complete("la", ["module"], 4) == []


def test_the_api_completes_and_refuses_unknown_kinds(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest?q=warmtep&kind=occupation&kind=place&limit=3")
    assert answer.json is not None
    assert answer.json["items"][0] | {"id": "", "uri": ""} == {
        "id": "",
        "uri": "",
        "label": "warmtepompinstallateur",
        "score": answer.json["items"][0]["score"],
        "kind": "occupation",
    }
    assert client.get("/api/v1/suggest?q=warmtep&kind=dier").status_code == 422
    assert client.get("/api/v1/suggest?q=").json == {"items": []}


def test_a_new_title_is_completed_soon(own_seeded_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completing, "SECONDS_BETWEEN_LOOKS", 0.0)
    parts: Services = own_seeded_app.extensions["leerwijzer"]
    assert parts.names.complete("kwispel") == []
    with parts.database.writing() as session:
        module = session.scalars(select(Module)).first()
        assert module is not None
        module.title = "Kwispelstaarten voor beginners"
        bump_version(session, MODULES)
    until = time.monotonic() + 10
    while not parts.names.complete("kwispel") and time.monotonic() < until:
        time.sleep(0.05)
    assert [one.label for one in parts.names.complete("kwispel")] == ["Kwispelstaarten voor beginners"]
