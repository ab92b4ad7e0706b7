"""Friendly answers to what goes wrong: pages for people, problem documents for programs."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from web.logs import log
from web.security.address import site_address

API_PREFIX = "/api/"
OOAPI, OOAPI_V5 = "/ooapi/", "/ooapi/v5"
"""Of the Open Onderwijs API, version 5 wants the status of a problem as a text, and version 6 wants its type."""
_TOLD = frozenset({"Allow", "WWW-Authenticate"})
"""What an error says in its head: which methods there are, and which key is asked."""
PAGES = frozenset({400, 403, 404, 405, 413, 429, 500, 503})


def init_app(app: Flask) -> None:
    """Answers every error of `app`."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Exception, _unexpected)


def problem(status: int | str, title: str, detail: str = "", errors: object = None, **more: object) -> Response:
    """An `application/problem+json` answer (RFC 9457), with `more` members as they are."""
    body: dict[str, object] = {"title": title, "status": status, "detail": detail, **more}
    if errors:
        body["errors"] = errors
    response = jsonify(body)
    response.status_code = int(status)
    response.content_type = "application/problem+json"
    return response


def over(blueprint: Blueprint, error: type[Exception], template: str) -> None:
    """Has the views of a blueprint answer `error` with a page that says that something is over."""
    blueprint.register_error_handler(error, lambda _error: (render_template(template), 410))


def _answer(error: HTTPException) -> Response | tuple[str, int]:
    status = error.code or 500
    if error.response is not None and status < 400:
        return error.get_response()  # type: ignore[return-value]
    if request.path.startswith(API_PREFIX):
        answer = problem(status, error.name, error.description or "")
        answer.headers.extend((name, value) for name, value in error.get_headers() if name in _TOLD)
        return answer
    if request.path.startswith(OOAPI):
        detail = error.description or ""
        if status == 404 and request.url_rule is None:
            detail = f"There is no such address. {site_address()}/ooapi tells which there are."
        is_5 = request.path.startswith(OOAPI_V5)
        return problem(str(status), error.name, detail) if is_5 else problem(status, error.name, detail, type="about:blank")
    page = status if status in PAGES else 500 if status >= 500 else 400
    return render_template("error.html", status=page), status


def _unexpected(error: Exception) -> Response | tuple[str, int]:
    log.error("unexpected", exc_info=error)
    return _answer(InternalServerError())
