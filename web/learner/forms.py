"""The shape of each question's answer."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import request
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from catalogue.moments import Moment
from catalogue.vocabulary import SKILL_LEVELS
from matching.core.weights import CHANGEABLE
from web import words
from web.fields import Amount, Day, PlaceName, Whole, at_most, between, clean, lines
from web.languages import _, lazy_gettext
from web.learner.profile import FACTORS

MAX_NAME_CHARS = 120
MAX_STORY_CHARS = 20_000
MAX_GOAL_CHARS = 1_000
NONE_OF_THESE = "geen"
SEARCH, ONWARD, PICKED = "zoek", "verder", "kies"
"""What a button of a question does, in its field `actie`: look for what was typed, go on, or take the suggestion just picked."""

LEVEL_FIELD = "niveau-"
EMPHASIS_FIELD = "belang-"
LEARNING_LANGUAGES = ("nl", "en", "pl")
OWN_TIME = {str(Moment.OWN_TIME): lazy_gettext("op zelf gekozen tijden")}


def is_uid(text: str) -> bool:
    """Whether a text has the form of a public id."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


class OccupationForm(FlaskForm):  # type: ignore[misc]
    """An occupation: typed, and then chosen from what was found."""

    q = StringField(lazy_gettext("Naam van het beroep"), [at_most(MAX_NAME_CHARS)], filters=[clean])
    choice = RadioField(choices=[], validate_choice=False, filters=[clean])
    actie = StringField(filters=[clean])

    searched = ""
    """What was typed before, and what the list on the page was found with; the view sets it."""

    @property
    def is_chosen(self) -> bool:
        """Whether the choice is the answer, and no other text was typed meanwhile; a suggestion that was picked was typed just now."""
        is_same = self.q.data in ("", self.searched or self.q.data)
        return bool(self.choice.data) and (is_same or self.actie.data == PICKED)

    def validate_q(self, field: StringField) -> None:
        """Something must be typed or chosen."""
        if not field.data and not self.choice.data:
            raise ValidationError(_("Schrijf een beroep, of sla deze vraag over."))

    def validate_choice(self, field: RadioField) -> None:
        """Only what was offered can be chosen, and who goes on from a list chooses something of it."""
        is_left_open = self.actie.data == ONWARD and self.q.data == self.searched and not field.data
        if is_left_open or (field.data and field.data != NONE_OF_THESE and not is_uid(field.data)):
            raise ValidationError(_("Kies een beroep uit de lijst."))


class LevelsForm(FlaskForm):  # type: ignore[misc]
    """Levels for any number of skills: a field `niveau-UID` for each."""

    @property
    def levels(self) -> dict[str, int]:
        """Level by public id; fields that make no sense are passed over, since no person can fill them in so."""
        given = ((name.removeprefix(LEVEL_FIELD), value) for name, value in request.form.items() if name.startswith(LEVEL_FIELD))
        known = {str(level) for level in SKILL_LEVELS}
        return {uid: int(value) for uid, value in given if value in known and is_uid(uid)}


class SkillForm(LevelsForm):
    """A skill to look for, beside the levels of those found before."""

    q = StringField(lazy_gettext("Naam van de vaardigheid"), [at_most(MAX_NAME_CHARS)], filters=[clean])


class StoryForm(LevelsForm):
    """A text about somebody's work."""

    text = TextAreaField(lazy_gettext("Uw tekst"), [at_most(MAX_STORY_CHARS)])
    choice = RadioField(choices=[], validate_choice=False, filters=[clean])
    """One of the occupations that the text names."""


class GoalKindForm(FlaskForm):  # type: ignore[misc]
    """What sort of goal it is."""

    kind = RadioField(
        lazy_gettext("Wat wilt u?"),
        [InputRequired(lazy_gettext("Kies wat u wilt."))],
        choices=[SelectChoice(kind) for kind in ("occupation", "skills", "theme", "text", "explore")],
    )


class GoalThemeForm(FlaskForm):  # type: ignore[misc]
    """A theme as a goal."""

    theme = RadioField(lazy_gettext("Welk thema trekt u?"), [InputRequired(lazy_gettext("Kies een thema, of sla deze vraag over."))])


class GoalTextForm(FlaskForm):  # type: ignore[misc]
    """A goal in own words."""

    text = TextAreaField(
        lazy_gettext("Wat wilt u leren of kunnen?"),
        [InputRequired(lazy_gettext("Schrijf wat u wilt leren, of sla deze vraag over.")), at_most(MAX_GOAL_CHARS)],
        filters=[lines],
    )


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """From where distances count."""

    near = PlaceName(lazy_gettext("Uw postcode of plaats"))


class ConstraintsForm(FlaskForm):  # type: ignore[misc]
    """What a module has to fit. Everything may stay empty."""

    budget_eur = Amount(lazy_gettext("Hoeveel mag een module kosten?"), [Optional(), between(0, 100_000)])
    hours_per_week = Amount(lazy_gettext("Hoeveel uur per week hebt u?"), [Optional(), between(1, 80)], example=8)
    near = PlaceName(lazy_gettext("Uw postcode of plaats"))
    max_km = Whole(lazy_gettext("Hoeveel kilometer wilt u hoogstens reizen?"), [Optional(), between(1, 500)])
    languages = SelectMultipleField(lazy_gettext("In welke taal wilt u les?"))
    formats = SelectMultipleField(
        lazy_gettext("Waar wilt u leren?"), choices=[SelectChoice(str(code), word) for code, word in words.FORMATS.items()]
    )
    moments = SelectMultipleField(
        lazy_gettext("Wanneer kunt u leren?"), choices=[SelectChoice(code, word) for code, word in (words.MOMENTS | OWN_TIME).items()]
    )
    start_after = Day(lazy_gettext("Vanaf wanneer kunt u beginnen?"), [Optional()])
    finish_by = Day(lazy_gettext("Wanneer wilt u klaar zijn?"), [Optional()])

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.languages.choices = [SelectChoice(code, words.language_name(code)) for code in LEARNING_LANGUAGES]

    def validate_near(self, field: PlaceName) -> None:
        """A distance needs a place."""
        if not field.data and self.max_km.data and not self.max_km.errors:
            raise ValidationError(_("Schrijf ook een postcode of plaats."))

    def validate_finish_by(self, field: Day) -> None:
        """The end comes after the start."""
        begin: date | None = self.start_after.data
        if begin and field.data and field.data <= begin:
            raise ValidationError(_("Deze dag moet na het begin komen."))

    @property
    def values(self) -> dict[str, Any]:
        """The wishes as the answers keep them."""
        return {
            "budget_eur": None if self.budget_eur.data is None else float(self.budget_eur.data),
            "hours_per_week": None if self.hours_per_week.data is None else float(self.hours_per_week.data),
            "near": self.near.data,
            "max_km": self.max_km.data,
            "languages": tuple(self.languages.data),
            "formats": tuple(self.formats.data),
            "moments": tuple(self.moments.data),
            "start_after": self.start_after.data,
            "finish_by": self.finish_by.data,
        }


class EmphasisForm(FlaskForm):  # type: ignore[misc]
    """How much each part of the score counts."""

    @property
    def emphasis(self) -> dict[str, str]:
        """What counts little or much, by component; fields that make no sense are passed over."""
        given = ((name.removeprefix(EMPHASIS_FIELD), value) for name, value in request.form.items() if name.startswith(EMPHASIS_FIELD))
        return {code: amount for code, amount in given if code in CHANGEABLE and amount in FACTORS and amount != "normal"}
