"""The seed catalogue in an instance folder: loaded, indexed, and made into vectors once for as long as the code stays the same."""

from __future__ import annotations

import fcntl
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from flask import Flask

from tests.accounts import command, parts_of

ROOT = Path(__file__).parents[1]
MAKES_IT = ("catalogue", "matching", "requirements", "seed", "web")
KINDS = frozenset({".py", ".toml", ".tsv", ".txt"})
"""Pages, styles and translations come into no database: to change one costs no new seed."""


def _digest() -> str:
    """Of all that the instance is made of: our code, our data, and the packages we ask for."""
    own = [Path(__file__), ROOT / "tests" / "conftest.py"]
    files = [path for name in MAKES_IT for path in (ROOT / name).rglob("*") if path.suffix in KINDS]
    digest = sha256(sys.version.encode())
    for path in sorted(own + files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


DIGEST = _digest()
"""Taken while our code is imported: who edits it later in the run still tests what was imported."""


def copy_seeded(store: Path, folder: Path, app_in: Callable[[Path], Flask]) -> Path:
    """Copies the seeded instance out of `store` to `folder`, and makes it first where this code has none there yet.

    One process at a time does so, which is also why another may throw away what older code left.
    """
    with (store / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = store / DIGEST
        if not kept.is_dir():
            for old in store.glob("*/"):
                shutil.rmtree(old)
            unfinished = store / "unfinished"
            _make(app_in(unfinished))
            if _digest() != DIGEST:  # edited meanwhile: good for this run, and whose code it was nobody can tell
                return Path(shutil.copytree(unfinished, folder, symlinks=True))
            unfinished.rename(kept)
        return Path(shutil.copytree(kept, folder, symlinks=True))


def _make(app: Flask) -> None:
    for arguments in (("db", "upgrade"), ("seed", "load"), ("index", "rebuild")):
        command(app, *arguments)
    parts = parts_of(app)
    parts.skills.prepare()
    parts.database.close()
