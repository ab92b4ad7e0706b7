"""The list of one's own modules: pages of it, found by name, by where they stand and by what they lack."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module
from catalogue.organisations import organisation_by_slug
from catalogue.publishing import desk
from catalogue.publishing.checks import Check, failed_checks
from catalogue.publishing.editing import step
from catalogue.publishing.values import EditionValues, ModuleValues
from catalogue.publishing.write import save_modules
from catalogue.starts import Start
from catalogue.vocabulary import Format, StartType, Status
from tests.accounts import command, parts_of
from tests.central import appoint, ask_approval, facts_in_hub
from tests.conftest import NOW
from tests.editing import TEXT_VALUES, made, member
from tests.pages import Page, get, post

TODAY = NOW.date()
PAST = EditionValues(start=Start(StartType.FIXED, TODAY - timedelta(days=1)), format=Format.ONLINE)
OPEN = EditionValues(start=Start(StartType.DIRECT), format=Format.ONLINE)


@pytest.fixture
def client(own_seeded_app: Flask) -> FlaskClient:
    """Somebody of an organisation with more modules than fit on a page."""
    with parts_of(own_seeded_app).database.writing() as session:
        curio = organisation_by_slug(session, "curio")
        save_modules(session, curio, [ModuleValues(external_id=f"R-{number}", title=f"Reeks {number}") for number in range(60)], NOW)
    return member(own_seeded_app, "curio", email="bureau@example.org")


def test_every_module_can_be_reached(client: FlaskClient) -> None:
    first, second = get(client, "/hub"), get(client, "/hub?page=2")
    assert (len(_listed(first)), len(_listed(second))) == (50, 38)
    assert len({*_listed(first), *_listed(second)}) == 88


@pytest.mark.parametrize("number", ["0", "-3", "999", "9" * 30, "twee"])
def test_a_page_that_is_not_there_is_the_nearest_one(own_seeded_app: Flask, number: str) -> None:
    assert _listed(get(member(own_seeded_app, "curio", email="bladeren@example.org"), f"/hub?page={number}"))


@pytest.mark.parametrize(
    ("wish", "expected"),
    [("q=reeks+17", 1), ("q=r-5", 11), ("q=%25", 0), ("stand=draft", 60), ("stand=withdrawn", 0), ("stand=onzin", 88), ("mist=onzin", 88)],
)
def test_modules_are_found_by_name_code_and_stand(client: FlaskClient, wish: str, expected: int) -> None:
    page = get(client, f"/hub?{wish}").text("main")
    assert ("Wij vinden geen module" in page) if not expected else (f"{expected} module" in page)


def test_what_is_missing_is_said_and_can_be_looked_for(client: FlaskClient) -> None:
    page = get(client, "/hub?q=reeks+17").text("main")
    assert "tekst, wat iemand na afloop kan, niveau" in page
    assert "60 modules" in get(client, "/hub?mist=outcomes-missing&stand=draft").text("main")


def test_the_database_finds_what_the_checks_say(own_seeded_app: Flask) -> None:
    with parts_of(own_seeded_app).database.writing() as session:
        thin = [
            ModuleValues(external_id="1", title="Leeg"),
            ModuleValues(external_id="2", title="Voorbij", editions=[PAST]),
            ModuleValues(external_id="3", title="Beide", editions=[PAST, OPEN], description=" "),
        ]
        save_modules(session, organisation_by_slug(session, "curio"), thin, NOW)
        modules = session.scalars(select(Module)).all()
        for check, condition in desk.lacking(TODAY).items():
            found = set(session.scalars(select(Module.id).where(condition)))
            assert found == {one.id for one in modules if check in failed_checks(one, TODAY)}, check
        assert set(desk.lacking(TODAY)) == set(Check) - {Check.TITLE_MISSING, Check.DESCRIPTION_SHORT}


def test_what_was_withdrawn_lacks_nothing_that_counts(own_seeded_app: Flask) -> None:
    with parts_of(own_seeded_app).database.writing() as session:
        curio = organisation_by_slug(session, "curio")
        before = desk.count_lacking(session, [curio.id], TODAY).get(Check.EDITIONS_OVER, 0)
        values = ModuleValues(external_id="1", title="Voorbij", editions=[PAST])
        [saved] = save_modules(session, curio, [values], NOW, publish=True)
        assert desk.count_lacking(session, [curio.id], TODAY)[Check.EDITIONS_OVER] == before + 1
        step(session, saved.module, Status.WITHDRAWN, NOW)
        assert desk.count_lacking(session, [curio.id], TODAY).get(Check.EDITIONS_OVER, 0) == before


def test_a_next_version_that_waits_is_in_the_list(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio", email="bureau@example.org")
    [address, *_others] = _listed(get(client, "/hub?stand=published"))
    post(client, f"{address}/tekst", **TEXT_VALUES | {"title": "Een andere naam"})
    assert "staat online, nieuwe versie wacht" in get(client, "/hub").text("main")
    assert "1 module," in get(client, "/hub?stand=next-version").text("main")


def test_a_central_team_reads_first_what_waits_for_it(own_seeded_app: Flask) -> None:
    team, author = (
        member(own_seeded_app, "avans", email="centraal@example.org"),
        member(own_seeded_app, "curio", email="auteur@example.org"),
    )
    appoint(own_seeded_app, team)
    address = made(author)
    post(author, f"{address}/niveau", **facts_in_hub(own_seeded_app))
    assert "wacht op uw antwoord" not in get(team, "/hub").text("main")
    ask_approval(author, address)
    assert "1 module wacht op uw antwoord." in get(team, "/hub").text("main")


def _listed(page: Page) -> list[str]:
    """The addresses of the modules in the list."""
    addresses = [link.get("href", "") for link in page.all("a")]
    return [one for one in addresses if one.startswith("/hub/modules/") and one != "/hub/modules/nieuw"]


def test_who_has_no_modules_yet_finds_no_empty_list(app: Flask) -> None:
    command(app, "organisations", "add", "onze-school", "Onze School")
    page = get(member(app, "onze-school"), "/hub")
    assert "U hebt nog geen modules." in page.text("main")
    assert not page.with_class("lw-figures")
