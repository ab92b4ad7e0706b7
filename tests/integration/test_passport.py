"""The skills passport: skills, evidence that only its owner opens, badges, taking along and sharing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from catalogue.models import Occupation, Skill
from tests.accounts import add_account, command, parts_of, sign_in
from tests.badges import EMAIL, assertion, baked_png, baked_svg, chunk, credential, png, private_key, signed
from tests.conftest import Clock
from tests.pages import get, parsed, post
from tests.passports import HOME, PDF, add, badge, certificate, confirm, exported, files, held, upload
from tests.sharing import reader
from web.learner.answers import Answers
from web.passport.model import StoredPassport

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"


@pytest.fixture
def guest(own_seeded_app: Flask) -> FlaskClient:
    return own_seeded_app.test_client()


def test_a_skill_is_added_changed_and_removed(own_seeded_app: Flask, guest: FlaskClient) -> None:
    assert "Hier staat nog niets" in get(guest, HOME).text("main")
    uid, label = add(guest)
    page = get(guest, HOME)
    assert label in page.text("ul", class_="lw-cards")
    assert "Dat zegt u zelf" in page.text("ul", class_="lw-cards")
    post(guest, HOME, **{f"niveau-{uid}": "2", "niveau-00000000-0000-0000-0000-000000000000": "3"})
    assert {one["id"]: one["level"] for one in exported(guest)["skills"]} == {uid: 2}
    assert [level for level, _source in held(own_seeded_app, guest).values()] == [2]
    token = get(guest, HOME).value("csrf_token")
    assert guest.post(f"{HOME}/haal-weg", data={"csrf_token": token, "vaardigheid": uid}).status_code == 303
    assert exported(guest)["skills"] == []
    assert held(own_seeded_app, guest) == {}


def test_answers_of_the_guided_profile_stand_in_it(own_seeded_app: Flask, guest: FlaskClient) -> None:
    with parts_of(own_seeded_app).database.reading() as session:
        uids = {one.label_nl: one.uid for one in session.scalars(select(Occupation))}
    post(guest, "/profiel/beroep", q="", choice=uids["zonnepanelenmonteur"])
    names = [one.get("name") or "" for one in get(guest, "/profiel/vaardigheden").all("select")]
    post(guest, "/profiel/vaardigheden", **{names[0]: "3", names[1]: "0"})
    page = get(guest, HOME)
    assert "Dat hoort bij uw werk" in page.text("ul", class_="lw-cards")
    assert [one["id"] for one in exported(guest)["skills"]] == [names[0].removeprefix("niveau-")]
    with guest.session_transaction() as stored:
        assert Answers.from_session(stored).skills[names[1].removeprefix("niveau-")] == 0, "a no stays an answer"
    guest.post("/profiel/wis", data={"csrf_token": get(guest, HOME).value("csrf_token")})
    assert exported(guest)["skills"] == []


@pytest.mark.parametrize("is_member", [False, True], ids=["guest", "member"])
def test_wiping_answers_takes_what_was_only_told_and_leaves_evidence(own_seeded_app: Flask, is_member: bool) -> None:
    client = own_seeded_app.test_client()
    if is_member:
        sign_in(client, add_account(own_seeded_app, "noor@example.org"))
    told, _label = add(client, "lassen")
    shown, _label = add(client, "brood bakken")
    post(client, certificate(client), bij=shown)
    assert {one["id"] for one in exported(client)["skills"]} == {told, shown}
    client.post("/profiel/wis", data={"csrf_token": get(client, HOME).value("csrf_token")})
    assert [one["id"] for one in exported(client)["skills"]] == [shown]
    assert get(client, HOME).with_class("lw-skill")
    assert len(held(own_seeded_app, client)) == 1


def test_a_badge_of_which_nothing_is_chosen_says_what_to_do(guest: FlaskClient) -> None:
    page = badge(guest)
    answer = post(guest, page)
    assert answer.location == page
    assert "U koos nog niets." in get(guest, page).text("main")
    confirm(guest, page)
    assert post(guest, page).location == HOME, "who takes it off again has chosen"


def test_a_guest_is_led_to_an_account(guest: FlaskClient) -> None:
    assert get(guest, HOME).all("a", href="/account-maken")


@pytest.mark.parametrize("content", [PDF, JPEG, png()])
def test_a_certificate_is_kept_for_its_owner_alone(own_seeded_app: Flask, guest: FlaskClient, content: bytes) -> None:
    page = certificate(guest, content, name="../../etc/<b>.exe")
    answer = guest.get(f"{page}/bestand")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="bewijs.')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    other = reader(own_seeded_app)
    assert [other.get(path).status_code for path in (page, f"{page}/bestand")] == [404, 404]
    add_account(own_seeded_app, "sam@example.org")
    sign_in(other, "sam@example.org")
    assert other.get(f"{page}/bestand").status_code == 404
    token = get(other, f"{HOME}/bewijs").value("csrf_token")
    assert other.post(f"{page}/haal-weg", data={"csrf_token": token}).status_code == 404
    assert guest.get(f"{page}/bestand").data == content


@pytest.mark.parametrize(
    ("content", "name"), [(b"<html><script>", "a.pdf"), (b"", "a.pdf"), (b"GIF89a", "a.png"), (b"<svg/>", "a.svg"), (b"MZ", "a.pdf")]
)
def test_another_file_is_refused_whatever_its_name(own_seeded_app: Flask, guest: FlaskClient, content: bytes, name: str) -> None:
    page = parsed(upload(guest, f"{HOME}/bewijs", content, name, title="x", kind="certificate"))
    assert page.title.startswith("Fout:")
    assert page.all("a", href="#file")
    assert files(own_seeded_app) == []


@pytest.mark.parametrize("path", ["bewijs", "badge"])
def test_a_file_that_is_too_large_is_told(guest: FlaskClient, path: str) -> None:
    page = parsed(upload(guest, f"{HOME}/{path}", PDF + b"0" * 5 * 1024 * 1024, title="x", kind="certificate"))
    assert "5 MB" in page.text("span", id="file-fout")
    answer = upload(guest, f"{HOME}/{path}", PDF + b"0" * 13 * 1024 * 1024, title="x", kind="certificate")
    assert answer.status_code == 413
    assert "te groot" in parsed(answer).text("h1")


def test_there_is_an_end_to_what_is_kept(own_seeded_app: Flask, guest: FlaskClient) -> None:
    for number in range(20):
        certificate(guest, PDF + str(number).encode())
    answer = upload(guest, f"{HOME}/bewijs", PDF, title="x", kind="certificate")
    assert answer.location.startswith(HOME)
    assert "Haal er eerst een weg" in get(guest, HOME).text("main")
    assert len(files(own_seeded_app)) == 20


def test_files_together_may_not_be_too_large(own_seeded_app: Flask, guest: FlaskClient) -> None:
    large = PDF + b"0" * (5 * 1024 * 1024 - len(PDF))
    for _number in range(5):
        certificate(guest, large)
    assert upload(guest, f"{HOME}/bewijs", large, title="x", kind="certificate").location.endswith("#bewijzen")
    assert len(files(own_seeded_app)) == 5


def test_evidence_gives_a_skill_its_source_and_taking_it_away_takes_that_back(own_seeded_app: Flask, guest: FlaskClient) -> None:
    uid, _label = add(guest)
    page = certificate(guest, kind="recognised", title="EVC elektro", issuer="School", issued="31-12-2024")
    assert "31 december 2024" in get(guest, page).text("dl")
    post(guest, page, bij=uid)
    assert "Erkend met EVC" in get(guest, HOME).text("ul", class_="lw-cards")
    assert [source for _level, source in held(own_seeded_app, guest).values()] == ["recognised"]
    token = get(guest, page).value("csrf_token")
    guest.post(f"{page}/haal-weg", data={"csrf_token": token})
    assert "Dat zegt u zelf" in get(guest, HOME).text("ul", class_="lw-cards")
    assert [source for _level, source in held(own_seeded_app, guest).values()] == ["self"]
    assert files(own_seeded_app) == []


CARRIERS: dict[str, Callable[[], bytes]] = {
    "2.0 hosted": lambda: json.dumps(assertion()).encode(),
    "2.0 signed": lambda: signed(assertion()).encode(),
    "2.0 PNG": lambda: baked_png(json.dumps(assertion())),
    "2.0 SVG": lambda: baked_svg(json.dumps(assertion())),
    "3.0 JSON": lambda: json.dumps(credential()).encode(),
    "3.0 JWT": lambda: signed(credential()).encode(),
    "3.0 PNG": lambda: baked_png(signed(credential()), b"openbadgecredential"),
    "3.0 SVG": lambda: baked_svg(signed(credential()), is_third=True),
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_badge_gives_skills_to_confirm(own_seeded_app: Flask, guest: FlaskClient, carrier: str) -> None:
    answer = upload(guest, f"{HOME}/badge", CARRIERS[carrier](), "badge")
    page = get(guest, answer.location)
    assert page.text("h1") == "Zonnepanelen plaatsen"
    assert all(word in page.text("main") for word in ("School aan Zee", "14 maart 2026", "NLQF 4", "2,5 EC", "niet gecontroleerd"))
    assert exported(guest)["skills"] == [], "nothing counts before it is confirmed"
    offered = confirm(guest, answer.location)
    [skill] = exported(guest)["skills"]
    assert (skill["id"], skill["level"], skill["source"]) == (offered[0], 4, "badge")
    assert "Dat zegt een badge: Zonnepanelen plaatsen" in get(guest, HOME).text("ul", class_="lw-cards")
    assert list(held(own_seeded_app, guest).values()) == [(4, "badge")]


def test_a_skill_that_a_badge_names_by_its_address_is_offered_first(own_seeded_app: Flask, guest: FlaskClient) -> None:
    with parts_of(own_seeded_app).database.reading() as session:
        skill = session.scalars(select(Skill).where(Skill.uri.is_not(None), Skill.label_nl.contains("brood"))).first()
        skill = skill or session.scalars(select(Skill).where(Skill.uri.is_not(None)).order_by(Skill.id.desc())).first()
    assert skill is not None
    values = credential()
    values["credentialSubject"]["achievement"]["alignment"] = [{"targetName": "?", "targetUrl": skill.uri}]
    assert confirm(guest, badge(guest, values))[0] == skill.uid


def test_matches_use_a_badge(own_seeded_app: Flask, guest: FlaskClient) -> None:
    goal = skill_uid_of_page(guest)
    post(guest, "/profiel/doel", kind="skills")
    post(guest, "/profiel/doel/vaardigheden", q="", actie="verder", **{f"niveau-{goal}": "4"})
    before = get(guest, "/matches").text("main")
    page = badge(guest)
    assert goal in confirm(guest, page, **{f"niveau-{goal}": "4"})
    assert get(guest, "/matches").text("main") != before


def skill_uid_of_page(client: FlaskClient) -> str:
    """A skill that the badge of the tests stands for."""
    other = client.application.test_client()
    return (get(other, badge(other)).all("select")[0].get("name") or "").removeprefix("niveau-")


def test_a_badge_of_somebody_else_does_not_count(own_seeded_app: Flask) -> None:
    client = reader(own_seeded_app)
    add_account(own_seeded_app, EMAIL)
    sign_in(client, EMAIL)
    page = badge(client, assertion("sam@example.org"))
    assert "telt daarom niet mee" in get(client, page).text("main")
    confirm(client, page)
    assert exported(client)["skills"][0]["source"] == "self"
    own = get(client, badge(client, assertion(EMAIL, id="https://school.example/badges/8")))
    assert "De badge staat op uw e-mailadres." in own.text("table")


@pytest.mark.parametrize(("changes", "told"), [({"expires": "2026-01-01"}, "Niet meer geldig"), ({"revoked": True}, "Er klopt iets niet")])
def test_a_badge_that_is_over_or_taken_back_does_not_count(guest: FlaskClient, changes: dict[str, Any], told: str) -> None:
    page = badge(guest, assertion(**changes))
    assert told in get(guest, page).text("main")
    confirm(guest, page)
    assert exported(guest)["skills"][0]["source"] == "self"


def test_a_key_of_the_issuer_checks_the_signature(guest: FlaskClient) -> None:
    page = get(guest, badge(guest, signed(assertion()), key=private_key().pem()))
    assert "De badge past bij de sleutel die u gaf." in page.text("table")
    other = get(guest, badge(guest, signed(assertion()), key=private_key(2).pem()))
    assert "De badge past niet bij de sleutel." in other.text("table")
    wrong = parsed(upload(guest, f"{HOME}/badge", signed(assertion()).encode(), key="sleutel"))
    assert wrong.all("span", id="key-fout")


def test_a_badge_can_be_pasted(guest: FlaskClient) -> None:
    assert post(guest, f"{HOME}/badge", text=json.dumps(assertion())).status_code == 303


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Kies een bestand of plak een tekst."),
        (b"hallo", "dit is geen JSON"),
        (b'{"a":' * 50_000, "te veel in elkaar"),
        (json.dumps(assertion(badge="https://school.example/b")).encode(), "Bij badge: hier staat alleen een link"),
        (json.dumps(assertion(issuedOn="ooit")).encode(), "Bij issuedOn: dit is geen datum"),
        (png(), "in dit plaatje zit geen badge"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "niet veilig"),
        (png(chunk(b"zTXt", b"openbadges\0\0x")), "het plaatje is stuk"),
    ],
)
def test_what_is_wrong_with_a_badge_is_told(own_seeded_app: Flask, guest: FlaskClient, content: bytes, told: str) -> None:
    page = parsed(upload(guest, f"{HOME}/badge", content, "badge"))
    assert page.title.startswith("Fout:")
    assert told in page.text("span", id="file-fout")
    assert files(own_seeded_app) == []


def test_a_badge_comes_back_as_it_was_and_a_picture_is_not_kept(own_seeded_app: Flask, guest: FlaskClient) -> None:
    values = assertion()
    values["badge"]["name"] = "<script>alert(1)</script>"
    page = upload(guest, f"{HOME}/badge", baked_svg(json.dumps(values))).location
    assert "<script>alert(1)</script>" in get(guest, page).text("h1")
    assert json.loads(guest.get(f"{page}/bestand").data) == values
    [kept] = files(own_seeded_app)
    assert b"<svg" not in kept.content


def test_a_guest_takes_it_along_and_it_goes_with_the_account(own_seeded_app: Flask, guest: FlaskClient) -> None:
    uid, label = add(guest)
    page = certificate(guest)
    post(guest, page, bij=uid)
    add_account(own_seeded_app, EMAIL)
    sign_in(guest, EMAIL)
    elsewhere = reader(own_seeded_app)
    sign_in(elsewhere, EMAIL)
    assert label in get(elsewhere, HOME).text("main")
    assert elsewhere.get(f"{page}/bestand").data == PDF
    assert [level for level, _source in held(own_seeded_app, elsewhere).values()] == [3], "the matcher knows it from signing in on"
    post(elsewhere, HOME, **{f"niveau-{uid}": "1"})
    assert exported(guest)["skills"][0]["level"] == 1
    with parts_of(own_seeded_app).database.writing() as session:
        session.execute(text("DELETE FROM account WHERE email = :email"), {"email": EMAIL})
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(StoredPassport)).all() == []
    assert files(own_seeded_app) == []


def test_what_a_guest_brought_is_gone_after_a_day(small_app: Flask, clock: Clock) -> None:
    app, client = small_app, small_app.test_client()
    page = certificate(client)
    clock.now += timedelta(hours=23)
    get(client, HOME)
    clock.now += timedelta(hours=2)
    command(app, "jobs", "run", "--once")
    assert client.get(f"{page}/bestand").status_code == 200, "a passport that is looked at stays as long as the session"
    clock.now += timedelta(hours=25)
    command(app, "jobs", "run", "--once")
    assert files(app) == []
    assert "U hebt nog geen bewijs" in get(client, HOME).text("main")
