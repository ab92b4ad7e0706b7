"""What the pages about joining take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import URL, DataRequired, InputRequired, ValidationError

from catalogue.organisations import Alike
from catalogue.vocabulary import OrganisationKind
from web import words
from web.accounts.forms import EmailForm
from web.fields import at_most, clean, lines
from web.hub.forms import coded_choices, text_area
from web.joining.asking import Asked
from web.languages import _, lazy_gettext

AS_NEW, REFUSED = "nieuw", "nee"
_AS_KNOWN = "bij-"
MOST_OFFER_CHARS = 1_000
_KVK_DIGITS = 8


def web_address(text: str | None) -> str:
    """An address as people type it, "www.school.nl", with what it begins with."""
    typed = clean(text)
    return typed if not typed or re.match(r"https?://", typed, re.IGNORECASE) else f"https://{typed}"


class JoinForm(EmailForm):
    """Which organisation asks, what it offers, and whom to answer."""

    name = StringField(
        lazy_gettext("Naam van uw organisatie"),
        [DataRequired(lazy_gettext("Schrijf hoe uw organisatie heet.")), at_most(160)],
        filters=[clean],
    )
    kind = RadioField(
        lazy_gettext("Wat voor organisatie is het?"),
        [InputRequired(lazy_gettext("Kies wat voor organisatie het is."))],
        choices=coded_choices(words.ORGANISATION_KINDS),
    )
    url = StringField(
        lazy_gettext("Uw site"),
        [
            DataRequired(lazy_gettext("Schrijf het adres van uw site.")),
            URL(message=lazy_gettext("Schrijf het adres van uw site, zoals www.voorbeeld.nl.")),
            at_most(300),
        ],
        filters=[web_address],
    )
    kvk = StringField(lazy_gettext("KvK-nummer"), filters=[clean])
    offer = TextAreaField(
        lazy_gettext("Wat biedt u aan?"),
        [DataRequired(lazy_gettext("Schrijf kort wat u aanbiedt.")), at_most(MOST_OFFER_CHARS)],
        filters=[lines],
    )
    contact_name = StringField(lazy_gettext("Uw naam"), [DataRequired(lazy_gettext("Schrijf uw naam.")), at_most(80)], filters=[clean])
    email = StringField(lazy_gettext("Uw e-mailadres"), filters=[clean])

    def validate_kvk(self, field: StringField) -> None:
        """None, or eight digits; points and spaces between them are no mistake."""
        field.data = re.sub(r"[ .]", "", field.data)
        if field.data and not re.fullmatch(rf"\d{{{_KVK_DIGITS}}}", field.data, re.ASCII):
            raise ValidationError(_("Een KvK-nummer heeft acht cijfers."))

    @property
    def asked(self) -> Asked:
        """What was filled in."""
        return Asked(
            name=self.name.data,
            kind=OrganisationKind(self.kind.data),
            url=self.url.data,
            kvk=self.kvk.data,
            offer=self.offer.data,
            contact_name=self.contact_name.data,
            email=self.email.data,
        )


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What an administrator says: yes, as a new organisation or as one that is there; or no, and why."""

    answer = RadioField(lazy_gettext("Wat is uw antwoord?"), [InputRequired(lazy_gettext("Kies een antwoord."))])
    reason = text_area(lazy_gettext("Waarom niet?"), 1_000)

    def __init__(self, name: str, alike: Sequence[Alike], **options: object) -> None:
        super().__init__(**options)
        known = {f"{_AS_KNOWN}{one.organisation.id}": one.organisation for one in alike}
        self.answer.choices = [
            SelectChoice(AS_NEW, _("Ja: maak een nieuwe aanbieder, %(name)s", name=name)),
            *(SelectChoice(code, _("Ja: het is %(name)s, die er al is", name=one.name)) for code, one in known.items()),
            SelectChoice(REFUSED, _("Nee: wijs de aanvraag af")),
        ]
        self.organisation = known.get(self.answer.data)
        """Which of those that are there was chosen; None for a new one."""

    @property
    def is_refused(self) -> bool:
        """Whether the answer is no."""
        return bool(self.answer.data == REFUSED)

    def validate_reason(self, field: TextAreaField) -> None:
        """Who is refused has to know why."""
        if self.is_refused and not field.data:
            raise ValidationError(_("Schrijf waarom niet. De aanvrager leest dit."))
