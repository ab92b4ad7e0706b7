"""What the pages of the central team of a hub take."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from catalogue.publishing.checks import Check
from catalogue.publishing.values import ModuleValues
from catalogue.vocabulary import Credential, Kind, Level
from web import words
from web.fields import at_most, clean
from web.hub.forms import coded_choices, text_area
from web.hub.module_words import REQUIRED
from web.languages import _, lazy_gettext

APPROVED, SENT_BACK = "akkoord", "terug"


class RulesForm(FlaskForm):  # type: ignore[misc]
    """What holds for all modules of a hub."""

    is_approving = BooleanField(lazy_gettext("Een module gaat pas online als wij akkoord geven"))
    required = SelectMultipleField(
        lazy_gettext("Wat moet elke module hebben?"), choices=[SelectChoice(code.value, word) for code, word in REQUIRED.items()]
    )

    @property
    def checks(self) -> list[Check]:
        """What was ticked."""
        return [Check(code) for code in self.required.data]


class TemplateForm(FlaskForm):  # type: ignore[misc]
    """What a new module begins with; what is left empty is for the author."""

    name = StringField(
        lazy_gettext("Naam van het sjabloon"),
        [InputRequired(lazy_gettext("Schrijf hoe het sjabloon heet.")), at_most(120)],
        filters=[clean],
    )
    kind = SelectField(lazy_gettext("Soort"), choices=coded_choices(words.KINDS), default=Kind.MODULE)
    level = SelectField(lazy_gettext("Niveau"), choices=coded_choices(words.LEVELS), default=Level.NONE)
    credential = SelectField(lazy_gettext("Bewijs na afloop"), choices=coded_choices(words.CREDENTIALS), default=Credential.NONE)
    theme = SelectField(lazy_gettext("Thema"), coerce=int)
    description = text_area(lazy_gettext("Vaste tekst over de module"), 10_000)
    audience = text_area(lazy_gettext("Voor wie is de module?"))
    entry_text = text_area(lazy_gettext("Wat moet iemand kunnen of hebben?"))
    assessment = text_area(lazy_gettext("Hoe laat iemand zien wat hij kan?"))

    def __init__(self, themes: Sequence[tuple[int, str]], **options: object) -> None:
        super().__init__(**options)
        self.theme.choices = [SelectChoice(0, _("Nog niet bekend")), *(SelectChoice(key, name) for key, name in themes)]

    @property
    def values(self) -> ModuleValues:
        """What was filled in."""
        return ModuleValues(
            kind=Kind(self.kind.data),
            level=Level(self.level.data),
            credential=Credential(self.credential.data),
            theme_id=self.theme.data or None,
            description=self.description.data,
            audience=self.audience.data,
            entry_text=self.entry_text.data,
            assessment=self.assessment.data,
        )


class VerdictForm(FlaskForm):  # type: ignore[misc]
    """What the central team says of a module."""

    verdict = RadioField(lazy_gettext("Wat is uw antwoord?"), [InputRequired(lazy_gettext("Kies een antwoord."))])
    reason = text_area(lazy_gettext("Wat moet er anders?"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.verdict.choices = [
            SelectChoice(APPROVED, _("Akkoord: de module mag online")),
            SelectChoice(SENT_BACK, _("Terug: er moet iets anders")),
        ]

    def validate_reason(self, field: TextAreaField) -> None:
        """Who gets a module back has to know why."""
        if self.verdict.data == SENT_BACK and not field.data:
            raise ValidationError(_("Schrijf wat er anders moet. De maker leest dit."))
