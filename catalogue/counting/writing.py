"""Adds counts to what the database has; also when several processes do so at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.counting.cells import LEAST, week_of
from catalogue.models import ModuleCount, VainCount
from catalogue.models.base import Base
from catalogue.models.count import Event, Vain

KEPT = timedelta(days=2 * 366)
"""Counts of longer ago are of no use to anybody."""

ModuleKey = tuple[int, date, Event, int]
VainKey = tuple[date, Vain, str, int, str, int, int]


def add_module_counts(session: Session, counts: Mapping[ModuleKey, int]) -> None:
    """Adds to the counts of modules; a key is module, day, event, edition."""
    _add(session, ModuleCount, (ModuleCount.module_id, ModuleCount.day, ModuleCount.event, ModuleCount.edition_id), "number", counts)


def add_vain_counts(session: Session, counts: Mapping[VainKey, int]) -> None:
    """Adds to the visitors of cells; a key is week, vain, region, theme, sector, skill, occupation."""
    keys = (VainCount.week, VainCount.vain, VainCount.region, VainCount.theme_id, VainCount.sector)
    _add(session, VainCount, (*keys, VainCount.skill_id, VainCount.occupation_id), "visitors", counts)


def forget_counts(session: Session, today: date) -> None:
    """Deletes what is too old, and of weeks that are over every cell that fewer than LEAST visitors fill: nobody will ever see it."""
    session.execute(delete(ModuleCount).where(ModuleCount.day < today - KEPT))
    session.execute(delete(VainCount).where(VainCount.week < today - KEPT))
    is_over = VainCount.week < week_of(today) - timedelta(weeks=1)  # a week later nothing more comes in for it
    session.execute(delete(VainCount).where(is_over, VainCount.visitors < LEAST))


def _add(session: Session, table: type[Base], keys: Sequence[InstrumentedAttribute[Any]], total: str, counts: Mapping[Any, int]) -> None:
    """One statement that adds where a row is there and makes it where not; in the order of the keys, so that no two wait for each other."""
    if not counts:
        return
    names = [key.key for key in keys]
    rows = [dict(zip(names, key, strict=True)) | {total: number} for key, number in sorted(counts.items())]
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table.__table__)
    column = table.__table__.c[total]
    session.execute(statement.on_conflict_do_update(index_elements=names, set_={total: column + statement.excluded[total]}), rows)
