"""Documents as PDF: tagged, in reading order, in the reader's language, and text is text whatever it holds."""

from __future__ import annotations

import io
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.guided import want
from tests.lists import NOTE, change, save
from tests.pages import get
from tests.pdf import Pdf, parsed_pdf
from web.documents.document import Document, Points, Section, Table, Text
from web.documents.typesetting import SIGNS, pdf, printable
from web.lists.documents import document_pdf

HOSTILE = [
    '#panic("x")',
    "#import sys: inputs",
    '#read("/etc/passwd")',
    "*vet* _cursief_ $x^2$ `code` = kop",
    "<label> @verwijzing // weg /* weg */",
    "\\ \\u{41} #(1+1) [ ] { } \"'",
    '"}, "title": "anders',
]
STRANGE = [
    "\x00\x07\x1f",
    "\ud800",
    "\ufffe",
    "你好",
    "😀👩‍👩‍👧",
    "العربية",
    "e\u0301\u0301\u0301",
    "\u202e\u200b\u00ad",
    "\r\n\r\n",
    "x" * 5_000,
]
SHOWN = {
    "Goed gedaan 😀👍🏽!": "Goed gedaan!",
    "👩‍👩‍👧 Met het gezin 🎉 naar buiten": "Met het gezin naar buiten",
    "Eerst\n✅ bellen\n🚀": "Eerst\nbellen\n",
    "op😀 één": "op één",
    "Schreef 你好 en العربية الفصحى.": "Schreef (ander schrift) en (ander schrift).",
    "𝗟𝗲𝘁 𝗼𝗽: ① de ﬁets": "Let op: 1 de fiets",
    "samen\u00adwerken\u200b aan\u00a0dit": "samenwerken aan\u00a0dit",
    "😀": "-",
    "  ": "  ",
}


@pytest.fixture
def learner(client: FlaskClient, uids: dict[str, str]) -> FlaskClient:
    """A cashier in Breda who wants to fit solar panels."""
    return want(client, uids, "kassamedewerker", "zonnepanelenmonteur", near="4811")


def words(text: str) -> str:
    """On one line."""
    return " ".join(text.split())


def opened(client: FlaskClient, page: str, ending: str) -> Pdf:
    """The PDF that a page links to."""
    [link] = [link.get("href") or "" for link in get(client, page).all("a") if ending in (link.get("href") or "")]
    answer = client.get(link)
    assert answer.headers["Cache-Control"] == "no-store"
    return parsed_pdf(answer)


def test_the_list_becomes_a_document(client: FlaskClient) -> None:
    uid = save(client)
    save(client, "/modules?q=zonnepanelen")
    change(client, module=uid, note=NOTE)
    found = opened(client, "/lijst", ".pdf")
    assert found.reader.metadata is not None
    assert found.reader.metadata.title == "Mijn lijst met modules"
    assert found.root["/Lang"] == "nl"
    assert found.kinds("H1", "H2", "H3") == ["H1", "H2", "H2"]
    titles = ["".join(heading.itertext()) for heading in get(client, "/lijst").all("h2")]
    places = [found.text.index(words(text)) for text in ("Mijn lijst met modules", *titles)]
    assert places == sorted(places)
    assert NOTE in found.text
    links = [note.get_object()["/A"]["/URI"] for page in found.reader.pages for note in page.get("/Annots", [])]
    assert f"http://localhost/modules/{'warmtepompen-plaatsen-en-inregelen'}" in links


def test_matches_become_a_document_with_the_gap_as_a_table(learner: FlaskClient) -> None:
    found = opened(learner, "/matches", ".pdf")
    page = get(learner, "/matches")
    assert page.text("h2", id="matches") in found.text
    assert found.kinds("Table", "THead", "TH")[:5] == ["Table", "THead", "TH", "TH", "TH"]
    for card in page.with_class("lw-match")[:3]:
        assert words("".join(next(card.iter("h3")).itertext())) in found.text
    score = page.with_class("lw-score__number")[0][0].tail
    assert f"Score: {score} van de 100 punten" in found.text


def test_the_path_becomes_the_document_of_the_same_path(learner: FlaskClient) -> None:
    page = get(learner, "/leerroute?deel=60&doel=tijd")
    found = opened(learner, "/leerroute?deel=60&doel=tijd", ".pdf")
    stops = [words("".join(heading.itertext())) for heading in page.with_class("lw-way")[0].iter("h3")]
    assert found.kinds("H1", "H2") == ["H1"] + ["H2"] * (len(stops) + 1)
    places = [found.text.index(stop) for stop in stops]
    assert places == sorted(places)
    [total] = [words(" ".join("".join(cell.itertext()) for cell in row)) for foot in page.all("tfoot") for row in foot]
    assert total.partition("(")[0].strip() in found.text


def test_without_a_goal_there_is_nothing_to_print(client: FlaskClient) -> None:
    assert [client.get(path).location for path in ("/matches/modules.pdf", "/leerroute/leerroute.pdf")] == ["/profiel/doel"] * 2


def test_an_empty_list_is_a_document_too(client: FlaskClient) -> None:
    assert "0 modules op de lijst." in parsed_pdf(client.get("/lijst/mijn-lijst.pdf")).text


def test_it_is_in_the_language_of_the_reader(client: FlaskClient) -> None:
    client.set_cookie("taal", "en")
    save(client)
    found = opened(client, "/lijst", ".pdf")
    assert found.root["/Lang"] == "en"
    assert "My list of modules" in found.text
    assert [element.language for element in found.elements if element.kind == "H2"] == ["nl"], "a Dutch title is read as Dutch"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_wrote_is_shown_as_written(client: FlaskClient, text: str) -> None:
    uid = save(client)
    change(client, module=uid, note=text)
    squeezed = opened(client, "/lijst", ".pdf").text.replace(" ", "")
    assert text.replace(" ", "") in squeezed


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_no_sign_without_a_picture_gets_into_a_document(seeded_app: Flask, text: str) -> None:
    with seeded_app.test_request_context():
        section = Section(Text(text if text.strip() else "Kop"), "/modules/x", note=text)
        made = document_pdf(Document("Titel", "nl", "vandaag", sections=(section,)))
    written = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "Titel" in written
    assert SIGNS.issuperset("".join(written.split()))
    assert "\N{WHITE SQUARE}" not in written


@pytest.mark.parametrize("text", SHOWN, ids=range(len(SHOWN)))
def test_what_the_fonts_lack_leaves_text_that_reads_on(text: str) -> None:
    assert printable(text, "(ander schrift)") == SHOWN[text]


def test_every_sign_that_is_let_through_has_a_picture() -> None:
    others = {"site": "https://leren.example", "note_name": "Notitie"}
    document = Document("Titel", "nl", "vandaag", lead=(" ".join(sorted(SIGNS)),))
    assert pdf("document", document.stored() | others, other_script="").startswith(b"%PDF")
    assert set("€ë’…éÅşŁжΩ½→") <= SIGNS


def test_a_long_document_takes_little_time(seeded_app: Flask) -> None:
    section = Section(Text("Een module"), "/modules/x", "School", (("Prijs", "€ 5"),) * 6, (Points("Dit leert u", (Text("lassen"),) * 8),))
    table = Table("Tabel", ("Vaardigheid", "Nu", "Nodig"), ((Text("lassen"), Text("nog niet"), Text("zelfstandig")),) * 40)
    with seeded_app.test_request_context():
        document_pdf(Document("Warm", "nl", "vandaag"))
        began = time.process_time()
        made = document_pdf(Document("Titel", "nl", "vandaag", tables=(table,), sections=(section,) * 40))
    assert time.process_time() - began < 2
    assert len(PdfReader(io.BytesIO(made)).pages) >= 12
