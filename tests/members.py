"""Members and invitations for tests, made through the pages."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts import add_account, command, letters_to, link_in, sign_in
from tests.pages import get
from web.accounts.models import MemberRole


def people(slug: str) -> str:
    """The address of the page of an organisation's people."""
    return f"/hub/organisaties/{slug}/mensen"


def add_member(app: Flask, email: str, slug: str, role: MemberRole) -> str:
    """Makes an account that works for an organisation."""
    add_account(app, email, "hub")
    command(app, "accounts", "add", email, "--role", "hub", "--organisation", slug, "--member-role", role.value)
    return email


def signed_in_member(app: Flask, email: str, slug: str, role: MemberRole) -> FlaskClient:
    """A browser in which such an account is signed in."""
    client = app.test_client()
    sign_in(client, add_member(app, email, slug, role))
    return client


def send_invitation(manager: FlaskClient, slug: str, email: str, role: str = "author") -> TestResponse:
    """Fills in the form of a manager."""
    token = get(manager, people(slug)).value("csrf_token")
    return manager.post(people(slug), data={"csrf_token": token, "email": email, "role": role})


def invited(app: Flask, manager: FlaskClient, slug: str, email: str, role: str = "author") -> str:
    """Invites somebody; the path of the link in the letter."""
    before = {link_in(letter.get_content()) for letter in letters_to(app, email)}
    assert send_invitation(manager, slug, email, role).status_code == 303
    (link,) = {link_in(letter.get_content()) for letter in letters_to(app, email)} - before
    return link
