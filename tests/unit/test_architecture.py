"""The rules of the house, each shown to fail once on something made for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, Table, inspect

import web.accounts.demand_model
import web.accounts.invitation_model
import web.accounts.models
import web.lists.model
import web.security.session_model
import web.shares.model  # noqa: F401 - registers its table
from catalogue.database import Database
from catalogue.models import Base
from tests import architecture
from tests.architecture import ROOT
from web.migrations.upgrade import config_for, upgrade
from web.settings import Settings

TEXT_FILES = ("*.py", "*.md", "*.toml", "*.html", "*.js", "*.css", "*.yaml", "Makefile", ".ci/run")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command_line = [str(program), "--no-cache", "--config", str(folder / "pyproject.toml")]
    return subprocess.run(command_line, cwd=folder, capture_output=True, text=True, timeout=300)


def test_imports_go_one_way() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("catalogue/wrong.py", "import matching.core", "One direction of imports"),
        ("seed/wrong.py", "from flask import g", "HTTP stays in web"),
        ("matching/core/wrong.py", "from sqlalchemy import select", "The core of matching knows arrays only"),
        ("catalogue/skills/wrong.py", "import catalogue.search", "Search and skills share language and know nothing of each other"),
        ("web/wrong.py", "import whoosh", "Whoosh is touched in one file"),
    ],
)
def test_a_wrong_import_breaks_its_rule(tmp_path: Path, file: str, line: str, broken: str) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    inner = ("catalogue/language", "catalogue/search", "catalogue/skills", "matching/core")
    for package in ("catalogue", "matching", "seed", "web", *inner):
        (tmp_path / package).mkdir(exist_ok=True)
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "catalogue/search/whoosh_engine.py").write_text("import whoosh\n", encoding="utf-8")
    assert lint_imports(tmp_path).returncode == 0
    (tmp_path / file).write_text(f"{line}\n", encoding="utf-8")
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    assert f"{broken} BROKEN" in result.stdout


def test_every_file_is_read_in_one_sitting() -> None:
    sizes = [(str(path.relative_to(ROOT)), len(path.read_text(encoding="utf-8").splitlines())) for path in architecture.code_files()]
    assert len(sizes) > 100
    assert architecture.too_long(sizes) == []


def test_a_long_file_is_found() -> None:
    assert architecture.too_long([("short.py", 400), ("long.py", 401)]) == ["long.py has 401 lines"]


def test_views_hold_no_query_and_stay_short() -> None:
    files = list(architecture.view_files())
    assert {path.parent.name for path in files} >= {"browse", "learner", "hub", "advisor", "api"}
    assert ROOT / "web/hub/workflow.py" in files  # its routes are on a blueprint that stands elsewhere
    found = {
        str(path.relative_to(ROOT)): problems
        for path in files
        if (problems := architecture.queries(source := path.read_text(encoding="utf-8")) + architecture.long_views(source))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "session.scalars(select(Module))",
        "session.execute(statement)",
        "found = parts.database.session.scalar(statement)",
        "session.query(Module).all()",
        "session.get(Module, 1)",
        "reading.get(Module, 1)",
        "writing.add(module)",
        "statement = select(Module.id)",
        "session.commit()",
    ],
)
def test_a_query_in_a_view_is_found(line: str) -> None:
    assert architecture.queries(f"@bp.get('/')\ndef view():\n    {line}\n")


def test_calling_a_read_function_is_no_query() -> None:
    assert architecture.queries("query = form.query(today)\nmodule = published_module(session, slug)\nrequest.args.get('q')\n") == []


@pytest.mark.parametrize(("lines", "found"), [(25, []), (26, ["page has 26 lines"])])
def test_a_long_view_is_found(lines: int, found: list[str]) -> None:
    body = "    print()\n" * lines
    assert architecture.long_views(f'@bp.get("/page")\ndef page():\n    """A page."""\n{body}') == found
    assert architecture.long_views(f"def no_view():\n{body}") == []


def test_every_setting_is_documented() -> None:
    documented = architecture.documented_settings((ROOT / "docs/settings.md").read_text(encoding="utf-8"))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_a_missing_and_an_unknown_setting_are_found() -> None:
    markdown = "| Setting | Default |\n|---|---|\n| `PORT` | 8000 |\n| `COLOUR` | |\n"
    documented, real = architecture.documented_settings(markdown), {"PORT", "INSTANCE_DIR"}
    assert (real - documented, documented - real) == ({"INSTANCE_DIR"}, {"COLOUR"})


def test_nothing_names_a_folder_of_one_machine() -> None:
    skipped = {".venv", "node_modules", "instance", ".git"}
    files = [path for pattern in TEXT_FILES for path in ROOT.rglob(pattern) if not skipped & set(path.relative_to(ROOT).parts)]
    assert len(files) > 200
    named = {str(path.relative_to(ROOT)): architecture.machine_paths(path.read_text(encoding="utf-8")) for path in files}
    assert {name: folders for name, folders in named.items() if folders} == {}


def test_a_folder_of_one_machine_is_found() -> None:
    folder = "/ho" + "me/someone"
    assert architecture.machine_paths(f"open('{folder}/data.csv')") == [folder]
    assert architecture.machine_paths("https://example.org/home/someone and web/home/page") == []


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that may be changed at will, without a schema where that is possible."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'fresh.sqlite'}"
    database: Database = request.getfixturevalue("postgres_database")
    return database.url


def differences(url: str) -> list[object]:
    database = Database(url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = list(compare_metadata(context, Base.metadata))
    database.close()
    return found


def tables(url: str) -> set[str]:
    database = Database(url)
    names = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    database.close()
    return names


def test_migrations_make_what_the_models_say(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    assert tables(empty_database_url) == set(Base.metadata.tables)
    assert differences(empty_database_url) == []


def test_a_model_without_migration_is_found(sqlite_database: Database) -> None:
    forgotten = Table("forgotten", Base.metadata, Column("id", Integer, primary_key=True))
    try:
        assert "forgotten" in str(differences(sqlite_database.url))
    finally:
        Base.metadata.remove(forgotten)


def test_migrations_go_down_and_up_again(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    command.downgrade(config_for(empty_database_url), "base")
    assert tables(empty_database_url) == set()
    upgrade(empty_database_url)
    assert differences(empty_database_url) == []
