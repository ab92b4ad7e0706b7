"""What columns with other names probably hold, and which format a file has by what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.exchange.formats import FileFormat, FormatUnknown, format_in
from catalogue.exchange.guesses import MOST_EXAMPLES, Column, read_columns
from catalogue.exchange.import_file import ImportFile


def columns(folder: Path, content: str, said: dict[str, str] | None = None, name: str = "a.csv") -> list[Column]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_columns(ImportFile(path, format_in(path, path.read_bytes())), said or {})


def guessed(folder: Path, *names: str, **said: str) -> dict[str, tuple[str, bool]]:
    found = columns(folder, ";".join(names) + "\n", said)
    return {column.name: (column.field.name if column.field else "", column.is_sure) for column in found}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Cursusnaam", "title"),
        ("Cursuscode", "external_id"),
        ("Cursusnr.", "external_id"),
        ("Nivo", "level"),
        ("Prijs per deelnemer", "price_eur"),
        ("Kosten", "price_eur"),
        ("Leslocatie", "place"),
        ("Startmoment", "start"),
        ("Aantal uren", "load"),
        ("Omschrijvng", "description"),
        ("Doorlooptijd (weken)", "weeks"),
        ("Max. aantal", "capacity"),
        ("Learning goals", "outcomes"),
        ("Einddatum", ""),
        ("Prijs incl. btw", "price_eur"),
        ("Prijs excl. btw", ""),
        ("Video", ""),
        ("Docent", ""),
    ],
)
def test_a_name_that_is_like_one_of_ours_is_guessed_and_not_taken_as_sure(tmp_path: Path, heading: str, field: str) -> None:
    assert guessed(tmp_path, heading) == {heading: (field, False)}


def test_a_field_is_guessed_once_and_not_where_a_column_has_its_name(tmp_path: Path) -> None:
    assert guessed(tmp_path, "Titel", "Cursusnaam") == {"Titel": ("title", True), "Cursusnaam": ("", False)}
    assert guessed(tmp_path, "titel", "naam") == {"titel": ("title", True), "naam": ("", False)}
    assert guessed(tmp_path, "Subtitel", "Cursusnaam") == {"Subtitel": ("", False), "Cursusnaam": ("title", False)}


def test_what_was_said_before_is_sure(tmp_path: Path) -> None:
    said = {"Docent": "", "titel": "", "onderwerp": "title"}
    expected = {"docent": ("", True), "titel": ("", True), "onderwerp": ("title", True)}
    assert guessed(tmp_path, "docent", "titel", "onderwerp", **said) == expected
    both = {"a": "title", "b": "title", "c": "no field of ours"}
    assert guessed(tmp_path, "a", "b", "c", **both) == {"a": ("title", True), "b": ("", False), "c": ("", False)}


def test_the_first_things_in_a_column_are_shown_once_each_those_of_runs_too(tmp_path: Path) -> None:
    rows = "".join(f"{number};{number % 2};\n" for number in range(9))
    number, parity, empty = columns(tmp_path, "Nummer;Even;Leeg\n" + rows)
    assert (number.examples, parity.examples, empty.examples) == (("0", "1", "2"), ("0", "1"), ())
    assert len(number.examples) == MOST_EXAMPLES
    lines = '{"title": "Lassen", "editions": [{"start": "direct", "vorm": ["online", "thuis"]}]}\n'
    assert {column.name: column.examples for column in columns(tmp_path, lines, name="a.jsonl")} == {
        "title": ("Lassen",),
        "start": ("direct",),
        "vorm": ("online | thuis",),
    }


COURSES = b'{"items": [\n{"courseId": "a"}\n]}'
LINES = b'{"title": "Lassen"}\n{"title": "Solderen"}\n'


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.json", COURSES, FileFormat.OOAPI),
        ("a.jsonl", b"\xef\xbb\xbf " + COURSES, FileFormat.OOAPI),
        ("a.csv", COURSES, FileFormat.OOAPI),
        ("a.jsonl", b'[{"offeringId": "a"}]', FileFormat.OOAPI),
        ("a.json", b'{"items": []}', FileFormat.OOAPI),
        ("a.json", LINES, FileFormat.JSONL),
        ("a.json", LINES[:19], FileFormat.JSONL),
        ("a.jsonl", b"{broken\n" + LINES, FileFormat.JSONL),
        ("a.json", b"{broken", FileFormat.OOAPI),
        ("a.json", b"[" * 100_000, FileFormat.OOAPI),
        ("a.csv", b"titel;prijs\n", FileFormat.CSV),
        ("a.csv", b"PK\x03\x04rest", FileFormat.XLSX),
        ("a.xlsx", b"no zip", FileFormat.XLSX),
    ],
)
def test_a_file_tells_its_format_itself(name: str, content: bytes, expected: FileFormat) -> None:
    assert format_in(Path(name), content) is expected


def test_a_name_that_tells_nothing_is_refused_whatever_is_in_it() -> None:
    with pytest.raises(FormatUnknown):
        format_in(Path("a.docx"), b"PK\x03\x04")
