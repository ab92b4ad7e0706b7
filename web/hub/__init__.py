"""The side of those who publish modules."""

from __future__ import annotations

from flask import Flask

from web.accounts.models import RoleName
from web.hub import (
    adopting,
    central_views,
    double_views,
    editor,
    exchange,
    feed_views,
    figures_views,
    joint_views,
    people_views,
    removing_views,
    runs,
    series,
    token_views,
    upload_views,
    views,
    workflow,
)
from web.security.access import guard

__all__ = ["exchange", "removing_views", "runs", "series", "workflow"]  # they add routes to those of `editor`, one to `upload_views`
_BLUEPRINTS = (
    *(views.bp, editor.bp, people_views.bp, upload_views.bp, feed_views.bp, figures_views.bp, token_views.bp),
    *(joint_views.bp, adopting.bp, double_views.bp, central_views.bp),
)
for _blueprint in _BLUEPRINTS:
    guard(_blueprint, RoleName.HUB)


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
