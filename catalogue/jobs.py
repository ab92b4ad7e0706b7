"""Background work in a table of our own, claimed by lease.

A worker claims a job with a conditional UPDATE; when it dies, its lease runs out and another takes over. So a job can run twice:
each handler's effect must be safe to repeat. A job that fails is tried again with growing pauses; after the last try it stays in the
table with its error.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.models.work import Job

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=30)

Handler = Callable[[Session, Mapping[str, Any], datetime], None]
"""Does one job inside the transaction that also marks it as finished."""


def enqueue(
    session: Session, kind: str, payload: Mapping[str, Any], now: datetime, *, run_at: datetime | None = None, unique_key: str | None = None
) -> None:
    """Adds a job in the caller's transaction. With a `unique_key` that is there already, nothing is added."""
    if unique_key and session.scalar(select(Job.id).where(Job.unique_key == unique_key)):
        return
    session.add(Job(kind=kind, payload=dict(payload), run_at=run_at or now, unique_key=unique_key))


def claim(database: Database, now: datetime, worker: str) -> Job | None:
    """Takes the longest waiting job that nobody holds; None when there is none.

    A job whose last try ended with its worker is given up here, since nobody was left to say that it failed.
    """
    free = (
        Job.finished_at.is_(None),
        Job.failed_at.is_(None),
        Job.run_at <= now,
        or_(Job.claimed_until.is_(None), Job.claimed_until < now),
    )
    while True:
        with database.writing() as session:
            candidate = session.execute(select(Job.id, Job.attempts).where(*free).order_by(Job.run_at, Job.id).limit(1)).first()
            if candidate is None:
                return None
            still_free = update(Job).where(Job.id == candidate.id, *free)
            if candidate.attempts >= MOST_ATTEMPTS:
                session.execute(still_free.values(failed_at=now, error="no worker lived to finish it"))
                continue
            taken = session.execute(still_free.values(claimed_until=now + LEASE, claimed_by=worker, attempts=Job.attempts + 1))
            if taken.rowcount == 1:  # type: ignore[attr-defined]
                return session.get(Job, candidate.id, populate_existing=True)


def run_waiting(database: Database, handlers: Mapping[str, Handler], clock: Callable[[], datetime]) -> int:
    """Runs all jobs that are due, one after the other; returns how many it tried."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    tried = 0
    while job := claim(database, clock(), worker):
        tried += 1
        try:
            with database.writing() as session:
                handlers[job.kind](session, job.payload, clock())
                session.execute(update(Job).where(Job.id == job.id).values(finished_at=clock(), error=""))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is kept with its job and tried again
            _keep_failure(database, job, f"{type(error).__name__}: {error}", clock())
    return tried


def forget_done(session: Session, before: datetime) -> None:
    """Deletes jobs that were finished, or given up, before a moment."""
    session.execute(delete(Job).where(or_(Job.finished_at < before, Job.failed_at < before)))


def oldest_waiting_seconds(session: Session, now: datetime) -> float:
    """How long the oldest due job has waited; 0 when none waits."""
    oldest = session.scalar(select(func.min(Job.run_at)).where(Job.finished_at.is_(None), Job.failed_at.is_(None), Job.run_at <= now))
    return (now - oldest).total_seconds() if oldest else 0.0


def _keep_failure(database: Database, job: Job, error: str, now: datetime) -> None:
    is_last = job.attempts >= MOST_ATTEMPTS
    pause = FIRST_PAUSE * 4 ** (job.attempts - 1)
    with database.writing() as session:
        session.execute(
            update(Job)
            .where(Job.id == job.id)
            .values(error=error[:2000], failed_at=now if is_last else None, run_at=now + pause, claimed_until=None)
        )
