"""Spreadsheets as people keep them: a title and groups above the headings, cells joined over several rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from catalogue.exchange.entries import Entries, read_entries
from catalogue.exchange.formats import format_of, open_table
from catalogue.exchange.mapping import column_mapping
from catalogue.exchange.problems import Problems, Reason
from catalogue.exchange.table import heading_row
from web.problem_texts import problem_text

ABOVE = [["Aanbod 2027"], [], ["Module", "", "Uitvoering"]]
HEADINGS = ["Titel", "Niveau", "Startdatum", "Plaats", "Prijs"]
ROWS = [["Lassen", "mbo 2", "2027-09-01", "Breda", "495"], ["", "", "2027-11-01", "Tilburg", "450"], ["Boren", "", "", "", ""]]


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([], 0),
        ([HEADINGS, *ROWS], 0),
        ([["titel", "x"], ["Lassen", "a", "b", "c", "d", "e"]], 0),
        ([*ABOVE, HEADINGS, *ROWS], 3),
        ([["Aanbod van onze school"], ["Cursus", "Wanneer", "Waar"], ["Lassen", "1 sept", "Breda"]], 1),
        ([["Cursus", "Wanneer", "Waar"], ["Lassen", "1 sept", "Breda"]], 0),
        ([["Cursus"], ["Lassen"]], 0),
    ],
)
def test_what_stands_above_the_headings_is_no_heading(rows: list[list[str]], at: int) -> None:
    assert heading_row(rows) == at


def entries(path: Path, rows: list[list[str]]) -> tuple[Entries, Problems]:
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    problems = Problems()
    with open_table(path, format_of(path), problems) as table:
        found = read_entries(table.rows, column_mapping(table.columns, {}, {}), {}, problems)
    return found, problems


@pytest.mark.parametrize("name", ["aanbod.csv", "aanbod.xlsx"])
def test_a_row_with_nothing_but_a_start_is_of_the_module_above_it(tmp_path: Path, name: str) -> None:
    found, problems = entries(tmp_path / name, [*ABOVE, HEADINGS, *ROWS])
    assert problems.total == 0
    welding, drilling = found.modules
    assert [(row, cells["place"]) for row, cells in welding.editions] == [(5, "Breda"), (6, "Tilburg")]
    assert (welding.row, drilling.row, drilling.editions) == (5, 7, [])


@pytest.mark.parametrize("row", [["", "mbo 3", "2027-11-01", "Tilburg", ""], ["", "mbo 3", "", "", ""]])
def test_a_row_that_tells_of_a_module_has_to_name_it(tmp_path: Path, row: list[str]) -> None:
    _found, problems = entries(tmp_path / "aanbod.csv", [HEADINGS, ROWS[0], row])
    assert [(one.row, one.field, one.reason) for one in problems.kept] == [(3, "title", Reason.MISSING)]


def test_a_first_row_without_a_name_belongs_to_nothing(tmp_path: Path) -> None:
    _found, problems = entries(tmp_path / "aanbod.csv", [HEADINGS, ROWS[1]])
    assert [(one.row, one.field, one.reason) for one in problems.kept] == [(2, "title", Reason.MISSING)]


@pytest.mark.parametrize("name", ["aanbod.csv", "aanbod.xlsx"])
def test_a_column_without_a_name_that_holds_something_is_told_by_its_letter(tmp_path: Path, name: str) -> None:
    rows = [["1", "Lassen", "", "495", "per persoon", ""], ["2", "Boren", "", "", "", "Breda"]]
    found, problems = entries(tmp_path / name, [["", "Titel", "", "Prijs", "", "Plaats"], *rows])
    assert problems.total == 0
    assert [(one.reason, one.column, one.known) for one in problems.left_open] == [
        (Reason.COLUMN_UNNAMED, "A", ("2",)),
        (Reason.COLUMN_UNNAMED, "E", ("1",)),
    ]
    assert problem_text(problems.left_open[0]).startswith("Kolom A: hier staat geen naam boven")
    assert len(found.modules) == 2
