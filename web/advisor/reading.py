"""Reading dossiers. Functions take the session first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from web.accounts.models import Account
from web.advisor.guidance_model import Report
from web.advisor.model import Consent, Dossier
from web.security.sessions import hash_of

_IN_A_LIST = (joinedload(Dossier.consent), joinedload(Dossier.advisor).joinedload(Account.card), selectinload(Dossier.tasks))
_WHOLE = (*_IN_A_LIST, selectinload(Dossier.notes))


def dossier_by_uid(session: Session, uid: str) -> Dossier | None:
    """A dossier with all that is in it, for this transaction alone."""
    return _one(session, Dossier.uid == uid)


def dossier_by_key(session: Session, key: str, account_id: int | None) -> Dossier | None:
    """The dossier of a client, for this transaction alone.

    Args:
        key: the token of the client's link; or the public id, for the client's own account.
        account_id: who is signed in; None for a guest.
    """
    own = and_(Dossier.uid == key, Dossier.client_id == account_id) if account_id is not None else false()
    return _one(session, or_(Dossier.link_hash == hash_of(key), own))


def was_agreed_with(session: Session, key: str) -> bool:
    """Whether somebody said yes with a link; it opens nothing any more."""
    return session.scalar(select(Dossier.id).where(Dossier.asked_hash == hash_of(key))) is not None


def dossiers_of_advisor(session: Session, account_id: int) -> Sequence[Dossier]:
    """All dossiers that are an advisor's, also those that are closed for them, by name."""
    query = select(Dossier).where(Dossier.advisor_id == account_id).options(*_IN_A_LIST)
    return session.scalars(query.order_by(Dossier.client_name, Dossier.id)).all()


def count_open_of_advisor(session: Session, account_id: int, today: date) -> int:
    """How many dossiers of an advisor only the client could open once that account is gone."""
    is_valid = (Consent.withdrawn_at.is_(None), Consent.until >= today)
    query = select(func.count()).select_from(Dossier).join(Dossier.consent).where(Dossier.advisor_id == account_id, *is_valid)
    return session.scalar(query) or 0


def dossiers_of_client(session: Session, account_id: int) -> Sequence[Dossier]:
    """The dossiers about somebody, the newest first."""
    return session.scalars(select(Dossier).where(Dossier.client_id == account_id).options(*_IN_A_LIST).order_by(Dossier.id.desc())).all()


def version_to_read(session: Session, dossier: Dossier, language: str, after: datetime | None = None) -> int | None:
    """The number of the newest version of the report in a language, else of the newest; None where there is none.

    Args:
        after: only versions that were made later than this.
    """
    query = select(Report.number).where(Report.dossier_id == dossier.id)
    if after is not None:
        query = query.where(Report.made_at > after)
    return session.scalar(query.order_by(case((Report.language == language, 0), else_=1), Report.number.desc()).limit(1))


def _one(session: Session, which: ColumnElement[bool]) -> Dossier | None:
    return session.scalar(select(Dossier).where(which).options(*_WHOLE).with_for_update(of=Dossier))
