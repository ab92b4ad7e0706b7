"""The colours of whoever runs the site: one stylesheet of their own after ours. docs/design.md says what to put in it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Flask

TOKENS = Path(__file__).parents[1] / "static" / "tokens.css"
_TOKEN = re.compile(r"^\s*(--lw-[\w-]+):\s*(.+);$", re.MULTILINE)
_DARK = "@media (prefers-color-scheme: dark)"


def init_app(app: Flask) -> None:
    """Tells templates whether there is a theme."""
    path = app.extensions["leerwijzer"].settings.theme_css
    app.jinja_env.globals["has_theme"] = path is not None


@cache
def tokens() -> tuple[tuple[str, str, str], ...]:
    """Every design token as it stands in the stylesheet: name, value by day, and value by night ("" where it is the same)."""
    day, _, night = TOKENS.read_text(encoding="utf-8").partition(_DARK)
    by_night = dict(_TOKEN.findall(night))
    return tuple((name, value, by_night.get(name, "")) for name, value in _TOKEN.findall(day))
