"""One query to the index, and to the database when the index is away."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.models import Module, Organisation
from catalogue.search.documents import published_documents
from catalogue.search.meaning import ModuleMeanings
from catalogue.search.memory import MemoryEngine
from catalogue.search.port import Query, Result, SearchEngine, SearchUnavailable
from catalogue.search.units import query_units
from catalogue.vocabulary import Status

MOST_CANDIDATES = 1000
"""So many modules are looked at without an index: it keeps a site of any size on its feet, at the price of completeness."""


def search_modules(database: Database, engine: SearchEngine, meanings: ModuleMeanings, query: Query) -> tuple[Result, bool]:
    """Answers `query`; True with it when the index was away, and the answer comes from a plain search in the database."""
    try:
        return engine.search(replace(query, alike=meanings.alike(query.text))), False
    except SearchUnavailable:
        with database.reading() as session:
            return _plain_search(session, query), True


def _plain_search(session: Session, query: Query) -> Result:
    """Modules whose title, description or provider holds every word; filters, facets and order as ever, but no relevance.

    Words are taken as written, so without stems, compounds, synonyms and corrections.
    """
    candidates = select(Module.id).join(Module.organisation).where(Module.status == Status.PUBLISHED)
    for unit in query_units(query.text):
        for word in unit.words if unit.is_required else ():
            places = (Module.title, Module.description, Organisation.name)
            candidates = candidates.where(or_(*(column.icontains(word, autoescape=True) for column in places)))
    if query.among is not None:
        candidates = candidates.where(Module.id.in_(query.among))
    module_ids = session.scalars(candidates.order_by(Module.id).limit(MOST_CANDIDATES)).all()
    engine = MemoryEngine()
    engine.rebuild(published_documents(session, module_ids))
    return engine.search(replace(query, text=""))
