"""The skills passport: what somebody can do, with the evidence, to take along and to share."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    from web.passport import evidence_views, file_views  # noqa: F401 - they add their routes
    from web.passport.views import bp  # not above: signing in moves a passport along, and these views need who is signed in

    app.register_blueprint(bp)
