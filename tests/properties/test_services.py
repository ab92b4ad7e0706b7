"""Whatever other systems ask, they are answered with JSON: what was asked for, or a problem that says what is wrong.

The addresses come from the map of routes, and parameters and fields from the description that the API gives of itself, so that what is new
takes part. `SERVICE_EXAMPLES` sets how many questions are asked of each kind.
"""

from __future__ import annotations

import os
import string
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.routing import AnyConverter, Rule, UUIDConverter
from werkzeug.test import TestResponse

from catalogue.exchange.ooapi.own import ROOT_UID
from catalogue.exchange.ooapi.v6 import outcome_uid
from catalogue.models import Edition, Module, Occupation, Organisation, Skill, Stack
from tests.accounts import parts_of
from tests.conftest import app_in
from web.ooapi.dialects import V5, V6

PREFIXES = ("/api/v1/", "/ooapi/")
EXAMPLES = int(os.environ.get("SERVICE_EXAMPLES", "150"))
checked = settings(max_examples=EXAMPLES, deadline=None, database=None)

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([0, 1, -1, 10, 250, 2**31, 2**63, 10**30]))
WORDS = st.sampled_from(
    [
        *("warmtepomp", "excel", "lassen", "5611", "Breda", "nl", "nld", "nl-NL", "name", "-name", "startDate", "true", "false"),
        *("2027-02-08", "2027-02-30", "2027-02-08T09:00:00Z", "0000-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00", "price", "distance"),
        *("organization", "organisation", "course,organization", "academic_session", "parent", "children", "learning_outcomes", "x-other"),
        *(word for dialect in (V5, V6) for words in (*dialect.choices.values(), tuple(dialect.formats)) for word in words),
    ]
)
SCALARS = st.one_of(WORDS, ANY_TEXT, NUMBERS.map(str), st.sampled_from(["", "\x00", "%", "*", "'", "{{1}}", "a" * 3000]))
OPEN_PARAMETERS = (
    *(
        "pageSize",
        "pageNumber",
        "q",
        "sort",
        "primaryCode",
        "teachingLanguage",
        "modeOfDelivery",
        "resultExpected",
        "since",
        "until",
        "expand",
    ),
    *("consumer", "returnTimelineOverrides", "parent", "year", "fields", "filter_query[name][like]", *V5.choices, *V6.choices),
)
"""Those of the Open Onderwijs API, which has no description of its own here."""


@pytest.fixture(scope="module")
def app(seeded_instance: Path) -> Flask:
    return app_in(seeded_instance, counting=False)


@pytest.fixture(scope="module")
def ids(app: Flask) -> list[str]:
    """Ids of all kinds of records, so that most addresses lead somewhere."""
    with parts_of(app).database.reading() as session:
        kinds = (Module, Edition, Organisation, Stack, Skill)
        found = [uid for kind in kinds for uid in session.scalars(select(kind.uid).order_by(kind.id).limit(20))]
        modules = session.scalars(select(Module.uid).order_by(Module.id).limit(5)).all()
    return [*found, *(outcome_uid(uid, number) for uid in modules for number in (0, 1, 300)), ROOT_UID, "0" * 32]


@pytest.fixture(scope="module")
def concepts(app: Flask) -> list[str]:
    """URIs and ids of skills and occupations."""
    with parts_of(app).database.reading() as session:
        skills = session.scalars(select(Skill.uri).order_by(Skill.id).limit(20)).all()
        occupations = session.scalars(select(Occupation.uri).order_by(Occupation.id).limit(20)).all()
    return [uri for uri in (*skills, *occupations) if uri]


def rules(app: Flask, method: str) -> list[Rule]:
    found = (rule for rule in app.url_map.iter_rules() if is_service(rule) and method in (rule.methods or ()))
    return sorted(found, key=lambda rule: rule.rule)


def is_service(rule: Rule) -> bool:
    """`/api/v1/docs` is a page for people."""
    return rule.rule.startswith(PREFIXES) and not rule.rule.endswith("/docs")


def addresses(app: Flask, ids: list[str]) -> st.SearchStrategy[str]:
    """Addresses of all routes that can be read, with ids of records that are there in most of them."""
    build = app.url_map.bind("").build

    def values(rule: Rule) -> st.SearchStrategy[str]:
        parts: dict[str, st.SearchStrategy[Any]] = {}
        for name in rule.arguments:
            converter = rule._converters[name]
            if isinstance(converter, AnyConverter):
                parts[name] = st.sampled_from(sorted(converter.items))
            elif isinstance(converter, UUIDConverter):
                parts[name] = st.sampled_from(ids)
            else:
                parts[name] = st.one_of(st.sampled_from(ids), ANY_TEXT.filter(lambda text: bool(text.strip("/."))))
        return st.fixed_dictionaries(parts).map(lambda chosen: build(rule.endpoint, chosen))

    return st.sampled_from(rules(app, "GET")).flatmap(values)


def described(app: Flask) -> Any:
    """What the API says of itself."""
    return app.test_client().get("/api/v1/openapi.json").json


def queries(app: Flask) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Up to four parameters that some service knows, with values that fit one of them, or none."""
    operations = [one for path in described(app)["paths"].values() for one in path.values() if isinstance(one, dict)]
    ours = {one["name"] for operation in operations for one in operation.get("parameters", ()) if one["in"] == "query"}
    return st.lists(st.tuples(st.sampled_from(sorted(ours.union(OPEN_PARAMETERS))), SCALARS), max_size=4)


def fields(app: Flask) -> list[str]:
    """All names of fields that the API describes."""
    return sorted({name for schema in described(app)["components"]["schemas"].values() for name in schema.get("properties", ())})


def bodies(app: Flask, concepts: list[str]) -> st.SearchStrategy[Any]:
    """Bodies from nearly right to anything: with a goal that can be met among fields of any value, or any JSON."""
    leaves = st.one_of(st.none(), st.booleans(), NUMBERS, SCALARS, st.sampled_from(concepts))
    names = st.one_of(st.sampled_from(fields(app)), st.text(string.ascii_lowercase, max_size=5))
    anything = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5), max_leaves=15)
    uris = st.sampled_from(concepts)
    skills = st.lists(st.fixed_dictionaries({"skill": uris}, optional={"level": st.integers(-1, 6) | leaves}), max_size=3)
    goal = st.fixed_dictionaries({}, optional={"text": SCALARS, "occupation": uris, "skills": skills})
    limits = st.dictionaries(names, leaves, max_size=4)
    nearly = st.fixed_dictionaries({"goal": goal}, optional={"have": skills, "constraints": limits, "limit": leaves, "text": SCALARS})
    return st.one_of(nearly, nearly, anything)


def assert_told(response: TestResponse, asked: object) -> None:
    assert response.status_code < 500, (response.status_code, asked)
    assert response.status_code in (200, 308) or response.content_type == "application/problem+json", (response.status_code, asked)


def test_whatever_is_read_is_answered(app: Flask, ids: list[str]) -> None:
    client = app.test_client()

    @checked
    @given(addresses(app, ids), queries(app))
    def ask(address: str, query: list[tuple[str, str]]) -> None:
        assert_told(client.get(address, query_string=query), (address, query))

    ask()


def test_whatever_is_posted_is_answered(app: Flask, concepts: list[str]) -> None:
    client = app.test_client()
    paths = st.sampled_from([rule.rule for rule in rules(app, "POST")])

    @checked
    @given(paths, bodies(app, concepts))
    def ask(path: str, body: Any) -> None:
        assert_told(client.post(path, json=body), (path, body))

    ask()
