"""What a person gets who searches: the modules, what their words were read as, and what to let go of where nothing fits."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.language.dutch import tokens
from catalogue.models import Module, Place, Postcode
from catalogue.points import Point
from catalogue.search.finding import search_modules
from catalogue.search.meaning import ModuleMeanings
from catalogue.search.port import MAX_PER_PAGE, Hit, Query, Result, SearchEngine, Sort
from catalogue.search.wishes import NamedPlace, PlaceNames, ReadText, place_names, read_text, wished_for
from catalogue.versions import MODULES, current_versions
from catalogue.vocabulary import Format, Status

SECONDS_BETWEEN_LOOKS = 1.0
FEW = 5
"""With fewer modules for the wishes in a text, others are named too."""
MOST_ELSEWHERE = 10
TITLES_LOOKED_AT = 5
PLACED_FORMATS = frozenset(str(code) for code in Format if code is not Format.ONLINE)
"""The values of the facet "format" that one has to travel for."""
MOST_NEW = 1_000
"""Of more new modules than this only the newest are looked at."""
_RANGES = {"max_price_eur": Sort.PRICE, "max_hours": Sort.HOURS, "start_before": Sort.START, "radius_km": Sort.DISTANCE}
"""Wishes of more or less, each with the order that brings what is nearest to it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the modules found can be followed within the radius, and how many online. Some can be both."""

    nearby: int
    online: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the modules of one search are.

    Attributes:
        query: what was asked of the engine, without its filter on places: who chose one place may want another.
        read: what was understood of the text.
        total: modules found, wherever they are.
        places: how many can be followed in each place, by slug; the same as the search gives for that place. A module can be in several.
        online: how many can be followed online.
    """

    query: Query
    read: ReadText
    total: int
    places: Mapping[str, int]
    online: int
    is_degraded: bool


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What letting go of one wish gives.

    Attributes:
        name: a facet, "max_price_eur", "max_hours", "start_before", "radius_km" or "text"; "" for all filters at once.
        total: how many modules are found then.
        nearest: of a wish of more or less, the module that misses it least.
    """

    name: str
    total: int
    nearest: Hit | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One search as it was answered.

    Attributes:
        query: what was asked of the engine, the wishes in the text among its filters.
        read: what was understood of the text.
        elsewhere: where the wishes in the text leave little, the best modules that are somewhere else, at another time or dearer.
        is_degraded: the index was away, and the answer comes from a plain search in the database.
        reach: None where the query has no radius, or is about some formats only.
        relaxations: where nothing fits, what helps most first; empty where something fits, or nothing helps.
    """

    query: Query
    result: Result
    read: ReadText
    elsewhere: Sequence[Hit]
    is_degraded: bool
    reach: Reach | None
    relaxations: Sequence[Relaxation]

    @property
    def module_ids(self) -> list[int]:
        """All modules that the answer shows."""
        nearest = [one.nearest for one in self.relaxations if one.nearest]
        return [hit.module_id for hit in (*self.result.hits, *self.elsewhere, *nearest)]

    @property
    def did_you_mean(self) -> str | None:
        """A better spelling of the whole text, its wishes among it."""
        better = self.result.did_you_mean
        return self.read.with_subject(better) if better else None


class ModuleSearch:
    """Search as pages and API use it. One for a process; threads may share it."""

    def __init__(self, database: Database, engine: SearchEngine, meanings: ModuleMeanings) -> None:
        self._database, self._engine, self._meanings = database, engine, meanings
        self._places: PlaceNames = {}
        self._version = -1
        self._looked_at = -SECONDS_BETWEEN_LOOKS
        self._reading = threading.Lock()

    def answer(self, query: Query) -> Answer:
        """Answers `query`, whose text may name places, parts of the week and a price."""
        wished, read = self._wished(query)
        result, is_degraded = self._search(wished)
        elsewhere: Sequence[Hit] = ()
        if read.wishes and result.total < FEW:
            wider = replace(query, text=read.subject, near=query.near or read.point, page=1, per_page=MOST_ELSEWHERE, facets=())
            there = {hit.module_id for hit in result.hits}
            elsewhere = [hit for hit in self._search(wider)[0].hits if hit.module_id not in there]
        relaxations: Sequence[Relaxation] = ()
        if not (result.total or elsewhere or is_degraded):
            relaxations = sorted(self._relaxations(query), key=lambda one: (not one.name, -one.total))
        return Answer(wished, result, read, elsewhere, is_degraded, self._reach(wished, result), relaxations)

    def spread(self, query: Query) -> Spread:
        """Where the modules are that answer `query`, whatever place it asks for; its page and order do not count."""
        wished, read = self._wished(query)
        anywhere = replace(wished, filters=_without(wished.filters, "place"), page=1, per_page=1, facets=("place", "format"))
        result, is_degraded = self._search(anywhere)
        formats = anywhere.filters.get("format")
        is_online_wanted = formats is None or Format.ONLINE in formats
        online = result.facets.get("format", {}).get(Format.ONLINE, 0) if is_online_wanted else 0
        return Spread(anywhere, read, result.total, result.facets.get("place", {}), online, is_degraded)

    def found_in(self, spread: Spread, places: Collection[str]) -> int:
        """How many of the modules of `spread` can be followed in any of these places, by slug; each counts once."""
        return self._count(replace(spread.query, filters={**spread.query.filters, "place": frozenset(places)})).total

    def newest(self, query: Query, since: datetime, limit: int) -> list[int]:
        """The modules published after `since` that answer `query`, the newest first, at most `limit`; wishes in the text count as ever.

        Of very many new ones only the newest MOST_NEW are looked at.
        """
        published = select(Module.id).where(Module.status == Status.PUBLISHED, Module.published_at > since)
        with self._database.reading() as session:
            new = session.scalars(published.order_by(Module.published_at.desc(), Module.id.desc()).limit(MOST_NEW)).all()
        if not new:
            return []
        asked = replace(self._wished(query)[0], among=frozenset(new), per_page=MAX_PER_PAGE, facets=())
        found: set[int] = set()
        for page in range(1, MOST_NEW // MAX_PER_PAGE + 1):
            result, _is_degraded = self._search(replace(asked, page=page))
            found.update(hit.module_id for hit in result.hits)
            if page * MAX_PER_PAGE >= result.total:
                break
        return [module_id for module_id in new if module_id in found][:limit]

    def warm_up(self) -> None:
        """Reads the names of places."""
        self._current_places()

    def _wished(self, query: Query) -> tuple[Query, ReadText]:
        """The query with the wishes in its text as filters, and what was read."""
        wished, read = wished_for(query, read_text(query.text, self._current_places()))
        return (query, replace(read, wishes=())) if read.wishes and self._is_title(query) else (wished, read)

    def _search(self, query: Query) -> tuple[Result, bool]:
        return search_modules(self._database, self._engine, self._meanings, query)

    def _is_title(self, query: Query) -> bool:
        """Whether the text as a whole stands in the title of a module that it finds: "Wageningen Weeks" is no wish for a place."""
        words = {word for parts in tokens(query.text) for word in parts}
        best = self._search(replace(query, page=1, per_page=TITLES_LOOKED_AT, facets=()))[0].hits
        with self._database.reading() as session:
            titles = session.scalars(select(Module.title).where(Module.id.in_([hit.module_id for hit in best]))).all()
        return any(words <= {word for parts in tokens(title) for word in parts} for title in titles)

    def _count(self, query: Query) -> Result:
        return self._search(replace(query, page=1, per_page=1, facets=()))[0]

    def _reach(self, query: Query, result: Result) -> Reach | None:
        if query.near is None or query.radius_km is None or query.filters.get("format"):
            return None
        placed = self._count(replace(query, filters={**query.filters, "format": PLACED_FORMATS}))
        return Reach(placed.total, result.facets.get("format", {}).get(Format.ONLINE, 0))

    def _relaxations(self, query: Query) -> Iterator[Relaxation]:
        """Each wish by itself, and all filters together where more than one is set."""
        without = {facet: replace(query, filters=_without(query.filters, facet)) for facet in query.filters}
        for name, sort in _RANGES.items():
            if getattr(query, name) is not None:
                wider: dict[str, Any] = {name: None, "sort": sort}
                without[name] = replace(query, **wider)
        if len(without) > 1:
            without[""] = replace(query, filters={}, max_price_eur=None, max_hours=None, start_before=None, radius_km=None)
        if query.text and without:
            without["text"] = replace(query, text="", sort=Sort.START)
        for name, less in without.items():
            found = self._count(less)
            if found.total:
                yield Relaxation(name, found.total, found.hits[0] if name in _RANGES and found.hits else None)

    def _current_places(self) -> PlaceNames:
        """The names of all places; those known when another thread reads newer ones."""
        if time.monotonic() - self._looked_at >= SECONDS_BETWEEN_LOOKS and self._reading.acquire(blocking=False):
            try:
                with self._database.reading() as session:
                    version = current_versions(session)[MODULES]
                    if version != self._version:
                        self._places, self._version = place_names(_named_places(session)), version
                self._looked_at = time.monotonic()
            finally:
                self._reading.release()
        return self._places


def _without(filters: Mapping[str, frozenset[str]], facet: str) -> dict[str, frozenset[str]]:
    return {name: values for name, values in filters.items() if name != facet}


def _named_places(session: Session) -> Iterator[tuple[NamedPlace, Sequence[str]]]:
    """Places where modules are given first; then all others in the country."""
    for place in session.scalars(select(Place).order_by(Place.name, Place.slug)):
        yield NamedPlace(place.slug, place.name, Point(place.latitude, place.longitude)), (place.name, *place.other_names)
    middle = select(Postcode.place_name, func.avg(Postcode.latitude), func.avg(Postcode.longitude)).group_by(Postcode.place_name)
    for name, latitude, longitude in session.execute(middle.order_by(Postcode.place_name)):
        yield NamedPlace("", name, Point(latitude, longitude)), (name,)
