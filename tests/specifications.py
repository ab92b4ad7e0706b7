"""The official specifications of the Open Onderwijs API, as checks of whole answers.

They stand beside the folder of the shared data and are never copied. Two rules are ours, since the schemas let both pass: a value of an
extensible list is on the list or begins with "x-", and an attribute is one that the schema names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import fastjsonschema

from tests.shared_data import SPECIFICATIONS

_ANSWER = ("responses", "200", "content", "application/json", "schema")
_EXTENSIBLE = "x-ooapi-extensible-enum"
_FORMATS = {"uuid": r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", "uri-reference": r"""^[^\s{}<>\\^`|"]*\Z"""}
"""The formats of theirs that the validator does not know, or lets braces into."""
_FREE = ("ext", "consumer")
"""Attributes whose content is not for the specification to say."""


class Specification:
    """One version, by the name of its file; `errors` of an answer are texts, none when it is as it should be."""

    def __init__(self, name: str) -> None:
        text = (SPECIFICATIONS / f"{name}.json").read_text(encoding="utf-8")
        self._whole: dict[str, Any] = json.loads(text, object_hook=_with_closed_lists)
        self._mend_pages()
        self._check = cache(self._compiled)

    @property
    def readable_paths(self) -> list[str]:
        """All paths that answer with JSON to GET, such as "/courses/{courseId}"."""
        return [path for path in self._whole["paths"] if self._schema(path)]

    def expandable(self, path: str) -> list[str]:
        """The references that one may ask to see whole in the answer of this path."""
        asked = [self._resolved(one) for one in self._whole["paths"][path]["get"].get("parameters", ())]
        return next((one["schema"]["items"]["enum"] for one in asked if one["name"] == "expand"), [])

    def errors(self, path: str, answer: Any) -> list[str]:
        """What is wrong with the answer of a path: the first thing that breaks the schema, and every attribute that it does not name."""
        found = [f"{where}: no attribute of the specification" for where in self._unknown(self._schema(path), answer)]
        try:
            self._check(path)(answer)
        except fastjsonschema.JsonSchemaValueException as error:
            found.append(str(error))
        return found

    def _compiled(self, path: str) -> Callable[[Any], Any]:
        whole = {"$schema": "http://json-schema.org/draft-07/schema#", **self._schema(path), "components": self._whole["components"]}
        return fastjsonschema.compile(whole, formats=_FORMATS)  # type: ignore[no-any-return]

    def _mend_pages(self) -> None:
        """Version 6 asks for one object where all other pages hold a list: the offerings of an academic session."""
        for path in self.readable_paths:
            for part in self._schema(path).get("allOf", ()):
                items = part.get("properties", {}).get("items", {})
                if "$ref" in items:
                    part["properties"]["items"] = {"type": "array", "items": items}

    def _schema(self, path: str) -> dict[str, Any]:
        found: Any = self._whole["paths"][path].get("get", {})
        for step in _ANSWER:
            found = self._resolved(found.get(step, {}))
        return found  # type: ignore[no-any-return]

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            found: Any = self._whole
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            schema = found
        return schema

    def _unknown(self, schema: dict[str, Any], value: Any, where: str = "answer") -> Iterator[str]:
        if isinstance(value, list):
            items = [part["items"] for part in self._parts(schema) if "items" in part]
            for one in value:
                yield from self._unknown({"allOf": items}, one, f"{where}[]")
        if isinstance(value, dict):
            known: dict[str, list[Any]] = {}
            for part in self._parts(schema):
                for name, what in part.get("properties", {}).items():
                    known.setdefault(name, []).append(what)
            for name, inner in value.items():
                if name not in known:
                    yield f"{where}.{name}"
                elif name not in _FREE:
                    yield from self._unknown({"allOf": known[name]}, inner, f"{where}.{name}")

    def _parts(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The schema and all that it is put together from."""
        schema = self._resolved(schema)
        yield schema
        for word in ("allOf", "oneOf", "anyOf"):
            for part in schema.get(word, ()):
                yield from self._parts(part)


@cache
def specification(name: str) -> Specification:
    """The official specification in this file, read once."""
    return Specification(name)


def _with_closed_lists(found: dict[str, Any]) -> dict[str, Any]:
    """Extensible lists as something that a validator knows."""
    if _EXTENSIBLE in found:
        found["anyOf"] = [{"enum": found[_EXTENSIBLE]}, {"pattern": "^x-"}]
    return found
