"""Dossiers for tests, made through the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.accounts import add_account, letters_to, link_in, parts_of, sign_in
from tests.pages import Page, get, parsed, post
from web.advisor.model import Dossier, Note, Task
from web.audit.model import AuditEntry

ADVISOR = "adviseur@example.org"
CLIENT_EMAIL = "klant@example.org"
NEW = {"client_name": "Samira", "client_email": "", "purpose": "U helpen naar ander werk.", "until": "2027-11-01", "how": "online"}


@dataclass(frozen=True)
class Made:
    """A dossier just made: its page for the advisor, and the client's link."""

    page: str
    link: str

    @property
    def uid(self) -> str:
        """Its public id."""
        return self.page.rpartition("/")[2]


def advisor(app: Flask, email: str = ADVISOR, role: str = "advisor") -> FlaskClient:
    """The browser of an advisor."""
    client = app.test_client()
    sign_in(client, add_account(app, email, role))
    return client


def link_on(answer: TestResponse) -> str:
    """The client's link on a page that shows it."""
    return link_in(parsed(answer).all("input", id="link")[0].get("value", ""))


def opened(client: FlaskClient, **values: str) -> Made:
    """Asks a client for consent, or records it on paper."""
    answer = post(client, "/adviseur/nieuw", **NEW | values)
    assert answer.status_code == 200
    found = re.search(r"/adviseur/dossiers/[0-9a-f-]{36}", answer.text)
    assert found, answer.text
    return Made(found[0], link_on(answer))


def press(client: FlaskClient, path: str, **values: str) -> TestResponse:
    """Sends one of the small forms, with a token of this visitor."""
    token = get(client, "/account-maken").value("csrf_token")
    return client.post(path, data={"csrf_token": token, **values}, buffered=True)


def agree(client: FlaskClient, link: str) -> str:
    """The client says yes; returns the private link."""
    answer = press(client, f"{link}/akkoord")
    assert answer.status_code == 303
    assert answer.location != link
    return str(answer.location)


def fill(client: FlaskClient, page: str, word: str = "lassen") -> None:
    """Writes in every part of a dossier."""
    assert post(client, f"{page}/doel", goal=f"Wil leren: {word}", situation=f"Nu nog niet: {word}").status_code == 303
    assert post(client, f"{page}/notitie", day="2026-11-20", text=f"Gesprek over {word}").status_code == 303
    assert post(client, f"{page}/taak", text=f"Bel over {word}", due="2026-12-01").status_code == 303


def numbers_in(app: Flask, made: Made) -> tuple[int, int]:
    """The keys of a note and a task of a dossier."""
    with parts_of(app).database.reading() as session:
        which = select(Dossier.id).where(Dossier.uid == made.uid).scalar_subquery()
        return (
            session.scalars(select(Note.id).where(Note.dossier_id == which)).all()[0],
            session.scalars(select(Task.id).where(Task.dossier_id == which)).all()[0],
        )


def entries(app: Flask, made: Made) -> list[tuple[str, str]]:
    """What the audit trail says about a dossier, oldest first, as (action, what)."""
    with parts_of(app).database.reading() as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.dossier == made.uid).order_by(AuditEntry.number))
        return [(entry.action, entry.what) for entry in found]


def log_on(page: Page) -> list[str]:
    """Who did what, as the page of a dossier says it, the newest first."""
    (log,) = page.with_class("lw-dossier__log")
    return [" ".join("".join(part.itertext()) for part in list(line)[:2]) for line in log.iter("li")]


def links_mailed(app: Flask, email: str) -> set[str]:
    """The links in all letters to somebody; of letters of one moment nobody knows which came first."""
    return {link_in(letter.get_content()) for letter in letters_to(app, email)}
