"""`POST /api/v1/match`: modules that close a person's gap, with reasons that add up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.guided import concept

MATCH = "/api/v1/match"


def match(client: FlaskClient, **body: Any) -> dict[str, Any]:
    response = client.post(MATCH, json=body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


@pytest.fixture
def now(client: FlaskClient) -> str:
    return str(concept(client, "occupations", "installatiemonteur")["id"])


@pytest.fixture
def goal(client: FlaskClient) -> dict[str, str]:
    return {"occupation": str(concept(client, "occupations", "warmtepompinstallateur")["id"])}


@pytest.fixture
def answer(client: FlaskClient, now: str, goal: dict[str, str]) -> dict[str, Any]:
    """From installation fitter to heat pump installer."""
    return match(client, current_occupation=now, goal=goal)


def test_the_first_page_holds_only_modules_that_close_part_of_the_gap(answer: dict[str, Any]) -> None:
    gap = {line["skill"]["id"]: line for line in answer["gap"]}
    assert len(gap) > 5
    assert all(0 <= line["held"] < line["goal"] <= 4 and 0 < line["importance"] <= 1 for line in gap.values())
    assert len(answer["items"]) == 20 <= answer["total"]
    for item in answer["items"]:
        assert item["closes"], item["module"]["title"]
        for step in item["closes"]:
            line = gap[step["skill"]["id"]]
            assert line["held"] <= step["from"] < step["to"] <= line["goal"]
    titles = [item["module"]["title"].casefold() for item in answer["items"][:3]]
    assert any("warmtepomp" in title for title in titles)


def test_contributions_sum_to_the_score(answer: dict[str, Any]) -> None:
    for item in answer["items"]:
        assert abs(sum(reason["contribution"] for reason in item["reasons"]) - item["score"]) < 1e-6
        assert sum(reason["weight"] for reason in item["reasons"]) == pytest.approx(1)
        for reason in item["reasons"]:
            assert set(reason) >= {"code", "value", "weight", "contribution", "text"}
            assert reason["contribution"] == pytest.approx(reason["value"] * reason["weight"], abs=1e-9)
            assert 0 <= reason["value"] <= 1
            assert reason["text"]
        assert len({reason["code"] for reason in item["reasons"]}) == len(item["reasons"]) > 1
        assert item["module"]["score"] == item["score"]
    scores = [item["score"] for item in answer["items"]]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 10


def test_the_same_input_gives_the_same_answer(client: FlaskClient, answer: dict[str, Any], now: str, goal: dict[str, str]) -> None:
    again = match(client, current_occupation=now, goal=goal)
    assert again | {"took_ms": 0} == answer | {"took_ms": 0}
    assert again["took_ms"] > 0


def test_what_is_missing_at_entry_is_shown_with_who_teaches_it(client: FlaskClient, answer: dict[str, Any]) -> None:
    unready = [item for item in answer["items"] if item["entry"]["missing"]]
    assert unready
    assert any(item["entry"]["met"] for item in answer["items"])
    bridges = set()
    for item in answer["items"]:
        assert item["entry"]["met"] is not bool(item["entry"]["missing"])
        assert not {row["skill"]["id"] for row in item["entry"]["questions"]} & {row["skill"]["id"] for row in item["entry"]["missing"]}
        whole = client.get(f"/api/v1/modules/{item['module']['id']}").get_json()
        asked = {row["skill"]["id"]: row["level"] for row in whole["requires"]}
        for missing in item["entry"]["missing"]:
            assert missing["held"] < missing["asked"] == asked[missing["skill"]["id"]]
            bridges.add((missing["module"], missing["skill"]["id"]))
    taught_by = {(bridge, skill) for bridge, skill in bridges if bridge}
    assert taught_by
    for bridge, skill in taught_by:
        taught = client.get(f"/api/v1/modules/{bridge}").get_json()["teaches"]
        assert skill in {row["skill"]["id"] for row in taught}


def test_hours_are_less_what_is_known_already(client: FlaskClient, goal: dict[str, str]) -> None:
    module = client.get("/api/v1/modules/warmtepompen-plaatsen-en-inregelen").get_json()
    known = module["teaches"][0]["skill"]["id"]
    have = [{"skill": known, "level": 3}]
    items = {item["module"]["slug"]: item for item in match(client, have=have, goal=goal, limit=100)["items"]}
    item = items[module["slug"]]
    assert [skill["id"] for skill in item["already_known"]] == [known]
    assert 0 < item["net_hours"] < item["module"]["hours"] == module["hours"]
    assert known not in {step["skill"]["id"] for step in item["closes"]}
    without = {item["module"]["slug"]: item for item in match(client, goal=goal, limit=100)["items"]}
    assert without[module["slug"]]["net_hours"] == module["hours"]


def test_every_module_is_either_ranked_or_counted_as_left_out(client: FlaskClient, answer: dict[str, Any]) -> None:
    published = client.get("/api/v1/modules").get_json()["total"]
    assert answer["total"] + sum(answer["excluded"].values()) == published
    assert len(match_all(client, answer)) == answer["total"]


def match_all(client: FlaskClient, answer: dict[str, Any]) -> list[dict[str, Any]]:
    """All matches for the gap of `answer`, by its skills."""
    have = [{"skill": line["skill"]["id"], "level": line["held"]} for line in answer["gap"]]
    skills = [{"skill": line["skill"]["id"], "level": line["goal"]} for line in answer["gap"]]
    items: list[dict[str, Any]] = match(client, have=have, goal={"skills": skills}, limit=100)["items"]
    return items


def test_a_concept_is_named_by_id_or_by_uri(client: FlaskClient) -> None:
    skill = concept(client, "skills", "warmtepompen plaatsen")
    assert skill["uri"].startswith("http://data.europa.eu/esco/skill/")
    answers = [match(client, goal={"skills": [{"skill": skill[name], "level": 3}]}) | {"took_ms": 0} for name in ("id", "uri")]
    assert answers[0] == answers[1]
    assert [line["skill"] for line in answers[0]["gap"]] == [{name: skill[name] for name in ("id", "uri", "label")}]
    assert answers[0]["items"]


def test_a_goal_may_be_said_in_words(client: FlaskClient) -> None:
    answer = match(client, goal={"text": "Ik wil leren warmtepompen te plaatsen en in te regelen."})
    assert "warmtepompen plaatsen" in {line["skill"]["label"] for line in answer["gap"]}
    assert "warmtepomp" in answer["items"][0]["module"]["title"].casefold()


def test_too_little_known_is_said(client: FlaskClient, answer: dict[str, Any], goal: dict[str, str]) -> None:
    assert answer["too_little_known"] is False
    assert match(client, goal=goal)["too_little_known"] is True


def test_who_has_reached_the_goal_has_no_gap(client: FlaskClient) -> None:
    skill = concept(client, "skills", "warmtepompen plaatsen")["id"]
    answer = match(client, have=[{"skill": skill, "level": 3}], goal={"skills": [{"skill": skill, "level": 3}]})
    assert (answer["gap"], answer["items"], answer["total"]) == ([], [], 0)


def test_constraints_are_kept_and_what_they_remove_is_counted(client: FlaskClient, now: str, goal: dict[str, str]) -> None:
    free = match(client, current_occupation=now, goal=goal, limit=100)
    for constraints, holds in (
        ({"budget_eur": 300}, lambda item: item["module"]["price_eur"] <= 300),
        ({"formats": ["online", "blended"]}, lambda item: item["module"]["format"] in ("online", "blended")),
        ({"levels": ["mbo-3"]}, lambda item: item["module"]["level"] == "mbo-3"),
        ({"languages": ["en"]}, lambda item: item["module"]["language"] == "en"),
        ({"near": "4811", "max_km": 20}, lambda item: not item["module"]["place"] or item["module"]["distance_km"] <= 20),
        ({"start_after": "2027-03-01"}, lambda item: not item["start"] or date.fromisoformat(item["start"]) >= date(2027, 3, 1)),
        ({"finish_by": "2027-06-30"}, lambda item: not item["end"] or date.fromisoformat(item["end"]) <= date(2027, 6, 30)),
    ):
        limited = match(client, current_occupation=now, goal=goal, limit=100, constraints=constraints)
        assert 0 < limited["total"] <= free["total"], constraints
        assert all(map(holds, limited["items"])), constraints
        assert limited["total"] + sum(limited["excluded"].values()) == free["total"] + sum(free["excluded"].values())


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "goal"),
        ({"goal": {}}, "goal"),
        ({"goal": {"text": "x", "skills": []}}, "goal"),
        ({"goal": {"text": ""}}, "goal"),
        ({"goal": {"occupation": "http://data.europa.eu/esco/occupation/none"}}, "goal"),
        ({"goal": {"skills": [{"skill": "none", "level": 2}]}}, "goal"),
        ({"goal": {"skills": [{"skill": "none", "level": 5}]}}, "goal"),
        ({"goal": {"text": "x"}, "current_occupation": "none"}, "current_occupation"),
        ({"goal": {"text": "x"}, "have": [{"skill": "none"}]}, "have"),
        ({"goal": {"text": "x"}, "have": "everything"}, "have"),
        ({"goal": {"text": "x"}, "limit": 101}, "limit"),
        ({"goal": {"text": "x"}, "colour": "red"}, "colour"),
        ({"goal": {"text": "x"}, "constraints": {"colour": "red"}}, "constraints"),
        ({"goal": {"text": "x"}, "constraints": {"near": "Atlantis"}}, "constraints"),
        ({"goal": {"text": "x"}, "constraints": {"budget_eur": -1}}, "constraints"),
        ({"goal": {"text": "x"}, "constraints": {"formats": ["telepathy"]}}, "constraints"),
        ({"goal": {"text": "x"}, "constraints": {"start_after": "soon"}}, "constraints"),
    ],
)
def test_a_bad_field_is_named(client: FlaskClient, body: dict[str, Any], field: str) -> None:
    response = client.post(MATCH, json=body)
    assert (response.status_code, response.content_type) == (422, "application/problem+json")
    assert list(response.get_json()["errors"]) == [field]


def test_what_is_important_moves_the_order_and_the_parts_still_sum(client: FlaskClient, now: str, goal: dict[str, str]) -> None:
    wish = {"budget_eur": 3000}
    usual, cheap = (
        match(client, current_occupation=now, goal=goal, constraints=wish, emphasis=emphasis) for emphasis in ({}, {"price_fit": 3})
    )
    assert [item["module"]["id"] for item in usual["items"]] != [item["module"]["id"] for item in cheap["items"]]
    for answer, least in ((usual, 0.0), (cheap, 0.1)):
        for item in answer["items"]:
            assert sum(reason["contribution"] for reason in item["reasons"]) == pytest.approx(item["score"], abs=1e-6)
            assert sum(reason["weight"] for reason in item["reasons"]) == pytest.approx(1)
        first = {reason["code"]: reason["weight"] for reason in answer["items"][0]["reasons"]}
        assert first["price_fit"] > least


@pytest.mark.parametrize("emphasis", [{"price_fit": 3.1}, {"price_fit": -1}, {"gap_coverage": 0.5}, {"prijs": 1}])
def test_what_may_not_be_weighed_so_is_refused_by_name(client: FlaskClient, goal: dict[str, str], emphasis: dict[str, float]) -> None:
    response = client.post(MATCH, json={"goal": goal, "emphasis": emphasis})
    assert response.status_code == 422
    assert next(iter(emphasis)) in str(response.get_json()["errors"])


def test_a_theme_can_be_the_goal(client: FlaskClient) -> None:
    answer = match(client, goal={"theme": "energie"})
    assert 5 < len(answer["gap"]) <= 15
    assert max(line["importance"] for line in answer["gap"]) == 1
    assert all(item["closes"] for item in answer["items"])
    about = [item["module"]["theme"] for item in answer["items"]]
    assert about.count("energie") > len(about) / 2
    refused = client.post(MATCH, json={"goal": {"theme": "nergens"}})
    assert refused.status_code == 422
    assert "nergens" in refused.text


def test_what_a_small_change_brings_is_what_one_then_gets(client: FlaskClient, now: str, goal: dict[str, str]) -> None:
    wish: dict[str, Any] = {"budget_eur": 350, "near": "5211", "max_km": 20, "languages": ["nl"]}
    asked = {"current_occupation": now, "goal": goal}
    assert "what_if" not in match(client, **asked, constraints=wish)
    answer = match(client, **asked, constraints=wish, what_if=True)
    assert answer["what_if"]
    shown = {item["module"]["id"] for item in answer["items"]}
    for one in answer["what_if"]:
        assert one["module"]["id"] not in shown
        wider = dict(wish)
        if one["constraint"] == "budget":
            wider["budget_eur"] = one["price_eur"]
            assert "meer" in one["text"]
        elif one["constraint"] == "distance":
            wider["max_km"] = one["distance_km"] + 0.01
        assert one["constraint"] != "language", "nobody named another one"
        found = match(client, **asked, constraints=wider, limit=40)
        assert one["module"]["id"] in {item["module"]["id"] for item in found["items"]}
    assert {one["constraint"] for one in answer["what_if"]} >= {"budget"}
