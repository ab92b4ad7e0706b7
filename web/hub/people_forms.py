"""What the page of an organisation's people takes."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from web.accounts.forms import EmailForm
from web.accounts.models import MemberRole
from web.accounts.presenters import MEMBER_ROLES
from web.fields import KEYS, clean
from web.languages import _, lazy_gettext

ROLES = [SelectChoice(*role) for role in MEMBER_ROLES.items()]


class InviteForm(EmailForm):
    """Whom to invite, and as what."""

    email = StringField(lazy_gettext("E-mailadres"), filters=[clean])
    role = RadioField(lazy_gettext("Wat gaat deze persoon doen?"), choices=ROLES, coerce=MemberRole, default=MemberRole.AUTHOR)

    def say_member(self) -> None:
        """Says that this address works here already; who may invite sees that on the same page."""
        self.email.errors = (_("Deze persoon werkt hier al. Hierboven kunt u de rol veranderen."),)


class MemberForm(FlaskForm):  # type: ignore[misc]
    """A member, by the number of the account."""

    member = IntegerField(validators=[InputRequired(), KEYS])


class RoleForm(MemberForm):
    """A member with another role."""

    role = SelectField(choices=ROLES, coerce=MemberRole)


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """An invitation, by its number."""

    invitation = IntegerField(validators=[InputRequired(), KEYS])
