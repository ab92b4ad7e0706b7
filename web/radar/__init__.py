"""The radar: what people look for in vain, what is offered, and what others expect. For everyone."""

from __future__ import annotations

from flask import Flask

from web.radar import views


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    app.register_blueprint(views.bp)
