"""Starts for a calendar: valid, whole days, nothing that we do not know, and the same again when read twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Component
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalogue.models import Edition, Occupation
from catalogue.vocabulary import StartType
from tests.accounts import parts_of
from tests.lists import NOTE, change, press
from tests.pages import get, post


def events(answer: TestResponse) -> list[Component]:
    """The events of a file, which must be one that every calendar takes."""
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("\n") == text.count("\r\n")
    calendar = Calendar.from_ical(text)
    assert (calendar["VERSION"], "PRODID" in calendar) == ("2.0", True)
    return list(calendar.walk("VEVENT"))


def edition_of(app: Flask, start_type: StartType) -> Edition:
    """A run that starts in this way, with its module."""
    with parts_of(app).database.reading() as session:
        wanted = (Edition.start_type == start_type, Edition.start_on.is_(None) | (Edition.start_on > date(2026, 12, 1)))
        return session.scalars(select(Edition).where(*wanted).order_by(Edition.id)).first() or pytest.fail("no such start")


@pytest.mark.parametrize("start_type", [StartType.FIXED, StartType.ROLLING])
def test_a_chosen_start_is_a_whole_day(client: FlaskClient, seeded_app: Flask, start_type: StartType) -> None:
    edition = edition_of(seeded_app, start_type)
    press(client, "/lijst/bewaar", uitvoering=edition.uid)
    assert get(client, "/lijst").all("a", href="/lijst/agenda.ics")
    [event] = events(client.get("/lijst/agenda.ics"))
    day = event["DTSTART"].dt
    assert not isinstance(day, datetime)
    assert day == edition.start.next_start(date(2026, 11, 23))
    assert "DTEND" not in event
    assert event["UID"] == f"{edition.uid}@leerwijzer"
    assert event["URL"].startswith("http://localhost/modules/")
    assert "De tijden staan niet in onze gegevens." in event["DESCRIPTION"]
    assert event["DTSTAMP"].dt.utcoffset() is not None


@pytest.mark.parametrize("start_type", [StartType.DIRECT, StartType.AGREED, StartType.WHEN_ENROLLED])
def test_a_start_without_a_day_is_in_no_calendar(client: FlaskClient, seeded_app: Flask, start_type: StartType) -> None:
    press(client, "/lijst/bewaar", uitvoering=edition_of(seeded_app, start_type).uid)
    assert not get(client, "/lijst").all("a", href="/lijst/agenda.ics")
    answer = client.get("/lijst/agenda.ics")
    assert (answer.status_code, answer.location) == (303, "/lijst")
    assert "Er is nog geen start met een datum." in get(client, "/lijst").text("main")


def test_a_note_goes_along_as_text(client: FlaskClient, seeded_app: Flask) -> None:
    edition = edition_of(seeded_app, StartType.FIXED)
    press(client, "/lijst/bewaar", uitvoering=edition.uid)
    hostile = f"{NOTE}; 1,5 uur\nBEGIN:VALARM\r\nEND:VEVENT\\n"
    uid = get(client, "/lijst").all("input", name="module")[0].get("value") or ""
    change(client, module=uid, note=hostile, edition=edition.uid)
    [event] = events(client.get("/lijst/agenda.ics"))
    assert event["DESCRIPTION"].endswith(hostile.replace("\r\n", "\n"))
    assert not event.subcomponents


def test_a_module_without_a_chosen_start_is_not_in_it(client: FlaskClient, seeded_app: Flask) -> None:
    press(client, "/lijst/bewaar", uitvoering=edition_of(seeded_app, StartType.FIXED).uid)
    before = len(events(client.get("/lijst/agenda.ics")))
    press(client, "/lijst/bewaar", module=get(client, "/modules").all("button", name="module")[0].get("value") or "")
    assert len(events(client.get("/lijst/agenda.ics"))) == before


def test_the_path_goes_into_a_calendar_and_proposals_say_so(client: FlaskClient, seeded_app: Flask) -> None:
    with parts_of(seeded_app).database.reading() as session:
        uids = {one.label_nl: one.uid for one in session.scalars(select(Occupation))}
    assert client.get("/leerroute/agenda.ics").location == "/profiel/doel"
    post(client, "/profiel/beroep", q="", choice=uids["kassamedewerker"])
    post(client, "/profiel/doel", kind="occupation")
    post(client, "/profiel/doel/beroep", q="", choice=uids["zonnepanelenmonteur"])
    page = get(client, "/leerroute?deel=60&doel=tijd")
    stops = page.with_class("lw-way")[0].findall("li")[:-1]
    [link] = [link.get("href") or "" for link in page.all("a") if "agenda" in "".join(link.itertext())]
    assert link == "/leerroute/agenda.ics?doel=tijd&deel=60"
    found = events(client.get(link))
    assert len(found) == len(stops)
    for event, stop in zip(found, stops, strict=True):
        is_proposal = "De begindag is ons voorstel." in "".join(stop.itertext())
        assert (event.get("STATUS") == "TENTATIVE") is is_proposal
        assert str(event["SUMMARY"]).startswith("Voorstel" if is_proposal else "Start")
        assert str(event["SUMMARY"]).partition(": ")[2] in "".join(stop.itertext())
    again = events(client.get(link))
    assert [event["UID"] for event in again] == [event["UID"] for event in found]
    assert len({event["UID"] for event in found}) == len(found)


def test_no_address_can_bend_the_link_to_the_calendar(client: FlaskClient, seeded_app: Flask) -> None:
    post(client, "/profiel/doel/eigen-woorden", text="zonnepanelen monteren")
    post(client, "/profiel/doel", kind="text")
    page = get(client, "/leerroute?_scheme=javascript&_external=1&_anchor=x&endpoint=y&doel=_scheme&deel=60")
    links = [link.get("href") or "" for link in page.all("a") if "agenda" in "".join(link.itertext())]
    assert links == ["/leerroute/agenda.ics?deel=60"]
