"""When did the taxonomy or the modules change? Every process asks before it trusts its arrays."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.models.version import Version

TAXONOMY = "taxonomy"
MODULES = "modules"
VECTORS = "vectors"
PAIRS = "pairs"
"""Not a counter of its own: the number that the modules had when their pairs were last looked for."""


def bump_version(session: Session, name: str) -> None:
    """Says that this part of the data changes in this transaction."""
    changed = session.execute(update(Version).where(Version.name == name).values(number=Version.number + 1))
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        session.add(Version(name=name, number=1))
        session.flush()


def set_version(session: Session, name: str, number: int) -> None:
    """Says which number a part has; for a part that follows another."""
    session.merge(Version(name=name, number=number))
    session.flush()


def current_versions(session: Session) -> dict[str, int]:
    """The counters by name; a part never written is 0."""
    counters = dict(session.execute(select(Version.name, Version.number)).all())
    return {TAXONOMY: 0, MODULES: 0, VECTORS: 0, PAIRS: 0} | counters
