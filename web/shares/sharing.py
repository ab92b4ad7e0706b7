"""Reads and writes of shares. Functions take the session first and never commit; `now` decides what is over."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from web.documents.document import Document
from web.security.owner import Owner
from web.security.sessions import hash_of
from web.shares.model import Share

LIFETIMES_DAYS = (1, 7, 14, 30)
USUAL_LIFETIME_DAYS = 14


class ShareOver(ValueError):
    """The link is over, withdrawn, or was never ours."""


@dataclass(frozen=True, slots=True)
class NewShare:
    """A share just made. Only now its two tokens are known: one to read with, one to withdraw with."""

    uid: str
    token: str
    withdraw_token: str
    expires_at: datetime


def share(session: Session, document: Document, owner: Owner, days: int, now: datetime) -> NewShare:
    """Keeps a document for `days` under two new tokens."""
    token, withdraw_token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    made = Share(
        token_hash=hash_of(token),
        withdraw_hash=hash_of(withdraw_token),
        account_id=owner.account_id,
        document=document.stored(),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    return NewShare(made.uid, token, withdraw_token, made.expires_at)


def shared(session: Session, token: str, now: datetime) -> Share:
    """What a reader's link shows. Raises ShareOver."""
    return _one(session, Share.token_hash == hash_of(token), now)


def withdrawable(session: Session, withdraw_token: str, now: datetime) -> Share:
    """What an owner's link withdraws. Raises ShareOver."""
    return _one(session, Share.withdraw_hash == hash_of(withdraw_token), now)


def shares_of(session: Session, owner: Owner, now: datetime) -> Sequence[Share]:
    """What somebody shares now, the newest first."""
    return session.scalars(select(Share).where(owner.owns(Share), Share.expires_at > now).order_by(Share.id.desc())).all()


def withdraw(session: Session, owner: Owner, uid: str) -> bool:
    """Ends one of somebody's own shares; False where it is not theirs or not there."""
    return bool(session.execute(delete(Share).where(owner.owns(Share), Share.uid == uid)).rowcount)  # type: ignore[attr-defined]


def withdraw_by_token(session: Session, withdraw_token: str, now: datetime) -> None:
    """Ends the share of an owner's link. Raises ShareOver."""
    session.delete(withdrawable(session, withdraw_token, now))


def give_to(session: Session, uids: Collection[str], account_id: int) -> None:
    """Gives what a guest shared to the account that just signed in."""
    session.execute(update(Share).where(Share.uid.in_(uids), Share.account_id.is_(None)).values(account_id=account_id))


def purge_shares(session: Session, now: datetime) -> None:
    """Deletes what is over."""
    session.execute(delete(Share).where(Share.expires_at <= now))


def _one(session: Session, which: ColumnElement[bool], now: datetime) -> Share:
    found = session.scalar(select(Share).where(which, Share.expires_at > now))
    if found is None:
        raise ShareOver
    return found
