"""People for tests: accounts made by command, links out of the mail that was sent."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import get, parsed
from web.accounts.mail import mail_folder
from web.wiring import Services

PASSWORD = "fiets lamp tuin maan"
_LINK = re.compile(r"https?://\S+")


def parts_of(app: Flask) -> Services:
    """The parts of an app."""
    parts: Services = app.extensions["leerwijzer"]
    return parts


def command(app: Flask, *arguments: str, given: str = "") -> str:
    """Runs a command that must succeed; returns what it prints."""
    result = app.test_cli_runner().invoke(args=list(arguments), input=given)
    assert result.exit_code == 0, result.output
    return result.output


def add_account(app: Flask, email: str, role: str = "learner", *organisations: str) -> str:
    """Makes an account with `PASSWORD`."""
    options = [part for slug in organisations for part in ("--organisation", slug)]
    command(app, "accounts", "add", email, "--role", role, *options, "--password-stdin", given=f"{PASSWORD}\n")
    return email


def letters_to(app: Flask, email: str) -> list[EmailMessage]:
    """All letters to an address, after sending what waits."""
    command(app, "jobs", "run", "--once")
    folder = mail_folder(parts_of(app).settings.instance_dir)
    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]
    return [letter for letter in letters if letter["To"] == email]


def link_in(text: str) -> str:
    """The first address in a text, without its host."""
    found = _LINK.search(text)
    assert found, text
    parts = urlsplit(found[0])
    return parts.path + (f"?{parts.query}" if parts.query else "")


def link_to(app: Flask, email: str) -> str:
    """The link in the only letter to an address."""
    (letter,) = letters_to(app, email)
    return link_in(letter.get_content())


def token_on(client: FlaskClient, path: str) -> str:
    """The form token of a page."""
    return parsed(client.get(path)).value("csrf_token")


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **query: str) -> None:
    """Signs in with a password."""
    token = token_on(client, "/inloggen")
    values = {"csrf_token": token, "email": email, "password": password, "how": "password"}
    answer = client.post("/inloggen", data=values, query_string=query)
    assert answer.status_code == 303, answer.status_code


def is_signed_in(client: FlaskClient) -> bool:
    """Whether this browser may see its account."""
    return client.get("/account").status_code == 200


def account_text(client: FlaskClient) -> str:
    """What the own account's page says."""
    return get(client, "/account").text("main")


def session_token(client: FlaskClient) -> str:
    """What a browser holds."""
    found = client.get_cookie("leerwijzer")
    assert found is not None
    return found.value


def guess(client: FlaskClient, email: str, address: str = "192.0.2.1") -> TestResponse:
    """A try with a wrong password."""
    values = {"csrf_token": token_on(client, "/inloggen"), "email": email, "password": "geraden woord", "how": "password"}
    return client.post("/inloggen", data=values, environ_base={"REMOTE_ADDR": address})
