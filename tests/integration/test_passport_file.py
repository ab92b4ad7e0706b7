"""A skills passport as a file, as a PDF and as a page that one shares; reading it in again."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts import add_account, sign_in
from tests.badges import EMAIL, assertion, signed
from tests.pages import get, parsed, post
from tests.passports import HOME, PDF, add, badge, certificate, confirm, exported, filled, upload
from tests.pdf import parsed_pdf
from tests.sharing import make, reader, shared_text


@pytest.fixture
def guest(own_seeded_app: Flask) -> FlaskClient:
    return own_seeded_app.test_client()


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
    add(guest, "lassen")
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
