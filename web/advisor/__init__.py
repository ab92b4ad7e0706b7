"""The side of those who advise learners: their dossiers, and what a client sees of them. See docs/advisors.md."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    from web.advisor import client_views, dossier_views  # not above: views need `web.security`, which needs the model in this package

    app.register_blueprint(dossier_views.bp)
    app.register_blueprint(client_views.bp)
