"""The parts of a dossier, as the line of links on each of its pages shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request, url_for

from web.advisor.intake.answer_codes import STEPS
from web.languages import lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

ADVISOR_PARTS: Mapping[str, tuple[LazyString, frozenset[str]]] = {
    "advisor.dossier": (lazy_gettext("Overzicht"), frozenset()),
    "advisor.intake": (lazy_gettext("Gesprek"), frozenset(f"advisor.intake_{page}" for page in (*STEPS, "first_steps", "take", "explore"))),
    "advisor.claims": (lazy_gettext("Eerder geleerd"), frozenset({"advisor.claim"})),
    "advisor.matches": (lazy_gettext("Matches"), frozenset({"advisor.wishes", "advisor.modules", "advisor.module", "advisor.reject"})),
    "advisor.what_if": (lazy_gettext("Wat als"), frozenset()),
    "advisor.choices": (lazy_gettext("Onze lijst"), frozenset({"advisor.change_choice", "advisor.remove_choice", "advisor.compare"})),
    "advisor.path": (lazy_gettext("Leerroute"), frozenset({"advisor.replace"})),
    "advisor.report": (lazy_gettext("Verslag"), frozenset({"advisor.report_version"})),
    "advisor.files": (lazy_gettext("Bestanden"), frozenset()),
}
"""For the advisor: the first page of each part, its name, and the other pages of it."""

CLIENT_PARTS: Mapping[str, tuple[LazyString, frozenset[str]]] = {
    "client.look": (lazy_gettext("Overzicht"), frozenset()),
    "client.answers": (lazy_gettext("Antwoorden"), frozenset({"client.give_answers", "client.take_answers"})),
    "client.choices": (lazy_gettext("Onze lijst"), frozenset({"client.change_choice", "client.remove_choice", "client.compare"})),
    "client.claims": (lazy_gettext("Eerder geleerd"), frozenset({"client.claim"})),
    "client.report": (lazy_gettext("Verslag"), frozenset({"client.report_version"})),
    "client.files": (lazy_gettext("Bestanden"), frozenset()),
}


@dataclass(frozen=True, slots=True)
class PartLink:
    """A part of a dossier: its name, where it is, and whether the page that is shown is in it."""

    name: str
    address: str
    is_here: bool


def part_links() -> list[PartLink]:
    """The parts of the dossier that this request is about."""
    parts = CLIENT_PARTS if request.blueprint == "client" else ADVISOR_PARTS
    here = request.endpoint or ""
    known = {name: value for name, value in (request.view_args or {}).items() if name in ("uid", "key")}
    return [PartLink(str(name), url_for(first, **known), here == first or here in others) for first, (name, others) in parts.items()]
