"""Pages for everyone: home, search, modules, providers, hubs, and what this site is."""

from __future__ import annotations

from flask import Flask

from web.browse.views import bp


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    app.register_blueprint(bp)
