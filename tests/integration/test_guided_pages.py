"""What the pages of a guided dossier say first: a new report, what left the advice after it, and the goal; on SQLite."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from catalogue.models import Module
from tests.accounts import parts_of
from tests.conftest import NOW
from tests.dossiers import Made, press
from tests.integration.test_reports import made, maker
from tests.pages import get
from tests.reports import GOAL_WORDS, WANTED, make_report
from web.advisor.guidance_model import Choice, ChoiceChange, Report, Verdict
from web.advisor.model import Dossier
from web.audit.chain import CLIENT

__all__ = ["made", "maker"]


def test_a_client_sees_a_new_report_until_it_is_opened_and_reads_it_in_the_own_language(
    own_seeded_app: Flask, maker: FlaskClient, made: Made
) -> None:
    client = own_seeded_app.test_client()

    def offered() -> dict[str, str]:
        """The addresses of reports on the overview, by what their links say."""
        links = get(client, made.link).all("a")
        return {"".join(one.itertext()): one.get("href", "") for one in links if "/verslag/" in one.get("href", "")}

    assert offered() == {}
    make_report(maker, made)
    make_report(maker, made, language="en")
    assert offered() == {"Lees het nieuwe verslag": f"{made.link}/verslag/1", "Lees uw adviesverslag": f"{made.link}/verslag/1"}
    get(client, f"{made.link}/verslag/1")
    assert offered() == {"Lees uw adviesverslag": f"{made.link}/verslag/1"}
    with parts_of(own_seeded_app).database.writing() as session:
        session.execute(update(Report).where(Report.number == 2).values(made_at=NOW + timedelta(minutes=1)))
    assert offered() == {"Lees het nieuwe verslag": f"{made.link}/verslag/2", "Lees uw adviesverslag": f"{made.link}/verslag/1"}


def test_an_advisor_is_told_what_left_the_advice_after_the_newest_report(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    make_report(maker, made)
    said = "Na het nieuwste verslag ging deze module uit het advies op uw lijst"
    with parts_of(own_seeded_app).database.reading() as session:
        pinned = session.scalars(select(Choice.module).where(Choice.verdict == Verdict.PINNED)).one()
        title = session.scalars(select(Module.title).where(Module.uid == pinned)).one()
    assert said not in get(maker, f"{made.page}/verslag").text("main")
    press(own_seeded_app.test_client(), f"{made.link}/lijst/{pinned}", verdict="rejected", reason_against="Te ver", seen="1")
    with parts_of(own_seeded_app).database.writing() as session:
        session.execute(update(ChoiceChange).where(ChoiceChange.actor == CLIENT).values(moment=NOW + timedelta(minutes=1)))
    page = get(maker, f"{made.page}/verslag").text("main")
    assert said in page
    assert title in page.split(said)[1].split("Kijk op de lijst")[0]
    press(maker, f"{made.page}/lijst/{pinned}", verdict="pinned", seen="2")
    assert said not in get(maker, f"{made.page}/verslag").text("main")


def test_both_overviews_show_the_goal_of_the_talk_beside_the_words_of_the_advisor(
    own_seeded_app: Flask, maker: FlaskClient, made: Made
) -> None:
    client = own_seeded_app.test_client()

    def goals() -> list[str]:
        return [
            get(browser, address).text("section", aria_labelledby="doel") for browser, address in ((maker, made.page), (client, made.link))
        ]

    for shown in goals():
        assert WANTED in shown.split("Gekozen in het gesprek")[1].lower()
        assert f"Opgeschreven door de adviseur{GOAL_WORDS}" in shown
    with parts_of(own_seeded_app).database.writing() as session:
        session.scalars(select(Dossier)).one().goal = ""
    for shown in goals():
        assert WANTED in shown.lower()
        assert "Opgeschreven" not in shown
        assert "Nog niets" not in shown
