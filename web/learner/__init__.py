"""The learner's side: a profile in five questions, the modules that fit it, and what other wishes would give."""

from __future__ import annotations

from flask import Flask

from web.learner import result_views, views, what_if_views

__all__ = ["result_views"]  # it adds routes to those of `views`


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    app.register_blueprint(views.bp)
    app.register_blueprint(what_if_views.bp)
