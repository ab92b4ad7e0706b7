"""The shapes of what `POST /path` takes and answers."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from matching.core.path.field import Objective
from web.api.match_schemas import ClosesItem, QuestionItem
from web.api.schemas import EditionItem, MatchBody, ModuleItem, SkillReference, Strict


class PathBody(MatchBody):
    """What `POST /path` takes; `limit` and `emphasis` are for matches."""

    class Meta(Strict.Meta):
        """Marshmallow's options."""

        exclude = ("limit", "emphasis", "what_if")

    objective = fields.Enum(Objective, by_value=True, load_default=Objective.COST, metadata={"description": "What is to be least"})
    coverage = fields.Float(
        load_default=1.0, validate=validate.Range(min=0, max=1), metadata={"description": "Share of the gap to close; 1: all that can be"}
    )
    prefer_stacks = fields.Boolean(
        load_default=False, metadata={"description": "A path that earns a whole larger credential comes before any other"}
    )
    keep_to_goal = fields.Boolean(
        load_default=False, metadata={"description": "No module that is mostly about something else than the goal"}
    )


class ExemptionItem(Schema):
    """Something that a module teaches and that the learner has when it starts: a reason to ask for an exemption."""

    skill = fields.Nested(SkillReference)
    start_level = fields.Integer(data_key="from", metadata={"description": "What the module asks at entry, 0 for nothing"})
    end_level = fields.Integer(data_key="to", metadata={"description": "The level to be shown to an assessor"})
    taught_level = fields.Integer(metadata={"description": "How far the module brings it"})
    earlier_module = fields.String(allow_none=True, metadata={"description": "Module of this path that gives it; null where it is held"})


class StackReference(Schema):
    """A larger credential."""

    id = fields.String()
    title = fields.String()


class PathModuleItem(Schema):
    """A module of a path, with its dates."""

    module = fields.Nested(ModuleItem)
    edition = fields.Nested(EditionItem, allow_none=True)
    start = fields.Date()
    end = fields.Date(metadata={"description": "The day by which it has ended"})
    is_dated = fields.Boolean(metadata={"description": "The provider has set the date; else it is a proposal"})
    closes = fields.List(fields.Nested(ClosesItem), metadata={"description": "What it adds to the modules that end before it"})
    opens = fields.List(fields.Nested(SkillReference), metadata={"description": "What a later module asks at entry and gets here"})
    questions = fields.List(fields.Nested(QuestionItem))
    exemptions = fields.List(fields.Nested(ExemptionItem), metadata={"description": "What the learner has already of what it teaches"})
    is_beside = fields.Boolean(metadata={"description": "It closes part of the gap, and is mostly about something else"})
    hours_per_week = fields.Float(allow_none=True)


class LimitItem(Schema):
    """A constraint in the way, and by how much it would have to give way."""

    constraint = fields.String()
    amount = fields.Float(allow_none=True, metadata={"description": "By how much: euros, hours a week, days or km; null for a choice"})


class ReliefItem(LimitItem):
    """A constraint in the way, and what giving way in it would buy."""

    coverage = fields.Float(metadata={"description": "Share of the gap that can then be closed"})


class JointReliefItem(Schema):
    """Two constraints in the way, and what giving way in both would buy, where that is clearly more than either."""

    limits = fields.List(fields.Nested(LimitItem))
    coverage = fields.Float(metadata={"description": "Share of the gap that can then be closed"})


class PathAnswer(Schema):
    """The best path within the constraints."""

    modules = fields.List(fields.Nested(PathModuleItem))
    objective = fields.Enum(Objective, by_value=True)
    coverage = fields.Float(metadata={"description": "Share of the gap that is closed, by importance"})
    wanted = fields.Float()
    reached = fields.Boolean(metadata={"description": "Whether the wanted share is closed"})
    price_eur = fields.Float(metadata={"description": "Of the modules that state a price"})
    unpriced = fields.Integer(metadata={"description": "Modules that state none"})
    hours = fields.Float()
    finish = fields.Date(allow_none=True)
    travel_km = fields.Float(allow_none=True, metadata={"description": "There and back once a week; null without a place of one's own"})
    proven_optimal = fields.Boolean()
    at_least = fields.Float(
        metadata={"description": "No path that closes as much takes less: euros, hours, km or days, usual ones where not stated"}
    )
    unreachable = fields.List(fields.Nested(SkillReference))
    stacks = fields.List(fields.Nested(StackReference), metadata={"description": "Larger credentials of which all modules are in the path"})
    binding = fields.List(fields.Nested(ReliefItem))
    binding_together = fields.List(fields.Nested(JointReliefItem))
    took_ms = fields.Float()
