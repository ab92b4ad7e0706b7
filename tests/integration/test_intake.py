"""The guided intake: each step kept, skipped, reached and corrected, on SQLite and PostgreSQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts import parts_of
from tests.dossiers import Made, advisor, entries, opened, press
from tests.intake import INTAKE_ROUTES, OTHER_PAGES, STEP_PAGES, add_work, intake_pages, levels, options, question, rows, step, stored, tell
from tests.pages import Page, get, parsed, post
from web.advisor.frame import ADVISOR_PARTS
from web.advisor.intake.answer_codes import BARRIERS, OFTEN, ROUTES, STEPS
from web.advisor.intake.merge import GROUPS
from web.advisor.intake.presenters import GROUP_NAMES, STEP_TITLES
from web.advisor.intake.prompts import USUAL
from web.advisor.intake.steps import Step
from web.advisor.intake.talk import Talk, Work
from web.advisor.model import Dossier
from web.learner.answers import Answers

LINE = [STEP_PAGES[name] for name in Step]


@pytest.fixture
def made(maker: FlaskClient) -> Made:
    return opened(maker, how="paper")


@pytest.fixture
def adviser(own_seeded_app: Flask) -> FlaskClient:
    """An advisor where there are occupations and skills."""
    own_seeded_app.extensions["leerwijzer"].skills.prepare()
    return advisor(own_seeded_app)


@dataclass(frozen=True)
class Kept:
    """What a dossier holds beside the intake."""

    situation: str
    notes: list[str]
    tasks: list[tuple[str, date]]


def kept(app: Flask, made: Made) -> Kept:
    """What the dossier holds beside the intake."""
    with parts_of(app).database.reading() as session:
        found = session.scalars(select(Dossier).where(Dossier.uid == made.uid)).one()
        return Kept(found.situation, [note.text for note in found.notes], [(task.text, task.due) for task in found.tasks])


def line_of(page: Page) -> list[str]:
    """The steps in their order, by the last part of their addresses."""
    [nav] = page.with_class("lw-talk")
    return [(link.get("href") or "").rpartition("/")[2].removesuffix("#vraag") for link in nav.iter("a")]


def test_every_code_has_words() -> None:
    assert set(STEPS) == set(Step) == set(STEP_TITLES) == set(USUAL) == set(STEP_PAGES)
    assert set(GROUPS) == set(GROUP_NAMES)
    assert {code for several in OFTEN.values() for code in several} <= BARRIERS.keys()
    assert OFTEN.keys() < ROUTES.keys()
    assert ADVISOR_PARTS["advisor.intake"][1] == {f"advisor.intake_{name}" for name in (*STEP_PAGES, *OTHER_PAGES)}
    assert len(INTAKE_ROUTES) == len(set(INTAKE_ROUTES))


def test_every_page_shows_before_and_after(made: Made, maker: FlaskClient) -> None:
    told = "zonnepanelen leggen"
    assert not {name for name, path in intake_pages(made).items() if told in get(maker, path).response.text}
    tell_what_needs_no_catalogue(maker, made)
    shown = {name for name, path in intake_pages(made).items() if told in get(maker, path).response.text}
    assert {"advisor.intake", "advisor.intake_goal"} <= shown


def tell_what_needs_no_catalogue(client: FlaskClient, made: Made) -> None:
    post(client, step(made, "situation"), route="migrant", situation="Werkt in een kas")
    post(client, step(made, "energy"), energy="Buiten werken", drains="Lang stilzitten")
    post(client, step(made, "goal"), kind="text", text="zonnepanelen leggen")
    post(client, step(made, "wishes"), hours_per_week="8", budget_eur="500", start_after="2027-02-01")
    post(client, step(made, "language"), dutch="A2", digital="help", languages="nl")
    post(client, step(made, "barriers"), barriers="diploma", barriers_text="Geen oppas op dinsdag")


def test_each_step_is_kept_and_leads_to_the_next(app: Flask, made: Made, maker: FlaskClient) -> None:
    address = f"{made.page}/intake"
    assert post(maker, step(made, "situation"), route="career", situation="Zoekt iets nieuws").location == question(made, "work")
    assert post(maker, step(made, "energy"), energy="Buiten", drains="Lawaai").location == question(made, "goal")
    assert post(maker, step(made, "goal"), kind="text", text="iets met hout").location == question(made, "wishes")
    assert post(maker, step(made, "wishes"), hours_per_week="6", budget_eur="€ 1.500,50").location == question(made, "language")
    assert post(maker, step(made, "language"), dutch="B1", digital="well", languages="nl").location == question(made, "barriers")
    assert post(maker, step(made, "barriers"), barriers="money", barriers_text="En de hond").location == address
    assert post(maker, step(made, "work"), actie="verder").location == question(made, "skills")
    assert post(maker, step(made, "skills"), actie="verder").location == address
    answers, talk = stored(app, made)
    assert (answers.goal_kind, answers.goal_text) == ("text", "iets met hout")
    assert (answers.hours_per_week, answers.budget_eur, answers.languages) == (6, 1500.5, ("nl",))
    assert (talk.route, talk.energy, talk.drains, talk.dutch, talk.digital) == ("career", "Buiten", "Lawaai", "B1", "well")
    assert (talk.barriers, talk.barriers_text) == (("money",), "En de hond")
    assert set(talk.done) == set(Step)
    assert kept(app, made).situation == "Zoekt iets nieuws"
    page = get(maker, address).text("main")
    for text in ("8 van de 8 stappen", "Wil ander werk", "iets met hout", "hoogstens € 1.500,50", "B1: redt zich", "En de hond"):
        assert text in page, text
    assert get(maker, address).all("a", href=f"{made.page}/matches")
    assert ("answered", "intake") in entries(app, made)


def test_a_step_can_be_skipped_and_done_later(app: Flask, made: Made, maker: FlaskClient) -> None:
    skip = f"{made.page}/intake/sla-over"
    assert press(maker, skip, stap="situation").location == question(made, "work")
    assert press(maker, skip, stap="barriers").location == f"{made.page}/intake"
    assert stored(app, made)[1].skipped == ("situation", "barriers")
    assert "Situatie overgeslagen" in get(maker, f"{made.page}/intake").text("dl")
    assert press(maker, skip, stap="bestaat-niet").location == f"{made.page}/intake"
    post(maker, step(made, "barriers"), barriers="money")
    assert press(maker, skip, stap="barriers").location == f"{made.page}/intake"
    talk = stored(app, made)[1]
    assert (talk.done, talk.skipped) == (("barriers",), ("situation",))
    assert ("skipped-step", "intake") in entries(app, made)


@pytest.mark.parametrize(
    ("route", "first"), [("", LINE), ("migrant", ["situatie", "taal", "werk"]), ("small-firm", ["situatie", "werk", "doel", "wensen"])]
)
def test_the_route_changes_the_order_and_what_to_say(made: Made, maker: FlaskClient, route: str, first: list[str]) -> None:
    post(maker, step(made, "situation"), situation="x", **({"route": route} if route else {}))
    line = line_of(get(maker, step(made, "goal")))
    assert line[: len(first)] == first
    assert sorted(line) == sorted(LINE)
    said = get(maker, step(made, "wishes")).text("aside")
    assert ("mag u leren in werktijd" in said) is (route == "small-firm")
    assert get(maker, step(made, "language")).text("aside").startswith("Vraag het zo")
    ticked = [one.get("value") for one in get(maker, step(made, "language")).all("input", name="languages") if "checked" in one.keys()]  # noqa: SIM118
    assert ticked == (["nl", "en"] if route == "migrant" else [])
    barriers = [one.get("value") for one in get(maker, step(made, "barriers")).all("input", name="barriers")]
    assert barriers[0] == {"migrant": "diploma", "small-firm": "employer"}.get(route, "money")


def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(app: Flask, made: Made, maker: FlaskClient) -> None:
    path = step(made, "wishes")
    page = parsed(post(maker, path, hours_per_week="veel", near="Nergenshuizen", budget_eur="500", note_text="Belt morgen"))
    assert page.title.startswith("Fout:")
    assert "Schrijf een getal" in page.text("span", id="hours_per_week-fout")
    assert "kennen wij niet" in page.text("span", id="near-fout")
    assert page.value("hours_per_week") == "veel"
    assert page.value("budget_eur") == "500"
    assert page.text("textarea", id="note_text") == "Belt morgen"
    assert stored(app, made) == (Answers(), Talk())
    long = parsed(post(maker, step(made, "energy"), energy="x" * 4_001, drains="Lawaai"))
    assert "te lang" in long.text("span", id="energy-fout")
    assert long.text("textarea", id="drains") == "Lawaai"
    page = parsed(post(maker, step(made, "goal"), kind="skills", skill="x" * 121, text="iets"))
    assert "te lang" in page.text("span", id="skill-fout")
    assert page.text("textarea", id="text") == "iets"


def test_a_note_goes_along_with_any_step(app: Flask, made: Made, maker: FlaskClient) -> None:
    post(maker, step(made, "energy"), note_text="Wil eerst meelopen\r\nmet een collega")
    assert kept(app, made).notes == ["Wil eerst meelopen\nmet een collega"]
    assert entries(app, made)[-1] == ("noted", "note")


def test_no_wish_of_another_step_is_lost(app: Flask, made: Made, maker: FlaskClient) -> None:
    post(maker, step(made, "language"), languages="en")
    post(maker, step(made, "wishes"), hours_per_week="6", formats="online")
    post(maker, step(made, "language"), languages="en", digital="none")
    answers, _talk = stored(app, made)
    assert (answers.languages, answers.hours_per_week, answers.formats) == (("en",), 6, ("online",))
    assert "vindt een computer lastig" in get(maker, f"{made.page}/intake").text("main")


def test_first_steps_become_tasks(app: Flask, made: Made, maker: FlaskClient) -> None:
    path = f"{made.page}/intake/eerste-stappen"
    assert "geen nieuwe stap" in get(maker, path).text("main")
    tell_what_needs_no_catalogue(maker, made)
    post(maker, step(made, "barriers"), barriers="travel")
    page = get(maker, path)
    ticks = {one.get("value"): "checked" in one.keys() for one in page.all("input", name="steps")}  # noqa: SIM118
    assert ticks == {"migrant-0": True, "migrant-1": True, "travel": False}
    wrong = parsed(post(maker, path, steps="travel", due="2020-01-01"))
    assert "Kies een dag vanaf vandaag" in wrong.text("main")
    assert post(maker, path, steps="travel", due="2026-12-01").location == f"{made.page}#taken"
    with app.test_request_context(headers={"Cookie": "taal=nl"}):
        assert kept(app, made).tasks == [(str(BARRIERS["travel"].first_step), date(2026, 12, 1))]
    assert "travel" not in {one.get("value") for one in get(maker, path).all("input", name="steps")}


def test_a_closed_dossier_can_be_read_and_no_longer_written(app: Flask, made: Made, maker: FlaskClient) -> None:
    tell_what_needs_no_catalogue(maker, made)
    press(maker, f"{made.page}/stand", naar="closed")
    page = get(maker, f"{made.page}/intake")
    assert "zonnepanelen leggen" in page.text("dl")
    assert not [link for link in page.all("a") if (link.get("href") or "").startswith(f"{made.page}/intake/")]
    before = stored(app, made)
    assert press(maker, step(made, "energy"), energy="anders").location == made.page
    assert press(maker, f"{made.page}/intake/sla-over", stap="skills").location == made.page
    assert stored(app, made) == before


def test_work_is_found_by_typing_and_the_last_one_counts(own_seeded_app: Flask, adviser: FlaskClient) -> None:
    made = opened(adviser, how="paper")
    path = step(made, "work")
    add_work(adviser, made, "installatiemonteur")
    add_work(adviser, made, "lasser")
    page = get(adviser, path)
    assert [legend for legend in ("installatiemonteur", "lasser") if legend in page.text("form")] == ["installatiemonteur", "lasser"]
    answers, talk = stored(own_seeded_app, made)
    assert answers.occupation == talk.work[0].occupation
    post(adviser, path, actie="verder", **rows(page) | {"last": "1", "jobs-0-years": "3 jaar", "jobs-1-years": "tot 2019"})
    answers, talk = stored(own_seeded_app, made)
    assert [one.years for one in talk.work] == ["tot 2019", "3 jaar"]
    assert answers.occupation == talk.work[0].occupation
    post(adviser, path, actie="verder", **rows(get(adviser, path)) | {"jobs-0-is_gone": "y"})
    assert [one.years for one in stored(own_seeded_app, made)[1].work] == ["3 jaar"]
    post(adviser, path, q="klusjesman bij tante", actie="zoek", **rows(get(adviser, path)))
    post(adviser, path, q="klusjesman bij tante", choice="geen", actie="verder", **rows(get(adviser, path)))
    assert stored(own_seeded_app, made)[1].work[-1] == Work(name="klusjesman bij tante")
    assert "klusjesman bij tante" in get(adviser, f"{made.page}/intake").text("dl")


def test_a_suggestion_that_is_picked_is_added_at_once(own_seeded_app: Flask, adviser: FlaskClient) -> None:
    made = opened(adviser, how="paper")
    post(adviser, step(made, "work"), q="lasser", actie="zoek")
    [uid] = [value for name, value in options(get(adviser, step(made, "work"))).items() if name == "lasser"]
    other = opened(adviser, how="paper")
    assert post(adviser, step(other, "work"), q="lasser", choice=uid, actie="kies").location == f"{step(other, 'work')}#q"
    assert stored(own_seeded_app, other)[1].work == (Work(uid),)
    assert post(adviser, step(other, "goal"), q="lasser", choice=uid, actie="kies").status_code == 303
    answers, _talk = stored(own_seeded_app, other)
    assert (answers.goal_kind, answers.goal_occupation) == ("occupation", uid)
    assert post(adviser, step(other, "work"), q="lasser", choice="onzin", actie="zoek").location == f"{step(other, 'work')}#gevonden"
    left_open = parsed(post(adviser, step(other, "work"), q="lasser", actie="verder"))
    assert "Kies een beroep uit de lijst" in left_open.text("main")


def test_skills_of_all_work_and_of_a_text_are_confirmed_at_once(own_seeded_app: Flask, adviser: FlaskClient) -> None:
    made = opened(adviser, how="paper")
    add_work(adviser, made, "installatiemonteur")
    one = levels(get(adviser, step(made, "skills")))
    add_work(adviser, made, "lasser")
    both = levels(get(adviser, step(made, "skills")))
    assert one.items() < both.items()
    before = rows(get(adviser, step(made, "work")))
    told = post(adviser, step(made, "work"), text="Ik was vrachtwagenchauffeur en kan zonnepanelen leggen.", **before)
    assert told.location == f"{step(made, 'work')}#gehoord"
    page = get(adviser, step(made, "work"))
    assert "vrachtwagenchauffeur" in page.text("div", id="gehoord")
    assert "leggen" not in page.text("main")  # the text itself is not kept
    with_text = levels(get(adviser, step(made, "skills")))
    assert both.items() < with_text.items()
    assert post(adviser, step(made, "skills"), actie="verder", **with_text).location == question(made, "energy")
    answers, _talk = stored(own_seeded_app, made)
    wanted = {name.removeprefix("niveau-"): int(level) for name, level in with_text.items() if level != "0"}
    assert answers.known == wanted
    assert answers.recognised == {}


def test_a_skill_is_added_by_name_and_nothing_chosen_is_lost(own_seeded_app: Flask, adviser: FlaskClient) -> None:
    made = opened(adviser, how="paper")
    path = step(made, "skills")
    add_work(adviser, made, "lasser")
    before = levels(get(adviser, path))
    changed = next(iter(before))
    wrong = parsed(post(adviser, path, q="x" * 121, actie="verder", **before | {changed: "1"}))
    assert "te lang" in wrong.text("span", id="q-fout")
    assert levels(wrong)[changed] == "1"
    assert post(adviser, path, q="zonnepanelen monteren", actie="verder", **before | {changed: "4"}).location == f"{path}#gevonden"
    page = get(adviser, path)
    now = levels(page)
    assert now[changed] == "4"
    assert "Gevonden bij: zonnepanelen monteren" in page.text("main")
    [found] = page.all("section", id="gevonden")
    first = next(found.iter("select"))
    assert now[first.get("name") or ""] == "3"  # its very name was typed


def test_each_sort_of_goal_on_one_page(own_seeded_app: Flask, adviser: FlaskClient) -> None:
    made = opened(adviser, how="paper")
    path = step(made, "goal")
    assert post(adviser, path, kind="occupation", q="elektromonteur", actie="zoek").location == f"{path}#gevonden"
    uid = options(get(adviser, path))["elektromonteur"]
    assert post(adviser, path, kind="occupation", q="elektromonteur", choice=uid, actie="zoek").location == question(made, "wishes")
    assert "Nu gekozen: elektromonteur" in get(adviser, path).text("main")
    assert post(adviser, path, kind="skills", skill="zonnepanelen", actie="zoek").location == f"{path}#gevonden-vaardigheden"
    wanted = levels(get(adviser, path))
    chosen = dict.fromkeys(list(wanted)[:2], "3")
    assert post(adviser, path, kind="skills", actie="verder", **wanted | chosen).location == question(made, "wishes")
    answers, _talk = stored(own_seeded_app, made)
    assert {f"niveau-{one}" for one, level in answers.goal_skills.items() if level == 3} >= set(chosen)
    assert answers.goal_occupation == uid  # kept for who changes back
    theme = next(one.get("value") or "" for one in get(adviser, path).all("option") if one.get("value") == "energie")
    post(adviser, path, kind="theme", theme=theme)
    assert stored(own_seeded_app, made)[0].goal_theme == "energie"
    assert post(adviser, path, kind="text", text="iets met energie").location == question(made, "wishes")
    assert "Het doel is nu het thema Energie" in get(adviser, step(made, "wishes")).text("main")
    answers, _talk = stored(own_seeded_app, made)
    assert (answers.goal_kind, answers.goal_theme, answers.goal_text) == ("theme", "energie", "")
    text = "betere grond onder het gras van mijn boerderij"
    assert post(adviser, path, kind="text", text=text).location == f"{path}#bedoeld"
    page = get(adviser, path)
    meant = levels(page)
    assert {"".join(one.itertext()) for one in page.all("option", value="0", selected="")} == {"hoort er niet bij"}
    assert post(adviser, path, kind="text", text=text, actie="verder", **dict.fromkeys(meant, "2")).location == question(made, "wishes")
    answers, _talk = stored(own_seeded_app, made)
    assert 2 in answers.goal_meant.values()
    assert get(adviser, f"{made.page}/intake").text("dl").count("grond") >= 1


def test_work_close_by_can_be_chosen_as_the_goal(own_seeded_app: Flask, adviser: FlaskClient) -> None:
    made = opened(adviser, how="paper")
    explore = f"{made.page}/intake/ontdekken"
    assert "Wij weten nog niet wat uw klant kan" in get(adviser, explore).text("main")
    tell(adviser, made)
    page = get(adviser, explore)
    button = page.all("button", name="choice")[0].get("value") or ""
    assert post(adviser, step(made, "goal"), q="", choice=button, actie="kies").status_code == 303
    answers, _talk = stored(own_seeded_app, made)
    assert (answers.goal_kind, answers.goal_occupation, answers.goal_text) == ("occupation", button, "zonnepanelen leggen")


def test_the_wishes_are_asked_about_the_client(made: Made, maker: FlaskClient) -> None:
    page = get(maker, step(made, "wishes"))
    asked = [" ".join("".join(one.itertext()).split()) for kind in ("label", "legend") for one in page.all(kind)]
    assert "Hoeveel uur per week heeft uw klant?" in asked
    assert [text for text in asked if re.search(r"\bu\b|\buw (?!klant)", text)] == []
    wrong = parsed(post(maker, step(made, "wishes"), hours_per_week="acht", budget_eur="weinig"))
    assert "Schrijf een getal, bijvoorbeeld 8." in wrong.text("span", id="hours_per_week-fout")
    assert "bijvoorbeeld 500." in wrong.text("span", id="budget_eur-fout")


def test_the_work_that_counts_as_the_last_one_is_told(own_seeded_app: Flask, adviser: FlaskClient) -> None:
    made = opened(adviser, how="paper")
    assert not get(adviser, step(made, "work")).all("p", id="laatste-uitleg")
    add_work(adviser, made, "lasser")
    page = get(adviser, step(made, "work"))
    assert "bovenste regel" in page.text("p", id="laatste-uitleg")
    assert {one.get("aria-describedby") for one in page.all("input", name="last")} == {"laatste-uitleg"}
