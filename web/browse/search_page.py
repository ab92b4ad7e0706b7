"""The page of search results as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from catalogue.models import Edition, Module
from catalogue.moments import JOINT
from catalogue.search.answering import PLACED_FORMATS, Answer, Reach, Relaxation
from catalogue.search.completing import Completion
from catalogue.search.port import FACETS, Hit, Result
from catalogue.search.wishes import NEARBY_KM, TextWish
from catalogue.vocabulary import Level
from matching.wished import is_of_oneself
from web import words
from web.browse.addresses import Paging, address, changed, paging
from web.browse.cards import Card, card
from web.browse.forms import SearchForm
from web.languages import _, lazy_gettext, ngettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

VISIBLE_VALUES = 6
"""More values of a facet than this are folded."""

OPEN_FACETS = ("level", "format", "moment", "theme")
RADII_KM = (5, 10, 15, 25, 50, 100)
RANGES = ("max_price_eur", "max_hours", "start_before", "radius_km")
RELAXED: dict[str, LazyString] = {
    "": lazy_gettext("alle filters"),
    "text": lazy_gettext("uw woorden"),
    "max_price_eur": lazy_gettext("hoogste prijs"),
    "max_hours": lazy_gettext("hoogste aantal uren"),
    "start_before": lazy_gettext("laatste startdag"),
    "radius_km": lazy_gettext("grens aan de afstand"),
}
"""What to do without, by the name of a relaxation that is about no facet."""


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
    read: Sequence[Wish]
    """What was read in the words, each with the address that takes it back."""
    nearby: Nearby | None
    other_places: Sequence[tuple[str, str]]
    """Places that may have been meant, each with the address that searches there; empty where the place is known."""
    is_story: bool
    """Whether the words tell of somebody, who is better helped by the questions."""
    is_about_strain: bool
    """Whether they say how heavy work may be, which no module tells."""
    completions: Sequence[Wish]
    """What was perhaps begun to be typed, for who has no JavaScript."""
    elsewhere: Sequence[Card]
    """Modules that miss a wish in the words."""
    follow: str
    """Where one asks for mail about what is new."""
    feed: str
    """The same search as an Atom feed."""
    map: str
    """The same search on the map."""
    relaxed: Sequence[Wish]
    """Where nothing fits: what to let go of, with what that gives."""


def search_page(
    form: SearchForm,
    answer: Answer,
    modules: Mapping[int, Module],
    names: Mapping[str, Mapping[str, str]],
    completions: Sequence[Completion],
) -> SearchPage:
    """The search page for one answer."""
    parameters, query, result = form.parameters(), answer.query, answer.result

    def cards(hits: Sequence[Hit]) -> list[Card]:
        found = ((modules[hit.module_id], hit) for hit in hits if hit.module_id in modules)
        return [card(module, query.today, _edition(module, hit.edition), hit.distance_km) for module, hit in found]

    better = answer.did_you_mean
    return SearchPage(
        heading=ngettext("%(num)s module gevonden", "%(num)s modules gevonden", result.total),
        cards=cards(result.hits),
        completions=[
            Wish(one.label, address("browse.search", changed(parameters, q=one.label)))
            for one in completions
            if one.label.casefold() != form.q.data.casefold()
        ],
        is_story=is_of_oneself(form.q.data),
        is_about_strain=any(wish.name == "strain" for wish in answer.read.wishes),
        elsewhere=cards(answer.elsewhere),
        facets=facet_groups(result, form.filters(), names),
        wishes=wishes(form, parameters, names),
        paging=paging("browse.search", parameters, query.page, ceil(result.total / query.per_page)),
        total=result.total,
        is_degraded=answer.is_degraded,
        did_you_mean=(better, address("browse.search", changed(parameters, q=better))) if better else None,
        read=[
            Wish(read_wish(wish, names), address("browse.search", changed(parameters, q=answer.read.without(wish) or None)))
            for wish in answer.read.wishes
        ],
        nearby=nearby(form, parameters, answer.reach) if answer.reach and form.near.data else None,
        other_places=[(name, address("browse.search", changed(parameters, near=name))) for name in form.near.asked.similar],
        follow=address("following.search", parameters),
        feed=address("feeds.modules", parameters),
        map=address("browse.search_map", parameters),
        relaxed=[relaxed(relaxation, form, modules, names, answer) for relaxation in answer.relaxations],
    )


def read_wish(wish: TextWish, names: Mapping[str, Mapping[str, str]]) -> str:
    """A wish in the text, in words."""
    if wish.name == "near":
        return _("binnen %(km)s km van %(place)s", km=round(NEARBY_KM), place=wish.value)
    if wish.name == "max_price_eur":
        return price_limit(float(wish.value))
    if wish.name == "strain":
        return _("niet gezocht: %(words)s", words=wish.value)
    value = words.facet_value(wish.name, str(wish.value), names)
    return _("in %(place)s", place=value) if wish.name == "place" else value


def price_limit(price_eur: float) -> str:
    """The most that somebody wants to pay, in words."""
    return _("hoogstens %(price)s", price=words.price(price_eur)) if price_eur else _("gratis")


def relaxed(
    relaxation: Relaxation, form: SearchForm, modules: Mapping[int, Module], names: Mapping[str, Mapping[str, str]], answer: Answer
) -> Wish:
    """What to let go of, how many modules that gives, and where the nearest of them stands."""
    gone = [relaxation.name] if relaxation.name else [*FACETS, *RANGES]
    fields = [{"radius_km": "near", "text": "q"}.get(name, name) for name in gone]
    if relaxation.name in FACETS:
        wish = ", ".join(words.facet_value(relaxation.name, value, names) for value in sorted(form.filters()[relaxation.name]))
    else:
        wish = str(RELAXED[relaxation.name])
    label = _("Zonder %(wish)s", wish=wish)
    found = ngettext("%(num)s module", "%(num)s modules", relaxation.total)
    nearest = nearest_value(relaxation, modules, answer)
    return Wish(
        f"{label}: {found}, {nearest}" if nearest else f"{label}: {found}",
        address("browse.search", changed(form.parameters(), **dict.fromkeys(fields))),
    )


def nearest_value(relaxation: Relaxation, modules: Mapping[int, Module], answer: Answer) -> str:
    """By how much the nearest module misses the wish: "vanaf € 595"."""
    hit = relaxation.nearest
    module = modules.get(hit.module_id) if hit else None
    if hit is None or module is None:
        return ""
    edition = _edition(module, hit.edition)
    match relaxation.name:
        case "max_price_eur" if edition and edition.price_eur is not None:
            return _("vanaf %(price)s", price=words.price(edition.price_eur))
        case "max_hours" if module.workload_hours:
            return _("vanaf %(hours)s", hours=words.hours(module.workload_hours))
        case "start_before" if edition and (start := edition.start.next_start(answer.query.today)):
            return _("de eerste op %(day)s", day=words.day(start))
        case "radius_km" if hit.distance_km is not None:
            return _("de eerste op %(km)s km", km=round(hit.distance_km))
    return ""


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
        counts = {value: count for value, count in counts.items() if value and JOINT not in value}
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
    return [Wish(label, address("browse.search", without)) for label, without in chosen_filters(form, parameters, names)]


def chosen_filters(
    form: SearchForm, parameters: MultiDict[str, str], names: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, MultiDict[str, str]]]:
    """The filters that are on, in words, each with the search without it."""
    found = []
    for facet, values in form.filters().items():
        for value in sorted(values):
            without = MultiDict(pair for pair in parameters.items(multi=True) if pair != (facet, value))
            found.append((words.facet_value(facet, value, names), without))
    labels: dict[str, str] = {}
    if form.near.data and form.point:
        radius = form.radius_km.data if not form.radius_km.errors else None
        labels["near"] = (
            _("binnen %(km)s km van %(place)s", km=radius, place=form.near.data) if radius else _("vanaf %(place)s", place=form.near.data)
        )
    if "max_price_eur" in parameters:
        labels["max_price_eur"] = price_limit(float(form.max_price_eur.data))
    if "max_hours" in parameters:
        labels["max_hours"] = _("hoogstens %(hours)s", hours=words.hours(float(form.max_hours.data)))
    if "start_before" in parameters:
        labels["start_before"] = _("begint uiterlijk op %(day)s", day=words.day(form.start_before.data))
    found += [(label, changed(parameters, **{name: None})) for name, label in labels.items()]
    return found
