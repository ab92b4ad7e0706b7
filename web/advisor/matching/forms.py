"""What the pages about the matching of a client take."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from catalogue.places import asked_place
from web.advisor.matching.deciding import REASONS, Step
from web.advisor.together.choices import MOST_REASON_CHARS
from web.fields import at_most, clean, lines
from web.languages import _, lazy_gettext
from web.learner.answers import Answers
from web.learner.forms import ConstraintsForm
from web.learner.scenario_form import FIELDS

OTHER = "other"
CLIENTS = {
    "hours_per_week": lazy_gettext("Hoeveel uur per week heeft uw klant?"),
    "near": lazy_gettext("Postcode of plaats van uw klant"),
    "max_km": lazy_gettext("Hoeveel kilometer wil uw klant hoogstens reizen?"),
    "languages": lazy_gettext("In welke taal mag de les zijn?"),
    "formats": lazy_gettext("Waar wil uw klant leren?"),
    "moments": lazy_gettext("Wanneer kan uw klant leren?"),
    "start_after": lazy_gettext("Vanaf wanneer kan uw klant beginnen?"),
    "finish_by": lazy_gettext("Wanneer wil uw klant klaar zijn?"),
}
"""The questions about wishes as one asks them about somebody else."""


class RejectForm(FlaskForm):  # type: ignore[misc]
    """Why a module does not fit."""

    reason = RadioField(
        lazy_gettext("Waarom past deze module niet?"),
        choices=[*(SelectChoice(code, word) for code, word in REASONS.items()), SelectChoice(OTHER, lazy_gettext("Iets anders"))],
        validate_choice=False,
    )
    text = TextAreaField(lazy_gettext("In uw eigen woorden"), [at_most(MOST_REASON_CHARS)], filters=[lines])

    def validate_reason(self, field: RadioField) -> None:
        """A usual reason, or words."""
        if field.data not in REASONS and not self.text.data:
            raise ValidationError(_("Kies een reden, of schrijf er een op."))

    @property
    def words(self) -> str:
        """The reason as it is kept."""
        usual = str(REASONS[self.reason.data]) if self.reason.data in REASONS else ""
        return ". ".join(part for part in (usual, self.text.data) if part)[:MOST_REASON_CHARS]


class DecideForm(FlaskForm):  # type: ignore[misc]
    """The small form beside each module: its buttons are steps, or a usual reason against it."""

    @property
    def module(self) -> str:
        """The public id of the module."""
        return clean(request.form.get("module")) or ""

    @property
    def step(self) -> Step | None:
        """What was pressed; None for what nobody could press."""
        if self.reason:
            return Step.REJECT
        found = request.form.get("stap", "")
        return Step(found) if found in set(Step) - {Step.REJECT} else None

    @property
    def reason(self) -> str | None:
        """A usual reason against the module, in words."""
        word = REASONS.get(request.form.get("reden", ""))
        return str(word) if word else None


def wishes_of(session: Session, answers: Answers) -> ConstraintsForm:
    """All wishes, filled in as they are, or as they were sent."""
    form = ConstraintsForm(data={name: getattr(answers, name) for name in FIELDS})
    form.near.asked = asked_place(session, form.near.data)
    for name, question in CLIENTS.items():
        form[name].label.text = question
    return form
