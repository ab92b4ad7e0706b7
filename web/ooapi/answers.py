"""Pages, filters and expanded references, as the Open Onderwijs API writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from flask import Response, request

from catalogue.exchange.ooapi.lists import Asked, ordered
from catalogue.exchange.ooapi.own import Document


def with_etag(response: Response) -> Response:
    """Answers 304 to who has this very answer already."""
    if response.status_code == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def page(documents: Sequence[Document], total: int, asked: Asked) -> Document:
    """One page of a list of `total`."""
    return {
        "pageSize": asked.size,
        "pageNumber": asked.number,
        "hasPreviousPage": asked.number > 1,
        "hasNextPage": asked.first + asked.size < total,
        "totalPages": ceil(total / asked.size),
        "items": documents,
    }


def short_list(documents: Iterable[Document], asked: Asked, key: str, *filters: str) -> Document:
    """A page of a list that is small enough to make whole first: filtered, sorted and cut here.

    Args:
        documents: all of the list.
        asked: the page; of its choices those named in `filters` count. A document without the attribute does not fit.
        key: the attribute with the id, by which equal ones are sorted.
    """
    found = [one for one in documents if _fits(one, asked, filters)]
    keyed = [{name: _sortable(one, name) for name in (key, *(name for name, _down in asked.sort))} | {"": one} for one in found]
    in_order = [line[""] for line in ordered(keyed, asked.sort, key)]
    return page(in_order[asked.first : asked.first + asked.size], len(found), asked)


def nothing(asked: Asked) -> Document:
    """A list of what this catalogue does not have."""
    return page([], 0, asked)


def expanded(document: Document, wanted: Iterable[str], whole: Mapping[str, Callable[[], Any]]) -> Document:
    """The document with what the wanted references refer to; those that it does not have stay away.

    Version 5 puts it in the place of the id, version 6 beside it, under the name without Id: `course` beside `courseId`.
    """
    return document | {name: whole[name]() for name in wanted if name in whole and any(document.get(one) for one in _references(name))}


def _references(name: str) -> tuple[str, ...]:
    singular = {"children": "child"}.get(name, name.removesuffix("s"))
    return name, f"{name}Id", f"{singular}Ids"


def _fits(document: Document, asked: Asked, filters: Iterable[str]) -> bool:
    if asked.text and asked.text.casefold() not in _words(document):
        return False
    if asked.primary_code and document["primaryCode"]["code"] != asked.primary_code:
        return False
    return all(_has(document, name, asked.choices[name]) for name in filters if name in asked.choices)


def _has(document: Document, name: str, value: str) -> bool:
    """An attribute with this value, or a list of several among which it is."""
    return document.get(name) == value or value in document.get(f"{name}s", ())


def _words(document: Document) -> str:
    texts = [one["value"] for name in ("name", "description") for one in document.get(name, ())]
    return "\n".join((*texts, document.get("abbreviation", ""), document.get("shortName", ""))).casefold()


def _sortable(document: Document, name: str) -> str:
    value = document[name]
    return value[0]["value"].casefold() if isinstance(value, list) else str(value)
