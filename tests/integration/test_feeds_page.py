"""The page on which managers see and change the feeds of their organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalogue.exchange.feed_problems import FeedProblem
from catalogue.exchange.feeds import MOST_FEEDS, FeedKind, feeds
from catalogue.models import Feed
from catalogue.outbound.troubles import Trouble
from tests.accounts import command, parts_of
from tests.feeds import feeds_in_all_states, sources
from tests.members import signed_in_member
from tests.other_site import HOST, OtherSite, other_site, whole
from tests.pages import get, parsed
from web.accounts.models import MemberRole
from web.hub import feed_words
from web.hub.feed_forms import KIND_WORDS
from web.wiring import install

SCHOOL, OTHER = "onze-school", "andere-school"
URL = f"http://{HOST}/modules.csv"
FILE = b"code;titel\n" + b"\n".join(b"M%d;Solderen %d" % (number, number) for number in range(10))


@pytest.fixture
def site(small_app: Flask) -> Iterator[OtherSite]:
    for slug in (SCHOOL, OTHER):
        command(small_app, "organisations", "add", slug, f"De {slug}")
    with other_site() as found:
        install(small_app, replace(parts_of(small_app), outbound=found.outbound()))
        found.answer = whole(FILE)
        yield found


@pytest.fixture
def manager(small_app: Flask, site: OtherSite) -> FlaskClient:
    assert site.asked == []
    return signed_in_member(small_app, "chef@example.org", SCHOOL, MemberRole.MANAGER)


def press(client: FlaskClient, where: str, **values: object) -> TestResponse:
    token = get(client, "/account-maken").value("csrf_token")
    return client.post(where, data={"csrf_token": token, **values})


def add(client: FlaskClient, url: str = URL, **values: object) -> TestResponse:
    asked = {"url": url, "kind": "csv", "every_hours": "24", "is_publishing": "y"}
    return press(client, sources(SCHOOL), **asked | values)


def kept(app: Flask) -> list[Feed]:
    with parts_of(app).database.reading() as session:
        return list(feeds(session))


def test_a_manager_adds_a_feed_and_sees_how_it_goes(small_app: Flask, manager: FlaskClient, site: OtherSite) -> None:
    assert get(manager, "/hub").all("a", href=sources(SCHOOL))
    assert "nog geen bestand" in get(manager, sources(SCHOOL)).text("main")
    assert add(manager).location == sources(SCHOOL)
    assert "voor het eerst" in get(manager, sources(SCHOOL)).text("main")
    command(small_app, "jobs", "run", "--once")
    text = " ".join(get(manager, sources(SCHOOL)).text("main").split())
    assert "Het gaat goed." in text
    assert "10 nieuw, 0 gewijzigd, 0 weg, 0 blijft gelijk" in text
    assert "om 10:00 uur" in text
    assert [(feed.every_hours, feed.is_publishing) for feed in kept(small_app)] == [(24, True)]

    site.answer = whole(FILE + b"\nM11;")
    assert press(manager, f"{sources(SCHOOL)}/nu", feed=1).location == sources(SCHOOL)
    command(small_app, "jobs", "run", "--once")
    page = get(manager, sources(SCHOOL))
    assert "Rij 12, kolom titel: dit is niet ingevuld." in page.text("main")
    manager.set_cookie("taal", "en")
    assert "Row 12, column titel: this is not filled in." in get(manager, sources(SCHOOL)).text("main")
    assert press(manager, f"{sources(SCHOOL)}/haal-weg", feed=1).status_code == 303
    assert kept(small_app) == []


def test_a_manager_says_that_modules_are_gone(small_app: Flask, manager: FlaskClient, site: OtherSite) -> None:
    add(manager)
    command(small_app, "jobs", "run", "--once")
    site.answer = whole(b"code;titel\nM1;Solderen 1")
    press(manager, f"{sources(SCHOOL)}/nu", feed=1)
    command(small_app, "jobs", "run", "--once")
    page = get(manager, sources(SCHOOL))
    assert "9 van de 10" in page.text("main")
    assert page.value("accepted_gone") == "9"
    press(manager, f"{sources(SCHOOL)}/nu", feed=1, accepted_gone=page.value("accepted_gone"))
    command(small_app, "jobs", "run", "--once")
    assert "0 nieuw, 0 gewijzigd, 9 weg, 1 blijft gelijk" in " ".join(get(manager, sources(SCHOOL)).text("main").split())


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "Vul het webadres"),
        ("ftp://data.example.org/x", "Dit adres kunnen wij niet gebruiken"),
        ("http://user:secret@data.example.org/", "Dit adres kunnen wij niet gebruiken"),
        ("https://data.example.org:22/", "Dit adres kunnen wij niet gebruiken"),
        ("<script>", "Dit adres kunnen wij niet gebruiken"),
    ],
)
def test_an_address_that_cannot_be_is_refused(small_app: Flask, manager: FlaskClient, url: str, why: str) -> None:
    page = parsed(add(manager, url))
    assert page.title.startswith("Fout:")
    assert why in page.text("div", class_="lw-errors")
    assert kept(small_app) == []


def test_an_address_twice_and_too_many_are_refused(small_app: Flask, manager: FlaskClient) -> None:
    add(manager)
    assert "staat er al" in parsed(add(manager)).text("div", class_="lw-errors")
    for number in range(1, MOST_FEEDS):
        add(manager, f"{URL}?{number}")
    assert f"al {MOST_FEEDS} adressen" in parsed(add(manager, f"{URL}?veel")).text("div", class_="lw-errors")
    assert len(kept(small_app)) == MOST_FEEDS


def test_only_managers_of_this_organisation_may_come(small_app: Flask, manager: FlaskClient) -> None:
    add(manager)
    (before,) = kept(small_app)
    insider = signed_in_member(small_app, "noor@example.org", SCHOOL, MemberRole.PUBLISHER)
    stranger = signed_in_member(small_app, "elders@example.org", OTHER, MemberRole.MANAGER)
    for client in (insider, stranger):
        assert HOST not in get(client, sources(SCHOOL), status=403).text()
        assert add(client, f"{URL}?nieuw").status_code == 403
        for what in ("nu", "haal-weg", str(before.id)):
            assert press(client, f"{sources(SCHOOL)}/{what}", feed=before.id).status_code == 403
        assert client.get(f"{sources(SCHOOL)}/{before.id}/wijzigingen").status_code == 403
    for what in (str(before.id), f"{before.id}/wijzigingen"):
        assert stranger.get(f"{sources(OTHER)}/{what}").status_code == 404
    for what in ("nu", "haal-weg"):  # by the page of one's own organisation neither
        assert press(stranger, f"{sources(OTHER)}/{what}", feed=before.id).status_code == 404
        assert press(manager, f"{sources(SCHOOL)}/{what}", feed="x").status_code == 400
    (after,) = kept(small_app)
    assert (after.id, after.url, after.next_at) == (before.id, before.url, before.next_at)


LEFT_OPEN = (
    "60 velden blijven leeg. Lees waarom. Cursus 3, level: 'doctoral' hebben wij niet, dus dit blijft leeg. Wij hebben: bachelor, master."
)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_state_has_its_words(small_app: Flask, manager: FlaskClient, language: str) -> None:
    feeds_in_all_states(small_app, SCHOOL)
    manager.set_cookie("taal", language)
    page = get(manager, sources(SCHOOL))
    assert len(page.all("section")) == 7
    for words in {
        "nl": ("foutcode 500", "40 van de 100", "nog 60", "nog 30", LEFT_OPEN),
        "en": ("error code 500", "40 of the 100", "60 more"),
    }[language]:
        assert words in " ".join(page.text("main").split())


def test_everything_that_can_go_wrong_has_words(small_app: Flask) -> None:
    with small_app.test_request_context():
        for code in (*Trouble, *FeedProblem):
            assert "%" not in feed_words.trouble_text(code, "50 MB", 40, 100)
        assert feed_words.often(12) == "elke 12 uur"
    assert KIND_WORDS.keys() == set(FeedKind)


def test_a_manager_changes_where_and_how_a_feed_is_fetched(small_app: Flask, manager: FlaskClient, site: OtherSite) -> None:
    add(manager)
    command(small_app, "jobs", "run", "--once")
    asked = len(site.asked)
    address = f"{sources(SCHOOL)}/1"
    assert get(manager, sources(SCHOOL)).all("a", href=address)
    page = get(manager, address)
    assert (page.value("url"), page.value("is_publishing")) == (URL, "y")
    assert press(manager, address, url=URL, kind="csv", every_hours="6", is_publishing="y").status_code == 303
    (feed,) = kept(small_app)
    assert (feed.every_hours, feed.next_at - parts_of(small_app).now()) == (6, timedelta(hours=6))
    press(manager, address, url=f"{URL}?2", kind="jsonl", every_hours="168")
    (feed,) = kept(small_app)
    assert (feed.url, feed.file_format, feed.is_publishing, feed.etag) == (f"{URL}?2", "jsonl", False, "")
    site.answer = whole(b"\n".join(b'{"code": "M%d", "titel": "Solderen %d"}' % (number, number) for number in range(10)))
    command(small_app, "jobs", "run", "--once")
    assert [one["path"] for one in site.asked[asked:]] == ["/modules.csv?2"]
    assert kept(small_app)[0].problem == {}


def test_a_wrong_change_of_a_feed_is_refused(small_app: Flask, manager: FlaskClient) -> None:
    add(manager)
    add(manager, f"{URL}?2")
    address = f"{sources(SCHOOL)}/2"
    for url, why in ((URL, "staat er al"), ("ftp://data.example.org/x", "kunnen wij niet gebruiken")):
        answer = press(manager, address, url=url, kind="csv", every_hours="24")
        assert why in parsed(answer).text("div", class_="lw-errors")
    assert [feed.url for feed in kept(small_app)] == [URL, f"{URL}?2"]
    assert manager.get(f"{sources(SCHOOL)}/9").status_code == 404


def test_an_hour_that_a_command_chose_stays(small_app: Flask, manager: FlaskClient) -> None:
    command(small_app, "feeds", "add", URL.replace("http:", "https:"), "--organisation", SCHOOL, "--format", "csv", "--every", "12")
    address = f"{sources(SCHOOL)}/1"
    assert "elke 12 uur" in get(manager, address).text("main")
    assert press(manager, address, url=URL, kind="csv", every_hours="12").status_code == 303
    assert kept(small_app)[0].every_hours == 12


def test_what_a_feed_changed_is_shown_with_what_was_there(small_app: Flask, manager: FlaskClient, site: OtherSite) -> None:
    add(manager)
    command(small_app, "jobs", "run", "--once")
    site.answer = whole(FILE.replace(b"Solderen 3", b"Lassen 3").replace(b"\nM4;Solderen 4", b""))
    parts = parts_of(small_app)
    later = parts.now() + timedelta(hours=1)
    install(small_app, replace(parts, now=lambda: later))
    press(manager, f"{sources(SCHOOL)}/nu", feed=1)
    command(small_app, "jobs", "run", "--once")
    text = get(manager, f"{sources(SCHOOL)}/1/wijzigingen").text("main")
    for words in ("2 modules", "Solderen 3", "Lassen 3", "Solderen 4", "teruggetrokken"):
        assert words in text
    assert "Solderen 5" not in text
    for wrong in ("9/wijzigingen", f"{10**30}/wijzigingen", "1/wijzigingen?page=7", f"1/wijzigingen?page={10**30}"):
        assert manager.get(f"{sources(SCHOOL)}/{wrong}").status_code == 404
