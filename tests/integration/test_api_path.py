"""`POST /api/v1/path`: modules in order and with dates, that reach a goal at the least cost, hours or time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Stack
from catalogue.moments import moment_of
from catalogue.vocabulary import Format
from tests.guided import concept

PATH = "/api/v1/path"
TODAY = date(2026, 11, 23)
N_SKILLS = 7


@pytest.fixture
def person(client: FlaskClient) -> dict[str, Any]:
    """An installation fitter who wants a few skills of a heat pump installer: so few that the best path is found at once."""
    now = concept(client, "occupations", "installatiemonteur")["id"]
    goal = concept(client, "occupations", "warmtepompinstallateur")["id"]
    whole = client.post("/api/v1/match", json={"current_occupation": now, "goal": {"occupation": goal}}).get_json()["gap"]
    wanted = [{"skill": line["skill"]["id"], "level": line["goal"]} for line in whole[:N_SKILLS]]
    return {"current_occupation": now, "goal": {"skills": wanted}, "constraints": {"languages": ["nl"]}}


def path(client: FlaskClient, **body: Any) -> dict[str, Any]:
    response = client.post(PATH, json=body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


def gap_of(client: FlaskClient, person: dict[str, Any]) -> dict[str, dict[str, Any]]:
    lines = client.post("/api/v1/match", json=person).get_json()["gap"]
    return {line["skill"]["id"]: line for line in lines}


def test_a_path_keeps_to_the_part_of_the_week_that_is_free(client: FlaskClient, person: dict[str, Any]) -> None:
    free = {"evening", "own-time", ""}
    assert moments(path(client, **person)) - free, "this proves nothing"
    person["constraints"]["moments"] = ["evening"]
    assert moments(path(client, **person)) <= free


def moments(answer: dict[str, Any]) -> set[str]:
    return {moment_of(one["edition"]["day_parts"], Format(one["edition"]["format"])) for one in answer["modules"]}


def test_a_path_closes_what_it_says_and_adds_up(client: FlaskClient, person: dict[str, Any]) -> None:
    answer = path(client, **person)
    gap = gap_of(client, person)
    width = sum(line["importance"] * (line["goal"] - line["held"]) for line in gap.values())
    reached: dict[str, int] = {key: line["held"] for key, line in gap.items()}
    assert len(answer["modules"]) > 1
    closed = 0.0
    for step in (step for one in sorted(answer["modules"], key=lambda one: one["end"]) for step in one["closes"]):
        line = gap[step["skill"]["id"]]
        assert line["held"] <= step["from"] < step["to"] <= line["goal"]
        assert step["from"] >= reached[step["skill"]["id"]]
        reached[step["skill"]["id"]] = step["to"]
        closed += line["importance"] * (step["to"] - step["from"])
    assert answer["coverage"] == pytest.approx(closed / width)
    assert answer["price_eur"] == pytest.approx(sum(one["edition"]["price_eur"] for one in answer["modules"]))
    assert answer["hours"] == pytest.approx(sum(one["module"]["hours"] for one in answer["modules"]))
    assert answer["finish"] == max(one["end"] for one in answer["modules"])
    assert answer["proven_optimal"] is True
    starts = [one["start"] for one in answer["modules"]]
    assert starts == sorted(starts)
    assert starts[0] >= TODAY.isoformat()
    closes = {step["skill"]["id"] for one in answer["modules"] for step in one["closes"]}
    assert not closes & {skill["id"] for skill in answer["unreachable"]}
    assert len(closes) + len(answer["unreachable"]) == len(gap)


def test_what_a_module_asks_is_held_or_comes_before_it(client: FlaskClient, person: dict[str, Any]) -> None:
    answer = path(client, **person)
    wholes = [client.get(f"/api/v1/modules/{one['module']['id']}").get_json() for one in answer["modules"]]
    missing = {}
    for item in client.post("/api/v1/match", json=person | {"limit": 100}).get_json()["items"]:
        missing[item["module"]["id"]] = item["entry"]["missing"]
    opened = 0
    for one, whole in zip(answer["modules"], wholes, strict=True):
        for lack in missing.get(whole["id"], []):
            able = [
                other
                for other, its in zip(answer["modules"], wholes, strict=True)
                if other["end"] <= one["start"]
                and any(row["skill"]["id"] == lack["skill"]["id"] and row["level"] >= lack["asked"] for row in its["teaches"])
            ]
            assert able, (whole["title"], lack["skill"]["label"])
            assert any(lack["skill"]["id"] in {skill["id"] for skill in other["opens"]} for other in able)
            opened += 1
    assert opened


def test_each_aim_is_least_in_its_own_way(client: FlaskClient, person: dict[str, Any]) -> None:
    near = person | {"constraints": {"languages": ["nl"], "near": "4811"}}
    found = {aim: path(client, **near, objective=aim, coverage=0.6) for aim in ("cost", "hours", "duration", "travel")}
    assert all(answer["reached"] and answer["coverage"] >= 0.6 and answer["objective"] == aim for aim, answer in found.items())
    for aim, measure in (("cost", "price_eur"), ("hours", "hours"), ("duration", "finish"), ("travel", "travel_km")):
        if found[aim]["proven_optimal"]:
            assert found[aim][measure] == min(answer[measure] for answer in found.values())
    assert all(found[aim]["proven_optimal"] for aim in ("cost", "hours", "travel"))
    assert found["cost"] | {"took_ms": 0} == path(client, **near, objective="cost", coverage=0.6) | {"took_ms": 0}


def test_less_coverage_never_costs_more(client: FlaskClient, person: dict[str, Any]) -> None:
    prices = [path(client, **person, coverage=share)["price_eur"] for share in (0.0, 0.3, 0.6, 1.0)]
    assert prices == sorted(prices)
    assert prices[0] == 0 < prices[1]


def test_wishes_are_kept(client: FlaskClient, person: dict[str, Any]) -> None:
    wishes = {
        "languages": ["nl"],
        "budget_eur": 600,
        "hours_per_week": 10,
        "near": "4811",
        "max_km": 50,
        "start_after": "2027-01-04",
        "finish_by": "2027-12-31",
    }
    answer = path(client, **person | {"constraints": wishes})
    assert answer["modules"]
    assert answer["price_eur"] <= 600
    days = [TODAY + timedelta(days=number) for number in range(0, 420, 7)]
    for one in answer["modules"]:
        assert "2027-01-04" <= one["start"] < one["end"] <= "2027-12-31"
        assert one["module"]["distance_km"] is None or one["module"]["distance_km"] <= 50
    for day in map(date.isoformat, days):
        assert sum(one["hours_per_week"] for one in answer["modules"] if one["start"] <= day < one["end"]) <= 10 + 1e-6


def test_what_is_out_of_reach_says_what_binds_and_what_relaxing_it_buys(client: FlaskClient, person: dict[str, Any]) -> None:
    poor = path(client, **person | {"constraints": {"languages": ["nl"], "budget_eur": 200}})
    rich = path(client, **person | {"constraints": {"languages": ["nl"]}})
    assert poor["reached"] is False
    assert poor["coverage"] < rich["coverage"]
    [budget] = [line for line in poor["binding"] if line["constraint"] == "budget"]
    assert budget["coverage"] == pytest.approx(rich["coverage"])
    enough = path(client, **person | {"constraints": {"languages": ["nl"], "budget_eur": 200 + budget["amount"]}})
    assert enough["coverage"] == pytest.approx(rich["coverage"])
    short = path(client, **person | {"constraints": {"languages": ["nl"], "budget_eur": 199 + budget["amount"]}})
    assert short["coverage"] < rich["coverage"]


def test_who_has_reached_the_goal_needs_no_path(client: FlaskClient) -> None:
    skill = concept(client, "skills", "warmtepompen plaatsen")["id"]
    answer = path(client, have=[{"skill": skill, "level": 3}], goal={"skills": [{"skill": skill, "level": 3}]})
    assert (answer["modules"], answer["coverage"], answer["price_eur"], answer["finish"]) == ([], 1.0, 0, None)
    assert (answer["reached"], answer["proven_optimal"], answer["unreachable"]) == (True, True, [])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "goal"),
        ({"goal": {"text": "x"}, "objective": "fun"}, "objective"),
        ({"goal": {"text": "x"}, "coverage": 1.2}, "coverage"),
        ({"goal": {"text": "x"}, "coverage": "all"}, "coverage"),
        ({"goal": {"text": "x"}, "limit": 20}, "limit"),
        ({"goal": {"skills": [{"skill": "none", "level": 2}]}}, "goal"),
        ({"goal": {"text": "x"}, "constraints": {"near": "Atlantis"}}, "constraints"),
    ],
)
def test_a_bad_field_is_named(client: FlaskClient, body: dict[str, Any], field: str) -> None:
    response = client.post(PATH, json=body)
    assert (response.status_code, response.content_type) == (422, "application/problem+json")
    assert list(response.get_json()["errors"]) == [field]


def test_the_documentation_describes_it(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    assert "post" in described["paths"]["/api/v1/path"]
    body = described["components"]["schemas"]["PathBody"]["properties"]
    assert body["objective"]["enum"] == ["cost", "hours", "duration", "travel"]
    assert {"modules", "coverage", "price_eur", "hours", "finish", "proven_optimal", "unreachable", "took_ms"} <= set(
        described["components"]["schemas"]["PathAnswer"]["properties"]
    )


def test_a_whole_certificate_comes_first_where_one_prefers_that(client: FlaskClient) -> None:
    """Somebody who lacks just what the modules of one certificate teach."""
    database = client.application.extensions["leerwijzer"].database
    with database.reading() as session:
        stack = session.scalars(select(Stack).order_by(Stack.id)).first()
        assert stack is not None
        rows = [row for step in stack.steps for row in step.module.skills]
        held = [{"skill": row.skill.uid, "level": row.level} for row in rows if row.role == "required"]
        wanted = {row.skill.uid: row.level for row in rows if row.role == "taught"}
        title, modules = stack.title, {step.module.uid for step in stack.steps}
    body = {"have": held, "goal": {"skills": [{"skill": skill, "level": level} for skill, level in wanted.items()]}, "coverage": 0.3}
    free, asked = path(client, **body), path(client, **body, prefer_stacks=True)
    assert asked["reached"]
    assert asked["stacks"]
    assert asked["price_eur"] >= free["price_eur"]
    whole = path(client, **body | {"coverage": 1.0}, prefer_stacks=True)
    ids = {one["module"]["id"] for one in whole["modules"]}
    assert (title in {one["title"] for one in whole["stacks"]}) == (modules <= ids)


def test_what_one_has_already_is_named_as_a_reason_for_exemption(client: FlaskClient, person: dict[str, Any]) -> None:
    """Of each skill that a module teaches: what the learner says to hold, or an earlier module gives, above what is asked at entry."""
    without = {"goal": person["goal"], "constraints": person["constraints"]}
    goal = {one["skill"] for one in person["goal"]["skills"]}
    wholes = [client.get(f"/api/v1/modules/{one['module']['id']}").get_json() for one in path(client, **without)["modules"]]
    beside = [row for whole in wholes for row in whole["teaches"] if row["skill"]["id"] not in goal and row["level"] > 1]
    assert beside, "modules teach more than what is wanted"
    said = {row["skill"]["id"]: 1 for row in beside[:3]}
    answer = path(client, **without, have=[{"skill": skill, "level": level} for skill, level in said.items()])
    details = {one["module"]["id"]: client.get(f"/api/v1/modules/{one['module']['id']}").get_json() for one in answer["modules"]}
    found = 0
    for one in answer["modules"]:
        whole, named = details[one["module"]["id"]], {part["skill"]["id"]: part for part in one["exemptions"]}
        asked = {row["skill"]["id"]: row["level"] for row in whole["requires"]}
        earlier = [details[other["module"]["id"]] for other in answer["modules"] if other["end"] <= one["start"]]
        for row in whole["teaches"]:
            skill = row["skill"]["id"]
            given = max((its["level"] for other in earlier for its in other["teaches"] if its["skill"]["id"] == skill), default=0)
            known = min(max(said.get(skill, 0), given), row["level"])
            if known > asked.get(skill, 0):
                part = named[skill]
                assert (part["from"], part["to"], part["taught_level"]) == (asked.get(skill, 0), known, row["level"])
                assert (part["earlier_module"] is not None) == (given > said.get(skill, 0))
                found += 1
    assert found


def test_what_is_only_supposed_is_no_reason_for_exemption(client: FlaskClient, person: dict[str, Any]) -> None:
    """Nobody can show an assessor what an occupation makes likely."""
    match = client.post("/api/v1/match", json=person | {"limit": 1}).get_json()
    supposed = {line["skill"]["id"] for line in match["gap"] if line["held"] == 0}
    parts = [part for one in path(client, **person)["modules"] for part in one["exemptions"] if part["earlier_module"] is None]
    assert supposed
    assert not supposed & {part["skill"]["id"] for part in parts}


def test_a_path_that_keeps_to_the_goal_holds_nothing_beside_it(client: FlaskClient) -> None:
    now, goal = (concept(client, "occupations", name)["id"] for name in ("verpleegkundige", "data-analist"))
    body = {"current_occupation": now, "goal": {"occupation": goal}}
    whole, kept = path(client, **body), path(client, **body, keep_to_goal=True)
    assert any(one["is_beside"] for one in whole["modules"])
    assert kept["modules"]
    assert not any(one["is_beside"] for one in kept["modules"])
    assert kept["coverage"] <= whole["coverage"]
