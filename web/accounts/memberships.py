"""Who works for an organisation, and as what. Functions take the session first and never commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import Organisation
from web.accounts.models import Account, MemberRole, Membership, Role, RoleName


class NotAMember(LookupError):
    """This account does not work for the organisation."""


class LastManager(ValueError):
    """Without this member nobody would be left to manage the organisation."""


def members(session: Session, organisation_id: int) -> Sequence[Membership]:
    """Who works for an organisation, with their accounts, by e-mail address."""
    mine = select(Membership).where(Membership.organisation_id == organisation_id)
    return session.scalars(mine.join(Membership.account).order_by(Account.email).options(joinedload(Membership.account))).all()


def managed_alone_by(session: Session, organisation_id: int) -> int | None:
    """Key of the account that is the only one to manage an organisation; None where it has more, or none."""
    managers = (
        select(Membership.account_id)
        .join(Membership.account)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == MemberRole.MANAGER,
            Account.active.is_(True),
            Account.roles.any(Role.name == RoleName.HUB),
        )
    )
    found = session.scalars(managers.limit(2)).all()
    return found[0] if len(found) == 1 else None


def join(session: Session, account: Account, organisations: Iterable[Organisation], role: MemberRole | None = None) -> None:
    """Makes an account work for organisations in a role. Without one it manages those that are new, and keeps its role in the others."""
    held = {one.organisation_id: one for one in session.scalars(select(Membership).where(Membership.account_id == account.id))}
    for one in organisations:
        if one.id not in held:
            session.add(Membership(account_id=account.id, organisation_id=one.id, role=role or MemberRole.MANAGER))
        elif role is not None:
            held[one.id].role = role
    session.flush()


def change_role(session: Session, organisation_id: int, account_id: int, role: MemberRole) -> None:
    """Gives a member another role. Raises NotAMember or LastManager."""
    found = _member(session, organisation_id, account_id)
    if role is not MemberRole.MANAGER:
        _keep_a_manager(session, found)
    found.role = role
    session.flush()


def remove_member(session: Session, organisation_id: int, account_id: int) -> None:
    """Ends a membership; who is left without any no longer has the role of a hub. Raises NotAMember or LastManager."""
    found = _member(session, organisation_id, account_id)
    _keep_a_manager(session, found)
    account = found.account
    session.delete(found)
    session.flush()
    if not session.scalar(select(func.count()).where(Membership.account_id == account_id)):
        account.roles = [one for one in account.roles if one.name != RoleName.HUB]
        session.flush()


def one_at_a_time(session: Session, organisation_id: int) -> None:
    """Lets no other change to the people of an organisation happen until this transaction ends."""
    session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())


def _member(session: Session, organisation_id: int, account_id: int) -> Membership:
    one_at_a_time(session, organisation_id)
    found = session.get(Membership, (account_id, organisation_id))
    if found is None:
        raise NotAMember
    return found


def _keep_a_manager(session: Session, member: Membership) -> None:
    if managed_alone_by(session, member.organisation_id) == member.account_id:
        raise LastManager
