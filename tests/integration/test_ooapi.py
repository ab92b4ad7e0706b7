"""The service of the Open Onderwijs API, version 5, over the seed catalogue: every list and object, filters, errors, and back in again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.exchange.ooapi.own import ROOT_UID
from catalogue.models import Edition, Module, Stack
from catalogue.vocabulary import Format, Level, Status
from tests.accounts import parts_of
from tests.conftest import NOW, app_in
from tests.pages import get

V5 = "/ooapi/v5"
ALWAYS = "since=1990-01-01"


def answer(client: FlaskClient, path: str) -> dict[str, Any]:
    response = client.get(V5 + path)
    assert response.status_code == 200, (path, response.text)
    assert response.content_type == "application/json"
    found: dict[str, Any] = response.json
    return found


def items(client: FlaskClient, path: str) -> Iterator[dict[str, Any]]:
    """All items of a list, page by page."""
    number, seen = 1, 0
    while True:
        found = answer(client, f"{path}{'&' if '?' in path else '?'}pageSize=250&pageNumber={number}")
        assert (found["pageSize"], found["pageNumber"], found["hasPreviousPage"]) == (250, number, number > 1)
        yield from found["items"]
        seen += len(found["items"])
        if not found["hasNextPage"]:
            return
        number += 1


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, seeded_instance: Path) -> FlaskClient:
    return app_in(seeded_instance, counting=False, contact_email="info@example.org").test_client()


def test_the_service_says_who_keeps_it(client: FlaskClient) -> None:
    for path in ("", "/"):
        assert answer(client, path)["contactEmail"] == "info@example.org"


def test_the_lists_hold_the_whole_published_catalogue_and_nothing_else(own_seeded_app: Flask) -> None:
    client, database = own_seeded_app.test_client(), parts_of(own_seeded_app).database
    with database.writing() as session:
        hidden = session.scalars(select(Module).where(Module.editions.any()).limit(3)).all()
        for module, status in zip(hidden, (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN), strict=True):
            module.status = status
        gone = [(module.uid, module.editions[0].uid) for module in hidden]
        online = set(session.scalars(select(Module.uid).where(Module.status == Status.PUBLISHED)))
        editions = set(session.scalars(select(Edition.uid).join(Module).where(Module.status == Status.PUBLISHED)))
        stacks = set(session.scalars(select(Stack.uid)))
    assert {item["courseId"] for item in items(client, "/courses")} == online
    assert {item["educationSpecificationId"] for item in items(client, "/education-specifications")} == online
    assert {item["programId"] for item in items(client, "/programs")} <= stacks
    offered = [item["offeringId"] for item in items(client, f"/organizations/{ROOT_UID}/offerings?{ALWAYS}")]
    assert (len(offered), set(offered)) == (len(editions), editions)
    for module_uid, edition_uid in gone:
        for path in (f"courses/{module_uid}", f"courses/{module_uid}/offerings", f"offerings/{edition_uid}"):
            assert client.get(f"{V5}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("level=bachelor", lambda module: "bachelor" in module.level),
        ("level=secondary vocational education 4", lambda module: module.level is Level.MBO_4),
        ("level=secondary vocational education", lambda module: module.level.value.startswith("mbo")),
        ("level=nt2-1", lambda _module: False),
        ("modeOfDelivery=online&modeOfDelivery=situated", lambda module: formats(module) & {Format.ONLINE, Format.WORKPLACE}),
        ("teachingLanguage=eng", lambda module: module.language == "en"),
        ("q=WARMTEPOMP", lambda module: "warmtepomp" in f"{module.title}\n{module.slug}\n{module.description}".lower()),
        ("q=%25", lambda module: "%" in f"{module.title}\n{module.description}"),
    ],
)
def test_courses_are_filtered(client: FlaskClient, seeded_app: Flask, question: str, fits: Callable[[Module], object]) -> None:
    with parts_of(seeded_app).database.reading() as session:
        wanted = {module.uid for module in session.scalars(select(Module)) if fits(module)}
    assert {item["courseId"] for item in items(client, f"/courses?{question}")} == wanted


def formats(module: Module) -> set[Format]:
    return {edition.format for edition in module.editions}


def test_pages_follow_each_other_and_sorting_goes_both_ways(client: FlaskClient) -> None:
    for path, key in (("/courses", "courseId"), ("/organizations", "organizationId"), ("/education-specifications", "primaryCode")):
        first, second = answer(client, f"{path}?pageSize=10"), answer(client, f"{path}?pageNumber=2")
        names = [item["name"][0]["value"].lower() for item in first["items"] + second["items"]]
        assert names == sorted(names)
        assert len({json.dumps(item) for item in first["items"] + second["items"]}) == len(names) > 10
        assert (first["hasPreviousPage"], second["hasPreviousPage"]) == (False, True)
        down = [json.dumps(item[key]) for item in items(client, f"{path}?sort=-{key}")]
        assert down == sorted(down, reverse=True)
    beyond = answer(client, "/courses?pageNumber=1000000")
    assert (beyond["items"], beyond["hasNextPage"]) == ([], False)


def test_offerings_are_those_to_come_unless_asked_otherwise(client: FlaskClient) -> None:
    path, today = f"/organizations/{ROOT_UID}/offerings", NOW.date().isoformat()
    to_come = list(items(client, path))
    assert all(item["startDate"] >= today for item in to_come)
    spring = list(items(client, f"{path}?since=2027-02-01&until=2027-07-01&sort=-endDate"))
    every = list(items(client, f"{path}?{ALWAYS}"))
    assert sorted(item["offeringId"] for item in spring) == sorted(
        item["offeringId"] for item in every if item["startDate"] >= "2027-02-01" and item["endDate"] <= "2027-07-01"
    )
    ends = [item["endDate"] for item in spring]
    assert ends == sorted(ends, reverse=True) != []
    assert list(items(client, f"{path}?offeringType=program")) == []


def test_other_lists_are_filtered(client: FlaskClient) -> None:
    [root] = items(client, "/organizations?organizationType=root")
    assert root["organizationId"] == ROOT_UID
    [curio] = items(client, "/organizations?q=curio")
    assert curio["organizationId"] in root["children"]
    assert list(items(client, "/education-specifications?educationSpecificationType=cluster")) == []
    [course] = items(client, f"/courses?primaryCode={answer(client, '/courses')['items'][0]['primaryCode']['code']}")
    assert course["courseId"] == answer(client, "/courses")["items"][0]["courseId"]
    assert list(items(client, "/programs?sector=university education")) == []


NO_UID = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(
            (f"/courses?{question}", 400)
            for question in ("pageSize=11", "pageSize=x", "pageNumber=0", "pageNumber=99999999999", "sort=price")
        ),
        *(
            (f"/courses?{question}", 400)
            for question in ("level=hbo", "teachingLanguage=nl", "q=%00", "modeOfDelivery=telepathy", "sort=,")
        ),
        (f"/organizations/{ROOT_UID}/offerings?since=yesterday", 400),
        (f"/organizations/{ROOT_UID}/offerings?resultExpected=perhaps", 400),
        (f"/organizations/{ROOT_UID}?expand=secrets", 400),
        *((f"/{kind}/{NO_UID}", 404) for kind in ("organizations", "programs", "courses", "offerings", "education-specifications")),
        *((f"/{kind}/{NO_UID}/offerings", 404) for kind in ("organizations", "programs", "courses", "academic-sessions")),
        *(
            (path, 404)
            for path in ("/persons", "/persons/me", "/courses/1", f"/components/{NO_UID}", f"/associations/{NO_UID}", "/nothing")
        ),
    ],
)
def test_errors_are_problems(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(V5 + path)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert response.json is not None
    assert response.json["status"] == str(status)
    assert isinstance(response.json["title"], str)


def test_nothing_can_be_written(client: FlaskClient) -> None:
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(f"{V5}/courses")
        assert response.status_code in (400, 405)
        assert response.content_type == "application/problem+json"


def test_who_has_an_answer_already_is_told_so(client: FlaskClient) -> None:
    response = client.get(f"{V5}/courses")
    assert client.get(f"{V5}/courses", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert client.get(f"{V5}/programs", headers={"If-None-Match": response.headers["ETag"]}).status_code == 200
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.vary


def test_who_knows_nothing_finds_the_way_from_what_the_service_answers(client: FlaskClient) -> None:
    for version in (V5, "/ooapi/v6"):
        told = client.get(f"{version}/").get_json()["documentation"]
        assert told.endswith("/ooapi")
        for wrong in ("/offering", "/courses/x", "/v4"):
            answer = client.get(version + wrong)
            assert (answer.status_code, answer.get_json()["detail"]) == (404, f"There is no such address. {told} tells which there are.")
        absent = client.get(f"{version}/courses/00000000-0000-0000-0000-000000000000").get_json()["detail"]
        assert absent == "There is nothing with this id, or it is not published any more."
    assert client.get("/ooapi/v4/courses").get_json()["status"] == 404


def test_the_page_about_the_service_has_every_address_of_it(seeded_app: Flask, client: FlaskClient) -> None:
    page = get(client, "/ooapi")
    told = {code.text for code in page.all("code")}
    routes = seeded_app.url_map.bind("localhost")
    found = {path for path in told if path and path.startswith("/ooapi/")}
    for version in ("ooapi_v5.", "ooapi_v6."):
        endpoints = {rule.endpoint for rule in seeded_app.url_map.iter_rules() if rule.endpoint.startswith(version)}
        assert {routes.match(path.replace("{id}", NO_UID))[0] for path in found} >= endpoints
    assert "secondary vocational education 4" in page.text("main")
    assert {link.get("href") for path in ("/over", "/api/v1/docs") for link in get(client, path).all("a")} >= {"/ooapi"}
