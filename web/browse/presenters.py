"""Search results and modules as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from catalogue.models import Edition, Module, ModuleSkill
from catalogue.search.finding import PLACED_FORMATS, Reach
from catalogue.search.port import FACETS, Query, Result
from catalogue.vocabulary import Level
from web import words
from web.browse.cards import Card, card, where
from web.browse.forms import SearchForm
from web.languages import _, language, ngettext

VISIBLE_VALUES = 6
"""More values of a facet than this are folded."""

OPEN_FACETS = ("level", "format", "theme")
RADII_KM = (5, 10, 15, 25, 50, 100)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value that can be ticked, with how many modules it would give."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A group of filters. `first` is shown at once, `rest` can be unfolded."""

    name: str
    label: str
    first: Sequence[FacetValue]
    rest: Sequence[FacetValue]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """A filter that is on, and the address of this search without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Paging:
    """Where we are in a long list; addresses are None at its ends."""

    page: int
    pages: int
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """What is near, apart from what is online, in words, and the ways on; addresses are "" where they lead nowhere."""

    text: str
    placed_only: str
    """The same search without what is only online."""
    wider: str
    wider_km: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything that the search page shows."""

    heading: str
    cards: Sequence[Card]
    facets: Sequence[FacetGroup]
    wishes: Sequence[Wish]
    paging: Paging
    total: int
    is_degraded: bool
    did_you_mean: tuple[str, str] | None
    """A better spelling, and the address that searches for it."""
    nearby: Nearby | None
    other_places: Sequence[tuple[str, str]]
    """Places that may have been meant, each with the address that searches there; empty where the place is known."""


def search_page(
    form: SearchForm,
    query: Query,
    result: Result,
    modules: Mapping[int, Module],
    names: Mapping[str, Mapping[str, str]],
    reached: Reach | None,
    *,
    is_degraded: bool,
) -> SearchPage:
    """The search page for one answer of the engine."""
    parameters = form.parameters()
    cards = [
        card(modules[hit.module_id], query.today, _edition(modules[hit.module_id], hit.edition), hit.distance_km)
        for hit in result.hits
        if hit.module_id in modules
    ]
    better = result.did_you_mean
    return SearchPage(
        heading=ngettext("%(num)s module gevonden", "%(num)s modules gevonden", result.total),
        cards=cards,
        facets=facet_groups(result, query.filters, names),
        wishes=wishes(form, parameters, names),
        paging=paging("browse.search", parameters, query.page, ceil(result.total / query.per_page)),
        total=result.total,
        is_degraded=is_degraded,
        did_you_mean=(better, address("browse.search", changed(parameters, q=better))) if better else None,
        nearby=nearby(form, parameters, reached) if reached else None,
        other_places=[(name, address("browse.search", changed(parameters, near=name))) for name in form.near.asked.similar],
    )


def nearby(form: SearchForm, parameters: MultiDict[str, str], reached: Reach) -> Nearby:
    """How many modules are within the radius, and how many can be followed online."""
    km, place = form.radius_km.data, form.near.data
    wider_km = next((wider for wider in RADII_KM if wider > km), 0)
    placed = changed(parameters, format=None)
    placed.setlist("format", sorted(PLACED_FORMATS))
    if reached.nearby:
        near = ngettext(
            "%(num)s module is binnen %(km)s km van %(place)s.",
            "%(num)s modules zijn binnen %(km)s km van %(place)s.",
            reached.nearby,
            km=km,
            place=place,
        )
    else:
        near = _("Binnen %(km)s km van %(place)s is niets gevonden.", km=km, place=place)
    online = (
        ngettext("%(num)s module kunt u online volgen.", "%(num)s modules kunt u online volgen.", reached.online) if reached.online else ""
    )
    return Nearby(
        text=f"{near} {online}" if reached.online else near,
        placed_only=address("browse.search", placed) if reached.nearby and reached.online else "",
        wider=address("browse.search", changed(parameters, radius_km=str(wider_km))) if wider_km and not reached.nearby else "",
        wider_km=wider_km,
    )


def _edition(module: Module, index: int | None) -> Edition | None:
    return module.editions[index] if index is not None and index < len(module.editions) else None


def facet_groups(result: Result, chosen: Mapping[str, frozenset[str]], names: Mapping[str, Mapping[str, str]]) -> list[FacetGroup]:
    """The groups that a searcher can narrow by. A group whose values do not differ says nothing and is left out."""
    groups = []
    for facet in FACETS:
        counts, wanted = result.facets.get(facet, {}), chosen.get(facet, frozenset())
        counts = {**dict.fromkeys(wanted, 0), **counts}
        counts.pop("", None)
        if len(counts) < 2 and not wanted:
            continue
        values = [FacetValue(value, words.facet_value(facet, value, names), count, value in wanted) for value, count in counts.items()]
        if facet == "level":
            order = {str(level): rank for rank, level in enumerate(Level)}
            values.sort(key=lambda value: order.get(value.value, len(order)))
            first, rest = values, []
        else:
            values.sort(key=lambda value: (not value.is_chosen, -value.count, value.label))
            cut = len(values) if len(values) <= VISIBLE_VALUES + 2 else VISIBLE_VALUES
            first, rest = values[:cut], values[cut:]
        groups.append(FacetGroup(facet, str(words.FACETS[facet]), first, rest, bool(wanted) or facet in OPEN_FACETS))
    return groups


def wishes(form: SearchForm, parameters: MultiDict[str, str], names: Mapping[str, Mapping[str, str]]) -> list[Wish]:
    """The filters that are on, each with the way to drop it."""
    found = []
    for facet, values in form.filters().items():
        for value in sorted(values):
            without = MultiDict(pair for pair in parameters.items(multi=True) if pair != (facet, value))
            found.append(Wish(words.facet_value(facet, value, names), address("browse.search", without)))
    labels: dict[str, str] = {}
    if form.near.data and form.point:
        radius = form.radius_km.data if not form.radius_km.errors else None
        labels["near"] = (
            _("binnen %(km)s km van %(place)s", km=radius, place=form.near.data) if radius else _("vanaf %(place)s", place=form.near.data)
        )
    if "max_price_eur" in parameters:
        price = float(form.max_price_eur.data)
        labels["max_price_eur"] = _("hoogstens %(price)s", price=words.price(price)) if price else _("gratis")
    if "max_hours" in parameters:
        labels["max_hours"] = _("hoogstens %(hours)s", hours=words.hours(float(form.max_hours.data)))
    if "start_before" in parameters:
        labels["start_before"] = _("begint uiterlijk op %(day)s", day=words.day(form.start_before.data))
    found += [Wish(label, address("browse.search", changed(parameters, **{name: None}))) for name, label in labels.items()]
    return found


def changed(parameters: MultiDict[str, str], **values: str | None) -> MultiDict[str, str]:
    """A copy with other values; None drops one."""
    copy = MultiDict(parameters)
    for name, value in values.items():
        copy.poplist(name)
        if value is not None:
            copy.add(name, value)
    return copy


def address(endpoint: str, parameters: MultiDict[str, str], **values: Any) -> str:
    """The address of a page with these parameters."""
    return url_for(endpoint, **{**parameters.to_dict(flat=False), **values})


def paging(endpoint: str, parameters: MultiDict[str, str], page: int, pages: int, **values: Any) -> Paging:
    """The way to the pages before and after this one."""

    def at(number: int) -> str:
        return address(endpoint, changed(parameters, page=str(number) if number > 1 else None), **values)

    return Paging(page, pages, at(min(page - 1, max(pages, 1))) if page > 1 else None, at(page + 1) if page < pages else None)


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill with a level from 1 to 4, in words; `language` marks a name that is not in the language of the page."""

    label: str
    language: str
    level: int
    level_words: str
    is_recognised: bool


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One run of a module in words. `per_week` is "" where length or load is not known."""

    start: str
    length: str
    per_week: str
    place: str
    when: str
    price: str
    seats: str
    is_open: bool


def skill_lines(rows: Sequence[ModuleSkill]) -> list[SkillLine]:
    """Skills with their levels, the highest first."""
    here = language()
    lines = [
        SkillLine(row.skill.label(here), row.skill.label_language(here), row.level, str(words.SKILL_LEVELS[row.level]), row.is_recognised)
        for row in rows
    ]
    return sorted(lines, key=lambda line: (-line.level, line.label))


def edition_lines(module: Module, today: date) -> list[EditionLine]:
    """The runs of a module: those that one can join first, in order of their start."""

    def order(edition: Edition) -> tuple[bool, date, int]:
        return not edition.start.is_open(today), edition.start.next_start(today) or date.max, edition.id

    return [_edition_line(module, edition, today) for edition in sorted(module.editions, key=order)]


def _edition_line(module: Module, edition: Edition, today: date) -> EditionLine:
    per_week = ""
    if edition.weeks and module.workload_hours:
        per_week = _("ongeveer %(hours)s per week", hours=words.hours(max(1, round(module.workload_hours / edition.weeks))))
    return EditionLine(
        start=words.start(edition.start, today),
        length=ngettext("%(num)s week", "%(num)s weken", edition.weeks) if edition.weeks else "",
        per_week=per_week,
        place=where(edition),
        when=words.day_parts(edition.day_parts),
        price=words.price(edition.price_eur),
        seats=ngettext("%(num)s plaats", "%(num)s plaatsen", edition.capacity) if edition.capacity else "",
        is_open=edition.start.is_open(today),
    )


def used_words(module: Module) -> list[tuple[str, str]]:
    """The words of the trade that the page of a module uses, each with its meaning."""
    used = (str(module.load_unit) if module.workload_hours else "", "NLQF" if module.level.nlqf else "", module.kind, module.credential)
    return [(str(word), str(meaning)) for code in used if code in words.GLOSSARY for word, meaning in [words.GLOSSARY[code]]]


def load_a_week(module: Module) -> str:
    """How many hours a week a module takes, over all its runs: "8 tot 10 uur"; "" where it is not known."""
    if not module.workload_hours:
        return ""
    loads = sorted({max(1, round(module.workload_hours / edition.weeks)) for edition in module.editions if edition.weeks})
    if not loads:
        return ""
    if len(loads) == 1:
        return words.hours(loads[0])
    return _("%(least)s tot %(most)s uur", least=loads[0], most=loads[-1])


def prices(module: Module) -> str:
    """What a module costs, over all its runs: "€ 595 tot € 695"."""
    stated = sorted({edition.price_eur for edition in module.editions if edition.price_eur is not None})
    if len(stated) < 2:
        return words.price(stated[0] if stated else None)
    return _("%(least)s tot %(most)s", least=words.price(stated[0]), most=words.price(stated[-1]))
