"""Joining: a school or company asks to offer modules here, and an administrator lets it in or says why not."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    from web.joining import answering_views, views  # not above: `web.accounts`, which these views need, is not there yet

    for blueprint in (views.bp, answering_views.bp):
        app.register_blueprint(blueprint)
