"""Courses out of web pages: what they say is read, and what they leave open stays open."""

from __future__ import annotations

import json
from typing import Any

import pytest

from catalogue.exchange.problems import BadCell
from catalogue.exchange.schema_org.course import entry_of
from catalogue.exchange.schema_org.page import courses_on

PAGE = "https://school.example/solderen"
COURSE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Course",
    "name": "Solderen",
    "description": "<p>U leert solderen.</p>",
    "courseCode": "S-1",
    "inLanguage": "nl-NL",
    "educationalLevel": "mbo 3",
    "teaches": ["solderen", {"@type": "DefinedTerm", "name": "meten"}],
    "timeRequired": "PT20H",
    "offers": {"@type": "Offer", "price": 495, "priceCurrency": "EUR"},
    "hasCourseInstance": [
        {
            "@type": "CourseInstance",
            "courseMode": "Onsite",
            "startDate": "2027-02-08T19:00:00+01:00",
            "endDate": "2027-03-22",
            "location": {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "Breda"}},
        }
    ],
}


def html(*documents: object, kind: str = "application/ld+json") -> bytes:
    scripts = "".join(f'<script type="{kind}">{json.dumps(one)}</script>' for one in documents)
    return f"<!doctype html><html><head><title>x</title>{scripts}</head><body><p>a < b</body></html>".encode()


def read(**changes: object) -> dict[str, Any]:
    (course,) = courses_on(html(COURSE | changes))
    return entry_of(course, PAGE)


def test_a_course_with_all_that_it_can_say() -> None:
    assert read() == {
        "external_id": "S-1",
        "title": "Solderen",
        "description": "U leert solderen.",
        "audience": "",
        "entry_text": "",
        "outcomes": ["solderen", "meten"],
        "level": "mbo-3",
        "language": "nl",
        "load": "20 uur",
        "url": PAGE,
        "editions": [{"start": "2027-02-08", "weeks": 6, "place": "Breda", "format": "on-site", "price_eur": "495.00"}],
    }


@pytest.mark.parametrize(
    ("stated", "level"),
    [
        ("MBO 4", "mbo-4"),
        ("hbo-bachelor", "hbo-bachelor"),
        ("bachelor", ""),
        ("Beginner", ""),
        (["mbo 2", "mbo 3"], ""),
        ("mbo", ""),
        ({"@type": "DefinedTerm", "name": "mbo 2"}, "mbo-2"),
        (None, ""),
    ],
)
def test_a_level_that_is_not_clear_is_left_open(stated: object, level: str) -> None:
    assert read(educationalLevel=stated)["level"] == level


EUR = {"priceCurrency": "EUR"}


@pytest.mark.parametrize(
    ("offers", "price"),
    [
        ({"price": "495.50", **EUR}, "495.50"),
        ({"price": 0, **EUR}, "0.00"),
        ({"category": "Free"}, "0"),
        ({"category": "Paid"}, ""),
        ({"price": 495}, ""),
        ({"price": 495, "priceCurrency": "USD"}, ""),
        ({"@type": "AggregateOffer", "lowPrice": 100, "highPrice": 900, **EUR}, ""),
        ([{"price": 400, **EUR}, {"price": 500, **EUR}], ""),
        ([{"price": 400, **EUR}, {"price": "400.00", **EUR}], "400.00"),
        ({"price": "vanaf 400", **EUR}, ""),
        ({"priceSpecification": {"price": 300, **EUR}}, "300.00"),
        ({"priceSpecification": [{"price": 300, **EUR}, {"price": 200, **EUR}]}, ""),
        ("495", ""),
    ],
)
def test_a_price_that_is_not_clear_is_left_open(offers: object, price: str) -> None:
    assert read(offers=offers)["editions"][0]["price_eur"] == price


@pytest.mark.parametrize(
    ("load", "read_as"),
    [
        ({"numberOfCredits": {"@type": "StructuredValue", "value": 5, "unitText": "ECTS"}}, "5 EC"),
        ({"numberOfCredits": 5, "timeRequired": ""}, ""),
        ({"timeRequired": "P3M"}, ""),
    ],
)
def test_a_load_in_no_unit_of_ours_is_left_open(load: dict[str, object], read_as: str) -> None:
    assert read(**load)["load"] == read_as


def test_runs_without_a_date_or_a_way_are_left_out() -> None:
    open_ones = [{"courseMode": "online"}, {"startDate": "2027-01-01"}]
    instances: list[Any] = [*open_ones, {"startDate": "2027-01-01", "courseMode": ["online", "onsite"]}]
    (run,) = read(hasCourseInstance=instances)["editions"]
    assert (run["format"], run["place"], run["weeks"]) == ("blended", "", "")


def test_a_programme_in_a_graph_with_references() -> None:
    program = {"@id": "#p", "@type": ["EducationalOccupationalProgram"], "name": "Leerlijn", "offers": {"@id": "#o"}}
    program |= {"startDate": "2027-01-04", "educationalProgramMode": "online"}
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "mainEntity": {"@id": "#p"}},
            program,
            {"@id": "#o", "@type": "Offer", "price": 100, "priceCurrency": "EUR"},
            {"@type": "Organization", "name": "Een School"},
        ],
    }
    found = [entry_of(course, PAGE) for course in courses_on(html(graph))]
    assert [(one["title"], one["external_id"], one["editions"][0]["price_eur"]) for one in found] == [("Leerlijn", PAGE, "100.00")]


def test_a_thing_that_refers_to_itself_ends() -> None:
    (course,) = courses_on(html({"@id": "#c", "@type": "Course", "name": "Rond", "isPartOf": {"@id": "#c"}}))
    assert entry_of(course, PAGE)["title"] == "Rond"


@pytest.mark.parametrize("content", [b"", b"<p>Niets", html({"@type": "Person"}), html(COURSE, kind="text/javascript"), b"\xff\xfe\x00<"])
def test_a_page_about_something_else_has_no_course(content: bytes) -> None:
    assert courses_on(content) == []


def test_json_that_is_none_is_told() -> None:
    with pytest.raises(BadCell):
        courses_on(b'<script type="application/ld+json">{"@type": "Course", </script>')


def test_a_page_in_an_old_encoding_is_read() -> None:
    page = '<script type="application/ld+json">{"@type": "Course", "name": "Café"}</script>'
    assert [courses_on(page.encode(code))[0]["name"] for code in ("utf-8", "utf-8-sig", "cp1252")] == ["Café"] * 3
