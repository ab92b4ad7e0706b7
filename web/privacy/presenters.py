"""What is kept of somebody, in words to read: plain values become texts, lists and lists of names with values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from web import words
from web.accounts.models import RoleName
from web.accounts.presenters import moment, role_word
from web.documents.document import Document
from web.languages import _
from web.privacy.export import SEALED, Kept
from web.privacy.holding import Field

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")
LEVELLED = frozenset({"skills", "goal_skills", "goal_meant", "recognised"})
"""Entries that hold a level for each skill."""
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
class Part:
    """One holding with what it keeps of somebody."""

    title: str
    kept: str
    rows: tuple[Pairs, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What public ids stand for."""

    by_uid: Mapping[str, str]

    def of(self, text: str) -> str:
        """The name of a public id; any other text as it is."""
        return self.by_uid.get(text, text)


def parts_of(kept: Sequence[Kept], names: Names) -> list[Part]:
    """The holdings that keep something, in words."""
    return [
        Part(str(one.holding.title), str(one.holding.kept), tuple(_row(one, row, names) for row in one.rows)) for one in kept if one.rows
    ]


def _row(one: Kept, row: Mapping[str, Any], names: Names) -> Pairs:
    pairs: list[tuple[str, Shown]] = []
    for name, field in one.holding.fields.items():
        if entries := one.holding.entries.get(name):
            pairs += [
                (str(entries[key].purpose), _field(entries[key], key, value, names)) for key, value in row[name].items() if key in entries
            ]
        else:
            pairs.append((str(field.purpose), _field(field, name, row[name], names)))
    return Pairs(tuple(pairs))


def _field(field: Field, name: str, value: Any, names: Names) -> Shown:
    if isinstance(value, Mapping) and value.keys() == {SEALED}:
        is_set = _("Dit is er. Wij geven het niet.") if value[SEALED] else _("Dit is er niet.")
        return Text(f"{is_set} {field.why_not}" if value[SEALED] else is_set)
    if name in DERIVED:
        return Text(_("Dit staat in het bestand dat u kunt downloaden."))
    if name == "document":
        return Paper(Document.of(value))
    return shown(value, names)


def shown(value: Any, names: Names, *, has_levels: bool = False) -> Shown:
    """Plain values for people: empty ones are left out, ids get their names, moments and levels their words."""
    if isinstance(value, Mapping):
        filled = [(key, one) for key, one in value.items() if one not in (None, "", [], {})]
        if has_levels:
            return Pairs(tuple((names.of(key), Text(words.SKILL_LEVELS[one])) for key, one in filled))
        return Pairs(tuple((inner_name(key, names), shown(one, names, has_levels=key in LEVELLED)) for key, one in filled)) or _nothing()
    if isinstance(value, list | tuple):
        return Bullets(tuple(shown(one, names) for one in value)) if value else _nothing()
    return Text(_text(value, names))


def _text(value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if value is None or value == "":
        return _("niets")
    if isinstance(value, int | float):
        return words.number(value)
    if _MOMENT.fullmatch(value):
        return moment(datetime.fromisoformat(value))
    return role_word(RoleName(value)) if value in set(RoleName) else names.of(value)


def _nothing() -> Text:
    return Text(_("niets"))


def inner_name(key: str, names: Names) -> str:
    """What an entry within a value is called; for an id what it stands for."""
    known = {
        "occupation": _("Uw werk"),
        "skills": _("Wat u kunt"),
        "goal_kind": _("Soort doel"),
        "goal_occupation": _("Het beroep dat u wilt"),
        "goal_skills": _("Wat u wilt leren"),
        "goal_theme": _("Het thema dat u koos"),
        "goal_text": _("Uw doel, in uw eigen woorden"),
        "goal_meant": _("Wat u daarmee bedoelt"),
        "budget_eur": _("Hoogste prijs, in euro"),
        "hours_per_week": _("Uren per week"),
        "near": _("Uw plaats of postcode"),
        "max_km": _("Hoogste afstand, in km"),
        "languages": _("Taal van de lessen"),
        "formats": _("Vorm van de lessen"),
        "levels": _("Niveau"),
        "start_after": _("Begin na"),
        "finish_by": _("Klaar voor"),
        "emphasis": _("Wat u belangrijk vindt"),
        "searched": _("Wat u het laatst typte"),
        "recognised": _("Gevonden in uw tekst"),
        "module": _("Module"),
        "edition": _("Nummer van de start die u koos"),
        "note": _("Uw notitie"),
    }
    return known.get(key) or names.of(key)
