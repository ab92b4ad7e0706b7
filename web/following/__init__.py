"""Following a search or a profile: feeds for programs, and a weekly mail with what is new."""

from __future__ import annotations

from flask import Flask

from web.following import feeds, views
from web.security import csrf


def init_app(app: Flask) -> None:
    """Adds the routes."""
    for blueprint in (feeds.bp, views.bp):
        app.register_blueprint(blueprint)
    csrf.exempt(views.stop)  # its address holds a secret of its own, and mail programs have no form of ours
