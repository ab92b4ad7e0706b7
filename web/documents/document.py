"""A document as a plain value in the words of its reader. A page and a PDF show the same one; it can be stored as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Text:
    """Words, and the language that they are in where it is not that of the document."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list under a short name."""

    name: str
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One module: its title and its path on this site, facts by name, lists, and a note of the person whose document it is."""

    heading: Text
    address: str = ""
    by: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    points: tuple[Points, ...] = ()
    remarks: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name, a head, and rows whose first cell is the head of the row."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A title, some paragraphs, tables before and after the sections, and what is said at the end."""

    title: str
    language: str
    made_on: str
    lead: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    last_tables: tuple[Table, ...] = ()
    closing: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As plain values."""
        plain: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return plain

    @classmethod
    def of(cls, stored: Any) -> Document:
        """The document that `stored` gave. Raises pydantic.ValidationError for anything else."""
        return _ADAPTER.validate_python(stored)


_ADAPTER = TypeAdapter(Document)
