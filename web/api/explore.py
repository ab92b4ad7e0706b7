"""`POST /explore`: for who has no goal yet, the occupations within reach and the modules that bring more of them there."""

from __future__ import annotations

import time
from typing import Any

from marshmallow import Schema, fields, validate

from catalogue.models import Occupation
from catalogue.modules import modules_by_id
from catalogue.skills.reads import occupations_by_id
from matching.exploring import NearOccupation
from web.api.blueprint import Blueprint
from web.api.presenters import concept, module_item
from web.api.queries import learner_profile
from web.api.schemas import MatchBody, ModuleItem, SkillReference, Strict
from web.learner.explore_cards import brings_text
from web.wiring import services

bp = Blueprint("api_explore", __name__, description="Find occupations and modules without a goal")


class ExploreBody(MatchBody):
    """What `POST /explore` takes: as `/match`, without a goal."""

    class Meta(Strict.Meta):
        """Marshmallow's options."""

        exclude = ("goal", "emphasis", "what_if")

    limit = fields.Integer(load_default=10, validate=validate.Range(min=1, max=100))


class NearItem(Schema):
    """An occupation, and the share of its essential skills that is or would be held."""

    occupation = fields.Nested(SkillReference)
    share = fields.Float()


class OpeningItem(Schema):
    """A module, and the occupations that it brings within reach."""

    module = fields.Nested(ModuleItem)
    brings = fields.List(fields.Nested(NearItem))
    text = fields.String()


class ExploreAnswer(Schema):
    """What lies open."""

    within = fields.List(fields.Nested(NearItem), metadata={"description": "At least 80 percent of the essential skills is held"})
    nearest = fields.List(fields.Nested(NearItem))
    total_within = fields.Integer()
    total = fields.Integer(metadata={"description": "Modules that bring an occupation within reach"})
    items = fields.List(fields.Nested(OpeningItem))
    took_ms = fields.Float()


@bp.post("/explore")
@bp.arguments(ExploreBody)
@bp.response(200, ExploreAnswer)
def explore(asked: dict[str, Any]) -> dict[str, Any]:
    """Explores for one person; nothing that is sent here is kept."""
    started, parts, today = time.perf_counter(), services(), services().today()
    with parts.database.reading() as session:
        found = parts.matcher.explore(learner_profile(session, asked | {"goal": {}}), today, asked["limit"])
        modules = modules_by_id(session, found.named_modules())
        known = occupations_by_id(session, found.named_occupations())
        items = [
            {
                "module": module_item(
                    modules[one.module_id], modules[one.module_id].edition(one.edition_id), today, distance_km=one.distance_km
                ),
                "brings": _near(one.brings, known),
                "text": brings_text(one, known),
            }
            for one in found.openings
            if one.module_id in modules
        ]
    near = {"within": _near(found.within, known), "nearest": _near(found.nearest, known)}
    totals = {"total": found.total, "total_within": found.total_within}
    return near | totals | {"items": items, "took_ms": round((time.perf_counter() - started) * 1000, 2)}


def _near(found: tuple[NearOccupation, ...], known: dict[int, Occupation]) -> list[dict[str, Any]]:
    return [{"occupation": concept(known[one.occupation_id]), "share": one.share} for one in found if one.occupation_id in known]
