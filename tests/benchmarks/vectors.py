"""Vectors for a generated catalogue: real ones for its first modules, the same ones again for the others, since making them takes long."""

from __future__ import annotations

from sqlalchemy import insert, select

from catalogue.models import Module, ModuleVector
from catalogue.versions import VECTORS, bump_version, current_versions
from catalogue.vocabulary import Status
from web.wiring import Services

N_REAL = 2_000


def give_vectors(parts: Services) -> None:
    """Fills in what modules lack."""
    with parts.database.reading() as session:
        ids = session.scalars(select(Module.id).where(Module.status == Status.PUBLISHED).order_by(Module.id)).all()
    parts.meanings.fill(ids[:N_REAL])
    with parts.database.writing() as session:
        known = session.execute(select(ModuleVector.model, ModuleVector.vector).order_by(ModuleVector.module_id)).all()
        bump_version(session, VECTORS)
        number = current_versions(session)[VECTORS]
        lacking = sorted(set(ids) - set(session.scalars(select(ModuleVector.module_id)).all()))
        rows = [
            {"module_id": module_id, "model": known[place % len(known)].model, "digest": "", "vector": known[place % len(known)].vector}
            for place, module_id in enumerate(lacking)
        ]
        if rows:
            session.execute(insert(ModuleVector), [row | {"number": number} for row in rows])
