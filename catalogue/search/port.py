"""The port of search: what one may ask, what comes back, and what an engine must do.

Every engine passes the one contract suite in `tests/contracts`. Facet counts ignore the filter on their own group. Filters on
editions (place, format, moment, price, start, distance) hold for one and the same edition. Unknown filters cannot be expressed here: `web`
refuses them.

Which editions count: those that can still be begun; where a module has none of these left, its past ones. A module without editions
answers no filter on editions. A filter on a value that is not stated (price, hours, start) is not met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from catalogue.points import Point
from catalogue.starts import Start

MAX_QUERY_CHARS = 200
MAX_QUERY_TERMS = 16
MAX_PER_PAGE = 100

FACETS = ("level", "theme", "place", "provider", "format", "moment", "kind", "credential", "language")
"""The groups that can be filtered and counted."""
EDITION_FACETS = ("place", "format", "moment")
"""Those that belong to editions; the others belong to modules."""
MODULE_FACETS = tuple(facet for facet in FACETS if facet not in EDITION_FACETS)


class Sort(StrEnum):
    """Order of results. Ties, and modules that lack the value, fall back on relevance and then on the module's key.

    Relevance without a text is: open editions first, then the soonest start, then the title.
    """

    RELEVANCE = "relevance"
    START = "start"
    PRICE = "price"
    DISTANCE = "distance"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Query:
    """What a person looks for.

    Attributes:
        today: decides which editions are still open; the core reads no clock.
        text: without a word to search for it is no text, and everything is found. How it is understood, and when fewer words or other
            words count, stands in `catalogue.search.understanding`.
        filters: from a facet to the wanted values: any of them within a group, all groups together.
        among: these modules alone; None: all.
        near: alone it only gives distances.
        radius_km: with `near` keeps editions within the radius; online editions are always near enough.
        alike: modules that are near to the text in meaning, and how near, in (0, 1]; the index need not hold them all.
        facets: the groups to be counted.
    """

    today: date
    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    max_price_eur: float | None = None
    max_hours: float | None = None
    start_before: date | None = None
    among: frozenset[int] | None = None
    near: Point | None = None
    radius_km: float | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 20
    alike: Mapping[int, float] = field(default_factory=dict)
    facets: Sequence[str] = FACETS


@dataclass(frozen=True, slots=True)
class EditionDocument:
    """What the index knows of one edition.

    `place` is the place's slug, "" for online; `moment` as `catalogue.moments` has it, "" where none is stated; `price_eur` is None where
    it is not stated.
    """

    start: Start
    format: str
    place: str = ""
    moment: str = ""
    point: Point | None = None
    price_eur: float | None = None


def edition_value(edition: EditionDocument, facet: str) -> str:
    """The value of one of EDITION_FACETS."""
    return str(getattr(edition, facet))


@dataclass(frozen=True, slots=True)
class ModuleDocument:
    """What the index knows of one published module: text fields by weight, and the values of the facets."""

    module_id: int
    title: str
    skills: Sequence[str]
    """Labels and other names of the skills taught, Dutch and English."""
    outcomes: str
    description: str
    provider_name: str
    place_names: Sequence[str]
    facets: Mapping[str, str]
    """Value of level, theme, provider, kind, credential and language; the others come from the editions."""
    hours: float | None
    editions: Sequence[EditionDocument]
    occupations: Sequence[str] = ()
    """Labels and other names, in Dutch, of the occupations to which what is taught leads."""
    keywords: Sequence[str] = ()
    """More to find it by: its theme, and the codes of level, kind, credential, formats and day parts; `synonyms.toml` has their words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One found module. `edition` is the index (in the document's editions) of the edition that fits best, None without editions.

    `score` is in [0, 1], 1 for the best of this result; `distance_km` only where the query has a point and the edition a place.
    """

    module_id: int
    score: float
    edition: int | None = None
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One page of hits, the exact total, and per facet the count of every value that occurs (value -> count)."""

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]]
    did_you_mean: str | None = None


class SearchUnavailable(RuntimeError):
    """The index cannot be read now; the caller falls back to the database."""


class SearchEngine(Protocol):
    """An index of modules."""

    def search(self, query: Query) -> Result:
        """Answers one query.

        Raises:
            SearchUnavailable: the index is missing, locked or broken.
        """

    def update(self, documents: Iterable[ModuleDocument], removed: Iterable[int] = ()) -> None:
        """Forgets the modules `removed`, then adds or replaces `documents`, in one commit.

        `documents` is read while no other process can write to the index, so a lazy reader of the database never brings back an
        older state of a module than the index has.

        Raises:
            SearchUnavailable: the index is missing or broken, or another process writes to it for too long.
        """

    def rebuild(self, documents: Iterable[ModuleDocument]) -> int:
        """Fills a new generation beside the old one and switches to it in one atomic step; returns how many documents it holds.

        Meanwhile searches go on over the old generation, and updates wait or are refused.

        Raises:
            SearchUnavailable: another process rebuilds or writes for too long, or the folder cannot be written.
        """

    def module_ids(self) -> set[int]:
        """The modules that the index holds, for `index check`. Raises SearchUnavailable."""

    def is_ready(self) -> bool:
        """Whether a search can be answered now."""
