"""Who works for an organisation: roles, and the page on which managers decide about them. On SQLite and PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command as migrations
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import column, insert, select
from sqlalchemy import table as sql_table
from werkzeug.test import TestResponse

from catalogue.database import Database
from catalogue.organisations import organisation_by_slug
from tests.accounts import account_text, add_account, command, parts_of, sign_in
from tests.members import add_member, people, send_invitation, signed_in_member
from tests.pages import Page, get, parsed
from web.accounts.memberships import LastManager, change_role, managed_alone_by, members, remove_member
from web.accounts.models import MemberRole, Membership
from web.accounts.people import account_by_email
from web.migrations.upgrade import config_for, upgrade

SCHOOL, OTHER = "onze-school", "andere-school"
CHIEF, NOOR = "chef@example.org", "noor@example.org"


@pytest.fixture(autouse=True)
def schools(app: Flask) -> None:
    command(app, "organisations", "add", SCHOOL, "Onze School")
    command(app, "organisations", "add", OTHER, "Andere School")


@pytest.fixture
def manager(app: Flask) -> FlaskClient:
    return signed_in_member(app, CHIEF, SCHOOL, MemberRole.MANAGER)


def key_of(app: Flask, email: str) -> int:
    with parts_of(app).database.reading() as session:
        found = account_by_email(session, email)
        assert found is not None
        return found.id


def roles_at(app: Flask, slug: str) -> dict[str, MemberRole]:
    with parts_of(app).database.reading() as session:
        found = organisation_by_slug(session, slug)
        return {one.account.email: one.role for one in members(session, found.id)}


def press(client: FlaskClient, slug: str, what: str, **values: object) -> TestResponse:
    """Sends one of the small forms of the page, with a token of this visitor."""
    token = get(client, "/account-maken").value("csrf_token")
    return client.post(f"{people(slug)}/{what}", data={"csrf_token": token, **values})


def rows(page: Page) -> list[str]:
    return [" ".join("".join(row.itertext()).split()) for row in page.all("tbody")[0].iter("tr")]


def test_a_manager_sees_who_works_there(app: Flask, manager: FlaskClient) -> None:
    add_member(app, NOOR, SCHOOL, MemberRole.AUTHOR)
    add_member(app, "elders@example.org", OTHER, MemberRole.MANAGER)
    assert get(manager, "/hub").all("a", href=people(SCHOOL))
    page = get(manager, people(SCHOOL))
    assert "Onze School" in page.text("main")
    first, second = rows(page)
    assert CHIEF in first
    assert "dat bent u" in first
    assert "de enige teamleider" in first
    assert NOOR in second
    assert [option.text for option in page.all("option") if option.get("selected") is not None] == ["schrijver"]


def test_a_manager_changes_roles_and_removes(app: Flask, manager: FlaskClient) -> None:
    noor = signed_in_member(app, NOOR, SCHOOL, MemberRole.AUTHOR)
    number = key_of(app, NOOR)
    assert press(manager, SCHOOL, "rol", member=number, role="publisher").location == people(SCHOOL)
    assert "De rol is nu: redacteur." in get(manager, people(SCHOOL)).text("main")
    assert "Onze School (redacteur)" in account_text(noor)
    assert get(noor, "/hub").text("h1") == "Uw modules"
    assert press(manager, SCHOOL, "haal-weg", member=number).location == people(SCHOOL)
    assert roles_at(app, SCHOOL) == {CHIEF: MemberRole.MANAGER}
    assert noor.get("/hub").status_code == 403
    assert "medewerker van een aanbieder" not in account_text(noor)


def test_who_works_elsewhere_too_keeps_that(app: Flask, manager: FlaskClient) -> None:
    add_member(app, NOOR, OTHER, MemberRole.PUBLISHER)
    noor = signed_in_member(app, NOOR, SCHOOL, MemberRole.AUTHOR)
    press(manager, SCHOOL, "haal-weg", member=key_of(app, NOOR))
    assert "Andere School" in get(noor, "/hub").text("main")
    assert roles_at(app, OTHER) == {NOOR: MemberRole.PUBLISHER}


def test_the_last_manager_stays(app: Flask, manager: FlaskClient) -> None:
    add_member(app, NOOR, SCHOOL, MemberRole.PUBLISHER)
    add_account(app, "raad@example.org", "advisor", SCHOOL)  # a manager in name, who may do nothing without the role of a hub
    number = key_of(app, CHIEF)
    for answer in (press(manager, SCHOOL, "rol", member=number, role="author"), press(manager, SCHOOL, "haal-weg", member=number)):
        page = parsed(answer)
        assert answer.status_code == 409
        assert page.title.startswith("Fout:")
        assert "altijd een teamleider" in page.text("div", class_="lw-errors")
    assert roles_at(app, SCHOOL)[CHIEF] is MemberRole.MANAGER


def test_a_manager_who_steps_back_is_led_away(app: Flask, manager: FlaskClient) -> None:
    add_member(app, NOOR, SCHOOL, MemberRole.MANAGER)
    assert press(manager, SCHOOL, "rol", member=key_of(app, CHIEF), role="author").location == "/account"
    assert "Onze School (schrijver)" in account_text(manager)
    get(manager, people(SCHOOL), status=403)
    assert not get(manager, "/hub").all("a", href=people(SCHOOL))


def test_two_managers_cannot_step_back_at_once(app: Flask) -> None:
    both = [key_of(app, add_member(app, email, SCHOOL, MemberRole.MANAGER)) for email in (CHIEF, NOOR)]
    with parts_of(app).database.reading() as session:
        organisation_id = organisation_by_slug(session, SCHOOL).id

    def step_back(number: int) -> bool:
        try:
            with parts_of(app).database.writing() as session:
                change_role(session, organisation_id, number, MemberRole.AUTHOR)
        except LastManager:
            return False
        return True

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(step_back, both)) == [False, True]
        with parts_of(app).database.writing() as session:
            for number in both:
                change_role(session, organisation_id, number, MemberRole.MANAGER)


def test_an_account_that_is_switched_off_manages_nothing(app: Flask) -> None:
    add_member(app, CHIEF, SCHOOL, MemberRole.MANAGER)
    add_member(app, NOOR, SCHOOL, MemberRole.MANAGER)
    with parts_of(app).database.writing() as session:
        account_by_email(session, NOOR).active = False  # type: ignore[union-attr]
        organisation_id = organisation_by_slug(session, SCHOOL).id
        session.flush()
        assert managed_alone_by(session, organisation_id) == account_by_email(session, CHIEF).id  # type: ignore[union-attr]
        remove_member(session, organisation_id, account_by_email(session, NOOR).id)  # type: ignore[union-attr]


@pytest.mark.parametrize("role", [MemberRole.AUTHOR, MemberRole.PUBLISHER])
def test_only_managers_of_this_organisation_may_come(app: Flask, manager: FlaskClient, role: MemberRole) -> None:
    """A member without that role, and the manager of another organisation, can neither read nor change anything."""
    insider, stranger = signed_in_member(app, NOOR, SCHOOL, role), signed_in_member(app, "elders@example.org", OTHER, MemberRole.MANAGER)
    before = roles_at(app, SCHOOL)
    for client in (insider, stranger):
        page = get(client, people(SCHOOL), status=403)
        assert CHIEF not in page.text()
        token = get(client, "/account-maken").value("csrf_token")
        sent = {"csrf_token": token, "email": "nieuw@example.org", "role": "manager"}
        assert client.post(people(SCHOOL), data=sent).status_code == 403
        for what in ("rol", "haal-weg", "trek-in"):
            values = {"member": key_of(app, NOOR), "role": "manager", "invitation": 1}
            assert press(client, SCHOOL, what, **values).status_code == 403
    assert roles_at(app, SCHOOL) == before
    guest = app.test_client()
    assert guest.get(people(SCHOOL)).location == f"/inloggen?next={people(SCHOOL)}"


def test_a_manager_reaches_nobody_of_another_organisation(app: Flask, manager: FlaskClient) -> None:
    """Numbers of another organisation's people and invitations do nothing under one's own address."""
    other = signed_in_member(app, "elders@example.org", OTHER, MemberRole.MANAGER)
    number = key_of(app, "elders@example.org")
    assert send_invitation(other, OTHER, NOOR).status_code == 303
    for answer in (press(manager, SCHOOL, "rol", member=number, role="author"), press(manager, SCHOOL, "haal-weg", member=number)):
        assert "werkt hier niet meer" in parsed(answer).text("div", class_="lw-errors")
    invitation = get(other, people(OTHER)).value("invitation")
    assert press(manager, SCHOOL, "trek-in", invitation=invitation).status_code == 303
    assert "werkte al niet meer" in get(manager, people(SCHOOL)).text("main")
    assert NOOR in get(other, people(OTHER)).text("main")
    assert roles_at(app, OTHER) == {"elders@example.org": MemberRole.MANAGER}


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("rol", {}),
        ("rol", {"member": "1", "role": "koning"}),
        ("rol", {"member": "veel", "role": "author"}),
        ("haal-weg", {"member": ""}),
        ("haal-weg", {"member": "9" * 40}),
        ("trek-in", {"invitation": "x"}),
        ("trek-in", {"invitation": "-" + "9" * 40}),
    ],
)
def test_nonsense_is_refused(manager: FlaskClient, what: str, values: dict[str, str]) -> None:
    assert press(manager, SCHOOL, what, **values).status_code == 400


def test_an_administrator_may_manage_every_organisation(app: Flask) -> None:
    client = app.test_client()
    sign_in(client, add_account(app, "baas@example.org", "admin"))
    assert "nog niemand" in get(client, people(SCHOOL)).text("main")
    assert send_invitation(client, SCHOOL, NOOR, "manager").status_code == 303
    assert get(client, "/hub").all("a", href=people(OTHER))
    get(client, people("bestaat-niet"), status=404)


def test_a_command_sets_the_role(app: Flask) -> None:
    add_account(app, NOOR, "hub", SCHOOL)
    assert roles_at(app, SCHOOL) == {NOOR: MemberRole.MANAGER}
    command(app, "accounts", "add", NOOR, "--role", "hub", "--organisation", SCHOOL, "--member-role", "author")
    command(app, "accounts", "add", NOOR, "--role", "learner", "--organisation", SCHOOL, "--organisation", OTHER)
    assert roles_at(app, SCHOOL) == {NOOR: MemberRole.AUTHOR}
    assert roles_at(app, OTHER) == {NOOR: MemberRole.MANAGER}
    assert "andere-school (manager), onze-school (author)" in command(app, "accounts", "list")


def test_members_from_before_roles_become_managers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'before.sqlite'}"
    migrations.upgrade(config_for(url), "0007")
    database = Database(url)
    with database.writing() as session:
        for table, row in {
            "account": {"id": 1, "email": CHIEF, "active": True, "fs_uniquifier": "x", "link_stamp": "y", "created_at": "2026-01-01"},
            "organisation": {"id": 1, "uid": "u", "slug": "s", "name": "S", "kind": "mbo", "column_mapping": "{}"}
            | dict.fromkeys(("region", "url", "brin", "kvk"), ""),
            "membership": {"account_id": 1, "organisation_id": 1},
        }.items():
            session.execute(insert(sql_table(table, *map(column, row))).values(row))
    upgrade(url)
    with database.reading() as session:
        assert session.scalars(select(Membership.role)).all() == [MemberRole.MANAGER]
    database.close()
