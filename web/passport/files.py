"""Reads and writes of the files of evidence. Functions take the session first and never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from web.passport.model import EvidenceFile
from web.security.owner import Owner
from web.security.sessions import LIFETIME

MOST_FILE_BYTES = 5 * 1024 * 1024
MOST_BYTES_TOGETHER = 25 * 1024 * 1024


class FilesFull(ValueError):
    """Somebody's files together would be larger than MOST_BYTES_TOGETHER."""


def add_file(session: Session, owner: Owner, content: bytes, media_type: str, now: datetime) -> str:
    """Keeps a file; returns its id, which is random. Raises FilesFull."""
    held = session.scalar(select(func.coalesce(func.sum(func.length(EvidenceFile.content)), 0)).where(owner.owns(EvidenceFile)))
    if (held or 0) + len(content) > MOST_BYTES_TOGETHER:
        raise FilesFull
    ends = now + LIFETIME if owner.account_id is None else None
    added = EvidenceFile(account_id=owner.account_id, media_type=media_type, content=content, created_at=now, expires_at=ends)
    session.add(added)
    session.flush()
    return added.uid


def file_of(session: Session, owner: Owner, uid: str) -> EvidenceFile | None:
    """One of somebody's own files."""
    return session.scalar(select(EvidenceFile).where(owner.owns(EvidenceFile), EvidenceFile.uid == uid))


def files_of(session: Session, owner: Owner) -> dict[str, EvidenceFile]:
    """All of somebody's own files, by id."""
    return {one.uid: one for one in session.scalars(select(EvidenceFile).where(owner.owns(EvidenceFile)))}


def delete_files(session: Session, owner: Owner, uids: Collection[str]) -> None:
    """Deletes some of somebody's own files."""
    session.execute(delete(EvidenceFile).where(owner.owns(EvidenceFile), EvidenceFile.uid.in_(uids)))


def keep_longer(session: Session, owner: Owner, now: datetime) -> None:
    """Keeps a guest's files as long as the session, which is used now."""
    mine = (EvidenceFile.account_id.is_(None), EvidenceFile.uid.in_(owner.uids))
    session.execute(update(EvidenceFile).where(*mine).values(expires_at=now + LIFETIME))


def give_to(session: Session, uids: Collection[str], account_id: int) -> None:
    """Gives a guest's files to the account that just signed in."""
    guests = (EvidenceFile.uid.in_(uids), EvidenceFile.account_id.is_(None))
    session.execute(update(EvidenceFile).where(*guests).values(account_id=account_id, expires_at=None))


def purge_files(session: Session, now: datetime) -> None:
    """Deletes the files of guests whose time is over."""
    session.execute(delete(EvidenceFile).where(EvidenceFile.expires_at <= now))
