"""Apps over an empty database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from catalogue.database import Database
from tests.accounts import parts_of
from tests.conftest import app_in


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """An app over an empty database of each kind."""
    app = app_in(tmp_path / "instance", database_url=database.url, search_url="memory:")
    yield app
    parts_of(app).database.close()


@pytest.fixture
def small_app(sqlite_database: Database, tmp_path: Path) -> Iterator[Flask]:
    """An app over an empty SQLite database."""
    app = app_in(tmp_path / "instance", database_url=sqlite_database.url, search_url="memory:")
    yield app
    parts_of(app).database.close()
