"""Whatever is done to the rows of the audit trail from outside, verifying finds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from catalogue.database import Database
from tests.conftest import NOW
from web.audit.chain import HEAD, Fault, digest, noted, verified
from web.audit.model import AuditEntry, AuditHead
from web.migrations.upgrade import upgrade

MOST = 12
COLUMNS = ("moment", "actor", "dossier", "action", "what", "previous_hash", "hash")
checked = settings(max_examples=150, deadline=None, database=None)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("audit") / "audit.sqlite"
    upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


def written(session: Session, count: int) -> None:
    """A chain of so many entries."""
    for number in range(count):
        noted(session, f"actor {number % 3}", f"dossier {number % 2}", "read", "dossier", NOW + timedelta(minutes=number))


def moved(session: Session, number: int, to: int) -> None:
    session.execute(update(AuditEntry).where(AuditEntry.number == number).values(number=to))


def found(session: Session) -> set[tuple[int, Fault]]:
    session.expire_all()
    return {(finding.number, finding.fault) for finding in verified(session).findings}


CHAINS = st.integers(1, MOST)


@checked
@given(count=st.integers(0, MOST))
def test_a_chain_that_nobody_touched_is_right(database: Database, count: int) -> None:
    with database.trying() as session:
        written(session, count)
        verdict = verified(session)
        assert (verdict.count, verdict.findings) == (count, ())
        assert verified(session, (count, verdict.hash)).findings == ()


@checked
@given(data=st.data(), count=CHAINS, column=st.sampled_from(COLUMNS))
def test_altering_any_row_is_found(database: Database, data: st.DataObject, count: int, column: str) -> None:
    number = data.draw(st.integers(1, count))
    with database.trying() as session:
        written(session, count)
        value = NOW - timedelta(microseconds=1) if column == "moment" else "f" * 24
        session.execute(update(AuditEntry).where(AuditEntry.number == number).values({column: value}))
        assert (number, Fault.ALTERED) in found(session)


@checked
@given(data=st.data(), count=CHAINS)
def test_altering_a_row_with_its_own_hash_is_found(database: Database, data: st.DataObject, count: int) -> None:
    number = data.draw(st.integers(1, count))
    with database.trying() as session:
        written(session, count)
        entry = session.get_one(AuditEntry, number)
        entry.action = "closed"
        entry.hash = digest(entry)
        session.flush()
        assert (number, Fault.ALTERED) in found(session)


@checked
@given(data=st.data(), count=CHAINS)
def test_removing_rows_is_found(database: Database, data: st.DataObject, count: int) -> None:
    gone = data.draw(st.sets(st.integers(1, count), min_size=1))
    with database.trying() as session:
        written(session, count)
        session.execute(delete(AuditEntry).where(AuditEntry.number.in_(gone)))
        assert {(number, Fault.REMOVED) for number in gone} <= found(session)


@checked
@given(data=st.data(), count=st.integers(2, MOST))
def test_swapping_rows_is_found(database: Database, data: st.DataObject, count: int) -> None:
    one, other = data.draw(st.sets(st.integers(1, count), min_size=2, max_size=2))
    with database.trying() as session:
        written(session, count)
        for number, to in ((one, 10_000), (other, one), (10_000, other)):
            moved(session, number, to)
        assert {(one, Fault.ALTERED), (other, Fault.ALTERED)} <= found(session)


@checked
@given(data=st.data(), count=CHAINS)
def test_inserting_a_row_is_found(database: Database, data: st.DataObject, count: int) -> None:
    """At any place, the rows after it moved up by one, and with a hash that is right in itself."""
    place = data.draw(st.integers(0, count + 1))
    with database.trying() as session:
        written(session, count)
        for number in range(count, place - 1, -1) if place else ():
            moved(session, number, number + 1)
        entry = AuditEntry(number=place, moment=NOW, actor="x", dossier="x", action="read", what="x", previous_hash="e" * 64)
        entry.hash = digest(entry)
        session.add(entry)
        session.flush()
        assert found(session)


@checked
@given(data=st.data(), count=CHAINS)
def test_a_whole_chain_that_was_written_anew_is_found_by_what_was_kept_outside(database: Database, data: st.DataObject, count: int) -> None:
    known = data.draw(st.integers(1, count))
    with database.trying() as session:
        written(session, count)
        kept = (known, session.get_one(AuditEntry, known).hash)
        session.execute(delete(AuditEntry))
        session.execute(update(AuditHead).where(AuditHead.id == HEAD).values(count=0, hash="0" * 64))
        session.expire_all()
        for number in range(count):
            noted(session, "somebody else", f"dossier {number % 2}", "read", "dossier", NOW)
        assert found(session) == set()
        assert [(one.number, one.fault) for one in verified(session, kept).findings] == [(known, Fault.ALTERED)]


def test_a_chain_without_its_head_is_found(database: Database) -> None:
    with database.trying() as session:
        written(session, 2)
        session.execute(delete(AuditHead))
        assert {(1, Fault.INSERTED), (2, Fault.INSERTED)} <= found(session)
