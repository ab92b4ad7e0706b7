"""The people of an organisation as template values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.models import Organisation
from web.accounts.invitation_model import Invitation
from web.accounts.models import Membership
from web.accounts.presenters import MEMBER_DUTIES, MEMBER_ROLES
from web.wiring import local_day
from web.words import day


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member. The only one who manages an organisation stays, and stays its manager."""

    account_id: int
    email: str
    role: str
    role_word: str
    is_you: bool
    is_only_manager: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation that was not accepted yet."""

    id: int
    email: str
    role_word: str
    until: str


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role to choose, with what it is for, in the language of the page."""

    value: str
    label: str
    hint: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who works for an organisation, who was invited, and what one can be there."""

    organisation: Organisation
    members: Sequence[MemberLine]
    invitations: Sequence[InvitationLine]
    roles: Sequence[RoleChoice]


def people_page(
    organisation: Organisation,
    members: Sequence[Membership],
    invitations: Sequence[Invitation],
    *,
    only_manager_id: int | None,
    own_id: int | None,
) -> PeoplePage:
    """The page for `own_id`; `only_manager_id` is the account without which nobody would manage the organisation."""
    return PeoplePage(
        organisation=organisation,
        members=[
            MemberLine(
                account_id=one.account_id,
                email=one.account.email,
                role=one.role,
                role_word=str(MEMBER_ROLES[one.role]),
                is_you=one.account_id == own_id,
                is_only_manager=one.account_id == only_manager_id,
            )
            for one in members
        ],
        invitations=[InvitationLine(one.id, one.email, str(MEMBER_ROLES[one.role]), day(local_day(one.expires_at))) for one in invitations],
        roles=[RoleChoice(role, str(word), str(MEMBER_DUTIES[role])) for role, word in MEMBER_ROLES.items()],
    )
