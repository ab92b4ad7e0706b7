"""A calendar file (RFC 5545) of starts. It holds whole days only: no provider tells us at what hour a lesson begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from icalendar import Calendar, Event
from icalendar.enums import STATUS

from catalogue.models import Edition, Module
from catalogue.vocabulary import StartType
from matching.path_results import PathModule
from web import words
from web.browse.cards import where
from web.languages import _, language, ngettext
from web.lists.saved import SavedList
from web.security.address import site_address

PRODUCT = "-//Leerwijzer//Leerwijzer//NL"
DATED = frozenset({StartType.FIXED, StartType.ROLLING})
"""Starts that have a day of their own; the others wait for a person, a group or an agreement."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A day to put in a calendar. `key` is the same for the same start, so that a calendar that reads the file again doubles nothing."""

    key: str
    day: date
    title: str
    place: str
    lines: Sequence[str]
    slug: str
    is_proposal: bool = False


def start_day(edition: Edition, today: date) -> date | None:
    """The day on which an edition begins, where it has one that is still to come."""
    return edition.start.next_start(today) if edition.start.type in DATED else None


def of_list(kept: SavedList, modules: Mapping[str, Module], today: date) -> list[Appointment]:
    """The chosen starts of a list that have a date.

    Args:
        modules: by public id.
    """
    return [
        Appointment(edition.uid, day, _start(module), where(edition), _lines(module, edition, item.note), module.slug)
        for item in kept.items
        if (module := modules.get(item.module))
        for edition in module.editions
        if edition.uid == item.edition and (day := start_day(edition, today))
    ]


def of_path(path: Iterable[PathModule], modules: Mapping[int, Module]) -> list[Appointment]:
    """The starts of a path; a day that is only our proposal says so."""
    return [_stop(one, modules[one.module_id]) for one in path if one.module_id in modules]


def _stop(one: PathModule, module: Module) -> Appointment:
    edition = module.edition(one.edition_id)
    title = _start(module) if one.is_dated else _("Voorstel voor start: %(title)s", title=module.title)
    key = edition.uid if edition and one.is_dated else f"{module.uid}-{one.start.isoformat()}"
    return Appointment(
        key, one.start, title, where(edition) if edition else "", _lines(module, edition), module.slug, is_proposal=not one.is_dated
    )


def _start(module: Module) -> str:
    return _("Start: %(title)s", title=module.title)


def _lines(module: Module, edition: Edition | None, note: str = "") -> list[str]:
    lines = [module.organisation.name, words.hours(module.workload_hours, module.load_unit)]
    if edition:
        lines.append(words.price(edition.price_eur))
        if edition.weeks:
            lines.append(ngettext("duurt %(num)s week", "duurt %(num)s weken", edition.weeks))
        if edition.day_parts:
            lines.append(words.day_parts(edition.day_parts))
    lines.append(_("De tijden staan niet in onze gegevens. Vraag ze aan de school."))
    if module.is_example:
        lines.append(_("Dit is een voorbeeld. U kunt zich er niet voor aanmelden."))
    return [*lines, *([note] if note else [])]


def calendar_file(name: str, appointments: Iterable[Appointment], now: datetime) -> bytes:
    """The file, to be read by any calendar.

    Args:
        name: what a calendar calls it.
        now: when it was made, with a time zone.
    """
    calendar = Calendar.new(prodid=PRODUCT, name=name, language=language())
    for one in appointments:
        event = Event.new(
            uid=f"{one.key}@leerwijzer",
            summary=one.title,
            start=one.day,
            location=one.place or None,
            description="\n".join(one.lines),
            url=site_address() + url_for("browse.module", slug=one.slug),
            status=STATUS.TENTATIVE if one.is_proposal else None,
            stamp=now,
        )
        event.add("transp", "TRANSPARENT")  # one day of a course does not make its owner unavailable for all of it
        calendar.add_component(event)
    return bytes(calendar.to_ical())
