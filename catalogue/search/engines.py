"""Which search engine the settings ask for."""

from __future__ import annotations

from pathlib import Path

from catalogue.search.memory import MemoryEngine
from catalogue.search.port import SearchEngine
from catalogue.search.whoosh_engine import WhooshEngine


class SearchUrlUnknown(ValueError):
    """No engine goes by this address."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url!r} is no search engine: write whoosh: or memory:")
        self.url = url


def engine_for(search_url: str, instance_dir: Path) -> SearchEngine:
    """The engine of "whoosh:" (its index under `instance_dir`) or "memory:". Opens nothing yet. Raises SearchUrlUnknown."""
    if search_url == "whoosh:":
        return WhooshEngine(instance_dir / "index")
    if search_url == "memory:":
        return MemoryEngine()
    raise SearchUrlUnknown(search_url)
