"""The side of those who publish modules."""

from __future__ import annotations

from flask import Flask

from web.hub import (
    adopting,
    central_views,
    double_views,
    exchange,
    feed_views,
    figures_views,
    joint_views,
    people_views,
    token_views,
    upload_views,
    views,
)


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    for pages in (
        *(views, exchange, people_views, upload_views, feed_views, figures_views, token_views),
        *(joint_views, adopting, double_views, central_views),
    ):
        app.register_blueprint(pages.bp)
