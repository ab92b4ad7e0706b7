"""What a person gets who types a place, a time or a price, and who asks for too much."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.modules import modules_by_id
from catalogue.search.answering import FEW, Answer
from catalogue.search.port import Query
from tests.conftest import NOW
from tests.pages import get as page_of
from web.wiring import Services

TODAY = NOW.date()


@pytest.fixture
def parts(seeded_app: Flask) -> Services:
    found: Services = seeded_app.extensions["leerwijzer"]
    return found


def answer(parts: Services, text: str, **wishes: object) -> Answer:
    return parts.module_search.answer(Query(TODAY, text, **wishes))  # type: ignore[arg-type]


def test_the_words_of_a_wish_hold_for_one_edition(parts: Services) -> None:
    typed = answer(parts, "excel avond breda")
    chosen = answer(parts, "excel", filters={"place": frozenset(["breda"]), "moment": frozenset(["evening"])})
    assert [hit.module_id for hit in typed.result.hits] == [hit.module_id for hit in chosen.result.hits]
    assert [wish.name for wish in typed.read.wishes] == ["place", "moment"]


def test_what_is_elsewhere_is_named_where_there_is_little(parts: Services) -> None:
    found = answer(parts, "warmtepomp terneuzen")
    assert found.result.total < FEW
    assert len(found.elsewhere) >= FEW
    assert not {hit.module_id for hit in found.elsewhere} & {hit.module_id for hit in found.result.hits}
    assert all(hit.distance_km is None or hit.distance_km > 20 for hit in found.elsewhere)
    assert answer(parts, "warmtepomp").elsewhere == ()


def test_the_surroundings_of_any_place_in_the_country(parts: Services) -> None:
    found = answer(parts, "lassen omgeving Breda")
    assert found.query.radius_km == 25
    assert all(hit.distance_km is None or hit.distance_km <= 25 for hit in found.result.hits)
    assert found.reach


def test_the_name_of_a_field_asks_for_its_work_and_not_for_teaching_it(parts: Services) -> None:
    with parts.database.reading() as session:
        for text in ("iets met techniek", "werken in de techniek"):
            hits = answer(parts, text).result.hits[:5]
            themes = {module.theme.slug for module in modules_by_id(session, [hit.module_id for hit in hits]).values() if module.theme}
            assert themes.isdisjoint({"werk-en-organisatie", "taal-en-basis"})
        [teaching] = modules_by_id(session, [answer(parts, "docent techniek").result.hits[0].module_id]).values()
        assert teaching.title.startswith("Hybride docent techniek")


def test_relaxations_count_what_they_give(parts: Services) -> None:
    wishes = {"filters": {"level": frozenset(["wo-master"])}, "max_price_eur": 0.0}
    found = answer(parts, "warmtepomp", **wishes)
    assert found.result.total == 0
    by_name = {one.name: one for one in found.relaxations}
    assert by_name["level"].total == answer(parts, "warmtepomp", max_price_eur=0.0).result.total
    assert by_name[""].total == answer(parts, "warmtepomp").result.total
    assert "max_price_eur" not in by_name, "nothing is gained by it"
    assert found.relaxations[-1].name == ""


def test_the_nearest_price_is_told(client: FlaskClient) -> None:
    page = page_of(client, "/modules?q=warmtepomp&max_price_eur=1&format=workplace")
    hints = [" ".join("".join(link.itertext()).split()) for link in page.with_class("lw-note--quiet")[0].iter("a")]
    assert any("Zonder hoogste prijs" in hint and "vanaf €" in hint for hint in hints), hints


def test_a_wish_can_be_taken_back_on_the_page(client: FlaskClient) -> None:
    page = page_of(client, "/modules?q=excel+avond")
    wishes = page.with_class("lw-wishes")[0]
    assert "'s avonds" in "".join(wishes.itertext())
    assert [link.get("href") for link in wishes.iter("a")] == ["/modules?q=excel"]


def test_half_a_word_is_completed_without_javascript(client: FlaskClient) -> None:
    page = page_of(client, "/modules?q=warmtepo")
    completions = [" ".join("".join(link.itertext()).split()).casefold() for link in next(page.root.iter("noscript")).iter("a")]
    assert completions
    assert all("warmtepomp" in completion for completion in completions)


def test_free_in_the_evening_is_no_afternoon(client: FlaskClient) -> None:
    both = client.get("/api/v1/modules?moment=evening&moment=weekend&per_page=100").get_json()
    one = client.get("/api/v1/modules?moment=evening&per_page=100").get_json()
    assert {item["moment"] for item in one["items"]} == {"evening"}
    assert {item["moment"] for item in both["items"]} <= {"evening", "weekend", "evening+weekend"}
    assert both["total"] > one["total"]
