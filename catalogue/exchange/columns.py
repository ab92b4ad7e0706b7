"""The fields of an import file, as data: their names, to what they belong, and how they are read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: ours; `--map THEIRS=OURS` and JSON Lines use it.
        others: names that a file may also use, without being told; the first is the Dutch heading.
        is_edition: whether it belongs to one edition and not to the module.
        is_joined: whether several columns may feed it; their texts are then put below each other.
        is_list: whether a JSON list is welcome.
        is_yes_or_no: whether true and false of JSON are welcome.
    """

    name: str
    others: tuple[str, ...]
    is_edition: bool = False
    is_joined: bool = False
    is_list: bool = False
    is_yes_or_no: bool = False


FIELDS = (
    Field("organisation", ("aanbieder",)),
    Field("external_id", ("modulecode", "code", "id")),
    Field("title", ("titel", "naam", "name")),
    Field("description", ("beschrijving", "omschrijving"), is_joined=True),
    Field("audience", ("doelgroep",), is_joined=True),
    Field("entry_text", ("toelating", "instroomeisen"), is_joined=True),
    Field("assessment", ("toetsing",), is_joined=True),
    Field("outcomes", ("leeruitkomsten", "learning_outcomes"), is_joined=True, is_list=True),
    Field("level", ("niveau",)),
    Field("kind", ("soort",)),
    Field("credential", ("bewijs",)),
    Field("assessment_form", ("toetsvorm",)),
    Field("is_supervised", ("toezicht",), is_yes_or_no=True),
    Field("is_identity_checked", ("identiteit_gecontroleerd",), is_yes_or_no=True),
    Field("is_stackable", ("stapelbaar",), is_yes_or_no=True),
    Field("quality_mark", ("keurmerk", "kwaliteitszorg")),
    Field("quality_url", ("keurmerk_webadres",)),
    Field("language", ("taal",)),
    Field("load", ("studielast", "workload_hours", "studielast_uren")),
    Field("theme", ("thema",)),
    Field("hub", ("transitiehub",)),
    Field("skills_taught", ("vaardigheden", "skills taught"), is_joined=True, is_list=True),
    Field("skills_required", ("vaardigheden_vooraf", "skills required"), is_joined=True, is_list=True),
    Field("url", ("webadres", "link")),
    Field("start", ("startdatum",), is_edition=True),
    Field("weeks", ("weken",), is_edition=True),
    Field("place", ("plaats",), is_edition=True),
    Field("format", ("vorm",), is_edition=True),
    Field("day_parts", ("dagdelen",), is_edition=True, is_list=True),
    Field("price_eur", ("prijs",), is_edition=True),
    Field("capacity", ("plekken",), is_edition=True),
    Field("minimum_group", ("minimum_groep",), is_edition=True),
)
BY_NAME = {field.name: field for field in FIELDS}
EDITION_FIELDS = tuple(field.name for field in FIELDS if field.is_edition)
MODULE_FIELDS = tuple(field.name for field in FIELDS if not field.is_edition)

EDITIONS = "editions"
"""The list of editions in a line of JSON Lines."""


def plain_name(heading: str) -> str:
    """A heading as it is compared: lower-case letters and digits, anything else one underscore; "Prijs (€)" -> "prijs"."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return _NO_LETTER.sub("_", "".join(char for char in plain if not unicodedata.combining(char))).strip("_")


def field_named(heading: str) -> Field | None:
    """The field that goes by this heading, None when nobody knows it."""
    return _BY_HEADING.get(plain_name(heading))


_BY_HEADING = {plain_name(name): field for field in FIELDS for name in (field.name, *field.others)}
