"""How often the modules of a provider were seen, matched, saved, compared and asked for, beside others of the same theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, selectinload

from catalogue.counting.cells import week_of
from catalogue.models import Edition, Event, Module, ModuleCount
from catalogue.vocabulary import Status

FEWEST_OTHERS = 5
"""Of fewer modules a median would tell what one of them has."""

Totals = Mapping[Event, int]
Counts = Mapping[tuple[Event, int], int]
"""How often, by event and edition."""


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """One module over some weeks.

    Attributes:
        totals: how often each event happened to the module, whatever edition it was about.
        by_edition: the same for what was about one edition, by its key; only what happened.
        others: the median of each event over the published modules of others in the same theme, those with nothing too; empty where
            there are fewer than FEWEST_OTHERS of them.
    """

    module: Module
    totals: Totals
    by_edition: Mapping[int, Totals]
    others: Mapping[Event, float]


def provider_figures(session: Session, organisation_id: int, first: date, last: date) -> list[ModuleFigures]:
    """The published modules of a provider, and others that something happened to, most seen first; both days are included."""
    is_own = Module.organisation_id == organisation_id
    counts = _counts(session, is_own, first, last)
    own = select(Module).where(is_own, Module.status != Status.DRAFT).options(selectinload(Module.editions).joinedload(Edition.place))
    modules = [one for one in session.scalars(own) if one.status is Status.PUBLISHED or one.id in counts]
    medians = {
        theme_id: _medians(session, organisation_id, theme_id, first, last)
        for theme_id in {module.theme_id for module in modules if module.theme_id is not None}
    }
    found = [_figures(module, counts.get(module.id, {}), medians.get(module.theme_id or 0, {})) for module in modules]
    return sorted(found, key=lambda one: (-one.totals.get(Event.SEEN, 0), one.module.title, one.module.id))


def provider_weeks(session: Session, organisation_id: int, event: Event, first: date, last: date) -> dict[date, int]:
    """How often `event` happened to all modules of a provider, by week (its Monday), weeks without it too."""
    ids = select(Module.id).where(Module.organisation_id == organisation_id)
    asked = select(ModuleCount.day, func.sum(ModuleCount.number)).where(
        ModuleCount.module_id.in_(ids), ModuleCount.event == event, ModuleCount.day.between(first, last)
    )
    weeks = dict.fromkeys(weeks_between(first, last), 0)
    for day, number in session.execute(asked.group_by(ModuleCount.day)):
        weeks[week_of(day)] += number
    return weeks


def weeks_between(first: date, last: date) -> list[date]:
    """The Mondays of all weeks from that of one day to that of another."""
    monday = week_of(first)
    return [monday + timedelta(weeks=number) for number in range((week_of(last) - monday).days // 7 + 1)]


def _figures(module: Module, counts: Counts, others: Mapping[Event, float]) -> ModuleFigures:
    by_edition: dict[int, dict[Event, int]] = {}
    for (event, edition_id), number in counts.items():
        if edition_id:
            by_edition.setdefault(edition_id, {})[event] = number
    return ModuleFigures(module, {event: _total(counts, event) for event in Event}, by_edition, others)


def _medians(session: Session, organisation_id: int, theme_id: int, first: date, last: date) -> dict[Event, float]:
    is_other = and_(Module.organisation_id != organisation_id, Module.theme_id == theme_id, Module.status == Status.PUBLISHED)
    n_others = session.scalars(select(func.count()).select_from(Module).where(is_other)).one()
    if n_others < FEWEST_OTHERS:
        return {}
    happened = _counts(session, is_other, first, last).values()
    return {event: median(_padded([_total(counts, event) for counts in happened], n_others)) for event in Event}


def _padded(totals: Sequence[int], size: int) -> list[int]:
    return [*totals, *[0] * (size - len(totals))]


def _total(counts: Counts, wanted: Event) -> int:
    return sum(number for (event, _edition), number in counts.items() if event is wanted)


def _counts(session: Session, condition: ColumnElement[bool], first: date, last: date) -> dict[int, Counts]:
    """By module of those that fit `condition`, and then by event and edition (0 for the module as a whole); only what happened."""
    columns = (ModuleCount.module_id, ModuleCount.event, ModuleCount.edition_id)
    asked = select(*columns, func.sum(ModuleCount.number)).join(Module, Module.id == ModuleCount.module_id)
    found: dict[int, dict[tuple[Event, int], int]] = {}
    for module_id, event, edition_id, number in session.execute(
        asked.where(condition, ModuleCount.day.between(first, last)).group_by(*columns)
    ):
        found.setdefault(module_id, {})[event, edition_id] = int(number)
    return dict(found)
