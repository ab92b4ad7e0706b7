"""Modules that are taken over from another organisation: what comes along, what stays behind, and what is told afterwards."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.vocabulary import Status
from tests.accounts import command
from tests.editing import FACTS, TEXT_VALUES, made, member, publish, send, step, stored
from tests.joint import adopt, answer, ask, slug_of
from tests.members import signed_in_member
from tests.pages import get, post
from web.accounts.models import MemberRole


@pytest.fixture
def theirs(own_seeded_app: Flask) -> FlaskClient:
    return member(own_seeded_app, "avans", email="ander@example.org")


@pytest.fixture
def ours(own_seeded_app: Flask) -> FlaskClient:
    return signed_in_member(own_seeded_app, "auteur@example.org", "curio", MemberRole.AUTHOR)


@pytest.fixture
def first(theirs: FlaskClient) -> str:
    """The editor of a module of another organisation that is online, with a run."""
    address = made(theirs)
    post(theirs, f"{address}/uitvoeringen/nieuw", start="direct", format="online", price="gratis")
    post(theirs, f"{address}/niveau", **FACTS | {"url": "https://example.org/hunne"})
    publish(theirs, address)
    return address


def test_a_module_of_another_becomes_a_draft_of_ones_own(own_seeded_app: Flask, theirs: FlaskClient, ours: FlaskClient, first: str) -> None:
    slug = slug_of(theirs, first)
    assert get(ours, f"/modules/{slug}").all("a", href=f"/hub/overnemen/{slug}")
    post(theirs, f"{first}/tekst", actie="bewaar", **TEXT_VALUES | {"title": "Nog niet online"})
    address = adopt(ours, slug)
    taken, origin = stored(own_seeded_app, address), stored(own_seeded_app, first)
    assert (taken.title, taken.description, taken.level) == (origin.title, origin.description, origin.level)
    assert taken.title != "Nog niet online", "what waits at the other is not ours to see"
    assert (taken.status, taken.editions, taken.url) == (Status.DRAFT, [], "")
    assert taken.organisation_id != origin.organisation_id
    assert taken.slug != origin.slug
    assert f"Gebaseerd op {origin.title} van Avans Hogeschool" in get(ours, address).text("main")
    assert theirs.get(address).status_code == 404, "the other does not see the draft"


def test_the_origin_stands_on_the_page_and_the_first_one_knows(
    own_seeded_app: Flask, theirs: FlaskClient, ours: FlaskClient, first: str
) -> None:
    slug = slug_of(theirs, first)
    address = adopt(ours, slug)
    assert "Overgenomen door" not in get(theirs, first).text("main")
    publish(member(own_seeded_app, "curio"), address)
    page = get(own_seeded_app.test_client(), f"/modules/{slug_of(ours, address)}")
    assert "Gebaseerd op" in page.text("aside")
    assert page.all("a", href=f"/modules/{slug}")
    assert "Overgenomen door Curio" in get(theirs, first).text("main")
    assert "Gebaseerd op" in get(ours, f"{address}/voorbeeld").text("aside")


def test_what_the_other_changes_is_shown_until_it_was_seen(
    own_seeded_app: Flask, theirs: FlaskClient, ours: FlaskClient, first: str
) -> None:
    address = adopt(ours, slug_of(theirs, first))
    assert "De ander veranderde niets" in get(ours, f"{address}/herkomst").text("main")
    post(theirs, f"{first}/niveau", **FACTS | {"level": "mbo-4"})
    assert "De ander heeft" not in get(ours, address).text("main"), "a next version that waits is not a change yet"
    publish(theirs, first)
    assert "De ander heeft die module veranderd." in get(ours, address).text("main")
    page = get(ours, f"{address}/herkomst").text("main")
    assert "mbo niveau 3" in page
    assert "mbo niveau 4" in page
    assert stored(own_seeded_app, address).level == "mbo-3", "nothing changes by itself"
    send(ours, f"{address}/herkomst", f"{address}/herkomst")
    assert "De ander heeft" not in get(ours, address).text("main")
    step(theirs, first, "withdrawn")
    post(theirs, f"{first}/tekst", actie="bewaar", **TEXT_VALUES | {"title": "Geheime naam"})
    for path in (address, f"{address}/herkomst"):
        shown = get(ours, path).text("main")
        assert "Geheime naam" not in shown
        assert "Warmtepompen plaatsen" in shown


def test_a_copy_of_what_was_taken_over_keeps_the_origin(ours: FlaskClient, theirs: FlaskClient, first: str) -> None:
    address = adopt(ours, slug_of(theirs, first))
    copy = str(send(ours, f"{address}/kopie", address).location)
    assert "Avans Hogeschool" in get(ours, copy).text("main")
    assert ours.get(f"{made(ours)}/herkomst").status_code == 404, "a module that was not taken over has no origin"


def test_what_was_taken_over_is_not_blamed_for_being_alike(
    own_seeded_app: Flask, theirs: FlaskClient, ours: FlaskClient, first: str
) -> None:
    command(own_seeded_app, "jobs", "run", "--once")
    address = adopt(ours, slug_of(theirs, first))
    assert "lijkt veel op" not in get(ours, address).text("main")
    assert "lijkt veel op" in get(ours, made(ours)).text("main")
    publish(member(own_seeded_app, "curio"), address)
    assert "0 pairs" in command(own_seeded_app, "modules", "duplicates", "--organisation", "curio")


def test_who_may_take_over(own_seeded_app: Flask, theirs: FlaskClient, ours: FlaskClient, first: str) -> None:
    slug = slug_of(theirs, first)
    page = f"/hub/overnemen/{slug}"
    guest = own_seeded_app.test_client()
    assert guest.get(page).location == f"/inloggen?next={page}"
    assert not get(guest, f"/modules/{slug}").all("a", href=page)
    assert theirs.get(page).status_code == 403, "one's own module is copied"
    assert not get(theirs, f"/modules/{slug}").all("a", href=page)
    assert ours.get(f"/hub/overnemen/{stored(own_seeded_app, made(theirs)).slug}").status_code == 404, "a draft of another"
    number = str(stored(own_seeded_app, first).organisation_id)
    assert send(ours, page, page, organisation=number).status_code == 200, "only for one's own organisation"
    ask(theirs, first, "curio")
    answer(member(own_seeded_app, "curio"), "curio", first)
    assert ours.get(page).status_code == 403, "who makes a module too copies it"
