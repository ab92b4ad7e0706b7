"""What pages say to search engines about themselves, and that it is what they say to people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.exchange.schema_org.course import entry_of
from catalogue.exchange.schema_org.page import courses_on
from catalogue.models import Module
from catalogue.vocabulary import Level, Status
from tests.accounts import parts_of
from tests.pages import get

MODULE = "/modules/warmtepompen-plaatsen-en-inregelen"


def linked(client: FlaskClient, path: str) -> Any:
    (script,) = get(client, path).all("script", type="application/ld+json")
    return json.loads(script.text or "")


def test_every_module_reads_back_from_its_own_page(seeded_app: Flask) -> None:
    client = seeded_app.test_client()
    with parts_of(seeded_app).database.reading() as session:
        rows = select(Module.slug, Module.external_id, Module.uid, Module.title, Module.outcomes, Module.language, Module.level)
        told = session.execute(rows.where(Module.status == Status.PUBLISHED).order_by(Module.id)).all()[::7]
    assert len(told) > 10
    for slug, code, uid, title, outcomes, language, level in told:
        page = client.get(f"/modules/{slug}").get_data()
        entries = {entry["external_id"]: entry for course in courses_on(page) for entry in [entry_of(course, "")]}
        found = entries[code or uid]
        assert (found["title"], found["outcomes"], found["language"]) == (title, outcomes, language)
        assert found["level"] == ("" if level is Level.NONE else level)


def test_a_module_with_its_runs_and_prices(seeded_app: Flask) -> None:
    document = linked(seeded_app.test_client(), MODULE)
    course = document["@graph"][0]
    assert (document["@context"], course["@type"], course["url"].endswith(MODULE)) == ("https://schema.org", "Course", True)
    assert course["provider"]["@type"] == "EducationalOrganization"
    for run in course["hasCourseInstance"]:
        assert run["@type"] == "CourseInstance"
        assert run["courseMode"]
        assert run.get("startDate", "9999") >= "2026-11-23"
    assert all(offer["priceCurrency"] == "EUR" for run in course["hasCourseInstance"] if (offer := run.get("offers")))
    assert any(term["@id"].startswith("http") for term in course["teaches"] if isinstance(term, dict) and "@id" in term)


def test_a_stack_is_a_programme_on_the_pages_of_its_modules(seeded_app: Flask) -> None:
    client = seeded_app.test_client()
    with parts_of(seeded_app).database.reading() as session:
        slugs = session.scalars(select(Module.slug).where(Module.status == Status.PUBLISHED)).all()
    graphs = (linked(client, f"/modules/{slug}")["@graph"] for slug in slugs)
    programme = next(thing for graph in graphs for thing in graph if thing["@type"] == "EducationalOccupationalProgram")
    assert len(programme["hasCourse"]) > 1
    assert programme["educationalCredentialAwarded"]["credentialCategory"]


@pytest.mark.parametrize("path", ["/modules", "/modules?q=warmtepomp", "/aanbieders/avans"])
def test_lists_say_what_is_on_them(seeded_app: Flask, path: str) -> None:
    client = seeded_app.test_client()
    found = linked(client, path)
    assert found["@type"] == "ItemList"
    assert [one["position"] for one in found["itemListElement"]] == list(range(1, len(found["itemListElement"]) + 1))
    assert found["numberOfItems"] >= len(found["itemListElement"]) > 0
    for one in found["itemListElement"]:
        assert client.get(one["url"].removeprefix("http://localhost")).status_code == 200
        assert one["name"] in get(client, path).text("main")


def test_a_second_page_goes_on_counting(seeded_app: Flask) -> None:
    client = seeded_app.test_client()
    first, second = (linked(client, f"/modules?page={page}") for page in (1, 2))
    assert second["itemListElement"][0]["position"] == len(first["itemListElement"]) + 1


def test_no_text_ends_the_script(own_seeded_app: Flask) -> None:
    with parts_of(own_seeded_app).database.writing() as session:
        module = session.scalars(select(Module).where(Module.slug == MODULE.rpartition("/")[2])).one()
        module.description = "</script><script>alert(1)</script><!--"
    page = get(own_seeded_app.test_client(), MODULE)
    assert not [one for one in page.all("script") if "alert" in (one.text or "") and one.get("type") != "application/ld+json"]
    assert linked(own_seeded_app.test_client(), MODULE)["@graph"][0]["description"] == "</script><script>alert(1)</script><!--"


def test_a_list_without_modules_says_nothing(seeded_app: Flask) -> None:
    assert not get(seeded_app.test_client(), "/modules?q=xqzvbnm&level=wo-master&theme=zorg").all("script", type="application/ld+json")
