"""A step of the intake that is skipped: nothing that was filled in goes away without a question."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.dossiers import Made, advisor, opened, press
from tests.intake import add_work, levels, question, rows, step, stored
from tests.pages import get, parsed, post
from web.advisor.intake.talk import Talk
from web.learner.answers import Answers


@pytest.fixture
def made(maker: FlaskClient) -> Made:
    return opened(maker, how="paper")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("situation", {"situation": "Werkt in een kas"}),
        ("work", {"q": "lasser"}),
        ("work", {"text": "Ik was lasser"}),
        ("skills", {"q": "lassen"}),
        ("goal", {"kind": "skills", "skill": "lassen"}),
        ("wishes", {"hours_per_week": "veel"}),
        ("language", {"languages": "en"}),
        ("barriers", {"note_text": "Belt morgen"}),
    ],
)
def test_whoever_skips_a_step_is_asked_what_to_do_with_what_was_written(
    app: Flask, made: Made, maker: FlaskClient, name: str, written: dict[str, str]
) -> None:
    page = parsed(post(maker, step(made, name), actie="sla-over", **written))
    assert "U vulde hier iets in" in page.text("main")
    [(field, text)] = [(field, text) for field, text in written.items() if field != "kind"]
    ticked_or_typed = [one.get("value") for one in page.all("input", name=field)] + [one.text for one in page.all("textarea", name=field)]
    assert text in [(one or "").strip() for one in ticked_or_typed]
    assert stored(app, made) == (Answers(), Talk())
    [way_on] = page.all("button", form="sla-over")
    assert way_on.text == "Sla over en bewaar niets"
    press(maker, f"{made.page}/intake/sla-over", stap=name)
    assert stored(app, made) == (Answers(), Talk(skipped=(name,)))
    assert "Belt morgen" not in get(maker, made.page).text("main")


def test_a_step_as_its_page_showed_it_is_skipped_at_once(app: Flask, made: Made, maker: FlaskClient) -> None:
    sent = {
        "situation": {"route": "migrant", "situation": "Werkt in een kas"},
        "goal": {"kind": "text", "text": "zonnepanelen leggen", "theme": "", "q": "", "skill": ""},
        "wishes": {"hours_per_week": "8", "budget_eur": "500", "start_after": "2027-02-01", "near": ""},
        "language": {"dutch": "A2", "digital": "help", "languages": "nl"},
    }
    for name, fields in sent.items():
        post(maker, step(made, name), **fields)
    before = stored(app, made)
    for name, fields in sent.items():
        assert post(maker, step(made, name), actie="sla-over", **fields).status_code == 303, name
    assert stored(app, made) == before


def test_levels_that_were_proposed_are_no_answer_and_one_that_was_changed_is(own_seeded_app: Flask) -> None:
    own_seeded_app.extensions["leerwijzer"].skills.prepare()
    adviser = advisor(own_seeded_app)
    made = opened(adviser, how="paper")
    path = step(made, "skills")
    add_work(adviser, made, "lasser")
    work = rows(get(adviser, step(made, "work")))
    assert post(adviser, step(made, "work"), actie="sla-over", last="0", **work).status_code == 303
    told = parsed(post(adviser, step(made, "work"), actie="sla-over", **work | {"jobs-0-years": "3 jaar"}))
    assert "U vulde hier iets in" in told.text("main")
    proposed = levels(get(adviser, path))
    assert post(adviser, path, actie="sla-over", **proposed).location == question(made, "energy")
    changed = proposed | {next(iter(proposed)): "4"}
    page = parsed(post(adviser, path, actie="sla-over", **changed))
    assert "U vulde hier iets in" in page.text("main")
    assert levels(page) == changed
    assert stored(own_seeded_app, made)[0].skills == {}
