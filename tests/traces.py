"""A word that stands nowhere else, left by a visitor in every field that takes words."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.accounts import add_account, command, sign_in
from tests.demands import asked
from tests.dossiers import advisor, agree, bring, claimed, fill, listed, opened, press, skills_with_modules
from tests.editing import made, step
from tests.guided import walk
from tests.intake import step as intake_step
from tests.joining import FIELDS, JOIN, asked_and_confirmed
from tests.lists import change, save
from tests.members import invited, signed_in_member
from tests.pages import get, post
from tests.passports import add, certificate
from tests.reports import make_report
from tests.second_step import switch_on
from tests.sharing import make
from web.accounts.models import MemberRole

CANARY = "kanarievogel"
EMAIL = f"{CANARY}@example.org"
OTHER_EMAIL = f"{CANARY}.elders@example.org"


def leave_traces(app: Flask, visitor: FlaskClient) -> None:
    """Fills the canary into every field that takes words, through the pages."""
    post(visitor, "/profiel/doel/eigen-woorden", text=f"{CANARY} verzorgen")
    post(visitor, "/profiel/uw-verhaal", text=f"Ik werkte met een {CANARY} en met warmtepompen.")
    post(visitor, "/profiel/beroep", q=f"{CANARY}")
    walk(visitor)
    post(visitor, "/profiel/doel/eigen-woorden", text=f"{CANARY} verzorgen")
    get(visitor, "/leerroute")
    change(visitor, module=save(visitor), note=f"Bel {CANARY} over deze module")
    make(visitor, "/delen/lijst?met=alles")
    removed = save(visitor, "/modules/zonnepanelen-inspecteren")
    change(visitor, module=removed, note=f"Toch niet, {CANARY}")
    visitor.post("/lijst/haal-weg", data={"module": removed}, headers={"Origin": "http://localhost"})
    skill, _label = add(visitor)
    post(visitor, certificate(visitor, b"%PDF-1.7 " + CANARY.encode(), title=f"Diploma {CANARY}"), bij=skill)
    post(visitor, "/mijn-vaardigheden/delen", bij=skill)
    post(visitor, f"/volgen?q={CANARY}", email=OTHER_EMAIL)
    post(visitor, JOIN, **FIELDS | {"name": f"School {CANARY}", "contact_name": f"Heer {CANARY}", "email": OTHER_EMAIL})
    visitor.get(f"/modules?q={CANARY}&near={CANARY}")
    post(visitor, "/inloggen", email=f"{CANARY}.onbekend@example.org", how="link")
    command(app, "jobs", "run", "--once")
    post(visitor, "/wachtwoord-vergeten", email=f"{CANARY}.wacht@example.org")  # this letter still waits when its reader is gone


def full_member(app: Flask, visitor: FlaskClient) -> None:
    """Somebody of whom every table keeps something."""
    leave_traces(app, visitor)
    command(app, "organisations", "add", "onze-school", "Onze School")
    add_account(app, EMAIL, "hub", "onze-school")
    add_account(app, EMAIL, "advisor")
    sign_in(visitor, EMAIL)
    invited(app, signed_in_member(app, "chef@example.org", "curio", MemberRole.MANAGER), "curio", EMAIL)
    invited(app, visitor, "onze-school", "collega@example.org")
    step(visitor, made(visitor), "in-review")
    post(visitor, f"/volgen?q={CANARY}", email=EMAIL)
    asked_and_confirmed(app, visitor, email=EMAIL, name=f"School {CANARY}", offer=f"Alles over de {CANARY}")
    switch_on(app, visitor)
    asked(visitor, title=f"Verzorger van een {CANARY}")
    post(visitor, "/adviseur/kaartje", name=f"Meester {CANARY}", organisation=f"De {CANARY}", phone=f"06 {CANARY}")
    with_a_dossier(app, visitor)


def with_a_dossier(app: Flask, visitor: FlaskClient) -> None:
    """An advisor writes about who signed in here, and names them everywhere."""
    helper = advisor(app, "adviseur@elders.example")
    dossier = opened(helper, client_name=f"Mevrouw {CANARY}", client_email=EMAIL, purpose=f"Werk voor {CANARY}")
    agree(visitor, dossier.link)
    fill(helper, dossier.page, CANARY)
    [skill] = skills_with_modules(app, 1)
    claimed(helper, dossier.page, skill, text=f"Hield een {CANARY}")
    bring(visitor, f"/dossier/{dossier.uid}", b"%PDF-1.7 " + CANARY.encode(), f"{CANARY}.pdf")
    for module in listed(app, helper, dossier.page):
        press(visitor, f"/dossier/{dossier.uid}/lijst/{module}", verdict="rejected", reason_against=f"Geen {CANARY}", seen="1")
    post(helper, intake_step(dossier, "energy"), energy=f"Een {CANARY} horen zingen")
    make_report(helper, dossier, own_words=f"Beste {CANARY}")
    get(visitor, f"/dossier/{dossier.uid}")
