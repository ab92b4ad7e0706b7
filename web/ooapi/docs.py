"""What the service offers, as a page: made from its own routes and lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template
from werkzeug.routing import Rule

from web.ooapi import v5_views, v6_views
from web.ooapi.dialects import V5, V6, Dialect
from web.ooapi.queries import PAGE_SIZES

bp = Blueprint("open_education", __name__)

_ONE_OF = re.compile(r"<any\((.*)\):below>")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the service: where it stands, what it follows, its addresses with what each answers, and its filters."""

    number: str
    address: str
    specification: str
    paths: list[tuple[str, str]]
    dialect: Dialect


@bp.get("/ooapi")
def docs() -> str:
    """What other systems can ask, in both versions."""
    versions = [
        Version("5", "/ooapi/v5", v5_views.SPECIFICATION, sorted(_paths("ooapi_v5.")), V5),
        Version("6", "/ooapi/v6", v6_views.SPECIFICATION, sorted(_paths("ooapi_v6.")), V6),
    ]
    return render_template("ooapi/docs.html", versions=versions, page_sizes=PAGE_SIZES)


def _paths(endpoints: str) -> Iterator[tuple[str, str]]:
    """Each address below `endpoints`, with the first sentence about it."""
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint.startswith(endpoints):
            said = (current_app.view_functions[rule.endpoint].__doc__ or "").partition("\n")[0]
            yield from ((path.replace("<uuid:uid>", "{id}"), said) for path in _written_out(rule))


def _written_out(rule: Rule) -> list[str]:
    """A rule that stands for several addresses as each of them."""
    found = _ONE_OF.search(rule.rule)
    if found is None:
        return [rule.rule]
    return [_ONE_OF.sub(name.strip(" '"), rule.rule) for name in found[1].split(",")]
