"""Requests to join for tests, made through the pages."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.accounts import letters_to, link_in
from tests.pages import get, post

JOIN = "/aanbieder-worden"
REQUESTS = "/hub/aanvragen"
EMAIL = "noor@lasschool.example"
FIELDS = {
    "name": "Lasschool Noord",
    "kind": "private",
    "url": "www.lasschool.example",
    "kvk": "1234 5678",
    "offer": "Korte cursussen lassen, voor beginners.",
    "contact_name": "Noor de Vries",
    "email": EMAIL,
}


def ask(app: Flask, visitor: FlaskClient, **values: str) -> str:
    """Fills in the form; the path of the link in the letter that asks to confirm it."""
    filled = FIELDS | values
    before = {link_in(letter.get_content()) for letter in letters_to(app, filled["email"])}
    assert post(visitor, JOIN, **filled).location == "/kijk-in-uw-mail"
    (link,) = {link_in(letter.get_content()) for letter in letters_to(app, filled["email"])} - before
    return link


def asked_and_confirmed(app: Flask, visitor: FlaskClient, **values: str) -> str:
    """The same, and confirms it; the path of the link."""
    link = ask(app, visitor, **values)
    assert post(visitor, link).location == link
    return link


def look_at(admin: FlaskClient, name: str) -> str:
    """The path of the page on which an administrator answers the request of an organisation of this name."""
    [found] = [link for link in get(admin, REQUESTS).all("a") if link.text == name]
    return found.get("href", "")
