"""What advisors are called: their card on every page where somebody else reads who they are, on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts import add_account, parts_of, sign_in
from tests.dossiers import ADVISOR, CALLED, CARD, CLIENT_EMAIL, Made, advisor, agree, bring, fill, log_on, online, opened
from tests.pages import get, parsed, post
from tests.pdf import parsed_pdf
from tests.reports import make_report
from tests.shared_list import Pair, history, keep
from web.audit.model import AuditEntry

CONTACT = f"013 123 45 67, {ADVISOR}"


def introduced(client: FlaskClient, **values: str) -> None:
    """The advisor fills in the card."""
    assert post(client, "/adviseur/kaartje", **CARD | values).location == "/adviseur/kaartje"


def test_a_card_is_asked_for_until_there_is_one(app: Flask) -> None:
    maker = advisor(app)
    for path in ("/adviseur", "/adviseur/nieuw"):
        page = get(maker, path)
        assert "alleen uw mailadres" in page.text("main")
        assert page.all("a", href="/adviseur/kaartje")
    assert ADVISOR in get(maker, "/adviseur/kaartje").text("dl")
    introduced(maker)
    for path in ("/adviseur", "/adviseur/nieuw"):
        assert "alleen uw mailadres" not in get(maker, path).text("main")
    page = get(maker, "/adviseur/kaartje")
    assert page.text("dd") == f"{CALLED}{CONTACT}"
    assert {page.value(name) for name in CARD} == set(CARD.values())
    introduced(maker, organisation="", phone="")
    assert get(maker, "/adviseur/kaartje").text("dd") == f"Ria de Boer{ADVISOR}"
    with parts_of(app).database.reading() as session:
        about_cards = select(AuditEntry.action, AuditEntry.dossier).where(AuditEntry.what == "card")
        assert session.execute(about_cards).all() == [("wrote", "")] * 2


@pytest.mark.parametrize(("field", "value"), [("name", " "), ("name", "x" * 81), ("organisation", "x" * 121), ("phone", "1" * 41)])
def test_what_is_wrong_is_told_by_the_field(small_app: Flask, field: str, value: str) -> None:
    maker = advisor(small_app)
    page = parsed(post(maker, "/adviseur/kaartje", **CARD | {field: value}))
    assert page.title.startswith("Fout:")
    assert page.all("span", id=f"{field}-fout")
    assert get(maker, "/adviseur/kaartje").text("dd") == ADVISOR


def test_a_client_is_asked_by_somebody_with_a_name(app: Flask) -> None:
    maker, client = advisor(app), app.test_client()
    made = opened(maker)
    introduced(maker)
    asked = get(client, made.link).text("dl")
    assert CALLED in asked
    assert CONTACT in asked
    sign_in(client, add_account(app, CLIENT_EMAIL))
    private = agree(client, made.link)
    assert f"Uw adviseur: {CALLED}, {CONTACT}" in get(client, private).text("main")
    assert f"Dossier bij {CALLED}" in get(client, "/dossier").text("main")


def test_who_did_what_is_told_by_name(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    introduced(maker)
    fill(maker, made.page)
    (welding,) = online(app, "Lassen voor beginners")
    keep(maker, made.page, welding)
    keep(client, made.link, welding, verdict="pinned", seen="1")
    bring(maker, made.page)
    assert {f"{CALLED} schreef een notitie", "U gaf toestemming"} <= set(log_on(get(client, made.link)))
    assert {"U schreef een notitie", "Samira gaf toestemming"} <= set(log_on(get(maker, made.page)))
    assert history(get(client, f"{made.link}/lijst"))[-1] == f"{CALLED}: op de lijst gezet, Lassen voor beginners"
    assert history(get(maker, f"{made.page}/lijst"))[-1] == "U: op de lijst gezet, Lassen voor beginners"
    assert f"{CALLED}, 23 november 2026" in get(client, f"{made.link}/bestanden").text("main")
    assert "U, 23 november 2026" in get(maker, f"{made.page}/bestanden").text("main")


@pytest.mark.parametrize(("language", "names"), [("nl", ("Gemaakt door", "Contact")), ("en", ("Made by", "Contact"))])
def test_a_report_says_who_made_it_and_never_otherwise(app: Flask, language: str, names: tuple[str, str]) -> None:
    maker = advisor(app)
    made = opened(maker, how="paper")
    introduced(maker)
    address = str(make_report(maker, made, language=language).location)
    introduced(maker, name="Ria Bakker")
    page, found = get(maker, address), parsed_pdf(maker.get(f"{address}.pdf"))
    head = "".join("".join(one.itertext()) for one in page.with_class("lw-document__head"))
    assert f"{names[0]}{CALLED}{names[1]}{CONTACT}" in head
    assert CALLED in page.text("section", aria_labelledby="deel-own")
    assert "Bakker" not in page.text("article")
    for text in (f"{names[0]}: {CALLED}", f"{names[1]}: {CONTACT}"):
        assert text in found.text
    assert "Ria Bakker (ROC Tilburg)" in get(maker, str(make_report(maker, made).location)).text("article")


def test_a_report_of_somebody_without_a_card_has_the_mail_address(app: Flask) -> None:
    maker = advisor(app)
    made: Made = opened(maker, how="paper")
    page = get(maker, str(make_report(maker, made).location))
    head = " ".join("".join(one.itertext()) for one in page.with_class("lw-document__head"))
    assert f"Gemaakt door{ADVISOR}" in head
    assert "Contact" not in head
