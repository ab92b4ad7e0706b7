"""What the page of an organisation's feeds takes."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from catalogue.exchange.feeds import USUAL_HOURS, FeedKind
from catalogue.outbound.troubles import OutboundFailed
from web.fields import KEYS, clean
from web.hub.feed_words import OFTEN, often, trouble_text
from web.languages import _, lazy_gettext
from web.wiring import services

KIND_WORDS = {
    FeedKind.CSV: lazy_gettext("Bestand: CSV"),
    FeedKind.XLSX: lazy_gettext("Bestand: Excel"),
    FeedKind.JSONL: lazy_gettext("Bestand: JSON Lines"),
    FeedKind.OOAPI_V5: lazy_gettext("Dienst: Open Onderwijs API, versie 5"),
    FeedKind.OEAPI_V6: lazy_gettext("Dienst: Open Education API, versie 6"),
    FeedKind.PAGES: lazy_gettext("Webpagina's met schema.org"),
}
MOST_MODULES = 1_000_000


class DetailsForm(FlaskForm):  # type: ignore[misc]
    """Where a feed is fetched, and how: of a new one, or of one that is there."""

    url = StringField(lazy_gettext("Webadres"), filters=[clean])
    kind = RadioField(
        lazy_gettext("Wat staat daar?"),
        choices=[SelectChoice(one, KIND_WORDS[one]) for one in FeedKind],
        coerce=FeedKind,
        default=FeedKind.CSV,
    )
    every_hours = SelectField(
        lazy_gettext("Hoe vaak halen wij het op?"), choices=[SelectChoice(*one) for one in OFTEN.items()], coerce=int, default=USUAL_HOURS
    )
    is_publishing = BooleanField(lazy_gettext("Zet de modules meteen online"))

    @property
    def others(self) -> dict[str, Any]:
        """How often it is fetched, and whether its modules go online, by the names of `catalogue.exchange.feeds.add_feed`."""
        return {"every_hours": self.every_hours.data, "is_publishing": self.is_publishing.data}

    def allow(self, hours: int) -> None:
        """Lets a feed stay as often as it is: a command can choose any number of hours."""
        if hours not in OFTEN:
            self.every_hours.choices = [SelectChoice(hours, often(hours)), *self.every_hours.choices]

    def validate_url(self, field: StringField) -> None:
        """An address that may be asked."""
        if not field.data:
            raise ValidationError(_("Vul het webadres in."))
        try:
            services().outbound.check(field.data)
        except OutboundFailed as failed:
            raise ValidationError(trouble_text(failed.trouble, failed.value)) from None


class FeedForm(FlaskForm):  # type: ignore[misc]
    """A feed, by its number; and how many of its modules may be gone."""

    feed = IntegerField(validators=[InputRequired(), KEYS])
    accepted_gone = IntegerField(validators=[Optional(), NumberRange(0, MOST_MODULES)])
