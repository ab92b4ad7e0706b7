"""What the part of the API takes and gives that works for one organisation."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from catalogue.vocabulary import Status

MOST_AT_ONCE = 200
"""Modules in one request: the texts of those without skills are read while the program waits."""

_ENTRY = "Fields as in a line of JSON Lines: see docs/import.md. `editions` is a list."


class OwnQuery(Schema):
    """Which of one's modules."""

    status = fields.List(fields.Enum(Status, by_value=True), load_default=list)
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=10_000))
    per_page = fields.Integer(load_default=100, validate=validate.Range(min=1, max=MOST_AT_ONCE))


class OwnModule(Schema):
    """A module as PUT takes it, with where it stands."""

    uid = fields.String()
    slug = fields.String()
    status = fields.Enum(Status, by_value=True)
    updated_at = fields.AwareDateTime()
    fields_of_it = fields.Dict(data_key="module", metadata={"description": _ENTRY})


class OwnPage(Schema):
    """A page of one's modules."""

    total = fields.Integer()
    page = fields.Integer()
    per_page = fields.Integer()
    items = fields.List(fields.Nested(OwnModule))


class PutBody(Schema):
    """Modules to add or change, by `external_id`. What a module does not name stays as it is; `editions` are always all of them."""

    modules = fields.List(
        fields.Dict(keys=fields.String()),
        required=True,
        validate=validate.Length(min=1, max=MOST_AT_ONCE),
        metadata={"description": _ENTRY},
    )
    publish = fields.Boolean(load_default=False, metadata={"description": "Also put them online; asks the scope publish"})
    dry_run = fields.Boolean(load_default=False, metadata={"description": "Only say what would change"})


class PutAnswer(Schema):
    """How many modules were added, changed or the same; `waiting`: kept for a person to publish, since they are online."""

    added = fields.Integer()
    changed = fields.Integer()
    waiting = fields.Integer()
    unchanged = fields.Integer()
    dry_run = fields.Boolean()


class StatusBody(Schema):
    """Where a module has to stand."""

    status = fields.Enum(Status, by_value=True, required=True)
