"""The engine for sites that outgrow one machine: the index lives in PostgreSQL, in a schema of its own, and every process shares it.

A rebuild fills the tables of a new generation and moves the pointer to them, `search.generation`, in one transaction: before its commit
nobody sees anything of it, after it nobody sees anything else, and a rebuild that fails leaves nothing behind. The tables of the
generation before stay for processes that read them right now; they go at the next rebuild. All writing happens under one advisory lock.

A query takes two round trips, more for words that no module holds: one for the pointer and the terms, one for page, total and facets
(`postgresql_statement`). Each names the tables of one generation, so that no answer mixes two.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from catalogue.points import Point, distance_km
from catalogue.search import postgresql_tables
from catalogue.search.port import FACETS, Hit, ModuleDocument, Query, Result, SearchUnavailable
from catalogue.search.postgresql_statement import DayArrays, Known, statement_for
from catalogue.search.postgresql_tables import POINTER, Tables, code_values, point_of
from catalogue.search.ranking import start_openness
from catalogue.search.spelling import NearWord, Speller
from catalogue.search.understanding import Understanding, understand
from catalogue.search.units import Unit, query_units
from catalogue.starts import Start

SEARCH_MS = 2000
"""The most that one statement of a search may take; then the answer comes from the plain search in the database."""
LOCK_MS = 5000
CONNECT_SECONDS = 3
WRITING = 0x6C656572
"""The advisory lock of who writes."""
LEAST_SIMILAR = 0.1
"""Share of trigrams that a word has in common with a misspelt one to be looked at as its correction."""
MOST_SIMILAR = 200

_OPTIONS = {
    "statement_timeout": SEARCH_MS,
    "lock_timeout": LOCK_MS,
    "jit": "off",  # compiling takes longer than any of these queries
    "max_parallel_workers_per_gather": 0,  # so does starting workers
    "work_mem": "64MB",
    "pg_trgm.similarity_threshold": LEAST_SIMILAR,
}
_NO_SUCH_TABLE, _LOCK_NOT_AVAILABLE = "42P01", "55P03"
_STATE = f"""
SELECT pointer.number, modules, starts, points, term, id, holding
FROM {POINTER} pointer LEFT JOIN {{term}} ON term = ANY(%(terms)s) AND holding > 0"""
_SIMILAR = """
SELECT word, holding FROM {word} WHERE word %% %(word)s AND holding > 0 ORDER BY similarity(word, %(word)s) DESC LIMIT %(most)s"""
NO_INDEX = "there is no index yet: run `flask --app wsgi index rebuild`"
Found = TypeVar("Found")


class PostgresqlEngine:
    """A search index in the database at `url`. Opens nothing yet; threads share one, each process makes its own."""

    def __init__(self, url: str) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
        arguments = {"options": options, "connect_timeout": CONNECT_SECONDS, "prepare_threshold": None}
        self._engine = create_engine(url, connect_args=arguments)
        os.register_at_fork(after_in_child=partial(_leave_to_parent, weakref.ref(self._engine)))
        self._reader = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._generation: _Generation | None = None

    def search(self, query: Query) -> Result:
        """See `SearchEngine.search`."""
        return self._reading(lambda connection: self._search(connection, query).result())

    def module_ids(self) -> set[int]:
        """See `SearchEngine.module_ids`."""

        def ids(connection: Connection) -> set[int]:
            generation, _, _ = self._state(connection, ())
            return set(connection.exec_driver_sql(generation.tables.sql("SELECT id FROM {module}")).scalars())

        return self._reading(ids)

    def is_ready(self) -> bool:
        """See `SearchEngine.is_ready`."""
        try:
            self._reading(lambda connection: self._state(connection, ()))
        except SearchUnavailable:
            return False
        return True

    def update(self, documents: Iterable[ModuleDocument], removed: Iterable[int] = ()) -> None:
        """See `SearchEngine.update`."""
        with self._writing() as (connection, number):
            if not number:
                raise SearchUnavailable(NO_INDEX)
            fresh = {document.module_id: document for document in documents}
            postgresql_tables.change(connection, Tables(number), fresh.values(), {*removed, *fresh})

    def rebuild(self, documents: Iterable[ModuleDocument]) -> int:
        """See `SearchEngine.rebuild`."""
        with self._writing() as (connection, number):
            postgresql_tables.drop_before(connection, number)
            return postgresql_tables.fill(connection, Tables(number + 1), documents)

    def close(self) -> None:
        """Closes all pooled connections."""
        self._engine.dispose()

    # Reading.

    def _reading(self, read: Callable[[Connection], Found]) -> Found:
        """Calls `read`; once more when the connection was lost, or the tables went, because another process rebuilt twice meanwhile."""
        try:
            try:
                with self._reader.connect() as connection:
                    return read(connection)
            except DBAPIError as error:
                if not error.connection_invalidated and _code(error) != _NO_SUCH_TABLE:
                    raise
                self._generation = None
                with self._reader.connect() as connection:
                    return read(connection)
        except SQLAlchemyError as error:
            self._generation = None
            raise SearchUnavailable(NO_INDEX if _code(error) == _NO_SUCH_TABLE else _in_short(error)) from error

    def _search(self, connection: Connection, query: Query) -> _Search:
        generation, modules, terms = self._state(connection, _terms_of(query_units(query.text)))
        return _Search(connection, generation, query, modules, terms)

    def _state(self, connection: Connection, terms: Iterable[str]) -> tuple[_Generation, int, dict[str, Known]]:
        """The generation that counts, how many modules it holds, and those of `terms` that any module holds."""
        wanted = {"terms": list(terms)}
        while True:
            generation = self._generation
            if generation is None:
                number = connection.exec_driver_sql(f"SELECT number FROM {POINTER}").scalar()
                if number is None:
                    raise SearchUnavailable(NO_INDEX)
                generation = _Generation(Tables(number))
            rows = connection.exec_driver_sql(generation.tables.sql(_STATE), wanted).all()
            if rows and rows[0].number == generation.tables.number:
                self._generation = generation
                generation.learn(connection, rows[0].starts, rows[0].points)
                return generation, rows[0].modules, {row.term: Known(row.id, row.holding) for row in rows if row.term}
            self._generation = None

    # Writing.

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, int]]:
        """One transaction under the lock on writing, and the generation that counts, 0 for none. What the server refuses becomes
        SearchUnavailable, with its cause."""
        try:
            with self._engine.connect() as connection, connection.begin():
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = {LOCK_MS}")
                try:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITING})")
                except DBAPIError as error:
                    if _code(error) != _LOCK_NOT_AVAILABLE:
                        raise
                    raise SearchUnavailable("another process writes to the index") from error
                yield connection, postgresql_tables.current_number(connection)
        except SQLAlchemyError as error:
            raise SearchUnavailable(f"the index cannot be written: {_in_short(error)}") from error


@dataclass
class _Generation:
    """The starts and points of one generation. They only ever grow, so that what was learnt stays true."""

    tables: Tables
    starts: Sequence[Start] = ()
    points: Sequence[Point | None] = ()
    days: dict[date, tuple[int, str, str]] = field(default_factory=dict)

    def learn(self, connection: Connection, starts: int, points: int) -> None:
        """Reads them again when there are more than we know."""
        if starts > len(self.starts):
            self.starts = [Start.parse(value) for value in code_values(connection, self.tables, "start")]
        if points > len(self.points):
            self.points = [point_of(value) for value in code_values(connection, self.tables, "point")]

    def day(self, query: Query) -> DayArrays:
        """What the day and the place of a query make of them; the day is computed once."""
        starts, points, near = self.starts, self.points, query.near
        known = self.days.get(query.today)
        if known is None or known[0] < len(starts):
            next_starts = [start.next_start(query.today) for start in starts]
            days = _array(None if day is None else day.toordinal() for day in next_starts)
            known = len(starts), days, _array(start_openness(start, query.today) for start in starts)
            self.days = {query.today: known}
        distances = None if near is None else _array(None if point is None else distance_km(near, point) for point in points)
        return DayArrays(known[1], known[2], distances)


class _Search:
    """One query over one generation."""

    def __init__(self, connection: Connection, generation: _Generation, query: Query, modules: int, terms: dict[str, Known]) -> None:
        self.connection, self.generation, self.query, self.modules = connection, generation, query, modules
        self.terms = terms
        self.asked = set(_terms_of(query_units(query.text)))
        self.spellers: dict[str, Speller] = {}
        self.answers: dict[Understanding, list[Any]] = {}

    def result(self) -> Result:
        meaning = understand(self.query.text, self, self._answering)
        rows = self._rows(Understanding(meaning.units, meaning.is_any, meaning.has_alike and bool(self.query.alike)))
        facets: dict[str, dict[str, int]] = {facet: {} for facet in self.query.facets}
        hits = []
        total = 0
        for kind, value, number, score, edition, km in rows:
            if kind == "hit":
                hits.append(Hit(number, score, edition, km))
            elif kind == "total":
                total = number
            elif kind in FACETS and value:
                facets[kind][value] = number
        return Result(total, hits, facets, meaning.did_you_mean)

    def has_term(self, term: str) -> bool:
        """See `Lexicon.has_term`."""
        self._learn([term])
        return term in self.terms

    def near(self, word: str, most_errors: int) -> Sequence[NearWord]:
        """See `Lexicon.near`; looks at the words that share most trigrams with this one, not at the whole vocabulary."""
        if word not in self.spellers:
            rows = self.connection.exec_driver_sql(self.generation.tables.sql(_SIMILAR), {"word": word, "most": MOST_SIMILAR})
            self.spellers[word] = Speller({row.word: row.holding for row in rows})
        return self.spellers[word].near(word, most_errors)

    def _answering(self, units: Sequence[Unit]) -> int:
        """How many modules answer all required units; the page comes along, for it is most often what is asked next."""
        self._learn(_terms_of(units))
        return next((row[2] for row in self._rows(Understanding(tuple(units))) if row[0] == "meant"), 0)

    def _learn(self, terms: Iterable[str]) -> None:
        fresh = set(terms) - self.asked
        if fresh:
            self.asked |= fresh
            rows = self.connection.exec_driver_sql(self.generation.tables.sql(_STATE), {"terms": list(fresh)})
            self.terms |= {row.term: Known(row.id, row.holding) for row in rows if row.term}

    def _rows(self, meaning: Understanding) -> list[Any]:
        if meaning not in self.answers:
            tables, day = self.generation.tables, self.generation.day(self.query)
            statement = statement_for(self.query, meaning, self.terms, self.modules, day, tables)
            rows = self.connection.exec_driver_sql(statement.sql, dict(statement.values)).all() if statement else []
            self.answers[meaning] = list(rows)
        return self.answers[meaning]


def _leave_to_parent(pool: Callable[[], Engine | None]) -> None:
    """Forgets connections from before a fork: two processes on one mix up their answers, and a server forks after building its index."""
    engine = pool()
    if engine is not None:
        engine.dispose(close=False)


def _terms_of(units: Iterable[Unit]) -> list[str]:
    return list({term for unit in units for alternative in unit.alternatives for term in alternative.terms})


def _array(values: Iterable[float | None]) -> str:
    """Numbers in PostgreSQL's notation; None is endless."""
    return "{" + ",".join("Infinity" if value is None else repr(value) for value in values) + "}"


def _code(error: SQLAlchemyError) -> str | None:
    """PostgreSQL's five characters for what is wrong."""
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def _in_short(error: SQLAlchemyError) -> str:
    lines = str(getattr(error, "orig", None) or error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"
