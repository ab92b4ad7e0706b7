"""A document as a plain value in the words of its reader. A page and a PDF show the same one; it can be stored as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Text:
    """Words, the language that they are in where it is not that of the document, and the path on this site where more stands of it.

    `before` are words in front of them, in the language of the document.
    """

    text: str
    language: str = ""
    address: str = ""
    before: str = ""


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
    """A table with a name, a head, and rows whose first cell is the head of the row; `widths` are shares, () for the usual ones."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    foot: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelBar:
    """A skill in a chart: the level that somebody holds, the one after the advised path, and the one that the goal asks, each 0-4."""

    label: Text
    held: int
    reached: int
    goal: int


@dataclass(frozen=True, slots=True)
class LevelChart:
    """How far somebody is with each skill, as a picture. `alternative` says all that it shows, for who does not see it."""

    name: str
    alternative: str
    scale: tuple[str, ...]
    """Words for the levels 1 to 4."""
    legend: tuple[str, str, str]
    """What is held, what the path adds, and what is still open then."""
    bars: tuple[LevelBar, ...]


SPAN_WIDTH = 1000
"""Units in which the time of a whole timeline is drawn."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that takes time: `begin` and `width` in units of SPAN_WIDTH, and its days in words."""

    label: Text
    begin: int
    width: int
    days: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happens when, as a picture; `alternative` as for a chart."""

    name: str
    alternative: str
    first: str
    last: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a long document. What it holds is shown in the order of the fields."""

    code: str
    """What it is about: chapters of two documents with the same code can be compared."""
    heading: str
    voice: str = ""
    """Whose own words these are; they are set apart."""
    lead: tuple[Text, ...] = ()
    facts: tuple[tuple[str, Text], ...] = ()
    levels: LevelChart | None = None
    timeline: Timeline | None = None
    points: tuple[Points, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A title, some paragraphs, chapters, tables before and after the sections, and what is said at the end."""

    title: str
    language: str
    made_on: str
    facts: tuple[tuple[str, str], ...] = ()
    """For whom it is and who made it, below the title."""
    lead: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    last_tables: tuple[Table, ...] = ()
    closing: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    def chapter(self, code: str) -> Chapter | None:
        """The chapter about something, where there is one."""
        return next((one for one in self.chapters if one.code == code), None)

    def stored(self) -> dict[str, Any]:
        """As plain values."""
        plain: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return plain

    @classmethod
    def of(cls, stored: Any) -> Document:
        """The document that `stored` gave. Raises pydantic.ValidationError for anything else."""
        return _ADAPTER.validate_python(stored)


_ADAPTER = TypeAdapter(Document)
