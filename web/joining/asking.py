"""Reads and writes of requests to join. Functions take the session first and never commit.

A request counts once it is confirmed from its own letter, so that nobody asks in the name of somebody else. It is answered once.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from flask_babel import force_locale
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from catalogue.models import Organisation
from catalogue.organisations import add_organisation, free_slug
from catalogue.vocabulary import OrganisationKind
from web.accounts.invitations import AlreadyMember, invite
from web.accounts.letters import send
from web.accounts.models import MemberRole, RoleName
from web.accounts.people import addresses_of
from web.joining import letters
from web.joining.model import Answer, JoinRequest
from web.security.sessions import hash_of

CONFIRM_WITHIN = timedelta(hours=24)
"""A request that nobody has confirmed by then is deleted."""
KEPT = timedelta(days=90)
"""After it was confirmed, answered or not."""


class RequestGone(LookupError):
    """The request was withdrawn or is too old, or the link was never ours."""


class AlreadyAnswered(ValueError):
    """Somebody else was faster, or it was withdrawn meanwhile."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an organisation says of itself; `kvk` is "" where it gave none."""

    name: str
    kind: OrganisationKind
    url: str
    kvk: str
    offer: str
    contact_name: str
    email: str


def ask(session: Session, asked: Asked, language: str, now: datetime) -> tuple[JoinRequest, str]:
    """A request that waits for its confirmation, and the token of its link."""
    token = secrets.token_urlsafe(32)
    request = JoinRequest(**asdict(asked), token_hash=hash_of(token), language=language, created_at=now)
    session.add(request)
    session.flush()
    return request, token


def request_behind(session: Session, token: str, now: datetime) -> JoinRequest:
    """The request of a link. Raises RequestGone."""
    found = session.scalar(select(JoinRequest).where(JoinRequest.token_hash == hash_of(token), ~_is_over(now)))
    if found is None:
        raise RequestGone
    return found


def confirm(session: Session, request: JoinRequest, now: datetime) -> None:
    """The owner of the address asked this; the administrators hear that something waits."""
    if request.confirmed_at is not None:
        return
    request.confirmed_at = now
    with force_locale("nl"):
        for email in addresses_of(session, RoleName.ADMIN):
            send(session, email, letters.something_waits(), now)


def withdraw(session: Session, request: JoinRequest) -> None:
    """Deletes a request with all that it says."""
    session.delete(request)


def waiting(session: Session) -> Sequence[JoinRequest]:
    """The requests that wait for an answer, the oldest first."""
    return session.scalars(select(JoinRequest).where(*_WAITS).order_by(JoinRequest.confirmed_at, JoinRequest.id)).all()


def count_waiting(session: Session) -> int:
    """How many those are."""
    return session.scalars(select(func.count()).select_from(JoinRequest).where(*_WAITS)).one()


def answered(session: Session) -> Sequence[JoinRequest]:
    """The requests that have their answer, the last one first."""
    query = select(JoinRequest).where(JoinRequest.answer.is_not(None)).options(joinedload(JoinRequest.organisation))
    return session.scalars(query.order_by(JoinRequest.answered_at.desc(), JoinRequest.id.desc())).all()


def request_by_uid(session: Session, uid: str) -> JoinRequest | None:
    """A request that was confirmed."""
    return session.scalar(select(JoinRequest).where(JoinRequest.uid == uid, JoinRequest.confirmed_at.is_not(None)))


def accept(session: Session, request: JoinRequest, organisation: Organisation | None, now: datetime) -> Organisation:
    """Lets an organisation in, and invites who asked to manage it; returns the organisation.

    Args:
        organisation: which one it is; None makes a new one out of the request.

    Raises:
        AlreadyAnswered, OrganisationExists: nothing was done; the latter where one of this name was added at the same moment.
    """
    _answer(session, request, Answer.ACCEPTED, now)
    if organisation is None:
        slug = free_slug(session, request.name)
        organisation = add_organisation(session, slug, request.name, request.kind, url=request.url, kvk=request.kvk)
    request.organisation_id = organisation.id
    with force_locale(request.language):
        try:  # nobody is named as who invites: the administrator decides for the site
            token = invite(session, organisation.id, request.email, MemberRole.MANAGER, None, now)
            letter = letters.accepted(organisation, token, now)
        except AlreadyMember:
            letter = letters.works_there_already(organisation)
        send(session, request.email, letter, now)
    session.flush()
    return organisation


def decline(session: Session, request: JoinRequest, reason: str, now: datetime) -> None:
    """Says no, and mails why. The reason is not kept. Raises AlreadyAnswered."""
    _answer(session, request, Answer.DECLINED, now)
    with force_locale(request.language):
        send(session, request.email, letters.declined(request.name, reason), now)


def purge_requests(session: Session, now: datetime) -> None:
    """Deletes what is over."""
    session.execute(delete(JoinRequest).where(_is_over(now)))


_WAITS = (JoinRequest.confirmed_at.is_not(None), JoinRequest.answer.is_(None))


def _is_over(now: datetime) -> ColumnElement[bool]:
    unconfirmed = and_(JoinRequest.confirmed_at.is_(None), JoinRequest.created_at <= now - CONFIRM_WITHIN)
    return or_(unconfirmed, and_(JoinRequest.confirmed_at.is_not(None), JoinRequest.confirmed_at <= now - KEPT))


def _answer(session: Session, request: JoinRequest, answer: Answer, now: datetime) -> None:
    mine = (JoinRequest.id == request.id, JoinRequest.answer.is_(None))
    changed = session.execute(update(JoinRequest).where(*mine).values(answer=answer, answered_at=now))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise AlreadyAnswered
    session.refresh(request)
