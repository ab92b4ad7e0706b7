"""The commands as CONTRACT fixes them: all there, safe to repeat, and readable when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from catalogue.jobs import enqueue
from catalogue.models import IndexChange, Module, Organisation
from catalogue.models.work import Job
from catalogue.vocabulary import OrganisationKind, Status
from tests.accounts import parts_of
from tests.architecture import ROOT
from tests.conftest import NOW, app_in

COMMANDS = (
    "db upgrade",
    "seed load",
    "seed generate",
    "taxonomy import-esco",
    "modules import",
    "modules export",
    "modules duplicates",
    "feeds add",
    "feeds list",
    "feeds run",
    "feeds remove",
    "index rebuild",
    "index sync",
    "index check",
    "jobs run",
    "accounts add",
    "accounts link",
    "accounts list",
    "accounts remove",
    "accounts second-step-off",
    "organisations add",
    "organisations list",
    "organisations central",
    "radar import",
    "radar remove",
    "advisor verify",
    "maintenance on",
    "maintenance off",
)


def run(app: Flask, *arguments: str) -> Result:
    """Runs a command that must neither crash nor show a traceback."""
    result: Result = app.test_cli_runner().invoke(args=list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def well(app: Flask, *arguments: str) -> str:
    result = run(app, *arguments)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def new_app(tmp_path: Path) -> Flask:
    """An app with a schema and no data."""
    app = app_in(tmp_path / "instance")
    well(app, "db", "upgrade")
    return app


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(seeded_app: Flask, command: str) -> None:
    shown = well(seeded_app, *command.split(), "--help")
    assert shown.startswith("Usage:")
    explanation = shown.split("\n\n")[1].strip()
    assert len(explanation) > 15
    assert explanation.endswith(".")


def test_no_command_is_left_out_above(seeded_app: Flask) -> None:
    groups = {name: group for name, group in seeded_app.cli.commands.items() if isinstance(group, click.Group) and name != "openapi"}
    assert {f"{name} {command}" for name, group in groups.items() for command in group.commands} == set(COMMANDS)
    assert "start" in seeded_app.cli.commands


def test_commands_run_as_a_program(tmp_path: Path) -> None:
    environment = os.environ | {"INSTANCE_DIR": str(tmp_path / "new" / "instance"), "LOG_LEVEL": "error"}
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    upgraded = subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert upgraded.returncode == 0, upgraded.stderr
    assert (tmp_path / "new" / "instance" / "leerwijzer.sqlite").is_file()
    bad = environment | {"PORT": "high", "SEARCH_URL": "solr:"}
    refused = subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=bad, capture_output=True, text=True)
    assert refused.returncode != 0
    assert "PORT:" in refused.stderr
    assert "SEARCH_URL:" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_seed_is_loaded_once_and_found(new_app: Flask) -> None:
    assert "newest schema" in well(new_app, "db", "upgrade")
    first = well(new_app, "seed", "load")
    assert "module: " in first
    assert "0 changed" in first
    assert "nothing changed" in well(new_app, "seed", "load")
    with parts_of(new_app).database.reading() as session:
        published = len(session.scalars(select(Module.id).where(Module.status == Status.PUBLISHED)).all())
    assert f"{published:,} modules in the index." in well(new_app, "index", "rebuild")
    assert "hold the same modules" in well(new_app, "index", "check")
    assert "50 modules added" in well(new_app, "seed", "generate", "--modules", "50")
    assert "0 modules added" in well(new_app, "seed", "generate", "--modules", "50")
    behind = run(new_app, "index", "check")
    assert (behind.exit_code, "50 modules are not in the index" in behind.output) == (1, True)
    assert f"{published + 50:,} modules in the index." in well(new_app, "index", "rebuild")


def test_the_index_follows_with_sync_and_says_where_it_lags(own_seeded_app: Flask) -> None:
    database = parts_of(own_seeded_app).database
    well(own_seeded_app, "index", "sync")
    assert "0 modules brought up to date" in well(own_seeded_app, "index", "sync")
    with database.writing() as session:
        module = session.scalars(select(Module).where(Module.status == Status.PUBLISHED)).first()
        assert module is not None
        module.status = Status.WITHDRAWN
        session.add(IndexChange(module_id=module.id, created_at=NOW))
    check = run(own_seeded_app, "index", "check")
    assert check.exit_code == 1
    assert f"1 modules are in the index, but not published: {module.id}" in check.output
    assert "1 modules brought up to date" in well(own_seeded_app, "index", "sync")
    assert "hold the same modules" in well(own_seeded_app, "index", "check")


def test_changes_that_find_no_index_are_not_called_up_to_date(new_app: Flask) -> None:
    with parts_of(new_app).database.writing() as session:
        session.add(IndexChange(module_id=1, created_at=NOW))
    result = run(new_app, "index", "sync")
    assert result.exit_code == 1
    assert "there is no index yet" in result.output


def test_an_index_that_is_away_is_said_in_words(new_app: Flask) -> None:
    result = run(new_app, "index", "check")
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")


def test_jobs_do_what_waits_and_stop(own_seeded_app: Flask) -> None:
    parts = parts_of(own_seeded_app)
    well(own_seeded_app, "jobs", "run", "--once")
    with parts.database.writing() as session:
        enqueue(session, "purge", {}, NOW)
        enqueue(session, "unheard-of", {}, NOW)
        module_id = session.scalars(select(Module.id)).first()
        session.add(IndexChange(module_id=module_id or 0, created_at=NOW))
    assert "3 pieces of work done." in well(own_seeded_app, "jobs", "run", "--once")
    assert "0 pieces of work done." in well(own_seeded_app, "jobs", "run", "--once")
    with parts.database.reading() as session:
        jobs = {job.kind: (job.finished_at, job.error) for job in session.scalars(select(Job))}
    assert jobs["purge"] == (NOW, "")
    assert jobs["unheard-of"] == (None, "KeyError: 'unheard-of'")


def test_organisations_are_added_once_and_listed(new_app: Flask) -> None:
    assert "Added De School as de-school." in well(new_app, "organisations", "add", "de-school", "De School", "--kind", "mbo")
    assert "de-school" in well(new_app, "organisations", "list")
    with parts_of(new_app).database.reading() as session:
        assert session.scalars(select(Organisation.kind)).all() == [OrganisationKind.MBO]
    twice = run(new_app, "organisations", "add", "de-school", "Nog een")
    assert (twice.exit_code, "there is an organisation 'de-school' already" in twice.output) == (1, True)
    wrong = run(new_app, "organisations", "add", "De School!", "De School")
    assert (wrong.exit_code, "lower-case" in wrong.output) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("seed", "generate", "--modules", "0"), "0 is not in the range"),
        (("seed", "generate"), "Missing option '--modules'"),
        (("seed", "generate", "--modules", "5"), "seed load"),
        (("taxonomy", "import-esco", "nowhere"), "'nowhere' does not exist"),
        (("taxonomy", "import-esco", "."), "skills_nl.csv: is missing"),
        (("organisations", "add", "school", "School", "--kind", "club"), "'club' is not one of"),
        (("modules", "import", "nowhere.csv", "--organisation", "x"), "'nowhere.csv' does not exist"),
        (("accounts", "add", "ada@example.org", "--role", "king"), "'king' is not one of"),
        (("accounts", "add", "ada@example.org", "--role", "hub", "--organisation", "niemand"), "niemand"),
        (("accounts", "add", "no address", "--role", "learner"), "no address"),
    ],
)
def test_what_is_wrong_is_said_in_words(new_app: Flask, arguments: tuple[str, ...], words: str) -> None:
    result = run(new_app, *arguments)
    assert result.exit_code in (1, 2)
    assert words in result.output
