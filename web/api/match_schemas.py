"""The shapes of what `POST /match` answers."""

from __future__ import annotations

from marshmallow import Schema, fields

from web.api.schemas import ModuleItem, SkillReference


class NearMissItem(Schema):
    """What lies nearest outside the constraints, and which of them are in its way."""

    module = fields.String()
    wishes = fields.List(fields.String())
    distance_km = fields.Float(allow_none=True)
    price_eur = fields.Float(allow_none=True)


class AssumedItem(Schema):
    """What the learner may hold though nobody said so; it counts for level times certainty."""

    level = fields.Integer()
    certainty = fields.Float(metadata={"description": "Chance that it is so, between 0 and 1"})
    source = fields.String(metadata={"enum": ["occupation", "similar"]})
    similar_to = fields.Nested(SkillReference, allow_none=True, metadata={"description": "The held skill that this one resembles"})


class GapItem(Schema):
    """One skill of the gap."""

    skill = fields.Nested(SkillReference)
    held = fields.Integer(metadata={"description": "Level held for certain"})
    assumed = fields.Nested(
        AssumedItem, allow_none=True, metadata={"description": "What the occupation or a near skill suggests; null for nothing"}
    )
    is_unknown = fields.Boolean(metadata={"description": "An everyday skill of which nothing was said: `held` 0 does not mean no"})
    goal = fields.Integer()
    importance = fields.Float()
    modules = fields.Integer(metadata={"description": "Modules within the constraints that close part of it"})
    near_miss = fields.Nested(NearMissItem, allow_none=True)


class ClosesItem(Schema):
    """A step that a module brings; `from` and `to` are levels."""

    skill = fields.Nested(SkillReference)
    start_level = fields.Integer(data_key="from")
    end_level = fields.Integer(data_key="to")


class MissingItem(Schema):
    """What is missing at entry, and a module that teaches it."""

    skill = fields.Nested(SkillReference)
    held = fields.Integer()
    asked = fields.Integer()
    module = fields.String(allow_none=True)


class QuestionItem(Schema):
    """An everyday skill that is asked at entry and of which nothing was said."""

    skill = fields.Nested(SkillReference)
    asked = fields.Integer()


class EntryItem(Schema):
    """Whether one can begin; `questions` count neither as held nor as missing."""

    met = fields.Boolean()
    missing = fields.List(fields.Nested(MissingItem))
    questions = fields.List(fields.Nested(QuestionItem))


class ReasonItem(Schema):
    """One part of a score."""

    code = fields.String()
    value = fields.Float()
    weight = fields.Float()
    contribution = fields.Float()
    text = fields.String()


class MatchItem(Schema):
    """A module that fits, and why."""

    module = fields.Nested(ModuleItem)
    score = fields.Float()
    closes = fields.List(fields.Nested(ClosesItem))
    already_known = fields.List(fields.Nested(SkillReference))
    net_hours = fields.Float(allow_none=True)
    hours_per_week = fields.Float(allow_none=True)
    start = fields.Date(allow_none=True)
    end = fields.Date(allow_none=True)
    entry = fields.Nested(EntryItem)
    reasons = fields.List(fields.Nested(ReasonItem))


class WhatIfItem(Schema):
    """A module that would be among the first twenty if one constraint were just so much wider; null where another one is in the way."""

    module = fields.Nested(ModuleItem)
    constraint = fields.String()
    price_eur = fields.Float(allow_none=True)
    distance_km = fields.Float(allow_none=True)
    day = fields.Date(allow_none=True)
    text = fields.String()


class MatchAnswer(Schema):
    """Matches with the gap that they are measured against."""

    gap = fields.List(fields.Nested(GapItem))
    took_ms = fields.Float()
    total = fields.Integer()
    too_little_known = fields.Boolean(metadata={"description": "Fewer than three known skills: scores say little"})
    excluded = fields.Dict(keys=fields.String(), values=fields.Integer())
    unclosed = fields.List(fields.Nested(SkillReference))
    items = fields.List(fields.Nested(MatchItem))
    what_if = fields.List(fields.Nested(WhatIfItem), metadata={"description": "Only where it was asked for"})
