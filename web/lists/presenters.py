"""The own list as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.models import Edition, Module
from catalogue.starts import Start
from catalogue.vocabulary import StartType
from web import words
from web.browse.cards import Card, card, where
from web.languages import _, language, ngettext
from web.lists.calendar import of_list
from web.lists.saved import SavedItem, SavedList


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """A run of a module to choose."""

    uid: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A kept module. `chosen` is its edition in words, "" where none is; `is_over`: that one can no longer be joined.

    `news` says what became of the start that was chosen, "" where it is as it was; `is_gone`: the provider took it away.
    """

    uid: str
    card: Card
    note: str
    chosen: str
    edition: str
    is_over: bool
    is_gone: bool
    news: str
    choices: Sequence[EditionChoice]


@dataclass(frozen=True, slots=True)
class GoneLine:
    """A kept module that is no longer on the site, with what was noted; "" for the title of one that nobody knows any more."""

    uid: str
    title: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything that the page of the own list shows."""

    heading: str
    lines: Sequence[SavedLine]
    gone: Sequence[GoneLine]
    removed: str
    has_dates: bool
    """Whether a calendar file would have something in it."""


def list_page(
    kept: SavedList, removed: SavedList, modules: Mapping[str, Module], titles: Mapping[str, tuple[str, str]], today: date
) -> ListPage:
    """The page.

    Args:
        modules: by public id, those that are published.
        titles: of what was published once, each with its language, by public id.
    """
    lines = [saved_line(item, modules[item.module], today) for item in kept.items if item.module in modules]
    return ListPage(
        heading=ngettext("%(num)s module op uw lijst", "%(num)s modules op uw lijst", len(kept)),
        lines=lines,
        gone=[
            GoneLine(item.module, *titles.get(item.module, ("", language())), item.note)
            for item in kept.items
            if item.module not in modules
        ],
        removed=_removed(removed, modules),
        has_dates=bool(of_list(kept, modules, today)),
    )


def saved_line(item: SavedItem, module: Module, today: date) -> SavedLine:
    """A kept module in words."""
    chosen = chosen_edition(item, module)
    runs = sorted(module.editions, key=lambda one: (one.start.next_start(today) or date.max, one.id))
    offered = [one for one in runs if one.start.is_open(today) or one is chosen]
    return SavedLine(
        uid=module.uid,
        card=card(module, today, chosen),
        note=item.note,
        chosen=edition_text(chosen, today) if chosen else "",
        edition=chosen.uid if chosen else "",
        is_over=chosen is not None and not chosen.start.is_open(today),
        is_gone=chosen is None and bool(item.edition),
        news=start_news(item, chosen, today),
        choices=[EditionChoice(one.uid, edition_text(one, today), one is chosen) for one in offered],
    )


def chosen_edition(item: SavedItem, module: Module) -> Edition | None:
    """The edition that was chosen, where it is still there."""
    return next((one for one in module.editions if item.edition and one.uid == item.edition), None)


def start_news(item: SavedItem, chosen: Edition | None, today: date) -> str:
    """What became of the start that was chosen; "" where it is as it was, and where none was chosen.

    Args:
        chosen: the edition of `item`; None where it is no longer there.
    """
    was = Start.parse(item.start) if item.start else None
    if chosen is None and item.edition:
        if was is None:
            return _("De aanbieder haalde de start weg die u koos.")
        if not was.is_open(today):
            return _("De start die u koos is voorbij: %(start)s.", start=named_start(was, today))
        return _("De aanbieder haalde de start weg die u koos: %(start)s.", start=named_start(was, today))
    if chosen is None or was is None or words.start(was, today) == words.start(chosen.start, today):
        return ""
    before, now = named_start(was, today), named_start(chosen.start, today)
    if was.type is chosen.start.type is StartType.FIXED:
        return _("De start is verplaatst van %(before)s naar %(now)s.", before=before, now=now)
    return _("De start is veranderd. Eerst: %(before)s. Nu: %(now)s.", before=before, now=now)


def named_start(start: Start, today: date) -> str:
    """A start in words; a day that has passed is named like one to come."""
    return words.day(start.on) if start.type is StartType.FIXED and start.on else words.start(start, today)


def edition_text(edition: Edition, today: date) -> str:
    """A run of a module on one line: "8 februari 2027, Breda, € 595"."""
    return ", ".join((words.start(edition.start, today), where(edition), words.price(edition.price_eur)))


def _removed(removed: SavedList, modules: Mapping[str, Module]) -> str:
    if not len(removed):
        return ""
    if len(removed) == 1 and (module := modules.get(removed.items[0].module)):
        return _("%(title)s is van uw lijst.", title=module.title)
    return ngettext("%(num)s module is van uw lijst.", "%(num)s modules zijn van uw lijst.", len(removed))
