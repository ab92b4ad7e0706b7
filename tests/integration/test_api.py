"""The JSON API as CONTRACT fixes it: search, one module, look-up in the taxonomy, and its own description."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module
from catalogue.search.port import FACETS
from catalogue.vocabulary import Level, Status
from tests.conftest import NOW
from web.wiring import services

API = "/api/v1"
MODULE_FIELDS = {
    "id", "slug", "title", "provider", "level", "theme", "kind", "price_eur", "hours", "next_start", "place", "distance_km", "score", "url",
}  # fmt: skip
FACET_FIELD = {"provider": "provider_slug"}


def get(client: FlaskClient, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(API + path, query_string=query)
    assert response.status_code == 200, response.text
    assert response.content_type == "application/json"
    assert "Set-Cookie" not in response.headers
    answer: dict[str, Any] = response.get_json()
    return answer


def refused(client: FlaskClient, path: str, **query: Any) -> dict[str, Any]:
    """The errors by field of a request that must not be answered."""
    response = client.get(API + path, query_string=query)
    assert response.status_code == 422, response.text
    assert response.content_type == "application/problem+json"
    body = response.get_json()
    assert body["status"] == 422
    assert body["title"]
    assert body["detail"]
    errors: dict[str, Any] = body["errors"]
    return errors


def ids(page: dict[str, Any]) -> list[str]:
    return [item["id"] for item in page["items"]]


def test_a_page_of_modules_has_all_fields(client: FlaskClient) -> None:
    page = get(client, "/modules", q="warmtepomp", near="5611")
    assert set(page) >= {"total", "page", "per_page", "did_you_mean", "took_ms", "items", "facets"}
    assert (page["page"], page["per_page"], page["did_you_mean"], page["is_degraded"]) == (1, 20, None, False)
    assert page["total"] >= len(page["items"]) == 20
    assert page["took_ms"] > 0
    for item in page["items"]:
        assert set(item) >= MODULE_FIELDS
        assert item["level"] in set(Level)
        assert item["is_example"] is True
        assert item["place"] is None or item["distance_km"] >= 0
        assert 0 <= item["score"] <= 1
        date.fromisoformat(item["next_start"] or "2027-01-01")
    assert page["items"][0]["score"] == 1.0
    assert client.get(urlsplit(page["items"][0]["url"]).path).status_code == 200
    assert {"level", "theme", "place", "provider", "format"} <= set(page["facets"]) <= set(FACETS)
    for values in page["facets"].values():
        assert all(set(value) == {"value", "label", "count"} and value["label"] for value in values)
        assert [value["count"] for value in values] == sorted((value["count"] for value in values), reverse=True)


def test_pages_follow_each_other_without_gap_or_double(client: FlaskClient) -> None:
    first = get(client, "/modules", per_page=100)
    seen = ids(first)
    for page in range(2, first["total"] // 100 + 2):
        seen += ids(get(client, "/modules", per_page=100, page=page))
    assert len(seen) == len(set(seen)) == first["total"] >= 300
    assert get(client, "/modules", per_page=100, page=9999)["items"] == []
    assert ids(get(client, "/modules", per_page=7, page=3)) == seen[14:21]


@pytest.mark.parametrize("facet", FACETS)
def test_a_filter_keeps_what_its_facet_counted(client: FlaskClient, facet: str) -> None:
    everything = get(client, "/modules")
    for wanted in everything["facets"][facet][:3]:
        page = get(client, "/modules", **{facet: wanted["value"]}, per_page=100)
        assert page["total"] == wanted["count"] > 0
        assert page["facets"][facet] == everything["facets"][facet], "a facet's counts ignore the filter on that facet itself"
        if facet == "place":
            assert {item["place"] for item in page["items"]} == {wanted["label"]}
        else:
            assert {item[FACET_FIELD.get(facet, facet)] for item in page["items"]} == {wanted["value"]}
        for other in {"level", "kind", "credential", "language", "provider"} - {facet}:
            assert sum(value["count"] for value in page["facets"][other]) == page["total"], "each module has one value of these"


def test_a_repeated_filter_widens_and_another_group_narrows(client: FlaskClient) -> None:
    mbo_3, mbo_4 = (get(client, "/modules", level=level)["total"] for level in ("mbo-3", "mbo-4"))
    both = get(client, "/modules", level=["mbo-3", "mbo-4"])
    assert both["total"] == mbo_3 + mbo_4
    narrowed = get(client, "/modules", level=["mbo-3", "mbo-4"], format="online")
    assert 0 < narrowed["total"] < both["total"]
    assert narrowed["total"] == next(value["count"] for value in both["facets"]["format"] if value["value"] == "online")


@pytest.mark.parametrize(
    ("facet", "name", "slug"), [("theme", "Energie", "energie"), ("provider", "CURIO", "curio"), ("place", "Breda", "breda")]
)
def test_themes_providers_and_places_may_be_named(client: FlaskClient, facet: str, name: str, slug: str) -> None:
    by_name, by_slug = get(client, "/modules", **{facet: name}), get(client, "/modules", **{facet: slug})
    assert ids(by_name) == ids(by_slug) != []


def test_price_hours_and_start_are_limits(client: FlaskClient) -> None:
    for item in get(client, "/modules", max_price_eur=100, per_page=100)["items"]:
        assert item["price_eur"] <= 100
    for item in get(client, "/modules", max_hours=8, per_page=100)["items"]:
        assert item["hours"] <= 8
    soon = get(client, "/modules", start_before="2027-01-15", per_page=100)
    assert soon["items"]
    assert all(NOW.date() <= date.fromisoformat(item["next_start"]) <= date(2027, 1, 15) for item in soon["items"])
    free = get(client, "/modules", max_price_eur=0)
    assert 0 < free["total"] < get(client, "/modules", max_price_eur=100)["total"]


@pytest.mark.parametrize(
    ("sort", "field"), [("price", "price_eur"), ("hours", "hours"), ("start", "next_start"), ("distance", "distance_km")]
)
def test_sorts_put_the_least_first_and_the_unknown_last(client: FlaskClient, sort: str, field: str) -> None:
    values = [item[field] for item in get(client, "/modules", sort=sort, near="Breda", per_page=100)["items"]]
    known = [value for value in values if value is not None]
    assert len(set(known)) > 1
    assert known == sorted(known)
    assert values == known + [None] * (len(values) - len(known))


def test_relevance_is_by_score(client: FlaskClient) -> None:
    scores = [item["score"] for item in get(client, "/modules", q="zonnepanelen leggen")["items"]]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 3


def test_near_measures_from_a_postcode_or_place_and_radius_keeps_what_is_close(client: FlaskClient) -> None:
    page = get(client, "/modules", near="4811", radius_km=15, per_page=100)
    assert page["items"]
    assert all(item["distance_km"] <= 15 for item in page["items"] if item["place"])
    assert {item["format"] for item in page["items"] if not item["place"]} <= {"online"}
    assert page["total"] < get(client, "/modules", near="4811", radius_km=60)["total"] < get(client, "/modules")["total"]
    breda = next(item for item in get(client, "/modules", near="Breda", sort="distance")["items"] if item["place"] == "Breda")
    assert breda["distance_km"] < 5
    names = ("Den Bosch", "'s-Hertogenbosch", "5211 AB")
    nearest = [get(client, "/modules", near=name, sort="distance")["items"][0]["place"] for name in names]
    assert nearest == ["'s-Hertogenbosch"] * 3


def test_a_misspelt_word_is_mended(client: FlaskClient) -> None:
    page = get(client, "/modules", q="warmtepmop")
    assert page["did_you_mean"] == "warmtepomp"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"Q": "x"}, "Q"),
        ({"level": "mbo-5"}, "level"),
        ({"format": "telepathy"}, "format"),
        ({"kind": ["module", "nonsense"]}, "kind"),
        ({"credential": "medal"}, "credential"),
        ({"max_price_eur": "cheap"}, "max_price_eur"),
        ({"max_price_eur": "-1"}, "max_price_eur"),
        ({"max_hours": "NaN"}, "max_hours"),
        ({"max_hours": "inf"}, "max_hours"),
        ({"start_before": "31-12-2027"}, "start_before"),
        ({"near": "Atlantis"}, "near"),
        ({"near": "0999"}, "near"),
        ({"radius_km": "-5"}, "radius_km"),
        ({"sort": "random"}, "sort"),
        ({"page": "0"}, "page"),
        ({"page": "1.5"}, "page"),
        ({"per_page": "101"}, "per_page"),
    ],
)
def test_a_bad_parameter_is_named(client: FlaskClient, query: dict[str, Any], field: str) -> None:
    assert list(refused(client, "/modules", **query)) == [field]


def test_all_bad_parameters_are_named_at_once(client: FlaskClient) -> None:
    assert set(refused(client, "/modules", page=0, sort="x", colour="red")) == {"page", "sort", "colour"}


def test_one_module_is_whole_by_id_and_by_slug(client: FlaskClient) -> None:
    by_slug = get(client, "/modules/warmtepompen-plaatsen-en-inregelen")
    assert get(client, f"/modules/{by_slug['id']}") == by_slug
    assert set(by_slug) >= MODULE_FIELDS | {"description", "outcomes", "teaches", "requires", "editions", "entry_text", "nlqf", "eqf"}
    assert (by_slug["level"], by_slug["nlqf"], by_slug["eqf"], by_slug["hours"], by_slug["load_unit"]) == ("mbo-4", "4", 4, 80.0, "SBU")
    taught = {row["skill"]["label"]: row["level"] for row in by_slug["teaches"]}
    assert taught["warmtepompen plaatsen"] == 3
    assert len(by_slug["requires"]) == 3
    starts = [edition["start"] for edition in by_slug["editions"]]
    assert starts == ["2027-02-11", "2027-05-22", "when 8 enrolled"]
    assert by_slug["editions"][0] | {"id": ""} == {
        "id": "", "start": "2027-02-11", "start_type": "fixed", "next_start": "2027-02-11", "weeks": 10, "place": "Breda",
        "format": "on-site", "day_parts": ["thursday-evening"], "price_eur": 595.0, "capacity": 12, "minimum_group": 8,
    }  # fmt: skip


def test_what_is_not_published_is_not_there(own_seeded_app: Flask) -> None:
    client, slug = own_seeded_app.test_client(), "warmtepompen-plaatsen-en-inregelen"
    with own_seeded_app.app_context(), services().database.writing() as session:
        session.scalars(select(Module).where(Module.slug == slug)).one().status = Status.DRAFT
    for reference in (slug, "bestaat-niet"):
        response = client.get(f"{API}/modules/{reference}")
        assert (response.status_code, response.content_type) == (404, "application/problem+json")
        assert response.get_json()["status"] == 404


@pytest.mark.parametrize(("method", "path", "status"), [("get", "/nothing", 404), ("post", "/modules", 405), ("get", "/match", 405)])
def test_what_does_not_exist_is_a_problem_too(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = getattr(client, method)(API + path)
    assert (response.status_code, response.content_type, response.get_json()["status"]) == (status, "application/problem+json", status)


@pytest.mark.parametrize(
    ("path", "text", "label"),
    [
        ("/skills", "warmtepompen plaatsen", "warmtepompen plaatsen"),
        ("/skills", "install heat pumps", "warmtepompen plaatsen"),
        ("/skills", "warmtepompen plaasten", "warmtepompen plaatsen"),
        ("/occupations", "warmtepompinstallateur", "warmtepompinstallateur"),
        ("/occupations", "heat pump installer", "warmtepompinstallateur"),
        ("/occupations", "warmtepompinstalateur", "warmtepompinstallateur"),
        ("/occupations", "instalatiemonteur", "installatiemonteur"),
    ],
)
def test_names_are_found_in_dutch_english_and_misspelt(client: FlaskClient, path: str, text: str, label: str) -> None:
    items = get(client, path, q=text)["items"]
    assert items[0]["label"] == label
    assert set(items[0]) >= {"id", "uri", "label", "score"}
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len(get(client, path, q=text, limit=2)["items"]) == 2


@pytest.mark.parametrize("path", ["/skills", "/occupations", "/suggest"])
def test_look_ups_refuse_what_they_do_not_know_and_find_nothing_for_nothing(client: FlaskClient, path: str) -> None:
    assert set(refused(client, path, q="x", limit=51, lang="nl")) == {"limit", "lang"}
    assert set(refused(client, path, q="x" * 201)) == {"q"}
    assert get(client, path) == {"items": []}


def test_suggest_mixes_modules_skills_and_occupations(client: FlaskClient) -> None:
    items = get(client, "/suggest", q="warmtepomp")["items"]
    assert {item["kind"] for item in items} == {"module", "skill", "occupation"}
    assert all(item["label"] and set(item) >= {"id", "uri", "label", "score", "kind"} for item in items)
    assert len(items) == 10


def test_skills_are_recognised_in_a_text_with_their_evidence(client: FlaskClient) -> None:
    text = "Ik werk drie jaar als monteur. Ik kan zelfstandig warmtepompen plaatsen."
    response = client.post(f"{API}/skills/recognise", json={"text": text, "limit": 10})
    assert response.status_code == 200
    items = response.get_json()["items"]
    found = next(item for item in items if item["label"] == "warmtepompen plaatsen")
    begin, end = found["evidence"]
    assert "warmtepomp" in text[begin:end]
    assert 1 <= found["level"] <= 4
    assert 0.5 < found["score"] <= 1
    assert set(found) >= {"id", "uri", "label", "score", "level", "evidence"}
    for body, field in (({}, "text"), ({"text": 7}, "text"), ({"text": "x", "limit": 0}, "limit"), ({"text": "x", "lang": "nl"}, "lang")):
        wrong = client.post(f"{API}/skills/recognise", json=body)
        assert (wrong.status_code, list(wrong.get_json()["errors"])) == (422, [field])


def test_the_description_names_every_route_and_holds_together(seeded_app: Flask) -> None:
    client = seeded_app.test_client()
    response = client.get(f"{API}/openapi.json")
    assert response.status_code == 200
    spec = response.get_json()
    assert spec["openapi"].startswith("3.")
    assert spec["info"]["title"]
    assert {kind for one in spec["components"]["responses"].values() for kind in one["content"]} == {"application/problem+json"}
    assert set(spec["components"]["schemas"]["Problem"]["properties"]) == {"title", "status", "detail", "errors"}
    routes = {
        (rule.rule.replace("<string:", "{").replace(">", "}"), method.lower())
        for rule in seeded_app.url_map.iter_rules()
        if rule.rule.startswith(API) and not rule.endpoint.startswith(("api-docs", "api_docs"))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in spec["paths"].items() for method in methods if method != "parameters"}
    assert described == routes
    assert {path.removeprefix(API) for path, _ in routes} >= {
        "/modules",
        "/suggest",
        "/skills",
        "/occupations",
        "/skills/recognise",
        "/match",
    }
    for reference in _references(spec):
        part = spec
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]
        assert part, reference
    parameters = {one["name"] for one in spec["paths"][f"{API}/modules"]["get"]["parameters"]}
    assert parameters >= {*FACETS, "q", "max_price_eur", "max_hours", "start_before", "near", "radius_km", "sort", "page", "per_page"}
    docs = client.get(f"{API}/docs")
    assert docs.status_code == 200
    assert all(path in docs.text for path, _ in routes)


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        return [str(value) for key, value in part.items() if key == "$ref"] + [one for value in part.values() for one in _references(value)]
    return [one for value in part for one in _references(value)] if isinstance(part, list) else []


def test_health_says_that_all_is_well(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()) == (200, {"status": "ok", "checks": {"database": True, "index": True, "jobs": True}})


def test_without_its_index_search_still_answers_and_says_so(own_seeded_app: Flask) -> None:
    client = own_seeded_app.test_client()
    whole = get(client, "/modules", q="warmtepomp", level="mbo-4")
    with own_seeded_app.app_context():
        shutil.rmtree(Path(services().settings.instance_dir) / "index")
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["status"]) == (200, "degraded")
    assert ready.get_json()["checks"] == {"database": True, "index": False, "jobs": True}
    page = get(client, "/modules", q="warmtepomp", level="mbo-4")
    assert page["is_degraded"] is True
    assert 0 < page["total"] <= whole["total"]
    assert {item["level"] for item in page["items"]} == {"mbo-4"}
    assert client.get("/healthz").status_code == 200
