"""Reading dossiers. Functions take the session first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from web.advisor.model import Consent, Dossier
from web.languages import LANGUAGES
from web.security.sessions import hash_of
from web.wiring import local_day


@dataclass(frozen=True, slots=True)
class Made:
    """A version of the report: its number, its day, and its language."""

    number: int
    made_on: date
    language: str


_IN_A_LIST = (joinedload(Dossier.consent), joinedload(Dossier.advisor), selectinload(Dossier.tasks))
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


def made_versions(dossier: Dossier) -> Sequence[Made]:
    """The versions of the report, the newest first, without what they say."""
    return [Made(one.number, local_day(one.made_at), LANGUAGES[one.language]) for one in dossier.reports]


def _one(session: Session, which: ColumnElement[bool]) -> Dossier | None:
    return session.scalar(select(Dossier).where(which).options(*_WHOLE).with_for_update(of=Dossier))
