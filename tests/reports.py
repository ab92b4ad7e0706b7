"""Dossiers with all that an advice report can tell, and reports made of them through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalogue.models import Module, Occupation, Skill
from catalogue.vocabulary import Status
from tests.accounts import parts_of
from tests.conftest import NOW
from tests.dossiers import Made
from tests.pages import get
from web.advisor.dossiers import add_task
from web.advisor.guidance_model import Claim, Evidence, Proof, Verdict
from web.advisor.intake.talk import Talk, Work, keep_intake
from web.advisor.model import Dossier
from web.advisor.report.document import PARTS
from web.advisor.together.choices import choose
from web.learner.answers import Answers

OWN_WORDS = "Beste Samira,\nwat hebt u veel verteld.\n\nDit is mijn advies: begin klein."
GOAL_WORDS = "Met cijfers werken, op een rustige plek."
WORK, WANTED = "kassamedewerker", "data-analist"
FOR, AGAINST, WHY = "Dicht bij huis en in de avond.", "Begint pas na de zomer.", "Veel te ver reizen, meer dan een uur."
LONG = 150
"""So many skills at most stand in a profile."""


def guided(app: Flask, made: Made, *, is_long: bool = False) -> None:
    """Fills a dossier as a guidance does: goal, answers, talk, shared list, prior learning and tasks; much of each where `is_long`."""
    with parts_of(app).database.writing() as session:
        dossier = session.scalars(select(Dossier).where(Dossier.uid == made.uid)).one()
        work = {one.label_nl: one.uid for one in session.scalars(select(Occupation))}
        skills = list(session.scalars(select(Skill).order_by(Skill.label_nl)))[: LONG if is_long else 6]
        dossier.goal, dossier.situation = GOAL_WORDS, "Werkt nu vier dagen in de winkel.\n\nHeeft twee kinderen op school."
        answers = Answers(
            occupation=work[WORK],
            skills={one.uid: 1 + number % 4 for number, one in enumerate(skills)},
            sources={skills[1].uid: "badge"},
            goal_kind="occupation",
            goal_occupation=work[WANTED],
            near="Breda",
            hours_per_week=12,
            budget_eur=900,
        )
        if is_long:
            answers = answers.changed(goal_kind="skills", goal_skills=_taught(session), near="", budget_eur=None, hours_per_week=20)
        talk = Talk(
            route="career",
            work=(Work(work[WORK], years="6 jaar"), Work(name="magazijn", years="2 jaar")),
            energy="Samen iets maken",
            dutch="B1",
            digital="alone",
            barriers=("time", "travel"),
        )
        keep_intake(dossier, NOW, answers=answers, talk=talk)
        till = Evidence(proof=Proof.WORK, year=2019, text="Zes jaar kassa bij de supermarkt.")
        dossier.claims.append(Claim(skill=skills[0].uid, level=3, evidence=[till]))
        _choose(session, dossier, 24 if is_long else 3)
        for number in range(12 if is_long else 2):
            add_task(dossier, f"Bel de school, keer {number + 1}", date(2026, 12, 1 + number))


def _taught(session: Session) -> dict[str, int]:
    """Skills that modules teach, far apart, so that many modules are needed."""
    modules = session.scalars(select(Module).where(Module.status == Status.PUBLISHED).order_by(Module.id)).all()
    return {one.skill.uid: one.level for module in modules[::24] for one in module.taught[:2]}


def _choose(session: Session, dossier: Dossier, count: int) -> None:
    modules = session.scalars(select(Module).where(Module.status == Status.PUBLISHED).order_by(Module.id.desc()).limit(count)).all()
    repeat = 4 if count > 3 else 1
    for number, module in enumerate(modules):
        verdict = (Verdict.MAYBE, Verdict.REJECTED, Verdict.PINNED)[number % 3]
        against = WHY if verdict is Verdict.REJECTED else AGAINST
        choose(dossier, module.uid, verdict, "test", NOW, reason_for=f"{FOR} " * repeat, reason_against=f"{against} " * repeat)


def make_report(client: FlaskClient, made: Made, **values: Any) -> TestResponse:
    """Sends the form of a report, to make it unless `doe` says otherwise."""
    token = get(client, f"{made.page}/verslag").value("csrf_token")
    usual = {"doe": "maak", "own_words": OWN_WORDS, "aim": "kosten", "language": "nl", "parts": [code for code in PARTS if code != "own"]}
    return client.post(f"{made.page}/verslag", data={"csrf_token": token, **usual, **values}, buffered=True)
