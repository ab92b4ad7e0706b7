"""What the page of an organisation's keys takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from web.accounts.api_token_model import Scope
from web.fields import KEYS, clean
from web.languages import _, lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

SCOPES: dict[Scope, LazyString] = {
    Scope.READ: lazy_gettext("Uw modules lezen, ook die nog niet online staan"),
    Scope.WRITE: lazy_gettext("Ook modules maken en wijzigen die niet online staan"),
    Scope.PUBLISH: lazy_gettext("Ook modules online zetten en er weer af halen"),
}
DAYS = (30, 90, 365)


class TokenForm(FlaskForm):  # type: ignore[misc]
    """A new key."""

    name = StringField(
        lazy_gettext("Waar is de sleutel voor?"),
        [InputRequired(lazy_gettext("Schrijf waar de sleutel voor is.")), Length(max=80)],
        filters=[clean],
    )
    scope = RadioField(
        lazy_gettext("Wat mag het programma?"), choices=[SelectChoice(*scope) for scope in SCOPES.items()], coerce=Scope, default=Scope.READ
    )
    days = SelectField(lazy_gettext("Hoe lang werkt de sleutel?"), coerce=int, default=90)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.days.choices = [SelectChoice(days, _("%(days)s dagen", days=days)) for days in DAYS]


class RevokeForm(FlaskForm):  # type: ignore[misc]
    """A key, by its number."""

    token = IntegerField(validators=[InputRequired(), KEYS])
