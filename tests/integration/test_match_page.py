"""The page of matches says the same thing everywhere, and claims nothing that it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalogue.models import Occupation
from tests.guided import want
from tests.pages import Page, get, post
from web.learner.profile import lesson_languages


def matches(client: FlaskClient, uids: dict[str, str], now: str, goal: str, **wishes: str) -> Page:
    """The page of matches for who has one occupation and wants another."""
    return get(want(client, uids, now, goal, **wishes), "/matches")


def cards(page: Page) -> Iterator[str]:
    """The text of each match, on one line."""
    for card in page.with_class("lw-match"):
        yield " ".join("".join(card.itertext()).split())


def test_a_card_and_its_reason_name_the_same_hours_a_week(client: FlaskClient, uids: dict[str, str]) -> None:
    page = matches(client, uids, "kassamedewerker", "zonnepanelenmonteur", hours_per_week="8")
    warned = 0
    for card in cards(page):
        asked = re.search(r"Vraagt (\d+) uur per week\. U hebt 8 uur\.", card)
        if not asked:
            continue
        hours = int(asked[1])
        assert re.search(rf"\b{hours} uur per week(,| ·| Dit| Waarom|$)", card.partition("Vraagt")[0]), card
        assert ("meer dan uw 8 uur" in card) == (hours > 8)
        warned += hours > 8
    assert warned


def test_what_nobody_has_said_is_asked_and_not_called_missing(client: FlaskClient, uids: dict[str, str]) -> None:
    page = matches(client, uids, "kassamedewerker", "zonnepanelenmonteur")
    assert any("handgereedschap gebruiken" in row and "weten wij niet" in row for row in rows(page))
    before = [card for card in cards(page) if "Kunt u dit?" in card]
    assert before
    missing = [card.partition("Dit mist u nog")[2].partition("Dit moet u vooraf")[0] for card in cards(page)]
    assert not [text for text in missing if re.search("Nederlands lezen|werkinstructies|rekenen", text.partition("Waarom")[0])]
    asked = get(client, "/profiel/kunt-u-dit-ook")
    names = [select.get("name") or "" for select in asked.all("select")]
    assert names
    assert not [option for option in asked.all("option", selected="") if option.get("value")]
    answered = post(client, "/profiel/kunt-u-dit-ook", **dict.fromkeys(names, "2"))
    assert answered.location == "/matches"
    page = get(client, "/matches")
    assert not any("weten wij niet" in row for row in rows(page))
    assert len([card for card in cards(page) if "Kunt u dit?" in card]) < len(before)


def rows(page: Page) -> Iterator[str]:
    """The text of each row of the gap."""
    for table in page.with_class("lw-table--gap"):
        for row in table.iter("tr"):
            yield " ".join("".join(row.itertext()).split())


def test_lessons_in_a_language_that_nobody_chose_are_left_out_and_counted(client: FlaskClient, uids: dict[str, str]) -> None:
    def languages(page: Page) -> set[str]:
        titles = [link for heading in page.all("h3") for link in heading.iter("a")]
        return {link.get("lang") or page.all("html")[0].get("lang") or "" for link in titles}

    page = matches(client, uids, "kassamedewerker", "zonnepanelenmonteur")
    assert languages(page) == {"nl"}
    assert "vallen af door de taal" in page.text("main")
    chosen = matches(client, uids, "kassamedewerker", "zonnepanelenmonteur", languages="en")
    assert languages(chosen) == {"en"}


@pytest.mark.parametrize(
    ("site", "goal", "expected"),
    [
        ("nl", "zonnepanelenmonteur", {"nl"}),
        ("en", "zonnepanelenmonteur", {"nl", "en"}),
        ("nl", "data scientist", {"nl", "en"}),
        ("nl", None, {"nl"}),
    ],
)
def test_lessons_are_in_dutch_and_in_english_where_one_reads_it_or_such_work_is_taught_in_it(
    seeded_app: Flask, site: str, goal: str | None, expected: set[str]
) -> None:
    with seeded_app.extensions["leerwijzer"].database.reading() as session:
        occupation = session.scalars(select(Occupation).where(Occupation.label_nl == goal)).one() if goal else None
        assert lesson_languages(site, occupation) == expected


def test_each_skill_of_the_gap_names_its_modules_or_what_is_nearest_outside_the_wishes(client: FlaskClient, uids: dict[str, str]) -> None:
    page = matches(client, uids, "cv-monteur", "warmtepompinstallateur", near="5211", max_km="30")
    by_skill = {row.partition("Nu")[0].strip(): row for row in rows(page)}
    [pumps] = [row for name, row in by_skill.items() if name.startswith("warmtepompen plaatsen")]
    assert re.search(r"te ver weg: in [A-Z][\w' -]+, (3[1-9]|[4-9]\d|\d{3}) km|[1-9]\d* modules?", pumps), pumps
    assert any("te ver weg: in" in row for row in by_skill.values())
    links = [link.get("href") or "" for table in page.with_class("lw-table--gap") for link in table.iter("a")]
    assert links
    assert all(get(client, link).all("h1") for link in links[:2])
    free = matches(client, uids, "cv-monteur", "warmtepompinstallateur", near="5211", max_km="300")
    assert not any("te ver weg" in row for row in rows(free))


def test_what_somebody_finds_important_is_kept_and_changes_the_order(client: FlaskClient, uids: dict[str, str]) -> None:
    def titles(page: Page) -> list[str]:
        return ["".join(heading.itertext()).strip() for heading in page.all("h3")]

    usual = matches(client, uids, "cv-monteur", "warmtepompinstallateur", budget_eur="900", near="5211")
    assert {field.get("name") for field in usual.all("select")} >= {"belang-price_fit", "belang-distance_fit", "belang-level_fit"}

    def weigh(page: Page, **amounts: str) -> TestResponse:
        return client.post("/matches/belangrijk", data={"csrf_token": page.value("csrf_token")} | amounts)

    answer = weigh(usual, **{"belang-price_fit": "much", "belang-distance_fit": "much", "belang-gap_coverage": "much", "belang-x": "y"})
    assert (answer.status_code, answer.location) == (303, "/matches#matches")
    weighed = get(client, "/matches")
    assert titles(weighed) != titles(usual)
    [chosen] = [field for field in weighed.all("select") if field.get("name") == "belang-price_fit"]
    assert [option.get("value") for option in chosen.iter("option") if option.get("selected") is not None] == ["much"]
    weigh(weighed, **{"belang-price_fit": "normal"})
    assert titles(get(client, "/matches")) == titles(usual)


def test_a_theme_is_chosen_and_shown_among_the_answers(client: FlaskClient) -> None:
    assert post(client, "/profiel/doel", kind="theme").location == "/profiel/doel/thema"
    refused = client.post("/profiel/doel/thema", data={"csrf_token": get(client, "/profiel/doel/thema").value("csrf_token")})
    assert "Kies een thema" in refused.get_data(as_text=True)
    assert post(client, "/profiel/doel/thema", theme="energie").location == "/profiel/wensen"
    assert "nergie" in get(client, "/profiel/controle").text("main")
    assert get(client, "/matches").with_class("lw-match")


def test_a_small_change_that_would_bring_a_module_is_named(client: FlaskClient, uids: dict[str, str]) -> None:
    page = matches(client, uids, "installatiemonteur", "warmtepompinstallateur", near="5211", max_km="20", budget_eur="350")
    assert "Met een kleine verandering past dit ook" in page.text("main")
    assert re.search(r"met € \d+ meer|als u tot \d+ km reist", page.text("main"))
    free = matches(client, uids, "installatiemonteur", "warmtepompinstallateur", near="", max_km="", budget_eur="")
    assert "met €" not in free.text("main")


def test_who_finds_no_match_is_led_to_a_search_with_the_same_wishes(client: FlaskClient) -> None:
    post(client, "/profiel/doel/eigen-woorden", text="zonnepanelen monteren")
    post(client, "/profiel/wensen", budget_eur="0", near="Tilburg")
    page = get(client, "/matches")
    assert not page.with_class("lw-match")
    [way] = [link.get("href") or "" for link in page.all("a") if "Zoek wat er wel is" in "".join(link.itertext())]
    assert way == "/modules?q=zonnepanelen+monteren&max_price_eur=0&near=Tilburg"
    assert "gratis" in get(client, way).text("ul", class_="lw-wishes")
    post(client, "/profiel/wensen", budget_eur="")
    assert "Zoek wat er wel is" not in get(client, "/matches").text("main")
