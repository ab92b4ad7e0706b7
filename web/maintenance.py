"""A closed door: while a file named `maintenance` stands in the instance folder, every page answers 503 with one fixed page.

It stands before everything else, so that it also works without a database. The page is a plain file in `static`, which a proxy can
show by itself when no Leerwijzer runs at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.wrappers import Response

from web.security.headers import HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OPEN_PATHS = ("/static/", "/thema.css", "/healthz", "/metrics")
RETRY_AFTER_SECONDS = 300
PAGE = Path(__file__).parent / "static" / "maintenance.html"


def sign(instance_dir: Path) -> Path:
    """The file whose presence closes the site."""
    return instance_dir / "maintenance"


def init_app(app: Flask) -> None:
    """Puts the door before `app`."""
    marker, inner = sign(app.extensions["leerwijzer"].settings.instance_dir), app.wsgi_app

    def door(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer: WSGIApplication = inner
        if not environ["PATH_INFO"].startswith(OPEN_PATHS) and marker.exists():
            answer = Response(PAGE.read_bytes(), 503, {**HEADERS, "Retry-After": str(RETRY_AFTER_SECONDS)}, mimetype="text/html")
        return answer(environ, start_response)

    app.wsgi_app = door  # type: ignore[method-assign]
