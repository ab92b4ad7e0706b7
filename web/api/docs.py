"""The API's documentation page, made on the server from the same description that programs read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, render_template

bp = Blueprint("api_docs", __name__)

Described = Mapping[str, Any]


@bp.get("/docs")
def docs() -> str:
    """What the API offers, as a page."""
    description = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    paths = {
        path: {method: _operation(operation, description) for method, operation in methods.items() if isinstance(operation, dict)}
        for path, methods in description["paths"].items()
    }
    return render_template("api/docs.html", description=description | {"paths": paths}, schema_words=schema_words)


def schema_words(schema: Described) -> str:
    """A JSON schema in a few words, such as "array of string: mbo-1, mbo-2"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    kind = schema.get("type", "")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if schema.get("format"):
        words += f" ({schema['format']})"
    if kind == "array":
        words += f" of {schema_words(schema.get('items', {}))}"
    if schema.get("enum"):
        words += ": " + ", ".join(map(str, schema["enum"]))
    if schema.get("default") not in (None, [], ""):
        words += f", {schema['default']} when left out"
    return words


def _operation(operation: Described, description: Described) -> dict[str, Any]:
    """An operation with the fields of its body and answer looked up."""
    body = operation.get("requestBody", {})
    answer = operation.get("responses", {}).get("200", {})
    return dict(operation) | {"body": _fields(body, description), "answer": _fields(answer, description)}


def _fields(part: Described, description: Described) -> dict[str, Any] | None:
    schema = part.get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" not in schema:
        return None
    name = schema_words(schema)
    found = description["components"]["schemas"][name]
    return {"name": name, "description": found.get("description", ""), "fields": list(found.get("properties", {}).items())}
