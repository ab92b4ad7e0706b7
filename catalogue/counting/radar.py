"""What people ask in vain, and what is offered: by region, theme and sector, over some weeks.

Of what was asked in vain only cells of `LEAST` visitors or more take part, see `catalogue.counting.cells`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from catalogue.counting.cells import LEAST
from catalogue.counting.figures import weeks_between
from catalogue.models import Edition, Module, ModuleSkill, Place, Vain, VainCount
from catalogue.vocabulary import Level, Sector, Status


@dataclass(frozen=True, slots=True)
class Choice:
    """What the radar is about: weeks from one Monday to another, both included; "" and 0 are everything."""

    first: date
    last: date
    region: str = ""
    theme_id: int = 0
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many visitors asked something in vain; a concept of 0 and 0 is all that nobody may know more of."""

    skill_id: int
    occupation_id: int
    visitors: int


@dataclass(frozen=True, slots=True)
class Supply:
    """What is offered for one skill. `hours` is the mean load, prices are the lowest and highest; None where not stated."""

    skill_id: int
    modules: int
    editions: int
    hours: float | None
    lowest_eur: float | None
    highest_eur: float | None


def asked_in_vain(session: Session, choice: Choice, ways: Sequence[Vain]) -> list[Asked]:
    """What was asked in vain in any of these ways, most visitors first."""
    concept = (VainCount.skill_id, VainCount.occupation_id)
    visitors = func.sum(VainCount.visitors)
    asked = select(*concept, visitors).where(_shown(choice), VainCount.vain.in_(ways)).group_by(*concept)
    return [Asked(skill, work, int(total)) for skill, work, total in session.execute(asked.order_by(visitors.desc(), *concept))]


def weeks_in_vain(session: Session, choice: Choice) -> dict[date, dict[Vain, int]]:
    """How many visitors asked anything in vain, by week and way; weeks with nothing to show too."""
    weeks = {week: dict.fromkeys(Vain, 0) for week in weeks_between(choice.first, choice.last)}
    asked = select(VainCount.week, VainCount.vain, func.sum(VainCount.visitors)).where(_shown(choice))
    for week, vain, total in session.execute(asked.group_by(VainCount.week, VainCount.vain)):
        weeks[week][vain] = int(total)
    return weeks


def supply(session: Session, choice: Choice, limit: int, skill_ids: Sequence[int] | None = None) -> list[Supply]:
    """What is offered now for each skill that is taught, most modules first; with `skill_ids` for these only.

    A module counts for a region when an edition of it is given there.
    """
    n_modules = func.count(func.distinct(Module.id))
    by_module = _taught(select(ModuleSkill.skill_id, n_modules, func.avg(Module.workload_hours)), choice, skill_ids)
    found = session.execute(by_module.group_by(ModuleSkill.skill_id).order_by(n_modules.desc(), ModuleSkill.skill_id).limit(limit)).all()
    price = Edition.price_cents
    by_edition = _taught(
        select(ModuleSkill.skill_id, func.count(func.distinct(Edition.id)), func.min(price), func.max(price)),
        choice,
        [row[0] for row in found],
    ).join(Edition, Edition.module_id == Module.id)
    if choice.region:
        by_edition = by_edition.join(Place, Place.id == Edition.place_id).where(Place.province == choice.region)
    editions = {row[0]: row[1:] for row in session.execute(by_edition.group_by(ModuleSkill.skill_id))}
    return [_supply(skill, modules, hours, *editions.get(skill, (0, None, None))) for skill, modules, hours in found]


def modules_by_skill(session: Session, choice: Choice, skill_ids: Sequence[int]) -> dict[int, int]:
    """How many modules teach each of these skills; those that none teaches are left out."""
    return {one.skill_id: one.modules for one in supply(session, choice, len(skill_ids), skill_ids)} if skill_ids else {}


def provinces(session: Session) -> Sequence[str]:
    """All regions, by name."""
    return session.scalars(select(Place.province).distinct().order_by(Place.province)).all()


def _supply(skill_id: int, modules: int, hours: float | None, editions: int, lowest_cents: int | None, highest_cents: int | None) -> Supply:
    lowest_eur, highest_eur = (None if cents is None else cents / 100 for cents in (lowest_cents, highest_cents))
    return Supply(skill_id, modules, editions, hours, lowest_eur, highest_eur)


def _taught(statement: Any, choice: Choice, skill_ids: Sequence[int] | None) -> Any:
    """A select of skills, narrowed to those that published modules of a choice teach."""
    statement = statement.join_from(ModuleSkill, Module, Module.id == ModuleSkill.module_id)
    statement = statement.where(ModuleSkill.role == ModuleSkill.TAUGHT, Module.status == Status.PUBLISHED)
    if skill_ids is not None:
        statement = statement.where(ModuleSkill.skill_id.in_(skill_ids))
    if choice.theme_id:
        statement = statement.where(Module.theme_id == choice.theme_id)
    if choice.sector:
        statement = statement.where(Module.level.in_([level for level in Level if level.sector == Sector(choice.sector)]))
    if choice.region:
        here = select(Edition.module_id).join(Place, Place.id == Edition.place_id).where(Place.province == choice.region)
        statement = statement.where(Module.id.in_(here))
    return statement


def _shown(choice: Choice) -> ColumnElement[bool]:
    """The cells of a choice that may be shown."""
    wanted: Mapping[ColumnElement[object], object] = {
        VainCount.region: choice.region,  # type: ignore[dict-item]
        VainCount.theme_id: choice.theme_id,  # type: ignore[dict-item]
        VainCount.sector: choice.sector,  # type: ignore[dict-item]
    }
    chosen = [column == value for column, value in wanted.items() if value]
    return and_(VainCount.visitors >= LEAST, VainCount.week.between(choice.first, choice.last), *chosen)
