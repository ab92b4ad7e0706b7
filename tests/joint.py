"""Modules that organisations make together, for tests: asked and accepted through the pages."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalogue.organisations import organisation_by_slug
from tests.accounts import command
from tests.editing import FACTS, made, publish, send
from tests.pages import get, parsed, post

FORM = "/hub/modules/nieuw"
"""A page with a form for everybody who publishes."""


def joint(slug: str) -> str:
    """The address of what an organisation makes with others."""
    return f"/hub/organisaties/{slug}/samen"


def ask(client: FlaskClient, address: str, slug: str) -> TestResponse:
    """Asks an organisation to make the module of an editor too."""
    return send(client, f"{address}/samen", FORM, organisation=slug)


def answer(client: FlaskClient, slug: str, address: str, word: str = "ja") -> TestResponse:
    """Says yes or no for an organisation that was asked."""
    return send(client, f"{joint(slug)}/{address.rsplit('/', 1)[1]}/{word}", FORM)


def made_together(client: FlaskClient, address: str) -> None:
    """One organisation that makes the module too, and one that did not answer; `client` is of an administrator."""
    for slug in ("avans", "buas"):
        assert ask(client, address, slug).status_code == 303
    assert answer(client, "avans", address).status_code == 303


def adopt(client: FlaskClient, slug: str) -> str:
    """Takes a module over for the first organisation that one may choose; the address of the editor of one's own."""
    page = f"/hub/overnemen/{slug}"
    shown = parsed(client.get(page))
    fields = [one for one in shown.all("input") if one.get("name") == "organisation"] or shown.all("option")
    taken = send(client, page, page, organisation=fields[0].get("value", ""))
    assert taken.status_code == 303, taken.get_data(as_text=True)
    return str(taken.location)


def changed_origin(client: FlaskClient) -> str:
    """A module that was taken over, of which the first one has changed since; `client` is of an administrator."""
    first = made(client, "Leer looien\n\nJe leert een huid looien.")
    publish(client, first)
    slug = slug_of(client, first)
    own = adopt(client, slug)
    post(client, f"{first}/niveau", **FACTS)
    publish(client, first)
    return own


def slug_of(client: FlaskClient, address: str) -> str:
    """The name in addresses of a module that is online."""
    links = [one.get("href", "") for one in get(client, address).all("a")]
    return next(link.rsplit("/", 1)[1] for link in links if link.startswith("/modules/"))


PAIRED = "Manden vlechten\n\nJe leert met wilgentenen een mand vlechten, van de bodem tot de rand, en je neemt hem mee naar huis."
"""A module that no other test looks for, long enough to be nearly the same as another."""


def pairs_side_by_side(app: Flask, client: FlaskClient) -> tuple[str, str]:
    """Two modules of one organisation that are nearly the same, and one of another: the address of that pair, and of one of each."""
    first = online(app, client, "curio", PAIRED)
    second, third = online(app, client, "curio", PAIRED + " Morgen weer."), online(app, client, "avans", PAIRED)
    command(app, "modules", "duplicates")
    return side_by_side("curio", first, second), side_by_side("curio", first, third)


def draft(app: Flask, client: FlaskClient, slug: str, text: str, **values: str) -> str:
    """The editor of a new module of an organisation; `client` is of somebody who may."""
    with app.extensions["leerwijzer"].database.reading() as session:
        number = str(organisation_by_slug(session, slug).id)
    return str(post(client, "/hub/modules/nieuw", text=text, organisation=number, **values).location)


def online(app: Flask, client: FlaskClient, slug: str, text: str) -> str:
    """The uid of a module of an organisation, made and published."""
    address = draft(app, client, slug, text)
    publish(client, address)
    return address.rsplit("/", 1)[1]


def side_by_side(slug: str, one: str, other: str) -> str:
    """The address of two modules beside each other."""
    return f"/hub/organisaties/{slug}/dubbel/{one}/{other}"


def doubles(pair: str) -> str:
    """The list in which a pair stands."""
    return pair.rsplit("/", 2)[0]
