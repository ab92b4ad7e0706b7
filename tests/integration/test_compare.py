"""Modules side by side: the same facts as on their own pages, differences in words, and how each fits who named a goal."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from tests.accounts import parts_of
from tests.guided import want
from tests.lists import save
from tests.page_table import MODULE
from tests.pages import Page, get, post
from web.browse.way_back import WayBack
from web.learner.answers import Answers
from web.learner.profile import learner_profile
from web.lists.compare import Row, side_by_side, to_compare
from web.lists.views import PUBLIC


@pytest.fixture
def slugs(client: FlaskClient) -> list[str]:
    """Modules that a search for solar panels finds, best first."""
    page = get(client, "/modules?q=zonnepanelen")
    links = [link.get("href") or "" for card in page.with_class("lw-card") for heading in card.iter("h3") for link in heading.iter("a")]
    return [link.removeprefix("/modules/") for link in links]


@pytest.fixture
def learner(client: FlaskClient, uids: dict[str, str]) -> FlaskClient:
    """A cashier in Breda who wants to fit solar panels."""
    return want(client, uids, "kassamedewerker", "zonnepanelenmonteur", near="4811")


def address(*slugs: str) -> str:
    return "/vergelijk?" + urlencode([("m", slug) for slug in slugs])


def rows_of(page: Page) -> dict[str, list[str]]:
    """The cells of each row of the table by its head: what differs."""
    found = {}
    for row in page.all("tr"):
        head = row.find("th")
        if head is not None and head.get("scope") == "row":
            found[(head.text or "").strip()] = [" ".join(" ".join(cell.itertext()).split()) for cell in row.findall("td")]
    return found


def same_in(page: Page) -> dict[str, str]:
    """What is told once, since it is the same of all."""
    found = {}
    for term in (part for terms in page.with_class("lw-terms") for part in terms.iter("div")):
        name, value = ("".join(part.itertext()).strip() for part in term)
        found[name] = " ".join(value.split())
    return found


def table(page: Page) -> dict[str, list[str]]:
    """The cells of each row, also of one in which all are the same."""
    rows = rows_of(page)
    columns = len(page.all("th", scope="col"))
    return {**{name: [text] * columns for name, text in same_in(page).items()}, **rows}


def test_each_module_has_its_column_and_each_fact_is_told(client: FlaskClient, slugs: list[str]) -> None:
    page = get(client, address(MODULE, *slugs[:3]))
    heads = [link.get("href") for head in page.all("th", scope="col") for link in head.iter("a")]
    assert heads == [f"/modules/{slug}" for slug in (MODULE, *slugs[:3])]
    rows = table(page)
    assert all(len(cells) == 4 and all(cells) for cells in rows.values())
    wanted = {"Niveau", "Soort", "Tijd per week", "Tijd in totaal", "Prijs", "Waar", "Start", "Taal van de lessen", "Bewijs na afloop"}
    assert wanted | {"Dit leert u", "Dit moet u al kunnen", "Aanbieder", "Telt mee voor"} <= {name.split(":")[0] for name in rows}
    alone = get(client, f"/modules/{MODULE}").text("dl", class_="lw-terms")
    for name in ("Tijd in totaal", "Tijd per week", "Prijs", "Taal van de lessen", "Bewijs na afloop"):
        assert f"{name} {rows[name][0]}" in alone.replace(f"{name}{rows[name][0]}", f"{name} {rows[name][0]}")


def test_the_table_holds_what_differs_and_the_rest_is_told_once(client: FlaskClient, slugs: list[str]) -> None:
    page = get(client, address(*slugs[:3]))
    rows, same = rows_of(page), same_in(page)
    assert all(len(set(cells)) > 1 for name, cells in rows.items() if name != "Wat wilt u doen?")
    assert same
    assert rows.keys().isdisjoint(same)
    [summary] = [text for text in ("".join(one.itertext()) for one in page.all("summary")) if text.startswith("Hierin zijn ze gelijk")]
    assert all(name.lower() in summary for name in same)


def test_a_row_is_parted_in_what_all_have_and_what_differs(seeded_app: Flask) -> None:
    lines = [[("solderen", "nl"), ("lassen", "nl")], [("lassen", "nl")]]
    with seeded_app.test_request_context():
        parted, whole = Row("Dit leert u", lines, is_parted=True), Row("Waar", lines)
        rest = parted.difference()
        assert rest == Row("Dit leert u: het verschil", [[("solderen", "nl")], [("verder niets", "nl")]])
        assert parted.shared() == [("lassen", "nl")]
        assert (whole.difference(), whole.shared()) == (whole, []), "who reads where wants to read all places"
        turned = Row("Waar", [lines[0], lines[0][::-1]])
        assert (turned.difference(), turned.shared()) == (None, lines[0])


def test_modules_that_differ_in_nothing_say_so(seeded_app: Flask, slugs: list[str]) -> None:
    with seeded_app.test_request_context("/vergelijk"), parts_of(seeded_app).database.reading() as reading:
        [module] = to_compare(reading, slugs[:1])
        page = side_by_side(reading, [module, module], learner_profile(reading, Answers()), PUBLIC, has_goal=False)
        told = render_template("lists/compare.html", page=page, back=WayBack("/lijst", "Mijn lijst"))
    assert not page.rows
    assert "Deze modules verschillen nergens in." in told
    assert '<details class="lw-more" open>' in told


def test_without_a_goal_nothing_is_said_about_the_learner(client: FlaskClient, slugs: list[str]) -> None:
    page = get(client, address(*slugs[:2]))
    assert "Score" not in table(page)
    assert page.all("a", href="/profiel")


def test_with_a_goal_it_says_the_same_as_the_matches(learner: FlaskClient) -> None:
    matches = get(learner, "/matches")
    cards = matches.with_class("lw-match")[:2]
    slugs = [next(link.get("href") or "" for link in card.iter("a")).removeprefix("/modules/") for card in cards]
    scores = [next(part for part in card.iter("span") if part.get("class") == "lw-score__number")[0].tail for card in cards]
    rows = table(get(learner, address(*slugs, MODULE)))
    assert [cell.split()[0] for cell in rows["Score"][:2]] == scores
    for card, cell in zip(cards, rows["Dit leert u voor uw doel"], strict=False):
        steps = next(part for part in card.iter("ul") if part.get("class") == "lw-closes")
        assert all((span.text or "") in cell for item in steps for span in item.findall("span")[:1])
    assert "km van u" in " ".join(rows["Waar"]) or "in de buurt" in " ".join(rows["Waar"])


def test_a_module_that_does_not_fit_says_so(learner: FlaskClient, slugs: list[str]) -> None:
    baking = next(
        link.get("href") or "" for card in get(learner, "/modules?q=brood bakken").with_class("lw-card") for link in card.iter("a")
    ).removeprefix("/modules/")
    rows = table(get(learner, address(slugs[0], baking)))
    assert rows["Score"][1] == "Past niet bij uw doel"
    assert rows["Dit leert u voor uw doel"][1] == "niets van uw doel"


def test_a_module_that_is_too_dear_still_says_what_it_teaches(learner: FlaskClient) -> None:
    [first, second] = [
        next(link.get("href") or "" for link in match.iter("a")).removeprefix("/modules/")
        for match in get(learner, "/matches").with_class("lw-match")[:2]
    ]
    before = table(get(learner, address(first, second)))
    post(learner, "/profiel/wensen?naar=controle", budget_eur="1")
    rows = table(get(learner, address(first, second)))
    assert rows["Score"] == ["Past niet bij uw wensen"] * 2
    assert [cell.split(":")[0] for cell in rows["Dit leert u voor uw doel"]] == [
        cell.split(":")[0] for cell in before["Dit leert u voor uw doel"]
    ]


def test_a_fifth_module_is_told_and_can_be_left_out(client: FlaskClient, slugs: list[str]) -> None:
    page = get(client, address(MODULE, *slugs[:4]))
    assert page.title.startswith("Fout:")
    assert "Kies hoogstens 4 modules. U koos er 5." in page.with_class("lw-errors")[0].itertext()
    boxes = page.all("input", name="m")
    assert [box.get("checked") is not None for box in boxes] == [True] * 4 + [False]
    assert [box.get("value") for box in boxes] == [MODULE, *slugs[:4]]


@pytest.mark.parametrize(
    "query", ["", "?m=", "?m=x", f"?m={MODULE}", f"?m={MODULE}&m={MODULE}", "?m=" + "x" * 5000, "?m=" + "&m=".join("abc")]
)
def test_with_less_than_two_there_is_nothing_to_compare(client: FlaskClient, query: str) -> None:
    page = get(client, f"/vergelijk{query}")
    assert page.all("a", href="/lijst")
    assert not page.all("table")


def test_the_list_leads_to_it_and_one_can_be_left_out(client: FlaskClient) -> None:
    save(client)
    assert not get(client, "/lijst").all("form", id="vergelijk")
    save(client, "/modules?q=zonnepanelen")
    save(client, "/modules?q=zonnepanelen")
    page = get(client, "/lijst")
    boxes = page.all("input", form="vergelijk")
    slugs = [box.get("value") or "" for box in boxes]
    assert len(slugs) == 3
    [first, *_] = [link for link in get(client, address(*slugs)).all("a") if "Haal uit deze vergelijking" in "".join(link.itertext())]
    assert first.get("href") == address(*slugs[1:])


def test_who_ticks_none_on_the_list_means_all_of_it(client: FlaskClient) -> None:
    for _module in range(3):
        save(client, "/modules?q=zonnepanelen")
    assert "lijst" in {field.get("name") for field in get(client, "/lijst").all("form", id="vergelijk")[0].iter("input")}
    assert len(get(client, "/vergelijk?lijst=y").all("th", scope="col")) == 3
    for _module in range(2):
        save(client, "/modules?q=batterij")
    page = get(client, "/vergelijk?lijst=y")
    assert page.title == "Modules vergelijken - Leerwijzer"
    assert [box.get("checked") for box in page.all("input", name="m")] == [None] * 5
    assert not page.all("table")
    assert "nog geen modules gekozen" in get(client, "/vergelijk").text()


def test_it_reads_in_english(client: FlaskClient, slugs: list[str]) -> None:
    client.set_cookie("taal", "en")
    page = get(client, address(*slugs[:2]))
    assert page.text("h1") == "2 modules side by side"
    assert {"Price", "What you learn"} <= table(page).keys()
