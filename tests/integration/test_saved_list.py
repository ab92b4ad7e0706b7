"""The own list: one button anywhere, a note and a start for each, and back again; a guest's moves along to the account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module
from catalogue.vocabulary import Status
from tests.accounts import add_account, parts_of, sign_in
from tests.conftest import Clock
from tests.lists import NOTE, change, press, save, titles
from tests.page_table import MODULE
from tests.pages import Page, get, parsed
from web.lists.saved import MAX_ITEMS, MAX_NOTE_CHARS
from web.security.sessions import LIFETIME


def uid_on(client: FlaskClient, path: str = f"/modules/{MODULE}", name: str = "module") -> str:
    """What the first such button on a page stands for."""
    return get(client, path).all("button", name=name)[0].get("value") or ""


def count(page: Page) -> str:
    """What the head of a page says about the list."""
    [link] = [link for link in page.all("a", href="/lijst") if "Mijn lijst" in "".join(link.itertext())]
    return " ".join("".join(link.itertext()).split())


def test_one_press_saves_and_another_takes_off(client: FlaskClient) -> None:
    assert count(get(client, "/")) == "Mijn lijst"
    uid = uid_on(client)
    answer = press(client, "/lijst/bewaar", module=uid, verder=f"/modules/{MODULE}?x=1")
    assert answer.location == f"/modules/{MODULE}?x=1#bewaar-{uid}"
    page = get(client, f"/modules/{MODULE}")
    assert count(page) == "Mijn lijst (1)"
    [button] = page.all("button", id=f"bewaar-{uid}")
    assert (button.get("formaction"), button.get("form")) == ("/lijst/haal-weg", "bewaren")
    press(client, "/lijst/bewaar", module=uid)
    assert len(titles(client)) == 1, "twice is once"
    press(client, "/lijst/haal-weg", module=uid)
    assert titles(client) == []
    assert "Uw lijst is nog leeg." in get(client, "/lijst").text("main")


@pytest.mark.parametrize("path", ["/modules?q=zonnepanelen", "/aanbieders/curio", "/hubs/transitiehub-energie-breda", f"/modules/{MODULE}"])
def test_every_card_has_its_button(client: FlaskClient, path: str) -> None:
    page = get(client, path)
    cards = page.with_class("lw-card")
    assert cards
    assert all([button.get("form") for button in card.iter("button")] == ["bewaren"] for card in cards)


def test_looking_leaves_no_cookie_and_saving_does(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/modules?q=zonnepanelen").headers
    uid = uid_on(client)
    assert client.get_cookie("leerwijzer") is None
    press(client, "/lijst/bewaar", module=uid)
    assert client.get_cookie("leerwijzer") is not None


@pytest.mark.parametrize("origin", [None, "https://elders.example", "null", "http://localhost.elders.example", "https://localhost"])
def test_a_page_elsewhere_cannot_save_for_somebody(client: FlaskClient, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = client.post("/lijst/bewaar", data={"module": uid_on(client)}, headers=headers)
    assert answer.status_code == 400
    assert titles(client) == []


@pytest.mark.parametrize("target", ["https://elders.example", "//elders.example", "", "javascript:alert(1)"])
def test_saving_never_leads_to_another_site(client: FlaskClient, target: str) -> None:
    assert press(client, "/lijst/bewaar", module=uid_on(client), verder=target).location == "/lijst"


def test_nothing_that_is_no_module_comes_on_the_list(client: FlaskClient) -> None:
    for values in ({}, {"module": "x"}, {"uitvoering": "x"}, {"module": "x" * 100_000}):
        assert press(client, "/lijst/bewaar", **values).status_code == 303
    assert titles(client) == []


def test_a_note_and_a_start_stay_with_the_module(client: FlaskClient) -> None:
    uid = save(client)
    [choice] = get(client, "/lijst").all("select", id=f"start-{uid}")
    edition = list(choice.iter("option"))[1]
    answer = change(client, module=uid, note=f"  {NOTE}\r\nen nog iets ", edition=edition.get("value") or "")
    assert answer.location == f"/lijst#lijst-{uid}"
    page = get(client, "/lijst")
    assert "".join(page.with_class("lw-list__text")[0].itertext()) == f"{NOTE}\nen nog iets"
    assert page.text("p", class_="lw-list__chosen") == f"Uw start: {' '.join((edition.text or '').split())}"
    assert NOTE not in answer.location
    assert get(client, f"/modules/{MODULE}").text("table").count("uw keuze") == 1


def test_choosing_a_start_on_the_page_of_a_module_saves_both(client: FlaskClient) -> None:
    edition = uid_on(client, name="uitvoering")
    assert press(client, "/lijst/bewaar", uitvoering=edition, verder=f"/modules/{MODULE}").status_code == 303
    assert get(client, "/lijst").with_class("lw-list__chosen")


def test_a_note_that_is_too_long_is_told_and_not_lost(client: FlaskClient) -> None:
    uid = save(client)
    page = parsed(change(client, module=uid, note="x" * (MAX_NOTE_CHARS + 1)))
    assert page.title.startswith("Fout:")
    assert page.all("a", href=f"#notitie-{uid}")
    assert "x" * (MAX_NOTE_CHARS + 1) in "".join(page.all("textarea", id=f"notitie-{uid}")[0].itertext())
    assert not get(client, "/lijst").with_class("lw-list__text")


def test_a_note_for_a_module_that_is_not_there_changes_nothing(client: FlaskClient) -> None:
    save(client)
    before = get(client, "/lijst").text("main")
    assert change(client, module="warmtepomp", note="x", edition="y").status_code == 303
    assert get(client, "/lijst").text("main") == before


def test_what_is_taken_off_can_be_put_back_with_its_note(client: FlaskClient) -> None:
    first, second = save(client), save(client, "/modules?q=zonnepanelen")
    change(client, module=first, note=NOTE)
    press(client, "/lijst/haal-weg", module=first, verder="/lijst")
    assert "is van uw lijst" in get(client, "/lijst").text("form", action="/lijst/zet-terug")
    token = {"csrf_token": get(client, "/lijst").value("csrf_token")}
    client.post("/lijst/zet-terug", data=token)
    assert NOTE in get(client, "/lijst").text("main")
    client.post("/lijst/leeg", data=token)
    assert titles(client) == []
    client.post("/lijst/zet-terug", data=token)
    assert len(titles(client)) == 2
    assert second != first
    client.post("/lijst/zet-terug", data=token)
    assert len(titles(client)) == 2, "twice is once"


def test_a_full_list_says_so(client: FlaskClient) -> None:
    page, number = "/modules?page={}", 1
    while len(titles(client)) < MAX_ITEMS:
        for button in get(client, page.format(number)).all("button", name="module"):
            press(client, "/lijst/bewaar", module=button.get("value") or "")
        number += 1
    other = uid_on(client, page.format(number))
    press(client, "/lijst/bewaar", module=other)
    assert f"Er passen {MAX_ITEMS} modules op." in get(client, "/lijst").text("main")
    assert len(titles(client)) == MAX_ITEMS


def test_a_module_that_is_withdrawn_keeps_its_note(own_seeded_app: Flask) -> None:
    client = own_seeded_app.test_client()
    uid = save(client)
    change(client, module=uid, note=NOTE)
    with parts_of(own_seeded_app).database.writing() as session:
        session.scalars(select(Module).where(Module.uid == uid)).one().status = Status.WITHDRAWN
    page = get(client, "/lijst")
    assert "Deze module staat niet meer op de site." in page.text("main")
    assert NOTE in page.text("main")
    with parts_of(own_seeded_app).database.reading() as session:
        left = session.scalars(select(Module).where(Module.uid == uid)).one()
    assert page.text("article", id=f"lijst-{uid}").startswith(left.title)
    gone = get(client, f"/modules/{left.slug}", 410).text("main")
    assert "De aanbieder haalde haar weg." in gone
    assert "Lijkt hierop" in gone
    press(client, "/lijst/haal-weg", module=uid)
    assert NOTE not in get(client, "/lijst").text("main")


def test_a_guests_list_is_gone_after_a_day(own_seeded_app: Flask, clock: Clock) -> None:
    client = own_seeded_app.test_client()
    save(client)
    clock.now += LIFETIME - timedelta(minutes=1)
    assert len(titles(client)) == 1
    clock.now += LIFETIME
    assert titles(client) == []


def test_signing_in_moves_the_list_along_and_signing_out_leaves_nothing(own_seeded_app: Flask) -> None:
    add_account(own_seeded_app, "noor@example.org")
    first, second = own_seeded_app.test_client(), own_seeded_app.test_client()
    uid = save(first)
    change(first, module=uid, note=NOTE)
    sign_in(first, "noor@example.org")
    assert NOTE in get(first, "/lijst").text("main")
    save(second)
    save(second, "/modules?q=zonnepanelen")
    sign_in(second, "noor@example.org")
    assert len(titles(second)) == 2
    assert NOTE in get(second, "/lijst").text("main"), "the account's note stays where the guest had none"
    assert count(get(first, "/")) == "Mijn lijst (2)", "every browser of the account has the same list"
    first.post("/uitloggen", data={"csrf_token": get(first, "/account").value("csrf_token")})
    assert titles(first) == []


def test_another_persons_list_stays_theirs(own_seeded_app: Flask) -> None:
    for name in ("noor", "sam"):
        add_account(own_seeded_app, f"{name}@example.org")
    noor, sam = own_seeded_app.test_client(), own_seeded_app.test_client()
    sign_in(noor, "noor@example.org")
    save(noor)
    sign_in(sam, "sam@example.org")
    assert titles(sam) == []
    sign_in(noor, "sam@example.org")  # at the same computer
    assert titles(noor) == []


def test_it_reads_in_english(client: FlaskClient) -> None:
    client.set_cookie("taal", "en")
    save(client)
    assert "1 module on your list." in get(client, "/lijst").text("main")
