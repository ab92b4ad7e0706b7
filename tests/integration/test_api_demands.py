"""`GET /api/v1/demands`: what is public of the demands that wait."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

FIELDS = {
    *("id", "title", "wish", "company", "region", "theme", "people", "needed_by", "budget_eur"),
    *("online_ok", "status", "is_example", "skills", "url"),
}


def test_it_lists_what_waits_with_public_fields_only(client: FlaskClient) -> None:
    answer = client.get("/api/v1/demands").get_json()
    assert answer["total"] == len(answer["items"]) == 6
    assert all(item.keys() == FIELDS and item["is_example"] and item["status"] == "open" for item in answer["items"])
    days = [item["needed_by"] for item in answer["items"]]
    assert days == sorted(days)
    first = answer["items"][0]
    assert (first["title"], first["people"], first["budget_eur"], first["online_ok"]) == ("Sloper in de bouw", 8, 600.0, False)
    assert {row["skill"]["label"]: (row["level_now"], row["level_wanted"]) for row in first["skills"]}["circulair slopen"] == (1, 3)
    assert client.get(first["url"]).status_code == 200


def test_it_pages_and_filters(client: FlaskClient) -> None:
    pages = [client.get(f"/api/v1/demands?per_page=4&page={page}").get_json() for page in (1, 2, 3)]
    assert [len(page["items"]) for page in pages] == [4, 2, 0]
    assert len({item["id"] for page in pages for item in page["items"]}) == 6
    of_region = client.get("/api/v1/demands?region=Groningen").get_json()
    assert [item["title"] for item in of_region["items"]] == ["Onderhoudsmonteur wind"]
    assert {item["theme"] for item in client.get("/api/v1/demands?theme=energie").get_json()["items"]} == {"energie"}
    assert client.get("/api/v1/demands?status=closed").get_json()["total"] == 0


@pytest.mark.parametrize("query", ["status=draft", "status=withdrawn", "page=0", "per_page=101", "region=" + "x" * 81, "kleur=rood"])
def test_nonsense_is_refused_with_the_field(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/demands?{query}")
    assert answer.status_code == 422
    assert query.split("=")[0] in answer.get_json()["errors"]
