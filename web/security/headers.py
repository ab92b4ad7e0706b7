"""Security headers on every answer, errors and files included."""

from __future__ import annotations

from typing import TypeVar

from flask import Flask, Response, request, session
from werkzeug.wrappers import Response as AnyResponse

Answer = TypeVar("Answer", bound=AnyResponse)

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ONE_YEAR_SECONDS = 31_536_000


def init_app(app: Flask) -> None:
    """Adds the headers to all answers of `app`."""

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR_SECONDS}; includeSubDomains"
        if request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "public, max-age=3600")
        elif session or request.path.startswith("/api/"):  # a visitor of whom we know nothing gets nothing personal
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


def unlisted(response: Answer) -> Answer:
    """An answer that no cache keeps and no search engine lists."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
