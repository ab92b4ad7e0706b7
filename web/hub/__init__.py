"""The side of those who publish modules."""

from __future__ import annotations

from flask import Flask

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
    runs,
    series,
    token_views,
    upload_views,
    views,
    workflow,
)

__all__ = ["exchange", "runs", "series", "workflow"]  # they add routes to those of `editor`


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    for pages in (
        *(views, editor, people_views, upload_views, feed_views, figures_views, token_views),
        *(joint_views, adopting, double_views, central_views),
    ):
        app.register_blueprint(pages.bp)
