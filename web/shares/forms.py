"""What somebody chooses when sharing."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice

from web.languages import lazy_gettext, ngettext
from web.shares.sharing import LIFETIMES_DAYS, USUAL_LIFETIME_DAYS


class ShareForm(FlaskForm):  # type: ignore[misc]
    """How long the link works."""

    days = RadioField(lazy_gettext("Hoe lang mag de link werken?"), coerce=int, default=USUAL_LIFETIME_DAYS)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.days.choices = [SelectChoice(days, ngettext("%(num)s dag", "%(num)s dagen", days)) for days in LIFETIMES_DAYS]
