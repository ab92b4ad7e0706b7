"""A file as rows of cells, whatever its format: what the readers share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from catalogue.exchange.problems import Problems, Reason, refusal

MAX_FILE_BYTES = 50_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL_CHARS = 65_536


class FileFormat(StrEnum):
    """What we read and write.

    `OOAPI` is courses and offerings of the Open Onderwijs API, as its lists give them, in a file: we write version 5, and read 5 and 6.
    """

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    OOAPI = "ooapi"


class FormatUnknown(ValueError):
    """The name of a file does not tell its format."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} does not tell the format; say --format csv, xlsx, jsonl or ooapi")
        self.name = name


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


def open_table(path: Path, file_format: FileFormat, problems: Problems) -> AbstractContextManager[Table]:
    """Opens a file. Its rows can be read inside the `with`.

    Raises:
        ImportRefused: the file cannot be read as this format at all; also while its rows are read.
    """
    from catalogue.exchange import csv_file, jsonl_file, xlsx_file
    from catalogue.exchange.ooapi import file as ooapi_file

    if path.stat().st_size > MAX_FILE_BYTES:
        raise refusal(Reason.TOO_LARGE, known=(f"{MAX_FILE_BYTES // 1_000_000} MB",))
    match file_format:
        case FileFormat.CSV:
            return csv_file.opened(path, problems)
        case FileFormat.XLSX:
            return xlsx_file.opened(path, problems)
        case FileFormat.JSONL:
            return jsonl_file.opened(path, problems)
        case FileFormat.OOAPI:
            return ooapi_file.opened(path, problems)


def format_of(path: Path) -> FileFormat:
    """The format that a file's name tells. Raises FormatUnknown."""
    names = {".csv": FileFormat.CSV, ".tsv": FileFormat.CSV, ".txt": FileFormat.CSV, ".xlsx": FileFormat.XLSX}
    names |= dict.fromkeys((".jsonl", ".ndjson"), FileFormat.JSONL) | {".json": FileFormat.OOAPI}
    try:
        return names[path.suffix.lower()]
    except KeyError:
        raise FormatUnknown(path.name) from None


def checked_columns(headings: Sequence[str], row: int, problems: Problems) -> None:
    """Refuses a header without names or with too many; notes names that stand twice."""
    named = [heading for heading in headings if heading]
    if not named:
        raise refusal(Reason.EMPTY, row)
    if len(headings) > MAX_COLUMNS:
        raise refusal(Reason.TOO_MANY_COLUMNS, row, known=(str(MAX_COLUMNS),))
    for heading in sorted({heading for heading in named if named.count(heading) > 1}):
        problems.add(row, heading, Reason.COLUMN_TWICE, heading, heading)


def row_of(number: int, headings: Sequence[str], cells: Sequence[str], problems: Problems) -> Row | None:
    """A row of a spreadsheet; None when it is empty. Notes cells that are too large or stand outside the columns."""
    found: dict[str, Cell] = {}
    for index, cell in enumerate(cells):
        text = cell.strip()
        if not text:
            continue
        if index >= len(headings):
            problems.add(number, "row", Reason.TOO_MANY_CELLS, text, known=(str(len(headings)),))
            break
        if heading := headings[index]:
            if len(text) > MAX_CELL_CHARS:
                problems.add(number, heading, Reason.TOO_LONG, text, heading, (str(MAX_CELL_CHARS),))
            else:
                found[heading] = text
    return Row(number, found) if found else None
