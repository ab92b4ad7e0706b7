"""Many modules as a file in the browser: looked at first, then written; what is wrong is said; and fetched again."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from catalogue.exchange.columns import FIELDS
from catalogue.exchange.formats import FileFormat
from catalogue.exchange.problems import ImportProblem, ImportRefused, Reason
from catalogue.exchange.template import CHOICES
from catalogue.models import Module
from catalogue.vocabulary import Status
from tests.accounts import parts_of
from tests.conftest import NOW
from tests.editing import TEXT_VALUES, member, publish, send
from tests.members import signed_in_member
from tests.pages import Page, get, parsed
from tests.unit.test_ooapi_file import COURSE, OFFERING
from web.accounts.models import MemberRole
from web.hub import upload_forms, upload_views, uploads

PAGE = "/hub/organisaties/curio/bestand"
CSV = "code;titel;startdatum;vorm;prijs\nM1;Boeken binden;direct;online;95\nM2;Glas blazen;2027-02-08;online;gratis\n"


def brought(client: FlaskClient, content: str | bytes, name: str = "modules.csv", page: str = PAGE) -> TestResponse:
    file = (io.BytesIO(content.encode() if isinstance(content, str) else content), name)
    return client.post(page, data={"csrf_token": parsed(client.get(page)).value("csrf_token"), "file": file})


def number_of_modules(app: Flask) -> int:
    with parts_of(app).database.reading() as session:
        return session.scalars(select(func.count()).select_from(Module)).one()


def test_a_file_is_looked_at_first_and_then_written(own_seeded_app: Flask) -> None:
    client, before = member(own_seeded_app, "curio"), number_of_modules(own_seeded_app)
    answer = brought(client, CSV)
    assert answer.status_code == 303
    look = get(client, str(answer.location))
    assert "2 nieuw" in " ".join(look.text("main").split())
    new = " ".join(get(client, f"{answer.location}/nieuw").text("main").split())
    assert "Glas blazen" in new
    assert "8 februari 2027, online, gratis" in new, "what was read stands there before it is written"
    assert number_of_modules(own_seeded_app) == before, "looking writes nothing"
    token = look.value("csrf_token")
    assert client.post(str(answer.location), data={"csrf_token": token, "publish": "y"}).status_code == 303
    assert number_of_modules(own_seeded_app) == before + 2
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(Module.status).where(Module.external_id == "M1")).one() is Status.PUBLISHED
    assert client.get(str(answer.location)).status_code == 404, "a plan is written once"
    again = get(client, str(brought(client, CSV).location)).text("main")
    assert "Alles staat er al" in again


def test_drafts_of_a_file_go_online_by_bringing_it_again(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    for choice, status in (({}, Status.DRAFT), ({"publish": "y"}, Status.PUBLISHED)):
        address = str(brought(client, CSV).location)
        client.post(address, data={"csrf_token": get(client, address).value("csrf_token"), **choice})
        with parts_of(own_seeded_app).database.reading() as session:
            assert set(session.scalars(select(Module.status).where(Module.external_id.in_(("M1", "M2"))))) == {status}
        look = get(client, str(brought(client, CSV).location)).text("main")
        assert ("2 modules die gelijk blijven, staan nog niet online." in look) is (status is Status.DRAFT)


def test_drafts_that_are_brought_again_without_a_tick_stay_as_they_are(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    for said in ("2 modules zijn overgenomen.", "Er is niets veranderd."):
        address = str(brought(client, CSV).location)
        client.post(address, data={"csrf_token": get(client, address).value("csrf_token")})
        assert said in get(client, "/hub").text("main")


def test_drafts_can_be_taken_along_too(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    address = str(brought(client, CSV).location)
    client.post(address, data={"csrf_token": get(client, address).value("csrf_token")})
    file = client.get("/hub/organisaties/curio/modules.jsonl").get_data(as_text=True)
    assert "Glas blazen" in file
    assert "Alles staat er al" not in (look := get(client, str(brought(client, file, "modules.jsonl").location)).text("main"))
    assert "0 nieuw 0 gewijzigd 30 blijft gelijk 0 niet in het bestand" in " ".join(look.split())


def test_a_run_that_stands_there_twice_is_pointed_out(own_seeded_app: Flask) -> None:
    client, row = member(own_seeded_app, "curio"), "M1;Boeken binden;direct;online;95\n"
    note = get(client, str(brought(client, CSV + row).location)).text("div", class_="lw-note")
    assert "Bij 1 module staat een start twee keer." in note
    assert "Boeken binden" in note


def test_a_column_without_a_name_is_told_before_anything_is_written(own_seeded_app: Flask) -> None:
    client, nameless = member(own_seeded_app, "curio"), "code;titel;;startdatum;vorm\nM1;Boeken binden;Breda;direct;online\n"
    told = " ".join(get(client, str(brought(client, nameless).location)).text("div", class_="lw-note").split())
    assert "1 kolom heeft geen naam." in told
    assert "Kolom C: hier staat geen naam boven, dus wij lezen deze kolom niet. Gevulde cellen: 1." in told


def test_what_is_wrong_is_told_from_the_top_and_once_for_a_row_that_slid(own_seeded_app: Flask) -> None:
    rows = "M3;Te;veel;kolommen;in;deze;rij\nM1;Boeken binden;morgen;online;veel\n;;direct;online;duur\n"
    client = member(own_seeded_app, "curio")
    told = get(client, str(brought(client, CSV + rows).location)).text("ol")
    numbers = [part.split(",")[0] for part in told.split("Rij ")[1:]]
    assert numbers == ["4", "5", "5", "6"]


def test_what_is_wrong_is_said_by_row_and_nothing_changes(own_seeded_app: Flask) -> None:
    client, before = member(own_seeded_app, "curio"), number_of_modules(own_seeded_app)
    answer = brought(client, CSV.replace("95", "veel"))
    assert "Rij 2, kolom prijs: 'veel' is geen bedrag." in get(client, str(answer.location)).text("main")
    client.set_cookie("taal", "en")
    assert "Row 2, column prijs" in get(client, str(answer.location)).text("main")
    assert number_of_modules(own_seeded_app) == before


OTHER_NAMES = (
    "Nr;Cursusnaam;Kosten per persoon;Startmoment;Locatie;Docent\n"
    "M1;Boeken binden;95;8-2-2027;Breda;Wim\nM2;Glas blazen;gratis;in overleg;Tilburg;Noor\n"
)
GUESSED = {"kolom-0": "external_id", "kolom-1": "title", "kolom-2": "price_eur", "kolom-3": "start", "kolom-4": "place", "kolom-5": ""}


def chosen(page: Page) -> dict[str, str]:
    """What each question about a column has chosen."""
    asked = [question for question in page.all("select") if str(question.get("id")).startswith("kolom-")]
    return {
        str(one.get("id")): next((str(option.get("value")) for option in one.iter("option") if "selected" in option.attrib), "")
        for one in asked
    }


def sent(client: FlaskClient, address: str, **values: str) -> TestResponse:
    return client.post(address, data={"csrf_token": get(client, address).value("csrf_token"), **values})


def test_somebody_says_which_of_their_columns_is_which_of_ours(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    asked = str(brought(client, OTHER_NAMES).location)
    page = get(client, asked)
    assert chosen(page) == GUESSED
    assert "Glas blazen" in page.text("main"), "the first rows stand beside it"
    look = str(sent(client, asked, **GUESSED).location)
    assert "Deze kolommen gebruiken wij niet: Docent." in get(client, look).text("main")
    assert chosen(get(client, asked)) == GUESSED, "one can choose again"
    sent(client, look, publish="y")
    with parts_of(own_seeded_app).database.reading() as session:
        module = session.scalars(select(Module).where(Module.external_id == "M1")).one()
        assert (module.title, module.editions[0].price_cents) == ("Boeken binden", 9500)
    again = str(brought(client, OTHER_NAMES).location)
    assert "Alles staat er al" in get(client, again).text("main"), "nothing is asked a second time"


def test_a_file_that_was_mended_is_read_as_the_one_before(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    look = str(sent(client, str(brought(client, OTHER_NAMES.replace("95", "veel")).location), **GUESSED).location)
    refused = get(client, look)
    assert "Rij 2, kolom Kosten per persoon: 'veel' is geen bedrag." in refused.text("main")
    form = next(form for form in refused.all("form") if "na=" in str(form.get("action")))
    data = {"csrf_token": refused.value("csrf_token"), "file": (io.BytesIO(OTHER_NAMES.encode()), "modules.csv")}
    assert "2 nieuw" in " ".join(get(client, str(client.post(str(form.get("action")), data=data).location)).text("main").split())


def test_a_field_without_a_column_goes_by_a_word_of_the_reader(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    look = str(brought(client, "code;titel;startdatum\nM1;Boeken binden;direct\n").location)
    assert "Rij 2, kolom vorm: dit is niet ingevuld." in get(client, look).text("main")


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"kolom-1": ""}, "Elke module heeft een naam nodig."),
        ({"kolom-5": "title"}, "Twee kolommen horen bij Titel: Cursusnaam, Docent."),
        ({"kolom-1": "nothing of ours"}, "Elke module heeft een naam nodig."),
    ],
)
def test_a_choice_that_cannot_be_is_said_at_the_column(own_seeded_app: Flask, other: dict[str, str], says: str) -> None:
    client = member(own_seeded_app, "curio")
    answer = sent(client, str(brought(client, OTHER_NAMES).location), **GUESSED | other)
    assert answer.status_code == 200
    page = parsed(answer)
    assert says in page.text("main")
    assert page.title.startswith("Fout: ")


def test_a_service_of_courses_is_recognised_by_what_is_in_the_file(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    offering = OFFERING | {"modeOfDelivery": ["online"]}
    page = json.dumps({"pageSize": 10, "pageNumber": 1, "items": [COURSE]}, indent=2)
    for content, name in ((page, "courses.json"), (json.dumps([COURSE, offering]), "courses.jsonl"), (page, "courses.txt")):
        look = str(brought(client, content, name).location)
        assert "Statistics" in get(client, f"{look}/nieuw").text("main")
        assert client.get(f"{look}/kolommen").status_code == 404, "the format says itself what is what"


def test_what_we_have_no_word_for_is_told_and_does_not_stop_the_file(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    look = str(brought(client, json.dumps([COURSE | {"level": "doctoral"}, OFFERING]), "a.json").location)
    told = "Cursus 1, level: 'doctoral' hebben wij niet, dus dit blijft leeg."
    assert f"1 veld blijft leeg. Lees waarom. {told}" in get(client, look).text("main")
    assert send(client, look, look).location == "/hub"
    assert told not in get(client, str(brought(client, json.dumps([COURSE, OFFERING]), "a.json").location)).text("main")


def test_what_is_wrong_with_a_course_is_said_in_its_own_words(own_seeded_app: Flask) -> None:
    client, before = member(own_seeded_app, "curio"), number_of_modules(own_seeded_app)
    wrong = json.dumps({"items": [COURSE, COURSE | {"courseId": "b", "primaryCode": None, "link": "example"}]})
    assert "Cursus 2, link: 'example' is geen webadres." in get(client, str(brought(client, wrong, "a.json").location)).text("main")
    for content, says in (('{"items": []}', "er staan geen cursussen in"), ('{"items": [', "dit kunnen wij niet lezen als JSON")):
        assert f"Heel het bestand: {says}" in get(client, str(brought(client, content, "a.json").location)).text("main")
    assert number_of_modules(own_seeded_app) == before


def kept_refusal(folder: Path, name: str, moment: datetime) -> str:
    document = uploads.document_of(1, name, FileFormat.CSV, {"Cursus": "title"})
    token = uploads.keep_file(folder, document, b"Cursus", moment)
    uploads.keep_refusal(folder, token, document, REFUSED, moment)
    return token


REFUSED = ImportRefused([ImportProblem(2, "price_eur", Reason.MISSING)], 1)


def test_a_file_waits_for_a_day_with_what_was_said_of_it(tmp_path: Path) -> None:
    first = kept_refusal(tmp_path, "a.csv", NOW)
    kept_refusal(tmp_path, "b.csv", NOW + timedelta(hours=23))
    document = uploads.kept(tmp_path, 1, first)
    assert document is not None
    assert uploads.problems_in(document) == list(REFUSED.problems)
    file = uploads.file_in(tmp_path, first, document)
    assert (file.path.read_bytes(), file.told) == (b"Cursus", {"Cursus": "title"})
    assert uploads.kept(tmp_path, 2, first) is None
    assert uploads.kept(tmp_path, 1, "../" + first) is None
    kept_refusal(tmp_path, "c.csv", NOW + timedelta(hours=25))
    assert uploads.kept(tmp_path, 1, first) is None
    assert not file.path.exists()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        ("", "", "Kies een bestand."),
        ("", "modules.csv", "Er staat niets in dit bestand."),
        (CSV, "modules.docx", "eindigt op .csv"),
        (CSV, "modules", "eindigt op .csv"),
        ("x" * 2_000, "modules.csv", "te groot"),
    ],
)
def test_a_file_that_is_none_is_refused(own_seeded_app: Flask, monkeypatch: pytest.MonkeyPatch, content: str, name: str, says: str) -> None:
    monkeypatch.setattr(upload_forms, "MOST_FILE_BYTES", 1_000)
    answer = brought(member(own_seeded_app, "curio"), content, name)
    assert answer.status_code == 200
    assert says in parsed(answer).text("main")


@pytest.mark.parametrize("content", [b"\x00\xff\xfe", b"PK\x03\x04 no zip", b"titel\n\x00"])
@pytest.mark.parametrize("name", ["modules.csv", "modules.xlsx", "modules.jsonl"])
def test_a_broken_file_gets_an_answer(own_seeded_app: Flask, content: bytes, name: str) -> None:
    client, before = member(own_seeded_app, "curio"), number_of_modules(own_seeded_app)
    answer = brought(client, content, name)
    page = get(client, str(answer.location))
    assert "Er klopt iets niet" in page.text("main")
    assert page.title.startswith("Fout: ")
    assert number_of_modules(own_seeded_app) == before


def test_too_many_texts_to_read_are_refused(own_seeded_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_views, "MOST_TO_READ", 1)
    client = member(own_seeded_app, "curio")
    assert "te veel modules" in get(client, str(brought(client, CSV).location)).text("main")


@pytest.mark.parametrize("extension", ["csv", "xlsx", "jsonl"])
def test_own_modules_come_as_a_file_that_can_be_brought_back(own_seeded_app: Flask, extension: str) -> None:
    client = member(own_seeded_app, "curio")
    answer = client.get(f"/hub/organisaties/curio/modules.{extension}")
    assert answer.status_code == 200
    assert f"curio.{extension}" in answer.headers["Content-Disposition"]
    back = get(client, str(brought(client, answer.get_data(), f"curio.{extension}").location)).text("main")
    assert "Alles staat er al" in back
    if extension == "jsonl":
        titles = [json.loads(line)["title"] for line in answer.get_data(as_text=True).splitlines()]
        assert titles


def test_only_who_publishes_for_the_organisation_brings_files(own_seeded_app: Flask) -> None:
    author = signed_in_member(own_seeded_app, "auteur@example.org", "curio", MemberRole.AUTHOR)
    other = member(own_seeded_app, "avans", email="ander@example.org")
    owner = member(own_seeded_app, "curio")
    path = str(brought(owner, CSV).location)
    for client in (author, other):
        assert client.get(PAGE).status_code == 403
        assert client.get(path).status_code == 403
    assert other.get(path.replace("curio", "avans")).status_code == 404, "a plan of another organisation"
    assert other.get("/hub/organisaties/curio/modules.csv").status_code == 403
    assert author.get("/hub/organisaties/curio/modules.csv").status_code == 200
    assert owner.get("/hub/organisaties/curio/modules.exe").status_code == 404


@pytest.mark.parametrize("spoken", ["nl", "en"])
def test_the_workbook_to_fill_in_is_itself_a_file_that_we_read(own_seeded_app: Flask, spoken: str) -> None:
    client = member(own_seeded_app, "curio")
    client.set_cookie("taal", spoken)
    answer = client.get("/hub/organisaties/curio/sjabloon.xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    assert [sheet.max_row for sheet in sheets] == [3, len(FIELDS)], "two rows as an example, and a line a field"
    assert all(row[1].value for row in sheets[1].iter_rows()), "every field is explained"
    assert len(sheets[0].data_validations.dataValidation) == len(CHOICES)
    looked = str(brought(client, answer.data, "leerwijzer-modules.xlsx").location)
    new = get(client, f"{looked}/nieuw").text("main")
    assert ("Voorbeeld: haal deze twee regels weg" if spoken == "nl" else "Example: take these two rows away") in new


def test_the_changes_of_each_module_are_shown_a_page_at_a_time(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    rows = [f"K{number};Knippen {number};direct;online;95" for number in range(45)]
    head = "code;titel;startdatum;vorm;prijs"
    first = str(brought(client, "\n".join((head, *rows))).location)
    assert get(client, f"{first}/nieuw").text("main").count("Knippen") == upload_views.SHOWN
    client.post(first, data={"csrf_token": get(client, first).value("csrf_token"), "publish": "y"})
    second = str(brought(client, "\n".join((head, *rows)).replace(";95", ";120")).location)
    look = get(client, second)
    assert look.all("a", href=f"{second}/gewijzigd")
    page = get(client, f"{second}/gewijzigd?page=3")
    assert ["".join(heading.itertext()) for heading in page.all("h2")][:5] == [f"Knippen {number}" for number in range(40, 45)]
    assert "Bladzijde 3 van 3" in " ".join(page.text("main").split())
    told = " ".join(page.text("main").split())
    assert "€ 95" in told
    assert "€ 120" in told
    beside = get(client, f"{second}/niet-in-het-bestand")
    assert "Knippen" not in beside.text("main")
    for wrong in ("nieuw", "iets"):
        assert client.get(f"{second}/{wrong}").status_code == 404, "there is nothing new, and no such part"
    client.post(second, data={"csrf_token": look.value("csrf_token")})
    with parts_of(own_seeded_app).database.reading() as session:
        uid = session.scalars(select(Module.uid).where(Module.external_id == "K7")).one()
    versions = " ".join(get(client, f"/hub/modules/{uid}/versies").text("main").split())
    assert "hub@example.org, met een bestand" in versions
    assert "€ 120" in versions


def test_a_change_of_a_run_names_the_place(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    text = "code;titel;startdatum;vorm;plaats;prijs\nW2;Weven;8-2-2027;on-site;Den Bosch;95"
    first = str(brought(client, text).location)
    client.post(first, data={"csrf_token": get(client, first).value("csrf_token"), "publish": "y"})
    second = str(brought(client, text.replace(";95", ";125")).location)
    told = get(client, f"{second}/gewijzigd").text("main")
    assert "s-Hertogenbosch, € 125" in told
    assert "hertogenbosch, " not in told.replace("s-Hertogenbosch", ""), "no key where a name belongs"


def test_a_next_version_is_told_on_the_page_of_changes_and_in_the_editor(own_seeded_app: Flask) -> None:
    client = member(own_seeded_app, "curio")
    answer = brought(client, "code;titel;beschrijving\nW1;Weven;U leert weven.")
    look = get(client, str(answer.location))
    client.post(str(answer.location), data={"csrf_token": look.value("csrf_token"), "publish": "y"})
    with parts_of(own_seeded_app).database.reading() as session:
        address = f"/hub/modules/{session.scalars(select(Module.uid).where(Module.external_id == 'W1')).one()}"
    send(client, f"{address}/tekst", f"{address}/tekst", **TEXT_VALUES | {"title": "Weven", "description": "Weven met Wim."})
    second = str(brought(client, "code;titel;beschrijving\nW1;Weven;U leert prachtig weven.").location)
    assert "Van 1 module wacht een nieuwe versie." in " ".join(get(client, second).text("main").split())
    told = get(client, f"{second}/gewijzigd").text("main")
    assert "Daarin staat iets anders" in told
    assert "Weven met Wim." in told
    client.post(second, data={"csrf_token": get(client, second).value("csrf_token")})
    editor = get(client, address).text("main")
    assert "Het bestand heeft dit intussen veranderd." in editor
    assert "U leert prachtig weven." in editor
    assert "Weven met Wim." in editor
    publish(client, address)
    assert "intussen veranderd" not in get(client, address).text("main")
    with parts_of(own_seeded_app).database.reading() as session:
        assert session.scalars(select(Module.description).where(Module.external_id == "W1")).one() == "Weven met Wim."
