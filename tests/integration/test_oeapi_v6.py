"""The service of the Open Education API, version 6: what it says of itself, learning outcomes, filters and errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.exchange.ooapi.own import ROOT_UID
from catalogue.models import Module
from catalogue.vocabulary import Format, Level, Status
from tests.accounts import parts_of

V6 = "/ooapi/v6"
ALWAYS = "since=1990-01-01T00:00:00Z"
NO_UID = "00000000-0000-4000-8000-000000000000"


def answer(client: FlaskClient, path: str) -> Any:
    response = client.get(V6 + path)
    assert response.status_code == 200, (path, response.text)
    return response.json


def items(client: FlaskClient, path: str) -> Iterator[dict[str, Any]]:
    number, more = 1, True
    while more:
        page = answer(client, f"{path}{'&' if '?' in path else '?'}pageSize=250&pageNumber={number}")
        yield from page["items"]
        number, more = number + 1, page["hasNextPage"]


def test_the_service_says_itself_what_can_be_asked(seeded_app: Flask, client: FlaskClient) -> None:
    told = answer(client, "/")
    variable = re.compile(r"\{\w+\}")
    operations = {variable.sub(NO_UID, unquote(one["path"])) for one in told["supportedOperations"]}
    for rule in seeded_app.url_map.iter_rules():
        if rule.endpoint.startswith("ooapi_v6.") and "<any" not in rule.rule:
            assert rule.rule.removeprefix(V6).replace("<uuid:uid>", NO_UID) in operations
    routes = seeded_app.url_map.bind("localhost")
    for operation in operations:
        assert routes.match(V6 + operation)[0].startswith("ooapi_v6.")
    for one in told["supportedExpands"]:
        assert (
            client.get(f"{V6}{variable.sub(NO_UID, unquote(one['path']))}?expand={','.join(one['expandableObjects'])}").status_code == 404
        )


def test_learning_outcomes_carry_the_uris_of_skills_and_the_words_of_the_provider(seeded_app: Flask, client: FlaskClient) -> None:
    with parts_of(seeded_app).database.reading() as session:
        module = session.scalars(select(Module).where(Module.slug == "warmtepompen-plaatsen-en-inregelen")).one()
        uid, stated, uris = module.uid, list(module.outcomes), {row.skill.uri or row.skill.uid for row in module.taught}
    course = answer(client, f"/courses/{uid}?expand=learning_outcomes,organisation")
    outcomes = course["learningOutcomes"]
    assert [one["learningOutcomeId"] for one in outcomes] == course["learningOutcomeIds"]
    assert [one["name"][0]["value"] for one in outcomes[: len(stated)]] == stated != []
    assert {one["primaryCode"]["code"] for one in outcomes[len(stated) :]} == uris
    official = [one["primaryCode"] for one in outcomes if one["primaryCode"]["code"].startswith("http://data.europa.eu/esco/")]
    assert {code["codeType"] for code in official} == {"x-uri"}
    for one in outcomes:
        assert answer(client, f"/learning-outcomes/{one['learningOutcomeId']}") == one
    assert course["organisation"]["organisationId"] == course["organisationId"]


def test_learning_outcomes_are_those_of_what_is_published(own_seeded_app: Flask) -> None:
    client, database = own_seeded_app.test_client(), parts_of(own_seeded_app).database
    with database.writing() as session:
        gone = session.scalars(select(Module).where(Module.slug == "warmtepompen-plaatsen-en-inregelen")).one()
        uid = answer(client, f"/courses/{gone.uid}")["learningOutcomeIds"][0]
        gone.status = Status.WITHDRAWN
        others = session.scalars(select(Module).where(Module.status == Status.PUBLISHED)).all()
        texts = sorted(text for module in others for text in module.outcomes)
        skills = {row.skill.uid for module in others for row in module.taught}
    found = list(items(client, "/learning-outcomes"))
    assert sorted(one["name"][0]["value"] for one in found if "course" in one["ext"]["leerwijzer"]) == texts
    assert {one["learningOutcomeId"] for one in found if "kind" in one["ext"]["leerwijzer"]} == skills
    assert client.get(f"{V6}/learning-outcomes/{uid}").status_code == 404


def test_learning_outcomes_are_found_by_their_words(client: FlaskClient) -> None:
    found = list(items(client, "/learning-outcomes?q=WARMTEPOMP"))
    assert all("warmtepomp" in " ".join(name["value"] for name in one["name"]).lower() for one in found)
    assert {tuple(one["ext"]["leerwijzer"]) for one in found} == {("kind",), ("course",)}


@pytest.mark.parametrize(
    ("question", "levels", "formats", "language"),
    [
        ("level=bachelor", {Level.HBO_BACHELOR, Level.WO_BACHELOR}, set(Format), ""),
        ("level=secondary_vocational_education_4", {Level.MBO_4}, set(Format), ""),
        ("level=x-havo", set(), set(), ""),
        ("modeOfDelivery=work_based", set(Level), {Format.WORKPLACE}, ""),
        ("modeOfDelivery=presential&modeOfDelivery=coil", set(Level), {Format.ON_SITE}, ""),
        ("teachingLanguage=en-GB", set(Level), set(Format), "en"),
        ("teachingLanguage=nld", set(Level), set(Format), "nl"),
        ("teachingLanguage=qq", set(), set(), ""),
    ],
)
def test_courses_are_filtered(
    client: FlaskClient, seeded_app: Flask, question: str, levels: set[Level], formats: set[Format], language: str
) -> None:
    with parts_of(seeded_app).database.reading() as session:
        wanted = {
            module.uid
            for module in session.scalars(select(Module))
            if module.level in levels
            and {edition.format for edition in module.editions} & formats
            and (not language or module.language == language)
        }
    assert {item["courseId"] for item in items(client, f"/courses?{question}")} == wanted


def test_lists_have_the_order_of_the_specification(client: FlaskClient) -> None:
    for path in ("/courses", "/programmes", "/organisations"):
        names = [item["name"][0]["value"].lower() for item in items(client, path)]
        assert names == sorted(names)
    moments = [item["startDateTime"] for item in items(client, f"/organisations/{ROOT_UID}/course-offerings?{ALWAYS}")]
    assert moments == sorted(moments) != []


def test_moments_are_in_dutch_time(client: FlaskClient) -> None:
    summer = list(items(client, f"/organisations/{ROOT_UID}/course-offerings?since=2027-04-01T00:00:00+02:00&until=2027-10-01"))
    assert {item["startDateTime"][10:] for item in summer} == {"T00:00:00+02:00"}
    assert {item["endDateTime"][10:] for item in summer} == {"T23:59:59+02:00"}
    assert list(items(client, f"/organisations/{ROOT_UID}/course-offerings?{ALWAYS}&state=concept")) == []


@pytest.mark.parametrize(
    "accept", ["application/json", "application/json; version=6", "application/json;version=6.1", "*/*", 'a; version="6"']
)
def test_who_asks_for_this_version_gets_it(client: FlaskClient, accept: str) -> None:
    assert client.get(f"{V6}/courses", headers={"Accept": accept}).status_code == 200


def test_another_version_is_not_acceptable(client: FlaskClient) -> None:
    response = client.get(f"{V6}/courses", headers={"Accept": "application/json; version=5"})
    assert (response.status_code, response.content_type) == (406, "application/problem+json")
    assert response.json is not None
    assert (response.json["requestedVersion"], response.json["supportedVersions"]) == ("5", ["6.0"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((f"/courses?{question}", 400) for question in ("pageSize=11", "pageNumber=0", "level=hbo", "teachingLanguage=Dutch", "q=%00")),
        ("/courses?modeOfDelivery=telepathy", 400),
        (f"/organisations/{ROOT_UID}?expand=secrets", 400),
        *((f"/{kind}/{NO_UID}", 404) for kind in ("organisations", "programmes", "courses", "course-offerings", "learning-outcomes")),
        *((path, 404) for path in ("/persons", "/education-specifications", "/courses/1", "/nothing")),
    ],
)
def test_errors_are_problems(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(V6 + path)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert response.json is not None
    assert (response.json["status"], response.json["type"]) == (status, "about:blank")
