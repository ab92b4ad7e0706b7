"""Which search engine the settings ask for."""

from __future__ import annotations

from pathlib import Path

from catalogue.search.memory import MemoryEngine
from catalogue.search.port import SearchEngine
from catalogue.search.postgresql_engine import PostgresqlEngine
from catalogue.search.whoosh_engine import WhooshEngine


class SearchUrlUnknown(ValueError):
    """No engine goes by this address. `scheme` is what stands before its colon; the rest may hold a password."""

    def __init__(self, url: str) -> None:
        self.scheme = url.partition(":")[0]
        super().__init__(f"{self.scheme!r} is no search engine: write whoosh:, memory:, postgresql: or postgresql://...")


def engine_for(search_url: str, instance_dir: Path, database_url: str) -> SearchEngine:
    """The engine of "whoosh:" (its index under `instance_dir`), "memory:", "postgresql:" (in the database of the site) or
    "postgresql+psycopg://..." (in another one). Opens nothing yet. Raises SearchUrlUnknown."""
    if search_url == "whoosh:":
        return WhooshEngine(instance_dir / "index")
    if search_url == "memory:":
        return MemoryEngine()
    if search_url == "postgresql:" and database_url.startswith("postgresql"):
        return PostgresqlEngine(database_url)
    if search_url.startswith("postgresql+psycopg://"):
        return PostgresqlEngine(search_url)
    raise SearchUrlUnknown(search_url)
