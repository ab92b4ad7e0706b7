"""Errors of the API as problem documents, with the reasons by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response
from marshmallow import Schema, fields
from werkzeug.exceptions import UnprocessableEntity

from web.errors import problem
from web.languages import _


class ProblemSchema(Schema):
    """What an answer says that is none (RFC 9457)."""

    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.Dict(keys=fields.String(), metadata={"description": "What is wrong, by field."})


def register_problems(app: Flask) -> None:
    """Answers input that does not fit the schemas."""
    app.register_error_handler(UnprocessableEntity, _unprocessable)


def _unprocessable(error: UnprocessableEntity) -> Response:
    data: dict[str, Any] = getattr(error, "data", {})
    messages = data.get("messages", {})
    errors = {name: value for place in messages.values() for name, value in place.items()} if isinstance(messages, dict) else {}
    return problem(422, _("De vraag klopt niet"), _("Kijk bij 'errors' wat er per veld mis is."), errors)


def invalid(field: str, wrong: str | Mapping[str, Any]) -> UnprocessableEntity:
    """The error to raise when a value has the right shape but names nothing we know, or holds mistakes by their place in it."""
    error = UnprocessableEntity()
    error.data = {"messages": {"json": {field: [wrong] if isinstance(wrong, str) else wrong}}}  # type: ignore[attr-defined]
    return error
