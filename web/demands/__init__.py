"""Learning demands: what companies and hubs want their people to learn, and who answers it."""

from __future__ import annotations

from flask import Flask

from web.demands import asking_views, helping_views, views

__all__ = ["asking_views", "helping_views"]  # they add routes to those of `views`


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    app.register_blueprint(views.bp)
