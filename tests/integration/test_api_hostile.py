"""Hostile input to the API: answered or refused with a problem document, never an error of ours."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.app import MAX_BODY_BYTES

MEGABYTE = 1024 * 1024
TEXTS = {
    "nothing": "",
    "spaces": " \t\n ",
    "NULs": "\x00warmte\x00pomp\x00",
    "megabyte": "a" * MEGABYTE,
    "megabyte of words": "warmte " * (MEGABYTE // 7),
    "brackets": "((((" * 50 + "[a TO z]" + "))))",
    "query language": 'title:x OR module_id:1 AND NOT "warmte*~2^99',
    "wildcards": "*?%_\\",
    "quotes": "'; DROP TABLE module; --\"",
    "right to left": "\u202egnitsaw\u202c \u200f",
    "emoji": "💡" * 300,
    "combining": "e" + "\u0301" * 5000,
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7 * 7 }} %(text)s {0} %s",
    "format of a path": "../../../etc/passwd",
    "not a character": "\ufffe\uffff",
}
GETS = ("/modules", "/suggest", "/skills", "/occupations")


def is_well(response: TestResponse) -> bool:
    """Answered as JSON, or refused as a problem document that says its own status."""
    if response.status_code == 200:
        return response.content_type == "application/json"
    body = response.get_json()
    return (
        400 <= response.status_code < 500 and response.content_type == "application/problem+json" and body["status"] == response.status_code
    )


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("path", GETS)
def test_any_text_may_be_searched_for(client: FlaskClient, path: str, name: str) -> None:
    assert is_well(client.get(f"/api/v1{path}", query_string={"q": TEXTS[name]}))


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_may_stand_in_a_filter_or_an_address(client: FlaskClient, name: str) -> None:
    text = TEXTS[name]
    for field in ("theme", "place", "provider", "language", "near", "level", "page", "sort"):
        assert is_well(client.get("/api/v1/modules", query_string={field: text})), field
    if 0 < len(text) < 10_000:
        response = client.get("/api/v1/modules/" + text.replace("/", "%2F").replace("%", "%25").replace("?", "%3F").replace("#", "%23"))
        assert response.status_code in (200, 404, 308)


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_may_be_posted(client: FlaskClient, name: str) -> None:
    text = TEXTS[name]
    assert is_well(client.post("/api/v1/skills/recognise", json={"text": text}))
    for body in (
        {"goal": {"text": text}},
        {"goal": {"occupation": text}},
        {"goal": {"skills": [{"skill": text}]}},
        {"goal": {"text": "lassen"}, "current_occupation": text},
        {"goal": {"text": "lassen"}, "constraints": {"near": text, "languages": [text]}},
    ):
        assert is_well(client.post("/api/v1/match", json=body)), list(body["goal"])


@pytest.mark.parametrize("path", ["/match", "/skills/recognise"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"7",
        b'"text"',
        b"NaN",
        b"\xff\xfe\x00{",
        b"\x00" * 1000,
        b'{"text": "\\ud800", "goal": {"text": "\\ud800"}}',
        b'{"text": "a", "text": "b"}',
        b'{"goal": {"text": "x"}, "limit": 1e400}',
        b'{"goal": {"text": "x"}, "limit": 99999999999999999999999999999}',
        b'{"goal": {"text": "x"}, "constraints": {"budget_eur": NaN}}',
        b'{"goal": {"text": "x"}, "constraints": {"hours_per_week": Infinity}}',
        b'{"goal": {"text": "x"}, "constraints": {"max_km": -Infinity, "start_after": "9999-12-31"}}',
        b'{"goal": {"text": "x"}, "constraints": null}',
        b'{"goal": {"skills": [null, 1, "x", []]}}',
        b'{"__proto__": {}, "goal": {"text": ["x"]}}',
        b"[" * 100_000,
        b'{"goal":' * 50_000,
    ],
)
def test_any_bytes_may_be_posted(client: FlaskClient, path: str, body: bytes) -> None:
    for content_type in ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert is_well(client.post(f"/api/v1{path}", data=body, content_type=content_type)), content_type


def test_bytes_that_are_no_text_may_stand_in_a_query(client: FlaskClient) -> None:
    for query in ("q=%ff%fe", "q=%ED%A0%80", "q=%00", "%00=1", "q", "&&&", "q=1&q=2", "level=%ff", "page=%D9%A1", "=" * 5000):
        assert is_well(client.get(f"/api/v1/modules?{query}")), query


def test_a_thousand_values_of_a_filter_are_no_problem(client: FlaskClient) -> None:
    assert is_well(client.get("/api/v1/modules", query_string={"theme": [f"theme-{number}" for number in range(1000)]}))


@pytest.mark.parametrize("path", ["/match", "/skills/recognise"])
def test_a_body_that_is_too_large_is_refused_unread(client: FlaskClient, path: str) -> None:
    body = json.dumps({"text": "x" * MAX_BODY_BYTES}).encode()
    response = client.post(f"/api/v1{path}", data=body, content_type="application/json")
    assert (response.status_code, response.get_json()["status"]) == (413, 413)
