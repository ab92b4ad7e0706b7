"""Exploring without a goal: the page, the API, and what they say checked against the rows."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module, Occupation, OccupationSkill, Skill, SkillCollection, SkillRelation
from catalogue.vocabulary import Importance
from tests.guided import concept
from tests.pages import get, parsed, post


def test_a_module_is_named_for_the_occupations_that_it_really_brings(seeded_app: Flask, client: FlaskClient) -> None:
    """Recomputed from the rows, for somebody who says so much that nothing is supposed and nothing asked."""
    with seeded_app.extensions["leerwijzer"].database.reading() as session:
        goal = session.scalars(select(Occupation).where(Occupation.label_nl == "zonnepanelenmonteur")).one()
        needs: dict[str, dict[str, int]] = {}
        for occupation, need in session.execute(
            select(Occupation, OccupationSkill)
            .join(OccupationSkill, OccupationSkill.occupation_id == Occupation.id)
            .where(OccupationSkill.importance == Importance.ESSENTIAL)
        ):
            needs.setdefault(occupation.uid, {})[need.skill.uid] = need.level
        everyday = select(SkillCollection.skill_id).where(SkillCollection.name.in_(["basic", "language"]))
        broader = select(SkillRelation.other_id).where(SkillRelation.kind == SkillRelation.BROADER)
        supposed = set(session.scalars(select(Skill.uid).where(Skill.id.in_(everyday) | Skill.id.in_(broader))))
        course = session.scalars(select(Module).where(Module.title.startswith("Zonnepanelen monteren"))).one()
        taught = {row.skill.uid: row.level for row in course.taught}
        asked = {row.skill.uid: row.level for row in course.required}
    held = {skill: level for skill, level in needs[goal.uid].items() if skill not in taught} | asked
    have = [{"skill": skill, "level": held.get(skill, 0)} for skill in sorted(supposed | held.keys())]
    answer = client.post("/api/v1/explore", json={"have": have, "limit": 100}).get_json()

    def reached(occupation: str, extra: dict[str, int]) -> float:
        own = needs[occupation]
        return sum(max(held.get(skill, 0), extra.get(skill, 0)) >= level for skill, level in own.items()) / len(own)

    assert {near["occupation"]["id"] for near in answer["within"]} == {key for key in needs if reached(key, {}) >= 0.8}
    opening = next(item for item in answer["items"] if item["module"]["id"] == course.uid)
    expected = {key: reached(key, taught) for key in needs if reached(key, {}) < 0.8 <= reached(key, taught)}
    assert {near["occupation"]["id"]: near["share"] for near in opening["brings"]} == expected
    assert goal.uid in expected
    assert opening["text"].startswith("Brengt ")
    assert answer["total"] == len(answer["items"])
    counts = [len(item["brings"]) for item in answer["items"]]
    assert counts == sorted(counts, reverse=True)


def test_who_does_not_know_yet_gets_from_the_goal_to_an_occupation(client: FlaskClient) -> None:
    occupation = concept(client, "occupations", "installatiemonteur")["id"]
    assert "Vertel dat eerst" in get(client, "/profiel/doel/ontdekken").text("main")
    post(client, "/profiel/beroep", q="", choice=occupation)
    assert post(client, "/profiel/doel", kind="explore").location == "/profiel/doel/ontdekken"
    page = get(client, "/profiel/doel/ontdekken")
    chosen = [button.get("value") or "" for button in page.all("button") if button.get("name") == "choice"]
    assert chosen
    assert occupation not in chosen
    token = page.value("csrf_token")
    answer = client.post("/profiel/doel/beroep", data={"csrf_token": token, "q": "", "actie": "kies", "choice": chosen[0]})
    assert (answer.status_code, answer.location) == (303, "/profiel/wensen")
    assert get(client, "/matches").with_class("lw-match")


def test_who_says_where_they_live_sees_how_far_each_module_is(client: FlaskClient) -> None:
    post(client, "/profiel/beroep", q="", choice=concept(client, "occupations", "loodgieter")["id"])
    page = get(client, "/profiel/doel/ontdekken")
    assert "km van u" not in page.text("main")
    token = page.value("csrf_token")
    wrong = client.post("/profiel/doel/ontdekken", data={"csrf_token": token, "near": "Nergenshuizen"})
    assert parsed(wrong).title.startswith("Fout:")
    right = client.post("/profiel/doel/ontdekken?naar=controle", data={"csrf_token": token, "near": "4811"})
    assert (right.status_code, right.location) == (303, "/profiel/doel/ontdekken?naar=controle")
    page = get(client, "/profiel/doel/ontdekken")
    assert "km van u" in page.text("main")
    assert page.value("near") == "4811"
    assert get(client, "/profiel/wensen").value("near") == "4811", "it is a wish like any other"


def test_what_a_module_brings_near_is_not_named_again_as_far_away(client: FlaskClient) -> None:
    post(client, "/profiel/beroep", q="", choice=concept(client, "occupations", "loodgieter")["id"])
    page = get(client, "/profiel/doel/ontdekken")
    [brought], [later] = ([one for one in page.all("section") if one.get("aria-labelledby") == name] for name in ("modules", "straks"))
    near, far = ({button.get("value") for button in part.iter("button")} for part in (brought, later))
    assert near
    assert far
    assert near.isdisjoint(far)
    shares = [" ".join(row.itertext()) for part in (brought, later) for row in part.iter("li") if row.get("class") == "lw-levels__row"]
    assert {bool(re.search(r"met deze module \d+ procent", text)) for text in shares[: len(near)]} == {True}
    assert all(re.search(r"nu \d+ procent", text) for text in shares[-len(far) :])


def test_exploring_takes_no_goal(client: FlaskClient) -> None:
    assert client.post("/api/v1/explore", json={"goal": {"text": "lassen"}}).status_code == 422
    empty = client.post("/api/v1/explore", json={}).get_json()
    assert (empty["within"], empty["total_within"]) == ([], 0)
