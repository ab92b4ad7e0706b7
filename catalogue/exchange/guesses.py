"""What the columns of a file probably hold: by what was said before, by a known name, or else by likeness of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from catalogue.exchange.columns import BY_NAME, FIELDS, Field, field_named, plain_name
from catalogue.exchange.formats import open_table
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.mapping import UNUSED
from catalogue.exchange.problems import Problems, shortened
from catalogue.exchange.table import Cell, Row

MOST_EXAMPLES = 3
_ROWS_READ = 50
_LEAST_LIKENESS = 0.8
_LEAST_CHARS = 4
"""A shorter name inside a longer one says nothing: "id" stands in "aanbieder_id" and in "video"."""

_WITHOUT = frozenset({"ex", "excl", "exclusief", "excluding", "zonder", "without"})
_LIKE = {
    "external_id": ("nummer", "nr", "cursusnr", "modulenr", "cursuscode", "productcode", "referentie", "course_code"),
    "title": ("cursus", "cursusnaam", "training", "opleiding", "module", "course_name"),
    "description": ("inhoud", "samenvatting", "toelichting", "waar_gaat_het_over", "summary", "content"),
    "audience": ("voor_wie", "target_group"),
    "entry_text": ("voorkennis", "vooropleiding", "toelatingseisen", "prerequisites", "requirements"),
    "assessment": ("toets", "examen", "afsluiting"),
    "outcomes": ("leerdoelen", "leerresultaten", "resultaat", "goals"),
    "level": ("nivo",),
    "credential": ("certificaat", "diploma"),
    "load": ("uren", "studiebelasting", "belasting", "ec", "sbu", "hours"),
    "theme": ("onderwerp", "sector", "categorie"),
    "skills_taught": ("skills", "competenties"),
    "url": ("website", "webpagina", "pagina"),
    "start": ("startmoment", "begin", "eerste_lesdag"),
    "weeks": ("duur", "doorlooptijd", "looptijd", "aantal_weken", "duration"),
    "place": ("locatie", "stad", "woonplaats", "vestiging", "lesplaats", "waar", "location", "city"),
    "format": ("lesvorm", "leervorm", "werkvorm"),
    "day_parts": ("lestijden", "tijdstip"),
    "price_eur": ("kosten", "bedrag", "tarief", "cursusgeld", "lesgeld", "price", "fee"),
    "capacity": ("groepsgrootte", "maximum", "max"),
    "minimum_group": ("minimum", "min"),
}
"""Names that often mean a field, and not surely enough to be taken without being looked at."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file.

    Attributes:
        name: what the file calls it.
        examples: what stands in it, from the first rows.
        field: what it feeds, None for nothing.
        is_sure: whether somebody said so before, or its name is one of ours.
    """

    name: str
    examples: tuple[str, ...]
    field: Field | None
    is_sure: bool


def read_columns(file: ImportFile, said: Mapping[str, str]) -> list[Column]:
    """The columns of a file; `said` is what was said of columns before, theirs -> ours or `UNUSED`.

    Raises:
        ImportRefused: the file or its headings cannot be read.
    """
    problems = Problems()
    with open_table(file.path, file.format, problems) as table:
        problems.refuse()
        examples = _examples(table.columns, islice(table.rows, _ROWS_READ))
    sure = _sure(table.columns, said)
    guessed = _guessed([name for name in table.columns if name not in sure], {field.name for field in sure.values() if field})
    return [Column(name, examples[name], (sure | guessed).get(name), name in sure) for name in table.columns]


def _sure(columns: Sequence[str], said: Mapping[str, str]) -> dict[str, Field | None]:
    """What needs no guess: what was said, then what has a known name. Of two columns for one value the second is looked at."""
    ours = {plain_name(theirs): name for theirs, name in said.items()} | dict(said)
    told = {name: ours.get(name, ours.get(plain_name(name))) for name in columns}
    known = {name: BY_NAME.get(field) for name, field in told.items() if field == UNUSED or field in BY_NAME}
    known |= {name: field for name in columns if name not in known and (field := field_named(name))}
    sure: dict[str, Field | None] = {}
    for name, field in known.items():
        if field is None or field.is_joined or field not in sure.values():
            sure[name] = field
    return sure


def _guessed(columns: Sequence[str], taken: set[str]) -> dict[str, Field | None]:
    """The most alike pairs of a column and a field first; a field is guessed once."""
    alike = [(_likeness(plain_name(name), field), name, field) for name in columns for field in FIELDS if field.name not in taken]
    guessed: dict[str, Field | None] = {}
    for likeness, name, field in sorted(alike, key=lambda one: -one[0]):
        if likeness >= _LEAST_LIKENESS and name not in guessed and field not in guessed.values():
            guessed[name] = field
    return guessed


def _likeness(heading: str, field: Field) -> float:
    """How much a heading is like a field, 0 to 1, by the best of its names; a whole word counts for more than a part of one.

    A price without tax is not what a person pays.
    """
    if field.name == "price_eur" and not _WITHOUT.isdisjoint(heading.split("_")):
        return 0.0
    names = [plain_name(name) for name in (field.name, *field.others, *_LIKE.get(field.name, ()))]
    return max(_likeness_of_names(heading, name) for name in names)


def _likeness_of_names(heading: str, name: str) -> float:
    if heading == name:
        return 1.0
    if f"_{name}_" in f"_{heading}_":
        return 0.95
    if len(name) >= _LEAST_CHARS and any(word.startswith(name) or word.endswith(name) for word in heading.split("_")):
        return 0.9
    return SequenceMatcher(None, heading, name).ratio() * 0.9


def _examples(columns: Sequence[str], rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """The first few things that stand in each column, each once."""
    found: dict[str, dict[str, None]] = {name: {} for name in columns}
    for row in rows:
        for cells in (row.cells, *(row.editions or ())):
            for name, cell in cells.items():
                if len(found[name]) < MOST_EXAMPLES:
                    found[name][shortened(_shown(cell))] = None
    return {name: tuple(texts) for name, texts in found.items()}


def _shown(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return " | ".join(cell) if isinstance(cell, tuple) else cell.shown
