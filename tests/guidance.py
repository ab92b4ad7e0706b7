"""Dossiers with a goal, for tests of what the engine proposes in them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from catalogue.models import Occupation
from tests.accounts import parts_of
from tests.conftest import NOW
from tests.pages import Page, get
from web.advisor.intake.talk import keep_intake
from web.advisor.reading import dossier_by_uid
from web.learner.answers import Answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.dossiers import Made
    from web.advisor.model import Dossier

WISHES: dict[str, Any] = {"budget_eur": 400.0, "near": "5211", "max_km": 30, "moments": ("evening",), "hours_per_week": 8.0}
"""Little money, evenings and a short way: few modules fit, and other wishes give more."""


@contextmanager
def dossier_in(app: Flask, made: Made) -> Iterator[Dossier]:
    """A dossier to read or change directly."""
    with parts_of(app).database.writing() as session:
        found = dossier_by_uid(session, made.uid)
        assert found
        yield found


def give_goal(app: Flask, made: Made, now: str = "cv-monteur", goal: str = "warmtepompinstallateur", **wishes: object) -> Answers:
    """The client has one occupation and wants another; the seed catalogue has both."""
    with parts_of(app).database.reading() as session:
        uids = {one.label_nl: one.uid for one in session.scalars(select(Occupation))}
    answers = Answers(occupation=uids[now], goal_kind="occupation", goal_occupation=uids[goal], **wishes)  # type: ignore[arg-type]
    with dossier_in(app, made) as dossier:
        keep_intake(dossier, NOW, answers=answers)
    return answers


def modules_on(page: Page) -> list[str]:
    """The public ids of the modules that a page of matches proposes, best first."""
    return [uid for line in page.all("li") if (uid := (line.get("id") or "").removeprefix("module-")) != (line.get("id") or "")]


def proposed(client: FlaskClient, made: Made) -> list[str]:
    """The public ids of the modules that are proposed on the first page."""
    return modules_on(get(client, f"{made.page}/matches"))


def links_to(client: FlaskClient, path: str) -> list[str]:
    """Where the links on a page lead."""
    return [link.get("href") or "" for link in get(client, path).all("a")]
