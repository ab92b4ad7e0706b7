"""Skills and occupations: look-up, completion, and recognition in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import RAISE

from catalogue.models import Occupation, Skill
from catalogue.modules import modules_by_id
from catalogue.search.finding import search_modules
from catalogue.search.port import Query
from catalogue.skills.finder import Found
from catalogue.skills.reads import occupations_by_id, skills_by_id
from web.api.blueprint import Blueprint
from web.api.presenters import concept
from web.api.schemas import LabelItems, LabelQuery, RecogniseBody, RecognisedItems, SuggestItems
from web.wiring import services

bp = Blueprint("api_taxonomy", __name__, description="Skills and occupations, in Dutch and English")


@bp.get("/skills")
@bp.arguments(LabelQuery, location="query", unknown=RAISE)
@bp.response(200, LabelItems)
def skills(asked: dict[str, Any]) -> dict[str, Any]:
    """Finds skills by name, also misspelt."""
    parts = services()
    found = parts.skills.find_skills(asked["q"], asked["limit"])
    with parts.database.reading() as session:
        return {"items": _labelled(found, skills_by_id(session, [one.id for one in found]))}


@bp.get("/occupations")
@bp.arguments(LabelQuery, location="query", unknown=RAISE)
@bp.response(200, LabelItems)
def occupations(asked: dict[str, Any]) -> dict[str, Any]:
    """Finds occupations by name, also misspelt."""
    parts = services()
    found = parts.skills.find_occupations(asked["q"], asked["limit"])
    with parts.database.reading() as session:
        return {"items": _labelled(found, occupations_by_id(session, [one.id for one in found]))}


@bp.get("/suggest")
@bp.arguments(LabelQuery, location="query", unknown=RAISE)
@bp.response(200, SuggestItems)
def suggest(asked: dict[str, Any]) -> dict[str, Any]:
    """Completes what somebody types: modules, skills and occupations, best first."""
    parts, text, limit = services(), asked["q"], asked["limit"]
    if not text.strip():
        return {"items": []}
    result, _ = search_modules(parts.database, parts.search, parts.meanings, Query(today=parts.today(), text=text, per_page=limit))
    found_skills, found_occupations = parts.skills.find_skills(text, limit), parts.skills.find_occupations(text, limit)
    with parts.database.reading() as session:
        modules = modules_by_id(session, [hit.module_id for hit in result.hits])
        titles: list[dict[str, Any]] = [
            {"id": modules[hit.module_id].uid, "uri": None, "label": modules[hit.module_id].title, "score": hit.score, "kind": "module"}
            for hit in result.hits
        ]
        labels = _labelled(found_skills, skills_by_id(session, [one.id for one in found_skills]), kind="skill")
        jobs = _labelled(found_occupations, occupations_by_id(session, [one.id for one in found_occupations]), kind="occupation")
    return {"items": _mixed((titles, labels, jobs), limit)}


@bp.post("/skills/recognise")
@bp.arguments(RecogniseBody)
@bp.response(200, RecognisedItems)
def recognise(asked: dict[str, Any]) -> dict[str, Any]:
    """Finds skills in a text, with level, score and the words that are the evidence."""
    parts = services()
    found = parts.skills.recognise(asked["text"], asked["limit"])
    with parts.database.reading() as session:
        known = skills_by_id(session, [one.skill_id for one in found])
        return {
            "items": [
                concept(known[one.skill_id]) | {"score": one.score, "level": one.level, "evidence": [one.start, one.end]}
                for one in found
                if one.skill_id in known
            ]
        }


def _labelled(found: Sequence[Found], known: Mapping[int, Skill] | Mapping[int, Occupation], **extra: str) -> list[dict[str, Any]]:
    return [concept(known[one.id]) | {"score": one.score} | extra for one in found if one.id in known]


def _mixed(kinds: Sequence[list[dict[str, Any]]], limit: int) -> list[dict[str, Any]]:
    """Best first, an equal share of the places for each kind: a module's score is relative and would push out the others."""
    share = max(1, limit // len(kinds))
    sure = _by_score(item for items in kinds for item in items[:share])
    others = _by_score(item for items in kinds for item in items[share:])
    return _by_score((sure + others)[:limit])


def _by_score(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: item["score"], reverse=True)
