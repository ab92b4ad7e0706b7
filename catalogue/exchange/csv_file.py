"""CSV as people send it: UTF-8 or Windows-1252 or Excel's Unicode text, split by semicolon, comma or tab."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from catalogue.exchange.problems import ROW_FIELD, Problems, Reason, refusal
from catalogue.exchange.table import ROWS_ABOVE, Table, heading_row, spreadsheet, spreadsheet_columns

DELIMITERS = (";", ",", "\t")
_CHUNK_BYTES = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@contextmanager
def opened(path: Path, problems: Problems) -> Iterator[Table]:
    """Opens a CSV file; see `catalogue.exchange.formats.open_table`."""
    with path.open(encoding=_encoding(path), newline="") as file:
        delimiter = _delimiter(file.readline())
        file.seek(0)
        records = _records(csv.reader(file, delimiter=delimiter, strict=True))
        first = list(islice(records, ROWS_ABOVE))
        at = heading_row([cells for _number, cells in first])
        number, header = first[at] if first else (1, [])
        yield spreadsheet(spreadsheet_columns(header, number, problems), chain(first[at + 1 :], records), problems)


def _records(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Records with their number, empty lines counted as a spreadsheet does; the first is the first that is not empty."""
    number, is_begun = 0, False
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # The parser stops in the middle of a record; where the next one begins cannot be told.
            raise refusal(Reason.QUOTES, number, ROW_FIELD, str(error)) from None
        if is_begun or any(cell.strip() for cell in cells):
            is_begun = True
            yield number, cells


def _encoding(path: Path) -> str:
    """The encoding that the whole file can be read in. Raises ImportRefused, with the row, when there is none or a NUL stands in it."""
    with path.open("rb") as file:
        if file.read(2) in _UTF16:
            candidates: tuple[str, ...] = ("utf-16",)
        else:
            candidates = ("utf-8-sig", "cp1252")
    row = 1
    for encoding in candidates:
        bad_row = _row_not_readable(path, encoding)
        if bad_row is None:
            return encoding
        row = bad_row
    raise refusal(Reason.ENCODING, row, ROW_FIELD)


def _row_not_readable(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    row = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK_BYTES)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return row + chunk.count(b"\n", 0, error.start)
            if (nul := text.find("\0")) >= 0:
                raise refusal(Reason.BAD_CHARACTER, row + text.count("\n", 0, nul), ROW_FIELD, "NUL")
            row += text.count("\n")
            if not chunk:
                return None


def _delimiter(line: str) -> str:
    """The sign that splits the header, quoted parts left out; the first of `DELIMITERS` wins a tie."""
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
