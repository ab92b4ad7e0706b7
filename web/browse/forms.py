"""The search form: one GET form with every filter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from catalogue.moments import moments_within
from catalogue.places import AskedPlace
from catalogue.points import Point
from catalogue.search.port import FACETS, MAX_QUERY_CHARS, Query, Sort
from web.fields import Amount, Day, PlaceName, Values, Whole, between, clean
from web.languages import lazy_gettext

MAX_PRICE_EUR = 100_000
MAX_HOURS = 10_000
MAX_RADIUS_KM = 500
PER_PAGE = 20
SORTS = (
    (Sort.RELEVANCE, lazy_gettext("wat het best past")),
    (Sort.START, lazy_gettext("wat het eerst begint")),
    (Sort.PRICE, lazy_gettext("laagste prijs")),
    (Sort.DISTANCE, lazy_gettext("dichtstbij")),
    (Sort.HOURS, lazy_gettext("minste uren")),
)


class SearchForm(Form):  # type: ignore[misc]
    """What a searcher can fill in. The names are those of `GET /api/v1/modules`, so that one address suits both."""

    q = StringField(
        lazy_gettext("Wat wilt u leren?"),
        [Length(max=MAX_QUERY_CHARS, message=lazy_gettext("Uw vraag is te lang. Gebruik hoogstens %(max)d tekens."))],
        filters=[clean],
    )
    level = Values()
    theme = Values()
    place = Values()
    provider = Values()
    format = Values()
    moment = Values()
    kind = Values()
    credential = Values()
    language = Values()
    near = PlaceName(lazy_gettext("Uw postcode of plaats"))
    radius_km = Whole(lazy_gettext("Hoever wilt u reizen?"), [Optional(), between(1, MAX_RADIUS_KM)])
    max_price_eur = Amount(lazy_gettext("Hoogste prijs in euro"), [Optional(), between(0, MAX_PRICE_EUR)])
    max_hours = Amount(lazy_gettext("Hoeveel uur hoogstens?"), [Optional(), between(0, MAX_HOURS)], example=40)
    start_before = Day(lazy_gettext("Begint uiterlijk op"), [Optional()])
    sort = SelectField(lazy_gettext("Volgorde"), choices=[SelectChoice(*sort) for sort in SORTS], default="", validate_choice=False)

    @property
    def point(self) -> Point | None:
        """Where `near` is."""
        asked: AskedPlace = self.near.asked
        return asked.point

    def sorts(self) -> list[tuple[Sort, str]]:
        """The orders that mean something for this search, the one that it has by itself first.

        Relevance needs words to be relevant to, and distance a place to be distant from.
        """
        senseless = {Sort.RELEVANCE: not self.q.data, Sort.DISTANCE: not self.point}
        usable = [(sort, str(name)) for sort, name in SORTS if not senseless.get(sort)]
        own = Sort.RELEVANCE if self.q.data else Sort.DISTANCE if self.point else Sort.START
        return sorted(usable, key=lambda pair: pair[0] is not own)

    @property
    def chosen_sort(self) -> Sort:
        """The order that was asked for, where it is one of `sorts`; else the first of those."""
        usable = [sort for sort, _name in self.sorts()]
        return next((sort for sort in usable if sort == self.sort.data), usable[0])

    def filters(self) -> dict[str, frozenset[str]]:
        """The chosen values of each facet that has any."""
        return {facet: frozenset(self[facet].data) for facet in FACETS if self[facet].data}

    def _wanted(self) -> dict[str, frozenset[str]]:
        chosen = self.filters()
        return chosen | {"moment": moments_within(chosen["moment"])} if "moment" in chosen else chosen

    def query(self, today: date, page: int) -> Query:
        """What to ask the search engine. Fields that hold a mistake do not count."""

        def sound(name: str) -> Any:
            return None if self[name].errors else self[name].data

        price, hours = sound("max_price_eur"), sound("max_hours")
        return Query(
            today=today,
            text=self.q.data[:MAX_QUERY_CHARS],
            filters=self._wanted(),
            max_price_eur=None if price is None else float(price),
            max_hours=None if hours is None else float(hours),
            start_before=sound("start_before"),
            near=self.point,
            radius_km=sound("radius_km") if self.point else None,
            sort=self.chosen_sort,
            page=page,
            per_page=PER_PAGE,
        )

    def parameters(self) -> MultiDict[str, str]:
        """The address of this search: what was filled in and understood, without the page."""
        pairs = MultiDict[str, str]()
        for name, value in self._filled():
            pairs.add(name, value)
        return pairs

    def _filled(self) -> Iterator[tuple[str, str]]:
        for name, field in self._fields.items():
            if field.errors or field.data in (None, "", []):
                continue
            if name == "sort" and field.data == self.sorts()[0][0]:
                continue
            if name == "radius_km" and not self.near.data:
                continue
            for value in field.data if isinstance(field.data, list) else [field.data]:
                yield name, value.isoformat() if isinstance(value, date) else str(value)


def search_form(arguments: MultiDict[str, str], place_named: Callable[[str], AskedPlace]) -> SearchForm:
    """The form as filled in and checked; `errors` of its fields say what was not understood.

    Args:
        place_named: finds the place that somebody typed, as `catalogue.places.asked_place` does.
    """
    form = SearchForm(arguments)
    form.near.asked = place_named(form.near.data)
    form.validate()
    return form
