"""A whole path on the own list: its modules in order, each with its edition."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.lists import press, titles
from tests.pages import get
from web.lists.saved import MAX_ITEMS, ListFull, SavedItem, SavedList


def stops_on(client: FlaskClient) -> tuple[list[str], list[str], list[str]]:
    """Titles, modules and editions of the path as its page has them."""
    page = get(client, "/leerroute")
    [form] = page.all("form", id="bewaar-route")
    fields = [(field.get("name"), field.get("value") or "") for field in form.iter("input")]
    names = ["".join(heading.itertext()) for way in page.with_class("lw-way") for heading in way.iter("h3")]
    return names, [value for name, value in fields if name == "module"], [value for name, value in fields if name == "uitvoering"]


def test_the_path_comes_on_the_list_in_its_order(learner: FlaskClient) -> None:
    names, modules, editions = stops_on(learner)
    assert len(names) == len(modules) == len(editions) > 1
    answer = learner.post(
        "/lijst/bewaar-leerroute", data={"module": modules, "uitvoering": editions}, headers={"Origin": "http://localhost"}
    )
    assert answer.location == "/lijst"
    assert f"{len(names)} modules van uw route staan op uw lijst." in get(learner, "/lijst").text("main")
    assert titles(learner) == names
    chosen = [option.get("value") for option in get(learner, "/lijst").all("option") if option.get("selected") is not None]
    assert chosen == [edition for edition in editions if edition]
    assert len(chosen) > 0


def test_what_is_no_module_or_no_edition_of_it_is_left_out(learner: FlaskClient) -> None:
    names, modules, _editions = stops_on(learner)
    sent = {"module": ["x", modules[0], "y" * 100_000], "uitvoering": ["x", "of nothing", "z"]}
    assert learner.post("/lijst/bewaar-leerroute", data=sent, headers={"Origin": "http://localhost"}).status_code == 303
    assert titles(learner) == names[:1]
    assert press(learner, "/lijst/bewaar-leerroute").status_code == 303
    assert titles(learner) == names[:1]


def test_a_page_elsewhere_cannot_save_a_path(learner: FlaskClient) -> None:
    _names, modules, editions = stops_on(learner)
    answer = learner.post("/lijst/bewaar-leerroute", data={"module": modules, "uitvoering": editions})
    assert answer.status_code == 400
    assert titles(learner) == []


def test_a_path_that_does_not_fit_leaves_the_list_as_it_was() -> None:
    full = SavedList().with_items([SavedItem(str(number)) for number in range(MAX_ITEMS - 1)])
    assert [item.module for item in full.items[:2]] == ["0", "1"]
    with pytest.raises(ListFull):
        full.with_items([SavedItem("a"), SavedItem("b")])
    assert [item.edition for item in full.with_items([SavedItem("0", "later"), SavedItem("a", "first")]).items[:2]] == ["first", "later"]
