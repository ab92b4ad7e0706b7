"""The catalogue as a service of the Open Onderwijs API, `/ooapi`: for other systems, to read only."""

from __future__ import annotations

from flask import Flask

from web.ooapi import docs, v5_views, v6_views


def init_app(app: Flask) -> None:
    """Adds the service in each version to `app`."""
    app.register_blueprint(docs.bp)
    app.register_blueprint(v5_views.bp, url_prefix="/ooapi/v5")
    app.register_blueprint(v6_views.bp, url_prefix="/ooapi/v6")
