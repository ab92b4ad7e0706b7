"""The skills passport: skills, evidence that only its owner opens, badges, taking along and sharing."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

from catalogue.models import Occupation, Skill
from tests.accounts import add_account, command, parts_of, sign_in
from tests.badges import EMAIL, assertion, baked_png, baked_svg, chunk, credential, png, private_key, signed
from tests.conftest import NOW, app_in
from tests.integration.test_shares import make, reader, shared_text
from tests.pages import Page, get, parsed, post
from tests.pdf import parsed_pdf
from web.learner.answers import Answers
from web.learner.profile import learner_profile
from web.passport.model import EvidenceFile, StoredPassport

HOME = "/mijn-vaardigheden"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"


@pytest.fixture
def guest(own_seeded_app: Flask) -> FlaskClient:
    return own_seeded_app.test_client()


def skill_uid(app: Flask, label: str) -> str:
    with parts_of(app).database.reading() as session:
        return session.scalars(select(Skill).where(Skill.label_nl == label)).one().uid


def find(client: FlaskClient, typed: str) -> Page:
    """Looks for a skill; the page with what was found."""
    assert post(client, f"{HOME}/voeg-toe", q=typed, actie="zoek").status_code == 303
    return get(client, f"{HOME}/voeg-toe")


def add(client: FlaskClient, typed: str = "zonnepanelen", level: int = 3) -> tuple[str, str]:
    """Adds the first skill that is found; its id and name."""
    [first, *_others] = [one for one in find(client, typed).all("select") if (one.get("id") or "").startswith("niveau-")]
    name = first.get("name") or ""
    assert post(client, f"{HOME}/voeg-toe", q="", actie="verder", **{name: str(level)}).status_code == 303
    uid = name.removeprefix("niveau-")
    return uid, get(client, HOME).text("label", for_=name)


def upload(client: FlaskClient, path: str, content: bytes, name: str = "bewijs.pdf", **values: str) -> TestResponse:
    token = get(client, path).value("csrf_token")
    data: dict[str, Any] = {"csrf_token": token, "file": FileStorage(io.BytesIO(content), name), **values}
    body, _length, boundary = stream_encode_multipart(data, use_tempfile=False)
    return client.post(path, data=body.read(), content_type=f"multipart/form-data; boundary={boundary}")


def certificate(client: FlaskClient, content: bytes = PDF, **values: str) -> str:
    """Brings a certificate; its page."""
    answer = upload(client, f"{HOME}/bewijs", content, **{"title": "Diploma monteur", "kind": "certificate", **values})
    assert answer.status_code == 303, parsed(answer).text("main")
    return answer.location


def badge(client: FlaskClient, values: dict[str, Any] | str | None = None, **more: str) -> str:
    """Brings a badge; its page."""
    content = values if isinstance(values, str) else json.dumps(values or assertion())
    answer = upload(client, f"{HOME}/badge", content.encode(), "badge.json", **more)
    assert answer.status_code == 303, parsed(answer).text("main")
    return answer.location


def confirm(client: FlaskClient, page: str, **levels: str) -> list[str]:
    """Confirms the first offered skill of a badge at level 4; which ids were offered."""
    offered = [one.get("name") or "" for one in get(client, page).all("select")]
    assert offered
    assert post(client, page, **(levels or {offered[0]: "4"})).status_code == 303
    return [name.removeprefix("niveau-") for name in offered]


def held(app: Flask, client: FlaskClient) -> dict[int, tuple[int, str]]:
    """What the matcher gets to know of this visitor: level and source by key."""
    with client.session_transaction() as stored:
        answers = Answers.from_session(stored)
    with app.test_request_context("/"), parts_of(app).database.reading() as session:
        g.pop("own_passport", None)
        return {one.skill_id: (one.level, one.source.value) for one in learner_profile(session, answers).held}


def exported(client: FlaskClient) -> dict[str, Any]:
    answer = client.get(f"{HOME}/vaardigheden.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vaardigheden.json"'
    found: dict[str, Any] = answer.get_json()
    return found


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


def files(app: Flask) -> list[EvidenceFile]:
    with parts_of(app).database.reading() as session:
        return list(session.scalars(select(EvidenceFile)))


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


def test_what_a_guest_brought_is_gone_after_a_day(seeded_instance: Path, tmp_path: Path) -> None:
    clock = [NOW]
    app = app_in(tmp_path)
    command(app, "db", "upgrade")
    object.__setattr__(parts_of(app), "now", lambda: clock[0])
    client = app.test_client()
    page = certificate(client)
    clock[0] += timedelta(hours=23)
    get(client, HOME)
    clock[0] += timedelta(hours=2)
    command(app, "jobs", "run", "--once")
    assert client.get(f"{page}/bestand").status_code == 200, "a passport that is looked at stays as long as the session"
    clock[0] += timedelta(hours=25)
    command(app, "jobs", "run", "--once")
    assert files(app) == []
    assert "U hebt nog geen bewijs" in get(client, HOME).text("main")


def filled(client: FlaskClient) -> None:
    """A passport with every sort of thing in it."""
    uid, _label = add(client)
    confirm(client, badge(client, signed(assertion()), key=private_key().pem()))
    post(client, certificate(client, kind="recognised", issuer="School"), bij=uid)
    add(client, "brood bakken", 2)


def test_the_file_reads_back_as_the_same_passport(own_seeded_app: Flask, guest: FlaskClient) -> None:
    filled(guest)
    before = exported(guest)
    assert {one["source"] for one in before["skills"]} == {"self", "badge", "recognised"}
    content = json.dumps(before).encode()
    assert upload(guest, f"{HOME}/lees-in", content).status_code == 303
    assert exported(guest) == before
    other = reader(own_seeded_app)
    for _twice in range(2):
        assert upload(other, f"{HOME}/lees-in", content).status_code == 303
        assert without_ids(exported(other)) == without_ids(before)


def without_ids(found: dict[str, Any]) -> dict[str, Any]:
    """A file with evidence named by its place, since what is kept elsewhere gets an id of its own."""
    places = {one["id"]: place for place, one in enumerate(found["evidence"])}
    skills = [{**one, "evidence": [places[uid] for uid in one["evidence"]]} for one in found["skills"]]
    return {**found, "skills": skills, "evidence": [{**one, "id": place} for place, one in enumerate(found["evidence"])]}


def test_reading_a_file_in_opens_no_file_of_another(own_seeded_app: Flask, guest: FlaskClient) -> None:
    page = certificate(guest)
    other = reader(own_seeded_app)
    upload(other, f"{HOME}/lees-in", json.dumps(exported(guest)).encode())
    assert "Het bestand zelf staat hier niet." in get(other, page).text("main")
    assert other.get(f"{page}/bestand").status_code == 404
    add_account(own_seeded_app, EMAIL)
    sign_in(other, EMAIL)
    token = get(other, page).value("csrf_token")
    other.post(f"{page}/haal-weg", data={"csrf_token": token})
    assert guest.get(f"{page}/bestand").data == PDF


def test_a_file_proves_nothing_by_itself(guest: FlaskClient) -> None:
    add(guest)
    confirm(guest, badge(guest, assertion(revoked=True)))
    found = exported(guest)
    for one in found["skills"]:
        one |= {"source": "advisor", "origin": "advisor"}
    for one in found["evidence"]:
        one |= {"title": "Doctor", "level": 8}
    other = guest.application.test_client()
    assert upload(other, f"{HOME}/lees-in", json.dumps(found).encode()).status_code == 303
    after = exported(other)
    assert {one["source"] for one in after["skills"]} == {"self"}
    assert [(one["title"], one["level"]) for one in after["evidence"]] == [("Zonnepanelen plaatsen", 4)]


def change(found: dict[str, Any], path: str, value: object) -> bytes:
    *parents, last = path.split(".")
    place: Any = found
    for name in parents:
        place = place[int(name)] if name.isdigit() else place[name]
    place[last] = value
    return json.dumps(found).encode()


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("format", "anders", "Bij format: deze waarde kan niet"),
        ("skills.0.level", 9, "Bij skills.0.level: deze waarde kan niet"),
        ("skills.0.id", "x", "Bij skills.0.id: deze waarde kan niet"),
        ("skills.0.extra", 1, "Bij skills.0.extra: deze waarde kan niet"),
        ("evidence.0.credential", None, "Bij evidence.0.credential: dit ontbreekt"),
        ("evidence.0.credential", "{}", "Bij evidence.0.credential: dit is geen Open Badge"),
        ("evidence.0.issued", "ooit", "Bij evidence.0.issued: dit is geen datum"),
        ("evidence.0.key", "x", "dit is geen sleutel"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(guest: FlaskClient, path: str, value: object, told: str) -> None:
    add(guest)
    badge(guest, signed(assertion()))
    page = parsed(upload(guest, f"{HOME}/lees-in", change(exported(guest), path, value)))
    assert told in page.text("span", id="file-fout")


def test_the_pdf_is_tagged(guest: FlaskClient) -> None:
    filled(guest)
    found = parsed_pdf(guest.get(f"{HOME}/vaardigheden.pdf"))
    assert all(word in found.text for word in ("Mijn vaardigheden", "Zonnepanelen plaatsen", "Diploma monteur", "EVC"))


def test_a_part_is_shared_without_the_names_of_evidence(own_seeded_app: Flask, guest: FlaskClient) -> None:
    filled(guest)
    skills = {one["id"]: one["label"] for one in exported(guest)["skills"]}
    chosen = next(one["id"] for one in exported(guest)["skills"] if one["source"] == "recognised")
    assert post(guest, f"{HOME}/delen", bij=chosen).location == "/delen/vaardigheden"
    link, _end = make(guest, "/delen/vaardigheden")
    seen = shared_text(get(reader(own_seeded_app), link))
    assert skills[chosen] in seen
    assert [label for uid, label in skills.items() if uid != chosen and f" {label} " in seen] == []
    assert "Diploma monteur" not in seen
    assert EMAIL not in seen
    whole, _end = make(guest, "/delen/vaardigheden?met=alles")
    assert "Diploma monteur" in shared_text(get(reader(own_seeded_app), whole))
    assert "Zonnepanelen plaatsen" not in shared_text(get(reader(own_seeded_app), whole))
    assert parsed(post(guest, f"{HOME}/delen")).title.startswith("Fout:")


def test_nothing_to_share_leads_back(client: FlaskClient) -> None:
    assert client.get("/delen/vaardigheden").location == f"{HOME}/delen"
    assert client.get(f"{HOME}/delen").location == HOME


def test_pages_are_valid_and_english_too(guest: FlaskClient) -> None:
    filled(guest)
    guest.set_cookie("taal", "en")
    paths = [HOME, *(f"{HOME}/{name}" for name in ("voeg-toe", "bewijs", "badge", "lees-in", "delen"))]
    paths += [f"{HOME}/bewijs/{one['id']}" for one in exported(guest)["evidence"]]
    for path in paths:
        page = get(guest, path)
        assert page.all("html")[0].get("lang") == "en"
        assert page.all("meta", name="robots")[0].get("content") == "noindex"
    assert "My skills" in get(guest, HOME).title


def test_a_form_without_its_token_is_refused(guest: FlaskClient) -> None:
    for path in ("bewijs", "badge", "lees-in", "haal-weg", "delen", "voeg-toe"):
        assert guest.post(f"{HOME}/{path}", data={"file": (io.BytesIO(PDF), "a.pdf")}).status_code == 400
