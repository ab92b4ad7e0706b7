"""The JSON API, `/api/v1`: the same search and match as the pages, for programs."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask
from flask_smorest import Api

from web.api import demands, docs, explore, match, modules, own_modules, path, taxonomy
from web.api.problems import ProblemSchema, register_problems
from web.security import csrf

PREFIX = "/api/v1"


class _Api(Api):  # type: ignore[misc]
    """Leaves errors to `web.errors`: flask-smorest would answer those of pages with JSON too."""

    def _register_responses(self) -> None:
        """Describes every error as the problem document that it is."""
        described = {status.name: status.phrase for status in HTTPStatus} | {"DEFAULT_ERROR": "Any other error"}
        for name, words in described.items():
            problem = {"description": words, "content": {"application/problem+json": {"schema": ProblemSchema}}}
            self.spec.components.response(name, problem, lazy=True)

    def _register_error_handlers(self) -> None:
        pass


def init_app(app: Flask) -> None:
    """Adds the API to `app`. It reads no session and needs no form token."""
    app.config.update(
        API_TITLE="Leerwijzer",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": "Search modular courses, match them to a person, plan a path of them, and read the skills taxonomy and what "
                "companies want their people to learn."
            },
            "servers": [{"url": "/"}],
        },
        JSON_SORT_KEYS=False,
    )
    api = _Api(app)
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    for part in (modules, taxonomy, match, explore, path, own_modules, demands):
        csrf.exempt(part.bp)
        api.register_blueprint(part.bp, url_prefix=PREFIX)
    app.register_blueprint(docs.bp, url_prefix=PREFIX)
    register_problems(app)
