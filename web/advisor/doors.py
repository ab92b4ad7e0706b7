"""The two doors to a dossier, that of the advisor and that of the client. Every route about a dossier goes through one of them.

A door loads the dossier, asks who comes, looks whether the consent is valid at this moment, and writes the read into the audit trail in the
same transaction: what is not written down is not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort
from sqlalchemy.orm import Session

from web.advisor.model import ENDED, Dossier, Standing
from web.advisor.reading import dossier_by_key, dossier_by_uid, was_agreed_with
from web.audit.chain import CLIENT, READ, actor_key, noted
from web.security.access import Action, current_actor, require
from web.wiring import services

ANSWER_WITHIN = timedelta(days=14)
"""A question for consent that nobody answers is deleted by then."""

READABLE = frozenset({Standing.OPEN, Standing.CLOSED})
EVEN_WAITING = READABLE | {Standing.WAITING}
WRITABLE = frozenset({Standing.OPEN})


class ConsentOver(Exception):
    """The client withdrew the consent, or its last day is past."""


class NotNow(Exception):
    """The dossier waits for consent, or is closed; the page of the dossier says so. `uid` is what the address of that page names it by."""

    def __init__(self, uid: str) -> None:
        self.uid = uid


class LinkOver(Exception):
    """The client's link is over, or was never ours; `has_agreed` where the client said yes with it and got another one."""

    def __init__(self, *, has_agreed: bool = False) -> None:
        self.has_agreed = has_agreed


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier behind its door."""

    session: Session
    dossier: Dossier
    actor: str
    now: datetime

    def noted(self, action: str, what: str) -> None:
        """Writes down what is done here."""
        noted(self.session, self.actor, self.dossier.uid, action, what, self.now)


@contextmanager
def advisors_door(uid: str, what: str, standings: Collection[Standing] = WRITABLE) -> Iterator[Opened]:
    """Opens a dossier for its advisor; `what` is the part that is looked at.

    Ends the request with 404 for everybody else. Raises ConsentOver, and NotNow where the dossier has none of `standings`.
    """
    parts, account_id = services(), current_actor().account_id
    with parts.database.writing() as session:
        dossier = dossier_by_uid(session, uid) or abort(404)
        require(Action.VIEW, dossier)
        standing = dossier.standing(parts.today())
        if standing in ENDED:
            raise ConsentOver
        if standing not in standings:
            raise NotNow(uid)
        opened = Opened(session, dossier, actor_key(session, account_id or abort(404)), parts.now())
        opened.noted(READ, what)
        yield opened


@contextmanager
def clients_door(key: str, what: str) -> Iterator[Opened]:
    """Opens a dossier for the client whom it is about, also when the consent is over: to see that, and to delete it.

    Ends the request with 403 for the advisor, who cannot answer for the client. Raises LinkOver.
    """
    parts, account_id = services(), current_actor().account_id
    with parts.database.writing() as session:
        dossier = dossier_by_key(session, key, account_id)
        if dossier is None or is_unanswered(dossier, parts.now()):
            raise LinkOver(has_agreed=was_agreed_with(session, key))
        if account_id is not None and account_id == dossier.advisor_id:
            abort(403)
        is_own = account_id is not None and account_id == dossier.client_id
        opened = Opened(session, dossier, actor_key(session, account_id) if is_own and account_id else CLIENT, parts.now())
        opened.noted(READ, what)
        yield opened


@contextmanager
def clients_part(key: str, what: str, standings: Collection[Standing] = WRITABLE) -> Iterator[Opened]:
    """Opens a part of a dossier for its client, under the same conditions as for the advisor.

    Raises LinkOver, and NotNow where the dossier has none of `standings`: the page of the dossier then says how it stands.
    """
    with clients_door(key, what) as opened:
        if opened.dossier.standing(services().today()) not in standings:
            raise NotNow(key)
        yield opened


def is_unanswered(dossier: Dossier, now: datetime) -> bool:
    """Whether the client let the question for consent pass."""
    return dossier.consent.given_at is None and dossier.consent.asked_at + ANSWER_WITHIN <= now
