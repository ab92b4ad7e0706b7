"""Modules in the editor, for tests: made, stepped through, and what came of them."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalogue.models import Module
from tests.accounts import add_account, parts_of, sign_in
from tests.module_text import TEXT
from tests.pages import get, parsed, post

TEXT_VALUES = {"title": "", "language": "nl", "outcomes": "", "description": "", "audience": ""}
FACTS = {
    "level": "mbo-3",
    "kind": "workshop",
    "theme": "0",
    "hub": "0",
    "load": "3",
    "load_unit": "EC",
    "credential": "badge",
    "assessment": "",
    "url": "",
}


def member(app: Flask, *organisations: str, email: str = "hub@example.org") -> FlaskClient:
    client = app.test_client()
    sign_in(client, add_account(app, email, "hub", *organisations))
    return client


def made(client: FlaskClient, text: str = TEXT, **values: str) -> str:
    """Makes a module out of a text; returns the address of its editor."""
    page = parsed(client.get("/hub/modules/nieuw"))
    fields = [one for one in page.all("input") if one.get("name") == "organisation"] or page.all("option")
    number = fields[0].get("value", "")
    answer = post(client, "/hub/modules/nieuw", organisation=number, text=text, **values)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def send(client: FlaskClient, path: str, page: str, headers: dict[str, str] | None = None, **values: object) -> TestResponse:
    """Sends a form that stands on another page, or with a header."""
    return client.post(path, data={"csrf_token": parsed(client.get(page)).value("csrf_token"), **values}, headers=headers)


def stored(app: Flask, address: str) -> Module:
    with parts_of(app).database.reading() as session:
        module = session.scalars(select(Module).where(Module.uid == address.rsplit("/", 1)[1])).one()
        _ = module.skills, [edition.place for edition in module.editions]
        return module


def step(client: FlaskClient, address: str, to: str) -> str:
    answer = send(client, f"{address}/stap", address, naar=to)
    assert answer.status_code == 303
    return get(client, address).text("main")


def publish(client: FlaskClient, address: str) -> str:
    return step(client, address, "published")
