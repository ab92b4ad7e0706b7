"""What the radar can be narrowed by: one GET form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from wtforms import Form, SelectField
from wtforms.fields import SelectChoice

from catalogue.counting.cells import week_of
from catalogue.counting.radar import Choice
from catalogue.models import Theme
from catalogue.vocabulary import Sector
from web.languages import _, language, lazy_gettext

WEEKS = {4: lazy_gettext("4 weken"), 12: lazy_gettext("12 weken"), 26: lazy_gettext("een half jaar"), 52: lazy_gettext("een jaar")}
USUAL_WEEKS = 12


class RadarForm(Form):  # type: ignore[misc]
    """A value that is not among the choices counts as none."""

    regio = SelectField(lazy_gettext("Provincie"), validate_choice=False, default="")
    thema = SelectField(lazy_gettext("Thema"), validate_choice=False, default="")
    niveau = SelectField(lazy_gettext("Niveau"), validate_choice=False, default="")
    weken = SelectField(
        lazy_gettext("Over hoe lang?"),
        validate_choice=False,
        coerce=int,
        default=USUAL_WEEKS,
        choices=[SelectChoice(*one) for one in WEEKS.items()],
    )

    def offer(self, regions: Sequence[str], themes: Sequence[Theme]) -> None:
        """Sets what there is to choose."""
        every = SelectChoice("", _("alle"))
        self.regio.choices = [every, *(SelectChoice(name, name) for name in regions)]
        self.thema.choices = [every, *(SelectChoice(theme.slug, theme.label(language())) for theme in themes)]
        self.niveau.choices = [every, *(SelectChoice(sector.value, sector.value) for sector in Sector)]

    def choice(self, regions: Sequence[str], themes: Sequence[Theme], today: date) -> Choice:
        """What was chosen."""
        weeks = self.weken.data if self.weken.data in WEEKS else USUAL_WEEKS
        last = week_of(today)
        return Choice(
            first=last - timedelta(weeks=weeks - 1),
            last=last,
            region=self.regio.data if self.regio.data in regions else "",
            theme_id=next((theme.id for theme in themes if theme.slug == self.thema.data), 0),
            sector=self.niveau.data if self.niveau.data in set(Sector) else "",
        )

    def parameters(self, choice: Choice) -> dict[str, str]:
        """The choice as an address has it."""
        chosen = {
            "regio": choice.region,
            "thema": self.thema.data if choice.theme_id else "",
            "niveau": choice.sector,
            "weken": str(self.weken.data) if self.weken.data in WEEKS and self.weken.data != USUAL_WEEKS else "",
        }
        return {name: value for name, value in chosen.items() if value}
