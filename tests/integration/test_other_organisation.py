"""Somebody of another organisation: every route of the hub's side, from the map of addresses, refuses to show or to write anything."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import Rule

from catalogue.models.base import Base
from tests.accounts import parts_of
from tests.central import HUB, appoint
from tests.conftest import NOW
from tests.editing import made, member, publish
from tests.integration.test_upload import CSV, brought
from tests.pages import parsed

OF_AN_ORGANISATION = ("/hub/organisaties/<slug>", "/hub/modules/<uid>", "/hub/hubs/<slug>")
ASKED = {
    "title": "Gekaapt",
    "naar": "withdrawn",
    "language": "nl",
    "publish": "y",
    "actie": "verder",
    "neem": "0",
    "member": "1",
    "role": "manager",
    "email": "ik@example.org",
    "invitation": "1",
    "token": "1",
    "name": "sleutel",
    "scope": "publish",
    "days": "30",
    "feed": "1",
    "url": "https://elders.example/x.csv",
    "kind": "csv",
    "every_hours": "24",
    "start": "direct",
    "format": "online",
    "price": "gratis",
    "keep": "1",
    "note": "mijn",
    "organisation": "saxion",
    "partner": "saxion",
    "besluit": "ja",
}
"""What somebody sends who wants to write, whatever the form."""


MOMENT = f"{NOW:%Y%m%dT%H%M%S%f}"
"""When the modules of the other organisation were made, as the address of a file holds it."""


def everything(app: Flask) -> dict[str, list[str]]:
    """All rows of all tables but those of sessions and tries."""
    with parts_of(app).database.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in ("stored_session", "attempt")]
        return {table.name: sorted(str(tuple(row)) for row in session.execute(table.select())) for table in tables}


def path_of(app: Flask, rule: Rule, known: dict[str, object]) -> str:
    return app.url_map.bind("").build(rule.endpoint, {name: known[name] for name in rule.arguments})


def test_nothing_of_another_organisation_is_shown_or_written(own_seeded_app: Flask) -> None:
    app = own_seeded_app
    owner, other = member(app, "curio"), member(app, "saxion", email="ander@example.org")
    draft, public = made(owner), made(owner)
    publish(owner, public)
    plan = str(brought(owner, CSV).location).rsplit("/", 1)[1]
    appoint(app, member(app, "avans", email="centraal@example.org"))
    token = parsed(other.get("/hub/modules/nieuw")).value("csrf_token")
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(OF_AN_ORGANISATION)]
    assert len(rules) >= 45
    before = everything(app)
    for rule in rules:
        for address, status in ((draft, 404), (public, 403)):
            known: dict[str, object] = {"uid": address.rsplit("/", 1)[1], "other": draft.rsplit("/", 1)[1], "token": plan, "slug": "curio"}
            known |= {"slug": HUB} if rule.rule.startswith("/hub/hubs/") else {}
            path = path_of(app, rule, known | {"at": 0, "feed_id": 1, "extension": "csv", "part": "nieuw", "moment": MOMENT})
            for method in (rule.methods or set()) & {"GET", "POST"}:
                answer = other.open(path, method=method, data=ASKED | {"csrf_token": token})
                allowed = {status} if rule.rule.startswith("/hub/modules/") else {403, 404}
                assert answer.status_code in allowed, (method, path, answer.status_code)
                assert "Gekaapt" not in answer.get_data(as_text=True)
    assert everything(app) == before
