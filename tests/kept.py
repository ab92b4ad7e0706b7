"""A place where a site keeps what it is told, to look into."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from catalogue.database import Database
from catalogue.models import Base
from catalogue.search.postgresql_engine import PostgresqlEngine
from tests.accounts import parts_of
from tests.postgres import tables_with


@dataclass(frozen=True)
class Kept:
    """Where a site keeps what it is told."""

    folder: Path
    url: str = ""
    """The address of its PostgreSQL database; "" where it is SQLite, in the folder."""

    @property
    def elsewhere(self) -> dict[str, str]:
        """The settings of a site that does not keep all in its folder."""
        return {"database_url": self.url, "search_url": "postgresql:"} if self.url else {}

    def places_with(self, word: str) -> set[str]:
        """The files of the instance whose name or bytes hold a word, and the tables of PostgreSQL with a row that does."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        assert "leerwijzer.log" in {path.name for path in files}
        found = {path.name for path in files if word in path.name.lower() or word.encode() in path.read_bytes().lower()}
        return found | (tables_with(self.url, word) if self.url else set())


def close(app: Flask) -> None:
    """Ends the connections of an app."""
    parts = parts_of(app)
    parts.database.close()
    if isinstance(parts.search, PostgresqlEngine):
        parts.search.close()


def row_counts(database: Database) -> dict[str, int]:
    """How many rows every table has."""
    with database.reading() as session:
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables}
