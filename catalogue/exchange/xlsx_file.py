"""Excel workbooks: the first sheet, as texts. Formulas are taken as text and never computed.

A workbook is a zip that can grow a thousandfold, so its sizes are checked before anything is unpacked.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import openpyxl
from openpyxl.workbook import Workbook

from catalogue.exchange.problems import ROW_FIELD, ImportRefused, Problems, Reason, refusal
from catalogue.exchange.table import MAX_COLUMNS, MAX_ROWS, ROWS_ABOVE, Table, heading_row, spreadsheet, spreadsheet_columns

MAX_UNPACKED_BYTES = 50_000_000
MAX_RATIO = 100
MAX_MEMBERS = 1_000
MAX_EMPTY_ROWS = 100_000
"""Rows that were only formatted; a row number far beyond the data must not keep us counting."""


@contextmanager
def opened(path: Path, problems: Problems) -> Iterator[Table]:
    """Opens a workbook; see `catalogue.exchange.formats.open_table`."""
    _refuse_bomb(path)
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which we do not read
        workbook = _workbook(file)
        try:
            first = list(islice(_guarded(_cells(workbook, MAX_COLUMNS + 1)), ROWS_ABOVE))
            at = heading_row([cells for _number, cells in first])
            number, header = first[at] if first else (1, [])
            headings = spreadsheet_columns(header, number, problems)
            records = islice(_guarded(_cells(workbook, len(headings) + 1)), at + 1, None)
            yield spreadsheet(headings, records, problems)
        finally:
            workbook.close()


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise refusal(Reason.UNREADABLE, value="xlsx") from None
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(packed, 1):
        raise refusal(Reason.TOO_LARGE, known=(f"{MAX_UNPACKED_BYTES // 1_000_000} MB",))


def _workbook(file: BinaryIO) -> Workbook:
    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception:  # noqa: BLE001 - a damaged workbook raises whatever the XML beneath leads to; all of it means: not readable
        raise refusal(Reason.UNREADABLE, value="xlsx") from None


def _cells(workbook: Workbook, width: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that are not empty, as texts, with their number."""
    if not workbook.worksheets:
        return
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    empty = 0
    for number, values in enumerate(sheet.iter_rows(max_col=width, values_only=True), 1):
        cells = [_text(value) for value in values]
        if not any(cells):
            empty += 1
            if empty > MAX_EMPTY_ROWS:
                raise refusal(Reason.TOO_MANY_ROWS, number, ROW_FIELD, known=(str(MAX_ROWS),))
            continue
        yield number, cells


def _guarded(records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The same rows; damage that shows up halfway becomes a refusal with the row before which it stands."""
    number = 0
    while True:
        try:
            number, cells = next(records)
        except StopIteration:
            return
        except ImportRefused:
            raise
        except Exception:  # noqa: BLE001 - as for the workbook
            raise refusal(Reason.UNREADABLE, number + 1, ROW_FIELD, "xlsx") from None
        yield number, cells


def _text(value: object) -> str:
    """A cell as text: dates in ISO notation, whole numbers without a decimal point, formulas as they are written."""
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(getattr(value, "text", value))
