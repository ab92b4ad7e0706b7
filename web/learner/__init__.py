"""The learner's side: a profile in five questions, the modules that fit it, and what other wishes would give."""

from __future__ import annotations

from flask import Flask

from web.learner import result_views, what_if_views


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    app.register_blueprint(result_views.bp)
    app.register_blueprint(what_if_views.bp)
