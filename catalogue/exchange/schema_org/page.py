"""The things that a web page says it is about, out of its JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from catalogue.exchange.jsonl_file import json_value

COURSES = frozenset({"Course", "EducationalOccupationalProgram"})
_MOST_DEEP = 20

Thing = dict[str, Any]


class _Scripts(HTMLParser):
    """Keeps the texts of the JSON-LD scripts of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
            self._is_inside = kind == "application/ld+json"
            self.texts += [""] if self._is_inside else []

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = self._is_inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts[-1] += data


def courses_on(content: bytes) -> list[Thing]:
    """The courses and programmes that a page is about, with what they refer to put in; none where it is about something else.

    Courses inside another one, as parts of a programme, are not taken for the subject of the page.

    Raises:
        BadCell: its JSON-LD is no JSON, nested too deeply, or the page is in no encoding that we know.
    """
    things: list[Thing] = []
    for text in _texts(content):
        if text.strip():
            things += _things(json_value(text.encode("utf-8", "surrogatepass")))
    known = {key: thing for thing in things if isinstance(key := thing.get("@id"), str) and len(thing) > 1}
    return [_resolved(thing, known, 0) for thing in things if not types_of(thing).isdisjoint(COURSES)]


def types_of(thing: Mapping[str, Any]) -> set[str]:
    """What a thing is, without the address of the vocabulary."""
    kinds = thing.get("@type")
    return {str(kind).rpartition("/")[2].removeprefix("schema:") for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _texts(content: bytes) -> list[str]:
    parser = _Scripts()
    try:
        parser.feed(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        parser.feed(content.decode("cp1252", "replace"))
    return parser.texts


def _things(found: object) -> Iterator[Thing]:
    """The things at the top of a document, of a list of documents, or of a graph; and what a page says that it is about."""
    if isinstance(found, list):
        for one in found:
            yield from _things(one)
    elif isinstance(found, dict):
        if "@graph" in found:
            yield from _things(found["@graph"])
        else:
            yield found
        if "WebPage" in types_of(found) or "ItemPage" in types_of(found):
            yield from _things(found.get("mainEntity"))


def _resolved(thing: object, known: Mapping[str, Thing], depth: int) -> Any:
    """A thing with the things in place of references to them; what refers to itself stays a reference."""
    if isinstance(thing, list):
        return [_resolved(one, known, depth) for one in thing]
    if not isinstance(thing, dict) or depth > _MOST_DEEP:
        return thing
    if thing.keys() == {"@id"} and isinstance(thing["@id"], str) and thing["@id"] in known:
        thing = known[thing["@id"]]
    return {name: _resolved(value, known, depth + 1) for name, value in thing.items()}
