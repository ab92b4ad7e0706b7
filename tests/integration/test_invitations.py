"""Invitations from the form to the first look at one's modules, and all that must not work. On SQLite and PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from catalogue.models import Job
from catalogue.organisations import organisation_by_slug
from tests.accounts import PASSWORD, account_text, add_account, command, is_signed_in, letters_to, parts_of, sign_in
from tests.conftest import NOW, Clock
from tests.integration.test_members import key_of, press, roles_at
from tests.members import add_member, invited, people, send_invitation, signed_in_member
from tests.pages import get, parsed, post
from tests.second_step import switch_on
from web.accounts.invitation_model import Invitation
from web.accounts.invitations import VALID, InvitationOver, accept, purge_invitations
from web.accounts.models import MemberRole
from web.accounts.people import account_by_email
from web.security.attempts import MOST_PER_EMAIL

SCHOOL, OTHER = "onze-school", "andere-school"
CHIEF, NOOR = "chef@example.org", "noor@example.org"


@pytest.fixture
def app(app: Flask) -> Flask:
    """An app with two organisations."""
    command(app, "organisations", "add", SCHOOL, "Onze School")
    command(app, "organisations", "add", OTHER, "Andere School")
    return app


@pytest.fixture
def manager(app: Flask) -> FlaskClient:
    return signed_in_member(app, CHIEF, SCHOOL, MemberRole.MANAGER)


def is_over(app: Flask, link: str) -> bool:
    """Whether a fresh browser is told that the invitation works no more."""
    status = app.test_client().get(link).status_code
    assert status in (200, 410)
    return status == 410


def test_somebody_without_an_account_comes_to_work(app: Flask, manager: FlaskClient) -> None:
    link = invited(app, manager, SCHOOL, NOOR, "publisher")
    assert "De uitnodiging is onderweg." in get(manager, people(SCHOOL)).text("main")
    [letter] = letters_to(app, NOOR)
    assert letter["Subject"] == "Onze School nodigt u uit"
    said = " ".join(letter.get_content().split())
    assert "Uw rol daar: redacteur." in said
    assert "tot en met 30 november 2026" in said
    assert CHIEF not in said
    browser = app.test_client()
    page = get(browser, link).text("main")
    for needed in ("Onze School", CHIEF, "redacteur", NOOR, "30 november 2026"):
        assert needed in page, needed
    assert not is_signed_in(browser)
    assert roles_at(app, SCHOOL) == {CHIEF: MemberRole.MANAGER}
    answer = post(browser, link)
    assert (answer.status_code, answer.location) == (303, "/hub")
    assert "U doet mee" in get(browser, "/hub").text("main")
    assert "Onze School (redacteur)" in account_text(browser)
    assert roles_at(app, SCHOOL) == {CHIEF: MemberRole.MANAGER, NOOR: MemberRole.PUBLISHER}
    with parts_of(app).database.reading() as session:
        assert account_by_email(session, NOOR).confirmed_at == NOW  # type: ignore[union-attr]
    assert is_over(app, link)


def test_who_has_an_account_is_signed_in_with_it(app: Flask, manager: FlaskClient) -> None:
    add_account(app, NOOR)
    add_member(app, NOOR, OTHER, MemberRole.AUTHOR)
    browser = app.test_client()
    assert post(browser, invited(app, manager, SCHOOL, NOOR)).location == "/hub"
    text = account_text(browser)
    assert "lerende" in text
    assert "Andere School (schrijver), Onze School (schrijver)" in text
    sign_in(app.test_client(), NOOR)  # the password is the one of before


def test_who_is_signed_in_already_accepts_as_they_are(app: Flask, manager: FlaskClient) -> None:
    browser = app.test_client()
    sign_in(browser, add_account(app, NOOR))
    link = invited(app, manager, SCHOOL, NOOR)
    assert "U logt meteen in" not in get(browser, link).text("main")
    assert post(browser, link).location == "/hub"
    assert get(browser, "/hub").text("h1") == "Uw modules"


def test_another_account_must_sign_out_first(app: Flask, manager: FlaskClient) -> None:
    browser = app.test_client()
    sign_in(browser, add_account(app, "sam@example.org"))
    link = invited(app, manager, SCHOOL, NOOR)
    page = get(browser, link)
    for needed in ("sam@example.org", NOOR, "Log eerst uit"):
        assert needed in page.text("main")
    refused = browser.post(link, data={"csrf_token": page.value("csrf_token")})
    assert refused.status_code == 403
    assert "Log eerst uit" in parsed(refused).text("main")
    assert NOOR not in roles_at(app, SCHOOL)
    [form] = [one for one in page.all("form") if (one.get("action") or "").startswith("/uitloggen")]
    out = browser.post(form.get("action", ""), data={"csrf_token": page.value("csrf_token")})
    assert out.location == link
    assert not is_signed_in(browser)
    assert post(browser, link).location == "/hub"
    assert NOOR in account_text(browser)
    assert roles_at(app, SCHOOL)[NOOR] is MemberRole.AUTHOR


def test_the_second_step_is_asked(app: Flask, manager: FlaskClient, clock: Clock) -> None:
    owner = app.test_client()
    sign_in(owner, add_account(app, NOOR))
    key, _codes = switch_on(app, owner)
    browser, link = app.test_client(), invited(app, manager, SCHOOL, NOOR)
    assert post(browser, link).location == "/inloggen/code"
    assert not is_signed_in(browser)
    assert browser.get("/hub").location == "/inloggen?next=/hub"
    clock.now += timedelta(minutes=1)
    assert post(browser, "/inloggen/code", code=pyotp.TOTP(key).at(clock.now)).location == "/hub"
    assert get(browser, "/hub").text("h1") == "Uw modules"


def test_an_invitation_is_over_after_a_week(app: Flask, manager: FlaskClient, clock: Clock) -> None:
    link = invited(app, manager, SCHOOL, NOOR)
    clock.now += VALID - timedelta(seconds=1)
    browser = app.test_client()
    token = get(browser, link).value("csrf_token")
    clock.now += timedelta(seconds=1)
    assert browser.post(link, data={"csrf_token": token}).status_code == 410
    assert "werkt niet meer" in get(app.test_client(), link, status=410).text("h1")
    assert NOOR not in roles_at(app, SCHOOL)
    with parts_of(app).database.writing() as session:
        purge_invitations(session, clock.now)
        assert session.scalars(select(Invitation)).all() == []


def test_a_withdrawn_invitation_works_no_more(app: Flask, manager: FlaskClient) -> None:
    link = invited(app, manager, SCHOOL, NOOR)
    page = get(manager, people(SCHOOL))
    assert NOOR in page.text("main")
    assert press(manager, SCHOOL, "trek-in", invitation=page.value("invitation")).location == people(SCHOOL)
    assert is_over(app, link)
    assert not get(manager, people(SCHOOL)).all("input", name="invitation")


def test_inviting_again_renews(app: Flask, manager: FlaskClient, clock: Clock) -> None:
    first = invited(app, manager, SCHOOL, NOOR)
    clock.now += timedelta(days=6)
    sign_in(manager, CHIEF)
    second = invited(app, manager, SCHOOL, NOOR, "manager")
    assert is_over(app, first)
    clock.now += timedelta(days=6)
    browser = app.test_client()
    assert "teamleider" in get(browser, second).text("main")
    assert post(browser, second).status_code == 303
    assert roles_at(app, SCHOOL)[NOOR] is MemberRole.MANAGER


def test_who_was_removed_can_be_invited_again_but_not_use_the_old_link(app: Flask, manager: FlaskClient) -> None:
    link = invited(app, manager, SCHOOL, NOOR)
    post(app.test_client(), link)
    assert press(manager, SCHOOL, "haal-weg", member=key_of(app, NOOR)).status_code == 303
    assert is_over(app, link)
    assert post(app.test_client(), invited(app, manager, SCHOOL, NOOR)).status_code == 303


def test_two_browsers_with_one_link_cannot_both_use_it(app: Flask, manager: FlaskClient) -> None:
    token = invited(app, manager, SCHOOL, NOOR).rpartition("/")[2]

    def use(_number: int) -> bool:
        try:
            with parts_of(app).database.writing() as session:
                accept(session, token, None, NOW)
        except InvitationOver:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]


def test_who_joined_meanwhile_keeps_that_role(app: Flask, manager: FlaskClient) -> None:
    link = invited(app, manager, SCHOOL, NOOR, "author")
    add_member(app, NOOR, SCHOOL, MemberRole.PUBLISHER)
    assert post(app.test_client(), link).status_code == 303
    assert roles_at(app, SCHOOL)[NOOR] is MemberRole.PUBLISHER


def test_who_works_there_already_is_not_invited(app: Flask, manager: FlaskClient) -> None:
    add_member(app, NOOR, SCHOOL, MemberRole.AUTHOR)
    page = parsed(send_invitation(manager, SCHOOL, NOOR))
    assert page.title.startswith("Fout:")
    assert "werkt hier al" in page.text("div", class_="lw-errors")
    assert letters_to(app, NOOR) == []


def test_an_account_that_is_switched_off_stays_out(app: Flask, manager: FlaskClient) -> None:
    add_account(app, NOOR)
    with parts_of(app).database.writing() as session:
        account_by_email(session, NOOR).active = False  # type: ignore[union-attr]
    browser = app.test_client()
    assert post(browser, invited(app, manager, SCHOOL, NOOR)).status_code == 410
    assert not is_signed_in(browser)
    assert NOOR not in roles_at(app, SCHOOL)


def test_nobody_learns_who_has_an_account(app: Flask, manager: FlaskClient) -> None:
    """Neither who invites, nor who was invited and looks."""
    add_account(app, NOOR)
    add_member(app, "elders@example.org", OTHER, MemberRole.MANAGER)

    def told(email: str) -> tuple[str, ...]:
        link = invited(app, manager, SCHOOL, email)
        page = get(manager, people(SCHOOL)).text("main")
        [letter] = letters_to(app, email)
        link_text = get(app.test_client(), link).text("main")
        press(manager, SCHOOL, "trek-in", invitation=get(manager, people(SCHOOL)).value("invitation"))
        get(manager, people(SCHOOL))
        written = (page, letter["Subject"], letter.get_content().replace(link, ""), link_text)
        return tuple(part.replace(email, "(adres)") for part in written)

    assert told(NOOR) == told("niemand@example.org") == told("elders@example.org")


@pytest.mark.parametrize("email", ["", "noor", "noor@example.org\r\nBcc: x@example.org", "a" * 300 + "@example.org"])
def test_what_is_no_address_is_refused_in_words(manager: FlaskClient, email: str) -> None:
    assert "naam@voorbeeld.nl" in parsed(send_invitation(manager, SCHOOL, email)).text("div", class_="lw-errors")


@pytest.mark.parametrize("role", ["koning", "admin", ""])
def test_only_roles_of_a_member_are_given(app: Flask, manager: FlaskClient, role: str) -> None:
    assert parsed(send_invitation(manager, SCHOOL, NOOR, role)).title.startswith("Fout:")
    assert letters_to(app, NOOR) == []


def test_inviting_is_limited(app: Flask, manager: FlaskClient) -> None:
    answers = [send_invitation(manager, SCHOOL, NOOR).status_code for _ in range(MOST_PER_EMAIL + 1)]
    assert answers == [303] * MOST_PER_EMAIL + [429]
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Job).where(Job.kind == "mail")) == MOST_PER_EMAIL


def test_only_the_hash_of_a_token_is_kept(app: Flask, manager: FlaskClient) -> None:
    token = invited(app, manager, SCHOOL, NOOR).rpartition("/")[2]
    with parts_of(app).database.reading() as session:
        [kept] = session.scalars(select(Invitation))
    assert len(token) >= 43
    assert token not in str(vars(kept))
    assert get(app.test_client(), f"/uitnodiging/{token[:-1]}", status=410)
    assert is_over(app, f"/uitnodiging/{kept.token_hash}")


def test_deleting_an_account_ends_its_memberships_and_takes_its_name_from_invitations(app: Flask, manager: FlaskClient) -> None:
    """Whom it invited may still come; its own invitations are gone with it."""
    add_member(app, "tweede@example.org", SCHOOL, MemberRole.MANAGER)
    other = signed_in_member(app, "elders@example.org", OTHER, MemberRole.MANAGER)
    link, own_link = invited(app, manager, SCHOOL, NOOR), invited(app, other, OTHER, CHIEF)
    assert post(manager, "/account/wissen", current_password=PASSWORD, is_sure="y").location == "/"
    assert roles_at(app, SCHOOL) == {"tweede@example.org": MemberRole.MANAGER}
    with parts_of(app).database.reading() as session:
        [kept] = session.scalars(select(Invitation))
        assert (kept.email, kept.invited_by_id) == (NOOR, None)
        assert kept.organisation_id == organisation_by_slug(session, SCHOOL).id
    assert is_over(app, own_link)
    browser = app.test_client()
    page = get(browser, link).text("main")
    assert "Gevraagd door" not in page
    assert "Onze School" in page
    assert post(browser, link).location == "/hub"


def test_both_pages_speak_english(app: Flask, manager: FlaskClient) -> None:
    link = invited(app, manager, SCHOOL, NOOR)
    browser = app.test_client()
    for client in (browser, manager):
        client.set_cookie("taal", "en")
    assert "author" in get(browser, link).text("main")
    assert get(manager, people(SCHOOL)).text("h1") == "People at Onze School"
