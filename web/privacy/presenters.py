"""What is kept of somebody, in words to read: plain values become texts, lists and lists of names with values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from catalogue.vocabulary import DemandStatus
from web import words
from web.accounts.alert_model import Followed
from web.accounts.models import MemberRole, RoleName
from web.accounts.presenters import MEMBER_DUTIES, moment, role_word
from web.advisor.intake.answer_codes import BARRIERS, DIGITAL, ROUTES, STEPS
from web.demands.demand_words import STATUSES as DEMAND_STATUSES
from web.documents.document import Document
from web.languages import _
from web.privacy.export import SEALED, Kept
from web.privacy.holding import Field, Holding
from web.second_step.codes import STEP_SECONDS

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")
LEVELLED = frozenset({"skills", "goal_skills", "goal_meant", "recognised"})
"""Entries that hold a level for each skill."""
CODED: Mapping[str, Mapping[str, LazyString]] = {
    "route": {code: name for code, (name, _effect) in ROUTES.items()},
    "digital": DIGITAL,
    "barriers": {code: barrier.name for code, barrier in BARRIERS.items()},
    "done": STEPS,
    "skipped": STEPS,
}
"""Entries that hold codes, with what each stands for."""
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
    if name == "language":
        return Text(words.language_name(value))
    if name == "role_id":
        return Text(role_word(RoleName(value)))
    if name == "role":
        return Text(str(MEMBER_DUTIES[MemberRole(value)]))
    if name == "status":
        return Text(str(DEMAND_STATUSES[DemandStatus(value)]))
    if name == "needed_by" and value:
        return Text(words.day(date.fromisoformat(value)))
    if name == "last_used":
        return Text(moment(datetime.fromtimestamp(value * STEP_SECONDS, UTC)))
    if name == "followed":
        return Text(_("een zoekvraag") if value == Followed.SEARCH else _("uw antwoorden"))
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
    known = {
        "occupation": _("Uw werk"),
        "skills": _("Wat u kunt"),
        "sources": _("Hoe wij dit weten"),
        "evidence": _("Bewijs"),
        "skill": _("Vaardigheid"),
        "origin": _("Van wie wij dit weten"),
        "title": _("Naam"),
        "issuer": _("Van wie u het kreeg"),
        "issued": _("Gekregen op"),
        "expires": _("Geldig tot en met"),
        "ects": _("Studiepunten"),
        "media_type": _("Soort bestand"),
        "size_bytes": _("Grootte in bytes"),
        "sha256": _("Kenmerk van het bestand"),
        "is_sound": _("Niets sprak ertegen"),
        "uid": _("Nummer"),
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
        "moments": _("Wanneer u leert"),
        "levels": _("Niveau"),
        "start_after": _("Begin na"),
        "finish_by": _("Klaar voor"),
        "emphasis": _("Wat u belangrijk vindt"),
        "searched": _("Wat u het laatst typte"),
        "recognised": _("Gevonden in uw tekst"),
        "recognised_work": _("Beroepen in uw tekst"),
        "q": _("Uw zoekwoorden"),
        "level": _("Niveau"),
        "theme": _("Thema"),
        "place": _("Plaats"),
        "format": _("Vorm van de lessen"),
        "language": _("Taal van de lessen"),
        "provider": _("Aanbieder"),
        "kind": _("Soort"),
        "credential": _("Wat u ervoor krijgt"),
        "moment": _("Wanneer u leert"),
        "max_price_eur": _("Hoogste prijs, in euro"),
        "max_hours": _("Hoogste aantal uren"),
        "start_before": _("Begin voor"),
        "radius_km": _("Hoogste afstand, in km"),
        "sort": _("Volgorde"),
        "module": _("Module"),
        "edition": _("Nummer van de start die u koos"),
        "note": _("Uw notitie"),
        "route": _("Hoe u binnenkwam"),
        "work": _("Uw werk tot nu toe"),
        "name": _("Naam"),
        "years": _("Hoe lang"),
        "energy": _("Wat u energie geeft"),
        "drains": _("Wat u energie kost"),
        "dutch": _("Uw Nederlands"),
        "digital": _("U en de computer"),
        "barriers": _("Wat in de weg staat"),
        "barriers_text": _("Meer over wat in de weg staat"),
        "done": _("Wat u besprak"),
        "skipped": _("Wat u oversloeg"),
    }
    return known.get(key) or names.of(key)
