"""What the shape of the code must be, as functions that name every place where it is not; `tests/unit/test_architecture.py` holds them.

Each takes sources, so that a test can also show it finding what it is there for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("catalogue", "matching", "seed", "web", "tests")
MOST_LINES = 400
MOST_VIEW_LINES = 25

_QUERYING_FUNCTIONS = frozenset({"select", "insert", "update", "delete"})
_QUERYING_METHODS = frozenset({"execute", "scalars", "scalar", "scalar_one", "scalar_one_or_none"})
_SESSIONS = frozenset({"session", "reading", "writing"})
_SESSION_METHODS = frozenset({"query", "get", "get_one", "add", "add_all", "merge", "commit", "flush"})
_ROUTES = frozenset({"route", "get", "post", "put", "patch", "delete"})
_MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|Users|work|root|mnt|opt)/[\w.-]+")


def code_files(*packages: str) -> Iterator[Path]:
    """The Python files that people write, of these packages or of all."""
    for package in packages or PACKAGES:
        yield from sorted(path for path in (ROOT / package).rglob("*.py") if "versions" not in path.parts)


def view_files() -> Iterator[Path]:
    """The files with routes, and all of the API."""
    for path in code_files("web"):
        if path.parent.name == "api" or any(_views(path.read_text(encoding="utf-8"))):
            yield path


def too_long(sizes: Iterable[tuple[str, int]]) -> list[str]:
    """The files, as (name, lines), that nobody reads in one sitting."""
    return [f"{name} has {lines} lines" for name, lines in sizes if lines > MOST_LINES]


def queries(source: str) -> list[str]:
    """Where `source` asks or changes the database itself instead of calling a read or write function."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in _QUERYING_FUNCTIONS:
            found.append(f"line {node.lineno}: {node.func.id}(")
        if isinstance(node.func, ast.Attribute):
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            if node.func.attr in _QUERYING_METHODS or (owner in _SESSIONS and node.func.attr in _SESSION_METHODS):
                found.append(f"line {node.lineno}: .{node.func.attr}(")
    return found


def long_views(source: str) -> list[str]:
    """The route functions of `source` that do more than parse, call and render; decorators and docstring do not count."""
    found = []
    for view in _views(source):
        body = view.body[1:] if ast.get_docstring(view) is not None else view.body
        lines = (view.end_lineno or view.lineno) - body[0].lineno + 1 if body else 0
        if lines > MOST_VIEW_LINES:
            found.append(f"{view.name} has {lines} lines")
    return found


def machine_paths(text: str) -> list[str]:
    """Folders of one machine that `text` names."""
    return _MACHINE_PATH.findall(text)


def documented_settings(markdown: str) -> set[str]:
    """The names in the first column of the table."""
    return set(re.findall(r"^\| `([A-Z_]+)` \|", markdown, re.MULTILINE))


def _views(source: str) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and any(map(_is_route, node.decorator_list)):
            yield node


def _is_route(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.func.attr in _ROUTES
