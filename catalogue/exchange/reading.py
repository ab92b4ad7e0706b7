"""From the texts of one module to values that can be written; every problem is noted with its row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from catalogue.exchange import cells as read
from catalogue.exchange.entries import Cells, Entries, Entry
from catalogue.exchange.lookups import Lookups
from catalogue.exchange.problems import BadCell, Problems, Reason
from catalogue.models import Organisation
from catalogue.publishing.values import EditionValues, ModuleValues
from catalogue.vocabulary import Format

MAX_TITLE_CHARS = 300
MAX_EXTERNAL_ID_CHARS = 120
MAX_QUALITY_MARK_CHARS = 160
MAX_WEEKS = 520
MAX_PEOPLE = 100_000

Value = TypeVar("Value")
Cell = str | tuple[str, ...]


class ModuleReader:
    """Reads the modules of one file for one organisation."""

    def __init__(self, entries: Entries, organisation: Organisation, lookups: Lookups, problems: Problems) -> None:
        self._given, self._headings = entries.given, entries.headings
        self._organisation, self._lookups, self._problems = organisation, lookups, problems
        self._has_editions = any(entry.editions for entry in entries.modules) or any(name in self._given for name in _EDITION_READERS)

    def values(self, entry: Entry) -> ModuleValues:
        """The fields that the file speaks of; an empty cell clears its field. Call `Problems.refuse` before writing any of it."""
        values: dict[str, Any] = {}
        for name, reader in self._readers().items():
            if name in self._given:
                value = self._read(entry.row, name, entry.cells.get(name, ""), reader)
                if value is not None:
                    values |= value
        if self._has_editions:
            values["editions"] = [edition for row, told in entry.editions if (edition := self._edition(row, told)) is not None]
        return cast(ModuleValues, values)

    def _readers(self) -> Mapping[str, Callable[[Any], dict[str, Any]]]:
        find = self._lookups
        return {
            "organisation": self._check_organisation,
            "external_id": lambda cell: {"external_id": read.line(cell, MAX_EXTERNAL_ID_CHARS) or None},
            "title": lambda cell: {"title": _filled(read.line(cell, MAX_TITLE_CHARS))},
            "description": lambda cell: {"description": read.text(cell)},
            "audience": lambda cell: {"audience": read.text(cell)},
            "entry_text": lambda cell: {"entry_text": read.text(cell)},
            "assessment": lambda cell: {"assessment": read.text(cell)},
            "outcomes": lambda cell: {"outcomes": read.outcomes(cell)},
            "level": lambda cell: {"level": read.level(cell, self._organisation.kind)},
            "kind": lambda cell: {"kind": read.kind(cell)},
            "credential": lambda cell: {"credential": read.credential(cell)},
            "assessment_form": lambda cell: {"assessment_form": read.assessment_form(cell)},
            "is_supervised": lambda cell: {"is_supervised": read.yes_or_no(cell)},
            "is_identity_checked": lambda cell: {"is_identity_checked": read.yes_or_no(cell)},
            "is_stackable": lambda cell: {"is_stackable": read.yes_or_no(cell)},
            "quality_mark": lambda cell: {"quality_mark": read.line(cell, MAX_QUALITY_MARK_CHARS)},
            "quality_url": lambda cell: {"quality_url": read.url(cell)},
            "language": lambda cell: {"language": read.language(cell)} if cell else {},
            "load": lambda cell: dict(zip(("workload_hours", "load_unit"), read.load(cell), strict=True)),
            "theme": lambda cell: {"theme_id": find.theme(cell) if cell else None},
            "hub": lambda cell: {"hub_id": find.hub(cell) if cell else None},
            "skills_taught": lambda cell: {"taught": find.skills(cell)},
            "skills_required": lambda cell: {"required": find.skills(cell)},
            "url": lambda cell: {"url": read.url(cell)},
        }

    def _check_organisation(self, cell: str) -> dict[str, Any]:
        if cell and cell not in (self._organisation.slug, self._organisation.name):
            raise BadCell(Reason.OTHER_ORGANISATION, cell, (self._organisation.slug,))
        return {}

    def _edition(self, row: int, told: Cells) -> EditionValues | None:
        before = self._problems.total
        values: dict[str, Any] = {name: self._read(row, name, told.get(name, ""), reader) for name, reader in _EDITION_READERS.items()}
        stated = told.get("place", "")
        if read.is_online(stated):  # many write it in the column of the towns
            stated, values["format"] = "", values["format"] or Format.ONLINE
        place = self._read(row, "place", stated, lambda cell: self._lookups.place(read.line(cell, 100)) if cell else "")
        if self._problems.total > before:
            return None
        if values["start"] is None:
            self._note(row, "start", BadCell(Reason.MISSING))
        if values["format"] is None and place:
            values["format"] = Format.ON_SITE
        if values["format"] is None:
            self._note(row, "format", BadCell(Reason.MISSING))
        if self._problems.total > before:
            return None
        cents = values.pop("price_eur")
        return EditionValues(place=place or "", price_cents=cents, **values)

    def _read(self, row: int, name: str, cell: Cell, reader: Callable[[Any], Value]) -> Value | None:
        try:
            return reader(cell)
        except BadCell as bad:
            self._note(row, name, bad)
            return None

    def _note(self, row: int, name: str, bad: BadCell) -> None:
        self._problems.add(row, name, bad.reason, bad.value, self._headings.get(name, ""), bad.known)


_EDITION_READERS: Mapping[str, Callable[[Any], Any]] = {
    "start": read.start,
    "format": read.edition_format,
    "weeks": lambda cell: read.weeks(cell, MAX_WEEKS),
    "day_parts": read.day_parts,
    "price_eur": read.price_cents,
    "capacity": lambda cell: read.people(cell, MAX_PEOPLE),
    "minimum_group": lambda cell: read.people(cell, MAX_PEOPLE),
}


def _filled(text: str) -> str:
    if not text:  # a cell of control characters only
        raise BadCell(Reason.MISSING)
    return text
