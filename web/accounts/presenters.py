"""Accounts as the templates show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from web.accounts.invitation_model import Invitation
from web.accounts.models import Account, MemberRole, RoleName
from web.languages import _, lazy_gettext
from web.security.session_model import StoredSession
from web.security.sessions import LIFETIME, is_held_by
from web.wiring import HERE, local_day
from web.words import day

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

MEMBER_ROLES: Mapping[MemberRole, LazyString] = {
    MemberRole.AUTHOR: lazy_gettext("schrijver"),
    MemberRole.PUBLISHER: lazy_gettext("redacteur"),
    MemberRole.MANAGER: lazy_gettext("teamleider"),
}
"""What each member's role is called."""
MEMBER_DUTIES: Mapping[MemberRole, LazyString] = {
    MemberRole.AUTHOR: lazy_gettext("Modules maken en aanpassen."),
    MemberRole.PUBLISHER: lazy_gettext("Modules maken, online zetten en weghalen."),
    MemberRole.MANAGER: lazy_gettext("Modules maken en online zetten, en kiezen wie er meewerkt."),
}
"""What each of them does."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser in which somebody is signed in."""

    is_here: bool
    began: str
    last_used: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """What the own account's page shows.

    `organisations` come with what somebody is there; `workplaces` are the start pages of somebody's roles: endpoint and text.
    """

    email: str
    since: str
    has_password: bool
    has_second_step: bool
    roles: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...]
    workplaces: tuple[tuple[str, str], ...]
    sessions: tuple[SessionLine, ...]


def overview_page(account: Account, sessions: Sequence[StoredSession], token: str, *, has_second_step: bool) -> OverviewPage:
    """The own account; `token` is that of the browser that asks."""
    roles = {role.name for role in account.roles}
    is_admin = RoleName.ADMIN in roles
    lines = (SessionLine(is_held_by(one, token), moment(one.created_at), moment(one.expires_at - LIFETIME)) for one in sessions)
    places = (
        (RoleName.HUB, "hub.start", _("Naar uw modules")),
        (RoleName.ADVISOR, "advisor.start", _("Naar het werk met uw klant")),
        (RoleName.ADMIN, "join_requests.overview", _("Aanvragen van organisaties")),
    )
    return OverviewPage(
        email=account.email,
        since=day(account.created_at.astimezone(HERE).date()),
        has_password=account.password is not None,
        has_second_step=has_second_step,
        roles=tuple(role_word(name) for name in RoleName if name in roles),
        organisations=tuple(sorted((one.organisation.name, str(MEMBER_ROLES[one.role])) for one in account.memberships)),
        workplaces=tuple((endpoint, text) for role, endpoint, text in places if is_admin or role in roles),
        sessions=tuple(sorted(lines, key=lambda line: not line.is_here)),
    )


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What the page behind the link of an invitation shows.

    `asked_by` is an e-mail address, "" where that account is gone. `signed_in_as` is "" for a guest.
    """

    organisation: str
    slug: str
    asked_by: str
    email: str
    role: str
    duty: str
    until: str
    signed_in_as: str

    @property
    def is_for_another(self) -> bool:
        """Whether somebody else is signed in here."""
        return self.signed_in_as not in ("", self.email)


def invitation_page(invitation: Invitation, own: Account | None) -> InvitationPage:
    """An invitation as its reader sees it; `own` is who is signed in."""
    return InvitationPage(
        organisation=invitation.organisation.name,
        slug=invitation.organisation.slug,
        asked_by=invitation.invited_by.email if invitation.invited_by else "",
        email=invitation.email,
        role=str(MEMBER_ROLES[invitation.role]),
        duty=str(MEMBER_DUTIES[invitation.role]),
        until=day(local_day(invitation.expires_at)),
        signed_in_as=own.email if own else "",
    )


def role_word(role: RoleName) -> str:
    """What a role is called."""
    return {
        RoleName.LEARNER: _("lerende"),
        RoleName.HUB: _("medewerker van een aanbieder"),
        RoleName.ADVISOR: _("adviseur"),
        RoleName.ADMIN: _("beheerder"),
    }[role]


def moment(when: datetime) -> str:
    """A day with its hour: "23 november 2026, 10:00"."""
    here = when.astimezone(HERE)
    return f"{day(here.date())}, {here:%H:%M}"
