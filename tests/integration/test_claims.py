"""What a client learned before, through its pages: both write, an assessor's view, what modules would give for it, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command as migrations
from flask import Flask
from sqlalchemy import column, insert, select, text
from sqlalchemy import table as sql_table

from catalogue.database import Database
from catalogue.models import Skill
from tests.accounts import parts_of
from tests.dossiers import ADVISOR, claimed, entries, online, press
from tests.pages import get, parsed
from tests.shared_list import Pair, keep
from web.advisor.guidance_model import Evidence
from web.advisor.together.claims import MOST_CLAIMS, MOST_EVIDENCE
from web.migrations.upgrade import config_for, upgrade


@pytest.fixture
def skill(app: Flask) -> str:
    with parts_of(app).database.writing() as session:
        added = Skill(label_nl="solderen", label_en="soldering")
        session.add(added)
        session.flush()
        return added.uid


def test_advisor_and_client_write_and_both_see_what_is_missing(app: Flask, pair: Pair, skill: str) -> None:
    maker, client, made = pair
    assert claimed(client, made.link, skill, level="3", proof="course", year="2019", text="Cursus bij Jansen").status_code == 303
    for browser, address in ((maker, made.page), (client, made.link)):
        page = get(browser, f"{address}/eerder-geleerd")
        assert page.all("a", href=f"{address}/eerder-geleerd/{skill}")
        words = page.text("main")
        assert all(part in words for part in ("solderen", "zelfstandig", "Cursus of training, 2019", "tweede soort", "meer dan 5 jaar oud"))
        assert "Leerwijzer kent niets toe" in words
        view = get(browser, f"{address}/eerder-geleerd/{skill}").text("main")
        assert all(part in view for part in ("VRAAK", "Authenticiteit", "doet het werk zelfstandig", "Geen module op de site leert dit"))
    for path in ("/eerder-geleerd", f"/eerder-geleerd/{skill}"):
        assert "Samira: opgeschreven, 23 november 2026, 10:00" in get(maker, made.page + path).text("main")
        assert "U: opgeschreven, 23 november 2026, 10:00" in get(client, made.link + path).text("main")
    claimed(maker, made.page, skill, level="3", proof="work", year="2026", text="Een werkbrief")
    words = get(client, f"{made.link}/eerder-geleerd").text("main")
    assert f"{ADVISOR}: opgeschreven" in words
    assert all(part in words for part in ("zelfstandig", "Cursus of training, 2019", "Werk, 2026"))
    assert "oud" not in words
    assert "tweede soort" not in words
    assert ("claimed", "claims") in entries(app, made)
    press(client, f"{made.link}/eerder-geleerd/{skill}/wis")
    assert "Er is nog niets opgeschreven" in get(maker, f"{made.page}/eerder-geleerd").text("main")
    assert ("unclaimed", "claims") in entries(app, made)


def test_any_skill_is_found_by_name_and_added(app: Flask, pair: Pair, skill: str) -> None:
    maker, _client, made = pair
    page = get(maker, f"{made.page}/eerder-geleerd")
    assert "ook wat niet bij het doel hoort" in page.text("main")
    [search] = [form for form in page.all("form") if form.get("role") == "search"]
    assert (search.get("action") or "").endswith("/eerder-geleerd#gevonden")
    for _ in range(2):  # what is claimed already is found too
        page = get(maker, f"{made.page}/eerder-geleerd?zoek=solderen")
        assert "Gevonden bij: solderen" in page.text("h3", id="gevonden")
        [found, *_others] = [next(one.iter("a")) for one in page.with_class("lw-plain")]
        assert found.get("href") == f"{made.page}/eerder-geleerd/{skill}"
        assert claimed(maker, str(found.get("href")).rpartition("/eerder")[0], skill).status_code == 303
    assert "Niets gevonden" in get(maker, f"{made.page}/eerder-geleerd?zoek=qqqqq").text("main")


def test_modules_say_which_exemption_could_be_asked(app: Flask, pair: Pair, skill: str) -> None:
    maker, _client, made = pair
    values = {"teaches": (skill, 3), "assessment": "Praktijktoets van een dag", "outcomes": ["Soldeert een koperen leiding"]}
    whole, _other = online(app, "Solderen in de praktijk", "Solderen voor gevorderden", **values)
    [basic] = online(app, "Kennismaken met solderen", teaches=(skill, 1))
    keep(maker, made.page, basic)
    assert "solderen" in get(maker, f"{made.page}/eerder-geleerd").text("main")  # a module on the list teaches it
    claimed(maker, made.page, skill, level="2")
    page = get(maker, f"{made.page}/eerder-geleerd/{skill}")
    titles = [" ".join("".join(title.itertext()).split()) for title in page.root.iter("h3")]
    assert titles[0] == "Kennismaken met solderen op de lijst"
    assert len(titles) == 3
    words = page.text("main")
    assert "Vindt de assessor het bewijs goed? Vraag dan een vrijstelling. Alles wat de module hiervan leert, is er dan al." in words
    assert "Vindt de assessor het bewijs goed? Vraag dan een vrijstelling voor 2 van de 3 stappen." in words
    assert "Praktijktoets van een dag" in words
    assert "Soldeert een koperen leiding" in words
    assert "Geen module op de site" not in words
    assert whole


def test_what_cannot_be_is_said_and_stays_in_the_form(app: Flask, pair: Pair, skill: str) -> None:
    maker, _client, made = pair
    for values, problem in (
        ({"year": "1900"}, "Schrijf een jaar tussen 1950 en 2026"),
        ({"year": "2027"}, "Schrijf een jaar tussen"),
        ({"year": "ooit"}, "Schrijf een heel getal"),
        ({"level": ""}, "Kies hoe goed"),
        ({"proof": ""}, "Kies een soort bewijs"),
        ({"text": "x" * 2_001}, "te lang"),
    ):
        page = parsed(claimed(maker, made.page, skill, **({"text": "Een brief"} | values)))
        assert problem in page.text("main"), values
        assert page.title.startswith("Fout:")
    assert "Er is nog niets opgeschreven" in get(maker, f"{made.page}/eerder-geleerd").text("main")
    get(maker, f"{made.page}/eerder-geleerd/geen-vaardigheid", status=404)


def test_evidence_goes_a_piece_at_a_time(app: Flask, pair: Pair, skill: str) -> None:
    maker, client, made = pair
    for values in ({"text": "Een werkbrief"}, {"text": "Een diploma", "proof": "diploma"}, {"text": "Een diploma", "proof": "diploma"}):
        claimed(maker, made.page, skill, **values)
    path = f"/eerder-geleerd/{skill}"
    page = get(client, made.link + path)
    wipes = [form.get("action") or "" for form in page.all("form") if "/bewijs/" in (form.get("action") or "")]
    assert len(wipes) == 2
    assert press(client, made.link + path, level="4", proof="", year="", text="").status_code == 303  # the level alone
    assert "kies een soort bewijs" in parsed(press(client, made.link + path, level="4", text="Nog iets")).text("main").casefold()
    press(client, wipes[0])
    told = get(maker, made.page + path).text("main")
    assert "Een diploma" in told
    assert "Een werkbrief" not in told
    assert ("unclaimed", "claims") in entries(app, made)
    press(client, wipes[1])
    assert "Een diploma" in get(maker, made.page + path).text("section", aria_labelledby="bewijs")
    for number in range(MOST_EVIDENCE):
        answer = claimed(maker, made.page, skill, text=f"Brief {number}")
    assert "Er past niets meer bij" in get(maker, str(answer.location)).text("main")


def test_there_is_an_end_to_it(app: Flask, pair: Pair) -> None:
    maker, _client, made = pair
    with parts_of(app).database.writing() as session:
        added = [Skill(label_nl=f"vaardigheid {number}") for number in range(MOST_CLAIMS + 1)]
        session.add_all(added)
        session.flush()
        *most, last = [one.uid for one in added]
    for uid in most:
        claimed(maker, made.page, uid)
    assert "Er past niets meer bij" in get(maker, str(claimed(maker, made.page, last).location)).text("main")
    claimed(maker, made.page, most[0], text="Iets anders")
    assert "Iets anders" in get(maker, f"{made.page}/eerder-geleerd/{most[0]}").text("main")


def test_a_claim_in_a_closed_dossier_is_read_only(app: Flask, pair: Pair, skill: str) -> None:
    maker, client, made = pair
    claimed(maker, made.page, skill)
    press(maker, f"{made.page}/stand", naar="closed")
    for browser, address in ((maker, made.page), (client, made.link)):
        page = get(browser, f"{address}/eerder-geleerd/{skill}")
        assert "Drie jaar monteur" in page.text("main")
        assert not page.all("textarea")
        assert claimed(browser, address, skill, text="Nee").location == address
        assert press(browser, f"{address}/eerder-geleerd/{skill}/wis").location == address


def test_evidence_from_before_several_pieces_stays(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'before.sqlite'}"
    migrations.upgrade(config_for(url), "0019")
    database = Database(url)
    told = {"proof": "course", "year": 2019, "text": "Cursus bij Jansen"}
    with database.writing() as session:
        for table, row in {
            "dossier": {"id": 1, "uid": "u", "opened_at": "2026-01-01"}
            | dict.fromkeys(("client_name", "client_email", "goal", "situation", "link_hash"), ""),
            "dossier_claim": {"id": 7, "dossier_id": 1, "skill": "s", "level": 3} | told,
        }.items():
            session.execute(insert(sql_table(table, *map(column, row))).values(row))
    upgrade(url)
    with database.reading() as session:
        [piece] = session.scalars(select(Evidence))
        assert (piece.claim_id, piece.proof, piece.year, piece.text) == (7, *told.values())
    migrations.downgrade(config_for(url), "0019")
    with database.reading() as session:
        assert session.execute(text("SELECT proof, year, text FROM dossier_claim")).all() == [tuple(told.values())]
    database.close()
