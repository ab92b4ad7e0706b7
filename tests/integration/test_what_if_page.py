"""Other wishes side by side: what each brings, why, and taking one of them over."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Skill
from tests.guided import want
from tests.pages import Page, cells, get, post
from web.learner.answers import Answers
from web.learner.profile import learner_profile
from web.learner.scenario_cards import change_name
from web.learner.scenario_form import changed_by, code_of
from web.wiring import Services

PAGE = "/profiel/wat-als"


def page_with(client: FlaskClient, **asked: str | list[str]) -> Page:
    return get(client, f"{PAGE}?{urlencode(asked, doseq=True)}")


@pytest.fixture
def learner(client: FlaskClient, uids: dict[str, str]) -> FlaskClient:
    """Somebody with little money, evenings and a short way, who wants to fit heat pumps."""
    wishes = {"budget_eur": "400", "near": "5211", "max_km": "30", "moments": "evening", "hours_per_week": "8"}
    return want(client, uids, "cv-monteur", "warmtepompinstallateur", **wishes)


def number(text: str) -> int:
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0


def fitting(text: str) -> int:
    """How many modules fit, those that ask too many hours a week among them."""
    heavy = re.search(r"(\d+) andere", text)
    return number(text) + (int(heavy[1]) if heavy else 0)


def codes(page: Page) -> list[str]:
    return [field.get("value") or "" for field in page.all("input", type="checkbox", name="wens")]


def test_what_brings_most_is_offered_and_compared_at_once(learner: FlaskClient) -> None:
    page = get(learner, PAGE)
    labels = ["".join(label.itertext()) for label in page.all("label") if (label.get("for") or "").startswith("wens-")]
    promised = [int(found[1]) for label in labels if (found := re.search(r"(\d+) modules? meer\)", label))]
    assert len(promised) == len(labels) > 1
    percents = [int(found[1]) if (found := re.search(r"\((\d+) procent meer van wat u mist", label)) else 0 for label in labels]
    joint_now, *joint = (number(text) for text in cells(page, "Alle modules samen"))
    assert all(abs(one - joint_now - percent) <= 1 for one, percent in zip(joint, percents, strict=False))
    together = [code for code in codes(page) if ";" in code]
    assert together
    assert set(together) <= set(codes(page)[:2]), "what brings most comes first"
    now, *others = (number(text) for text in cells(page, "Modules die passen"))
    assert [one - now for one in others] == promised[:2]
    assert [number(text) for text in cells(page, "Dit komt erbij")[1:]] == promised[:2]
    assert all("Valt nu af door" in text for text in cells(page, "Dit komt erbij")[1:])
    assert not any(map(number, cells(page, "Dit valt weg")))


def test_a_language_is_offered_to_who_knows_it_only(learner: FlaskClient, seeded_app: Flask) -> None:
    assert not any("languages" in code for code in codes(get(learner, PAGE)))
    with seeded_app.test_request_context(), seeded_app.extensions["leerwijzer"].database.reading() as session:
        english, other = (
            session.scalars(select(Skill).where(Skill.label_nl == name)).one()
            for name in ("Engels gebruiken op het werk", "warmtepompen plaatsen")
        )
        for level, expected in ((1, {"nl"}), (2, {"nl", "en"})):
            answers = Answers(skills={english.uid: level, other.uid: 4})
            assert learner_profile(session, answers).known_languages == expected
        assert learner_profile(session, Answers(languages=("en",))).known_languages == {"nl", "en"}


def test_each_column_says_what_the_page_of_matches_says_with_that_wish(learner: FlaskClient) -> None:
    chosen = codes(get(learner, PAGE))[0]
    page = page_with(learner, wens=chosen)
    now, then = (fitting(text) for text in cells(page, "Modules die passen"))
    assert now == number(get(learner, "/matches").text("h2", id="matches").split()[0])
    taken = post(learner, PAGE, wens=chosen)
    assert (taken.status_code, taken.location) == (303, "/matches#matches")
    assert number(get(learner, "/matches").text("h2", id="matches").split()[0]) == then
    assert chosen not in codes(get(learner, PAGE))


def test_an_own_change_stands_beside_the_others_and_only_it_goes_into_the_address(learner: FlaskClient) -> None:
    answer = learner.get(PAGE, query_string={"budget_eur": "100", "near": "", "wens": ["", "max_km=300"]})
    assert answer.status_code == 303
    assert answer.location == f"{PAGE}?wens=budget_eur%3D100&wens=max_km%3D300#naast-elkaar"
    page = get(learner, answer.location)
    assert page.text("thead").startswith("Uw wensen nuHoogstens € 100Binnen 300 km van 5211")
    now, cheaper, further = (number(text) for text in cells(page, "Modules die passen"))
    assert cheaper < now < further
    assert "uw budget" in cells(page, "Dit valt weg")[1]
    assert "de afstand" in cells(page, "Dit komt erbij")[2]
    assert {"budget_eur=100", "max_km=300"} <= set(codes(page))


def test_a_mistake_is_told_and_nothing_else_happens(learner: FlaskClient) -> None:
    page = page_with(learner, budget_eur="veel", near="Nergenshuizen")
    assert "Er klopt iets niet" in page.text("main")
    assert page.value("budget_eur") == "veel"
    assert page.value("max_km") == ""
    for nonsense in ("budget_eur=veel", "goal_kind=text", "x", "near=", "budget_eur=400", "moments=nooit", "finish_by=2020-13-45"):
        page = page_with(learner, wens=nonsense)
        expected = 2 if nonsense == "near=" else 1
        assert len(cells(page, "Modules die passen")) in (1, expected), nonsense
    before = get(learner, "/profiel/controle").text("main")
    post(learner, PAGE, wens="budget_eur=veel")
    assert get(learner, "/profiel/controle").text("main") == before


def test_at_most_three_are_compared_and_each_once(learner: FlaskClient) -> None:
    page = page_with(learner, wens=["budget_eur=500", "budget_eur=500", "budget_eur=600", "budget_eur=700", "budget_eur=800"])
    assert len(cells(page, "Modules die passen")) == 4


def test_without_a_goal_that_is_asked_first(client: FlaskClient) -> None:
    assert client.get(PAGE).location == "/profiel/doel"


def test_a_change_reads_back_as_it_was_written(seeded_app: Flask) -> None:
    services: Services = seeded_app.extensions["leerwijzer"]
    today = services.today()
    now = Answers(budget_eur=400.0, near="5211", max_km=30, moments=("evening",), hours_per_week=8.0)
    changes: list[dict[str, Any]] = [
        {"budget_eur": 1250.5},
        {"budget_eur": None},
        {"near": "Breda", "max_km": 50},
        {"moments": ("daytime", "evening")},
        {"formats": ("online",), "languages": ("nl", "en")},
        {"start_after": today, "finish_by": today + timedelta(days=90)},
        {"hours_per_week": None},
    ]
    with services.database.reading() as session, seeded_app.test_request_context():
        for change in changes:
            then = now.changed(**change)
            assert changed_by(session, now, code_of(now, then)) == then
            assert change_name(now, then)
        assert changed_by(session, now, "") is None
