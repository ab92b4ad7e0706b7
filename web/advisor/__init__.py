"""The side of those who advise learners."""

from __future__ import annotations

from flask import Flask

from web.advisor.views import bp


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    app.register_blueprint(bp)
