"""What the pages about making a module together take."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from catalogue.models import Organisation
from web.languages import _, lazy_gettext


class AskForm(FlaskForm):  # type: ignore[misc]
    """Which organisation to ask: those of the same hubs stand first."""

    organisation = SelectField(lazy_gettext("Met welke organisatie?"))

    def __init__(self, organisations: Sequence[Organisation], hub_ids: Collection[int], **options: object) -> None:
        super().__init__(**options)
        near = [one for one in organisations if any(hub.id in hub_ids for hub in one.hubs)]
        far = [one for one in organisations if one not in near]
        self.organisation.choices = [
            SelectChoice("", _("Kies een organisatie")),
            *(SelectChoice(one.slug, one.name, optgroup=_("Uit uw hubs")) for one in near),
            *(SelectChoice(one.slug, one.name, optgroup=_("Andere organisaties")) for one in far),
        ]

    def validate_organisation(self, field: SelectField) -> None:
        """The first line is no answer."""
        if not field.data:
            raise ValidationError(_("Kies een organisatie."))
