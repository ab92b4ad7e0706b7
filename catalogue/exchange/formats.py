"""The formats of files with modules: which one a file has, and how it is opened."""

from __future__ import annotations

from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path

from catalogue.exchange import csv_file, jsonl_file, xlsx_file
from catalogue.exchange.ooapi import file as ooapi_file
from catalogue.exchange.problems import BadCell, Problems, Reason, refusal
from catalogue.exchange.table import Table

MAX_FILE_BYTES = 50_000_000
_WORKBOOK = b"PK\x03\x04"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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


def open_table(path: Path, file_format: FileFormat, problems: Problems) -> AbstractContextManager[Table]:
    """Opens a file. Its rows can be read inside the `with`.

    Raises:
        ImportRefused: the file cannot be read as this format at all; also while its rows are read.
    """
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


def format_in(path: Path, content: bytes) -> FileFormat:
    """The format of a file by what is in it; its name tells only what that leaves open. Raises FormatUnknown when the name tells none."""
    named = format_of(path)
    text = content.removeprefix(_BYTE_ORDER_MARK).lstrip()
    if text.startswith(_WORKBOOK):
        return FileFormat.XLSX
    if not text.startswith((b"{", b"[")):
        return named
    if ooapi_file.holds_courses(text):
        return FileFormat.OOAPI
    return FileFormat.JSONL if named is FileFormat.JSONL or _is_an_object(text.split(b"\n", 1)[0]) else FileFormat.OOAPI


def _is_an_object(line: bytes) -> bool:
    try:
        return isinstance(jsonl_file.json_value(line), dict)
    except BadCell:
        return False
