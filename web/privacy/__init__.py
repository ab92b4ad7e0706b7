"""Yours: what we keep of somebody and how long, all of it to take along, and all of it gone on request.

One inventory (`inventory.py`) says it once; the privacy page, the download and the deletion are made from it.
"""

from __future__ import annotations

from flask import Flask

from web.privacy import views


def init_app(app: Flask) -> None:
    """Adds the routes."""
    app.register_blueprint(views.bp)
