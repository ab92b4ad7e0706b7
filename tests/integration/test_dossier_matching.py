"""Guided matching: modules for a client, what counts, what is pinned or rejected, and what would bring a module into reach."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.skills.reads import occupation_by_reference, skills_of_occupation
from tests.accounts import parts_of
from tests.conftest import NOW
from tests.dossiers import Made, advisor, entries, log_on, opened, press
from tests.guidance import WISHES, dossier_in, give_goal, modules_on, proposed
from tests.intake import levels
from tests.pages import cells, get, parsed, post
from web.advisor.guidance_model import Claim, Evidence, Proof, Verdict
from web.advisor.intake.talk import Talk, answers_of, keep_intake
from web.advisor.together.choices import MOST_CHOICES, choose


@pytest.fixture
def maker(own_seeded_app: Flask) -> FlaskClient:
    return advisor(own_seeded_app)


@pytest.fixture
def made(own_seeded_app: Flask, maker: FlaskClient) -> Made:
    """A dossier of a fitter who wants to install heat pumps."""
    dossier = opened(maker, how="paper", client_name="Samira")
    give_goal(own_seeded_app, dossier)
    return dossier


def decide(client: FlaskClient, made: Made, module: str, **step: str) -> str:
    answer = press(client, f"{made.page}/keuze", module=module, naar="matches", **step)
    assert answer.status_code == 303
    return str(answer.location)


def verdicts(app: Flask, made: Made) -> dict[str, tuple[Verdict, str]]:
    with dossier_in(app, made) as dossier:
        return {one.module: (one.verdict, one.reason_against) for one in dossier.choices}


def test_without_a_goal_the_page_says_what_is_needed(maker: FlaskClient) -> None:
    empty = opened(maker, how="paper")
    for part in ("matches", "wat-als", "leerroute"):
        assert "nog geen doel" in get(maker, f"{empty.page}/{part}").text("main")


def test_the_page_shows_gap_and_modules_of_the_client(maker: FlaskClient, made: Made) -> None:
    page = get(maker, f"{made.page}/matches")
    assert page.text("h1") == "Modules voor Samira"
    assert "Doel: warmtepompinstallateur" in page.text("p", class_="lw-lead")
    assert page.with_class("lw-goal")
    assert "warmtepompen plaatsen" in page.text("table")
    assert len(modules_on(page)) == 10
    assert all(list(card.iter("tfoot")) for card in page.with_class("lw-match"))


def test_pinned_listed_and_rejected_stand_on_the_page(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    first, second, third, *_rest = proposed(maker, made)
    assert decide(maker, made, first, stap="pinned") == f"{made.page}/matches#module-{first}"
    decide(maker, made, second, stap="put-on-list")
    assert decide(maker, made, third, reden="dear") == f"{made.page}/matches#matches"
    assert verdicts(own_seeded_app, made) == {
        first: (Verdict.PINNED, ""),
        second: (Verdict.MAYBE, ""),
        third: (Verdict.REJECTED, "Te duur"),
    }
    page = get(maker, f"{made.page}/matches")
    assert third not in modules_on(page)
    assert "Te duur" in page.text("details", id="past-niet")
    assert page.text("aside").count("Haal uit het advies") == 1
    decide(maker, made, third, stap="let-go")
    decide(maker, made, first, stap="put-on-list")
    decide(maker, made, second, stap="let-go")
    assert verdicts(own_seeded_app, made) == {first: (Verdict.MAYBE, "")}
    assert third in proposed(maker, made)
    done = [action for action, what in entries(own_seeded_app, made) if what == "matches" and action != "read"]
    assert done == ["pinned", "put-on-list", "rejected", "let-go", "put-on-list", "let-go"]
    assert any("zette een module in het advies" in line for line in log_on(get(maker, made.page)))


def test_a_reason_in_own_words_is_needed_and_kept(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    module = proposed(maker, made)[0]
    path = f"{made.page}/modules/{module}/past-niet"
    assert "Kies een reden" in parsed(post(maker, path)).text("main")
    assert "Kies een reden" in parsed(post(maker, path, reason="other")).text("main")
    assert post(maker, path, reason="far", text="Samira rijdt geen auto").location == f"{made.page}/matches#matches"
    assert verdicts(own_seeded_app, made)[module] == (Verdict.REJECTED, "Te ver weg. Samira rijdt geen auto")


def test_what_makes_no_sense_changes_nothing(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    module = proposed(maker, made)[0]
    decide(maker, made, "no-module", stap="pinned")
    assert "niet meer op de site" in get(maker, f"{made.page}/matches").text("main")
    for step in ("rejected", "anders", ""):
        decide(maker, made, module, stap=step)
    assert verdicts(own_seeded_app, made) == {}
    with dossier_in(own_seeded_app, made) as dossier:
        for number in range(MOST_CHOICES):
            choose(dossier, f"m{number}", Verdict.MAYBE, "a", dossier.opened_at)
    decide(maker, made, module, stap="pinned")
    assert "De lijst is vol" in get(maker, f"{made.page}/matches").text("main")


def test_every_wish_is_on_the_page_and_changes_the_modules(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    before = get(maker, f"{made.page}/matches").text("h2", id="matches")
    wrong = parsed(press(maker, f"{made.page}/matches/wensen", near="", max_km="30"))
    assert "Schrijf ook een postcode of plaats." in wrong.text("main")
    assert any(one.get("open") is not None for one in wrong.all("details"))
    assert press(maker, f"{made.page}/matches/wensen", budget_eur="100", near="4811", max_km="30").status_code == 303
    page = get(maker, f"{made.page}/matches")
    assert "hoogstens € 100" in page.text("main")
    assert page.text("h2", id="matches") != before
    assert page.value("budget_eur") == "100"
    with dossier_in(own_seeded_app, made) as dossier:
        answers = answers_of(dossier)
        assert (answers.budget_eur, answers.near, answers.goal_kind) == (100, "4811", "occupation")


def test_what_counts_much_is_kept(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    press(maker, f"{made.page}/matches/wensen", budget_eur="1500")
    assert press(maker, f"{made.page}/matches/belangrijk", **{"belang-price_fit": "much", "belang-no": "much"}).status_code == 303
    page = get(maker, f"{made.page}/matches")
    [chosen] = [one for one in page.all("select", name="belang-price_fit")[0].iter("option") if one.get("selected") is not None]
    assert chosen.get("value") == "much"
    with dossier_in(own_seeded_app, made) as dossier:
        assert answers_of(dossier).emphasis == {"price_fit": "much"}


def test_a_skill_learned_before_closes_part_of_the_gap(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    open_skills = re.compile(r"Er (?:is|zijn) (\d+) vaardighe")
    before = open_skills.search(get(maker, f"{made.page}/matches").text("main"))
    with dossier_in(own_seeded_app, made) as dossier, parts_of(own_seeded_app).database.reading() as session:
        wanted = occupation_by_reference(session, answers_of(dossier).goal_occupation)
        assert wanted
        for need in skills_of_occupation(session, wanted.id)[:3]:
            dossier.claims.append(Claim(skill=need.skill.uid, level=4, evidence=[Evidence(proof=Proof.WORK, text="")]))
    after = open_skills.search(get(maker, f"{made.page}/matches").text("main"))
    assert before
    assert after
    assert int(after[1]) < int(before[1])


def test_what_modules_ask_and_nobody_told_can_be_filled_in(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    give_goal(own_seeded_app, made, "verpleegkundige", "administratief medewerker")
    asks = f"{made.page}/intake/kunnen#gewoon"
    assert all(get(maker, f"{made.page}/{part}").all("a", href=asks) for part in ("matches", "leerroute"))
    page = get(maker, asks)
    asked = [one.get("name") or "" for one in page.all("section", id="gewoon")[0].iter("select")]
    assert "werken met een computer (basis)" in page.text("section", id="gewoon")
    chosen = [one.get("value") for one in page.all("section", id="gewoon")[0].iter("option") if one.get("selected") is not None]
    assert chosen == [""] * len(asked), "nothing is said for them"
    first, *others = (name.removeprefix("niveau-") for name in asked)
    post(maker, f"{made.page}/intake/kunnen", actie="verder", **{f"niveau-{first}": "3"})
    with dossier_in(own_seeded_app, made) as dossier:
        held = answers_of(dossier).skills
    assert held[first] == 3
    assert held.keys().isdisjoint(others)
    assert first not in [one.get("name") for one in get(maker, f"{made.page}/intake/kunnen").all("section", id="gewoon")[0].iter("select")]


def test_what_the_step_of_the_language_tells_of_skills_is_not_asked_again(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    give_goal(own_seeded_app, made, "verpleegkundige", "administratief medewerker")
    asks = f"{made.page}/intake/kunnen#gewoon"
    asked = [one.get("name") or "" for one in get(maker, asks).all("section", id="gewoon")[0].iter("select")]
    with dossier_in(own_seeded_app, made) as dossier:
        keep_intake(dossier, NOW, talk=Talk(dutch="B1", digital="alone"))
    told = get(maker, asks)
    assert "werken met een computer (basis)" not in told.text("section", id="gewoon")
    assert "Verteld bij de stap Taal" in told.text("main")
    computer = next(name for name, level in levels(told).items() if name in asked and level == "3")
    sent = levels(told)
    post(maker, f"{made.page}/intake/kunnen", actie="verder", **sent)
    with dossier_in(own_seeded_app, made) as dossier:
        assert computer.removeprefix("niveau-") not in answers_of(dossier).skills, "another answer about the computer still changes it"
    post(maker, f"{made.page}/intake/kunnen", actie="verder", **sent | {computer: "1"})
    with dossier_in(own_seeded_app, made) as dossier:
        assert answers_of(dossier).skills[computer.removeprefix("niveau-")] == 1
    assert levels(get(maker, asks))[computer] == "1"


def test_where_nothing_fits_there_is_a_way_on(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    give_goal(own_seeded_app, made, finish_by=NOW.date())
    page = get(maker, f"{made.page}/matches")
    assert not modules_on(page)
    ways = [one.get("href") for line in page.with_class("lw-cards")[0].iter("li") for one in line.iter("a")]
    assert ways == [f"{made.page}/wat-als", f"{made.page}/intake/doel"]


def test_a_module_beside_the_goal_is_not_called_unfit(maker: FlaskClient, made: Made) -> None:
    words = get(maker, f"{made.page}/modules?q=Nederlands").text("main")
    assert "Leert niets nieuws voor het doel. U kunt de module wel in het advies zetten." in words
    press(maker, f"{made.page}/matches/wensen", budget_eur="0")
    assert "Past nu niet." in get(maker, f"{made.page}/modules?q=warmtepomp").text("main"), "with more money it would"


def test_a_module_is_found_by_name_and_says_whether_it_fits(maker: FlaskClient, made: Made) -> None:
    page = get(maker, f"{made.page}/modules?q=warmtepomp")
    assert page.text("h2") == "Gevonden bij: warmtepomp", "it shows the first ten, and does not know how many there are"
    assert "Past nu, en brengt" in page.text("main")
    module = proposed(maker, made)[0]
    fits = get(maker, f"{made.page}/modules/{module}")
    assert "Ja, binnen de wensen van nu" in fits.text("main")
    assert fits.with_class("lw-match")
    answer = press(maker, f"{made.page}/keuze", module=module, naar="module", stap="pinned")
    assert answer.location == f"{made.page}/modules/{module}"
    assert "In het advies" in get(maker, answer.location).text("main")
    assert "Niets gevonden" in get(maker, f"{made.page}/modules?q=zzqqxx").text("main")
    assert maker.get(f"{made.page}/modules/geen").location == f"{made.page}/matches"


@pytest.mark.parametrize("max_km", [None, 45])
def test_what_is_found_by_name_stands_near_first_and_is_said_to_be_far(
    own_seeded_app: Flask, maker: FlaskClient, made: Made, max_km: int | None
) -> None:
    give_goal(own_seeded_app, made, near="5038", max_km=max_km, languages=("nl", "en"))
    page = get(maker, f"{made.page}/modules?q=Nederlands")
    found = [" ".join("".join(line.itertext()).split()) for line in page.all("article")]
    far = [int(km[1]) if (km := re.search(r"(\d+) km van u", one)) else None for one in found]
    near = [km for km in far if km is not None and km <= (max_km or 50)]
    online = [km for km in far if km is None]
    assert near
    assert online
    assert far == [*sorted(near), *online, *sorted(km for km in far if km is not None and km > (max_km or 50))]
    assert ["Ver weg" in one for one in found] == [km is not None and km > (max_km or 50) for km in far]
    listed = get(maker, f"{made.page}/lijst?zoek=Nederlands").all("section", aria_labelledby="gevonden")[0]
    kept = [" ".join("".join(line.itertext()).split()) for line in listed.iter("li")]
    assert "Ver weg" not in kept[0]
    assert "Ver weg" in kept[-1]


def test_the_name_of_one_module_finds_that_one(maker: FlaskClient, made: Made) -> None:
    page = get(maker, f"{made.page}/modules?q=Hybride+warmtepomp+naast+een+bestaande+cv-ketel")
    assert len(page.all("article")) == 1


def test_a_module_says_what_would_bring_it_into_reach(maker: FlaskClient, made: Made) -> None:
    dear = next(
        uid
        for uid, card in zip(proposed(maker, made), get(maker, f"{made.page}/matches").with_class("lw-match"), strict=True)
        if re.search(r"€\s595", "".join(card.itertext()))
    )
    press(maker, f"{made.page}/matches/wensen", budget_eur="500")
    assert dear not in proposed(maker, made)
    seen = get(maker, f"{made.page}/modules/{dear}")
    [way] = [" ".join("".join(one.itertext()).split()) for one in seen.with_class("lw-ways-in")[0].iter("li")]
    assert way.startswith("met € 95 meer Zet dit naast de wensen van nu")
    [beside] = [link.get("href") or "" for link in seen.with_class("lw-ways-in")[0].iter("a")]
    assert "Hoogstens € 595" in get(maker, beside).text("table")
    other = proposed(maker, made)[0]
    decide(maker, made, other, reden="taste")
    seen = get(maker, f"{made.page}/modules/{other}").text("main")
    assert "Spreekt niet aan" in seen
    assert "Ja, binnen de wensen van nu" in seen


def test_a_closed_dossier_is_read_and_not_changed(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    module = proposed(maker, made)[0]
    press(maker, f"{made.page}/stand", naar="closed")
    page = get(maker, f"{made.page}/matches")
    assert modules_on(page)[0] == module
    assert not page.all("form", method="post", action=f"{made.page}/keuze")
    decide(maker, made, module, stap="pinned")
    assert verdicts(own_seeded_app, made) == {}


def test_narrow_wishes_name_what_a_small_change_brings(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    give_goal(own_seeded_app, made, **WISHES)
    assert "Met een kleine verandering past dit ook" in get(maker, f"{made.page}/matches").text("main")


def test_a_pinned_module_that_asks_more_hours_than_there_are_is_told_with_numbers(
    own_seeded_app: Flask, maker: FlaskClient, made: Made
) -> None:
    give_goal(own_seeded_app, made, hours_per_week=2.0)
    page = get(maker, f"{made.page}/matches")
    cards = ["".join(card.itertext()) for card in page.with_class("lw-match")]
    is_heavy = {uid: "meer dan uw" in card for uid, card in zip(modules_on(page), cards, strict=True)}
    heavy, light = (next(uid for uid, heavy in is_heavy.items() if heavy is wanted) for wanted in (True, False))
    decide(maker, made, light, stap="pinned")
    decide(maker, made, heavy, stap="pinned")
    why = re.compile(r"Deze module vraagt [\d,]+ uur per week, en er zijn 2\.")
    page = get(maker, f"{made.page}/matches")
    assert len(why.findall(page.text("aside"))) == 1
    assert len(why.findall(page.text("body"))) == 2, "the notice says it too"
    assert why.search(get(maker, f"{made.page}/leerroute").text("main"))


def test_what_fits_while_something_is_missing_at_entry_says_both(maker: FlaskClient, made: Made) -> None:
    both = re.compile(r"Past bij de wensen, maar uw klant mist nog (\d+) vaardighe(?:id|den) om te beginnen")
    page = get(maker, f"{made.page}/matches")
    lacking = next(card for card in page.with_class("lw-match") if "Dit mist u nog om te beginnen" in "".join(card.itertext()))
    uid = next(line.get("id") for line in page.all("li") if lacking in list(line)).removeprefix("module-")
    seen = get(maker, f"{made.page}/modules/{uid}")
    assert both.search(seen.text("main"))
    assert "Ja, binnen de wensen van nu" not in seen.text("main")
    assert both.search(get(maker, f"{made.page}/modules?{urlencode({'q': seen.text('h1')})}").text("main"))


def test_what_only_rejected_modules_teach_is_not_outside_the_wishes(maker: FlaskClient, made: Made) -> None:
    assert "afvielen" not in get(maker, f"{made.page}/matches").text("main")
    while modules := proposed(maker, made):
        for module in modules:
            decide(maker, made, module, reden="dear")
    page = get(maker, f"{made.page}/matches")
    assert re.search(r"\d+ alleen in modules die afvielen of al begonnen", page.text("main"))


def test_what_asks_too_many_hours_counts_in_no_share_as_in_no_path(own_seeded_app: Flask, maker: FlaskClient, made: Made) -> None:
    give_goal(own_seeded_app, made, hours_per_week=4.0)
    page = get(maker, f"{made.page}/wat-als")
    joint_now, joint_then = (int(text.split()[0]) for text in cells(page, "Alle modules samen")[:2])
    path = re.search(r"leert u (\d+)\s% van wat u nog mist", get(maker, f"{made.page}/leerroute").text("section", aria_labelledby="route"))
    assert path
    assert int(path[1]) <= joint_now < joint_then
    assert page.text("thead").startswith("Uw wensen nu8 uur per week")
    told = re.fullmatch(r"(\d+) modules(\d+) andere vragen meer uur per week", cells(page, "Modules die passen")[0])
    assert told
    fitting = get(maker, f"{made.page}/matches").text("h2", id="matches")
    assert fitting == f"{int(told[1]) + int(told[2])} modules passen bij het doel"


@pytest.mark.parametrize(("dutch", "is_told"), [("A2", True), ("B1", False), ("", False)])
def test_little_dutch_is_told_where_modules_are_proposed(
    own_seeded_app: Flask, maker: FlaskClient, made: Made, dutch: str, is_told: bool
) -> None:
    with dossier_in(own_seeded_app, made) as dossier:
        keep_intake(dossier, dossier.opened_at, talk=Talk(dutch=dutch))
    for part in ("matches", "leerroute", f"modules/{proposed(maker, made)[0]}"):
        page = get(maker, f"{made.page}/{part}")
        assert ("Het Nederlands van uw klant is A2." in page.text("main")) is is_told
        assert bool(page.all("a", href=f"{made.page}/modules?q=Nederlands")) is is_told
