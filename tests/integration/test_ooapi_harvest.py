"""What our own service and our own files say, read into an empty catalogue: the same catalogue again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update

from catalogue.exchange.ooapi.own import ROOT_UID
from catalogue.models import Module, Stack, StackStep
from catalogue.vocabulary import AssessmentForm, Credential
from tests.accounts import parts_of

V5 = "/ooapi/v5"
GIVEN_HERE = ("courseId", "offeringId", "abbreviation", "educationSpecification", "programs")
Document = dict[str, Any]


def test_the_whole_service_reads_into_an_empty_catalogue_as_an_equal_one(own_seeded_app: Flask, tmp_path: Path) -> None:
    client = own_seeded_app.test_client()
    stated = {"assessment_form": AssessmentForm.PORTFOLIO, "is_supervised": True, "is_identity_checked": False, "quality_mark": "NVAO"}
    with parts_of(own_seeded_app).database.writing() as session:
        session.execute(update(Module).where(Module.credential == Credential.CERTIFICATE).values(**stated))
    before = {slug: answers(client, uid) for slug, uid in providers(client).items()}
    everything = told(answers(client, ROOT_UID))
    assert sorted(line for found in before.values() for line in told(found)) == everything != []
    empty(own_seeded_app)
    assert answers(client, ROOT_UID) == []
    for slug, found in before.items():
        path = tmp_path / f"{slug}.json"
        path.write_text(json.dumps(found), encoding="utf-8")
        imported(own_seeded_app, path, slug)
    after = {slug: answers(client, uid) for slug, uid in providers(client).items()}
    assert after.keys() == before.keys()
    for slug, found in before.items():
        assert told(after[slug]) == told(found), slug


def test_a_file_that_we_wrote_reads_into_an_empty_catalogue_as_an_equal_one(own_seeded_app: Flask, tmp_path: Path) -> None:
    runner, slug = own_seeded_app.test_cli_runner(), "avans"
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert runner.invoke(args=["modules", "export", str(first), "--organisation", slug]).exit_code == 0
    empty(own_seeded_app)
    imported(own_seeded_app, first, slug)
    assert runner.invoke(args=["modules", "export", str(second), "--organisation", slug]).exit_code == 0
    pages = [[json.loads(path.read_text(encoding="utf-8"))] for path in (first, second)]
    assert told(pages[1]) == told(pages[0]) != []


def providers(client: FlaskClient) -> dict[str, str]:
    """The id of each provider by its short name."""
    found: Any = client.get(f"{V5}/organizations?pageSize=250&organizationType=institute").json
    return {one["shortName"]: one["organizationId"] for one in found["items"]}


def answers(client: FlaskClient, uid: str) -> list[Document]:
    """All pages of all courses and offerings of one organisation, as they came."""
    found: list[Document] = []
    for kind in ("courses", "offerings"):
        number, more = 1, True
        while more:
            page: Any = client.get(f"{V5}/organizations/{uid}/{kind}?since=1990-01-01&pageSize=50&pageNumber={number}").json
            found += [page] if page["items"] else []
            number, more = number + 1, page["hasNextPage"]
    return found


def empty(app: Flask) -> None:
    with parts_of(app).database.writing() as session:
        for model in (StackStep, Stack, Module):
            session.execute(delete(model))
        assert session.scalar(select(func.count(Module.id))) == 0


def imported(app: Flask, path: Path, slug: str) -> None:
    result = app.test_cli_runner().invoke(args=["modules", "import", str(path), "--organisation", slug, "--publish"])
    assert result.exit_code == 0, result.output


def told(pages: list[Document]) -> list[str]:
    """What the pages say, sorted: all but the ids and addresses given here, the stacks of a course, and whether it is an invented one."""
    items = [item for page in pages for item in page["items"]]
    keys = {item["courseId"]: item["primaryCode"]["code"] for item in items if "courseId" in item}
    lines = []
    for item in items:
        one = {name: value for name, value in item.items() if name not in GIVEN_HERE}
        if "offeringId" in item:
            one |= {"course": keys[item["course"]], "primaryCode": None}
        else:
            one["ext"] = {name: value for name, value in item["ext"]["leerwijzer"].items() if name != "isExample"}
        lines.append(json.dumps(one, sort_keys=True, ensure_ascii=False))
    return sorted(lines)
