"""Keeps the search index equal to the database.

A change of a module writes an `IndexChange` in its own transaction (`queue`). A worker claims such rows by lease, brings the modules
into the index as they are at that moment, and deletes the rows (`sync`). A worker that dies loses its claim when the lease ends; a row
that fails keeps its error and is tried again after growing pauses. Doing a change twice does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.models import IndexChange, Module
from catalogue.overview import count_published
from catalogue.progress import Progress, silent
from catalogue.search.documents import published_documents
from catalogue.search.meaning import ModuleMeanings
from catalogue.search.port import ModuleDocument, SearchEngine, SearchUnavailable
from catalogue.vocabulary import Status

BATCH = 200
LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
MAX_ERROR_CHARS = 2000


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """Modules that are published and not in the index (`missing`), and the other way round (`surplus`)."""

    missing: frozenset[int]
    surplus: frozenset[int]

    @property
    def is_none(self) -> bool:
        """Whether index and database hold the same modules."""
        return not self.missing and not self.surplus


@dataclass(frozen=True, slots=True)
class _Claim:
    """Rows of the outbox that this worker holds until `until`."""

    changes: dict[int, int]
    """Row id -> module id."""
    attempts: int
    until: datetime


def queue(session: Session, module_ids: Iterable[int], now: datetime) -> None:
    """Says, in the caller's transaction, that these modules changed, were published, or are gone."""
    session.add_all(IndexChange(module_id=module_id, created_at=now) for module_id in module_ids)


def rebuild(database: Database, engine: SearchEngine, progress: Progress = silent) -> int:
    """Fills a new index from all published modules and switches to it; returns how many it holds.

    Changes that were waiting before the modules were read are thereby done, and the database knows anew how full it is. Raises
    SearchUnavailable, as the engine does.
    """
    waiting: tuple[int, datetime] | None = None

    def documents() -> Iterator[ModuleDocument]:
        nonlocal waiting
        with database.reading() as session:
            newest = session.execute(select(IndexChange.id, IndexChange.created_at).order_by(IndexChange.id.desc()).limit(1)).first()
            waiting = (newest.id, newest.created_at) if newest else None
            total = count_published(session)
            progress("search index", 0, total)
            for done, document in enumerate(published_documents(session), 1):
                yield document
                progress("search index", done, total)

    count = engine.rebuild(documents())
    if waiting:
        # SQLite gives the ids of deleted rows out again, so the moment is compared too.
        last_id, last_moment = waiting
        with database.writing() as session:
            session.execute(delete(IndexChange).where(IndexChange.id <= last_id, IndexChange.created_at <= last_moment))
    database.update_statistics()
    return count


def sync(database: Database, engine: SearchEngine, now: datetime, meanings: ModuleMeanings | None = None) -> int:
    """Brings all waiting changes into the index, and then their meaning; returns how many modules.

    Failures stay in the outbox with their error.
    """
    modules = 0
    while claim := _claim(database, now):
        modules += _apply(database, engine, claim, now)
        if meanings is not None:
            meanings.fill(set(claim.changes.values()))
    return modules


def waiting(database: Database) -> int:
    """How many changes the index has not taken in yet; each row of the outbox keeps why."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(IndexChange)) or 0


def check(database: Database, engine: SearchEngine) -> IndexDifference:
    """Compares index and database. Raises SearchUnavailable."""
    with database.reading() as session:
        published = set(session.scalars(select(Module.id).where(Module.status == Status.PUBLISHED)))
    indexed = engine.module_ids()
    return IndexDifference(frozenset(published - indexed), frozenset(indexed - published))


def _claim(database: Database, now: datetime) -> _Claim | None:
    """Takes the longest waiting rows that nobody holds, all with equally many attempts behind them; None when there are none."""
    is_free = or_(IndexChange.claimed_until.is_(None), IndexChange.claimed_until < now)
    until = now + LEASE
    with database.writing() as session:
        first = session.scalars(select(IndexChange).where(is_free).order_by(IndexChange.id).limit(1)).first()
        if first is None:
            return None
        attempts = first.attempts
        candidates = select(IndexChange.id).where(is_free, IndexChange.attempts == attempts).order_by(IndexChange.id).limit(BATCH)
        taken = session.execute(
            update(IndexChange)
            .where(IndexChange.id.in_(session.scalars(candidates).all()), is_free)
            .values(claimed_until=until, attempts=IndexChange.attempts + 1)
            .returning(IndexChange.id, IndexChange.module_id)
            .execution_options(synchronize_session=False)
        )
        changes = dict(taken.all())
    return _Claim(changes, attempts + 1, until)


def _apply(database: Database, engine: SearchEngine, claim: _Claim, now: datetime) -> int:
    """Updates the index and deletes the rows; after a failure, row by row, so that one bad module does not hold up the others."""
    try:
        _update(database, engine, list(claim.changes.values()))
    except SearchUnavailable as error:
        _keep_failure(database, claim, error, now)
        return 0
    except Exception as error:  # noqa: BLE001 - whatever a document does to the index is kept with its row and tried again
        if len(claim.changes) == 1:
            _keep_failure(database, claim, error, now)
            return 0
        single = [_Claim({change: module}, claim.attempts, claim.until) for change, module in claim.changes.items()]
        return sum(_apply(database, engine, one, now) for one in single)
    with database.writing() as session:
        mine = IndexChange.id.in_(claim.changes), IndexChange.claimed_until == claim.until
        session.execute(delete(IndexChange).where(*mine).execution_options(synchronize_session=False))
    return len(set(claim.changes.values()))


def _update(database: Database, engine: SearchEngine, module_ids: Sequence[int]) -> None:
    """All these modules leave the index, and those that are published come back as they are now."""

    def documents() -> Iterator[ModuleDocument]:
        with database.reading() as session:
            yield from published_documents(session, module_ids)

    engine.update(documents(), removed=module_ids)


def _keep_failure(database: Database, claim: _Claim, error: Exception, now: datetime) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(claim.attempts - 1, 12), LONGEST_PAUSE)
    with database.writing() as session:
        session.execute(
            update(IndexChange)
            .where(IndexChange.id.in_(claim.changes), IndexChange.claimed_until == claim.until)
            .values(claimed_until=now + pause, error=f"{type(error).__name__}: {error}"[:MAX_ERROR_CHARS])
            .execution_options(synchronize_session=False)
        )
