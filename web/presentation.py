"""What every page shares: language, words in templates, and the language switch."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, has_request_context, redirect, request, url_for
from flask_babel import Babel
from flask_wtf.csrf import generate_csrf

from web import words
from web.languages import LANGUAGES, language

LANGUAGE_COOKIE = "taal"
LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600

bp = Blueprint("presentation", __name__)


def init_app(app: Flask) -> None:
    """Gives `app` its languages and templates their words."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "nl")
    Babel(app, locale_selector=_chosen_language)
    app.register_blueprint(bp)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        words=words, interface_languages=LANGUAGES, csrf_token=generate_csrf, has_endpoint=lambda name: name in app.view_functions
    )
    app.jinja_env.filters.update(
        capitalised=words.capitalised, day=words.day, price=words.price, hours=words.hours, number=words.number, distance=words.distance
    )

    @app.context_processor
    def about_this_page() -> dict[str, Any]:
        return {"page_language": language(), "this_address": _this_address()}

    @app.after_request
    def vary_by_language(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.vary.add("Cookie")
            response.content_language.add(language())
        return response


@bp.get("/taal/<code>")
def choose_language(code: str) -> Response:
    """Remembers the language of the interface and goes back to the page that `verder` names."""
    target = request.args.get("verder", "/")
    response = redirect(target if is_local(target) else url_for("browse.home"), 303)
    if code in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            code,
            max_age=LANGUAGE_COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=current_app.config.get("SESSION_COOKIE_SECURE", False),
        )
    return response  # type: ignore[return-value]


def is_local(target: str) -> bool:
    """Whether an address stays on this site: a path, and nothing that a browser reads as another host or a second header."""
    if not target.startswith("/") or target[1:2] in ("/", "\\") or any(ord(sign) < 32 for sign in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc


def _chosen_language() -> str:
    chosen = request.cookies.get(LANGUAGE_COOKIE, "") if has_request_context() else ""  # work in the background has no reader
    return chosen if chosen in LANGUAGES else "nl"


def _this_address() -> str:
    """Where the language switch returns to. After a failed POST that is the same path, asked anew."""
    query = request.query_string.decode("latin-1") if request.method == "GET" else ""
    return request.path + (f"?{query}" if query else "")
