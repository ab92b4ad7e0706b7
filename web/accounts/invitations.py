"""Invitations to work for an organisation: made by who manages it, accepted by who reads the mail of the invited address.

Only the hash of a link's token is kept. Functions take the session first and never commit; `now` decides what is over.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session, joinedload

from web.accounts.invitation_model import Invitation
from web.accounts.memberships import join, one_at_a_time
from web.accounts.models import Account, MemberRole, Membership, RoleName
from web.accounts.people import account_by_email, confirm, ensure_account
from web.security.sessions import hash_of

VALID = timedelta(days=7)


class InvitationOver(ValueError):
    """The invitation was used or withdrawn, is too old, or was never ours."""


class AlreadyMember(ValueError):
    """This address works for the organisation already."""


class OtherAddress(ValueError):
    """Somebody is signed in whose address is not the invited one."""


def invite(session: Session, organisation_id: int, email: str, role: MemberRole, invited_by_id: int | None, now: datetime) -> str:
    """Invites a normal e-mail address for `VALID`; returns the token of the link, which nobody can read again.

    Inviting somebody a second time renews the invitation, and the first link works no more. Whether the address has an account makes no
    difference here. Raises AlreadyMember.
    """
    one_at_a_time(session, organisation_id)
    account = account_by_email(session, email)
    if account is not None and session.get(Membership, (account.id, organisation_id)) is not None:
        raise AlreadyMember
    token = secrets.token_urlsafe(32)
    same = (Invitation.organisation_id == organisation_id, Invitation.email == email)
    made = session.scalar(select(Invitation).where(*same)) or Invitation(organisation_id=organisation_id, email=email)
    made.token_hash, made.role, made.invited_by_id = hash_of(token), role, invited_by_id
    made.created_at, made.expires_at, made.accepted_at = now, now + VALID, None
    session.add(made)
    session.flush()
    return token


def invitation_behind(session: Session, token: str, now: datetime) -> Invitation:
    """The open invitation of a link, with its organisation and who invited. Raises InvitationOver."""
    query = select(Invitation).where(Invitation.token_hash == hash_of(token), *_open(now))
    found = session.scalar(query.options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by)))
    if found is None:
        raise InvitationOver
    return found


def open_invitations(session: Session, organisation_id: int, now: datetime) -> Sequence[Invitation]:
    """The invitations of an organisation that can still be accepted, by address."""
    mine = (Invitation.organisation_id == organisation_id, *_open(now))
    return session.scalars(select(Invitation).where(*mine).order_by(Invitation.email)).all()


def withdraw(session: Session, organisation_id: int, invitation_id: int) -> bool:
    """Takes an open invitation back; False where the organisation has no such invitation."""
    mine = (Invitation.id == invitation_id, Invitation.organisation_id == organisation_id, Invitation.accepted_at.is_(None))
    return bool(session.execute(delete(Invitation).where(*mine)).rowcount)  # type: ignore[attr-defined]


def accept(session: Session, token: str, signed_in: Account | None, now: datetime) -> Account:
    """Uses up an invitation: its address has an account now, confirmed, that works for the organisation; returns that account.

    Args:
        signed_in: whose browser it is; None for a guest.

    Raises:
        InvitationOver: also for who comes second, and for an account that was switched off.
        OtherAddress: nothing was used up.
    """
    found = invitation_behind(session, token, now)
    if signed_in is not None and signed_in.email != found.email:
        raise OtherAddress
    mine = (Invitation.id == found.id, Invitation.token_hash == hash_of(token), *_open(now))
    taken = session.execute(update(Invitation).where(*mine).values(accepted_at=now))
    account = ensure_account(session, found.email, now, role=RoleName.HUB)
    if not taken.rowcount or not account.active:  # type: ignore[attr-defined]
        raise InvitationOver
    confirm(account, now)
    if session.get(Membership, (account.id, found.organisation_id)) is None:  # who joined meanwhile keeps the role of then
        join(session, account, [found.organisation], found.role)
    return account


def purge_invitations(session: Session, now: datetime) -> None:
    """Deletes what is over, accepted or not."""
    session.execute(delete(Invitation).where(Invitation.expires_at <= now))


def _open(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Invitation.accepted_at.is_(None), Invitation.expires_at > now
