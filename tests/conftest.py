"""Fixtures that every kind of test shares."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from catalogue.database import Database
from catalogue.search.postgresql_engine import PostgresqlEngine
from matching import service
from tests.postgres import PostgresMissing, administer, copied, running_postgres
from tests.seeded import copy_seeded
from web.app import create_app
from web.migrations.upgrade import upgrade
from web.settings import Settings

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The moment at which tests live: a Monday."""


class Clock:
    """A clock that stands still at `NOW` until a test moves it on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


COMPILED_TEMPLATES = FileSystemBytecodeCache()
"""Tests make thousands of apps, each of which would compile every page anew. The name of a file holds a digest of the template."""

COMPILED = ("arguments", "_converters", "_parts", "_trace", "_build", "_build_unknown")
ENOUGH_MEMORY = 4 * 1024**3


def compile_rules_once() -> None:
    """Every app has the same rules, and what they compile to holds nothing of the app: most of the making of one."""
    compiled: dict[object, dict[str, object]] = {}
    compile_rule = Rule.compile

    def remembered(rule: Rule) -> None:
        key = (rule.rule, repr(rule.defaults))
        if key not in compiled:
            compile_rule(rule)
            compiled[key] = {name: vars(rule)[name] for name in COMPILED}
        vars(rule).update(compiled[key])

    Rule.compile = remembered  # type: ignore[method-assign]


def keep_files_in_memory() -> None:
    """Tests make and delete hundreds of thousands of small files, for which most of them would wait where a disk is slow."""
    memory = Path("/dev/shm")
    if "TMPDIR" not in os.environ and memory.is_dir() and shutil.disk_usage(memory).free > ENOUGH_MEMORY:
        os.environ["TMPDIR"] = tempfile.tempdir = str(memory)


compile_rules_once()
keep_files_in_memory()


@pytest.fixture
def clock() -> Clock:
    """The clock of every app that a test has to itself."""
    return Clock()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_database(empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database with the migrated schema."""
    database = Database(f"sqlite:///{shutil.copy(empty_sqlite, tmp_path / 'test.sqlite')}")
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server with a migrated template database; its URL with `{name}` for the database."""
    try:
        with running_postgres() as url:
            administer(url, "CREATE DATABASE migrated")
            upgrade(url.format(name="migrated"))
            yield url
    except PostgresMissing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[Database]:
    """An empty PostgreSQL database with the migrated schema."""
    with copied(postgres_server, "test", "migrated") as url:
        database = Database(url)
        yield database
        database.close()


@pytest.fixture
def search_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database for an index; its tables are the engine's own."""
    with copied(postgres_server, "search", "template0") as url:
        yield url


@pytest.fixture
def postgresql_engine(search_url: str) -> Iterator[PostgresqlEngine]:
    """A search engine over an empty PostgreSQL database."""
    engine = PostgresqlEngine(search_url)
    yield engine
    engine.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database, once of each kind."""
    name = "sqlite_database" if request.param == "sqlite" else "postgres_database"
    value: Database = request.getfixturevalue(name)
    return value


@pytest.fixture(scope="session")
def seeded_instance(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the seed catalogue loaded and indexed, and the vectors of its skills made, to copy or to read."""
    return copy_seeded(pytestconfig.cache.mkdir("seeded"), tmp_path_factory.mktemp("seeded") / "instance", app_in)


@pytest.fixture(scope="session")
def seeded_app(seeded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app over the seed catalogue, for tests that only read; what visitors leave behind does not come into the copies of others."""
    return app_in(Path(shutil.copytree(seeded_instance, tmp_path_factory.mktemp("read") / "instance", symlinks=True)))


@pytest.fixture
def own_seeded_app(seeded_instance: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An app over a copy of the seed catalogue, for tests that write; its matcher sees changes at once."""
    monkeypatch.setattr(service, "VERSION_CHECK_S", 0.0)
    return app_in(Path(shutil.copytree(seeded_instance, tmp_path / "instance", symlinks=True)), clock)


@pytest.fixture
def client(seeded_app: Flask) -> FlaskClient:
    """A browser without a browser, on the seed catalogue."""
    return seeded_app.test_client()


def app_in(folder: Path, clock: Clock | None = None, **settings: Any) -> Flask:
    """An app whose data stands in `folder`; without a clock of its own it is `NOW`."""
    usual = {"secret_key": "a secret that only tests know, long enough", "log_level": "error"}
    app = create_app(Settings(instance_dir=folder, **usual | settings), now=clock or Clock())
    app.jinja_env.bytecode_cache = COMPILED_TEMPLATES
    return app
