"""The blueprint of the API's views: flask-smorest's, which a body of a hundred thousand brackets does not break."""

from __future__ import annotations

from typing import Any

import flask_smorest
from flask import Request
from marshmallow import Schema
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest


class _BodyParser(FlaskParser):
    """Reads arguments from requests."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body as JSON. Python's reader gives up on deep nesting with an error that is the sender's fault, not ours."""
        try:
            return super().load_json(req, schema)
        except RecursionError:
            raise BadRequest("The body is nested too deeply.") from None


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """Views of the API."""

    ARGUMENTS_PARSER = _BodyParser()
