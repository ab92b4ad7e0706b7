"""Dossiers for tests, made through the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalogue.models import Module, ModuleSkill, Organisation, Skill
from catalogue.vocabulary import OrganisationKind, Status
from tests.accounts import add_account, command, letters_to, link_in, parts_of, sign_in
from tests.conftest import NOW
from tests.pages import Page, get, parsed, post
from tests.passports import send_file
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


CARD = {"name": "Ria de Boer", "organisation": "ROC Tilburg", "phone": "013 123 45 67"}
CALLED = "Ria de Boer (ROC Tilburg)"
"""What others read for an advisor with this card."""


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


def hand_over(client: FlaskClient, page: str, email: str) -> TestResponse:
    """Gives a dossier to a colleague, after a look at who that is."""
    look = parsed(post(client, f"{page}/overdragen", email=email))
    return press(client, f"{page}/overdragen", email=look.value("email"), is_sure="y")


def fill(client: FlaskClient, page: str, word: str = "lassen") -> None:
    """Writes in every part of a dossier."""
    assert post(client, f"{page}/doel", goal=f"Wil leren: {word}", situation=f"Nu nog niet: {word}").status_code == 303
    assert post(client, f"{page}/notitie", day="2026-11-20", text=f"Gesprek over {word}").status_code == 303
    assert post(client, f"{page}/taak", text=f"Bel over {word}", due="2026-12-01").status_code == 303


def numbers_in(app: Flask, made: Made) -> tuple[int, int]:
    """The keys of a note and a task of a dossier; 0 for what is not there."""
    with parts_of(app).database.reading() as session:
        which = select(Dossier.id).where(Dossier.uid == made.uid).scalar_subquery()
        return (
            session.scalars(select(Note.id).where(Note.dossier_id == which)).first() or 0,
            session.scalars(select(Task.id).where(Task.dossier_id == which)).first() or 0,
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


def online(app: Flask, *titles: str, **values: object) -> list[str]:
    """Puts modules on the site, which is empty, and in its index; returns their public ids. `teaches` is a skill with the level reached."""
    teaches = values.pop("teaches", None)
    with parts_of(app).database.writing() as session:
        school = session.scalar(select(Organisation)) or Organisation(slug="school", name="School", kind=OrganisationKind.MBO)
        moments = {"created_at": NOW, "updated_at": NOW, "published_at": NOW}
        made = [
            Module(
                slug=f"m-{number}-{title[:20]}".lower().replace(" ", "-"),
                title=title,
                organisation=school,
                status=Status.PUBLISHED,
                **moments,
                **values,
            )
            for number, title in enumerate(titles)
        ]
        for module in made if isinstance(teaches, tuple) else ():
            skill = session.scalar(select(Skill).where(Skill.uid == teaches[0]))
            module.skills.append(ModuleSkill(skill=skill, role=ModuleSkill.TAUGHT, level=teaches[1]))
        session.add_all(made)
        session.flush()
        uids = [module.uid for module in made]
    command(app, "index", "rebuild")
    return uids


def listed(app: Flask, client: FlaskClient, page: str) -> list[str]:
    """Puts modules that are online on the list of a dossier, one with each verdict; returns their public ids."""
    with parts_of(app).database.reading() as session:
        uids = list(session.scalars(select(Module.uid).where(Module.status == Status.PUBLISHED).order_by(Module.id).limit(4)))
    why = {"reason_for": "Dicht bij huis", "reason_against": "Best duur"}
    for uid, verdict in zip(uids, ("pinned", "maybe", "rejected", "maybe"), strict=False):
        assert press(client, f"{page}/lijst/{uid}", verdict=verdict, **why).status_code == 303
    return uids


def claimed(client: FlaskClient, page: str, skill: str, **values: str) -> TestResponse:
    """Says of a skill that it was learned before."""
    said = {"level": "2", "proof": "work", "year": "2025", "text": "Drie jaar monteur; de brief van de baas ligt thuis."}
    return press(client, f"{page}/eerder-geleerd/{skill}", **said | values)


def skills_with_modules(app: Flask, number: int) -> list[str]:
    """Public ids of skills that modules teach."""
    with parts_of(app).database.reading() as session:
        taught = select(Skill.uid).join(ModuleSkill, ModuleSkill.skill_id == Skill.id).where(ModuleSkill.role == ModuleSkill.TAUGHT)
        return list(session.scalars(taught.distinct().order_by(Skill.uid).limit(number)))


def bring(client: FlaskClient, page: str, content: bytes = b"%PDF-1.7 een brief", name: str = "Brief van de baas.pdf") -> TestResponse:
    """Puts a file in a dossier."""
    token = get(client, "/account-maken").value("csrf_token")
    return send_file(client, f"{page}/bestanden", token, content, name)
