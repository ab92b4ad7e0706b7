"""What somebody who publishes sees of the own modules: a page of them, by name, by status and by what they lack."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.models import Edition, Module, ModuleSkill, NextVersion
from catalogue.overview import is_made_by
from catalogue.publishing.checks import Check
from catalogue.vocabulary import Level, StartType, Status


class Waiting(StrEnum):
    """What can be looked for beside the statuses."""

    NEXT_VERSION = "next-version"


@dataclass(frozen=True, slots=True)
class DeskWish:
    """Which modules one wants to see: words of the title or a code, where they stand, and what they lack; empty is all."""

    words: str = ""
    stand: Status | Waiting | None = None
    lacks: Check | None = None


def count_on_desk(session: Session, organisation_ids: Collection[int], wish: DeskWish, today: date) -> int:
    """How many modules these organisations make that are as wished."""
    wanted = _wanted(organisation_ids, wish, today).with_only_columns(Module.id).subquery()
    return session.scalar(select(func.count()).select_from(wanted)) or 0


def modules_on_desk(
    session: Session, organisation_ids: Collection[int], wish: DeskWish, today: date, limit: int, offset: int = 0
) -> Sequence[Module]:
    """One page of them, with all that checks look at, written last first."""
    loaded = (joinedload(Module.organisation), selectinload(Module.skills), selectinload(Module.editions))
    query = _wanted(organisation_ids, wish, today).options(*loaded).order_by(Module.updated_at.desc(), Module.id)
    return session.scalars(query.limit(limit).offset(offset)).all()


def _wanted(organisation_ids: Collection[int], wish: DeskWish, today: date) -> Select[Module]:
    query = select(Module).where(is_made_by(organisation_ids))
    for word in wish.words.split():
        query = query.where(or_(Module.title.icontains(word, autoescape=True), Module.external_id.icontains(word, autoescape=True)))
    if isinstance(wish.stand, Status):
        query = query.where(Module.status == wish.stand)
    elif wish.stand:
        query = query.where(_waits())
    if wish.lacks:
        query = query.where(lacking(today)[wish.lacks])
    return query


def count_lacking(session: Session, organisation_ids: Collection[int], today: date) -> dict[Check, int]:
    """How many modules of these organisations lack what; only what any of them lacks, and nothing of those that were withdrawn."""
    conditions = lacking(today)
    counts = [func.count().filter(condition) for condition in conditions.values()]
    made = select(*counts).select_from(Module).where(is_made_by(organisation_ids), Module.status != Status.WITHDRAWN)
    return {check: count for check, count in zip(conditions, session.execute(made).one(), strict=True) if count}


def waiting_ids(session: Session, module_ids: Collection[int]) -> frozenset[int]:
    """Those modules of which a next version waits."""
    return frozenset(session.scalars(select(NextVersion.module_id).where(NextVersion.module_id.in_(module_ids))))


def lacking(today: date) -> dict[Check, ColumnElement[bool]]:
    """`failed_checks` as conditions, but for what a database cannot count: words."""
    taught = (ModuleSkill.module_id == Module.id, ModuleSkill.role == ModuleSkill.TAUGHT)
    run = Edition.module_id == Module.id
    open_run = or_(Edition.start_type != StartType.FIXED, Edition.start_on >= today)
    return {
        Check.DESCRIPTION_MISSING: func.trim(Module.description) == "",
        Check.OUTCOMES_MISSING: cast(Module.outcomes, String) == "[]",
        Check.LEVEL_MISSING: or_(Module.level.is_(None), Module.level == Level.NONE),
        Check.LOAD_MISSING: Module.workload_hours.is_(None),
        Check.THEME_MISSING: Module.theme_id.is_(None),
        Check.SKILLS_MISSING: ~select(ModuleSkill).where(*taught).exists(),
        Check.SKILLS_UNCONFIRMED: select(ModuleSkill).where(*taught, ModuleSkill.is_recognised).exists(),
        Check.EDITIONS_MISSING: ~select(Edition).where(run).exists(),
        Check.EDITIONS_OVER: select(Edition).where(run).exists() & ~select(Edition).where(run, open_run).exists(),
        Check.PRICE_MISSING: select(Edition).where(run, Edition.price_cents.is_(None)).exists(),
    }


def _waits() -> ColumnElement[bool]:
    return select(NextVersion).where(NextVersion.module_id == Module.id).exists()
