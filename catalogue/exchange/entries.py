"""Rows put together into modules: rows with the same external_id, or without one the same title, are editions of one module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalogue.exchange.columns import BY_NAME, EDITION_FIELDS, Field
from catalogue.exchange.mapping import ColumnMapping
from catalogue.exchange.problems import FILE_FIELD, WHOLE_FILE, Problems, Reason
from catalogue.exchange.table import Cell, Odd, Row

Cells = dict[str, str | tuple[str, ...]]
"""Cells by our field name; a tuple only where the field takes a list."""


@dataclass(slots=True)
class Entry:
    """One module of the file. `row` is its first row, `editions` hold their own."""

    row: int
    cells: Cells
    editions: list[tuple[int, Cells]] = field(default_factory=list)


@dataclass(slots=True)
class Entries:
    """All modules of a file.

    Attributes:
        modules: in the order of the file.
        given: fields that the file or a default speaks of; what it does not speak of stays as it is in the catalogue.
        headings: what the file calls each field.
    """

    modules: list[Entry]
    given: frozenset[str]
    headings: Mapping[str, str]


def read_entries(rows: Iterable[Row], mapping: ColumnMapping, defaults: Mapping[str, str], problems: Problems) -> Entries:
    """Walks through the rows and puts them together; what is wrong goes into `problems`.

    A row that tells nothing but an edition is of the module above it: spreadsheets join the cells of its name, or leave them empty.
    """
    headings: dict[str, str] = {}
    for column, known in mapping.fields.items():
        headings.setdefault(known.name, column)
    modules: dict[tuple[str, str], Entry] = {}
    module_defaults = {name: value for name, value in defaults.items() if not BY_NAME[name].is_edition}
    edition_defaults = {name: value for name, value in defaults.items() if BY_NAME[name].is_edition}
    above: Entry | None = None
    for row in rows:
        cells = _our_cells(row.number, row.cells, mapping.fields, problems)
        editions = _editions(row, cells, mapping.fields, edition_defaults, problems)
        own = {name: cell for name, cell in cells.items() if not BY_NAME[name].is_edition}
        external, title = own.get("external_id"), own.get("title", module_defaults.get("title", ""))
        key = ("id", str(external)) if external else ("title", " ".join(str(title).casefold().split()))
        if key == ("title", ""):
            if above and cells and not own and row.editions is None:
                above.editions += editions
            else:
                problems.add(row.number, "title", Reason.MISSING, column=headings.get("title", ""))
            continue
        above = modules.get(key)
        if above is None:
            above = modules[key] = Entry(row.number, own, editions)
        else:
            _join(above, own, row.number, headings, problems)
            above.editions += editions
    for entry in modules.values():
        entry.cells = {**module_defaults, **entry.cells}
        if not entry.cells.get("title"):
            problems.add(entry.row, "title", Reason.MISSING, column=headings.get("title", ""))
    if not modules and not problems.total:
        problems.add(WHOLE_FILE, FILE_FIELD, Reason.EMPTY)
    given = frozenset(known.name for known in mapping.fields.values()) | defaults.keys()
    return Entries(list(modules.values()), given, headings)


def _editions(
    row: Row, cells: Cells, fields: Mapping[str, Field], defaults: Mapping[str, str], problems: Problems
) -> list[tuple[int, Cells]]:
    """The editions that a row tells of. Defaults fill what is empty; they make an edition of their own only when they say how it starts."""
    flat = {name: cell for name, cell in cells.items() if name in EDITION_FIELDS}
    told = [flat] if flat else []
    if row.editions is not None:
        own = (_our_cells(row.number, edition, fields, problems) for edition in row.editions)
        told = [flat | {name: cell for name, cell in edition.items() if name in EDITION_FIELDS} for edition in own]
    if not told and "start" in defaults:
        told = [{}]
    return [(row.number, {**defaults, **edition}) for edition in told]


def _our_cells(number: int, cells: Mapping[str, Cell], fields: Mapping[str, Field], problems: Problems) -> Cells:
    """The cells of known columns by our names, those of joined fields below each other in the order of the columns."""
    found: Cells = {}
    for column, known in fields.items():
        cell = cells.get(column)
        if not cell:
            continue
        if known.is_yes_or_no and isinstance(cell, Odd) and cell.yes_or_no:
            cell = cell.yes_or_no
        if isinstance(cell, Odd) or (isinstance(cell, tuple) and not (known.is_list or known.is_joined)):
            shown = cell.shown if isinstance(cell, Odd) else " | ".join(cell)
            problems.add(number, known.name, Reason.WRONG_SHAPE, shown, column)
            continue
        if isinstance(cell, tuple) and not known.is_list:
            cell = "\n".join(cell)
        before = found.get(known.name)
        found[known.name] = cell if before is None else _below(before, cell)
    return found


def _below(first: str | tuple[str, ...], second: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(first, str) and isinstance(second, str):
        return first if second in first else f"{first}\n\n{second}"
    return (first if isinstance(first, tuple) else (first,)) + (second if isinstance(second, tuple) else (second,))


def _join(entry: Entry, cells: Cells, row: int, headings: Mapping[str, str], problems: Problems) -> None:
    """Adds a further row of the same module: an empty cell means "as above", another value is a contradiction."""
    for name, cell in cells.items():
        if entry.cells.setdefault(name, cell) != cell:
            shown = cell if isinstance(cell, str) else " | ".join(cell)
            problems.add(row, name, Reason.DIFFERS, shown, headings.get(name, ""), (str(entry.row),))
