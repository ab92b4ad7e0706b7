"""Reading demands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.demands.status import ONLINE, WAITING
from catalogue.models import Demand, DemandAnswer, DemandSkill, DemandStep, Module, Theme
from catalogue.vocabulary import DemandStatus


@dataclass(frozen=True, slots=True)
class DemandFilter:
    """Which demands of those online one wants to see; "" or None is any. Without a status: those that nothing has answered yet."""

    region: str = ""
    theme: str = ""
    status: DemandStatus | None = None


@dataclass(frozen=True, slots=True)
class OpenDemand:
    """What people in a region need of one skill and nobody has answered: how many people, in how many demands, `examples` among those."""

    region: str
    theme_id: int | None
    skill_id: int
    people: int
    demands: int
    examples: int


def demand_by_uid(session: Session, uid: str) -> Demand | None:
    """A demand with its skills, answers and steps, whatever its status."""
    answers = selectinload(Demand.answers).joinedload(DemandAnswer.module)
    return session.scalars(
        _whole_demands()
        .where(Demand.uid == uid)
        .options(
            answers.joinedload(Module.organisation),
            answers.selectinload(Module.editions),
            selectinload(Demand.steps).joinedload(DemandStep.organisation),
        )
    ).first()


def demands_online(session: Session, wanted: DemandFilter, limit: int, offset: int = 0) -> tuple[Sequence[Demand], int]:
    """One page of the demands that everybody may read, those that are needed first in front; and how many there are in all."""
    query = _filtered(wanted)
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Demand.id).order_by(None).subquery())) or 0
    order = (case((Demand.needed_by.is_(None), 1), else_=0), Demand.needed_by, Demand.created_at.desc(), Demand.id)
    found = session.scalars(query.options(*_WITH).order_by(*order).limit(limit).offset(offset))
    return found.all(), total


def demands_of(session: Session, demand_ids: Collection[int], organisation_ids: Collection[int]) -> Sequence[Demand]:
    """Some demands, and those that organisations asked, whatever their status; changed last first."""
    mine = or_(Demand.id.in_(demand_ids), Demand.organisation_id.in_(organisation_ids))
    return session.scalars(_whole_demands().where(mine).order_by(Demand.updated_at.desc(), Demand.id)).all()


def demands_helped_by(session: Session, organisation_ids: Collection[int]) -> Sequence[Demand]:
    """The demands that organisations picked up and everybody may read, changed last first."""
    picked = (Demand.helper_id.in_(organisation_ids), Demand.status.in_(ONLINE))
    return session.scalars(_whole_demands().where(*picked).order_by(Demand.updated_at.desc(), Demand.id)).all()


def demand_regions(session: Session) -> Sequence[str]:
    """The regions of the demands that everybody may read, by name."""
    regions = select(Demand.region).where(Demand.status.in_(ONLINE), Demand.region != "").distinct().order_by(Demand.region)
    return session.scalars(regions).all()


def count_waiting(session: Session) -> int:
    """How many demands nothing has answered yet."""
    return session.scalar(select(func.count()).select_from(Demand).where(Demand.status.in_(WAITING))) or 0


def open_demand_steps(session: Session) -> list[OpenDemand]:
    """For each region, theme and skill what is asked and not answered yet; by region, theme and skill.

    These are sums over demands, examples included: who shows them leaves out what is about too few people.
    """
    per = (Demand.region, Demand.theme_id, DemandSkill.skill_id)
    rows = session.execute(
        select(*per, func.sum(Demand.people), func.count(Demand.id), func.count().filter(Demand.is_example))
        .join(DemandSkill, DemandSkill.demand_id == Demand.id)
        .where(Demand.status.in_(WAITING))
        .group_by(*per)
        .order_by(*per)
    )
    return [OpenDemand(region, theme_id, skill_id, int(people), *counts) for region, theme_id, skill_id, people, *counts in rows]


_WITH = (
    joinedload(Demand.organisation),
    joinedload(Demand.helper),
    joinedload(Demand.theme),
    joinedload(Demand.occupation),
    selectinload(Demand.skills).joinedload(DemandSkill.skill),
)


def _whole_demands() -> Select[Demand]:
    return select(Demand).options(*_WITH)


def _filtered(wanted: DemandFilter) -> Select[Demand]:
    statuses = (ONLINE & {wanted.status}) if wanted.status else WAITING
    query = select(Demand).where(Demand.status.in_(statuses))
    if wanted.region:
        query = query.where(Demand.region == wanted.region)
    if wanted.theme:
        query = query.where(Demand.theme_id.in_(select(Theme.id).where(Theme.slug == wanted.theme)))
    return query
