"""A file as rows of cells, whatever its format: what the readers share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from catalogue.exchange.columns import field_named
from catalogue.exchange.formulas import original
from catalogue.exchange.problems import ROW_FIELD, Problems, Reason, refusal

MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL_CHARS = 65_536
ROWS_ABOVE = 10
"""The names of the columns stand in one of so many rows, empty ones not counted."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A JSON value that is no text, number or list of those. `shown` is its beginning; `yes_or_no` what true and false mean, else ""."""

    shown: str
    yes_or_no: str = ""


Cell = str | tuple[str, ...] | Odd


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `cells` holds the cells that are not empty, by the file's own column names; `editions` those of each edition, where the
    format keeps them apart (None where it does not).
    """

    number: int
    cells: dict[str, Cell]
    editions: tuple[dict[str, Cell], ...] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: its columns, and its rows, to be walked through once. What is wrong in a row goes into the reader's `Problems`."""

    columns: Sequence[str]
    rows: Iterator[Row]


def heading_row(first: Sequence[Sequence[str]]) -> int:
    """Which of the first rows holds the names of the columns: people write a title or groups of columns above them.

    The one with most names that we know; without any, the first that fills more than half as many cells as the fullest.
    """
    known = [sum(field_named(cell) is not None for cell in cells) for cells in first]
    if best := max(known, default=0):
        return known.index(best)
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in first]
    return next((at for at, number in enumerate(filled) if 2 * number > max(filled)), 0)


def spreadsheet_columns(header: Iterable[str], row: int, problems: Problems) -> list[str]:
    """The names above the columns, "" where none stands. Refuses a header without names or with too many; notes names that stand twice."""
    headings = [original(cell.strip()) for cell in header]
    while headings and not headings[-1]:
        headings.pop()
    named = [heading for heading in headings if heading]
    if not named:
        raise refusal(Reason.EMPTY, row)
    if len(headings) > MAX_COLUMNS:
        raise refusal(Reason.TOO_MANY_COLUMNS, row, known=(str(MAX_COLUMNS),))
    for heading in sorted({heading for heading in named if named.count(heading) > 1}):
        problems.add(row, heading, Reason.COLUMN_TWICE, heading, heading)
    return headings


def spreadsheet(headings: Sequence[str], records: Iterator[tuple[int, list[str]]], problems: Problems) -> Table:
    """The table of these columns and the records below them, each with its number. Empty ones are left out.

    Once all rows are read, columns without a name are noted that hold something.
    """
    return Table([heading for heading in headings if heading], _rows(headings, records, problems))


def _rows(headings: Sequence[str], records: Iterator[tuple[int, list[str]]], problems: Problems) -> Iterator[Row]:
    count, unnamed = 0, Counter[int]()
    for number, cells in records:
        unnamed.update(at for at, heading in enumerate(headings[: len(cells)]) if not heading and cells[at].strip())
        row = _row(number, headings, [original(cell) for cell in cells], problems)
        if row is None:
            continue
        count += 1
        if count > MAX_ROWS:
            raise refusal(Reason.TOO_MANY_ROWS, number, ROW_FIELD, known=(str(MAX_ROWS),))
        yield row
    for at, n_cells in sorted(unnamed.items()):
        problems.leave_out(get_column_letter(at + 1), n_cells)


def _row(number: int, headings: Sequence[str], cells: Sequence[str], problems: Problems) -> Row | None:
    """A row of a spreadsheet; None when it is empty. Notes cells that are too large or stand outside the columns."""
    found: dict[str, Cell] = {}
    for index, cell in enumerate(cells):
        text = cell.strip()
        if not text:
            continue
        if index >= len(headings):
            problems.add(number, ROW_FIELD, Reason.TOO_MANY_CELLS, text, known=(str(len(headings)),))
            break
        if heading := headings[index]:
            if len(text) > MAX_CELL_CHARS:
                problems.add(number, heading, Reason.TOO_LONG, text, heading, (str(MAX_CELL_CHARS),))
            else:
                found[heading] = text
    return Row(number, found) if found else None
