"""A start that somebody chose, and that its provider then moved or took away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from alembic import command as migrations
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Edition, Module
from catalogue.starts import Start
from tests.accounts import add_account, parts_of, sign_in
from tests.conftest import Clock, app_in
from tests.kept import Kept, close
from tests.lists import change, press
from tests.page_table import MODULE
from tests.pages import get
from web.lists.model import StoredList
from web.lists.presenters import start_news
from web.lists.saved import SavedItem, SavedList
from web.migrations.upgrade import config_for

TODAY = date(2026, 11, 22)


@pytest.fixture
def visitor(own_seeded_app: Flask) -> FlaskClient:
    """A guest who chose the run of a module that `set_start` changes."""
    return who_chose(own_seeded_app)


def who_chose(app: Flask) -> FlaskClient:
    """The same, in any instance."""
    set_start(app, "2027-03-03")
    client = app.test_client()
    with parts_of(app).database.reading() as session:
        uid = first_run(session.scalars(select(Module).where(Module.slug == MODULE)).one()).uid
    press(client, "/lijst/bewaar", uitvoering=uid)
    return client


def first_run(module: Module) -> Edition:
    return min(module.editions, key=lambda one: one.id)


def changed(app: Flask, change: Callable[[Module], None]) -> None:
    """Lets the provider change the module."""
    with parts_of(app).database.writing() as session:
        change(session.scalars(select(Module).where(Module.slug == MODULE)).one())


def set_start(app: Flask, start: str) -> None:
    def moved(module: Module) -> None:
        first_run(module).start = Start.parse(start)

    changed(app, moved)


def test_a_start_that_was_moved_is_told_until_it_is_accepted(own_seeded_app: Flask, visitor: FlaskClient) -> None:
    assert "uw start veranderd" not in get(visitor, "/lijst").text("main")
    set_start(own_seeded_app, "2027-03-10")
    page = get(visitor, "/lijst")
    assert "Bij 1 module is uw start veranderd" in page.text("main")
    moved = "De start is verplaatst van 3 maart 2027 naar 10 maart 2027."
    assert moved in page.text("article")
    assert moved in get(visitor, "/delen/lijst").text("main"), "as in the PDF"
    [accept] = page.all("button", name="uitvoering")
    press(visitor, accept.get("formaction") or "", uitvoering=accept.get("value") or "")
    page = get(visitor, "/lijst")
    assert "verplaatst" not in page.text("main")
    assert "Uw start: 10 maart 2027" in page.text("article")


def test_another_start_that_is_chosen_ends_the_news(own_seeded_app: Flask, visitor: FlaskClient) -> None:
    set_start(own_seeded_app, "2027-03-10")
    page = get(visitor, "/lijst")
    [choice] = page.all("select", name="edition")
    other = next(one for one in choice.iter("option") if one.get("value") and one.get("selected") is None)
    change(visitor, module=page.value("module"), edition=other.get("value") or "", note="")
    page = get(visitor, "/lijst")
    assert "veranderd" not in page.text("main")
    assert f"Uw start: {' '.join((other.text or '').split())}" in page.text("article")


def test_a_start_that_was_taken_away_is_told_with_what_else_there_is(own_seeded_app: Flask, visitor: FlaskClient) -> None:
    changed(own_seeded_app, lambda module: module.editions.remove(first_run(module)))
    page = get(visitor, "/lijst")
    assert "De aanbieder haalde de start weg die u koos: 3 maart 2027. Kies hieronder een andere start." in page.text("article")
    assert page.all("select", name="edition")
    assert not page.all("button", name="uitvoering")
    changed(own_seeded_app, lambda module: module.editions.clear())
    page = get(visitor, "/lijst")
    assert "Er is nu geen andere start. Vraag de aanbieder ernaar." in page.text("article")
    assert not page.all("select", name="edition")


def test_a_start_that_went_by_is_over_and_not_taken_away(own_seeded_app: Flask, visitor: FlaskClient, clock: Clock) -> None:
    sign_in(visitor, add_account(own_seeded_app, "noor@example.org"))
    changed(own_seeded_app, lambda module: module.editions.remove(first_run(module)))
    clock.now = clock.now.replace(year=2027, month=6)
    sign_in(visitor, "noor@example.org")
    assert "De start die u koos is voorbij: 3 maart 2027." in get(visitor, "/lijst").text("article")


def test_another_sort_of_start_is_told_also_where_an_account_took_the_list_along(own_seeded_app: Flask, visitor: FlaskClient) -> None:
    add_account(own_seeded_app, "noor@example.org")
    sign_in(visitor, "noor@example.org")
    set_start(own_seeded_app, "every 4 weeks from 2027-03-10")
    text = get(visitor, "/lijst").text("article")
    assert "De start is veranderd. Eerst: 3 maart 2027. Nu: elke 4 weken, eerst op 10 maart 2027." in text


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("", "2027-03-03"),
        ("2027-03-03", "2027-03-03"),
        ("2026-01-05", "2026-01-05"),
        ("every 4 weeks from 2026-11-02", "every 4 weeks from 2026-11-30"),
    ],
)
def test_what_stayed_the_same_is_no_news(was: str, now: str, app: Flask) -> None:
    edition = Edition(uid="een")
    edition.start = Start.parse(now)
    with app.test_request_context():
        assert start_news(SavedItem("m", "een", was), edition, TODAY) == ""


def test_a_start_of_which_nobody_kept_how_it_was(app: Flask) -> None:
    with app.test_request_context():
        assert start_news(SavedItem("m", "een"), None, TODAY) == "De aanbieder haalde de start weg die u koos."
        assert start_news(SavedItem("m"), None, TODAY) == ""


def test_a_list_from_before_keeps_how_its_starts_are_now(kept: Kept, clock: Clock) -> None:
    app = app_in(kept.folder, clock, **kept.elsewhere)
    visitor = who_chose(app)
    sign_in(visitor, add_account(app, "noor@example.org"))
    database = parts_of(app).database
    url = database.engine.url.render_as_string(hide_password=False)
    migrations.downgrade(config_for(url), "0021")
    with database.reading() as session:
        [before] = session.scalars(select(StoredList.items))
    assert [one.keys() for one in before] == [{"module", "edition", "note"}]
    migrations.upgrade(config_for(url), "0022")
    with database.reading() as session:
        assert session.scalars(select(StoredList.items)).all() == [[before[0] | {"start": "2027-03-03"}]]
    set_start(app, "2027-03-10")
    assert "De start is verplaatst van 3 maart 2027 naar 10 maart 2027." in get(visitor, "/lijst").text("article")
    close(app)


def test_a_joined_list_keeps_each_start_with_its_edition() -> None:
    own = SavedList((SavedItem("a", note="eigen"), SavedItem("b", "b1", "2027-03-03")))
    other = (SavedItem("a", "a1", "2027-02-08", "ander"), SavedItem("b", "b2", "2027-05-01"))
    assert own.joined(other).items == (SavedItem("a", "a1", "2027-02-08", "eigen"), SavedItem("b", "b1", "2027-03-03"))
    assert SavedList.of(own.stored()) == own
