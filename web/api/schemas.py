"""The shapes of the API's input and output; unknown fields are errors, so that a typing mistake is never silence."""

from __future__ import annotations

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from catalogue.moments import Moment
from catalogue.search.completing import KINDS
from catalogue.search.port import MAX_PER_PAGE, Sort
from catalogue.vocabulary import AssessmentForm, Credential, Format, Kind, Level
from matching.core.weights import CHANGEABLE, MOST_EMPHASIS

MOST_PAGES = 10_000
MOST_TEXT_CHARS = 20_000
MOST_SKILLS = 500


class Strict(Schema):
    """Refuses fields that it does not know."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE
        ordered = True


def _codes(vocabulary: type[Level | Kind | Credential | Format | Moment], description: str) -> fields.List[str]:
    allowed = [code.value for code in vocabulary]
    return fields.List(fields.String(validate=validate.OneOf(allowed)), load_default=list, metadata={"description": description})


def _texts(description: str) -> fields.List[str]:
    return fields.List(fields.String(validate=validate.Length(max=160)), load_default=list, metadata={"description": description})


def _amount(description: str) -> fields.Float:
    return fields.Float(
        load_default=None, allow_none=True, validate=validate.Range(min=0, max=10_000_000), metadata={"description": description}
    )


class ModulesQuery(Strict):
    """What `GET /modules` takes."""

    q = fields.String(load_default="", metadata={"description": "Words, in Dutch or English"})
    level = _codes(Level, "Education level; repeat for more than one")
    theme = _texts("Theme: slug or name")
    place = _texts("Place: slug or name")
    provider = _texts("Provider: slug or name")
    language = _texts("Language of the lessons, ISO 639-1")
    format = _codes(Format, "Where one learns")
    moment = _codes(Moment, "When one is free; an edition that asks for more than that does not fit")
    kind = _codes(Kind, "Form of the module")
    credential = _codes(Credential, "Proof afterwards")
    max_price_eur = _amount("At most this price, in euro")
    max_hours = _amount("At most this study load, in hours")
    start_before = fields.Date(load_default=None, metadata={"description": "Can start on or before this day"})
    near = fields.String(load_default="", validate=validate.Length(max=80), metadata={"description": "Four-digit postcode, or a place"})
    radius_km = fields.Float(load_default=None, validate=validate.Range(min=0, max=1000), metadata={"description": "At most this far"})
    sort = fields.Enum(Sort, by_value=True, load_default=Sort.RELEVANCE)
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=MOST_PAGES))
    per_page = fields.Integer(load_default=20, validate=validate.Range(min=1, max=MAX_PER_PAGE))


class LabelQuery(Strict):
    """What the look-ups take."""

    q = fields.String(load_default="", validate=validate.Length(max=200))
    limit = fields.Integer(load_default=10, validate=validate.Range(min=1, max=50))


class RecogniseBody(Strict):
    """What `POST /skills/recognise` takes."""

    text = fields.String(required=True, validate=validate.Length(max=MOST_TEXT_CHARS))
    limit = fields.Integer(load_default=10, validate=validate.Range(min=1, max=50))


class SkillAtLevel(Strict):
    """A skill, by id or URI, at a level."""

    skill = fields.String(required=True)
    level = fields.Integer(load_default=3, validate=validate.Range(min=0, max=4))


class GoalBody(Strict):
    """Exactly one way to say what one wants."""

    occupation = fields.String()
    skills = fields.List(fields.Nested(SkillAtLevel), validate=validate.Length(min=1, max=MOST_SKILLS))
    theme = fields.String(metadata={"description": "Slug of a theme"})
    text = fields.String(validate=validate.Length(min=1, max=MOST_TEXT_CHARS))

    @validates_schema
    def one_goal(self, data: dict[str, object], **_: object) -> None:
        """Refuses none, and more than one."""
        if len(data) != 1:
            raise ValidationError("Give exactly one of occupation, skills, theme or text.")


class ConstraintsBody(Strict):
    """What a module has to fit; leave out what does not matter."""

    budget_eur = _amount("At most this price, in euro")
    hours_per_week = fields.Float(load_default=None, allow_none=True, validate=validate.Range(min=0.5, max=80))
    near = fields.String(load_default="", allow_none=True, validate=validate.Length(max=80))
    max_km = fields.Float(load_default=None, allow_none=True, validate=validate.Range(min=0, max=1000))
    languages = _texts("Languages of the lessons, the best one first")
    formats = _codes(Format, "Where one learns")
    moments = _codes(Moment, "Parts of the week that are free; what one learns in one's own time always fits")
    levels = _codes(Level, "Education levels")
    start_after = fields.Date(load_default=None, allow_none=True)
    finish_by = fields.Date(load_default=None, allow_none=True)


def _factor() -> fields.Float:
    return fields.Float(validate=validate.Range(min=0, max=MOST_EMPHASIS))


EmphasisBody = Strict.from_dict({component.value: _factor() for component in sorted(CHANGEABLE)}, name="EmphasisBody")


class MatchBody(Strict):
    """What `POST /match` takes."""

    current_occupation = fields.String(load_default=None, allow_none=True)
    have = fields.List(fields.Nested(SkillAtLevel), load_default=list, validate=validate.Length(max=MOST_SKILLS))
    goal = fields.Nested(GoalBody, required=True)
    constraints = fields.Nested(ConstraintsBody, load_default=lambda: ConstraintsBody().load({}))
    emphasis = fields.Nested(
        EmphasisBody,
        load_default=dict,
        metadata={"description": f"How many times its usual weight a part of the score counts, from 0 to {MOST_EMPHASIS:g}"},
    )
    what_if = fields.Boolean(
        load_default=False, metadata={"description": "Also what one small change of one constraint would bring; takes about twice as long"}
    )
    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=100))


class SkillReference(Schema):
    """A skill in an answer."""

    id = fields.String()
    uri = fields.String(allow_none=True)
    label = fields.String()


class LabelItem(SkillReference):
    """A found skill or occupation."""

    score = fields.Float()


class SuggestQuery(LabelQuery):
    """What to complete, and which kinds of things; all kinds when none is named."""

    kind = fields.List(fields.String(validate=validate.OneOf(KINDS)), load_default=list)


class LabelItems(Schema):
    """Found skills or occupations, best first."""

    items = fields.List(fields.Nested(LabelItem))


class SuggestItem(LabelItem):
    """Something that may be meant; `id` is the slug of a place or a provider."""

    kind = fields.String(metadata={"enum": list(KINDS)})


class SuggestItems(Schema):
    """What one may mean, best first."""

    items = fields.List(fields.Nested(SuggestItem))


class RecognisedItem(LabelItem):
    """A skill found in a text, with where it stands."""

    level = fields.Integer()
    evidence = fields.List(fields.Integer(), metadata={"description": "First and last position in the text"})


class RecognisedItems(Schema):
    """Skills found in a text, surest first."""

    items = fields.List(fields.Nested(RecognisedItem))


class ModuleItem(Schema):
    """A module in a list, with the edition that fits best."""

    id = fields.String()
    slug = fields.String()
    title = fields.String()
    provider = fields.String()
    provider_slug = fields.String()
    level = fields.String()
    theme = fields.String(allow_none=True)
    kind = fields.String()
    credential = fields.String()
    language = fields.String()
    price_eur = fields.Float(allow_none=True)
    hours = fields.Float(allow_none=True)
    next_start = fields.Date(allow_none=True)
    start_type = fields.String(allow_none=True)
    place = fields.String(allow_none=True)
    format = fields.String(allow_none=True)
    moment = fields.String(allow_none=True, metadata={"description": "When one learns: parts of the week, with + between"})
    distance_km = fields.Float(allow_none=True)
    is_example = fields.Boolean()
    score = fields.Float(allow_none=True)
    url = fields.String()


class FacetItem(Schema):
    """A value of a facet and how many modules have it."""

    value = fields.String()
    label = fields.String()
    count = fields.Integer()


class ReadWish(Schema):
    """A wish that words of `q` express, and that was taken for a filter."""

    name = fields.String(metadata={"description": "place, near, moment or max_price_eur"})
    value = fields.Raw()
    without = fields.String(metadata={"description": "`q` without these words"})


class RelaxationItem(Schema):
    """Where nothing fits: what one wish less would give."""

    without = fields.String(metadata={"description": "The name of a parameter, 'text', or 'filters' for all filters"})
    total = fields.Integer()


class ModulesPage(Schema):
    """A page of found modules."""

    total = fields.Integer()
    page = fields.Integer()
    per_page = fields.Integer()
    did_you_mean = fields.String(allow_none=True)
    took_ms = fields.Float()
    is_degraded = fields.Boolean(metadata={"description": "The index is away and the database answered; order and spelling suffer"})
    items = fields.List(fields.Nested(ModuleItem))
    elsewhere = fields.List(
        fields.Nested(ModuleItem), metadata={"description": "Where the wishes in `q` leave few: the best that miss one of them"}
    )
    facets = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(FacetItem)))
    read = fields.List(fields.Nested(ReadWish))
    relaxations = fields.List(fields.Nested(RelaxationItem))


class TaughtSkill(Schema):
    """A skill of a module."""

    skill = fields.Nested(SkillReference)
    level = fields.Integer()
    is_recognised = fields.Boolean()


class EditionItem(Schema):
    """One run of a module."""

    id = fields.String()
    start = fields.String(metadata={"description": "A date, 'direct', 'agreed', 'every N weeks [from DATE]' or 'when N enrolled'"})
    start_type = fields.String()
    next_start = fields.Date(allow_none=True)
    weeks = fields.Integer(allow_none=True)
    place = fields.String(allow_none=True)
    format = fields.String()
    day_parts = fields.List(fields.String())
    price_eur = fields.Float(allow_none=True)
    capacity = fields.Integer(allow_none=True)
    minimum_group = fields.Integer(allow_none=True)


class ModuleWhole(ModuleItem):
    """Everything of one module."""

    description = fields.String()
    audience = fields.String()
    entry_text = fields.String()
    assessment = fields.String()
    assessment_form = fields.String(validate=validate.OneOf([code.value for code in AssessmentForm]))
    is_supervised = fields.Boolean(allow_none=True)
    is_identity_checked = fields.Boolean(allow_none=True)
    is_stackable = fields.Boolean(allow_none=True)
    quality_mark = fields.String()
    quality_url = fields.String()
    outcomes = fields.List(fields.String())
    nlqf = fields.String()
    eqf = fields.Integer(allow_none=True)
    load_unit = fields.String()
    hub = fields.String(allow_none=True)
    teaches = fields.List(fields.Nested(TaughtSkill))
    requires = fields.List(fields.Nested(TaughtSkill))
    editions = fields.List(fields.Nested(EditionItem))
