"""The database: one engine, and the two ways to use it.

`with database.reading() as session:` for reads and `with database.writing() as session:` for the one transaction of a view or a
command. Functions of `catalogue` and `matching` take the session first and never commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session, sessionmaker

SQLITE_BUSY_TIMEOUT_MS = 15_000
SCRUB_TIMEOUT_MS = 1_000
ROWS_LOOKED_AT = 400
"""Of each index, for the statistics; with a limit SQLite keeps numbers only and no values, which could be somebody's address."""
POSTGRESQL_TIMEOUTS = "-c statement_timeout=60000 -c lock_timeout=4000"


class Database:
    """An engine with its sessions.

    Args:
        url: an SQLAlchemy URL; `sqlite:///...` or `postgresql+psycopg://...`.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session whose changes, if any, are thrown away."""
        with self._sessions() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any error.

        On SQLite it takes the write lock at its start (BEGIN IMMEDIATE): with Python's deferred BEGIN, writers that read first fail
        with "database is locked" instead of waiting for their turn.
        """
        with self._sessions() as session, session.begin():
            self._take_lock(session)
            yield session

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A transaction that writes as `writing` does, and is thrown away at its end: to see what something would be."""
        with self._sessions() as session:
            self._take_lock(session)
            yield session
            session.rollback()

    def _take_lock(self, session: Session) -> None:
        if self.engine.dialect.name == "sqlite":
            session.connection(execution_options={"leerwijzer_begin": "IMMEDIATE"})

    def is_ready(self) -> bool:
        """Whether a query gets an answer. Raises nothing that a health check would have to know."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001 - any driver error means the same here: not ready
            return False
        return True

    def scrub(self) -> None:
        """Leaves nothing readable of deleted rows in the files of SQLite, as soon as nobody reads what was there before.

        Deleted rows are overwritten where they stood (secure_delete); this empties the write-ahead log, which still holds them. When
        others are reading for longer than a second it does nothing: ask again later. PostgreSQL cleans up by itself.
        """
        if self.engine.dialect.name != "sqlite":
            return
        connection = self.engine.raw_connection()
        try:
            for pragma in (f"busy_timeout={SCRUB_TIMEOUT_MS}", "wal_checkpoint(TRUNCATE)", f"busy_timeout={SQLITE_BUSY_TIMEOUT_MS}"):
                connection.cursor().execute(f"PRAGMA {pragma}").close()
        finally:
            connection.close()

    def update_statistics(self) -> None:
        """Tells SQLite how its tables are filled; PostgreSQL finds that out by itself.

        It takes milliseconds. Without it SQLite finds ten modules by looking through all that are published.
        """
        if self.engine.dialect.name == "sqlite":
            with self.writing() as session:
                session.execute(text("ANALYZE"))

    def close(self) -> None:
        """Closes all pooled connections."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, connect_args={"options": POSTGRESQL_TIMEOUTS})


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _begin_sqlite
    busy = f"busy_timeout={SQLITE_BUSY_TIMEOUT_MS}"
    limit = f"analysis_limit={ROWS_LOOKED_AT}"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", busy, "foreign_keys=ON", "secure_delete=ON", limit):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    kind = connection.get_execution_options().get("leerwijzer_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
