"""The application factory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from web import (
    accounts,
    addresses,
    advisor,
    api,
    browse,
    cli,
    counting,
    dcat,
    demands,
    errors,
    following,
    health,
    hub,
    joining,
    learner,
    lists,
    logs,
    maintenance,
    ooapi,
    passport,
    presentation,
    privacy,
    radar,
    second_step,
    security,
    shares,
    site,
)
from web.fields import LARGEST_KEY
from web.settings import Settings
from web.wiring import install, wire

MAX_BODY_BYTES = 2 * 1024 * 1024
MAX_FORM_PARTS = 500


class NumberConverter(IntegerConverter):
    """A number in an address; one that is too large leads nowhere."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_KEY)


def create_app(settings: Settings, *, now: Callable[[], datetime] | None = None) -> Flask:
    """Makes the web application.

    Args:
        settings: where data, database and index are.
        now: the clock; tests pass their own.
    """
    logs.configure_logs(settings.log_level, settings.log_format)
    app = Flask("web", static_url_path="/static")
    app.config.update(
        SECRET_KEY=settings.resolved_secret_key(),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        SESSION_COOKIE_SECURE=settings.secure_cookies,
    )
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 4)  # type: ignore[method-assign]
    app.url_map.converters["int"] = NumberConverter
    install(app, wire(settings, now))
    for part in (
        *(
            logs,
            counting,
            security,
            presentation,
            accounts,
            second_step,
            errors,
            browse,
            privacy,
            following,
            learner,
            lists,
            passport,
            shares,
        ),
        *(hub, joining, demands, radar, advisor, api, ooapi, site, maintenance, cli),
    ):
        part.init_app(app)
    for blueprint in (health.bp, addresses.bp, dcat.bp):
        app.register_blueprint(blueprint)
    return app
