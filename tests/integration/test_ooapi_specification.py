"""Every list and every object of the seeded catalogue, checked against the official specification of its version."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from catalogue.models import Edition, Module, ModuleSkill, Stack
from tests.accounts import parts_of
from tests.conftest import app_in
from tests.shared_data import needs_specifications
from tests.specifications import Specification, specification

pytestmark = needs_specifications

PLACE = re.compile(r"\{(\w+)\}")
NO_UID = "00000000-0000-4000-8000-000000000000"
ALWAYS = "since=1990-01-01"
"""Lists of offerings show only what is to come, unless one asks for more."""

EVERY_SO_OFTEN = 10
"""Each object is asked for with all that it refers to, and one in so many without too: as the lists give it already."""


class Reader:
    """Reads a service as another system does: the lists first, then each object by every id that was seen, and what is below it.

    Attributes:
        visited: the addresses that were read, by their path in the specification.
        errors: what is wrong with them.
    """

    def __init__(self, app: Flask, root: str, rules: Specification) -> None:
        self._client, self._root, self._rules = app.test_client(), root, rules
        self._routes = app.url_map.bind("localhost")
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        self.visited: defaultdict[str, list[str]] = defaultdict(list)
        self.errors: list[str] = []

    def read(self) -> None:
        """Reads again and again until no new id turns up."""
        seen: set[str] = set()
        while new := sorted({(path, address) for path in self._rules.readable_paths for address in self._addresses(path)} - seen):
            for path, address in new:
                self.visited[path].append(address)
                self._visit(path, address)
            seen.update(new)

    def _addresses(self, path: str) -> Iterator[str]:
        """All addresses of a path that this service has, as far as the ids are known."""
        names = PLACE.findall(path)
        for uid in self._ids[names[0]] if names else [""]:
            address = PLACE.sub(uid, path)
            try:
                self._routes.match(self._root + address)
            except NotFound:
                return
            yield address

    def _visit(self, path: str, address: str) -> None:
        if wanted := self._rules.expandable(path):
            self._answer(path, f"{address}?returnTimelineOverrides=true&expand={','.join(wanted)}")
            if len(self.visited[path]) % EVERY_SO_OFTEN:
                return
        number, more = 1, True
        while more:
            found = self._answer(path, f"{address}?pageSize=250&pageNumber={number}&{ALWAYS}")
            for item in found.get("items", ()):
                self._keep_ids(item)
            number, more = number + 1, found.get("hasNextPage", False)

    def _answer(self, path: str, address: str) -> Any:
        response = self._client.get(self._root + address)
        if response.status_code != 200:
            self.errors.append(f"{address}: {response.status_code}")
            return {}
        self.errors += [f"{address}: {error}" for error in self._rules.errors(path, response.json)]
        return response.json

    def _keep_ids(self, item: dict[str, Any]) -> None:
        for name, value in item.items():
            if name.endswith("Id") and value:
                self._ids[name].add(value)
            if name.endswith("Ids"):
                self._ids[name.removesuffix("s")].update(value)


@pytest.fixture(scope="module")
def app(seeded_instance: Path) -> Flask:
    return app_in(seeded_instance, counting=False, contact_email="info@example.org")


@pytest.mark.parametrize("version", ["v5", "v6"])
def test_every_answer_is_as_the_specification_asks(app: Flask, version: str) -> None:
    reader = Reader(app, f"/ooapi/{version}", specification({"v5": "ooapi-v5", "v6": "oeapi-v6"}[version]))
    reader.read()
    assert reader.errors == []
    assert {path: len(reader.visited[path]) for path in objects(app, version)} == objects(app, version)
    below = {"v5": "/academic-sessions/{academicSessionId}/offerings", "v6": "/academic-sessions/{academicSessionId}/course-offerings"}
    assert len(reader.visited[below[version]]) > 1


def objects(app: Flask, version: str) -> dict[str, int]:
    """How many objects of each kind the catalogue has; the seed has nothing but what is published."""
    with parts_of(app).database.reading() as session:
        modules = session.scalars(select(Module)).all()
        stacks = len(session.scalars(select(Stack)).all())
        editions = len(session.scalars(select(Edition)).all())
        providers = len({module.organisation_id for module in modules}) + 1
        taught = session.scalar(select(func.count(ModuleSkill.skill_id.distinct())).where(ModuleSkill.role == ModuleSkill.TAUGHT)) or 0
    if version == "v5":
        return {
            "/organizations/{organizationId}": providers,
            "/programs/{programId}": stacks,
            "/courses/{courseId}": len(modules),
            "/education-specifications/{educationSpecificationId}": len(modules),
            "/offerings/{offeringId}": editions,
        }
    return {
        "/organisations/{organisationId}": providers,
        "/programmes/{programmeId}": stacks,
        "/courses/{courseId}": len(modules),
        "/course-offerings/{courseOfferingId}": editions,
        "/learning-outcomes/{learningOutcomeId}": taught + sum(len(module.outcomes) for module in modules),
    }


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"organizationId": "1"}, "uuid"),
        ({"primaryCode": {"codeType": "shoe size", "code": "44"}}, "codeType"),
        ({"colour": "green"}, "answer.items[].colour"),
        ({"primaryCode": {"codeType": "x-shoe-size", "code": "44"}, "ext": {"colour": "green"}}, ""),
    ],
)
def test_the_check_itself_finds_what_is_wrong(change: dict[str, Any], what: str) -> None:
    one = {"organizationId": NO_UID, "organizationType": "root", "name": [{"language": "nl", "value": "x"}], "shortName": "x"}
    item = one | {"primaryCode": {"codeType": "brin", "code": "00AA"}} | change
    page = {"pageSize": 10, "pageNumber": 1, "hasPreviousPage": False, "hasNextPage": False, "items": [item]}
    errors = specification("ooapi-v5").errors("/organizations", page)
    assert [what in error for error in errors] == ([True] if what else [])
