"""What a visitor keeps: modules with a note, side by side, in a calendar, on paper."""

from __future__ import annotations

from flask import Flask

from web.lists.keeping import own_list


def init_app(app: Flask) -> None:
    """Adds these pages to `app`, and what is kept to every page."""
    # Not above: signing in moves a list along, and these views need who is signed in.
    from web.lists import file_views, views  # noqa: F401 - both add routes

    app.register_blueprint(views.bp)
    app.jinja_env.globals["own_list"] = own_list
