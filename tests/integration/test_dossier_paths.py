"""Other wishes side by side in a dossier, and the path of a client: what is pinned, replaced and kept."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matching.core.path.field import Objective
from matching.path_results import PathResult
from tests.accounts import parts_of
from tests.conftest import NOW
from tests.dossiers import Made, advisor, entries, opened, press
from tests.guidance import WISHES, dossier_in, give_goal, links_to
from tests.integration.test_what_if_page import codes, fitting, number
from tests.pages import Page, cells, get, parsed
from web.advisor.guidance_model import Verdict
from web.advisor.intake.talk import answers_of, keep_intake
from web.advisor.matching.paths import choices_of, path_of
from web.advisor.reading import dossier_by_uid
from web.learner.answers import Answers


@pytest.fixture
def maker(own_seeded_app: Flask) -> FlaskClient:
    return advisor(own_seeded_app)


@pytest.fixture
def narrow(own_seeded_app: Flask, maker: FlaskClient) -> Made:
    """A dossier of somebody with little money, evenings and a short way."""
    dossier = opened(maker, how="paper", client_name="Noor")
    give_goal(own_seeded_app, dossier, **WISHES)
    return dossier


@pytest.fixture
def wide(own_seeded_app: Flask, maker: FlaskClient) -> Made:
    """A dossier of somebody who has no wishes."""
    dossier = opened(maker, how="paper", client_name="Samira")
    give_goal(own_seeded_app, dossier)
    return dossier


def compared(client: FlaskClient, made: Made, *wishes: str) -> Page:
    return get(client, f"{made.page}/wat-als?{urlencode({'wens': wishes}, doseq=True)}" if wishes else f"{made.page}/wat-als")


def proposed(client: FlaskClient, made: Made) -> int:
    return number(get(client, f"{made.page}/matches").text("h2", id="matches"))


def test_other_wishes_stand_beside_those_of_the_client(maker: FlaskClient, narrow: Made) -> None:
    page = compared(maker, narrow)
    now, *others = (fitting(text) for text in cells(page, "Modules die passen"))
    assert now == proposed(maker, narrow)
    assert len(others) == 2
    assert min(others) > now
    assert all("Valt nu af door" in text for text in cells(page, "Dit komt erbij")[1:])


def test_a_change_by_hand_goes_into_the_address(maker: FlaskClient, narrow: Made) -> None:
    answer = maker.get(f"{narrow.page}/wat-als?budget_eur=900&moments=evening&moments=weekend")
    assert answer.status_code == 303
    page = get(maker, answer.location.partition("#")[0])
    assert len(cells(page, "Modules die passen")) == 2
    assert "Schrijf ook een postcode" not in page.text("main")
    assert "budget_eur" in codes(page)[-1]
    assert "Fout" in get(maker, f"{narrow.page}/wat-als?budget_eur=veel").title


def test_a_wish_that_is_taken_over_is_that_of_the_client(own_seeded_app: Flask, maker: FlaskClient, narrow: Made) -> None:
    chosen = codes(compared(maker, narrow))[0]
    _now, then = (fitting(text) for text in cells(compared(maker, narrow, chosen), "Modules die passen"))
    assert press(maker, f"{narrow.page}/wat-als", wens=chosen).location == f"{narrow.page}/matches"
    assert proposed(maker, narrow) == then
    assert ("took-wish", "scenarios") in entries(own_seeded_app, narrow)
    before = len(entries(own_seeded_app, narrow))
    press(maker, f"{narrow.page}/wat-als", wens="onzin")
    assert [action for action, _what in entries(own_seeded_app, narrow)][before:] == ["read"]


def test_at_most_three_other_wishes_are_kept(own_seeded_app: Flask, maker: FlaskClient, narrow: Made) -> None:
    wanted = ["budget_eur=700", "max_km=60", "hours_per_week=16", "budget_eur=800"]
    assert "Bewaar deze vergelijking" in compared(maker, narrow, *wanted[:2]).text("main")
    token = get(maker, "/account-maken").value("csrf_token")
    maker.post(f"{narrow.page}/wat-als/bewaar", data={"csrf_token": token, "wens": ["onzin", *wanted]})
    with dossier_in(own_seeded_app, narrow) as dossier:
        assert dossier.intake
        assert dossier.intake.compared == ["budget_eur=700", "max_km=60"], "of three that were sent one made no sense"
    page = compared(maker, narrow)
    assert [text.split()[0] for text in cells(page, "Modules die passen")] != []
    assert len(cells(page, "Modules die passen")) == 3
    assert "Deze vergelijking staat in het dossier" in page.text("main")


def stops(page: Page) -> list[str]:
    return [" ".join("".join(next(stop.iter("h3")).itertext()).split()) for stop in page.with_class("lw-way")[0].findall("li")[:-1]]


def replace_links(client: FlaskClient, made: Made) -> list[str]:
    return [link for link in links_to(client, f"{made.page}/leerroute") if link.endswith("/vervang")]


def test_the_path_stays_the_same_on_page_and_in_report(own_seeded_app: Flask, maker: FlaskClient, wide: Made) -> None:
    page = get(maker, f"{wide.page}/leerroute?doel=tijd&deel=60")
    assert page.text("h2", id="route") == "Snelste route"
    assert stops(get(maker, f"{wide.page}/leerroute")) == stops(page)
    with own_seeded_app.test_request_context("/"), parts_of(own_seeded_app).database.writing() as session:
        dossier = dossier_by_uid(session, wide.uid)
        assert dossier
        own = path_of(session, dossier)
        assert [own.modules[one.module_id].title for one in own.shown.modules] == stops(page)
        assert own.aim is Objective.DURATION
        assert own.shown.wanted == 0.6
        assert choices_of(dossier) == {"doel": "tijd", "deel": "60"}


def test_an_advisor_who_reads_english_gets_the_same_modules_scenarios_and_path(maker: FlaskClient, narrow: Made) -> None:
    pages = [f"{narrow.page}/matches", f"{narrow.page}/wat-als", f"{narrow.page}/leerroute"]
    in_dutch = [modules_named(get(maker, page)) for page in pages]
    maker.get("/taal/en")
    assert get(maker, pages[0]).text("h1").startswith("Modules for")
    assert [modules_named(get(maker, page)) for page in pages] == in_dutch
    assert all(in_dutch)


def modules_named(page: Page) -> list[str]:
    """Where the links to modules on a page lead, in their order."""
    links = [link.get("href") or "" for link in page.all("a")]
    return [link for link in links if link.startswith("/modules/")]


def test_another_answer_asks_for_another_path(own_seeded_app: Flask, maker: FlaskClient, wide: Made) -> None:
    before = stops(get(maker, f"{wide.page}/leerroute"))
    with dossier_in(own_seeded_app, wide) as dossier:
        assert dossier.intake
        assert dossier.intake.paths
        keep_intake(dossier, NOW, answers=answers_of(dossier).changed(budget_eur=100.0))
        assert not dossier.intake.paths
    assert stops(get(maker, f"{wide.page}/leerroute")) != before


def test_the_whole_path_is_pinned_at_once(own_seeded_app: Flask, maker: FlaskClient, wide: Made) -> None:
    page = get(maker, f"{wide.page}/leerroute?deel=60")
    assert press(maker, f"{wide.page}/leerroute/vast").location == f"{wide.page}/leerroute#route"
    with dossier_in(own_seeded_app, wide) as dossier:
        assert len(dossier.choices) == len(stops(page)) > 1
        assert {one.verdict for one in dossier.choices} == {Verdict.PINNED}
    after = get(maker, f"{wide.page}/leerroute")
    assert "De hele route staat in het advies" in after.text("body")
    assert len(after.with_class("lw-tag--pinned")) == len(stops(page))


@pytest.mark.parametrize("asked", ["", "?doel=tijd&deel=60", "?doel=reizen&deel=100", "?budget=900&deel=100"])
def test_who_pins_a_whole_path_keeps_its_runs_and_dates(own_seeded_app: Flask, maker: FlaskClient, asked: str) -> None:
    dossier = opened(maker, how="paper", client_name="Kim")
    wishes = Answers(goal_kind="text", goal_text="iets met batterijen", budget_eur=1500.0, near="Eindhoven", max_km=60)
    if "100" in asked:
        give_goal(own_seeded_app, dossier, "metselaar", "werkvoorbereider bouw", hours_per_week=12.0)
    else:
        work = give_goal(own_seeded_app, dossier, "CNC-verspaner").occupation
        with dossier_in(own_seeded_app, dossier) as found:
            keep_intake(found, NOW, answers=wishes.changed(occupation=work))

    def shown() -> PathResult:
        with own_seeded_app.test_request_context("/"), parts_of(own_seeded_app).database.writing() as session:
            found = dossier_by_uid(session, dossier.uid)
            assert found
            return path_of(session, found).shown

    get(maker, f"{dossier.page}/leerroute{asked}")
    before = shown()
    assert len(before.modules) > 1
    press(maker, f"{dossier.page}/leerroute/vast")
    get(maker, f"{dossier.page}/leerroute")
    assert shown() == before


def test_a_module_of_the_path_is_replaced(own_seeded_app: Flask, maker: FlaskClient, wide: Made) -> None:
    for link in replace_links(maker, wide):
        page = get(maker, link)
        if offered := [one.get("value") or "" for one in page.all("form", action=link)[0].iter("input") if one.get("name") == "door"]:
            break
    else:
        pytest.fail("no module of the path can be replaced")
    assert any(word in page.text("main") for word in ("duurder", "goedkoper", "later klaar", "eerder klaar"))
    leaving, coming = link.split("/")[-2], offered[0]
    assert press(maker, link, door="no-module", kies="1").location == f"{wide.page}/leerroute#route"
    assert press(maker, link, door=coming, kies="1").location == f"{wide.page}/leerroute#route"
    with dossier_in(own_seeded_app, wide) as dossier:
        verdicts = {one.module: (one.verdict, one.reason_against) for one in dossier.choices}
    assert verdicts[coming] == (Verdict.PINNED, "")
    assert verdicts[leaving][0] is Verdict.REJECTED
    assert verdicts[leaving][1].startswith("Vervangen door ")
    after = [one.split("/")[-2] for one in replace_links(maker, wide)]
    assert leaving not in after
    assert coming in after
    assert maker.get(f"{wide.page}/leerroute/{leaving}/vervang").location == f"{wide.page}/leerroute"


def test_where_no_module_takes_the_place_of_another_the_page_says_so(own_seeded_app: Flask, maker: FlaskClient, wide: Made) -> None:
    said, offers = "Geen andere module neemt deze plek in", set[bool]()
    for wishes in ({}, {"hours_per_week": 4.0}):
        give_goal(own_seeded_app, wide, **wishes)
        for link in replace_links(maker, wide):
            page = get(maker, link)
            offers.add(bool(page.all("input", name="door")))
            assert (said in page.text("main")) is not bool(page.all("input", name="door"))
    assert offers == {False, True}


def test_mistakes_in_the_choices_are_told(maker: FlaskClient, wide: Made) -> None:
    page = parsed(maker.get(f"{wide.page}/leerroute?budget=veel"))
    assert page.title.startswith("Fout")
    assert re.search(r"leert u \d+ % van wat u nog mist", page.text("main"))
