"""The index in PostgreSQL: other processes, commits, locks, old generations, time limits, and a server that is away."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from catalogue.database import Database
from catalogue.search import postgresql_engine as module
from catalogue.search.engines import SearchUrlUnknown, engine_for
from catalogue.search.memory import MemoryEngine
from catalogue.search.port import ModuleDocument, Query, SearchUnavailable
from catalogue.search.postgresql_engine import PostgresqlEngine
from catalogue.search.whoosh_engine import WhooshEngine
from tests.conftest import app_in
from tests.contracts.search_documents import TODAY, document, edition, generated_documents

LASSEN = Query(today=TODAY, text="lassen")


@pytest.fixture
def other(search_url: str) -> Iterator[PostgresqlEngine]:
    """A second engine on the same database, as another process has."""
    engine = PostgresqlEngine(search_url)
    yield engine
    engine.close()


def tables(url: str) -> set[str]:
    """What the schema holds."""
    return set(scalars(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'search'"))


def scalars(url: str, statement: str) -> list[str]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        result = connection.execute(text(statement))
        found = list(result.scalars()) if result.returns_rows else []
    engine.dispose()
    return found


def test_without_an_index_search_is_unavailable(postgresql_engine: PostgresqlEngine, search_url: str) -> None:
    assert not postgresql_engine.is_ready()
    for use in (
        lambda: postgresql_engine.search(LASSEN),
        postgresql_engine.module_ids,
        lambda: postgresql_engine.update([document(1, "Lassen")]),
    ):
        with pytest.raises(SearchUnavailable, match="index rebuild"):
            use()
    assert tables(search_url) == set()


def test_another_process_sees_every_commit(postgresql_engine: PostgresqlEngine, other: PostgresqlEngine) -> None:
    postgresql_engine.rebuild([])
    assert (other.search(LASSEN).total, other.is_ready()) == (0, True)
    for number in range(1, 16):
        postgresql_engine.update([document(number, "Lassen", edition(f"2027-01-{number:02}"))])
        assert other.search(LASSEN).total == number
    postgresql_engine.update([], removed=range(1, 11))
    assert other.search(LASSEN).total == 5
    postgresql_engine.rebuild([document(99, "Lassen")])
    assert other.module_ids() == {99}


def test_a_rebuild_is_seen_whole_or_not_at_all(postgresql_engine: PostgresqlEngine, other: PostgresqlEngine) -> None:
    postgresql_engine.rebuild([document(1, "Lassen")])

    def documents_while_another_looks() -> Iterator[ModuleDocument]:
        yield document(2, "Boren")
        assert (other.module_ids(), other.search(LASSEN).total) == ({1}, 1)
        yield document(3, "Frezen")

    assert postgresql_engine.rebuild(documents_while_another_looks()) == 2
    assert (other.module_ids(), other.search(LASSEN).total) == ({2, 3}, 0)


def test_a_rebuild_that_fails_leaves_no_table_behind(postgresql_engine: PostgresqlEngine, search_url: str) -> None:
    def broken() -> Iterator[ModuleDocument]:
        yield document(7, "Half werk")
        raise LookupError("the database went away")

    with pytest.raises(LookupError):
        postgresql_engine.rebuild(broken())
    assert tables(search_url) == set()
    postgresql_engine.rebuild([document(1, "Lassen")])
    before = tables(search_url)
    with pytest.raises(LookupError):
        postgresql_engine.rebuild(broken())
    assert (tables(search_url), postgresql_engine.search(LASSEN).total) == (before, 1)


def test_only_one_writes(postgresql_engine: PostgresqlEngine, other: PostgresqlEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOCK_MS", 200)
    postgresql_engine.rebuild([document(1, "Lassen")])

    def documents_while_another_tries() -> Iterator[ModuleDocument]:
        for write in (lambda: other.update([document(2, "Lassen")]), lambda: other.rebuild([])):
            with pytest.raises(SearchUnavailable, match="another process"):
                write()
        yield document(3, "Lassen")

    postgresql_engine.rebuild(documents_while_another_tries())
    assert other.module_ids() == {3}


def test_the_generation_before_stays_and_older_ones_go(
    postgresql_engine: PostgresqlEngine, other: PostgresqlEngine, search_url: str
) -> None:
    postgresql_engine.rebuild([document(1, "Lassen")])
    assert other.search(LASSEN).total == 1
    for number in range(2, 6):
        postgresql_engine.rebuild([document(number, "Lassen"), document(number + 1, "Lassen")])
    assert {name for name in tables(search_url) if name.startswith("module_")} == {"module_4", "module_5"}
    assert other.search(LASSEN).total == 2  # its own generation is long gone


def test_what_is_forgotten_leaves_nothing(postgresql_engine: PostgresqlEngine, search_url: str) -> None:
    documents = generated_documents(30, seed=11)
    postgresql_engine.rebuild(documents)
    postgresql_engine.update(documents[:20])
    postgresql_engine.update([], removed=[one.module_id for one in documents])
    left = (
        "TABLE search.posting_1",
        "TABLE search.module_1",
        "TABLE search.held_1",
        "TABLE search.edition_1",
        "SELECT 1 FROM search.term_1 WHERE holding <> 0",
    )
    for rows in (*left, "SELECT 1 FROM search.word_1 WHERE holding <> 0"):
        assert scalars(search_url, rows) == [], rows
    assert postgresql_engine.search(Query(today=TODAY, text="warmtepompp")).did_you_mean is None


def test_lost_connections_heal(postgresql_engine: PostgresqlEngine, search_url: str) -> None:
    postgresql_engine.rebuild([document(1, "Lassen")])
    for _ in range(3):
        assert postgresql_engine.search(LASSEN).total == 1
        scalars(search_url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'search' AND pid <> pg_backend_pid()")
    assert postgresql_engine.is_ready()


def test_a_process_that_forks_shares_no_connection(postgresql_engine: PostgresqlEngine) -> None:
    postgresql_engine.rebuild([document(1, "Lassen"), document(2, "Boren")])
    assert postgresql_engine.search(LASSEN).total == 1
    child = os.fork()
    try:
        right = all(len(postgresql_engine.search(LASSEN).hits) == 1 for _ in range(30))
    except SearchUnavailable:
        right = False
    if child == 0:
        os._exit(0 if right else 1)
    _, status = os.waitpid(child, 0)
    assert (right, os.waitstatus_to_exitcode(status)) == (True, 0)


def test_a_schema_that_is_gone_makes_it_unavailable_until_a_rebuild(postgresql_engine: PostgresqlEngine, search_url: str) -> None:
    postgresql_engine.rebuild([document(1, "Lassen")])
    assert postgresql_engine.search(LASSEN).total == 1
    scalars(search_url, "DROP SCHEMA search CASCADE")
    with pytest.raises(SearchUnavailable, match="index rebuild"):
        postgresql_engine.search(LASSEN)
    postgresql_engine.rebuild([document(1, "Lassen")])
    assert postgresql_engine.search(LASSEN).total == 1


def test_a_server_that_is_away_is_said_soon(tmp_path: Path) -> None:
    engine = PostgresqlEngine(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    started = time.monotonic()
    assert not engine.is_ready()
    for use in (lambda: engine.search(LASSEN), lambda: engine.update([]), lambda: engine.rebuild([])):
        with pytest.raises(SearchUnavailable, match="OperationalError"):
            use()
    assert time.monotonic() - started < 2 * module.CONNECT_SECONDS


def test_a_search_that_takes_too_long_is_ended(search_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module._OPTIONS, "statement_timeout", 200)
    engine = PostgresqlEngine(search_url)
    engine.rebuild([document(1, "Lassen")])
    blocking = create_engine(search_url)
    with blocking.connect() as connection:
        connection.execute(text("LOCK TABLE search.module_1"))
        with pytest.raises(SearchUnavailable, match="timeout"):
            engine.search(LASSEN)
    blocking.dispose()
    assert engine.search(LASSEN).total == 1
    engine.close()


@pytest.mark.parametrize("value", ["\x00", "a\x00b", "\ud800", "'; DROP SCHEMA search CASCADE; --", "%s", "{module}"])
def test_a_filter_on_what_cannot_be_finds_nothing(postgresql_engine: PostgresqlEngine, value: str) -> None:
    postgresql_engine.rebuild([document(1, "Lassen", edition(place="breda"))])
    for facet in ("level", "place"):
        result = postgresql_engine.search(Query(today=TODAY, filters={facet: frozenset([value])}))
        assert (result.total, sum(result.facets[facet].values())) == (0, 1)


def test_large_numbers_find_as_the_reference_does(postgresql_engine: PostgresqlEngine) -> None:
    reference = MemoryEngine()
    documents = generated_documents(40, seed=12)
    for engine in (postgresql_engine, reference):
        engine.rebuild(documents)
    for values in ({"page": 10**9}, {"max_price_eur": 1e300}, {"max_hours": -1.0}, {"max_price_eur": float("inf")}):
        mine, theirs = (engine.search(Query(today=TODAY, **values)) for engine in (postgresql_engine, reference))
        assert (mine.total, len(mine.hits), mine.facets) == (theirs.total, len(theirs.hits), theirs.facets)


def test_the_address_chooses_the_engine(tmp_path: Path) -> None:
    here, there = "postgresql+psycopg://me@here/one", "postgresql+psycopg://me:secret@there/two"
    assert isinstance(engine_for("postgresql:", tmp_path, here), PostgresqlEngine)
    assert isinstance(engine_for(there, tmp_path, "sqlite:///x"), PostgresqlEngine)
    assert isinstance(engine_for("whoosh:", tmp_path, here), WhooshEngine)
    for url in ("solr://me:secret@there", "postgresql:"):
        with pytest.raises(SearchUrlUnknown) as unknown:
            engine_for(url, tmp_path, "sqlite:///x")
        assert "secret" not in str(unknown.value)


def test_a_site_keeps_its_index_in_its_own_database(postgres_database: Database, tmp_path: Path) -> None:
    app = app_in(tmp_path, database_url=postgres_database.url, search_url="postgresql:")
    client = app.test_client()
    assert client.get("/readyz").get_json()["checks"]["index"] is False
    assert client.get("/api/v1/modules?q=lassen").status_code == 200
    result = app.test_cli_runner().invoke(args=["index", "rebuild"])
    assert result.exit_code == 0, result.output
    assert client.get("/readyz").get_json()["checks"]["index"] is True
    assert client.get("/api/v1/modules?q=lassen").get_json()["total"] == 0
    app.extensions["leerwijzer"].search.close()
    app.extensions["leerwijzer"].database.close()
