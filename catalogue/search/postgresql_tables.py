"""The tables of one generation of the PostgreSQL index, and how documents go in and out. `postgresql_engine` decides when.

    term     every term once, with a number and how many modules hold it
    posting  term, module, impact: what exact scores are made of
    module   folded title, hours and facets; nothing wide, for whole catalogues are read
    held     the terms of each module as a tsvector, whose GIN index finds the modules that hold all or any of some; its words
    edition  start and point as numbers that `code` explains
    word     words as they are written, with a trigram index, for spelling
    code     the different starts and points, numbered from 1 without gaps, so that a query can give one value for each as an array

The analysis of text is our own: PostgreSQL's dictionaries never see a word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection

from catalogue.language.dutch import folded
from catalogue.points import Point
from catalogue.search.port import MODULE_FACETS, ModuleDocument
from catalogue.search.ranking import impact, spelling_words, term_weights

TABLES = ("term", "posting", "module", "held", "edition", "word", "code")
POINTER = "search.generation"

_FACET_COLUMNS = ", ".join(f'{facet} text COLLATE "C" NOT NULL' for facet in MODULE_FACETS)
_MODULE_COLUMNS = f'id bigint NOT NULL, title text COLLATE "C" NOT NULL, hours float8, {_FACET_COLUMNS}'
_MODULE_NAMES = ", ".join(("id", "title", "hours", *MODULE_FACETS))

_CREATE_POINTER = f"""
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE SCHEMA IF NOT EXISTS search;
CREATE TABLE IF NOT EXISTS {POINTER} (number int NOT NULL, modules int NOT NULL, starts int NOT NULL, points int NOT NULL)
"""
_CREATE = """
CREATE TABLE {term} (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, term text COLLATE "C" NOT NULL UNIQUE, holding int NOT NULL);
CREATE TABLE {posting} (term int NOT NULL, module bigint NOT NULL, impact real NOT NULL);
CREATE TABLE {module} ({module_columns});
CREATE TABLE {held} (module bigint NOT NULL, words tsvector NOT NULL, spelled text[] NOT NULL);
CREATE TABLE {edition} (module bigint NOT NULL, number int NOT NULL, start int NOT NULL, format text COLLATE "C" NOT NULL,
                        place text COLLATE "C" NOT NULL, moment text COLLATE "C" NOT NULL, price float8, point int NOT NULL);
CREATE TABLE {word} (word text COLLATE "C" PRIMARY KEY, holding int NOT NULL);
CREATE TABLE {code} (kind text NOT NULL, id int NOT NULL, value text NOT NULL, PRIMARY KEY (kind, id))
"""
_INDEX = """
ALTER TABLE {posting} ADD PRIMARY KEY (term, module) INCLUDE (impact);
ALTER TABLE {module} ADD PRIMARY KEY (id);
ALTER TABLE {held} ADD PRIMARY KEY (module);
CREATE INDEX ON {held} USING gin (words);
ALTER TABLE {edition} ADD PRIMARY KEY (module, number);
CREATE INDEX ON {word} USING gin (word gin_trgm_ops)
"""
_GIVEN = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS given ({_MODULE_COLUMNS}, spelled text[] NOT NULL, terms text[] NOT NULL, impacts real[] NOT NULL,
    starts int[] NOT NULL, formats text[] NOT NULL, places text[] NOT NULL, moments text[] NOT NULL,
    prices float8[] NOT NULL, points int[] NOT NULL)
ON COMMIT DELETE ROWS
"""
_TAKE_IN = """
INSERT INTO {module} ({module_names}) SELECT {module_names} FROM given;
INSERT INTO {held} (module, words, spelled) SELECT id, array_to_tsvector(terms), spelled FROM given;
INSERT INTO {edition} (module, number, start, format, place, moment, price, point)
    SELECT id, number - 1, start, format, place, moment, price, point
    FROM given, unnest(starts, formats, places, moments, prices, points)
         WITH ORDINALITY AS run (start, format, place, moment, price, point, number);
INSERT INTO {term} AS known (term, holding) SELECT term, count(*) FROM given, unnest(terms) AS term GROUP BY term ORDER BY term
    ON CONFLICT (term) DO UPDATE SET holding = known.holding + excluded.holding;
INSERT INTO {posting} (term, module, impact)
    SELECT known.id, given.id, impact
    FROM given, unnest(terms, impacts) AS each (term, impact) JOIN {term} known USING (term) ORDER BY 1, 2;
INSERT INTO {word} AS known (word, holding) SELECT word, count(*) FROM given, unnest(spelled) AS word GROUP BY word ORDER BY word
    ON CONFLICT (word) DO UPDATE SET holding = known.holding + excluded.holding
"""
_FORGET = (
    """DELETE FROM {posting} p USING {held} held, unnest(tsvector_to_array(held.words)) AS term JOIN {term} known USING (term)
       WHERE held.module = ANY(%(gone)s) AND p.term = known.id AND p.module = held.module""",
    """UPDATE {term} known SET holding = holding - gone.modules
       FROM (SELECT term, count(*) AS modules FROM {held}, unnest(tsvector_to_array(words)) AS term
             WHERE module = ANY(%(gone)s) GROUP BY term) gone WHERE gone.term = known.term""",
    """UPDATE {word} known SET holding = holding - gone.modules
       FROM (SELECT word, count(*) AS modules FROM {held}, unnest(spelled) AS word WHERE module = ANY(%(gone)s) GROUP BY word) gone
       WHERE gone.word = known.word""",
    "DELETE FROM {edition} WHERE module = ANY(%(gone)s)",
    "DELETE FROM {held} WHERE module = ANY(%(gone)s)",
    "DELETE FROM {module} WHERE id = ANY(%(gone)s)",
)


@dataclass(frozen=True, slots=True)
class Tables:
    """The names of the tables of one generation; `sql` puts them in a statement."""

    number: int

    def sql(self, statement: str) -> str:
        """`statement` with `{module}` and the like replaced by the names of this generation."""
        names = {name: f"search.{name}_{self.number}" for name in TABLES}
        return statement.format(module_columns=_MODULE_COLUMNS, module_names=_MODULE_NAMES, **names)


class Codes:
    """Numbers from 1 for the values of one kind, in the notation that `code` keeps."""

    def __init__(self, kind: str, values: Iterable[str]) -> None:
        self.kind = kind
        self._codes = {value: number for number, value in enumerate(values, 1)}
        self._stored = len(self._codes)

    @classmethod
    def of(cls, connection: Connection, tables: Tables, kind: str) -> Self:
        """Those that are stored."""
        return cls(kind, code_values(connection, tables, kind))

    def __len__(self) -> int:
        return len(self._codes)

    def code(self, value: str) -> int:
        """The number of `value`, a new one when it was not met before."""
        return self._codes.setdefault(value, len(self._codes) + 1)

    def store(self, connection: Connection, tables: Tables) -> None:
        """Adds the new ones to the table."""
        fresh = list(self._codes)[self._stored :]
        rows = {"kind": self.kind, "ids": list(range(self._stored + 1, len(self) + 1)), "values": fresh}
        statement = "INSERT INTO {code} (kind, id, value) SELECT %(kind)s, * FROM unnest(%(ids)s::int[], %(values)s::text[])"
        connection.exec_driver_sql(tables.sql(statement), rows)


def code_values(connection: Connection, tables: Tables, kind: str) -> list[str]:
    """The values of one kind, by number."""
    rows = connection.exec_driver_sql(tables.sql("SELECT value FROM {code} WHERE kind = %(kind)s ORDER BY id"), {"kind": kind})
    return list(rows.scalars())


def point_of(value: str) -> Point | None:
    """Reads the notation of a point in `code`; "" is no point."""
    return Point(*map(float, value.split())) if value else None


def current_number(connection: Connection) -> int:
    """The generation that counts; 0 when there is none. Makes the pointer to it when it was never there."""
    connection.exec_driver_sql(_CREATE_POINTER)
    return connection.exec_driver_sql(f"SELECT number FROM {POINTER}").scalar() or 0


def fill(connection: Connection, tables: Tables, documents: Iterable[ModuleDocument]) -> int:
    """Makes the tables of a new generation, takes all documents in, and points to it; returns how many."""
    connection.exec_driver_sql(tables.sql(_CREATE))
    _take_in(connection, tables, documents)
    connection.exec_driver_sql(tables.sql(_INDEX))
    connection.exec_driver_sql(tables.sql("; ".join(f"ANALYZE {{{name}}}" for name in TABLES)))
    return int(connection.exec_driver_sql(f"SELECT modules FROM {POINTER}").scalar_one())


def change(connection: Connection, tables: Tables, documents: Collection[ModuleDocument], gone: Collection[int]) -> None:
    """Forgets the modules `gone`, then adds `documents`."""
    for statement in _FORGET:
        connection.exec_driver_sql(tables.sql(statement), {"gone": list(gone)})
    _take_in(connection, tables, documents)


def drop_before(connection: Connection, number: int) -> None:
    """Drops the generations below `number`."""
    names = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'search'").scalars()
    old = [name for name in names if (suffix := name.rpartition("_")[2]).isdigit() and int(suffix) < number]
    if old:
        connection.exec_driver_sql("DROP TABLE " + ", ".join(f"search.{name}" for name in old))


def _take_in(connection: Connection, tables: Tables, documents: Iterable[ModuleDocument]) -> None:
    starts, points = Codes.of(connection, tables, "start"), Codes.of(connection, tables, "point")
    connection.exec_driver_sql(_GIVEN)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy("COPY given FROM STDIN") as copy:
        for document in documents:
            copy.write_row(_row(document, starts, points))
    connection.exec_driver_sql(tables.sql(_TAKE_IN))
    starts.store(connection, tables)
    points.store(connection, tables)
    connection.exec_driver_sql(f"DELETE FROM {POINTER}")
    state = f"INSERT INTO {POINTER} SELECT %(number)s, count(*), %(starts)s, %(points)s FROM {{module}}"
    connection.exec_driver_sql(tables.sql(state), {"number": tables.number, "starts": len(starts), "points": len(points)})


def _row(document: ModuleDocument, starts: Codes, points: Codes) -> tuple[Any, ...]:
    weights = term_weights(document)
    runs = document.editions
    return (
        document.module_id,
        folded(document.title),
        document.hours,
        *(document.facets.get(facet, "") for facet in MODULE_FACETS),
        sorted(spelling_words(document)),
        list(weights),
        [impact(weight) for weight in weights.values()],
        [starts.code(str(run.start)) for run in runs],
        [str(run.format) for run in runs],
        [run.place for run in runs],
        [run.moment for run in runs],
        [run.price_eur for run in runs],
        [points.code(_point_notation(run.point)) for run in runs],
    )


def _point_notation(point: Point | None) -> str:
    return f"{point.latitude!r} {point.longitude!r}" if point else ""
