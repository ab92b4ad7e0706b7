"""Sharing: others see what was shown beforehand and nothing else, as long as its owner wants, and the database opens no link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from catalogue.models import Occupation
from tests.accounts import add_account, command, parts_of, sign_in
from tests.conftest import Clock
from tests.guided import walk
from tests.lists import NOTE, change, save
from tests.pages import get, parsed, post
from tests.pdf import parsed_pdf
from tests.sharing import make, reader, shared_text
from web.shares.model import Share

DAY = timedelta(days=1)


@pytest.fixture
def guest(own_seeded_app: Flask) -> FlaskClient:
    """A guest with a module and a note."""
    client = own_seeded_app.test_client()
    change(client, module=save(client), note=NOTE)
    return client


def test_others_see_what_was_shown_beforehand(own_seeded_app: Flask, guest: FlaskClient) -> None:
    preview = " ".join(" ".join(get(guest, "/delen/lijst").with_class("lw-document__page")[0].itertext()).split())
    link, _end = make(guest)
    page = get(reader(own_seeded_app), link)
    assert shared_text(page) == preview
    assert NOTE not in page.text("main")
    assert page.title.startswith("Mijn lijst met modules")
    assert "tot en met 7 december 2026" in page.text("main")
    assert not page.all("form", action="/delen/trek-in")
    found = parsed_pdf(reader(own_seeded_app).get(f"{link}/pdf"))
    assert NOTE not in found.text


def test_notes_go_along_only_for_who_chose_so(own_seeded_app: Flask, guest: FlaskClient) -> None:
    [link] = [link.get("href") or "" for link in get(guest, "/delen/lijst").all("a") if "Laat dat ook zien" in "".join(link.itertext())]
    assert NOTE in get(guest, link).text("main")
    shared, _end = make(guest, link.partition("#")[0])
    assert NOTE in get(reader(own_seeded_app), shared).text("main")


def test_it_stays_as_it_was(own_seeded_app: Flask, guest: FlaskClient) -> None:
    link, _end = make(guest)
    before = shared_text(get(reader(own_seeded_app), link))
    save(guest, "/modules?q=zonnepanelen")
    assert shared_text(get(reader(own_seeded_app), link)) == before


@pytest.mark.parametrize("days", [1, 7, 14, 30])
def test_it_ends_by_itself_and_is_deleted(own_seeded_app: Flask, clock: Clock, days: int) -> None:
    app, client = own_seeded_app, own_seeded_app.test_client()
    save(client)
    link, end = make(client, days=str(days))
    clock.now += days * DAY - timedelta(minutes=1)
    assert reader(app).get(link).status_code == 200
    clock.now += timedelta(minutes=1)
    assert [reader(app).get(path).status_code for path in (link, f"{link}/pdf", end)] == [410] * 3
    command(app, "jobs", "run", "--once")
    with parts_of(app).database.reading() as session:
        assert session.scalars(select(Share)).all() == []


def test_fourteen_days_are_proposed(guest: FlaskClient) -> None:
    boxes = get(guest, "/delen/lijst").all("input", name="days")
    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [
        ("1", False),
        ("7", False),
        ("14", True),
        ("30", False),
    ]


@pytest.mark.parametrize("days", ["0", "3650", "-1", "x", ""])
def test_no_other_time_can_be_asked(own_seeded_app: Flask, guest: FlaskClient, days: str) -> None:
    answer = post(guest, "/delen/lijst", days=days)
    assert parsed(answer).title.startswith("Fout:")
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(Share)).all() == []


def test_its_owner_ends_it_from_the_own_page(own_seeded_app: Flask, guest: FlaskClient) -> None:
    link, _end = make(guest)
    page = get(guest, "/delen")
    assert "7 december 2026" in page.text("table")
    guest.post("/delen/trek-in", data={"csrf_token": page.value("csrf_token"), "link": page.value("link")})
    assert reader(own_seeded_app).get(link).status_code == 410
    assert "U deelt nu niets." in get(guest, "/delen").text("main")


def test_the_second_link_ends_it_after_a_press(own_seeded_app: Flask, guest: FlaskClient) -> None:
    link, end = make(guest)
    elsewhere = reader(own_seeded_app)
    assert "Mijn lijst met modules" in get(elsewhere, end).text("main")
    assert reader(own_seeded_app).get(link).status_code == 200, "looking ends nothing"
    assert post(elsewhere, end).status_code == 303
    assert [reader(own_seeded_app).get(path).status_code for path in (link, end)] == [410] * 2


def test_a_reader_cannot_end_it(own_seeded_app: Flask, guest: FlaskClient) -> None:
    link, _end = make(guest)
    uid = get(guest, "/delen").value("link")
    add_account(own_seeded_app, "sam@example.org")
    other = reader(own_seeded_app)
    sign_in(other, "sam@example.org")
    assert "U deelt nu niets." in get(other, "/delen").text("main")
    token = get(other, "/account").value("csrf_token")
    for path, values in (("/delen/trek-in", {"link": uid}), (link.replace("/gedeeld/", "/intrekken/"), {})):
        other.post(path, data={"csrf_token": token, **values})
    assert reader(own_seeded_app).get(link).status_code == 200


def test_signing_in_takes_shares_along_and_deleting_the_account_ends_them(own_seeded_app: Flask, guest: FlaskClient) -> None:
    link, _end = make(guest)
    add_account(own_seeded_app, "noor@example.org")
    sign_in(guest, "noor@example.org")
    second, _end = make(guest)
    elsewhere = reader(own_seeded_app)
    sign_in(elsewhere, "noor@example.org")
    assert len(get(elsewhere, "/delen").all("input", name="link")) == 2
    with parts_of(own_seeded_app).database.writing() as session:
        session.execute(text("DELETE FROM account WHERE email = 'noor@example.org'"))
    assert [reader(own_seeded_app).get(path).status_code for path in (link, second)] == [410] * 2


def test_the_database_holds_no_link_and_the_page_is_kept_nowhere(own_seeded_app: Flask, guest: FlaskClient) -> None:
    link, end = make(guest)
    with parts_of(own_seeded_app).database.reading() as session:
        rows = [*session.execute(text("SELECT * FROM share")), *session.execute(text("SELECT * FROM web_session"))]
    assert all(path.rpartition("/")[2] not in str(rows) for path in (link, end))
    assert min(len(path.rpartition("/")[2]) for path in (link, end)) >= 43, "256 bits"
    for path in (link, f"{link}/pdf"):
        answer = reader(own_seeded_app).get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "Set-Cookie" not in answer.headers
    assert get(reader(own_seeded_app), link).all("meta", name="robots")[0].get("content") == "noindex, nofollow"


def test_matches_and_path_can_be_shared_without_what_tells_who_it_is(own_seeded_app: Flask) -> None:
    client = own_seeded_app.test_client()
    with parts_of(own_seeded_app).database.reading() as session:
        uids = {one.label_nl: one.uid for one in session.scalars(select(Occupation))}
    post(client, "/profiel/beroep", q="", choice=uids["kassamedewerker"])
    post(client, "/profiel/doel", kind="occupation")
    post(client, "/profiel/doel/beroep", q="", choice=uids["zonnepanelenmonteur"])
    post(client, "/profiel/wensen", near="4811", budget_eur="1234")
    for page, personal in (("/matches", ("km van u", "nog niet")), ("/leerroute?deel=60&doel=tijd", ("km van u", "van nog niet"))):
        [address] = [link.get("href") or "" for link in get(client, page).all("a") if "Delen met een link" in "".join(link.itertext())]
        link, _end = make(client, address)
        shown = shared_text(get(reader(own_seeded_app), link))
        assert [word for word in (*personal, "1234", "4811", "uw eigen tempo") if word in shown] == []
        whole, _end = make(client, f"{address}{'&' if '?' in address else '?'}met=alles")
        assert all(word in shared_text(get(reader(own_seeded_app), whole)) for word in personal)
        assert "h2" in {element.tag for element in get(reader(own_seeded_app), link).root.iter()}


def test_sharing_a_route_keeps_its_choices_on_the_way_and_back(client: FlaskClient) -> None:
    walk(client)
    choices = "?doel=tijd&deel=60&stapel=y&gericht=y"
    page = get(client, f"/delen/leerroute{choices}")
    links = [link.get("href") or "" for link in page.all("a")]
    assert f"/leerroute{choices}" in links
    assert any("met=alles" in link and "stapel=y" in link and "doel=tijd" in link for link in links)
    made = parsed(post(client, f"/delen/leerroute{choices}", days="14"))
    assert made.all("a", href=f"/leerroute{choices}")


def test_what_is_not_there_cannot_be_shared(client: FlaskClient) -> None:
    assert client.get("/delen/lijst").location == "/lijst"
    assert client.get("/delen/matches").location == "/matches"
    assert client.get("/delen/leerroute").location == "/leerroute"
    assert client.get("/delen/wachtwoord").status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 10_000, "%00", "a%2fb%2fc", "'"])
def test_no_made_up_link_opens_anything(client: FlaskClient, token: str) -> None:
    for path in (f"/gedeeld/{token}", f"/gedeeld/{token}/pdf", f"/intrekken/{token}"):
        assert client.get(path).status_code in (404, 410)


def test_hostile_notes_stay_words(own_seeded_app: Flask) -> None:
    client = own_seeded_app.test_client()
    change(client, module=save(client), note='<script>alert(1)</script>"><img src=x onerror=alert(1)>')
    link, _end = make(client, "/delen/lijst?met=alles")
    page = get(reader(own_seeded_app), link)
    assert "<script>alert(1)</script>" in page.text("main")
    assert len(page.all("script")) == 1


def test_it_reads_in_english_and_a_dutch_document_stays_dutch(own_seeded_app: Flask, guest: FlaskClient) -> None:
    link, _end = make(guest)
    english = reader(own_seeded_app)
    english.set_cookie("taal", "en")
    page = get(english, link)
    assert "Somebody shares this with you." in page.text("main")
    assert page.all("article")[0].get("lang") == "nl"
