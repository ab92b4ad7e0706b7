"""Who tells of themselves where one searches for modules is led to the questions, which begin with those words."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.guided import walk
from tests.pages import get


@pytest.fixture(scope="session")
def reader(seeded_app: Flask) -> Flask:
    """The app once it knows what the names of skills mean."""
    seeded_app.extensions["leerwijzer"].skills.prepare()
    return seeded_app


def begin_with(reader: Flask, words: str) -> FlaskClient:
    """A visitor who presses the button that a search with these words offers."""
    client = reader.test_client()
    assert get(client, f"/modules?q={quote_plus(words)}").value("q") == words
    answer = client.post("/profiel/met-deze-woorden", data={"q": words}, headers={"Origin": "http://localhost"})
    assert answer.location == "/profiel/beroep"
    return client


def test_who_tells_a_story_in_a_search_begins_the_questions_with_it(reader: Flask) -> None:
    client = begin_with(reader, "ik ben loodgieter en wil warmtepompen leren installeren")
    page = get(client, "/profiel/beroep")
    assert page.value("q") == "ik ben loodgieter"
    assert "loodgieter" in page.text("label", **{"for": "choice-0"})
    chosen = [one.get("value") for one in get(client, "/profiel/doel").all("input", name="kind") if one.get("checked") is not None]
    assert chosen == ["text"]
    assert "warmtepompen" in get(client, "/profiel/doel/eigen-woorden").text("textarea")


def test_a_story_of_which_no_goal_is_heard_begins_with_work_that_is_near(reader: Flask) -> None:
    client = begin_with(reader, "ik ben loodgieter en wil minder zwaar werk")
    chosen = [one.get("value") for one in get(client, "/profiel/doel").all("input", name="kind") if one.get("checked") is not None]
    assert chosen == ["explore"]
    assert get(client, "/profiel/doel/eigen-woorden").text("textarea") == ""


def test_a_story_changes_nothing_that_was_answered(client: FlaskClient) -> None:
    walk(client)
    before = get(client, "/profiel/controle").text("dl")
    client.post("/profiel/met-deze-woorden", data={"q": "ik ben kok en wil leren lassen"}, headers={"Origin": "http://localhost"})
    assert get(client, "/profiel/controle").text("dl") == before


def test_only_a_story_is_taken_to_the_questions(client: FlaskClient) -> None:
    assert not get(client, "/modules?q=warmtepompen").all("form", id="vertel")
    assert client.post("/profiel/met-deze-woorden", data={"q": "ik ben kok"}).status_code == 400


def test_who_wants_no_heavy_work_is_shown_no_course_in_lifting(client: FlaskClient) -> None:
    def found(words: str) -> list[str]:
        cards = get(client, f"/modules?q={words}").with_class("lw-card")
        return [next(link.get("href") or "" for link in card.iter("a")) for card in cards]

    page = get(client, "/modules?q=zorg zonder tillen")
    assert "Hoe zwaar het werk is, staat niet bij een module." in page.text("main")
    assert "niet gezocht: zonder tillen" in page.text("ul", class_="lw-wishes")
    assert page.all("form", id="vertel")
    assert found("zorg zonder tillen") == found("zorg")
    assert found("zorg tillen") != found("zorg"), "who wants to learn it finds it"
