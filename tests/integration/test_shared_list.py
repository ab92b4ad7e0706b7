"""The list that advisor and client share, through its pages: who wrote what, two who write at once, modules that go, on both databases."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select, update

from catalogue.models import Edition, MergedModule, Module, ModuleSkill, Skill
from catalogue.vocabulary import Format, StartType, Status
from tests.accounts import add_account, parts_of, sign_in
from tests.conftest import NOW
from tests.dossiers import ADVISOR, advisor, agree, entries, online, opened, press
from tests.guidance import dossier_in
from tests.pages import get, parsed
from tests.reports import make_report
from tests.shared_list import Pair, history, keep
from web.advisor.intake.talk import keep_intake
from web.advisor.together.choices import MOST_REASON_CHARS
from web.learner.answers import Answers


def test_both_find_modules_and_say_what_they_think(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    welding, pipes = online(app, "Lassen voor beginners", "Leidingen leggen")
    found = get(maker, f"{made.page}/lijst?zoek=lassen").text("section", aria_labelledby="gevonden")
    assert "Lassen voor beginners" in found
    assert "Leidingen" not in found
    keep(maker, made.page, welding)
    assert "op de lijst" in get(client, f"{made.link}/lijst?zoek=lassen").text("section", aria_labelledby="gevonden")
    keep(client, made.link, welding, verdict="pinned", reason_for="Dicht bij huis", seen="1")
    keep(client, made.link, pipes)
    keep(maker, made.page, pipes, verdict="rejected", reason_against="Te duur", seen="1")
    seen, own = get(maker, f"{made.page}/lijst"), get(client, f"{made.link}/lijst")
    assert seen.text("h1") == "De lijst van u en Samira", "the page of the matches has another name"
    assert history(seen) == [
        "U: op past niet gezet, Leidingen leggen",
        "Samira: op de lijst gezet, Leidingen leggen",
        "Samira: in het advies gezet, Lassen voor beginners",
        "U: op de lijst gezet, Lassen voor beginners",
    ]
    assert history(own)[0] == f"{ADVISOR}: op past niet gezet, Leidingen leggen"
    assert history(own)[1].startswith("U:")
    for page in (seen, own):
        assert "Dicht bij huis" in page.text("article", id=f"module-{welding}")
        assert "Te duur" in page.text("article", id=f"module-{pipes}")
        assert [" ".join(one.itertext()) for one in page.root.iter("h2")][:2] == ["In het advies (1)", "Past niet (1)"]
    assert ("chose", "choices") in entries(app, made)


def test_a_module_stands_there_with_the_run_that_fits(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    welding, late = online(app, "Lassen voor beginners", "Lassen in de avond")
    with parts_of(app).database.writing() as session:
        skill = Skill(label_nl="lassen")
        for module in session.scalars(select(Module)):
            module.skills.append(ModuleSkill(skill=skill, role=ModuleSkill.TAUGHT, level=2))
            module.editions.append(run("2027-03-22", 385, "monday-evening"))
            if module.uid == welding:
                module.editions.append(run("2027-04-12", 420, "monday-morning"))
        session.flush()
        wanted = Answers(goal_kind="skills", goal_skills={skill.uid: 2}, moments=("daytime",))
    for uid in (welding, late):
        keep(maker, made.page, uid, verdict="pinned")
    with dossier_in(app, made) as dossier:
        keep_intake(dossier, NOW, answers=wanted)
    for browser, address in ((maker, made.page), (client, made.link)):
        page = get(browser, f"{address}/lijst?zoek=lassen")
        fits = page.text("article", id=f"module-{welding}")
        assert all(part in fits for part in ("€ 420", "12 april")), fits
        assert "385" not in fits
        assert "wensen" not in fits
        assert "Geen enkele start past bij alle wensen" in page.text("article", id=f"module-{late}")
        assert "€ 420" in page.text("section", aria_labelledby="gevonden")
        [form] = page.all("form", id="vergelijk")
        ticks = [box.get("value") or "" for box in page.all("input", form="vergelijk")]
        beside = get(browser, f"{form.get('action')}?{urlencode([('m', slug) for slug in ticks])}")
        assert "2 modules naast elkaar" in beside.text("h1")
        assert beside.text("tbody").startswith("Score ")
        assert "Past niet bij uw wensen" in beside.text("tbody")
        assert beside.all("a", href=f"{made.page}/modules/{welding}" if browser is maker else f"/modules/{ticks[0]}")
        alone = browser.get(f"{form.get('action')}?m={ticks[0]}", follow_redirects=True)
        assert "Zet bij twee, drie of vier modules een vinkje." in parsed(alone).text("main")
        own = {link.get("href") or "" for link in page.all("a") if (link.get("href") or "").endswith(f"/modules/{welding}")}
        assert own == ({f"{made.page}/modules/{welding}"} if browser is maker else set())
    assert "€ 420" in get(maker, f"{made.page}/matches").text("li", id=f"module-{welding}")
    assert "€ 420" in get(maker, f"{made.page}/modules?q=lassen").text("main")
    told = get(maker, make_report(maker, made).location).text("main")
    assert "€ 420" in told


def run(start: str, price: int, part: str) -> Edition:
    """A run that somebody can only join at one part of the day."""
    day = date.fromisoformat(start)
    return Edition(start_type=StartType.FIXED, start_on=day, weeks=4, format=Format.ONLINE, day_parts=[part], price_cents=price * 100)


def test_who_writes_at_the_same_time_loses_nothing(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    (welding,) = online(app, "Lassen voor beginners")
    keep(maker, made.page, welding)
    keep(client, made.link, welding, verdict="pinned", reason_for="Leuk werk", seen="1")
    page = keep(maker, made.page, welding, verdict="rejected", reason_against="Te ver weg", seen="1")
    assert page
    article = page.all("article", id=f"module-{welding}")[0]
    words = " ".join(article.itertext())
    assert "Iemand anders veranderde deze module intussen" in words
    assert "Leuk werk" in words
    assert "Samira" in words
    assert page.text("textarea", name="reason_against") == "Te ver weg"
    assert page.title.startswith("Fout:")
    assert page.value("seen") == "2"
    keep(maker, made.page, welding, verdict="rejected", reason_against="Te ver weg", seen="2")
    assert "Te ver weg" in get(client, f"{made.link}/lijst").text("article", id=f"module-{welding}")


def test_who_writes_about_what_was_taken_off_meanwhile_keeps_the_words(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    (welding,) = online(app, "Lassen voor beginners")
    keep(maker, made.page, welding)
    assert press(client, f"{made.link}/lijst/{welding}/haal-weg", seen="1").status_code == 303
    page = keep(maker, made.page, welding, reason_for="Mooie school", seen="1")
    assert page
    assert page.text("textarea", name="reason_for") == "Mooie school"
    assert "Van de lijst gehaald" in page.text("main")
    assert page.value("seen") == "0"
    keep(maker, made.page, welding, reason_for="Mooie school", seen="0")
    again = get(client, f"{made.link}/lijst")
    assert "Mooie school" in again.text("article", id=f"module-{welding}")
    assert "U: van de lijst gehaald, Lassen voor beginners" in history(again)
    press(client, f"{made.link}/lijst/{welding}/haal-weg", seen="1")
    keep(maker, made.page, welding, reason_for="Nog een keer", seen="0")
    press(client, f"{made.link}/lijst/{welding}/haal-weg", seen="7")
    assert "veranderde deze module intussen" in get(client, f"{made.link}/lijst").text("main")


def test_who_rejects_says_why_and_too_long_is_said(app: Flask, pair: Pair) -> None:
    maker, _client, made = pair
    (welding,) = online(app, "Lassen voor beginners")
    page = keep(maker, made.page, welding, verdict="rejected")
    assert page
    assert "Schrijf wat ertegen spreekt" in page.text("main")
    page = keep(maker, made.page, welding, reason_for="x" * (MOST_REASON_CHARS + 1))
    assert page
    assert "te lang" in page.text("span", id=f"voor-{welding}-fout")
    assert not history(get(maker, f"{made.page}/lijst"))


def test_what_went_from_the_site_is_told(app: Flask, pair: Pair) -> None:
    maker, _client, made = pair
    gone, merged, kept = online(app, "Lassen voor beginners", "Lassen op school", "Lassen in de haven")
    for module in (gone, merged):
        keep(maker, made.page, module)
    with parts_of(app).database.writing() as session:
        session.execute(update(Module).where(Module.uid.in_((gone, merged))).values(status=Status.WITHDRAWN))
        keys = dict(session.query(Module.uid, Module.id))
        session.add(MergedModule(module_id=keys[merged], into_id=keys[kept], merged_at=NOW))
    page = get(maker, f"{made.page}/lijst")
    assert "staat niet meer op de site" in page.text("article", id=f"module-{gone}")
    assert "Lassen voor beginners" in page.text("article", id=f"module-{gone}")
    assert "Lassen in de haven" in page.text("article", id=f"module-{merged}")
    assert "samengevoegd" in page.text("article", id=f"module-{merged}")
    keep(maker, made.page, gone, verdict="rejected", reason_against="Bestaat niet meer", seen="1")
    assert "Bestaat niet meer" in get(maker, f"{made.page}/lijst").text("article", id=f"module-{gone}")
    keep(maker, made.page, "geen-module")
    assert "staat niet meer op de site" in get(maker, f"{made.page}/lijst").text("main")


def test_clients_put_what_they_kept_on_the_list_without_their_notes(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    first, second = online(app, "Lassen voor beginners", "Leidingen leggen")
    for module in (first, second):
        client.post("/lijst/bewaar", data={"module": module}, headers={"Origin": "http://localhost"})
    press(client, "/lijst", module=first, note="Alleen voor mij", edition="")
    keep(maker, made.page, first, reason_for="Goed")
    assert "U bewaarde zelf 2 modules" in get(client, f"{made.link}/lijst").text("main")
    press(client, f"{made.link}/lijst-van-mij")
    page = get(maker, f"{made.page}/lijst")
    assert "Samira: op de lijst gezet, Leidingen leggen" in history(page)
    assert "Goed" in page.text("article", id=f"module-{first}")
    assert "Alleen voor mij" not in page.text("main")


def test_a_client_with_an_account_is_named_as_the_client(app: Flask) -> None:
    maker, client = advisor(app), app.test_client()
    made = opened(maker)
    sign_in(client, add_account(app, "klant@example.org"))
    agree(client, made.link)
    (welding,) = online(app, "Lassen voor beginners")
    keep(client, f"/dossier/{made.uid}", welding)
    assert history(get(maker, f"{made.page}/lijst")) == ["Samira: op de lijst gezet, Lassen voor beginners"]
    assert history(get(client, f"/dossier/{made.uid}/lijst")) == ["U: op de lijst gezet, Lassen voor beginners"]


def test_a_list_of_a_closed_dossier_is_read_only(app: Flask, pair: Pair) -> None:
    maker, client, made = pair
    (welding,) = online(app, "Lassen voor beginners")
    keep(maker, made.page, welding)
    press(maker, f"{made.page}/stand", naar="closed")
    for browser, address in ((maker, made.page), (client, made.link)):
        page = get(browser, f"{address}/lijst")
        assert "Lassen voor beginners" in page.text("main")
        assert not page.all("textarea")
        for path in (f"lijst/{welding}", f"lijst/{welding}/haal-weg"):
            assert press(browser, f"{address}/{path}", verdict="pinned", seen="1").location == address
    assert press(client, f"{made.link}/lijst-van-mij").location == made.link
    assert len(history(get(maker, f"{made.page}/lijst"))) == 1
