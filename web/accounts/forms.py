"""What the account pages take."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired

from web.accounts import passwords
from web.accounts.models import Account
from web.accounts.people import EmailNotValid, normal_email
from web.fields import clean
from web.languages import _, lazy_gettext

BY_LINK = "link"


class Secret(PasswordField):  # type: ignore[misc]
    """A password as it was typed. It is never shown again."""

    def _value(self) -> str:
        return ""


class EmailForm(FlaskForm):  # type: ignore[misc]
    """An e-mail address."""

    email = StringField(lazy_gettext("Uw e-mailadres"), filters=[clean])

    def validate_email(self, field: StringField) -> None:
        """Brings the address into the form that we keep."""
        try:
            field.data = normal_email(field.data or "")
        except EmailNotValid:
            raise ValidationError(_("Schrijf een e-mailadres zoals naam@voorbeeld.nl.")) from None


class SignInForm(EmailForm):
    """E-mail address with a password, or without one for a mailed link: the button that was pressed says which."""

    password = Secret(lazy_gettext("Uw wachtwoord"))
    how = StringField()

    @property
    def is_by_link(self) -> bool:
        """Whether a link is asked for."""
        return bool(self.how.data == BY_LINK)

    def validate_password(self, field: Secret) -> None:
        """A password is needed, unless a link is asked for."""
        if not self.is_by_link and not field.data:
            raise ValidationError(_("Vul uw wachtwoord in, of vraag een link."))

    def say_wrong(self) -> None:
        """One answer for a wrong password and for an unknown address."""
        self.password.errors = (_("Het e-mailadres of het wachtwoord klopt niet."),)


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password. With `is_optional` it may stay empty."""

    password = Secret(lazy_gettext("Kies een wachtwoord"))

    def __init__(self, email: str, *, is_optional: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._email, self._is_optional = email, is_optional

    def validate_password(self, field: Secret) -> None:
        """Refuses what is guessed easily."""
        if self._is_optional and not field.data:
            return
        if found := passwords.fault(field.data or "", self._email):
            raise ValidationError(_fault_text(found))


class WithProof(FlaskForm):  # type: ignore[misc]
    """Something that only the owner may do: asks for the password of an account that has one."""

    current_password = Secret(lazy_gettext("Uw wachtwoord van nu"))

    def __init__(self, account: Account, **options: Any) -> None:
        super().__init__(**options)
        if account.password is None:
            del self.current_password
        self._account = account

    def validate_current_password(self, field: Secret) -> None:
        """It must be the right one."""
        if not passwords.is_right(field.data or "", self._account):
            raise ValidationError(_("Dit is niet uw wachtwoord van nu."))


class ChangePasswordForm(WithProof, NewPasswordForm):
    """The password of now, and another."""

    def __init__(self, account: Account, **options: Any) -> None:
        super().__init__(account, email=account.email, **options)


class DeleteForm(WithProof):
    """Proof, and that it is meant."""

    is_sure = BooleanField(
        lazy_gettext("Ja, wis mijn account"), [InputRequired(lazy_gettext("Zet een vinkje als u uw account wilt wissen."))]
    )


def _fault_text(found: passwords.Fault) -> str:
    return {
        passwords.Fault.SHORT: _("Gebruik minstens %(least)s tekens.", least=passwords.MIN_CHARS),
        passwords.Fault.LONG: _("Gebruik hoogstens %(most)s tekens.", most=passwords.MAX_CHARS),
        passwords.Fault.COMMON: _("Dit wachtwoord is makkelijk te raden. Neem bijvoorbeeld drie woorden achter elkaar."),
        passwords.Fault.OWN_ADDRESS: _("Gebruik niet uw e-mailadres als wachtwoord."),
    }[found]
