"""Pages, filters and expanded references, as the Open Onderwijs API writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from catalogue.exchange.ooapi.lists import Asked, ordered

Document = dict[str, Any]


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
    """The document with the wanted references replaced by what they refer to; those that it does not have stay away."""
    return document | {name: whole[name]() for name in wanted if name in whole and document.get(name)}


def _fits(document: Document, asked: Asked, filters: Iterable[str]) -> bool:
    if asked.text and asked.text.casefold() not in _words(document):
        return False
    if asked.primary_code and document["primaryCode"]["code"] != asked.primary_code:
        return False
    if asked.language and document.get("teachingLanguage", asked.language) != asked.language:
        return False
    return all(document.get(name) == asked.choices[name] for name in filters if name in asked.choices)


def _words(document: Document) -> str:
    texts = [one["value"] for name in ("name", "description") for one in document.get(name, ())]
    return "\n".join((*texts, document.get("abbreviation", ""), document.get("shortName", ""))).casefold()


def _sortable(document: Document, name: str) -> str:
    value = document[name]
    return value[0]["value"].casefold() if isinstance(value, list) else str(value)
