"""The skills passport: what somebody can do, with the evidence, to take along and to share."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    # Not above: signing in moves a passport along, and these views need who is signed in.
    from web.passport import evidence_views, file_views, views  # noqa: F401 - all add routes

    app.register_blueprint(views.bp)
