"""A document in the shape of JSON-LD, written as Turtle: only as much of both as our own descriptions use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def turtle(document: Mapping[str, Any]) -> str:
    """The Turtle of a document with `@context`, which holds prefixes alone, and `@graph`.

    A value is a text, a number, a node, a reference (`@id` alone), a literal (`@value` with `@language` or `@type`), or a list of those.
    A node with an id inside another one is written after it.
    """
    lines = [f"@prefix {name}: <{address}> .\n" for name, address in document["@context"].items()]
    waiting, written = list(document["@graph"]), set()
    while waiting:
        node = waiting.pop(0)
        if node["@id"] not in written:
            written.add(node["@id"])
            lines.append(f"\n<{_address(node['@id'])}> {_inside(node, waiting)} .\n")
    return "".join(lines)


def _inside(node: Mapping[str, Any], waiting: list[Any]) -> str:
    return " ;\n    ".join(f"{name} {', '.join(_values(value, waiting))}" for name, value in _statements(node))


def _statements(node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in node.items():
        if name == "@type":
            yield "a", {"@name": value}
        elif name != "@id":
            yield name, value


def _values(value: object, waiting: list[Any]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        yield _value(one, waiting)


def _value(one: object, waiting: list[Any]) -> str:
    match one:
        case {"@name": name}:
            return str(name)
        case {"@value": text, "@language": language}:
            return f"{_literal(text)}@{language}"
        case {"@value": text, "@type": kind}:
            return f"{_literal(text)}^^{kind}"
        case {"@id": address, **rest}:
            waiting += [one] if rest else []
            return f"<{_address(address)}>"
        case dict():
            return f"[ {_inside(one, waiting)} ]"
        case _:
            return _literal(one)


def _literal(text: object) -> str:
    return f'"{str(text).translate(_ESCAPES)}"'


def _address(address: str) -> str:
    """An address without the characters that would end it."""
    return _NOT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)
