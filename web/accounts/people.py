"""Reads and writes of accounts. Functions take the session first and never commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from catalogue.models import new_uid
from web.accounts.models import Account, Membership, Role, RoleName, new_stamp
from web.security.sessions import end_all

CONFIRM_WITHIN = timedelta(hours=24)
"""An account whose address is not confirmed by then is deleted."""


class EmailNotValid(ValueError):
    """This is no e-mail address."""

    def __init__(self, text: str) -> None:
        super().__init__("this is no e-mail address")
        self.text = text


def normal_email(text: str) -> str:
    """An e-mail address as it is kept. Raises EmailNotValid."""
    try:  # addresses under .test are for trying out
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        raise EmailNotValid(text) from None
    return f"{found.local_part}@{found.ascii_domain}".lower()


def account_by_email(session: Session, email: str) -> Account | None:
    """The account of a normal e-mail address."""
    return session.scalar(select(Account).where(Account.email == email))


def account_by_stamp(session: Session, stamp: str) -> Account | None:
    """The active account whose `fs_uniquifier` this is; that changes with the password."""
    return session.scalar(select(Account).where(Account.fs_uniquifier == stamp, Account.active.is_(True)))


def account_by_id(session: Session, account_id: int | None) -> Account:
    """An account with its roles and organisations. Raises NoResultFound."""
    with_all = selectinload(Account.memberships).selectinload(Membership.organisation)
    return session.scalars(select(Account).where(Account.id == account_id).options(with_all)).one()


def accounts(session: Session) -> Sequence[Account]:
    """All accounts, by e-mail address."""
    with_all = selectinload(Account.memberships).selectinload(Membership.organisation)
    return session.scalars(select(Account).order_by(Account.email).options(with_all)).all()


def addresses_of(session: Session, role: RoleName) -> Sequence[str]:
    """The addresses of those who have a role and may sign in."""
    having = select(Account.email).where(Account.active.is_(True), Account.roles.any(Role.name == role))
    return session.scalars(having.order_by(Account.email)).all()


def ensure_account(session: Session, email: str, now: datetime, *, role: RoleName = RoleName.LEARNER) -> Account:
    """The account of a normal e-mail address with this role among its own; made, not confirmed yet, when it is not there."""
    account = account_by_email(session, email)
    if account is None:
        account = Account(email=email, active=True, fs_uniquifier=new_stamp(), created_at=now)
        session.add(account)
    if role not in {one.name for one in account.roles}:
        account.roles.append(session.scalar(select(Role).where(Role.name == role)) or Role(name=role))
    session.flush()
    return account


def confirm(account: Account, now: datetime) -> None:
    """Its owner reads mail at this address."""
    account.confirmed_at = account.confirmed_at or now


def set_password(session: Session, account: Account, password_hash: str) -> None:
    """Changes the password. Every session of the account ends, and no mailed link works any more."""
    account.password, account.link_stamp, account.fs_uniquifier = password_hash, new_stamp(), new_uid()
    end_all(session, account.id)


def purge_unconfirmed(session: Session, now: datetime) -> None:
    """Deletes accounts whose address was never confirmed."""
    session.execute(delete(Account).where(Account.confirmed_at.is_(None), Account.created_at < now - CONFIRM_WITHIN))
