"""Pages about the site itself: how it ranks, help, contact, and what it looks like."""

from __future__ import annotations

from flask import Flask

from web.site import theme
from web.site.views import bp


def init_app(app: Flask) -> None:
    """Adds these pages to `app`, and the theme of whoever runs it."""
    app.register_blueprint(bp)
    theme.init_app(app)
