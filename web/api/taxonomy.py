"""Skills and occupations: look-up, completion, and recognition in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import RAISE

from catalogue.models import Occupation, Skill
from catalogue.search.completing import KINDS
from catalogue.skills.finder import Found
from catalogue.skills.reads import occupations_by_id, skills_by_id
from web.api.blueprint import Blueprint
from web.api.presenters import concept
from web.api.schemas import LabelItems, LabelQuery, RecogniseBody, RecognisedItems, SuggestItems, SuggestQuery
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
@bp.arguments(SuggestQuery, location="query", unknown=RAISE)
@bp.response(200, SuggestItems)
def suggest(asked: dict[str, Any]) -> dict[str, Any]:
    """Completes what somebody types: modules, skills, occupations, places and providers, best first."""
    found = services().names.complete(asked["q"], asked["kind"] or KINDS, asked["limit"])
    return {"items": [{"id": one.key, "uri": one.uri, "label": one.label, "score": one.score, "kind": one.kind} for one in found]}


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


def _labelled(found: Sequence[Found], known: Mapping[int, Skill] | Mapping[int, Occupation]) -> list[dict[str, Any]]:
    return [concept(known[one.id]) | {"score": one.score} for one in found if one.id in known]
