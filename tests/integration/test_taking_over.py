"""Answers from a client's own pages into the dossier and out again, and from the advisor's browser, on SQLite and PostgreSQL."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.models import Skill
from tests.accounts import add_account, parts_of, sign_in
from tests.dossiers import CLIENT_EMAIL, Made, advisor, agree, entries, log_on, opened, press
from tests.intake import step
from tests.integration.test_intake import stored
from tests.pages import get, parsed, post
from web.learner.answers import Answers


@pytest.fixture
def guest(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def made(app: Flask, maker: FlaskClient, guest: FlaskClient) -> Made:
    """A dossier whose client agreed online, with a goal and wishes from a talk; a goal of the client's own can be recognised."""
    with parts_of(app).database.writing() as session:
        session.add(Skill(label_nl="werken met metaal"))
    waiting = opened(maker)
    private = agree(guest, waiting.link)
    post(maker, step(waiting, "goal"), kind="text", text="werken met hout")
    post(maker, step(waiting, "wishes"), hours_per_week="6", budget_eur="500")
    return Made(waiting.page, private)


def words_in(element: Element) -> str:
    """The words of an element, also where its parts stand close together."""
    return " ".join(" ".join(element.itertext()).split())


def answer(client: FlaskClient) -> None:
    """Answers on the open pages; the price differs from that in the dossier, the place is new, the hours are the same."""
    post(client, "/profiel/doel", kind="text")
    post(client, "/profiel/doel/eigen-woorden", text="werken met metaal")
    post(client, "/profiel/wensen", hours_per_week="6", budget_eur="900", formats="online")


def test_what_is_empty_gets_filled_and_the_rest_stays(app: Flask, made: Made, guest: FlaskClient, maker: FlaskClient) -> None:
    give = f"{made.link}/antwoorden/geef"
    assert "nog geen antwoorden van u" in get(guest, give).text("main")
    answer(guest)
    page = get(guest, give)
    new, other = words_in(page.all("dl")[0]), words_in(page.with_class("lw-take")[0])
    assert "Waar leren online" in new
    for text in ("Doel In het dossier werken met hout Van u werken met metaal", "hoogstens € 500", "hoogstens € 900"):
        assert text in other, text
    assert "6 uur" not in page.text("main")
    assert post(guest, give).location == f"{made.link}/antwoorden"
    answers, _talk = stored(app, made)
    assert (answers.goal_text, answers.budget_eur, answers.formats) == ("werken met hout", 500, ("online",))
    assert post(guest, give, replaced="budget").location == f"{made.link}/antwoorden"
    answers, _talk = stored(app, made)
    assert (answers.goal_text, answers.budget_eur) == ("werken met hout", 900)
    assert entries(app, made)[-2:] == [("read", "intake"), ("gave-answers", "intake")]
    assert any("Samira gaf antwoorden aan de adviseur" in line for line in log_on(get(maker, made.page)))


def test_who_gave_everything_is_told_so(made: Made, guest: FlaskClient) -> None:
    post(guest, "/profiel/wensen", hours_per_week="6")
    assert "Uw adviseur heeft al alles" in get(guest, f"{made.link}/antwoorden/geef").text("main")


def test_the_client_reads_what_the_advisor_reads(made: Made, guest: FlaskClient, maker: FlaskClient) -> None:
    post(maker, step(made, "barriers"), barriers="money", barriers_text="En de hond")
    post(maker, step(made, "language"), dutch="B1")
    mine, theirs = get(guest, f"{made.link}/antwoorden"), get(maker, f"{made.page}/intake")
    values = [" ".join("".join(one.itertext()).split()) for one in theirs.all("dd") if not list(one.iter("a"))]
    assert [" ".join("".join(one.itertext()).split()) or "" for one in mine.all("dd")] == [one or "niet ingevuld" for one in values]
    assert mine.all("a", href=f"{made.link}/antwoorden/geef")
    assert get(guest, made.link).all("a", href=f"{made.link}/antwoorden")


def test_answers_come_out_again(app: Flask, made: Made, guest: FlaskClient) -> None:
    take = f"{made.link}/antwoorden/neem-mee"
    before = stored(app, made)
    assert post(guest, take).location == "/profiel/controle"
    assert "werken met hout" in get(guest, "/profiel/controle").text("dl")
    assert "al alles wat in het dossier staat" in get(guest, take).text("main")
    answer(guest)
    assert post(guest, take, replaced="goal").status_code == 303
    check = get(guest, "/profiel/controle").text("dl")
    assert "werken met hout" in check
    assert "hoogstens € 900" in check
    assert stored(app, made) == before
    assert ("took-along", "intake") in entries(app, made)


def test_an_advisor_takes_over_what_was_told_on_the_open_pages(app: Flask, made: Made, maker: FlaskClient) -> None:
    take = f"{made.page}/intake/overnemen"
    assert "weet niets dat nog niet in het dossier staat" in get(maker, take).text("main")
    assert not get(maker, f"{made.page}/intake").all("a", href=take)
    answer(maker)
    assert get(maker, f"{made.page}/intake").all("a", href=take)
    assert post(maker, take, replaced="goal").location == f"{made.page}/intake"
    answers, _talk = stored(app, made)
    assert (answers.goal_text, answers.budget_eur, answers.formats) == ("werken met metaal", 500, ("online",))
    assert entries(app, made)[-1] == ("took-answers", "intake")


def test_skills_of_the_own_passport_go_along(own_seeded_app: Flask) -> None:
    own_seeded_app.extensions["leerwijzer"].skills.prepare()
    helper, client = advisor(own_seeded_app), own_seeded_app.test_client()
    sign_in(client, add_account(own_seeded_app, CLIENT_EMAIL))
    post(client, "/profiel/meer-vaardigheden", q="zonnepanelen monteren")
    uid = (get(client, "/profiel/meer-vaardigheden").all("select")[0].get("name") or "").removeprefix("niveau-")
    post(client, "/profiel/meer-vaardigheden", **{f"niveau-{uid}": "3"})
    waiting = opened(helper)
    made = Made(waiting.page, agree(client, waiting.link))
    later = own_seeded_app.test_client()  # another day: this browser holds no answers, the account still holds the passport
    sign_in(later, CLIENT_EMAIL)
    assert "zonnepanelen monteren: zelfstandig" in get(later, f"/dossier/{made.uid}/antwoorden/geef").text("dl")
    assert post(later, f"/dossier/{made.uid}/antwoorden/geef").status_code == 303
    assert stored(own_seeded_app, made)[0].skills == {uid: 3}


@pytest.mark.parametrize("how", ["closed", "withdrawn", "waiting"])
def test_when_nothing_can_be_given(app: Flask, made: Made, maker: FlaskClient, guest: FlaskClient, how: str) -> None:
    answer(guest)
    link = made.link
    if how == "closed":
        press(maker, f"{made.page}/stand", naar="closed")
    elif how == "withdrawn":
        press(guest, f"{link}/trek-in")
    else:
        link = opened(maker).link
    before = stored(app, made)
    assert guest.get(f"{link}/antwoorden/geef").location == link
    assert press(guest, f"{link}/antwoorden/geef").location == link
    assert stored(app, made) == before
    for page in ("/antwoorden", "/antwoorden/neem-mee"):
        seen = guest.get(link + page)
        assert (seen.status_code == 200 and "werken met hout" in seen.text) if how == "closed" else seen.location == link
    own = get(guest, link)
    assert not own.all("a", href=f"{link}/antwoorden/geef")


def test_a_form_without_its_token_changes_nothing(app: Flask, made: Made, guest: FlaskClient) -> None:
    answer(guest)
    before = stored(app, made)
    assert guest.post(f"{made.link}/antwoorden/geef").status_code == 400
    assert stored(app, made) == before
    assert before[0] != Answers()
    assert parsed(guest.get(f"{made.link}/antwoorden/geef")).all("button")
