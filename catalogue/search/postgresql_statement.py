"""One query as one SQL statement: the best page, the total and all facets in one round trip. Builds text and values, asks nothing.

The rules are those of `memory`, which is the oracle. What depends on one start or one point is decided in Python (`Start.next_start`,
`distance_km`), once for each different one, and given as an array that the statement looks into by number.

The statement goes from wide to narrow: `candidate` (ids that the text means), `meant` (with their relevance), `day` and `run`
(their editions), `found` (modules, with what they come to and which filters they pass), `page`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.search.port import EDITION_FACETS, MODULE_FACETS, Query, Sort
from catalogue.search.postgresql_tables import Tables
from catalogue.search.ranking import CLOSED, MEANING_WEIGHT, WAITING, most_from_words, rarity
from catalogue.search.understanding import Understanding
from catalogue.search.units import Unit
from catalogue.vocabulary import Format

ENDLESS = "'Infinity'::float8"
_EDITION_VALUES = {Sort.START: "next", Sort.PRICE: f"coalesce(price, {ENDLESS})", Sort.DISTANCE: "km"}


@dataclass(frozen=True, slots=True)
class Known:
    """A term of the index: its number, and how many modules hold it."""

    id: int
    holding: int


@dataclass(frozen=True, slots=True)
class DayArrays:
    """What a query needs of each start (`next_starts` as day number, `openness`) and point (`distances_km`), as arrays in PostgreSQL's
    notation, endless where there is none; `distances_km` is None where no point is asked."""

    next_starts: str
    openness: str
    distances_km: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with the values that it names. Its rows are (kind, text, number, score, edition, distance_km), see `statement_for`."""

    sql: str
    values: Mapping[str, Any]


def statement_for(
    query: Query, meaning: Understanding, terms: Mapping[str, Known], modules: int, day: DayArrays, tables: Tables
) -> Statement | None:
    """The statement for `query`, understood as `meaning`; None when no module can be meant.

    Its rows, by kind: "meant" and "total" with a number of modules (before and after filters), "hit" with module, share of the best
    score, edition and distance, in order, and for each facet its name with a value and a number.

    Args:
        terms: those of all alternatives that any module holds.
        modules: how many the index holds.
    """
    return _Builder(query, meaning, terms, modules, day, tables).statement()


class _Builder:
    """Parts of SQL, and the values that they name."""

    def __init__(
        self, query: Query, meaning: Understanding, terms: Mapping[str, Known], modules: int, day: DayArrays, tables: Tables
    ) -> None:
        self.query, self.meaning, self.terms, self.modules, self.day, self.tables = query, meaning, terms, modules, day, tables
        self.values: dict[str, Any] = {"next_starts": day.next_starts, "openness": day.openness}
        self.alike = query.alike if meaning.units else {}
        if self.alike:
            self.values |= {"near": list(self.alike), "nearness": list(self.alike.values())}

    def statement(self) -> Statement | None:
        candidates = self._candidates()
        if candidates is None:
            return None
        facets = [self._facets_together(), *(self._facet(facet) for facet in self.query.facets if self._is_alone(facet))]
        value = f"{self._edition_value}, " if self._edition_value else ""
        sql = f"""
WITH {candidates},
day AS MATERIALIZED ({self._day()}),
run AS ({self._runs("day")}),
fit AS ({self._fits()}),
found AS MATERIALIZED ({self._found()}),
page AS MATERIALIZED ({self._page()}),
hit AS (
    SELECT DISTINCT ON (rank) page.id, share, rank, number, km
    FROM page LEFT JOIN ({self._runs("page JOIN day ON day.module = page.id")}) AS run
         ON run.module = page.id AND {self._all(EDITION_FACETS)}
    ORDER BY rank, {value}openness DESC, next, number)
SELECT 'meant', NULL, count(*), NULL::float8, NULL::int, NULL::float8 FROM meant
UNION ALL SELECT 'total', NULL, count(*), NULL, NULL, NULL FROM found WHERE {self._all_filters()}
{" ".join(f"UNION ALL {facet}" for facet in facets if facet)}
UNION ALL (SELECT 'hit', NULL, id, share, number, nullif(km, {ENDLESS}) FROM hit ORDER BY rank)"""
        return Statement(self.tables.sql(sql), self.values)

    # What the text means.

    def _candidates(self) -> str | None:
        if not self.meaning.units:
            return "meant AS MATERIALIZED (SELECT id, 1.0::float8 AS relevance FROM {module})"
        wanted = self._wanted()
        joins = self.meaning.has_alike and bool(self.alike)
        if wanted is None and not joins:
            return None
        conditions = []
        if wanted is not None:
            self.values["wanted"] = wanted
            conditions.append("words @@ %(wanted)s::tsquery")
        if joins:
            conditions.append("module = ANY(%(near)s::bigint[])")
        return f"""
candidate AS MATERIALIZED (SELECT module AS id FROM {{held}} WHERE {" OR ".join(conditions)}),
{self._meant()}"""

    def _wanted(self) -> str | None:
        """All required units, or any, as a tsquery of finished terms; None when no module can answer it."""
        units = [self._answers(unit) for unit in self.meaning.units if unit.is_required]
        if self.meaning.is_any:
            return " | ".join(filter(None, units)) or None
        return " & ".join(f"({unit})" for unit in units) if all(units) else None

    def _answers(self, unit: Unit) -> str:
        known = [alternative.terms for alternative in unit.alternatives if all(term in self.terms for term in alternative.terms)]
        return " | ".join(f"({' & '.join(map(_quoted, terms))})" for terms in known)

    def _meant(self) -> str:
        """Candidates with their relevance. An alternative of which a module misses a term is NULL, which `greatest` passes over."""
        units: list[str] = []
        columns: dict[str, str] = {}
        for unit in self.meaning.units:
            alternatives = []
            for alternative in unit.alternatives:
                if all(term in self.terms for term in alternative.terms):
                    factors = [alternative.weight * self._rarity(term) for term in alternative.terms]
                    names = [columns.setdefault(term, f"i{len(columns)}") for term in alternative.terms]
                    alternatives.append(" + ".join(f"{factor!r} * {name}" for factor, name in zip(factors, names, strict=True)))
            if unit.is_sum:
                units += (f"coalesce({alternative}, 0)" for alternative in alternatives)
            elif alternatives:
                units.append(f"coalesce(greatest({', '.join(alternatives)}), 0)")
        ids = {name: self.terms[term].id for term, name in columns.items()}
        self.values["terms"] = list(ids.values())
        impacts = "".join(f", max(impact) FILTER (WHERE term = {number}) AS {name}" for name, number in ids.items())
        near, nearness = "", ""
        if self.alike:
            most = MEANING_WEIGHT * most_from_words(self.meaning.units, self._rarity)
            near = "LEFT JOIN unnest(%(near)s::bigint[], %(nearness)s::float8[]) AS alike (id, nearness) USING (id)"
            nearness = f" + {most!r} * coalesce(nearness, 0)"
        return f"""
held AS (
    SELECT candidate.id{impacts}
    FROM candidate LEFT JOIN {{posting}} p ON p.module = candidate.id AND p.term = ANY(%(terms)s) GROUP BY 1),
meant AS MATERIALIZED (SELECT id, {" + ".join(units) or "0.0"}{nearness} AS relevance FROM held {near})"""

    def _rarity(self, term: str) -> float:
        known = self.terms.get(term)
        return rarity(self.modules, known.holding if known else 0)

    # Editions.

    def _day(self) -> str:
        """Modules that have editions, with the most open and the soonest of these."""
        return """
    SELECT module, max((%(openness)s::float8[])[start]) AS most_open, min((%(next_starts)s::float8[])[start]) AS soonest
    FROM meant JOIN {edition} ON module = meant.id GROUP BY module"""

    def _runs(self, days: str) -> str:
        """The editions of the modules in `days` that count, within the wanted price, start and radius. A column for each facet of
        editions says whether they pass that one."""
        km = ENDLESS
        if self.day.distances_km:
            self.values["distances_km"] = self.day.distances_km
            km = "(%(distances_km)s::float8[])[point]"
        passes = ", ".join(f"{self._is_wanted(facet)} AS in_{facet}" for facet in EDITION_FACETS)
        return f"""
    SELECT module, number, place, format, moment, price, km, openness, next, {passes} FROM (
        SELECT module, number, place, format, moment, price, most_open, {km} AS km,
               (%(openness)s::float8[])[start] AS openness, (%(next_starts)s::float8[])[start] AS next
        FROM {days} JOIN {{edition}} USING (module)) AS each
    WHERE {" AND ".join([f"(openness > {CLOSED} OR most_open <= {CLOSED})", *self._ranges()])}"""

    def _ranges(self) -> list[str]:
        query, conditions = self.query, []
        if query.max_price_eur is not None:
            self.values["max_price_eur"] = query.max_price_eur
            conditions.append("price <= %(max_price_eur)s")
        if query.start_before is not None:
            conditions.append(f"next <= {query.start_before.toordinal()}")
        if query.near is not None and query.radius_km is not None:
            self.values["radius_km"] = query.radius_km
            conditions.append(f"(format = '{Format.ONLINE.value}' OR km <= %(radius_km)s)")
        return conditions

    def _fits(self) -> str:
        """Of each module with such editions, what the fitting ones come to."""
        shown = f"FILTER (WHERE {self._all(EDITION_FACETS)})"
        others = (f"bool_or({self._all([other for other in EDITION_FACETS if other != facet])}) AS but_{facet}" for facet in EDITION_FACETS)
        return f"""
    SELECT module, min(next) {shown} AS soonest, min({self._edition_value or "NULL::float8"}) {shown} AS value,
           bool_or({self._all(EDITION_FACETS)}) AS runs, {", ".join(others)}
    FROM run GROUP BY module"""

    @property
    def _edition_value(self) -> str | None:
        """What the wanted order goes by, low first; None when it does not go by editions."""
        return _EDITION_VALUES.get(self.query.sort)

    # Modules.

    def _found(self) -> str:
        asked = [facet for facet in MODULE_FACETS if facet in self.query.filters]
        passes = "".join(f", {self._is_wanted(facet)} AS in_{facet}" for facet in asked)
        fit, columns = "", f", coalesce(soonest, {ENDLESS}) AS soonest"
        if self._ranges() or self._edition_value or any(facet in self.query.filters for facet in EDITION_FACETS):
            fit = f"{'JOIN' if self._ranges() else 'LEFT JOIN'} fit ON fit.module = id"
            columns = f""", coalesce(fit.soonest, {ENDLESS}) AS soonest, coalesce(value, {ENDLESS}) AS value,
           runs, {", ".join(f"but_{facet}" for facet in EDITION_FACETS)}"""
        wanted = ["true"]
        if self.query.among is not None:
            self.values["among"] = sorted(self.query.among)
            wanted.append("id = ANY(%(among)s::bigint[])")
        if self.query.max_hours is not None:
            self.values["max_hours"] = self.query.max_hours
            wanted.append("hours <= %(max_hours)s")
        return f"""
    SELECT id, title, hours, {", ".join(MODULE_FACETS)}, relevance * coalesce(most_open, {WAITING}) AS score{columns}{passes}
    FROM meant JOIN {{module}} USING (id) LEFT JOIN day ON day.module = id {fit} WHERE {" AND ".join(wanted)}"""

    def _all_filters(self, ignored: str = "") -> str:
        """The condition that a found module passes all filters on facets, but for the one on `ignored`."""
        conditions = [f"in_{facet}" for facet in MODULE_FACETS if facet in self.query.filters and facet != ignored]
        if any(facet in self.query.filters and facet != ignored for facet in EDITION_FACETS):
            conditions.append(f"but_{ignored}" if ignored in EDITION_FACETS else "runs")
        return " AND ".join(conditions) or "true"

    def _is_open(self, ignored: str) -> bool:
        """Whether nothing is asked of modules, so that all that are meant pass."""
        return self.query.max_hours is None and self.query.among is None and self._all_filters(ignored) == "true"

    def _page(self) -> str:
        first = {Sort.RELEVANCE: "", Sort.HOURS: "hours NULLS LAST, "}.get(self.query.sort, "value, ")
        order = f"{first}score DESC, {'' if self.meaning.units else 'soonest, title, '}id"
        self.values |= {"limit": self.query.per_page, "offset": (self.query.page - 1) * self.query.per_page}
        best = f"(SELECT nullif(max(score), 0) FROM found WHERE {self._all_filters()})"
        share = f"score / coalesce({best}, 1)" if self.meaning.units else "1.0::float8"
        return f"""
    SELECT id, {share} AS share, row_number() OVER (ORDER BY {order}) AS rank
    FROM (SELECT * FROM found WHERE {self._all_filters()} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s) AS first"""

    # Facets.

    def _is_alone(self, facet: str) -> bool:
        """Whether a facet is counted by itself: it ignores its own filter, or goes by editions."""
        return facet in self.query.filters or facet in EDITION_FACETS

    def _facets_together(self) -> str:
        """All facets whose counts look at the same modules, in one pass."""
        names = [facet for facet in self.query.facets if not self._is_alone(facet)]
        if not names:
            return ""
        kind = " ".join(f"WHEN grouping({name}) = 0 THEN '{name}'" for name in names)
        sets = ", ".join(f"({name})" for name in names)
        return f"""(SELECT CASE {kind} END, coalesce({", ".join(names)}), count(*), NULL, NULL, NULL
    FROM found WHERE {self._all_filters()} GROUP BY GROUPING SETS ({sets}))"""

    def _facet(self, facet: str) -> str:
        if facet in MODULE_FACETS:
            source = f"found WHERE {self._all_filters(facet)}"
        else:
            others = [other for other in EDITION_FACETS if other != facet]
            modules = "" if self._is_open(facet) else "JOIN found ON found.id = run.module"
            source = f"""(SELECT DISTINCT run.module, run.{facet} FROM run {modules}
        WHERE {self._all(others)} AND {self._all_filters(facet)}) AS once"""
        return f"(SELECT '{facet}', {facet}, count(*), NULL, NULL, NULL FROM {source} GROUP BY {facet})"

    # Filters on facets.

    def _is_wanted(self, facet: str) -> str:
        wanted = self.query.filters.get(facet)
        if wanted is None:
            return "true"
        self.values[f"wanted_{facet}"] = [value for value in wanted if not value or value.isprintable()]
        return f"{facet} = ANY(%(wanted_{facet})s::text[])"

    @staticmethod
    def _all(facets: Sequence[str]) -> str:
        return " AND ".join(f"in_{facet}" for facet in facets)


def _quoted(term: str) -> str:
    """A term as tsquery writes it. Terms hold letters and digits only; quoting keeps that from mattering."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
