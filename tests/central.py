"""A hub with a central team, for tests: its rules, a template, and modules that it has to look at."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from catalogue.overview import hub_by_slug
from tests.accounts import command
from tests.editing import FACTS, send
from tests.joint import draft
from tests.pages import get, post

HUB = "transitiehub-energie-breda"
CENTRAL = f"/hub/hubs/{HUB}"
TEMPLATE = {
    "name": "Workshop van een dag",
    "kind": "workshop",
    "level": "mbo-3",
    "credential": "badge",
    "theme": "0",
    "description": "",
    "audience": "Iedereen in de bouw.",
    "entry_text": "",
    "assessment": "",
}


def facts_in_hub(app: Flask, **values: str) -> dict[str, str]:
    """The facts of a module, in the hub."""
    with app.extensions["leerwijzer"].database.reading() as session:
        hub = hub_by_slug(session, HUB)
        assert hub is not None
        return FACTS | {"hub": str(hub.id), **values}


def appoint(app: Flask, team: FlaskClient, *required: str, is_approving: bool = True) -> None:
    """Makes Avans the central team of the hub, and sets its rules."""
    command(app, "organisations", "central", HUB, "avans")
    rules: dict[str, object] = {"required": list(required)} | ({"is_approving": "y"} if is_approving else {})
    assert send(team, CENTRAL, CENTRAL, **rules).status_code == 303


def ask_approval(client: FlaskClient, address: str) -> str:
    """Lays a module before the central team; what its editor then says."""
    assert send(client, f"{address}/akkoord", address).status_code == 303
    return get(client, address).text("main")


def decide(team: FlaskClient, address: str, verdict: str = "akkoord", reason: str = "") -> None:
    """The answer of the central team."""
    page = f"{CENTRAL}/wacht/{address.rsplit('/', 1)[1]}"
    assert send(team, page, page, verdict=verdict, reason=reason).status_code == 303


def central_team_at_work(app: Flask, client: FlaskClient) -> tuple[str, str, str]:
    """The pages of a template, of a module that waits, and the editor of one that was sent back; `client` is of an administrator."""
    appoint(app, client, "level-missing")
    assert post(client, f"{CENTRAL}/sjabloon", **TEMPLATE).status_code == 303
    (template,) = [href for one in get(client, CENTRAL).all("a") if "/sjabloon/" in (href := one.get("href", ""))]
    waiting, back = (draft(app, client, "curio", f"Touw slaan {number}\n\nJe leert touw slaan.") for number in (1, 2))
    for address in (waiting, back):
        post(client, f"{address}/niveau", **facts_in_hub(app))
        ask_approval(client, address)
    decide(client, back, "terug", "Schrijf erbij voor wie het is.")
    return template, f"{CENTRAL}/wacht/{waiting.rsplit('/', 1)[1]}", back
