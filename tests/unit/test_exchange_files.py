"""How files are opened: encodings, separators, row numbers, and the limits that keep memory bounded."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from catalogue.exchange import formats, jsonl_file, table, xlsx_file
from catalogue.exchange.formats import FileFormat, FormatUnknown, format_of, open_table
from catalogue.exchange.problems import MOST_PROBLEMS, ImportRefused, Problems, Reason
from catalogue.exchange.table import Row


def read(path: Path, problems: Problems | None = None) -> list[Row]:
    with open_table(path, format_of(path), problems or Problems()) as opened:
        return list(opened.rows)


def refusal_of(path: Path) -> tuple[int, str, Reason]:
    with pytest.raises(ImportRefused) as refused:
        read(path)
    problem = refused.value.problems[0]
    return problem.row, problem.field, problem.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_in_the_encodings_and_separators_that_excel_writes(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    lines = ['"titel, of; naam"', "prijs"], ["Café één", "€ 5"], [], ['"twee\r\nregels"', ""], ["Lassen", "6"]
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert [(row.number, row.cells) for row in read(path)] == [
        (2, {"titel, of; naam": "Café één", "prijs": "€ 5"}),
        (4, {"titel, of; naam": "twee\r\nregels"}),
        (5, {"titel, of; naam": "Lassen", "prijs": "6"}),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (1, "file", Reason.EMPTY)),
        (b"\n\n;;\n", (1, "file", Reason.EMPTY)),
        (b"a;b\n1;2\n3;\0\n", (3, "row", Reason.BAD_CHARACTER)),
        (b"a;b\n1;2\n\x81;\xff\n", (3, "row", Reason.ENCODING)),
        (b'a;b\n1;2\n"3;4\n', (3, "row", Reason.QUOTES)),
        (b'a;b\n1;"2"x\n', (2, "row", Reason.QUOTES)),
        (b";".join([b"a"] * 201) + b"\n1\n", (1, "file", Reason.TOO_MANY_COLUMNS)),
    ],
)
def test_csv_that_cannot_be_read_is_refused_with_its_row(tmp_path: Path, content: bytes, expected: tuple[int, str, Reason]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert refusal_of(path) == expected


def test_cells_that_are_too_large_or_too_many_and_headings_that_stand_twice_are_noted(tmp_path: Path) -> None:
    path, problems = tmp_path / "a.csv", Problems()
    path.write_text(f"a;b;b\n1;2;3;4\n{'x' * 65_537};2\n", encoding="utf-8")
    read(path, problems)
    assert [(one.row, one.field, one.reason) for one in problems.kept] == [
        (1, "b", Reason.COLUMN_TWICE),
        (2, "row", Reason.TOO_MANY_CELLS),
        (3, "a", Reason.TOO_LONG),
    ]


def test_problems_are_kept_up_to_a_number_and_all_counted() -> None:
    problems = Problems()
    for number in range(MOST_PROBLEMS + 7):
        problems.add(number, "title", Reason.MISSING)
    with pytest.raises(ImportRefused) as refused:
        problems.refuse()
    assert (len(refused.value.problems), refused.value.total) == (MOST_PROBLEMS, MOST_PROBLEMS + 7)


def test_rows_beyond_the_limit_are_refused_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (table, jsonl_file):
        monkeypatch.setattr(module, "MAX_ROWS", 3)
    (tmp_path / "a.csv").write_text("a\n" + "1\n" * 4, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n' * 4, encoding="utf-8")
    workbook = openpyxl.Workbook()
    for value in "a1234":
        workbook.worksheets[0].append([value])
    workbook.save(tmp_path / "a.xlsx")
    assert [refusal_of(tmp_path / f"a.{name}") for name in ("csv", "xlsx", "jsonl")] == [
        (5, "row", Reason.TOO_MANY_ROWS),
        (5, "row", Reason.TOO_MANY_ROWS),
        (4, "row", Reason.TOO_MANY_ROWS),
    ]


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_FILE_BYTES", 10)
    (tmp_path / "a.csv").write_text("a;b;c\n1;2;3\n", encoding="utf-8")
    assert refusal_of(tmp_path / "a.csv") == (0, "file", Reason.TOO_LARGE)


@pytest.mark.parametrize("bomb", ["ratio", "size", "members"])
def test_a_zip_that_unpacks_to_too_much_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<c>" * (1_000_000 if bomb == "ratio" else 100))
        for number in range(1_001 if bomb == "members" else 0):
            archive.writestr(f"{number}.xml", b"<a/>")
    if bomb == "size":
        monkeypatch.setattr(xlsx_file, "MAX_UNPACKED_BYTES", 200)
    monkeypatch.setattr(xlsx_file, "_workbook", lambda _file: pytest.fail("it was opened"))
    assert refusal_of(path) == (0, "file", Reason.TOO_LARGE)


def test_a_row_number_far_away_does_not_keep_us_counting(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = "titel"
    workbook.worksheets[0]["A1048576"] = "ver weg"
    workbook.save(tmp_path / "a.xlsx")
    assert refusal_of(tmp_path / "a.xlsx")[1:] == ("row", Reason.TOO_MANY_ROWS)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", Reason.NOT_AN_OBJECT),
        ('{"a": 1', Reason.NOT_JSON),
        ('{"a": NaN}', Reason.NOT_JSON),
        ('{"a": ' + "9" * 5_000 + "}", Reason.NOT_JSON),
        ('{"a": ' + "[" * 100_000, Reason.TOO_DEEP),
        ('{"a": 1, "a": 2}', Reason.COLUMN_TWICE),
    ],
)
def test_a_line_that_is_no_object_is_noted_with_its_number(tmp_path: Path, line: str, reason: Reason) -> None:
    path, problems = tmp_path / "a.jsonl", Problems()
    path.write_text(f'{{"a": 1}}\n\n{line}\n', encoding="utf-8")
    assert [row.number for row in read(path, problems)] == [1]
    assert [(one.row, one.field, one.reason) for one in problems.kept] == [(3, "row", reason)]


def test_json_values_become_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    entry = {"text": " a ", "number": 3.0, "half": 0.5, "none": None, "list": ["a", 2, ""], "odd": {"x": 1}, "editions": [{"weeks": 4}]}
    path.write_text("\ufeff" + json.dumps(entry), encoding="utf-8")
    row = read(path)[0]
    assert row.cells == {"text": "a", "number": "3", "half": "0.5", "list": ("a", "2"), "odd": table.Odd("{…}")}
    assert row.editions == ({"weeks": "4"},)


def test_the_name_of_a_file_tells_its_format() -> None:
    assert format_of(Path("A.XLSX")) is FileFormat.XLSX
    with pytest.raises(FormatUnknown, match=r"modules\.pdf"):
        format_of(Path("modules.pdf"))
