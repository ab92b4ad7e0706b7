"""Writes the audit trail, and finds out whether it is as it was written. Functions take the session first and never commit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session, joinedload

from catalogue.models import new_uid
from web.accounts.models import Account
from web.audit.model import FIRST_HASH, AuditActor, AuditEntry, AuditHead

READ = "read"
"""What is noted of a look."""
CLIENT = "client"
SITE = "site"
"""Who acts without an account: a client by the private link, and the site itself, which purges."""
HEAD = 1
"""The key of the only row of `AuditHead`."""


MOST_FINDINGS = 1_000
"""After so many the rest of a chain is not looked at."""


class Fault(StrEnum):
    """What is wrong with an entry."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    """It stands beyond the end of the chain."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An entry that is not as it was written."""

    number: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the chain is: how many entries it says to have, the hash of the last one, and what is wrong."""

    count: int
    hash: str
    findings: tuple[Finding, ...]


def actor_key(session: Session, account_id: int) -> str:
    """The key that stands for an account in the chain, made when it has none."""
    found = session.get(AuditActor, account_id)
    if found is None:
        found = AuditActor(account_id=account_id, key=new_uid())
        session.add(found)
        session.flush()
    return found.key


def noted(session: Session, actor: str, dossier: str, action: str, what: str, now: datetime) -> None:
    """Adds an entry, in the transaction of what it is about: neither is there without the other.

    Writers wait for each other at the head until their transactions end, so that there is one chain.

    Args:
        actor: what `actor_key` gives, or `CLIENT` or `SITE`.
        dossier: its public id; "" for what is about none, such as who answered a request to join or removed a module.
        action: what was done, a code.
        what: with which part, a code; to whom a dossier went, as `actor` is; or the public id of what was answered or removed. Never words
            that somebody typed.
    """
    session.execute(update(AuditHead).where(AuditHead.id == HEAD).values(count=AuditHead.count + 1))
    head = session.get_one(AuditHead, HEAD, populate_existing=True)
    entry = AuditEntry(
        number=head.count, moment=now.astimezone(UTC), actor=actor, dossier=dossier, action=action, what=what, previous_hash=head.hash
    )
    entry.hash = head.hash = digest(entry)
    session.add(entry)
    session.flush()


def digest(entry: AuditEntry) -> str:
    """The SHA-256 over all that an entry says, the hash of the one before included; 64 hexadecimal digits."""
    moment = entry.moment.astimezone(UTC).isoformat(timespec="microseconds")
    said = [entry.number, moment, entry.actor, entry.dossier, entry.action, entry.what, entry.previous_hash]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def verified(session: Session, known: tuple[int, str] | None = None) -> Verdict:
    """Looks at every entry.

    Args:
        known: a number and the hash that its entry had, kept outside of the database. Who rewrites the whole chain is only found by it.
    """
    head = session.get(AuditHead, HEAD, populate_existing=True) or AuditHead(id=HEAD, count=0, hash=FIRST_HASH)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1_000))
    findings = set(islice(_wrong(entries, head, known), MOST_FINDINGS))
    return Verdict(head.count, head.hash, tuple(sorted(findings, key=lambda one: (one.number, one.fault))))


def _wrong(entries: Iterable[AuditEntry], head: AuditHead, known: tuple[int, str] | None) -> Iterator[Finding]:
    last, previous, seen = 0, FIRST_HASH, ""
    for entry in entries:
        for number in range(last + 1, entry.number):
            yield Finding(number, Fault.REMOVED)
        if entry.number < 1 or entry.number > head.count:
            yield Finding(entry.number, Fault.INSERTED)
        elif digest(entry) != entry.hash:
            yield Finding(entry.number, Fault.ALTERED)
        elif entry.number == last + 1 and entry.previous_hash != previous:  # its own hash is right, so the one before is another one now
            yield Finding(max(last, 1), Fault.ALTERED)
        if known is not None and entry.number == known[0]:
            seen = entry.hash
        last, previous = max(entry.number, last), entry.hash
    for number in range(last + 1, head.count + 1):
        yield Finding(number, Fault.REMOVED)
    if last == head.count and previous != head.hash:
        yield Finding(last, Fault.ALTERED)
    if known is not None and seen != (known[1] if known[0] else ""):
        yield Finding(known[0], Fault.ALTERED if seen else Fault.REMOVED)


def entries_about(session: Session, dossier: str, most: int, without_looks_of: Collection[str] = ()) -> Sequence[AuditEntry]:
    """The last `most` entries about a dossier, the newest first.

    Args:
        without_looks_of: actors of whom only what they did counts, and not that they looked.
    """
    is_own_look = and_(AuditEntry.action == READ, AuditEntry.actor.in_(without_looks_of))
    about = select(AuditEntry).where(AuditEntry.dossier == dossier, ~is_own_look).order_by(AuditEntry.number.desc())
    return session.scalars(about.limit(most)).all()


def last_look(session: Session, dossier: str, what: str, actors: Collection[str]) -> datetime | None:
    """When one of `actors` last looked at a part of a dossier; None where they never did."""
    about = (AuditEntry.dossier == dossier, AuditEntry.action == READ, AuditEntry.what == what, AuditEntry.actor.in_(actors))
    return session.scalar(select(func.max(AuditEntry.moment)).where(*about))


def people_behind(session: Session, keys: Iterable[str]) -> Mapping[str, Account]:
    """The accounts that keys stand for, with their cards; what is gone is not in it."""
    query = select(AuditActor.key, Account).join(Account, Account.id == AuditActor.account_id).options(joinedload(Account.card))
    return dict(session.execute(query.where(AuditActor.key.in_(set(keys)))).all())
