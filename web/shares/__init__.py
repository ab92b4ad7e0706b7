"""Sharing by a link that ends: a list, matches or a path, read only, for somebody without an account."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    from web.shares.views import bp  # not above: signing in moves shares along, and these views need who is signed in

    app.register_blueprint(bp)
