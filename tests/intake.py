"""The guided intake for tests: where its pages are, and a whole intake told through them."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts import parts_of
from tests.dossiers import Made, press
from tests.pages import Page, get, post
from web.advisor.intake.talk import Talk, answers_of, talk_of
from web.advisor.model import Dossier
from web.learner.answers import Answers

STEP_PAGES = {
    "situation": "situatie",
    "work": "werk",
    "skills": "kunnen",
    "energy": "energie",
    "goal": "doel",
    "wishes": "wensen",
    "language": "taal",
    "barriers": "drempels",
}
OTHER_PAGES = {"explore": "ontdekken", "take": "overnemen", "first_steps": "eerste-stappen"}
INTAKE_ROUTES = (*STEP_PAGES, *OTHER_PAGES, "skip")
"""The routes of the intake below its overview, without `intake_` in front."""


def intake_pages(made: Made) -> dict[str, str]:
    """All pages of the intake of a dossier, by endpoint."""
    below = {f"advisor.intake_{name}": f"{made.page}/intake/{path}" for name, path in (STEP_PAGES | OTHER_PAGES).items()}
    return {"advisor.intake": f"{made.page}/intake", **below}


def step(made: Made, name: str) -> str:
    """Where the page of a step is."""
    return f"{made.page}/intake/{STEP_PAGES[name]}"


def question(made: Made, name: str) -> str:
    """Where the question of a step is, on its page."""
    return f"{step(made, name)}#vraag"


def options(page: Page) -> dict[str, str]:
    """The occupations that a page offers, by name."""
    values = {radio.get("id"): radio.get("value") or "" for radio in page.all("input", name="choice")}
    labels = [label for label in page.all("label") if label.get("for") in values]
    return {" ".join("".join(next(label.iter("span")).itertext()).split()): values[label.get("for")] for label in labels}


def rows(page: Page) -> dict[str, str]:
    """The fields of the work history, as the page shows them."""
    fields = [one for one in page.all("input") if (one.get("name") or "").startswith("jobs-") and one.get("type") != "checkbox"]
    return {one.get("name") or "": one.get("value") or "" for one in fields}


def add_work(client: FlaskClient, made: Made, name: str) -> None:
    """Types work and adds the occupation of that name."""
    path = step(made, "work")
    before = rows(get(client, path))
    assert post(client, path, q=name, actie="zoek", **before).location == f"{path}#gevonden"
    answer = post(client, path, q=name, choice=options(get(client, path))[name], actie="zoek", **before)
    assert answer.location == f"{path}#q"


def levels(page: Page) -> dict[str, str]:
    """The levels as a page proposes them."""
    chosen = {}
    for field in page.all("select"):
        if (field.get("name") or "").startswith("niveau-"):
            [option] = [option for option in field.iter("option") if option.get("selected") is not None]
            chosen[field.get("name") or ""] = option.get("value") or ""
    return chosen


def tell(client: FlaskClient, made: Made) -> None:
    """A whole intake: every step but one answered, that one skipped."""
    post(client, step(made, "situation"), route="migrant", situation="Werkt vier dagen in een kas")
    add_work(client, made, "installatiemonteur")
    post(client, step(made, "work"), actie="verder", **rows(get(client, step(made, "work"))) | {"jobs-0-years": "3 jaar"})
    post(client, step(made, "skills"), actie="verder", **levels(get(client, step(made, "skills"))))
    post(client, step(made, "energy"), energy="Buiten werken", drains="Lang stilzitten")
    post(client, step(made, "goal"), kind="text", text="zonnepanelen leggen")
    post(client, step(made, "wishes"), hours_per_week="8", budget_eur="500", near="Breda", max_km="30")
    post(client, step(made, "language"), dutch="A2", digital="help")
    post(client, step(made, "barriers"), barriers="diploma", barriers_text="Geen oppas op dinsdag")
    press(client, f"{made.page}/intake/sla-over", stap="energy")


def stored(app: Flask, made: Made) -> tuple[Answers, Talk]:
    """What the dossier holds of the intake."""
    with parts_of(app).database.reading() as session:
        found = session.scalars(select(Dossier).where(Dossier.uid == made.uid)).one()
        return answers_of(found), talk_of(found)
