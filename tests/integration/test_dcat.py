"""The description of the catalogue for other catalogues, held against what DCAT-AP-NL requires; both notations say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from catalogue.exchange.dcat import PREFIXES
from catalogue.exchange.turtle import turtle

Triple = tuple[str, str, str]
SHARED = {"dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dct:license", "dct:language", "dct:modified"}
REQUIRED = {
    "dcat:Catalog": SHARED | {"dcat:dataset", "dcat:service", "dcat:themeTaxonomy", "foaf:homepage"},
    "dcat:Dataset": SHARED
    | {"dct:identifier", "dcat:theme", "dcat:keyword", "dcat:distribution", "dcat:landingPage", "dct:accrualPeriodicity"},
    "dcat:Distribution": {"dct:title", "dct:description", "dcat:accessURL", "dcat:mediaType", "dct:license", "dct:format", "dct:modified"},
    "dcat:DataService": SHARED | {"dcat:endpointURL", "dcat:endpointDescription", "dcat:servesDataset", "dcat:theme", "dct:conformsTo"},
}
EU = "http://publications.europa.eu/resource/authority"


@pytest.fixture
def document(client: FlaskClient) -> Any:
    answer = client.get("/dcat.jsonld")
    assert (answer.status_code, answer.content_type) == (200, "application/ld+json")
    return json.loads(answer.data)


def nodes(document: Any, kind: str) -> list[Any]:
    return [node for node in document["@graph"] if node["@type"] == kind]


@pytest.mark.parametrize("kind", REQUIRED)
def test_everything_says_what_it_has_to(document: Any, kind: str) -> None:
    found = nodes(document, kind)
    assert len(found) == (1 if kind in ("dcat:Catalog", "dcat:Dataset") else 3)
    for node in found:
        assert REQUIRED[kind] <= node.keys()
        for text in ("dct:title", "dct:description"):
            assert {one["@language"] for one in node[text]} == {"nl", "en"}
            assert all(one["@value"] for one in node[text])
        assert {one["@id"] for one in node.get("dct:language", [])} <= {f"{EU}/language/NLD", f"{EU}/language/ENG"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+\+00:00", node["dct:modified"]["@value"])


def test_what_refers_to_something_here_finds_it(document: Any, client: FlaskClient) -> None:
    known = {node["@id"] for node in document["@graph"]}
    here = known.copy().pop().partition("/dcat#")[0]
    (catalogue,), (dataset,) = nodes(document, "dcat:Catalog"), nodes(document, "dcat:Dataset")
    services = {one["@id"] for one in nodes(document, "dcat:DataService")}
    assert {one["@id"] for one in catalogue["dcat:service"]} == services
    assert [one["@id"] for one in catalogue["dcat:dataset"]] == [dataset["@id"]]
    assert {one["@id"] for one in dataset["dcat:distribution"]} == {one["@id"] for one in nodes(document, "dcat:Distribution")}
    assert {one["dcat:accessService"]["@id"] for one in nodes(document, "dcat:Distribution")} == services
    pages = [dataset["dcat:landingPage"], dataset["dcat:contactPoint"]["vcard:hasURL"]]
    pages += [node[name] for name in ("dcat:endpointURL", "dcat:endpointDescription") for node in nodes(document, "dcat:DataService")]
    own = [page["@id"].removeprefix(here) for page in pages if page["@id"].startswith(here)]
    assert len(own) >= 6
    assert {client.get(path).status_code for path in own} == {200}


def test_both_notations_say_the_same(document: Any, client: FlaskClient) -> None:
    answer = client.get("/dcat.ttl")
    assert answer.content_type == "text/turtle; charset=utf-8"
    text = answer.get_data(as_text=True)
    assert text == turtle(document)
    told = sorted(f"{subject} {name} {value}" for subject, name, value in triples(text))
    assert told == sorted(f"{subject} {name} {value}" for subject, name, value in statements(document))
    assert len(told) > 100


def test_who_asks_for_a_notation_is_led_to_it(client: FlaskClient) -> None:
    asked = {"text/turtle": "/dcat.ttl", "application/ld+json": "/dcat.jsonld", "*/*": "/dcat.jsonld", "": "/dcat.jsonld"}
    for accept, where in asked.items():
        answer = client.get("/dcat", headers={"Accept": accept})
        assert (answer.status_code, answer.location, "Accept" in answer.vary) == (303, where, True)


def test_robots_and_pages_lead_to_it(client: FlaskClient) -> None:
    assert "/dcat.jsonld" in client.get("/robots.txt").get_data(as_text=True)
    for page in ("/over", "/api/v1/docs"):
        assert "/dcat.jsonld" in client.get(page).get_data(as_text=True)


def test_odd_characters_stay_inside_their_text_and_address() -> None:
    odd = {"@context": {}, "@graph": [{"@id": 'http://x/a>b "', "dct:title": 'a "b"\\\n<c>'}]}
    assert turtle(odd) == '\n<http://x/a%3Eb%20%22> dct:title "a \\"b\\"\\\\\\n<c>" .\n'


def statements(document: Any) -> Iterator[Triple]:
    """What the JSON-LD says, by a reading of its own; nodes without a name are called by what they hold."""

    def value(one: Any) -> str:
        if not isinstance(one, dict):
            return f'"{one}"'
        if "@value" in one:
            return f'"{one["@value"]}"' + (f"@{one['@language']}" if "@language" in one else f"^^{one['@type']}")
        return f"<{one['@id']}>" if "@id" in one else "[]"

    def walk(node: Any, subject: str) -> Iterator[Triple]:
        for name, many in node.items():
            if name == "@type":
                yield subject, "a", many
            elif name != "@id":
                for one in many if isinstance(many, list) else [many]:
                    yield subject, name, value(one)
                    if isinstance(one, dict) and "@value" not in one and len(one) > 1:
                        yield from (seen for seen in walk(one, value(one)))

    named = {triple for node in document["@graph"] for triple in walk(node, f"<{node['@id']}>")}
    yield from named


TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"(?:@[a-z]+|\^\^[a-z]+:\w+)?|<[^<>]*>|[\[\];,.]|[\w:]+|@prefix')


def triples(text: str) -> Iterator[Triple]:
    """A small reader of Turtle: subjects, names and values, with nodes without a name called "[]"."""
    body = [line for line in text.splitlines() if not line.startswith("@prefix")]
    assert len(text.splitlines()) - len(body) == len(PREFIXES)
    found: set[Triple] = set()
    subjects: list[str] = []
    names: list[str] = []
    expected = "subject"
    for token in TOKEN.findall("\n".join(body)):
        if token == "[":
            found.add((subjects[-1], names[-1], "[]"))
            subjects.append("[]")
            expected = "name"
        elif token == "]":
            subjects.pop()
            names.pop()
        elif token == ".":
            subjects.pop()
            names.pop()
            expected = "subject"
        elif token == ";":
            names.pop()
            expected = "name"
        elif token == ",":
            expected = "value"
        elif expected == "subject":
            subjects.append(token)
            expected = "name"
        elif expected == "name":
            names.append(token)
            expected = "value"
        else:
            found.add((subjects[-1], names[-1], token))
    yield from found
