"""The figures of a provider as template values, and as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from catalogue.counting.cells import LEAST
from catalogue.counting.figures import ModuleFigures
from catalogue.models import Edition, Event
from web.charts import Bars, Columns, Measure, bars, columns
from web.languages import _, lazy_gettext
from web.wiring import services
from web.words import number, short_day, start

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

MOST_BARS = 12
EVENTS: dict[Event, LazyString] = {
    Event.SEEN: lazy_gettext("gezien"),
    Event.MATCHED: lazy_gettext("past bij iemand"),
    Event.SAVED: lazy_gettext("bewaard"),
    Event.COMPARED: lazy_gettext("vergeleken"),
    Event.ASKED: lazy_gettext("doorgeklikt"),
}

OF_EDITIONS = frozenset({Event.MATCHED, Event.SAVED, Event.ASKED})
"""What can be about one edition; a page and a comparison show all of them."""


@dataclass(frozen=True, slots=True)
class FiguresLine:
    """One module, or one of its editions (`is_edition`): for each event how often, and what others of its theme have ("" for none)."""

    title: str
    language: str
    slug: str
    is_edition: bool
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """All figures of a provider over some weeks; charts are None where there is nothing to see."""

    events: Sequence[str]
    lines: Sequence[FiguresLine]
    chart: Bars | None
    weeks: Sequence[tuple[str, str]]
    weeks_chart: Columns | None
    has_others: bool


def figures_page(found: Sequence[ModuleFigures], weeks: Mapping[date, int], event: Event) -> FiguresPage:
    """The page; its charts are about `event`."""
    by_event = sorted(found, key=lambda one: -one.totals[event])[:MOST_BARS]
    return FiguresPage(
        events=[str(word) for word in EVENTS.values()],
        lines=list(lines(found)),
        chart=bars(
            [
                Measure(
                    one.module.title, shown_number(one.totals[event]), shown(one.totals[event]), one.module.language, one.others.get(event)
                )
                for one in by_event
            ]
        ),
        weeks=[(short_day(week), shown(total)) for week, total in reversed(list(weeks.items()))],
        weeks_chart=columns([Measure(short_day(week), shown_number(total), shown(total)) for week, total in weeks.items()]),
        has_others=any(one.others for one in found),
    )


def lines(found: Sequence[ModuleFigures]) -> Iterator[FiguresLine]:
    """Each module, and below it each of its editions to which something happened."""
    for one in found:
        cells = [(shown(one.totals[event]), shown(round(one.others[event])) if one.others else "") for event in EVENTS]
        yield FiguresLine(one.module.title, one.module.language, one.module.slug, is_edition=False, cells=cells)
        for edition in one.module.editions:
            if totals := one.by_edition.get(edition.id):
                own = [(shown(totals.get(event, 0)) if event in OF_EDITIONS else "", "") for event in EVENTS]
                yield FiguresLine(edition_name(edition), "", one.module.slug, is_edition=True, cells=own)


def rows(found: Sequence[ModuleFigures]) -> tuple[list[str], list[list[str]]]:
    """The same as the header and the rows of a file."""
    own = [str(word) for word in EVENTS.values()]
    header = [_("Module"), _("Uitvoering"), *own, *(_("%(event)s bij anderen", event=word) for word in own)]
    title, table = "", []
    for line in lines(found):
        title = title if line.is_edition else line.title
        names = [title, line.title if line.is_edition else ""]
        table.append([*names, *(mine for mine, _others in line.cells), *(others for _mine, others in line.cells)])
    return header, table


def shown(total: float) -> str:
    """A figure in words: nothing between nothing and LEAST is told."""
    return number(total) if not total or total >= LEAST else _("minder dan %(least)s", least=LEAST)


def shown_number(total: float) -> float:
    """A figure as it may be drawn."""
    return total if total >= LEAST else 0.0


def edition_name(edition: Edition) -> str:
    """An edition by when it starts, and where."""
    when = start(edition.start, services().today())
    return f"{when}, {edition.place.name}" if edition.place else when
