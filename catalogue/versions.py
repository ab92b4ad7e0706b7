"""When did the taxonomy or the modules change? Every process asks before it trusts its arrays."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.models.version import Version

TAXONOMY = "taxonomy"
MODULES = "modules"
VECTORS = "vectors"


def bump_version(session: Session, name: str) -> None:
    """Says that this part of the data changes in this transaction."""
    changed = session.execute(update(Version).where(Version.name == name).values(number=Version.number + 1))
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        session.add(Version(name=name, number=1))
        session.flush()


def current_versions(session: Session) -> dict[str, int]:
    """The counters by name; a part never written is 0."""
    counters = dict(session.execute(select(Version.name, Version.number)).all())
    return {TAXONOMY: 0, MODULES: 0, VECTORS: 0} | counters
