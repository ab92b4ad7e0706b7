"""A file with a provider's catalogue, read: what it says of each module, and which of them are known here already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.exchange.entries import read_entries
from catalogue.exchange.formats import FileFormat, open_table
from catalogue.exchange.lookups import Lookups
from catalogue.exchange.mapping import ColumnMapping, FieldFedTwice, column_mapping
from catalogue.exchange.problems import ImportProblem, Problems, Reason, refusal
from catalogue.exchange.reading import ModuleReader
from catalogue.models import Module, Organisation
from catalogue.publishing.values import ModuleValues


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Where a file stands, and how to read it.

    Attributes:
        told: their column -> our field; without any, what was remembered of an earlier import counts.
        defaults: our field -> text that fills empty cells.
    """

    path: Path
    format: FileFormat
    told: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadModules:
    """What a file says of each module, with the `uid` of those that are known; which of its columns fed what; and what is left open."""

    modules: list[ModuleValues]
    mapping: ColumnMapping
    left_open: tuple[ImportProblem, ...]


def read_modules(session: Session, organisation: Organisation, file: ImportFile) -> ReadModules:
    """Reads a file, and writes nothing.

    Raises:
        ImportRefused: with every problem of the file, the first `MOST_PROBLEMS` of them described.
        ColumnAbsent: a told column is not in the file.
    """
    problems = Problems()
    with open_table(file.path, file.format, problems) as table:
        problems.refuse()  # a header that cannot be trusted, or lines that cannot be read: the rest would follow from it
        mapping = _mapping(table.columns, file.told, organisation.column_mapping)
        if "title" not in {known.name for known in mapping.fields.values()} | file.defaults.keys():
            problems.add(1, "title", Reason.COLUMN_MISSING, known=tuple(table.columns))
            problems.refuse()
        entries = read_entries(table.rows, mapping, file.defaults, problems)
    reader = ModuleReader(entries, organisation, Lookups(session, organisation), problems)
    identity = _Identity(session, organisation)
    many = []
    for entry in entries.modules:
        values = reader.values(entry)
        if "title" in values:
            identity.settle(values, entry.row, problems)
        many.append(values)
    problems.refuse()
    return ReadModules(many, mapping, tuple(sorted(problems.left_open, key=lambda one: one.row)))


def _mapping(columns: Sequence[str], told: Mapping[str, str], remembered: Mapping[str, str]) -> ColumnMapping:
    try:
        return column_mapping(columns, told, remembered)
    except FieldFedTwice as doubled:
        raise refusal(Reason.FED_TWICE, 1, doubled.name, known=doubled.columns) from None


class _Identity:
    """Finds stored modules that the file names by something else than their own external_id: by their id here, or by title."""

    def __init__(self, session: Session, organisation: Organisation) -> None:
        statement = select(Module.uid, Module.external_id, Module.title, Module.is_example).where(Module.organisation_id == organisation.id)
        self._by_external: dict[str, str] = {}
        self._without_external: set[str] = set()
        self._by_title: dict[str, list[str]] = {}
        self._settled: set[str] = set()
        for uid, external, title, is_example in session.execute(statement):
            if external:
                self._by_external[external] = uid
            else:
                self._without_external.add(uid)
            if not is_example:  # an example is never taken for the provider's own module because of its title
                self._by_title.setdefault(title.casefold(), []).append(uid)

    def settle(self, values: ModuleValues, row: int, problems: Problems) -> None:
        """Puts the `uid` of a module that is known by id or title into `values`; notes when it cannot be told which module is meant."""
        external, same = values.get("external_id"), []
        if external is None:
            values.pop("external_id", None)
            same = self._by_title.get(values["title"].casefold(), [])
        elif external in self._by_external:
            same = [self._by_external[external]]
        elif external in self._without_external:  # our own export writes the id of a module that has no key of its provider
            same = [external]
            del values["external_id"]
        if len(same) > 1 or not self._settled.isdisjoint(same):
            problems.add(row, "title", Reason.AMBIGUOUS_TITLE, values["title"])
        elif same:
            values["uid"] = same[0]
            self._settled.add(same[0])
