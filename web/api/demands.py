"""`GET /demands`: what companies and hubs want their people to learn, and nothing has answered yet."""

from __future__ import annotations

from typing import Any

from flask import url_for
from marshmallow import RAISE, Schema, fields, validate

from catalogue.demands.reading import DemandFilter, demands_online
from catalogue.demands.status import ONLINE
from catalogue.models import Demand
from catalogue.vocabulary import DemandStatus
from web.api.blueprint import Blueprint
from web.api.presenters import concept
from web.api.schemas import MOST_PAGES, SkillReference, Strict
from web.wiring import services

MOST_PER_PAGE = 100
bp = Blueprint("api_demands", __name__, description="Learning demands of companies and hubs")


class DemandsQuery(Strict):
    """What `GET /demands` takes."""

    region = fields.String(load_default="", validate=validate.Length(max=80), metadata={"description": "Province"})
    theme = fields.String(load_default="", validate=validate.Length(max=160), metadata={"description": "Slug of a theme"})
    status = fields.String(
        load_default=None,
        validate=validate.OneOf([str(status) for status in DemandStatus if status in ONLINE]),
        metadata={"description": "Where it stands; without it, all that nothing has answered yet"},
    )
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=MOST_PAGES))
    per_page = fields.Integer(load_default=20, validate=validate.Range(min=1, max=MOST_PER_PAGE))


class DemandSkillItem(Schema):
    """A skill, with the level that people have now and the one that they need."""

    skill = fields.Nested(SkillReference)
    level_now = fields.Integer()
    level_wanted = fields.Integer()


class DemandItem(Schema):
    """One demand, with what everybody may read of it."""

    id = fields.String()
    title = fields.String()
    wish = fields.String()
    company = fields.String(metadata={"description": "Empty for who does not want to be named"})
    region = fields.String()
    theme = fields.String(allow_none=True)
    people = fields.Integer()
    needed_by = fields.Date(allow_none=True)
    budget_eur = fields.Float(allow_none=True, metadata={"description": "For each person"})
    online_ok = fields.Boolean()
    status = fields.String()
    is_example = fields.Boolean()
    skills = fields.List(fields.Nested(DemandSkillItem))
    url = fields.String()


class DemandsPage(Schema):
    """One page of demands."""

    total = fields.Integer()
    page = fields.Integer()
    per_page = fields.Integer()
    items = fields.List(fields.Nested(DemandItem))


@bp.get("/demands")
@bp.arguments(DemandsQuery, location="query", unknown=RAISE)
@bp.response(200, DemandsPage)
def demands(asked: dict[str, Any]) -> dict[str, Any]:
    """Lists learning demands, those that are needed first in front."""
    wanted = DemandFilter(asked["region"], asked["theme"], DemandStatus(asked["status"]) if asked["status"] else None)
    page, per_page = asked["page"], asked["per_page"]
    with services().database.reading() as session:
        found, total = demands_online(session, wanted, per_page, (page - 1) * per_page)
        return {"total": total, "page": page, "per_page": per_page, "items": [_item(demand) for demand in found]}


def _item(demand: Demand) -> dict[str, Any]:
    return {
        "id": demand.uid,
        "title": demand.title,
        "wish": demand.wish,
        "company": demand.shown_company,
        "region": demand.region,
        "theme": demand.theme.slug if demand.theme else None,
        "people": demand.people,
        "needed_by": demand.needed_by,
        "budget_eur": demand.budget_eur,
        "online_ok": demand.is_online_ok,
        "status": demand.status,
        "is_example": demand.is_example,
        "skills": [
            {"skill": concept(row.skill), "level_now": row.level_now, "level_wanted": row.level_wanted}
            for row in sorted(demand.skills, key=lambda row: row.skill_id)
        ],
        "url": url_for("demands.demand", uid=demand.uid, _external=True),
    }
