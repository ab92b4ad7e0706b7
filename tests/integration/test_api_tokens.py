"""Keys with which programs work for an organisation: made, used within their scope and organisation, and taken away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalogue.models import Module, NextVersion, Revision
from catalogue.overview import organisation_by_slug
from catalogue.vocabulary import Status, Way
from tests.accounts import parts_of
from tests.conftest import NOW
from tests.editing import made, member, publish, send, stored
from tests.members import signed_in_member
from tests.pages import get, parsed, post
from web.accounts import api_tokens
from web.accounts.api_token_model import ApiToken, Scope
from web.accounts.models import MemberRole

PAGE = "/hub/organisaties/curio/sleutels"
OWN = "/api/v1/organisations/curio/modules"
MODULE = {
    "external_id": "K-1",
    "title": "Kleien voor beginners",
    "skills_taught": [],
    "editions": [{"start": "direct", "format": "online", "price_eur": 95}],
}


def key(app: Flask, scope: Scope, organisation: str = "curio", days: int = 30) -> dict[str, str]:
    """A header with a key."""
    with parts_of(app).database.writing() as session:
        owner = organisation_by_slug(session, organisation)
        assert owner is not None
        _made, text = api_tokens.issue(session, owner.id, "proef", scope, days, NOW)
    return {"Authorization": f"Bearer {text}"}


def put(client: FlaskClient, head: dict[str, str], *modules: dict[str, Any], **more: object) -> TestResponse:
    return client.put(OWN, json={"modules": list(modules), **more}, headers=head)


def test_a_manager_makes_a_key_that_is_shown_once_and_kept_as_a_hash(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    page = parsed(post(client, PAGE, name="Roostersysteem", scope="read", days="90"))
    [shown] = page.with_class("lw-key")
    text = "".join(shown.itertext())
    assert text.startswith("lw_")
    again = get(client, PAGE)
    assert text not in again.text("main")
    assert "Roostersysteem" in again.text("main")
    with parts_of(own_seeded_app).database.reading() as session:
        row = session.scalars(select(ApiToken)).one()
        assert text not in str([getattr(row, column.name) for column in ApiToken.__table__.columns])
    guest = own_seeded_app.test_client()
    assert guest.get(OWN, headers={"Authorization": f"Bearer {text}"}).status_code == 200
    assert "nog nooit" not in get(client, PAGE).text("main"), "the day of its last use"
    send(client, f"{PAGE}/haal-weg", PAGE, token=str(row.id))
    answer = guest.get(OWN, headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", [MemberRole.AUTHOR, MemberRole.PUBLISHER])
def test_only_who_manages_sees_and_makes_keys(own_seeded_app: Flask, role: MemberRole) -> None:
    client = signed_in_member(own_seeded_app, "lid@example.org", "curio", role)
    assert client.get(PAGE).status_code == 403
    other = member(own_seeded_app, "saxion", email="ander@example.org")
    assert other.get(PAGE).status_code == 403
    assert send(other, PAGE, "/hub/organisaties/saxion/sleutels", name="x", scope="publish", days="30").status_code == 403


def test_a_key_of_another_organisation_takes_nothing_away(own_seeded_app: Flask) -> None:
    head = key(own_seeded_app, Scope.READ, "saxion")
    with parts_of(own_seeded_app).database.reading() as session:
        theirs = session.scalars(select(ApiToken.id)).one()
    client = member(own_seeded_app, "curio")
    send(client, f"{PAGE}/haal-weg", PAGE, token=str(theirs))
    assert own_seeded_app.test_client().get("/api/v1/organisations/saxion/modules", headers=head).status_code == 200


@pytest.mark.parametrize("head", [{}, {"Authorization": "Bearer lw_geen"}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}])
def test_without_a_key_that_works_there_is_nothing(own_seeded_app: Flask, head: dict[str, str]) -> None:
    client = member(own_seeded_app, "curio")
    refused = client.get(OWN, headers=head)
    assert (refused.status_code, refused.get_json()["detail"]) == (401, "Stuur een sleutel mee die nog werkt."), "being signed in is no key"
    assert put(client, head, MODULE).status_code == 401
    assert client.patch(f"{OWN}/x", json={"status": "draft"}, headers=head).status_code == 401


def test_a_key_ends_on_its_day(own_seeded_app: Flask) -> None:
    with parts_of(own_seeded_app).database.writing() as session:
        owner = organisation_by_slug(session, "curio")
        assert owner is not None
        _made, old = api_tokens.issue(session, owner.id, "oud", Scope.READ, 30, NOW - timedelta(days=31))
        _made, last = api_tokens.issue(session, owner.id, "laatste dag", Scope.READ, 30, NOW - timedelta(days=30))
    client = own_seeded_app.test_client()
    assert client.get(OWN, headers={"Authorization": f"Bearer {old}"}).status_code == 401
    assert client.get(OWN, headers={"Authorization": f"Bearer {last}"}).status_code == 200


def test_a_key_reaches_its_own_organisation_only(own_seeded_app: Flask) -> None:
    head, client = key(own_seeded_app, Scope.PUBLISH, "saxion"), own_seeded_app.test_client()
    uid = stored(own_seeded_app, made(member(own_seeded_app, "curio"))).uid
    assert client.get(OWN, headers=head).status_code == 404
    assert put(client, head, MODULE).status_code == 404
    theirs = f"/api/v1/organisations/saxion/modules/{uid}"
    assert client.patch(theirs, json={"status": "published"}, headers=head).status_code == 404, "a module of another under one's own name"
    assert stored(own_seeded_app, f"/{uid}").status is Status.DRAFT


def test_each_scope_does_so_much_and_no_more(own_seeded_app: Flask) -> None:
    client, heads = own_seeded_app.test_client(), {scope: key(own_seeded_app, scope) for scope in Scope}
    assert put(client, heads[Scope.READ], MODULE).status_code == 403
    assert put(client, heads[Scope.WRITE], MODULE, publish=True).status_code == 403
    answer = put(client, heads[Scope.WRITE], MODULE)
    assert answer.get_json() == {"added": 1, "changed": 0, "unchanged": 0, "waiting": 0, "dry_run": False}
    uid = str(client.get(f"{OWN}?status=draft", headers=heads[Scope.READ]).get_json()["items"][0]["uid"])
    assert client.patch(f"{OWN}/{uid}", json={"status": "in-review"}, headers=heads[Scope.READ]).status_code == 403
    assert client.patch(f"{OWN}/{uid}", json={"status": "in-review"}, headers=heads[Scope.WRITE]).get_json()["status"] == "in-review"
    assert client.patch(f"{OWN}/{uid}", json={"status": "published"}, headers=heads[Scope.WRITE]).status_code == 403
    assert client.patch(f"{OWN}/{uid}", json={"status": "published"}, headers=heads[Scope.PUBLISH]).get_json()["status"] == "published"
    assert client.patch(f"{OWN}/{uid}", json={"status": "withdrawn"}, headers=heads[Scope.WRITE]).status_code == 403
    refused = client.patch(f"{OWN}/{uid}", json={"status": "draft"}, headers=heads[Scope.PUBLISH])
    assert (refused.status_code, refused.get_json()["errors"]) == (422, {"status": ["Een module kan niet van published naar draft."]})


def test_what_is_read_can_be_changed_and_put_back(own_seeded_app: Flask) -> None:
    client, head = own_seeded_app.test_client(), key(own_seeded_app, Scope.PUBLISH)
    items = client.get(f"{OWN}?status=published&per_page=5", headers=head).get_json()["items"]
    entries = [one["module"] for one in items]
    assert put(client, head, *entries, publish=True).get_json()["unchanged"] == 5
    entries[0]["title"] = "Een andere naam"
    dry = put(client, head, *entries, publish=True, dry_run=True).get_json()
    assert (dry["changed"], dry["unchanged"], dry["dry_run"]) == (1, 4, True)
    assert stored(own_seeded_app, f"/{items[0]['uid']}").title != "Een andere naam"
    put(client, head, *entries, publish=True)
    assert stored(own_seeded_app, f"/{items[0]['uid']}").title == "Een andere naam"
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(Revision.way)).one() is Way.PROGRAM


def test_without_publish_a_change_of_what_is_online_waits_for_a_person(own_seeded_app: Flask) -> None:
    client, head = own_seeded_app.test_client(), key(own_seeded_app, Scope.WRITE)
    hub = member(own_seeded_app, "curio")
    address = made(hub)
    publish(hub, address)
    before = stored(own_seeded_app, address)
    entry = next(one["module"] for one in client.get(f"{OWN}?per_page=200", headers=head).get_json()["items"] if one["uid"] == before.uid)
    answer = put(client, head, entry | {"title": "Nieuwe naam"})
    assert answer.get_json() == {"added": 0, "changed": 0, "unchanged": 0, "waiting": 1, "dry_run": False}
    assert stored(own_seeded_app, address).title == before.title
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(NextVersion)).one().document["title"] == "Nieuwe naam"
    assert "Er is een nieuwe versie." in get(hub, address).text("main")


def test_mistakes_are_told_by_module_and_field_and_nothing_is_written(own_seeded_app: Flask) -> None:
    client, head = own_seeded_app.test_client(), key(own_seeded_app, Scope.WRITE)
    wrong = {"external_id": "K-2", "title": "", "editions": [{"start": "ooit", "format": "online"}]}
    answer = put(client, head, MODULE, wrong)
    assert answer.status_code == 422
    found = answer.get_json()["errors"]["modules"]["1"]
    assert {field: len(texts) for field, texts in found.items()} == {"title": 1, "start": 1}, "each once"
    assert "ooit" in found["start"][0]
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(Module).where(Module.external_id == "K-1")).all() == []
    for body in ({"modules": []}, {"modules": [MODULE] * 201}, {"modules": "x"}, {}, {"modules": [MODULE], "iets": 1}):
        assert client.put(OWN, json=body, headers=head).status_code == 422


def test_an_organisation_has_so_many_keys_at_most(own_seeded_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_tokens, "MOST_TOKENS", 1)
    client = member(own_seeded_app, "curio")
    post(client, PAGE, name="Eerste", scope="read", days="30")
    page = parsed(post(client, PAGE, name="Tweede", scope="read", days="30"))
    assert "Er zijn er al 1." in page.text("main")
    assert not page.with_class("lw-key")
