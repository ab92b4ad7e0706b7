"""JSON Lines: one module a line, with its editions in a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from catalogue.exchange.columns import EDITIONS
from catalogue.exchange.problems import ROW_FIELD, BadCell, Problems, Reason, refusal
from catalogue.exchange.table import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, Cell, Odd, Row, Table

MAX_LINE_BYTES = 4_000_000
MAX_EDITIONS = 1_000
MAX_ITEMS = 1_000
_SHOWN_CHARS = 80


@contextmanager
def opened(path: Path, problems: Problems) -> Iterator[Table]:
    """Opens a JSON Lines file; see `catalogue.exchange.formats.open_table`. It is read twice: its columns are known only at its end."""
    columns = columns_of(_entries(path, problems), problems)
    silenced = Problems()  # the first reading noted what is wrong with the lines
    yield Table(columns, (row_of_entry(number, entry, problems) for number, entry in _entries(path, silenced)))


def columns_of(entries: Iterable[tuple[int, dict[str, Any]]], problems: Problems) -> list[str]:
    """The names that modules and their editions use. Raises ImportRefused when there are too many, or no module at all."""
    columns: dict[str, None] = {}
    count = 0
    for number, entry in entries:
        count += 1
        if count > MAX_ROWS:
            raise refusal(Reason.TOO_MANY_ROWS, number, ROW_FIELD, known=(str(MAX_ROWS),))
        columns |= dict.fromkeys(name for name in entry if name != EDITIONS)
        editions = entry.get(EDITIONS)
        for edition in editions if isinstance(editions, list) else []:
            columns |= dict.fromkeys(edition if isinstance(edition, dict) else ())
        if len(columns) > MAX_COLUMNS:
            raise refusal(Reason.TOO_MANY_COLUMNS, number, ROW_FIELD, known=(str(MAX_COLUMNS),))
    if not count and not problems.total:
        raise refusal(Reason.EMPTY)
    return list(columns)


def row_of_entry(number: int, entry: dict[str, Any], problems: Problems) -> Row:
    """A module as a row; values that are no text, number or list of those are noted."""
    cells = _cells(number, entry, problems)
    if EDITIONS not in entry:
        return Row(number, cells)
    editions = entry[EDITIONS] if entry[EDITIONS] is not None else []
    if not isinstance(editions, list) or not all(isinstance(edition, dict) for edition in editions):
        problems.add(number, EDITIONS, Reason.WRONG_SHAPE, _shown(editions), EDITIONS)
        editions = []
    if len(editions) > MAX_EDITIONS:
        problems.add(number, EDITIONS, Reason.TOO_LONG, "", EDITIONS, (str(MAX_EDITIONS),))
        editions = []
    return Row(number, cells, tuple(_cells(number, edition, problems) for edition in editions))


def _cells(number: int, entry: dict[str, Any], problems: Problems) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for name, value in entry.items():
        cell = _cell(value) if name != EDITIONS else ""
        length = sum(map(len, cell)) if isinstance(cell, tuple) else len(cell) if isinstance(cell, str) else 0
        if length > MAX_CELL_CHARS:
            problems.add(number, name, Reason.TOO_LONG, _shown(value), name, (str(MAX_CELL_CHARS),))
        elif cell:
            found[name] = cell
    return found


def _cell(value: object) -> Cell:
    """A JSON value as a cell: numbers as text, null as empty, lists of texts and numbers as they are; anything else is odd."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return Odd(_shown(value), "yes" if value else "no")
        case dict():
            return Odd(_shown(value))
        case int() | float():
            return _number(value)
        case list() if len(value) <= MAX_ITEMS and all(
            isinstance(item, str | int | float) and not isinstance(item, bool) for item in value
        ):
            items = (item.strip() if isinstance(item, str) else _number(item) for item in value)
            return tuple(item for item in items if item)
        case _:
            return Odd(_shown(value))


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


def _shown(value: object) -> str:
    match value:
        case dict():
            return "{…}"
        case list():
            return "[…]"
        case _:
            return str(value)[:_SHOWN_CHARS]


def _entries(path: Path, problems: Problems) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers with objects; lines that are none are noted and left out."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES:
                raise refusal(Reason.TOO_LARGE, number, ROW_FIELD, known=(f"{MAX_LINE_BYTES // 1_000_000} MB",))
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                yield number, _object(line)
            except BadCell as bad:
                problems.add(number, ROW_FIELD, bad.reason, bad.value)


def _object(line: bytes) -> dict[str, Any]:
    value = json_value(line)
    if not isinstance(value, dict):
        raise BadCell(Reason.NOT_AN_OBJECT, _shown(value))
    return value


def json_value(raw: bytes) -> Any:
    """What a JSON text says. Raises BadCell when it is none, names a field twice, or is nested too deeply."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadCell(Reason.ENCODING) from None
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except RecursionError:
        raise BadCell(Reason.TOO_DEEP) from None
    except BadCell:
        raise
    except ValueError as error:  # no JSON, or a number of more than 4,300 digits
        raise BadCell(Reason.NOT_JSON, str(error)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entry = dict(pairs)
    if len(entry) < len(pairs):
        names = [name for name, _value in pairs]
        raise BadCell(Reason.COLUMN_TWICE, next(name for name in names if names.count(name) > 1))
    return entry


def _refuse_constant(name: str) -> None:
    raise BadCell(Reason.NOT_JSON, name)
