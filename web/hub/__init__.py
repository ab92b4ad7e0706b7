"""The side of those who publish modules."""

from __future__ import annotations

from flask import Flask

from web.hub import views, workflow


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    app.register_blueprint(views.bp)
    app.register_blueprint(workflow.bp)
