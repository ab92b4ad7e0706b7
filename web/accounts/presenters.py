"""Accounts as the templates show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web.accounts.models import Account, RoleName
from web.languages import _
from web.security.session_model import StoredSession
from web.security.sessions import LIFETIME, is_held_by
from web.wiring import HERE
from web.words import day


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser in which somebody is signed in."""

    is_here: bool
    began: str
    last_used: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """What the own account's page shows. `workplaces` are the start pages of somebody's roles: endpoint and text."""

    email: str
    since: str
    has_password: bool
    has_second_step: bool
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    workplaces: tuple[tuple[str, str], ...]
    sessions: tuple[SessionLine, ...]


def overview_page(account: Account, sessions: Sequence[StoredSession], token: str, *, has_second_step: bool) -> OverviewPage:
    """The own account; `token` is that of the browser that asks."""
    roles = {role.name for role in account.roles}
    is_admin = RoleName.ADMIN in roles
    lines = (SessionLine(is_held_by(one, token), moment(one.created_at), moment(one.expires_at - LIFETIME)) for one in sessions)
    places = ((RoleName.HUB, "hub.start", _("Naar uw modules")), (RoleName.ADVISOR, "advisor.start", _("Naar het werk met uw klant")))
    return OverviewPage(
        email=account.email,
        since=day(account.created_at.astimezone(HERE).date()),
        has_password=account.password is not None,
        has_second_step=has_second_step,
        roles=tuple(role_word(name) for name in RoleName if name in roles),
        organisations=tuple(sorted(one.organisation.name for one in account.memberships)),
        workplaces=tuple((endpoint, text) for role, endpoint, text in places if is_admin or role in roles),
        sessions=tuple(sorted(lines, key=lambda line: not line.is_here)),
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
