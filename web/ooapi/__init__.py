"""The catalogue as a service of the Open Onderwijs API, `/ooapi`: for other systems, to read only."""

from __future__ import annotations

from flask import Flask

from web.ooapi import views


def init_app(app: Flask) -> None:
    """Adds the service to `app`."""
    app.register_blueprint(views.bp, url_prefix="/ooapi/v5")
