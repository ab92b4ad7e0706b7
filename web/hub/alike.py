"""Modules online that say nearly the same as one in the editor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.models import Module
from catalogue.modules import modules_by_id
from catalogue.publishing.copies import are_family, families
from catalogue.publishing.duplicates import likeness, text_of
from catalogue.search.port import Query, SearchUnavailable
from web.wiring import services

LEAST = 0.6
"""Lower than for a list of all pairs: who writes can look for themselves."""

LOOKED_AT, MOST_SHOWN = 20, 3


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A module that says nearly the same."""

    slug: str
    title: str
    language: str
    provider: str


def alike_lines(session: Session, module: Module) -> list[AlikeLine]:
    """Those most alike, of what the search finds for the module's name; none while the search is not there.

    What comes from the same module is no news: it was taken over.
    """
    query = Query(today=services().today(), text=module.title, per_page=LOOKED_AT, facets=())
    try:
        ids = [hit.module_id for hit in services().search.search(query).hits]
    except SearchUnavailable:
        return []
    kin = families(session)
    others = [other for key, other in modules_by_id(session, ids).items() if not are_family(kin, key, module.id)]
    scored = sorted(((likeness(text_of(module), text_of(other)), other.id, other) for other in others), reverse=True)
    return [
        AlikeLine(other.slug, other.title, other.language, other.organisation.name)
        for score, _key, other in scored[:MOST_SHOWN]
        if score >= LEAST
    ]
