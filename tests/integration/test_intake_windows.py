"""Two windows on one step of the intake: who saves last sees what the other changed, and nothing is lost, on both databases."""

from __future__ import annotations

from dataclasses import fields

from flask import Flask
from flask.testing import FlaskClient

from tests.dossiers import Made, opened
from tests.intake import add_work, levels, question, rows, step
from tests.integration.test_intake import adviser, kept, made, stored
from tests.pages import get, parsed, post
from web.advisor.intake.meanwhile import OF_ANSWERS, OF_TALK
from web.advisor.intake.steps import Step
from web.advisor.intake.talk import Talk
from web.learner.answers import Answers

__all__ = ["adviser", "made"]


def test_who_saves_what_another_window_changed_sees_both(app: Flask, made: Made, maker: FlaskClient) -> None:
    path = step(made, "energy")
    first, second = get(maker, path).value("seen"), get(maker, path).value("seen")
    assert first == second != ""
    post(maker, path, seen=first, energy="Buiten", drains="")
    page = parsed(post(maker, path, seen=second, energy="Met mensen", drains="Lawaai", note_text="Belt morgen"))
    assert page.title.startswith("Fout:")
    assert "Geeft energie: Buiten" in page.text("div", role="alert")
    assert [page.text("textarea", id=name) for name in ("energy", "drains", "note_text")] == ["Met mensen", "Lawaai", "Belt morgen"]
    assert stored(app, made)[1].energy == "Buiten"
    assert kept(app, made).notes == []
    again = post(maker, path, seen=page.value("seen"), energy="Met mensen", drains="Lawaai", note_text="Belt morgen")
    assert again.location == question(made, "goal")
    assert (stored(app, made)[1].energy, kept(app, made).notes) == ("Met mensen", ["Belt morgen"])


def test_only_other_answers_of_the_same_step_stand_in_the_way(app: Flask, made: Made, maker: FlaskClient) -> None:
    seen = {name: get(maker, step(made, name)).value("seen") for name in ("situation", "energy", "wishes", "language")}
    post(maker, step(made, "barriers"), barriers="money")
    for name, told in (("energy", {"energy": "Buiten"}), ("wishes", {"hours_per_week": "8"}), ("language", {"languages": "nl"})):
        assert post(maker, step(made, name), seen=seen[name], **told).status_code == 303, name
        assert post(maker, step(made, name), seen=seen[name], **told).status_code == 303, "pressed twice"
    post(maker, f"{made.page}/doel", goal="", situation="Werkt in een kas")
    page = parsed(post(maker, step(made, "situation"), seen=seen["situation"], situation="Zoekt werk"))
    assert "Werkt in een kas" in page.text("div", role="alert")
    assert kept(app, made).situation == "Werkt in een kas"


def test_work_and_levels_that_another_window_changed_are_not_lost(own_seeded_app: Flask, adviser: FlaskClient) -> None:
    made = opened(adviser, how="paper")
    add_work(adviser, made, "installatiemonteur")
    page = get(adviser, step(made, "work"))
    skills = get(adviser, step(made, "skills"))
    add_work(adviser, made, "lasser")
    told = rows(page) | {"jobs-0-years": "3 jaar", "seen": page.value("seen")}
    overtaken = parsed(post(adviser, step(made, "work"), actie="verder", **told))
    assert "lasser" in overtaken.text("div", role="alert")
    assert "lasser" not in overtaken.text("form")
    assert "installatiemonteur" in overtaken.text("form")
    assert overtaken.value("jobs-0-years") == "3 jaar"
    assert len(stored(own_seeded_app, made)[1].work) == 2
    both = levels(get(adviser, step(made, "skills")))
    post(adviser, step(made, "skills"), actie="verder", **both)
    changed = dict.fromkeys(levels(skills), "4")
    overtaken = parsed(post(adviser, step(made, "skills"), actie="verder", seen=skills.value("seen"), **changed))
    assert changed.items() <= levels(overtaken).items()
    post(adviser, step(made, "skills"), actie="verder", seen=overtaken.value("seen"), **levels(overtaken))
    answers, _talk = stored(own_seeded_app, made)
    assert {answers.skills[name.removeprefix("niveau-")] for name in changed} == {4}
    assert {f"niveau-{uid}" for uid in answers.skills} == both.keys()


def test_every_answer_belongs_to_a_step_that_compares_it() -> None:
    compared = [name for step in Step for name in (*OF_ANSWERS.get(step, ()), *OF_TALK.get(step, ()))]
    assert len(compared) == len(set(compared))
    passing = {"searched", "recognised", "recognised_work"}
    elsewhere = {"levels", "emphasis", "sources", "done", "skipped"}
    assert set(compared) == {one.name for kind in (Answers, Talk) for one in fields(kind)} - passing - elsewhere
