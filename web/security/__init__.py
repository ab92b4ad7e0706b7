"""Sessions, headers, form tokens and who may reach what."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect

from web.security import headers, wellknown
from web.security.sessions import StoredSessions

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Protects every answer and every form of `app`."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # a form may stay open as long as its session lives
    app.session_interface = StoredSessions()
    csrf.init_app(app)
    headers.init_app(app)
    app.register_blueprint(wellknown.bp)
