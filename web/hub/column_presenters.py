"""The question which column of a file is which field of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.exchange.columns import EDITION_FIELDS, MODULE_FIELDS
from catalogue.exchange.guesses import Column
from catalogue.exchange.mapping import UNUSED, FieldFedTwice, column_mapping
from web import words
from web.hub.template_words import headings
from web.languages import _


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: where its question stands, what the file calls it, what stands in it, and what is chosen."""

    id: str
    name: str
    examples: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ColumnsQuestion:
    """All columns: those to look at first, those that were recognised, and what one can choose for each."""

    unsure: Sequence[ColumnLine]
    sure: Sequence[ColumnLine]
    choices: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def columns_question(columns: Sequence[Column], told: Mapping[str, str]) -> ColumnsQuestion:
    """The question with what was guessed, or with what was just chosen."""
    lines = [
        ColumnLine(column_id(at), column.name, column.examples, told.get(column.name, column.field.name if column.field else UNUSED))
        for at, column in enumerate(columns)
    ]
    unsure = [line for line, column in zip(lines, columns, strict=True) if not column.is_sure]
    sure = [line for line, column in zip(lines, columns, strict=True) if column.is_sure]
    return ColumnsQuestion(unsure, sure, _choices())


def column_errors(columns: Sequence[Column], told: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with what was chosen: the question, and a sentence."""
    names, fields = [column.name for column in columns], field_words()
    try:
        column_mapping(names, told, {})
    except FieldFedTwice as doubled:
        both = {"field": fields[doubled.name], "columns": ", ".join(doubled.columns)}
        return [(column_id(names.index(doubled.columns[1])), _("Twee kolommen horen bij %(field)s: %(columns)s. Kies er een.", **both))]
    if "title" in told.values():
        return []
    return [(column_id(0), _("Kies een kolom voor: %(field)s. Elke module heeft een naam nodig.", field=fields["title"]))]


def column_id(at: int) -> str:
    """The name of the question about one column."""
    return f"kolom-{at}"


def field_words() -> dict[str, str]:
    """What a person calls each field. Of a price it has to be clear which one, since prices without tax are often in such files."""
    named = {name: words.capitalised(heading.replace("_", " ")) for name, heading in headings().items()}
    return named | {"price_eur": _("Prijs met btw")}


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    named = field_words()
    groups = ((_("Van de module"), MODULE_FIELDS), (_("Van een start"), EDITION_FIELDS))
    return [(group, [(name, named[name]) for name in fields]) for group, fields in groups]
