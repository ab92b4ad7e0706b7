"""The caseload with its filters, and the figures over all advisors, through the pages; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.counting.cells import LEAST
from tests.accounts import add_account, parts_of, sign_in
from tests.conftest import NOW
from tests.dossiers import Made, advisor, agree, bring, fill, hand_over, online, opened, press
from tests.pages import Page, get, post
from web.advisor.guidance_model import Intake
from web.advisor.model import Dossier
from web.audit.model import AuditEntry


def names(page: Page) -> list[str]:
    """The clients in the table."""
    return ["".join(cell.itertext()) for table in page.all("tbody") for cell in table.iter("th")]


def with_intake(app: Flask, **values: object) -> None:
    """Gives every dossier an intake."""
    with parts_of(app).database.writing() as session:
        for dossier in session.scalars(select(Dossier)):
            dossier.intake = Intake(answers={"goal_kind": "text"}, talk=values, paths={}, changed_at=NOW)


def test_filters_are_combined_and_count(app: Flask) -> None:
    maker = advisor(app)
    fill(maker, opened(maker, how="paper", client_name="Anna de Wit").page)
    with_intake(app)
    soon = (NOW + timedelta(days=20)).date().isoformat()
    opened(maker, how="paper", client_name="Bram de Boer", until=soon)
    opened(maker, client_name="Cem")
    page = get(maker, "/adviseur?naam=DE&let-op=no-report")
    assert names(page) == ["Anna de Wit", "Bram de Boer"]
    assert page.all("input", name="naam")[0].get("value") == "DE"
    labels = {label.get("for"): " ".join(label.itertext()) for label in page.all("label")}
    assert labels["let-op-no-intake"] == "nog geen intake (1)"
    assert labels["let-op-ends"] == "toestemming stopt binnen 60 dagen (1)"
    assert "wacht op toestemming (0)" in page.text("select", id="toon")
    assert "wacht op toestemming (1)" in get(maker, "/adviseur").text("select", id="toon")
    assert names(get(maker, "/adviseur?let-op=no-report&let-op=ends&let-op=no-intake")) == ["Bram de Boer"]
    assert names(get(maker, "/adviseur?let-op=late&let-op=nonsense")) == []
    row = next(row for row in get(maker, "/adviseur").all("tr") if "Bram" in "".join(row.itertext()))
    assert "nog geen intake, nog geen verslag, toestemming stopt binnen 60 dagen" in " ".join("".join(row.itertext()).split())


def test_figures_over_all_advisors_name_nobody(app: Flask) -> None:
    first, second = advisor(app), advisor(app, "tweede@example.org")
    [module] = online(app, "Lassen voor beginners")
    made = [opened(maker, how="paper", client_name="Samira") for maker in (first, second) for _ in range(LEAST - 1)]
    for one in made[: LEAST - 1]:
        press(first, f"{one.page}/lijst/{module}", verdict="pinned")
    page = get(second, "/adviseur/cijfers")
    assert "open, nog zonder intake8" in page.text("section", aria_labelledby="stand")
    little = page.text("section", aria_labelledby="te-weinig")
    assert all(title in little for title in ("Het vaakst in het advies", "Wat in de weg staat"))
    assert page.text("main").count("te weinig") == 1
    for one in made[LEAST - 1 :]:
        press(second, f"{one.page}/lijst/{module}", verdict="pinned")
    with_intake(app, barriers=["money"])
    press(first, f"{made[0].page}/stand", naar="closed")  # one alone: it hides itself and takes nothing else along but the rest
    page = get(first, "/adviseur/cijfers")
    assert "Lassen voor beginners8" in page.text("section", aria_labelledby="advies")
    assert "in eigen woorden8" in page.text("section", aria_labelledby="doelen")
    assert "Geld voor een opleiding8" in page.text("section", aria_labelledby="weg")
    assert "Hoe ver de dossiers zijn" in page.text("section", aria_labelledby="te-weinig")
    assert "Samira" not in page.text("main")
    with parts_of(app).database.reading() as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.what == "figures")).all()
    assert [(entry.action, entry.dossier) for entry in found] == [("listed", "")] * 2


def test_a_withdrawn_consent_counts_nowhere(app: Flask) -> None:
    maker = advisor(app)
    made = [opened(maker, how="paper") for _ in range(LEAST)]
    assert "open, nog zonder intake5" in get(maker, "/adviseur/cijfers").text("main")
    press(app.test_client(), f"{made[0].link}/trek-in")
    assert "open, nog zonder intake" not in get(maker, "/adviseur/cijfers").text("main")
    post(maker, f"{made[1].page}/doel", goal="", situation="")


def news(maker: FlaskClient, path: str) -> set[str]:
    """What the client did since the advisor looked, as a page says it."""
    return {"".join(link.itertext()) for link in get(maker, path).all("a") if "".join(link.itertext()).startswith("uw klant ")}


@pytest.mark.parametrize("has_account", [False, True])
def test_an_advisor_is_told_what_the_client_did_until_looking_there(app: Flask, *, has_account: bool) -> None:
    maker, client = advisor(app), app.test_client()
    if has_account:
        sign_in(client, add_account(app, "klant@example.org"))
    made = opened(maker)
    made = Made(made.page, agree(client, made.link))
    answered = "uw klant gaf antwoord over de toestemming"
    assert news(maker, "/adviseur") == {answered}
    [module] = online(app, "Lassen")
    press(maker, f"{made.page}/lijst/{module}", verdict="maybe", seen="0")
    assert news(maker, made.page) == set()
    press(client, f"{made.link}/lijst/{module}", verdict="pinned", seen="1")
    assert news(maker, made.page) == {"uw klant veranderde de lijst"}
    bring(client, made.link)
    told = {"uw klant veranderde de lijst", "uw klant veranderde de bestanden"}
    assert news(maker, "/adviseur") == news(maker, "/adviseur?let-op=news") == news(maker, made.page) == told
    get(maker, f"{made.page}/bestanden")
    bring(maker, made.page)
    assert news(maker, "/adviseur") == {"uw klant veranderde de lijst"}
    press(maker, f"{made.page}/langer", until="2028-01-01", how="online")
    assert answered not in news(maker, "/adviseur")
    press(client, f"{made.link}/langer", antwoord="nee")
    assert answered in news(maker, "/adviseur")
    get(maker, made.page)
    assert answered not in news(maker, "/adviseur")
    colleague = advisor(app, "collega@example.org")
    hand_over(maker, made.page, "collega@example.org")
    assert news(colleague, "/adviseur") == told | {answered}
    press(client, f"{made.link}/trek-in")
    page = get(colleague, "/adviseur")
    assert "Er is nu geen dossier dat u mag zien." in page.text("main")
    assert "Kies minder" not in page.text("main")
    assert "Kies minder" in get(colleague, "/adviseur?naam=x").text("main")
