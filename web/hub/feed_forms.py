"""What the page of an organisation's feeds takes."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from catalogue.exchange.feeds import FORMATS, USUAL_HOURS
from catalogue.exchange.table import FileFormat
from catalogue.outbound.troubles import OutboundFailed
from web.fields import clean
from web.hub.feed_words import OFTEN, trouble_text
from web.hub.people_forms import KEYS
from web.languages import _, lazy_gettext
from web.wiring import services

FORMAT_WORDS = {FileFormat.CSV: "CSV", FileFormat.XLSX: "Excel", FileFormat.JSONL: "JSON Lines"}
MOST_MODULES = 1_000_000


class AddFeedForm(FlaskForm):  # type: ignore[misc]
    """A new feed."""

    url = StringField(lazy_gettext("Webadres van het bestand"), filters=[clean])
    file_format = RadioField(
        lazy_gettext("Wat voor bestand is het?"),
        choices=[SelectChoice(one, FORMAT_WORDS[one]) for one in FORMATS],
        coerce=FileFormat,
        default=FileFormat.CSV,
    )
    every_hours = SelectField(
        lazy_gettext("Hoe vaak halen wij het op?"), choices=[SelectChoice(*one) for one in OFTEN.items()], coerce=int, default=USUAL_HOURS
    )
    is_publishing = BooleanField(lazy_gettext("Zet de modules meteen online"))

    def validate_url(self, field: StringField) -> None:
        """An address that may be asked."""
        if not field.data:
            raise ValidationError(_("Vul het webadres van het bestand in."))
        try:
            services().outbound.check(field.data)
        except OutboundFailed as failed:
            raise ValidationError(trouble_text(failed.trouble, failed.value)) from None


class FeedForm(FlaskForm):  # type: ignore[misc]
    """A feed, by its number; and how many of its modules may be gone."""

    feed = IntegerField(validators=[InputRequired(), KEYS])
    accepted_gone = IntegerField(validators=[Optional(), NumberRange(0, MOST_MODULES)])
