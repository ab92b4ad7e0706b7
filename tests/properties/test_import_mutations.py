"""A thousand damaged files: each is either imported in full, or refused with row, field and reason, and nothing is written."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from catalogue.database import Database
from catalogue.exchange.columns import FIELDS
from catalogue.exchange.formats import FileFormat, format_of
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.importing import apply_plan, plan_import
from catalogue.exchange.problems import MOST_PROBLEMS, MOST_VALUE_CHARS, ImportRefused
from catalogue.models import Module, Place, Skill, Theme
from catalogue.organisations import add_organisation, organisation_by_slug
from catalogue.progress import Progress, silent
from catalogue.vocabulary import OrganisationKind
from tests.conftest import NOW
from tests.kept import row_counts
from web.problem_texts import Language, problem_text

FILES_A_FORMAT = 334
ENCODINGS = (*["utf-8"] * 15, "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "utf-32")
LANGUAGES: tuple[Language, ...] = ("nl", "en")
HEADINGS = [field.name for field in FIELDS if field.name not in ("hub", "organisation")]
VALID = {
    "external_id": "M1",
    "title": "Warmtepompen inregelen",
    "description": 'U regelt een warmtepomp in,\nmet "meten" én rekenen; ook \'s avonds.',
    "audience": "Monteurs",
    "entry_text": "Basis techniek",
    "assessment": "Praktijktoets",
    "outcomes": "meten | inregelen",
    "level": "mbo-4",
    "kind": "module",
    "credential": "certificate",
    "assessment_form": "praktijk",
    "is_supervised": "ja",
    "is_identity_checked": "nee",
    "is_stackable": "",
    "quality_mark": "NVAO",
    "quality_url": "https://example.nl/kwaliteit",
    "language": "nl",
    "load": "3 EC",
    "theme": "energie",
    "skills_taught": "lassen:3",
    "skills_required": "http://data.europa.eu/esco/skill/solderen:1",
    "url": "https://example.nl/a",
    "start": "08-02-2027",
    "weeks": "8",
    "place": "Breda",
    "format": "blended",
    "day_parts": "thursday-evening",
    "price_eur": "1.250,00",
    "capacity": "12",
    "minimum_group": "6",
}
NASTY = (
    "", "0", "-1", "=1+1", "\x07", "é" * 300, "x" * 70_000, "9" * 5_000, "1e308", "NaN", "31-02-2027", "0000-00-00", "२", "<script>",
    "a\r\nb", "'", '"', ";", "\t", "lassen:9", "lassen:1|lassen:2", "havo", "https://", "’", "\u202e", "elke 0 weken", "'=1",
)  # fmt: skip


def rows() -> list[dict[str, str]]:
    """A file that is well: three modules, the first with two editions."""
    second = VALID | {"start": "in overleg", "format": "online", "place": ""}
    return [VALID, second, *(VALID | {"external_id": f"M{number}", "title": f"Module {number}"} for number in (2, 3))]


def damaged_rows(chance: random.Random) -> tuple[list[str], list[list[str]]]:
    """The same rows with other values, swapped, doubled, missing or surplus columns."""
    headings = list(HEADINGS)
    cells = [[row[heading] for heading in headings] for row in rows()]
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        chance.choice(cells)[chance.randrange(len(headings))] = chance.choice(NASTY)
    match chance.randrange(10):
        case 0:
            one, other = chance.sample(range(len(headings)), 2)
            headings[one], headings[other] = headings[other], headings[one]
        case 1:
            headings[chance.randrange(len(headings))] = chance.choice(headings)
        case 2:
            headings[chance.randrange(len(headings))] = chance.choice(["", "prijs", "=cmd", "\x00", "kleur", "x" * 5_000])
        case 3:
            chance.choice(cells).append("te veel")
        case 4:
            del chance.choice(cells)[chance.randrange(1, len(headings)) :]
        case 5:
            cells.insert(chance.randrange(len(cells)), [])
    return headings, cells


def damaged_bytes(chance: random.Random, content: bytes) -> bytes:
    """Flips, cuts, doubles or puts in bytes; sometimes leaves them alone."""
    data = bytearray(content)
    for _ in range(chance.choice((0, 0, 0, 0, 1, 2, 5))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(7):
            case 0 if data:
                data[min(at, len(data) - 1)] = chance.randrange(256)
            case 1:
                del data[at:]
            case 2:
                data[at:at] = b"\0" * chance.choice((1, 3))
            case 3:
                data[at:at] = chance.choice((b'"', b"\xff\xfe", b"\x81\x8d", b"\xef\xbb\xbf", b"\r", b"}", b"["))
            case 4:
                data[at : at + chance.randrange(200)] = b""
            case 5:
                data[at:at] = data[at : at + chance.randrange(200)]
            case 6:
                data[0:0] = chance.choice((b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"\x1f\x8b"))
    return bytes(data)


def csv_bytes(chance: random.Random) -> bytes:
    headings, cells = damaged_rows(chance)
    delimiter = chance.choice(";,\t")
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in (headings, *cells)]
    text = chance.choice(("\n", "\r\n")).join(lines)
    return damaged_bytes(chance, text.encode(chance.choice(ENCODINGS), "replace"))


def xlsx_bytes(chance: random.Random) -> bytes:
    headings, cells = damaged_rows(chance)
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for line in (headings, *cells):
        sheet.append(
            [
                cell.replace("\x07", "").replace("\x00", "")[:32_767]
                if chance.random() > 0.005
                else chance.choice((1.5, True, NOW.date(), 10**20))
                for cell in line
            ]
        )
    buffer = io.BytesIO()
    workbook.save(buffer)
    if chance.random() < 0.3:
        return buffer.getvalue() if chance.random() < 0.3 else damaged_bytes(chance, buffer.getvalue())
    return damaged_members(chance, buffer.getvalue())


def damaged_members(chance: random.Random, content: bytes) -> bytes:
    """The same zip with one member damaged, gone, doubled or grown; the zip itself is well."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = chance.choice(
            [
                name
                for name in names
                if name.endswith(("sheet1.xml", "sharedStrings.xml", "workbook.xml", "workbook.xml.rels", "styles.xml"))
            ]
        )
        for name in names:
            data = source.read(name)
            if name == chosen:
                match chance.randrange(12):
                    case 0:
                        continue
                    case 1:
                        data = b"<a>" * 5_000
                    case 2:
                        data = data.replace(b'r="A', b'r="ZZZZ', 1).replace(b'r="2"', b'r="99999999999"', 1)
                    case 3:
                        data = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + data.replace(b"Module", b"&b;", 1)
                    case 4:
                        data = data.replace(b't="s"', chance.choice((b't="n"', b't="e"', b't="d"', b't="zz"')))
                    case 5:
                        data += b" " * 60_000_000 if chance.random() < 0.1 else b"<"
                    case _:
                        data = damaged_bytes(chance, data)
            target.writestr(name, data)
    return buffer.getvalue()


def jsonl_bytes(chance: random.Random) -> bytes:
    odd: Sequence[object] = (
        None,
        True,
        1.5,
        10**400,
        -1,
        [],
        {},
        [[1]],
        {"a": {}},
        [None],
        "\ud800",
        "a\0b",
        "x" * 70_000,
        ["x"] * 2_000,
        1e999,
    )
    lines = []
    for row in rows():
        edition = {heading: row[heading] for heading in HEADINGS if heading in ("start", "place", "format", "price_eur", "weeks")}
        entry: dict[str, object] = {heading: value for heading, value in row.items() if heading not in edition} | {"editions": [edition]}
        for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 2))):
            target: dict[str, object] = chance.choice((entry, edition))  # type: ignore[assignment]
            target[chance.choice(list(target))] = chance.choice(odd) if chance.random() < 0.6 else chance.choice(NASTY)
        line = json.dumps(entry)
        match chance.randrange(60):
            case 0:
                line = line[:-1] + ', "x": ' + "[" * 100_000
            case 1:
                line = line[:-1] + ', "x": ' + '{"a":' * 900 + "1" + "}" * 901
            case 2:
                line = line[:-1] + ', "title": "nog een"}'
            case 3:
                line = line[:-1] + ', "url": ' + "9" * 5_000 + "}"
            case 4:
                line = chance.choice(("[1]", "null", "NaN", "{}", "", '"x"', "{'title': 1}"))
        lines.append(line)
    return damaged_bytes(chance, "\n".join(lines).encode(chance.choice(ENCODINGS), "replace"))


@pytest.fixture
def stocked(sqlite_database: Database) -> Database:
    with sqlite_database.writing() as session:
        add_organisation(session, "school", "De School", OrganisationKind.MBO)
        session.add(Place(slug="breda", name="Breda", province="Noord-Brabant", latitude=51.6, longitude=4.8))
        session.add(Theme(slug="energie", label_nl="Energie", label_en="Energy"))
        session.add_all(Skill(label_nl=name, uri=f"http://data.europa.eu/esco/skill/{name}") for name in ("lassen", "solderen"))
    return sqlite_database


def outcome(database: Database, path: Path) -> str:
    """Imports one file and looks at all tables before and after; returns "imported" or "refused"."""
    before = row_counts(database)
    try:
        with database.reading() as session:
            plan = plan_import(session, organisation_by_slug(session, "school"), ImportFile(path, format_of(path)), recognise_none)
    except ImportRefused as refused:
        check_refusal(refused)
        result = "refused"
    else:
        with database.reading() as session:  # written in full, and thrown away: every file meets the same catalogue
            apply_plan(session, plan, NOW)
            written = select(func.count()).select_from(Module)
            assert session.scalar(written) == plan.n_modules > 0
        result = "imported"
    assert row_counts(database) == before
    return result


def check_refusal(refused: ImportRefused) -> None:
    """Each problem names row, field and reason, in words of both languages that fit on one line."""
    assert 1 <= len(refused.problems) <= MOST_PROBLEMS
    assert refused.total >= len(refused.problems)
    for problem in refused.problems:
        assert problem.row >= 0
        assert problem.field
        assert len(problem.value) <= MOST_VALUE_CHARS
        for language in LANGUAGES:
            text = problem_text(problem, language)
            assert text.isprintable()
            assert str(problem.row or "e") in text


def recognise_none(texts: Sequence[str], limit: int = 10, progress: Progress = silent) -> list[list[object]]:  # type: ignore[misc]
    """Recognition has tests of its own."""
    return [[] for _ in texts]


@pytest.mark.parametrize(
    ("file_format", "make"),
    [(FileFormat.CSV, csv_bytes), (FileFormat.XLSX, xlsx_bytes), (FileFormat.JSONL, jsonl_bytes)],
    ids=["csv", "xlsx", "jsonl"],
)
def test_a_damaged_file_is_imported_in_full_or_refused_in_full(
    stocked: Database, tmp_path: Path, file_format: FileFormat, make: Callable[[random.Random], bytes]
) -> None:
    path = tmp_path / f"modules.{file_format}"
    seen: Counter[str] = Counter()
    for seed in range(FILES_A_FORMAT):
        path.write_bytes(make(random.Random(f"{file_format} {seed}")))
        try:
            seen[outcome(stocked, path)] += 1
        except Exception as error:
            raise AssertionError(f"{file_format} {seed}") from error
    assert seen["refused"] > FILES_A_FORMAT / 4, seen
    assert seen["imported"] > 5, seen
