"""Feeds of a search, and weekly mail about what is new: asked, confirmed, sent once, stopped with one click."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from catalogue.models import Module
from tests.accounts import PASSWORD, add_account, letters_to, link_in, parts_of, sign_in, token_on
from tests.conftest import NOW, Clock
from tests.pages import get, parsed, post
from web.accounts.alert_model import Alert
from web.following.alerts import CONFIRM_WITHIN, MOST_PER_EMAIL, PAUSE
from web.following.news import MOST_NAMED

EMAIL = "noor@example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
SEARCH = "/volgen?q=warmtepomp&level=mbo-4"


@pytest.fixture
def app(own_seeded_app: Flask) -> Flask:
    """A seed catalogue of long ago: nothing in it is news."""
    with parts_of(own_seeded_app).database.writing() as session:
        session.execute(update(Module).values(published_at=NOW - timedelta(days=400)))
    return own_seeded_app


@pytest.fixture
def publish(app: Flask, clock: Clock) -> Callable[..., None]:
    """Lets modules come out now."""

    def publish(*slugs: str) -> None:
        with parts_of(app).database.writing() as session:
            session.execute(update(Module).where(Module.slug.in_(slugs)).values(published_at=clock.now))

    return publish


def heat_pumps(app: Flask, count: int) -> list[str]:
    """Modules that a search for heat pumps at level 4 finds."""
    page = get(app.test_client(), "/modules?q=warmtepomp&level=mbo-4")
    slugs = re.findall(r'href="/modules/([a-z0-9-]+)"', page.response.get_data(as_text=True))
    return list(dict.fromkeys(slugs))[:count]


def ask(visitor: FlaskClient, address: str, email: str = EMAIL) -> None:
    response = visitor.post(address, data={"email": email, "csrf_token": token_on(visitor, address)})
    assert response.status_code == 303, parsed(response).text()


def confirmed(app: Flask, visitor: FlaskClient, address: str) -> str:
    """Asks for mail and confirms it; returns the address of the page about it."""
    ask(visitor, address)
    page_address = link_in(letters_to(app, EMAIL)[-1].get_content())
    assert get(visitor, page_address).text("h1") == "Wilt u deze mail?"
    assert parsed(post(visitor, page_address)).text("h1") == "U krijgt elke week mail"
    return page_address


def news(app: Flask) -> list[EmailMessage]:
    """The letters with news of the last day: the folder keeps no older ones."""
    return [letter for letter in letters_to(app, EMAIL) if "nieuwe" in letter["Subject"]]


def feed(visitor: FlaskClient, address: str) -> ElementTree.Element:
    response = visitor.get(address)
    assert response.mimetype == "application/atom+xml"
    return ElementTree.fromstring(response.get_data())  # noqa: S314 - our own text


def test_a_feed_holds_what_is_new_for_a_search_and_nothing_else(app: Flask, visitor: FlaskClient, publish: Callable[..., None]) -> None:
    first, second = heat_pumps(app, 2)
    assert feed(visitor, "/modules.atom?q=warmtepomp&level=mbo-4").findall(f"{ATOM}entry") == []
    publish(first, second, "excel-voor-beginners", "vloeiend-rapporteren")
    read = feed(visitor, "/modules.atom?q=warmtepomp&level=mbo-4")
    links = {entry.find(f"{ATOM}link").get("href", "") for entry in read.findall(f"{ATOM}entry")}  # type: ignore[union-attr]
    assert {link.rsplit("/", 1)[1] for link in links} == {first, second}
    assert all(entry.findtext(f"{ATOM}id", "").startswith("urn:uuid:") for entry in read.findall(f"{ATOM}entry"))
    assert "warmtepomp" in read.findtext(f"{ATOM}title", "")
    assert "mbo niveau 4" in read.findtext(f"{ATOM}title", "")


def test_a_feed_that_did_not_change_is_not_sent_again(visitor: FlaskClient, app: Flask, publish: Callable[..., None]) -> None:
    publish(*heat_pumps(app, 2))
    first = visitor.get("/modules.atom?q=warmtepomp")
    again = visitor.get("/modules.atom?q=warmtepomp", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_what_is_odd_in_a_search_breaks_no_feed(visitor: FlaskClient) -> None:
    read = feed(visitor, "/modules.atom?q=<b>%26\x0b</b>&near=nergens&max_price_eur=x&page=9")
    assert read.tag == f"{ATOM}feed"


def test_the_search_page_leads_to_its_feed_and_its_mail(visitor: FlaskClient) -> None:
    page = get(visitor, "/modules?q=warmtepomp&level=mbo-4")
    links = [link.get("href") for link in page.all("a")]
    assert "/modules.atom?q=warmtepomp&level=mbo-4" in links
    assert SEARCH in links
    assert "warmtepomp" in get(visitor, SEARCH).text("strong")


def test_mail_comes_once_a_week_with_only_what_is_new(app: Flask, visitor: FlaskClient, clock: Clock, publish: Callable[..., None]) -> None:
    first, second = heat_pumps(app, 2)
    confirmed(app, visitor, SEARCH)
    clock.now += timedelta(days=1)
    publish(first, "excel-voor-beginners")
    assert news(app) == []
    clock.now = NOW + PAUSE
    (letter,) = news(app)
    assert letter["Subject"] == "1 nieuwe module voor u"
    assert f"/modules/{first}" in letter.get_content()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    clock.now += timedelta(days=3)
    publish(second)
    assert news(app) == []
    clock.now += timedelta(days=4)
    (letter,) = news(app)
    assert f"/modules/{second}" in letter.get_content()
    assert f"/modules/{first}" not in letter.get_content()
    clock.now += PAUSE
    assert news(app) == [], "a week without news brings no letter"


def test_a_letter_names_ten_at_most_and_leads_to_the_rest(
    app: Flask, visitor: FlaskClient, clock: Clock, publish: Callable[..., None]
) -> None:
    confirmed(app, visitor, "/volgen?level=mbo-4")
    page = get(visitor, "/modules?level=mbo-4").response.get_data(as_text=True)
    slugs = list(dict.fromkeys(re.findall(r'href="/modules/([a-z0-9-]+)"', page)))[:15]
    clock.now += timedelta(days=1)
    publish(*slugs)
    clock.now = NOW + PAUSE
    (letter,) = news(app)
    text = letter.get_content()
    assert sum(f"/modules/{slug}" in text for slug in slugs) == MOST_NAMED
    assert f"En nog {len(slugs) - MOST_NAMED} nieuwe modules" in text
    assert "/modules?level=mbo-4" in text


def test_who_asked_for_mail_gets_back_to_the_search(visitor: FlaskClient) -> None:
    response = visitor.post(SEARCH, data={"email": EMAIL, "csrf_token": token_on(visitor, SEARCH)})
    page = get(visitor, response.location)
    assert [link.get("href") for link in page.all("a") if link.get("class") == "lw-back"] == ["/modules?q=warmtepomp&level=mbo-4"]
    assert page.all("a", href="/inloggen")[0].get("class") != "lw-back"


def test_one_click_in_a_mail_program_stops_it(app: Flask, visitor: FlaskClient, clock: Clock, publish: Callable[..., None]) -> None:
    page_address = confirmed(app, visitor, SEARCH)
    clock.now += timedelta(days=1)
    publish(*heat_pumps(app, 1))
    clock.now = NOW + PAUSE
    (letter,) = news(app)
    one_click = link_in(letter["List-Unsubscribe"].strip("<>"))
    assert app.test_client().post(one_click, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Alert)) == 0
    assert get(visitor, page_address, 410).text("h1") == "Deze mail is al gestopt"
    assert app.test_client().post(one_click).status_code == 410


def test_answers_are_followed_too(app: Flask, visitor: FlaskClient, clock: Clock, publish: Callable[..., None]) -> None:
    assert visitor.get("/volgen/antwoorden").location == "/profiel/doel"
    post(visitor, "/profiel/doel", kind="text")
    post(visitor, "/profiel/doel/eigen-woorden", text="warmtepompen installeren")
    confirmed(app, visitor, "/volgen/antwoorden")
    matches = get(visitor, "/matches").response.get_data(as_text=True)
    best = re.findall(r'href="/modules/([a-z0-9-]+)', matches[matches.index('<ol class="lw-cards') :])[0]
    clock.now += timedelta(days=1)
    publish(best, "vloeiend-rapporteren")
    clock.now = NOW + PAUSE
    (letter,) = news(app)
    assert f"/modules/{best}" in letter.get_content()
    assert "/matches" in letter.get_content()


def test_nobody_gets_mail_who_did_not_confirm(app: Flask, visitor: FlaskClient, clock: Clock, publish: Callable[..., None]) -> None:
    ask(visitor, SEARCH)
    publish(*heat_pumps(app, 1))
    clock.now = NOW + PAUSE
    assert news(app) == []
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Alert)) == 0, f"deleted after {CONFIRM_WITHIN}"


def test_asking_twice_follows_once_and_there_is_a_limit(app: Flask, visitor: FlaskClient) -> None:
    ask(visitor, SEARCH)
    ask(visitor, "/volgen?level=mbo-4&q=warmtepomp")
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Alert)) == 1
    with parts_of(app).database.writing() as session:
        session.add_all(
            Alert(email=EMAIL, followed="search", wish={"q": [str(number)]}, language="nl", created_at=NOW)
            for number in range(MOST_PER_EMAIL)
        )
    address = "/volgen?q=iets+anders"
    response = visitor.post(address, data={"email": EMAIL, "csrf_token": token_on(visitor, address)})
    assert "U volgt al veel" in parsed(response).text()


def test_an_address_that_is_none_is_refused_in_words(visitor: FlaskClient) -> None:
    response = visitor.post(SEARCH, data={"email": "noor", "csrf_token": token_on(visitor, SEARCH)})
    assert "naam@voorbeeld.nl" in parsed(response).text()


def test_an_account_sees_what_it_follows_and_takes_it_along_when_it_goes(app: Flask, visitor: FlaskClient) -> None:
    add_account(app, EMAIL)
    sign_in(visitor, EMAIL)
    assert "nog niets" in get(visitor, "/volgen/overzicht").text("main")
    assert get(visitor, SEARCH).value("email") == EMAIL
    ask(visitor, SEARCH)
    assert "warmtepomp" in get(visitor, "/volgen/overzicht").text("main")
    post(visitor, "/account/wissen", current_password=PASSWORD, is_sure="y")
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Alert)) == 0


@pytest.fixture(autouse=True)
def _closed(app: Flask) -> Iterator[None]:
    yield
    parts_of(app).database.close()
