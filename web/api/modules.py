"""`GET /modules`: search, and one whole module."""

from __future__ import annotations

import time
from typing import Any

from flask import abort, redirect, url_for
from marshmallow import RAISE
from werkzeug.wrappers import Response

from catalogue.modules import facet_labels, merged_module, modules_by_id, published_module
from web.api import presenters
from web.api.blueprint import Blueprint
from web.api.queries import search_query
from web.api.schemas import ModulesPage, ModulesQuery, ModuleWhole
from web.languages import language
from web.wiring import services

bp = Blueprint("api_modules", __name__, description="Search modules, and read one")


@bp.get("/modules")
@bp.arguments(ModulesQuery, location="query", unknown=RAISE)
@bp.response(200, ModulesPage)
def modules(asked: dict[str, Any]) -> dict[str, Any]:
    """Finds modules. A facet's counts ignore the filter on that facet itself."""
    started, parts = time.perf_counter(), services()
    with parts.database.reading() as session:
        names = facet_labels(session, language())
        query = search_query(session, asked, names, parts.today())
        answer = parts.module_search.answer(query)
        result = answer.result
        found = modules_by_id(session, answer.module_ids)
        items, elsewhere = (
            [presenters.hit_item(found[hit.module_id], hit, query.today) for hit in hits if hit.module_id in found]
            for hits in (result.hits, answer.elsewhere)
        )
    return {
        "total": result.total,
        "page": query.page,
        "per_page": query.per_page,
        "did_you_mean": answer.did_you_mean,
        "is_degraded": answer.is_degraded,
        "items": items,
        "elsewhere": elsewhere,
        "facets": presenters.facets(result, names),
        "read": [{"name": wish.name, "value": wish.value, "without": answer.read.without(wish)} for wish in answer.read.wishes],
        "relaxations": [{"without": one.name or "filters", "total": one.total} for one in answer.relaxations],
        "took_ms": round((time.perf_counter() - started) * 1000, 2),
    }


@bp.get("/modules/<string:reference>")
@bp.response(200, ModuleWhole)
@bp.alt_response(301, description="It was merged into the module at Location", success=True)
def module(reference: str) -> dict[str, Any] | Response:
    """One published module, by its id or slug. One that was merged into another is at the address of that one (301)."""
    parts = services()
    with parts.database.reading() as session:
        if found := published_module(session, reference):
            return presenters.whole_module(found, parts.today())
        onward = merged_module(session, reference) or abort(404)
        return redirect(url_for(".module", reference=onward.uid), 301)
