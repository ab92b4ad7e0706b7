"""A second step when signing in: a code from an app, for who wants it."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Adds the routes."""
    from web.second_step.views import bp  # not above: the inventory needs the tables here, and the views need the inventory's users

    app.register_blueprint(bp)
