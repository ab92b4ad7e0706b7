"""Demands for tests, made through the pages."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalogue.demands.reading import demand_by_uid
from catalogue.models import Demand, Organisation
from tests.accounts import parts_of, token_on
from tests.pages import get, post

ASK = {"title": "Monteur warmtepompen", "wish": "Onze mensen moeten warmtepompen plaatsen en warmtepompen onderhouden.", "people": "7"}
LIMITS = {
    "near": "Breda",
    "max_km": "40",
    "is_online_ok": "y",
    "needed_by": "1-9-2027",
    "budget_eur": "900",
    "theme": "0",
    "organisation": "0",
    "company": "Installatie Van Dam",
    "contact_email": "chef@vandam.example",
}


def uid_in(address: str) -> str:
    """The public id in the address of a demand or of one of its parts."""
    return address.split("/")[2]


def asked(client: FlaskClient, **values: str) -> str:
    """Asks a question, with no skills yet; returns the address of the demand."""
    answer = post(client, "/leervragen/nieuw", **{**ASK, **values})
    assert answer.status_code == 303, answer.text
    return f"/leervragen/{uid_in(str(answer.location))}"


def ticked(client: FlaskClient, address: str, most: int = 3) -> list[str]:
    """Takes what the text suggests, as it is suggested; the public ids of those skills."""
    page = get(client, f"{address}/vaardigheden")
    uids = [box.get("value", "") for box in page.all("input", name="neem")][:most]
    answer = client.post(
        f"{address}/vaardigheden",
        data={"csrf_token": page.value("csrf_token"), "neem": uids, "actie": "verder"}
        | {f"nu-{uid}": "0" for uid in uids}
        | {f"nodig-{uid}": "3" for uid in uids},
    )
    assert answer.status_code == 303, answer.text
    return uids


def online(client: FlaskClient, **limits: str) -> str:
    """Asks, chooses skills, says where and when, and puts the demand online; returns its address."""
    address = asked(client)
    assert ticked(client, address)
    limited(client, address, **limits)
    press(client, f"{address}/stap", naar="open")
    return address


def limited(client: FlaskClient, address: str, **limits: str) -> None:
    """Says where, by when and for how much, and leaves the theme that follows from the skills."""
    (theme,) = get(client, f"{address}/grenzen").all("select", id="theme")
    (guessed,) = [option.get("value", "") for option in theme.iter("option") if option.get("selected") is not None]
    answer = post(client, f"{address}/grenzen", **{**LIMITS, "theme": guessed, **limits})
    assert answer.status_code == 303, answer.text


def press(client: FlaskClient, path: str, **values: object) -> TestResponse:
    """Sends one of the small forms of a page, with a token of this visitor."""
    return client.post(path, data={"csrf_token": token_on(client, "/account-maken"), **values})


def stored_demand(app: Flask, address: str) -> Demand:
    """A demand with all that belongs to it."""
    with parts_of(app).database.reading() as session:
        found = demand_by_uid(session, uid_in(address))
        assert found is not None
        return found


def number_of(app: Flask, slug: str) -> int:
    """The key of an organisation."""
    with parts_of(app).database.reading() as session:
        return session.scalars(select(Organisation.id).where(Organisation.slug == slug)).one()
