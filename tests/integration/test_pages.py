"""Every page over the seed catalogue: valid, in both languages, and steadfast against nonsense."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import app_in
from tests.page_table import ELSEWHERE, OURS, PAGES
from tests.pages import Page, get, parsed, post
from web.presentation import is_local

NONSENSE = [
    "x" * 1_000_000,
    "\x00\x01",
    "[[((**",
    "a AND (",
    '"',
    "%",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "🙂" * 300,
]


def test_every_page_stands_in_the_list(seeded_app: Flask) -> None:
    ours = {
        rule.endpoint
        for rule in seeded_app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in OURS
    }
    assert ours == PAGES.keys() | ELSEWHERE


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("endpoint", PAGES)
def test_page_is_valid(client: FlaskClient, endpoint: str, language: str) -> None:
    client.set_cookie("taal", language)
    page = get(client, PAGES[endpoint])
    assert page.all("html")[0].get("lang") == language
    assert page.title.endswith(" - Leerwijzer")
    assert not page.title.startswith(("Fout:", "Error:"))


def test_english_pages_hold_no_dutch_interface(client: FlaskClient) -> None:
    client.set_cookie("taal", "en")
    page = get(client, "/modules?q=warmtepomp")
    assert "modules found" in page.text("h2", id="gevonden")
    assert "mbo level 4" in page.text("details", class_="lw-filters")
    assert "Zoeken" not in page.text("header")


def test_search_shows_what_is_filtered_and_how_to_drop_it(client: FlaskClient) -> None:
    page = get(client, PAGES["browse.search"])
    wishes = [("".join(link.itertext()), link.get("href") or "") for item in page.all("ul", class_="lw-wishes") for link in item.iter("a")]
    by_label = {" ".join(label.split()).removeprefix("Haal weg: "): address for label, address in wishes}
    assert "mbo niveau 4" in by_label
    assert "hoogstens € 900" in by_label
    assert "binnen 50 km van Breda" in by_label
    assert "level=mbo-4" not in by_label["mbo niveau 4"]
    assert "level=mbo-3" in by_label["mbo niveau 4"]
    assert "near=" not in by_label["binnen 50 km van Breda"]


def test_dropping_a_wish_finds_at_least_as_much(client: FlaskClient) -> None:
    def found(path: str) -> int:
        return int(get(client, path).text("h2", id="gevonden").split()[0].replace(".", ""))

    page = get(client, PAGES["browse.search"])
    links = [link.get("href") or "" for item in page.all("ul", class_="lw-wishes") for link in item.iter("a")]
    links = [link for link in links if link.count("level=") != 1]  # of two values of one group, one alone finds less
    assert len(links) > 2
    assert all(found(link) >= found(PAGES["browse.search"]) for link in links)


def test_nothing_found_says_what_to_relax(client: FlaskClient) -> None:
    page = get(client, "/modules?q=warmtepomp&max_price_eur=0&level=wo-master")
    assert page.text("h2", id="gevonden").startswith("0 ")
    hints = [" ".join("".join(link.itertext()).split()) for link in page.with_class("lw-note--quiet")[0].iter("a")]
    assert "Zonder wo-master: 3 modules" in hints
    assert any(hint.startswith("Zonder alle filters: ") for hint in hints)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("max_price_eur=veel", "max_price_eur"),
        ("max_price_eur=-5", "max_price_eur"),
        ("max_hours=1e9", "max_hours"),
        ("start_before=morgen", "start_before"),
        ("radius_km=1.5&near=Breda", "radius_km"),
        ("near=Nergenshuizen", "near"),
        ("q=" + "x" * 201, "q"),
    ],
)
def test_bad_values_are_told_by_the_field(client: FlaskClient, query: str, field: str) -> None:
    page = get(client, f"/modules?{query}")
    assert page.title.startswith("Fout:")
    assert page.all("span", id=f"{field}-fout")
    assert page.all("a", href=f"#{field}")


@pytest.mark.parametrize(("typed", "meant"), [("Amsterdm", "Amsterdam"), ("5299", "5298 Liempde"), ("Bosch", "'s-Hertogenbosch")])
def test_an_unknown_place_leads_to_those_that_may_be_meant(client: FlaskClient, typed: str, meant: str) -> None:
    page = get(client, f"/modules?near={typed}&radius_km=25")
    assert meant in page.text("span", id="near-fout")
    assert "Dit zijn modules uit heel Nederland." in page.text("section", class_="lw-results")
    [link] = [link for link in page.all("a") if "".join(link.itertext()) == meant]
    there = get(client, link.get("href") or "")
    assert f"binnen 25 km van {meant}" in there.text("ul", class_="lw-wishes")


def sorts_on(page: Page) -> list[str]:
    [select] = page.all("select", id="sort")
    return [option.get("value") or "" for option in select.iter("option")]


@pytest.mark.parametrize(
    ("query", "own", "senseless"),
    [
        ("", "start", {"relevance", "distance"}),
        ("sort=relevance", "start", {"relevance", "distance"}),
        ("near=Breda", "distance", {"relevance"}),
        ("q=warmtepomp", "relevance", {"distance"}),
        ("q=warmtepomp&near=Breda", "relevance", set()),
    ],
)
def test_the_order_is_one_that_means_something(client: FlaskClient, query: str, own: str, senseless: set[str]) -> None:
    page = get(client, f"/modules?{query}")
    assert sorts_on(page)[0] == own
    assert set(sorts_on(page)) == {"relevance", "start", "price", "distance", "hours"} - senseless
    assert [option.get("value") for option in page.all("select", id="sort")[0].iter("option") if option.get("selected") is not None] == [
        own
    ]


def test_a_place_puts_the_nearest_first_and_tells_near_from_online(client: FlaskClient) -> None:
    page = get(client, "/modules?near=Den Bosch&radius_km=25")
    distances = [
        words for item in page.all("li") if (words := "".join(item.itertext())) and ("km van u" in words or "in de buurt" in words)
    ]
    assert "in de buurt" in distances[0]
    told = next(paragraph for paragraph in page.all("p") if "25 km" in "".join(paragraph.itertext()))
    nearby, _radius, online = (int(number) for number in re.findall(r"\d+", "".join(told.itertext())))
    [link] = told.iter("a")
    placed = get(client, link.get("href") or "")
    assert placed.text("h2", id="gevonden") == f"{nearby} modules gevonden"
    assert get(client, "/modules?format=online").text("h2", id="gevonden") == f"{online} modules gevonden"
    assert "online volgen" not in placed.text("section", class_="lw-results")


def test_nothing_near_is_said_and_leads_further(client: FlaskClient) -> None:
    page = get(client, "/modules?near=Maastricht&radius_km=25")
    told = next(
        paragraph for paragraph in page.all("p") if "Binnen 25 km van Maastricht is niets gevonden." in "".join(paragraph.itertext())
    )
    assert "142 modules kunt u online volgen." in "".join(told.itertext())
    assert "km van u" not in page.text("ul", class_="lw-cards")
    assert [link.get("href") for link in told.iter("a")] == ["/modules?near=Maastricht&radius_km=50"]


def test_a_point_before_three_digits_is_a_thousand(client: FlaskClient) -> None:
    def found(price: str) -> Page:
        return get(client, f"/modules?max_price_eur={price}")

    assert found("1.000").text("h2", id="gevonden") == found("1000").text("h2", id="gevonden")
    assert found("1.000").text("h2", id="gevonden") != found("1").text("h2", id="gevonden")
    assert "hoogstens € 1.000" in found("1.000").text("ul", class_="lw-wishes")


@pytest.mark.parametrize("nonsense", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("name", ["q", "level", "near", "sort", "page", "start_before", "unknown"])
def test_search_withstands_nonsense(client: FlaskClient, name: str, nonsense: str) -> None:
    response = client.get("/modules", query_string={name: nonsense})
    assert response.status_code == 200
    assert "<script>alert" not in response.get_data(as_text=True)
    parsed(response)


def test_a_page_far_away_leads_back(client: FlaskClient) -> None:
    assert "Ga terug" in get(client, "/modules?page=999").text("section", class_="lw-results")


def test_words_of_the_trade_are_explained(client: FlaskClient) -> None:
    page = get(client, PAGES["browse.module"])
    explained = page.text("dl", class_="lw-glossary")
    assert "Studiebelastingsuren" in explained
    assert "NLQF en EQF" in explained
    assert "Europese studiepunten" not in explained, "only words that stand on the page"
    assert "SBU" not in get(client, "/modules?q=warmtepomp").text("ul", class_="lw-cards")
    about = get(client, "/over").text("dl", class_="lw-glossary")
    assert "Micro-interventie" in about
    assert "Europese studiepunten" in about


def test_mistakes_on_the_site_have_somewhere_to_go(client: FlaskClient, seeded_instance: Path) -> None:
    assert "mailto:" not in client.get("/over").get_data(as_text=True)
    reachable = app_in(seeded_instance, counting=False, contact_email="fout@leren.example").test_client()
    assert get(reachable, "/over").all("a", href="mailto:fout@leren.example")
    assert "Contact: mailto:fout@leren.example" in reachable.get("/.well-known/security.txt").get_data(as_text=True)


def test_the_sentence_in_english_is_introduced_in_dutch(client: FlaskClient) -> None:
    introduction = "een lijst van de Europese Commissie. Die vraagt om deze zin in het Engels:"
    assert introduction in get(client, "/over").text("main")
    assert get(client, "/over").text("p", lang="en").startswith("This service uses")


def test_an_account_without_a_password_is_told_so(client: FlaskClient) -> None:
    assert "Kiest u een wachtwoord, dan bewaren wij dat versleuteld." in get(client, "/account-maken").text("main")


def test_module_page_tells_what_decides(client: FlaskClient) -> None:
    page = get(client, PAGES["browse.module"])
    text = page.text("main")
    wanted = ("Dit kunt u na afloop", "Voor wie", "80 uur (SBU)", "NLQF 4, EQF 4", "Mbo-certificaat", "€ 595", "Zodra 8 mensen")
    assert [needed for needed in wanted if needed not in text] == []
    assert "Dit zijn voorbeelden" in text


def test_texts_in_another_language_are_announced(client: FlaskClient) -> None:
    assert "De tekst van deze module is in het" not in get(client, PAGES["browse.module"]).text("main")
    assert "in de taal van de lessen" not in get(client, "/modules").text("main")
    client.set_cookie("taal", "en")
    assert "The text of this module is in Dutch." in get(client, PAGES["browse.module"]).text("main")
    for path in ("/modules?q=warmtepomp", PAGES["browse.provider"], PAGES["browse.hub"]):
        assert "in the language of the lessons, often Dutch" in get(client, path).text("main")


def test_months_keep_their_capital(client: FlaskClient) -> None:
    client.set_cookie("taal", "en")
    text = get(client, PAGES["browse.module"]).text("main")
    assert re.search(r"\d February 2027", text)
    assert "february" not in text


@pytest.mark.parametrize(
    ("came_from", "address", "words"),
    [
        (
            "http://localhost/modules?q=warmtepomp&level=mbo-4&page=2",
            "/modules?q=warmtepomp&level=mbo-4&page=2",
            "Terug naar uw resultaten",
        ),
        ("http://localhost/matches?page=2", "/matches?page=2", "Terug naar de modules die bij u passen"),
        ("http://localhost/modules", "/modules", "Terug naar uw resultaten"),
        ("http://localhost/over", "/modules", "Alle modules"),
        ("https://elders.example/modules?q=warmtepomp", "/modules", "Alle modules"),
        ("", "/modules", "Alle modules"),
    ],
)
def test_a_module_leads_back_to_where_one_came_from(client: FlaskClient, came_from: str, address: str, words: str) -> None:
    page = parsed(client.get(PAGES["browse.module"], headers={"Referer": came_from} if came_from else {}))
    [link] = [link for crumbs in page.with_class("lw-crumbs") for link in crumbs.iter("a")]
    assert link.get("href") == address
    assert "".join(link.itertext()).strip() == words


def test_a_module_in_short_names_every_place_once(client: FlaskClient) -> None:
    page = get(client, "/modules/battery-chemistry-for-engineers")
    [where] = [div for div in page.with_class("lw-terms")[0].iter("div") if "Waar" in "".join(div.itertext())]
    assert [text.strip() for text in where[1].itertext() if text.strip()] == ["Eindhoven, deels online", "online"]


def test_a_module_leads_on(client: FlaskClient) -> None:
    [head] = get(client, PAGES["browse.module"]).with_class("lw-split__head")
    links = {" ".join("".join(link.itertext()).split()): link.get("href") for link in head.iter("a")}
    assert links["Past dit bij mij?"] == "/profiel"
    assert client.get(links["Naar de site van Curio"]).location == "https://www.curio.nl"


def test_module_text_in_another_language_is_marked(client: FlaskClient) -> None:
    client.set_cookie("taal", "en")
    page = get(client, PAGES["browse.module"])
    assert page.all("h1")[0].get("lang") == "nl"


@pytest.mark.parametrize("path", ["/modules/bestaat-niet", "/hubs/x", "/aanbieders/x", "/bestaat-niet"])
def test_unknown_addresses_get_a_friendly_page(client: FlaskClient, path: str) -> None:
    page = get(client, path, status=404)
    assert "Deze pagina bestaat niet" in page.text("h1")
    assert page.all("input", name="q")


def test_language_is_remembered_and_leads_back(client: FlaskClient) -> None:
    answer = client.get("/taal/en?verder=/modules?q=zon")
    assert (answer.status_code, answer.location) == (303, "/modules?q=zon")
    assert get(client, "/").all("html")[0].get("lang") == "en"


@pytest.mark.parametrize(
    "target", ["https://elders.example", "//elders.example", "/\\elders.example", "modules", "", "/a\r\nSet-Cookie: x=1"]
)
def test_language_switch_never_leaves_the_site(client: FlaskClient, target: str) -> None:
    assert not is_local(target)
    assert client.get("/taal/en", query_string={"verder": target}).location == "/"


@pytest.mark.parametrize("path", ["/hub", "/adviseur"])
def test_start_pages_of_others_ask_to_sign_in(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 302


def test_a_form_without_its_token_changes_nothing(client: FlaskClient) -> None:
    client.post("/profiel/doel/eigen-woorden", data={"text": "zonnepanelen leggen"})
    assert "zonnepanelen" not in get(client, "/profiel/controle").text("main")


def test_a_question_without_an_answer_says_what_to_do(client: FlaskClient) -> None:
    page = parsed(post(client, "/profiel/beroep", q=""))
    assert page.title.startswith("Fout:")
    assert "Schrijf een beroep, of sla deze vraag over." in page.with_class("lw-errors")[0].itertext()
