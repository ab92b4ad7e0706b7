"""The guided profile without JavaScript, from the first question to matches with reasons."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Module
from tests.accounts import parts_of
from tests.guided import choose_occupation, levels_on, walk
from tests.pages import Page, get, parsed, post

MEANT = "/profiel/doel/bedoelt-u-ook"


@pytest.fixture(scope="session")
def reader(seeded_app: Flask) -> Flask:
    """The app once it knows what the names of skills mean; until then it finds little in a text."""
    seeded_app.extensions["leerwijzer"].skills.prepare()
    return seeded_app


def number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


def test_from_fitter_to_heat_pump_installer(client: FlaskClient) -> None:
    page = walk(client)
    assert "warmtepompen plaatsen" in page.text("table")
    cards = page.with_class("lw-match")
    assert cards
    for card in cards:
        assert any(element.get("class") == "lw-closes" for element in card.iter("ul")), "a match that closes nothing"
        cells = [cell for row in card.iter("tbody") for cell in row.iter("td") if cell.get("data-label") == "Punten"]
        points = [number("".join(cell.itertext())) for cell in cells]
        [total] = [number("".join(cell.itertext())) for row in card.iter("tfoot") for cell in row.iter("td")]
        [shown] = ["".join(element.itertext()) for element in card.iter() if element.get("class") == "lw-score__number"]
        assert abs(sum(points) - total) < 1e-9
        assert abs(total - int(shown.split()[-1])) <= 0.55


def test_english_matches_are_valid(client: FlaskClient) -> None:
    walk(client)
    client.set_cookie("taal", "en")
    page = get(client, "/matches")
    assert "Why do I see this?" in page.text("main")
    assert not re.search(r"\b(Waarom|punten|zelfstandig)\b", page.text("main"))


def test_answers_are_kept_and_can_be_changed(client: FlaskClient) -> None:
    walk(client)
    assert get(client, "/profiel/wensen").value("budget_eur") == "1500"
    answer = post(client, "/profiel/wensen?naar=controle", budget_eur="0")
    assert answer.location == "/profiel/controle"
    assert "gratis" in get(client, "/profiel/controle").text("dl")
    assert "vallen af door uw budget" in get(client, "/matches").text("main")


WISHES = {
    "budget_eur": ("1500", "hoogstens € 1.500"),
    "hours_per_week": ("8", "8 uur per week"),
    "max_km": ("30", "binnen 30 km van 4811"),
    "start_after": ("2027-01-04", "vanaf 4 januari 2027"),
    "finish_by": ("2027-06-01", "klaar op 1 juni 2027"),
}


@pytest.mark.parametrize("emptied", WISHES)
def test_an_emptied_field_takes_that_wish_away(client: FlaskClient, emptied: str) -> None:
    filled = {"near": "4811", **{name: typed for name, (typed, _words) in WISHES.items()}}
    post(client, "/profiel/wensen", **filled)
    assert all(words in get(client, "/profiel/controle").text("dl") for _typed, words in WISHES.values())
    assert post(client, "/profiel/wensen", **{**filled, emptied: ""}).status_code == 303
    kept = get(client, "/profiel/controle").text("dl")
    assert [name for name, (_typed, words) in WISHES.items() if words not in kept] == [emptied]


def test_wishes_are_read_as_people_write_them(client: FlaskClient) -> None:
    assert post(client, "/profiel/wensen", budget_eur="€ 1.500", hours_per_week="7,5 uur", near="4811", max_km="30 km").status_code == 303
    kept = get(client, "/profiel/controle").text("dl")
    assert [words for words in ("hoogstens € 1.500", "7,5 uur per week", "binnen 30 km van 4811") if words not in kept] == []
    assert get(client, "/profiel/wensen").value("budget_eur") == "1500"


def test_all_mistakes_in_the_wishes_are_told_at_once(client: FlaskClient) -> None:
    page = parsed(post(client, "/profiel/wensen", near="Amsterdm", max_km="ver weg", budget_eur="veel"))
    assert [link.get("href") for link in page.with_class("lw-errors")[0].iter("a")] == ["#budget_eur", "#near", "#max_km"]
    assert "Amsterdam" in page.text("span", id="near-fout")


def test_a_mistake_among_ticks_leads_to_the_first_of_them(client: FlaskClient) -> None:
    page = parsed(post(client, "/profiel/wensen", formats="op de maan"))
    assert [link.get("href") for link in page.with_class("lw-errors")[0].iter("a")] == ["#formats-0"]
    assert page.all("input", id="formats-0")[0].get("type") == "checkbox"


def test_the_part_of_the_week_is_a_wish(client: FlaskClient) -> None:
    walk(client)
    before = len(get(client, "/matches").with_class("lw-match"))
    token = get(client, "/profiel/wensen").value("csrf_token")
    assert client.post("/profiel/wensen", data={"csrf_token": token, "moments": ["evening", "weekend"]}).status_code == 303
    assert "'s avonds en in het weekend" in get(client, "/profiel/controle").text("dl")
    assert "door de tijd waarop u kunt leren" in get(client, "/matches").text("main")
    ticked = [one.get("value") for one in get(client, "/profiel/wensen").all("input", name="moments") if one.get("checked") is not None]
    assert ticked == ["evening", "weekend"]
    client.set_cookie("taal", "en")
    assert "in the evening and at the weekend" in get(client, "/profiel/controle").text("dl")
    assert before


def test_place_and_distance_can_be_emptied_together(client: FlaskClient) -> None:
    post(client, "/profiel/wensen", near="4811", max_km="30", formats="online", languages="nl")
    assert post(client, "/profiel/wensen", near="", max_km="").status_code == 303
    assert get(client, "/profiel/controle").text("dl").count("niet ingevuld") == 4


def test_nothing_personal_stands_in_an_address(client: FlaskClient) -> None:
    answer = post(client, "/profiel/beroep", q="dakdekker")
    assert "dakdekker" not in answer.location
    answer = post(client, "/profiel/uw-verhaal", text="Ik plaats al jaren zonnepanelen op daken en leg klanten uit hoe het werkt.")
    assert answer.location.startswith("/profiel/uw-verhaal")
    assert "klanten" not in answer.location


def test_skills_from_a_text_are_proposed_and_kept_when_confirmed(reader: Flask) -> None:
    client = reader.test_client()
    post(client, "/profiel/uw-verhaal", text="Ik plaats al jaren zonnepanelen op daken en sluit omvormers aan. Ik werk veilig volgens VCA.")
    proposed = levels_on(get(client, "/profiel/uw-verhaal"))
    assert proposed
    assert post(client, "/profiel/uw-verhaal", **dict.fromkeys(proposed, "3")).location == "/profiel/doel"
    assert "zelfstandig" in get(client, "/profiel/controle").text("dl")


def test_more_about_oneself_is_a_side_way_that_keeps_what_was_filled_in(client: FlaskClient) -> None:
    choose_occupation(client, "/profiel/beroep", "installatiemonteur")
    path = "/profiel/vaardigheden?naar=controle"
    proposed = dict.fromkeys(levels_on(get(client, path)), "2")
    assert post(client, path, **proposed, actie="meer").location == "/profiel/meer-vaardigheden?naar=controle"
    assert "met hulp" in get(client, "/profiel/controle").text("dl")
    assert post(client, path, **proposed, actie="verhaal").location == "/profiel/uw-verhaal?naar=controle"
    assert post(client, "/profiel/meer-vaardigheden", q="", actie="verhaal").location == "/profiel/uw-verhaal"


def test_the_line_of_steps_has_a_stop_for_every_question(client: FlaskClient) -> None:
    start = [" ".join("".join(item.itertext()).split()) for item in get(client, "/profiel").all("ol")[0].iter("li")]
    assert get(client, "/profiel").text("h1").startswith("In vijf stappen")
    visited = [
        get(client, path).text("li", aria_current="step")
        for path in ("/profiel/beroep", "/profiel/meer-vaardigheden", "/profiel/doel", "/profiel/wensen", "/profiel/controle")
    ]
    assert visited == [f"{number}{name}" for number, name in enumerate(start, 1)]


def test_skills_can_be_added_by_name(client: FlaskClient) -> None:
    answer = post(client, "/profiel/meer-vaardigheden", q="zonnepanelen", actie="zoek")
    assert answer.location.partition("#")[0] == "/profiel/meer-vaardigheden"
    proposed = levels_on(get(client, "/profiel/meer-vaardigheden"))
    first = next(iter(proposed))
    assert post(client, "/profiel/meer-vaardigheden", **{first: "2"}, q="", actie="verder").location == "/profiel/doel"
    assert "met hulp" in get(client, "/profiel/controle").text("dl")


def options_on(page: Page) -> list[str]:
    """The names of the occupations to choose from."""
    labels = [label for label in page.all("label") if (label.get("for") or "").startswith("choice-")]
    return [" ".join("".join(next(label.iter("span")).itertext()).split()) for label in labels]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("huisvrouw", []),
        ("boer", ["melkveehouder", "akkerbouwer", "Geen van deze"]),
        ("secretaresse", ["administratief medewerker", "Geen van deze"]),
        ("ik zit in de horeca", ["kok", "keukenmedewerker", "Geen van deze"]),
        ("ik doe de kassa bij de AH", ["kassamedewerker", "Geen van deze"]),
        ("kassiere", ["kassamedewerker", "Geen van deze"]),
        ("caissiere", ["kassamedewerker", "Geen van deze"]),
        ("verpleegster in het ziekenhuis", ["verpleegkundige", "Geen van deze"]),
    ],
)
def test_only_occupations_that_may_be_meant_are_offered(reader: Flask, typed: str, offered: list[str]) -> None:
    client = reader.test_client()
    post(client, "/profiel/beroep", q=typed)
    assert options_on(get(client, "/profiel/beroep")) == offered


@pytest.mark.parametrize(("typed", "chosen"), [("kassiere", ["choice-0"]), ("huisvrouw", []), ("monteur", [])])
def test_the_only_occupation_that_is_found_is_chosen_already(reader: Flask, typed: str, chosen: list[str]) -> None:
    client = reader.test_client()
    post(client, "/profiel/beroep", q=typed)
    page = get(client, "/profiel/beroep")
    assert [one.get("id") for one in page.all("input", name="choice") if one.get("checked") is not None] == chosen


def test_who_finds_no_occupation_goes_on_without(reader: Flask) -> None:
    client = reader.test_client()
    post(client, "/profiel/beroep", q="huisvrouw")
    page = get(client, "/profiel/beroep")
    assert "Wij vonden geen beroep met deze naam" in page.text("main")
    assert not page.all("input", name="choice")
    assert post(client, "/profiel/beroep", q="huisvrouw", choice="geen").location == "/profiel/vaardigheden"


def test_an_occupation_can_be_looked_for_again_and_again(reader: Flask) -> None:
    client = reader.test_client()
    for name in ("dakdekker", "timmerman", "hovenier"):
        answer = post(client, "/profiel/beroep", q=name, actie="zoek")
        page = get(client, answer.location.partition("#")[0])
        assert options_on(page)[0] == name
        assert "Zoek dit beroep" in "".join(page.all("button", value="zoek")[0].itertext())
    first = page.all("input", id="choice-0")[0].get("value") or ""
    assert "#gevonden" in post(client, "/profiel/beroep", q="lasser", choice=first, actie="verder").location, (
        "another text is looked for first"
    )
    assert post(client, "/profiel/beroep", q="lasser", choice=first, actie="verder").location == "/profiel/vaardigheden"


def test_going_on_without_a_choice_asks_for_one(client: FlaskClient) -> None:
    post(client, "/profiel/beroep", q="dakdekker", actie="zoek")
    page = parsed(post(client, "/profiel/beroep", q="dakdekker", actie="verder"))
    assert [link.get("href") for link in page.with_class("lw-errors")[0].iter("a")] == ["#choice-0"]
    assert options_on(page)[0] == "dakdekker"


def test_too_little_known_is_said_instead_of_scored(client: FlaskClient) -> None:
    post(client, "/profiel/doel", kind="text")
    post(client, "/profiel/doel/eigen-woorden", text="Ik wil warmtepompen leren plaatsen")
    page = get(client, "/matches")
    assert "Wij weten nog te weinig van u" in page.text("main")
    assert "De modules hieronder gaan wel over uw doel." in page.text("main")
    assert not page.with_class("lw-score")


def test_a_goal_that_describes_is_asked_about_and_counts_only_when_confirmed(client: FlaskClient) -> None:
    post(client, "/profiel/doel", kind="text")
    assert post(client, "/profiel/doel/eigen-woorden", text="betere grond onder het gras van mijn boerderij").location == MEANT
    page = get(client, MEANT)
    offered = [name for field in page.all("select") if (name := field.get("name", "")).startswith("niveau-")]
    assert offered
    assert "de bodem vruchtbaar houden" in page.text("main")
    assert post(client, MEANT, **{offered[0]: "3"}).location == "/profiel/wensen"
    with client.session_transaction() as session:
        assert list(session["profile"]["goal_meant"].values()).count(3) == 1
    assert "zelfstandig" in get(client, "/profiel/controle").text("dl").lower()
    assert post(client, "/profiel/doel/eigen-woorden", text="zonnepanelen monteren").location == "/profiel/wensen"
    with client.session_transaction() as session:
        assert session["profile"]["goal_meant"] == {}
    assert client.get(MEANT).location == "/profiel/doel/eigen-woorden", "there is nothing to ask"


def test_a_goal_of_which_nothing_is_understood_needs_a_choice_or_other_words(client: FlaskClient) -> None:
    post(client, "/profiel/doel", kind="text")
    assert post(client, "/profiel/doel/eigen-woorden", text="ik wil mijn grond gezonder maken").location == MEANT
    page = get(client, MEANT)
    assert page.text("h1") == "Wat bedoelt u?"
    assert [link for link in page.all("a") if (link.get("href") or "").startswith("/modules?q=")]
    offered = list(levels_on(page))
    refused = parsed(post(client, MEANT, **dict.fromkeys(offered, "0")))
    assert "Kies eerst wat u bedoelt" in refused.text("main")
    assert refused.text("title").startswith("Fout: ")
    assert not page.text("title").startswith("Fout:")
    shown = get(client, "/matches").text("main")
    assert "De modules hieronder" not in shown, "there are none"
    assert "Wat als" not in shown, "no wish changes that"
    assert post(client, MEANT, **{offered[0]: "2"}).location == "/profiel/wensen"
    page = parsed(post(client, "/profiel/doel/eigen-woorden", text="ik weet het nog niet"))
    assert "Wij herkennen hierin geen vaardigheid" in page.text("main")
    assert page.all("a", href="/modules?q=ik+weet+het+nog+niet")
    assert page.all("a", href="/profiel/doel/ontdekken")
    assert not get(client, "/profiel/doel/eigen-woorden").all("a", href="/profiel/doel/ontdekken")


def test_a_goal_that_could_be_nearly_any_work_asks_for_a_theme(client: FlaskClient) -> None:
    sent = post(client, "/profiel/doel/eigen-woorden?naar=controle", text="iets met techniek")
    assert sent.location == "/profiel/doel/thema?naar=controle"
    assert "Dat kan bij veel thema's." in get(client, sent.location).text("main")
    with client.session_transaction() as session:
        assert not session.get("profile", {}).get("goal_text"), "nobody who says so wants to learn to teach it"


def test_lessons_in_every_language_of_the_catalogue_can_be_wished(client: FlaskClient, seeded_app: Flask) -> None:
    with parts_of(seeded_app).database.reading() as session:
        taught = set(session.scalars(select(Module.language)))
    assert taught == {box.get("value") for box in get(client, "/profiel/wensen").all("input", name="languages")}


def test_what_is_half_understood_is_shown_and_the_rest_is_asked(client: FlaskClient) -> None:
    post(client, "/profiel/doel", kind="text")
    text = "Ik wil zonnepanelen en warmtepompen installeren bij mensen thuis"
    assert post(client, "/profiel/doel/eigen-woorden", text=text).location == MEANT
    page = get(client, MEANT)
    assert "warmtepompen plaatsen" in page.text("main")
    assert "zonnepanelen monteren" in [page.text("label", for_=name) for name in levels_on(page)]
    assert post(client, MEANT, **dict.fromkeys(levels_on(page), "0")).location == "/profiel/wensen", "what was heard is a goal already"
    assert "warmtepompen plaatsen" in get(client, "/profiel/controle").text("dl")


@pytest.mark.parametrize("text", ["iets met energie", "ik wil iets met enrgie"])
def test_a_goal_that_is_a_theme_becomes_that_theme(client: FlaskClient, text: str) -> None:
    post(client, "/profiel/doel", kind="text")
    assert post(client, "/profiel/doel/eigen-woorden", text=text).location == "/profiel/wensen"
    assert "Uw doel is nu het thema Energie" in get(client, "/profiel/wensen").text("main")
    assert "Energie" in get(client, "/profiel/controle").text("dl")
    assert not get(client, "/profiel/doel/eigen-woorden").text("textarea"), "it is kept once"


@pytest.mark.parametrize(
    ("path", "back", "skip"),
    [
        ("/profiel/beroep", "/profiel/controle", "/profiel/controle"),
        ("/profiel/vaardigheden", "/profiel/controle", "/profiel/controle"),
        ("/profiel/meer-vaardigheden", "/profiel/vaardigheden?naar=controle", "/profiel/controle"),
        ("/profiel/uw-verhaal", "/profiel/vaardigheden?naar=controle", "/profiel/controle"),
        ("/profiel/doel", "/profiel/controle", "/profiel/controle"),
        ("/profiel/doel/beroep", "/profiel/doel?naar=controle", "/profiel/controle"),
        ("/profiel/doel/vaardigheden", "/profiel/doel?naar=controle", "/profiel/controle"),
        ("/profiel/doel/thema", "/profiel/doel?naar=controle", "/profiel/controle"),
        ("/profiel/doel/eigen-woorden", "/profiel/doel?naar=controle", "/profiel/controle"),
        ("/profiel/wensen", "/profiel/controle", "/profiel/controle"),
    ],
)
def test_who_came_from_the_check_page_gets_back_to_it(learner: FlaskClient, path: str, back: str, skip: str) -> None:
    page = get(learner, f"{path}?naar=controle")
    assert [link.get("href") for link in page.with_class("lw-back")] == [back]
    assert [link.get("href") for link in page.all("a") if (link.text or "").startswith("Sla deze vraag over")] == [skip]


def test_who_goes_back_from_a_theme_to_own_words_has_the_new_goal(client: FlaskClient) -> None:
    post(client, "/profiel/doel/eigen-woorden", text="iets met energie")
    post(client, "/profiel/doel/eigen-woorden", text="warmtepompen installeren")
    told = get(client, "/profiel/controle").text("dl")
    assert "warmtepompen installeren" in told
    assert "Energie" not in told
    post(client, "/profiel/doel/thema", theme="energie")
    assert "Energie" in get(client, "/profiel/controle").text("dl")


def test_matches_without_a_goal_ask_for_one(client: FlaskClient) -> None:
    assert client.get("/matches").location == "/profiel/doel"


def test_invented_levels_are_not_kept(client: FlaskClient) -> None:
    post(client, "/profiel/meer-vaardigheden", q="", **{"niveau-x": "3", "niveau-00000000-0000-0000-0000-000000000000": "9"})
    assert "niet ingevuld" in get(client, "/profiel/controle").text("dl")


def test_wishes_that_contradict_are_told(client: FlaskClient) -> None:
    page = parsed(post(client, "/profiel/wensen", start_after="2027-05-01", finish_by="2027-04-01"))
    assert "Deze dag moet na het begin komen." in page.with_class("lw-errors")[0].itertext()


def test_wiping_leaves_nothing(client: FlaskClient) -> None:
    walk(client)
    token = get(client, "/profiel/controle").value("csrf_token")
    assert client.post("/profiel/wis", data={"csrf_token": token}).status_code == 303
    check = get(client, "/profiel/controle").text("dl")
    assert "installatiemonteur" not in check
    assert check.count("niet ingevuld") == 4


def test_an_occupation_in_a_text_is_offered_and_counts_when_chosen(reader: Flask) -> None:
    client = reader.test_client()
    text = "Ik ben tien jaar timmerman geweest. Daarna was ik Installatiemonteur. Ik ben geen elektromonteur."
    post(client, "/profiel/uw-verhaal", text=text)
    page = get(client, "/profiel/uw-verhaal")
    offered = {
        radio.get("value") or "": page.text("label", for_=radio.get("id") or "").casefold() for radio in page.all("input", name="choice")
    }
    assert len(offered) == 3
    assert all(map(str.startswith, offered.values(), ["timmerman", "installatiemonteur", "geen van deze"]))
    assert post(client, "/profiel/uw-verhaal", choice=next(iter(offered))).location == "/profiel/doel"
    assert "timmerman" in get(client, "/profiel/controle").text("dl").casefold()
    post(client, "/profiel/uw-verhaal", text=text)
    post(client, "/profiel/uw-verhaal", choice="geen")
    assert "timmerman" in get(client, "/profiel/controle").text("dl").casefold(), "none of these changes nothing"
    assert "Is of was dit uw werk?" not in get(client, "/profiel/uw-verhaal").text("main")


def test_an_occupation_that_was_not_offered_is_not_taken(client: FlaskClient) -> None:
    post(client, "/profiel/uw-verhaal", choice="00000000-0000-0000-0000-000000000000")
    assert get(client, "/profiel/controle").text("dl").count("niet ingevuld") == 4


def test_what_somebody_cannot_do_is_not_proposed_and_verbs_are_known_in_every_form(reader: Flask) -> None:
    client = reader.test_client()
    story = "Ik ben cv-monteur. Ik vervang ketels, bouw airco's in en soldeer leidingen. Ik begeleid leerlingen. Ik kan niet programmeren."
    post(client, "/profiel/uw-verhaal", text=story)
    names = " ".join(" ".join("".join(label.itertext()).split()) for label in get(client, "/profiel/uw-verhaal").all("label"))
    for found in ("cv-ketels plaatsen", "airco's plaatsen", "leidingen solderen", "lerenden op de werkvloer begeleiden"):
        assert found in names
    assert "programmeren" not in names
