"""The PDF of an advice report as a screen reader meets it: read back out of the file, element by element."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.dossiers import ADVISOR, advisor, opened
from tests.pages import get
from tests.pdf import Pdf, parsed_pdf
from tests.reports import GOAL_WORDS, LONG, OWN_WORDS, WHY, guided, make_report

CONTENTS = "Wat er verder in staat"


def bare(text: str) -> str:
    """Without spaces, which the ends of lines swallow."""
    return "".join(text.split())


def in_contents(article: Element) -> set[str]:
    """What stands in the list of contents of a page; the paper has its own."""
    return {bare("".join(one.itertext())) for nav in article.iter("nav") for one in nav.iter("li")}


def report_of(app: Flask, *, language: str = "nl", is_long: bool = False) -> tuple[FlaskClient, str]:
    """Makes a dossier and its report; returns the advisor's browser and where the report is."""
    client = advisor(app)
    made = opened(client, how="paper")
    guided(app, made, is_long=is_long)
    words = OWN_WORDS * 60 if is_long else OWN_WORDS
    return client, str(make_report(client, made, language=language, own_words=words).location)


@pytest.fixture
def report(own_seeded_app: Flask) -> tuple[FlaskClient, str]:
    return report_of(own_seeded_app)


@pytest.fixture
def found(report: tuple[FlaskClient, str]) -> Pdf:
    client, address = report
    return parsed_pdf(client.get(f"{address}.pdf"))


def test_headings_are_in_order_and_skip_no_rank(found: Pdf, report: tuple[FlaskClient, str]) -> None:
    ranks = [int(kind[1:]) for kind in found.kinds("H1", "H2", "H3", "H4", "H5", "H6")]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(ranks))
    client, address = report
    headings = [one for one in get(client, address).all("article")[0].iter() if one.tag in ("h1", "h2", "h3", "h4")]
    on_page = [(int(one.tag[1]), bare("".join(one.itertext()))) for one in headings]
    on_paper = [(int(one.kind[1]), bare(found.words(one))) for one in found.elements if one.kind in ("H1", "H2", "H3", "H4")]
    assert on_paper == [*on_page[:2], (2, bare(CONTENTS)), *on_page[2:]]


def test_it_is_read_in_the_order_of_the_page(found: Pdf, report: tuple[FlaskClient, str]) -> None:
    client, address = report
    article = get(client, address).all("article")[0]
    wanted = [bare("".join(one.itertext())) for one in article.iter() if one.tag in ("h1", "h2", "h3", "p", "dd", "li", "td")]
    spoken, place = bare(found.spoken), 0
    own, contents = spoken.index(bare(OWN_WORDS)), spoken.index(bare(CONTENTS))
    assert own < contents, "the own words come first"
    for text in [one for one in wanted if one not in in_contents(article)]:
        assert text in spoken[place:], text
        place = spoken.index(text, place)


def test_every_picture_says_what_it_shows(found: Pdf, report: tuple[FlaskClient, str]) -> None:
    pictures = [one.alternative for one in found.elements if one.kind == "Figure"]
    client, address = report
    assert pictures == [one.get("aria-label") for one in get(client, address).all("div", role="img")]
    assert len(pictures) == 2
    assert all(len(text) > 100 for text in pictures)
    assert found.kinds("Figure", "Caption").count("Caption") == 2


def test_tables_name_their_columns_and_lists_their_points(found: Pdf) -> None:
    tables = found.kinds("Table")
    heads = [one for one in found.elements if one.kind == "TH"]
    assert len(tables) >= 6
    assert len(heads) >= 3 * len(tables) - 2
    assert {one.scope for one in heads} == {"Column"}
    rows = found.kinds("Table", "TR", "TH", "TD")
    for table in " ".join(rows).split("Table")[1:]:
        assert len({len(row.split()) for row in table.split("TR")[1:]}) == 1, "all rows of a table have as many cells"
    assert found.kinds("L").count("L") > 5
    assert found.kinds("LI", "LBody").count("LI") == found.kinds("LI", "LBody").count("LBody")


def test_links_lead_somewhere_and_say_where(found: Pdf) -> None:
    notes = [note.get_object() for page in found.reader.pages for note in page.get("/Annots", [])]
    assert len(notes) > 10
    assert all(note["/Subtype"] == "/Link" and note.get("/Contents") for note in notes)
    assert {note["/A"]["/S"] for note in notes if "/A" in note} <= {"/URI", "/GoTo"}
    assert f"mailto:{ADVISOR}" in {note["/A"].get("/URI") for note in notes if "/A" in note}
    links = [one for one in found.elements if one.kind == "Link"]
    assert len(links) >= len({note.get("/StructParent") for note in notes})
    assert all(found.words(one) for one in links)


def test_an_english_report_marks_what_is_dutch(own_seeded_app: Flask) -> None:
    client, address = report_of(own_seeded_app, language="en")
    found = parsed_pdf(client.get(f"{address}.pdf"))
    assert found.root["/Lang"] == "en"
    assert found.reader.metadata is not None
    assert found.reader.metadata.title == "Advice report for Samira"
    dutch = {bare(found.words(one)) for one in found.elements if one.language == "nl"}
    headings = get(client, address).all("article")[0].iter("h3")
    titles = [bare("".join(one.itertext())) for one in headings if one.find("a") is not None]
    assert len(titles) > 3
    assert set(titles) <= dutch
    assert {one.language for one in found.elements} - {"", "en"} == {"nl"}
    typed = ("Samen iets maken", GOAL_WORDS, "Zes jaar kassa bij de supermarkt.", "Bel de school, keer 1", "magazijn (2 jaar)", WHY)
    assert [text for text in typed if bare(text) not in found.spoken_in("nl")] == []
    assert "cashier" not in found.spoken_in("nl")
    article = get(client, address).all("article")[0]
    marked = {bare("".join(one.itertext())) for one in article.iter("span") if one.get("lang") == "nl"}
    assert {bare(text) for text in (*typed, "(6 jaar)", OWN_WORDS.partition("\n\n")[2])} <= marked
    assert "cashier (6 jaar)" in " ".join("".join(article.itertext()).split())


def test_a_long_one_has_a_contents_list_with_its_pages(own_seeded_app: Flask) -> None:
    client, address = report_of(own_seeded_app, is_long=True)
    answer = client.get(f"{address}.pdf")
    found = parsed_pdf(answer)
    assert len(found.reader.pages) >= 12
    assert found.kinds("TOCI").count("TOCI") == 8
    rows = [one for one in found.elements if one.kind == "TR"]
    assert len(rows) > LONG
