"""The learner's side: a profile in five questions, and the modules that fit it."""

from __future__ import annotations

from flask import Flask

from web.learner.views import bp


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    app.register_blueprint(bp)
