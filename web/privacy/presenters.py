"""What is kept of somebody, in words to read: plain values become texts, lists and lists of names with values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from web import words
from web.accounts.presenters import moment
from web.documents.document import Document
from web.languages import _
from web.privacy.entry_words import CODED, ENTRY_NAMES, FIELDS, LEVELLED
from web.privacy.export import SEALED, Kept
from web.privacy.holding import Field, Holding

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")
EMPTY: tuple[Any, ...] = (None, "", [], {})
DERIVED = frozenset({"paths"})
"""Entries that were computed from others: the file holds them, a reader has nothing to gain from them."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Values under each other."""

    lines: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Values with their names."""

    pairs: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was shared."""

    document: Document


Shown = Text | Bullets | Pairs | Paper


@dataclass(frozen=True, slots=True)
class Row:
    """What one row keeps: what has a meaning for its owner, our own numbers, and what is kept but not handed out, with the reason.

    `times`: so many rows say this; more than one only where there is nothing in them to tell them apart.
    """

    pairs: tuple[tuple[str, Shown], ...]
    numbers: tuple[tuple[str, str], ...]
    sealed: tuple[tuple[str, str], ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One holding with what it keeps of somebody."""

    title: str
    kept: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What public ids stand for."""

    by_uid: Mapping[str, str]

    def of(self, text: str) -> str:
        """The name of a public id; any other text as it is."""
        return self.by_uid.get(text, text)


def parts_of(kept: Sequence[Kept], names: Names) -> list[Part]:
    """The holdings that keep something, in words."""
    return [Part(str(one.holding.title), str(one.holding.kept), _rows(one, names)) for one in kept if one.rows]


def _rows(one: Kept, names: Names) -> tuple[Row, ...]:
    """The rows in words; those that say nothing to their owner, such as eight codes of which we hold a hash, stand as one."""
    rows = [_row(one, row, names) for row in one.rows]
    silent = [row for row in rows if not row.pairs]
    if len(silent) < 2:
        return tuple(rows)
    sealed = dict.fromkeys(line for row in silent for line in row.sealed)
    together = Row((), tuple(number for row in silent for number in row.numbers), tuple(sealed), len(silent))
    return (*(row for row in rows if row.pairs), together)


def _row(one: Kept, row: Mapping[str, Any], names: Names) -> Row:
    pairs: dict[str, Shown] = {}
    numbers: list[tuple[str, str]] = []
    sealed: dict[str, str] = {}
    for name, field, value in _values(one.holding, row):
        purpose = str(field.purpose)
        if isinstance(value, Mapping) and value.keys() == {SEALED}:
            if value[SEALED]:
                sealed[purpose] = str(field.why_not)
        elif value in EMPTY:
            continue
        elif field.is_number:
            numbers.append((purpose, str(value)))
        else:
            pairs[purpose] = _shown_field(name, value, names)
    return Row(tuple(pairs.items()), tuple(numbers), tuple(sealed.items()))


def _values(holding: Holding, row: Mapping[str, Any]) -> Iterator[tuple[str, Field, Any]]:
    """Each value of a row with its name and field; of a column of entries, each entry."""
    for name, field in holding.fields.items():
        if entries := holding.entries.get(name):
            yield from ((key, entries[key], value) for key, value in row[name].items() if key in entries)
        else:
            yield name, field, row[name]


def _shown_field(name: str, value: Any, names: Names) -> Shown:
    if name in DERIVED:
        return Text(_("Dit staat in het bestand dat u kunt downloaden."))
    if name == "document":
        return Paper(Document.of(value))
    if name in FIELDS:
        return Text(FIELDS[name](value))
    return shown(value, names)


def shown(value: Any, names: Names, *, has_levels: bool = False) -> Shown:
    """Plain values for people: empty ones are left out, ids get their names, moments and levels their words."""
    if isinstance(value, Mapping):
        filled = [(key, one) for key, one in value.items() if one not in EMPTY]
        if has_levels:
            return Pairs(tuple((names.of(key), Text(words.SKILL_LEVELS[one])) for key, one in filled))
        return Pairs(tuple((inner_name(key, names), shown(_in_words(key, one), names, has_levels=key in LEVELLED)) for key, one in filled))
    if isinstance(value, list) and len(value) == 1:
        return shown(value[0], names)
    if isinstance(value, list):
        return Bullets(tuple(shown(one, names) for one in value))
    return Text(_text(value, names))


def _in_words(key: str, value: Any) -> Any:
    """The value of an entry, with words for its codes."""
    codes = CODED.get(key, {})
    if isinstance(value, list):
        return [str(codes.get(one, one)) for one in value] if codes else value
    return str(codes[value]) if isinstance(value, str) and value in codes else value


def _text(value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, int | float):
        return words.number(value)
    if _MOMENT.fullmatch(value):
        return moment(datetime.fromisoformat(value))
    return names.of(value)


def inner_name(key: str, names: Names) -> str:
    """What an entry within a value is called; for an id what it stands for."""
    return str(ENTRY_NAMES[key]) if key in ENTRY_NAMES else names.of(key)
