"""What the pages of advisors take."""

from __future__ import annotations

from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import Field, SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from web.accounts.people import EmailNotValid, normal_email
from web.advisor.dossiers import Request
from web.advisor.model import How
from web.fields import Day, clean
from web.languages import _, lazy_gettext

MOST_YEARS = 2
MOST_DAYS = 366 * MOST_YEARS
USUAL_DAYS = 365
MOST_TEXT_CHARS = 4_000
_TOO_LONG = lazy_gettext("Dit is te lang. Gebruik hoogstens %(max)d tekens.")


def _lines(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\x00", "").strip()


def _address(field: Field) -> None:
    try:
        field.data = normal_email(field.data)
    except EmailNotValid:
        raise ValidationError(_("Schrijf een heel mailadres, zoals naam@bedrijf.nl.")) from None


class NewDossierForm(FlaskForm):  # type: ignore[misc]
    """Whom it is about, and what the client is asked."""

    client_name = StringField(
        lazy_gettext("Hoe noemt u uw klant?"),
        [DataRequired(lazy_gettext("Schrijf hoe u uw klant noemt.")), Length(max=80, message=_TOO_LONG)],
        filters=[clean],
    )
    client_email = StringField(lazy_gettext("Mailadres van uw klant"), [Length(max=254, message=_TOO_LONG)], filters=[clean])
    purpose = TextAreaField(
        lazy_gettext("Waarvoor is het dossier?"),
        [DataRequired(lazy_gettext("Schrijf waarvoor het dossier is.")), Length(max=300, message=_TOO_LONG)],
        filters=[clean],
    )
    until = Day(lazy_gettext("Tot en met welke dag mag u in het dossier kijken?"), [DataRequired(lazy_gettext("Kies een dag."))])
    how = RadioField(
        lazy_gettext("Hoe geeft uw klant toestemming?"),
        choices=[
            SelectChoice(How.ONLINE.value, lazy_gettext("Online. Uw klant krijgt een link en leest daar wat u vraagt")),
            SelectChoice(How.PAPER.value, lazy_gettext("Op papier. Uw klant heeft al getekend")),
        ],
        default=How.ONLINE.value,
    )

    def __init__(self, today: date) -> None:
        super().__init__(data={"until": today + timedelta(days=USUAL_DAYS), "purpose": _("U helpen aan werk of een opleiding die past.")})
        self.today = today

    def validate_client_email(self, field: StringField) -> None:
        """An address as people have it, or none."""
        if field.data:
            _address(field)

    def validate_until(self, field: Day) -> None:
        """A day to come, not too far away."""
        if field.data and not self.today <= field.data <= self.today + timedelta(days=MOST_DAYS):
            raise ValidationError(_("Kies een dag vanaf vandaag, en hoogstens %(years)s jaar verder.", years=MOST_YEARS))

    @property
    def asked(self) -> Request:
        """What was filled in."""
        return Request(self.client_name.data, self.client_email.data or "", self.purpose.data, self.until.data, How(self.how.data))


class StoryForm(FlaskForm):  # type: ignore[misc]
    """Where the client wants to go, and how things are now."""

    goal = TextAreaField(lazy_gettext("Wat wil uw klant?"), [Length(max=MOST_TEXT_CHARS, message=_TOO_LONG)], filters=[_lines])
    situation = TextAreaField(lazy_gettext("Hoe is het nu?"), [Length(max=MOST_TEXT_CHARS, message=_TOO_LONG)], filters=[_lines])


class NoteForm(FlaskForm):  # type: ignore[misc]
    """What a talk was about."""

    day = Day(lazy_gettext("Dag van het gesprek"), [DataRequired(lazy_gettext("Kies een dag."))])
    text = TextAreaField(
        lazy_gettext("Waar ging het over?"),
        [DataRequired(lazy_gettext("Schrijf waar het over ging.")), Length(max=MOST_TEXT_CHARS, message=_TOO_LONG)],
        filters=[_lines],
    )

    def __init__(self, today: date) -> None:
        super().__init__(data={"day": today})
        self.today = today

    def validate_day(self, field: Day) -> None:
        """A talk that was."""
        if field.data and field.data > self.today:
            raise ValidationError(_("Kies vandaag, of een dag die al was."))


class TaskForm(FlaskForm):  # type: ignore[misc]
    """Something to do until a day."""

    text = StringField(
        lazy_gettext("Wat gaat er gebeuren, en wie doet het?"),
        [DataRequired(lazy_gettext("Schrijf wat er gaat gebeuren.")), Length(max=200, message=_TOO_LONG)],
        filters=[clean],
    )
    due = Day(lazy_gettext("Voor welke dag?"), [DataRequired(lazy_gettext("Kies een dag."))])

    def __init__(self, today: date) -> None:
        super().__init__(data={"due": today + timedelta(days=7)})
        self.today = today

    def validate_due(self, field: Day) -> None:
        """A day to come."""
        if field.data and not self.today <= field.data <= self.today + timedelta(days=MOST_DAYS):
            raise ValidationError(_("Kies een dag vanaf vandaag, en hoogstens %(years)s jaar verder.", years=MOST_YEARS))


class HandOverForm(FlaskForm):  # type: ignore[misc]
    """Who is the advisor from now on."""

    email = StringField(lazy_gettext("Mailadres van uw collega"), [DataRequired(lazy_gettext("Schrijf een mailadres."))], filters=[clean])

    def validate_email(self, field: StringField) -> None:
        """An address as people have it."""
        _address(field)
