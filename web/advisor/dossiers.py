"""Writing dossiers. Functions take the session first, or the dossier, and never commit; who calls them writes the audit entry."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from web.accounts.models import Account, RoleName
from web.accounts.people import account_by_email
from web.advisor.model import Consent, Dossier, How, Note, Task
from web.security.sessions import hash_of

TEXT_VERSION = 2
"""Goes up when the page on which clients give consent asks something else."""


class NoAdvisor(ValueError):
    """This address belongs to no other advisor."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a client is asked before there is a dossier."""

    client_name: str
    client_email: str
    """"" when the client gets no mail from us."""
    purpose: str
    until: date
    how: How


def open_dossier(session: Session, asked: Request, advisor_id: int, now: datetime) -> tuple[Dossier, str]:
    """Makes a dossier that waits for the client's consent, or has it on paper; returns the token of the client's link too."""
    dossier = Dossier(
        advisor_id=advisor_id, client_name=asked.client_name, client_email=asked.client_email, goal="", situation="", opened_at=now
    )
    given_at = now if asked.how is How.PAPER else None
    dossier.consent = Consent(
        purpose=asked.purpose, until=asked.until, how=asked.how, text_version=TEXT_VERSION, asked_at=now, given_at=given_at
    )
    token = new_link(dossier)
    session.add(dossier)
    session.flush()
    return dossier, token


def new_link(dossier: Dossier) -> str:
    """Gives the client another link; the one before works no more. Returns its token, which nobody can read again."""
    token = secrets.token_urlsafe(32)
    dossier.link_hash = hash_of(token)
    return token


def give_consent(dossier: Dossier, client_id: int | None, now: datetime) -> str:
    """The client agrees; returns the token of a link that the advisor does not know.

    Args:
        client_id: the account that the client is signed in with; None for who has none.
    """
    dossier.consent.given_at, dossier.client_id, dossier.asked_hash = now, client_id, dossier.link_hash
    return new_link(dossier)


def ask_longer(dossier: Dossier, until: date, how: How, now: datetime) -> None:
    """Asks the client for a later last day; on paper the client said yes already."""
    if how is How.PAPER:
        _renew(dossier, until, how, now)
    else:
        dossier.consent.longer_until, dossier.consent.longer_asked_at = until, now


def answer_longer(dossier: Dossier, now: datetime, *, is_yes: bool) -> bool:
    """What the client says to a later last day; False where nothing was asked."""
    until = dossier.consent.longer_until
    if until is None:
        return False
    dossier.consent.longer_until = dossier.consent.longer_asked_at = None
    if is_yes:
        _renew(dossier, until, How.ONLINE, now)
    return True


def _renew(dossier: Dossier, until: date, how: How, now: datetime) -> None:
    consent = dossier.consent
    consent.until, consent.how, consent.given_at, consent.text_version = until, how, now, TEXT_VERSION
    consent.longer_until = consent.longer_asked_at = None
    dossier.warned_at = None


def withdraw_consent(dossier: Dossier, now: datetime) -> None:
    """The client wants it no more: from now on no advisor comes in."""
    dossier.consent.withdrawn_at, dossier.asked_hash = dossier.consent.withdrawn_at or now, None


def colleague_of(session: Session, dossier: Dossier, email: str) -> Account:
    """Another advisor, to whom the dossier can go. Raises NoAdvisor."""
    account = account_by_email(session, email)
    if account is None or not account.active or account.id in (dossier.advisor_id, dossier.client_id):
        raise NoAdvisor
    if not account.has_role(RoleName.ADVISOR):
        raise NoAdvisor
    return account


def add_note(dossier: Dossier, day: date, text: str) -> None:
    """Writes down what a talk was about."""
    dossier.notes.append(Note(day=day, text=text))


def add_task(dossier: Dossier, text: str, due: date) -> None:
    """Something to do until a day."""
    dossier.tasks.append(Task(text=text, due=due))


def note_of(dossier: Dossier, note_id: int) -> Note | None:
    """A note of a dossier."""
    return next((one for one in dossier.notes if one.id == note_id), None)


def remove_note(session: Session, dossier: Dossier, note_id: int) -> bool:
    """Deletes a note; False where the dossier has no such note."""
    return bool(session.execute(delete(Note).where(Note.id == note_id, Note.dossier_id == dossier.id)).rowcount)  # type: ignore[attr-defined]


def turn_task(session: Session, dossier: Dossier, task_id: int, now: datetime) -> Task | None:
    """Marks a task as done, or as not done after all; None where the dossier has no such task."""
    found = session.scalar(select(Task).where(Task.id == task_id, Task.dossier_id == dossier.id))
    if found is not None:
        found.done_at = None if found.done_at else now
    return found


def wipe_dossier(session: Session, dossier: Dossier) -> None:
    """Deletes a dossier with all that is in it. The audit trail keeps that there was one, and no word of it."""
    session.delete(dossier)
