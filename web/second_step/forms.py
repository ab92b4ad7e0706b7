"""What the pages of the second step take."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from web.accounts.forms import WithProof
from web.fields import clean
from web.languages import _, lazy_gettext

MOST_CHARS = 40


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code, typed by hand or filled in by the browser."""

    code = StringField(
        lazy_gettext("Uw code"),
        [
            InputRequired(lazy_gettext("Vul de code uit uw app in.")),
            Length(max=MOST_CHARS, message=lazy_gettext("Dit is te lang voor een code.")),
        ],
        filters=[clean],
    )

    def say_wrong(self) -> None:
        """One answer for a wrong code and for one that was used."""
        self.code.errors = (_("Deze code klopt niet, of u gebruikte hem al. Wacht op de volgende code in uw app."),)


class SwitchOnForm(WithProof, CodeForm):
    """The first code, with proof that the owner of the account gives it."""
