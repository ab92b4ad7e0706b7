"""Apps over an empty database, and the seed catalogue in each kind of database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Occupation
from catalogue.organisations import add_organisation
from catalogue.vocabulary import OrganisationKind
from matching.service import Matcher
from tests.accounts import command, parts_of
from tests.conftest import Clock, app_in
from tests.dossiers import Made, advisor, agree, opened
from tests.guided import want
from tests.kept import Kept, close
from tests.postgres import copied
from tests.shared_list import Pair


@pytest.fixture
def app(database: Database, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """An app over an empty database of each kind."""
    app = app_in(tmp_path / "instance", clock, database_url=database.url, search_url="memory:")
    yield app
    parts_of(app).database.close()


@pytest.fixture
def small_app(sqlite_database: Database, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """An app over an empty SQLite database."""
    app = app_in(tmp_path / "instance", clock, database_url=sqlite_database.url, search_url="memory:")
    yield app
    parts_of(app).database.close()


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """A browser that nobody has used yet."""
    return app.test_client()


@pytest.fixture(scope="session")
def seeded_postgres(postgres_server: str, seeded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database with the seed catalogue and its index, to copy."""
    with copied(postgres_server, "seeded", "migrated") as url:
        kept = Kept(tmp_path_factory.mktemp("seeding"), url)
        shutil.copytree(seeded_instance / "cache", kept.folder / "cache")
        app = app_in(kept.folder, **kept.elsewhere)
        for arguments in (("seed", "load"), ("index", "rebuild")):
            command(app, *arguments)
        close(app)
        yield "seeded"


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, seeded_instance: Path, tmp_path: Path) -> Iterator[Kept]:
    """The seed catalogue in a place of its own, once in each kind of database."""
    folder = tmp_path / "instance"
    if request.param == "sqlite":
        yield Kept(Path(shutil.copytree(seeded_instance, folder, symlinks=True)))
        return
    template, server = request.getfixturevalue("seeded_postgres"), request.getfixturevalue("postgres_server")
    shutil.copytree(seeded_instance / "cache", folder / "cache")
    with copied(server, "kept", template) as url:
        yield Kept(folder, url)


@pytest.fixture
def uids(seeded_app: Flask) -> dict[str, str]:
    """Public ids of occupations by name."""
    with parts_of(seeded_app).database.reading() as session:
        return {one.label_nl: one.uid for one in session.scalars(select(Occupation))}


@pytest.fixture
def learner(client: FlaskClient, uids: dict[str, str]) -> FlaskClient:
    """A cashier who wants to fit solar panels."""
    return want(client, uids, "kassamedewerker", "zonnepanelenmonteur")


@pytest.fixture
def matcher(seeded_app: Flask) -> Matcher:
    """The matcher over the seed catalogue."""
    return parts_of(seeded_app).matcher


@pytest.fixture
def school(database: Database) -> Database:
    """A database with one organisation."""
    with database.writing() as session:
        add_organisation(session, "school", "De School", OrganisationKind.MBO)
    return database


@pytest.fixture
def maker(app: Flask) -> FlaskClient:
    """An advisor."""
    return advisor(app)


@pytest.fixture
def pair(app: Flask, maker: FlaskClient) -> Pair:
    """An advisor and a client who agreed."""
    client, made = app.test_client(), opened(maker)
    return maker, client, Made(made.page, agree(client, made.link))
