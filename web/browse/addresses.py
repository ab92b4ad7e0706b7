"""Addresses of lists: the same search with one thing changed, and the way from page to page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from werkzeug.datastructures import MultiDict

MAX_PAGE = 1_000
"""Nobody turns further than this, and databases take no number of any size."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where we are in a long list; addresses are None at its ends."""

    page: int
    pages: int
    previous: str | None
    next: str | None


def changed(parameters: MultiDict[str, str], **values: str | None) -> MultiDict[str, str]:
    """A copy with other values; None drops one."""
    copy = MultiDict(parameters)
    for name, value in values.items():
        copy.poplist(name)
        if value is not None:
            copy.add(name, value)
    return copy


def address(endpoint: str, parameters: MultiDict[str, str], **values: Any) -> str:
    """The address of a page with these parameters."""
    return url_for(endpoint, **{**parameters.to_dict(flat=False), **values})


def address_of(endpoint: str, parameters: MultiDict[str, str], **values: Any) -> str:
    """The same where there is no request, as in letters."""
    return current_app.url_map.bind("").build(endpoint, {**parameters.to_dict(flat=False), **values})


def asked_page(last: int = MAX_PAGE) -> int:
    """The page of a list that this request asks for: the first one for nonsense, and no further than `last`."""
    return min(max(request.args.get("page", 1, type=int), 1), last)


def paging(endpoint: str, parameters: MultiDict[str, str], page: int, pages: int, **values: Any) -> Paging:
    """The way to the pages before and after this one."""

    def at(number: int) -> str:
        return address(endpoint, changed(parameters, page=str(number) if number > 1 else None), **values)

    return Paging(page, pages, at(min(page - 1, max(pages, 1))) if page > 1 else None, at(page + 1) if page < pages else None)
