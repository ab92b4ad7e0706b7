"""Writing demands. Functions take the session first and never commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.models import Demand, DemandAnswer, DemandSkill, Module, ModuleSkill
from catalogue.places import find_point, province_of
from catalogue.vocabulary import DemandStatus, Status

MOST_SKILLS = 30


class DemandValues(TypedDict, total=False):
    """What can be filled in; fields that are left out stay as they are."""

    organisation_id: int | None
    company: str
    is_company_shown: bool
    title: str
    wish: str
    occupation_id: int | None
    theme_id: int | None
    people: int
    place: str
    max_km: int | None
    is_online_ok: bool
    needed_by: date | None
    budget_cents: int | None


class TooManySkills(ValueError):
    """More skills than a demand can be about."""


class NoAnswer(ValueError):
    """Only a module that is online can answer a demand."""


def file_demand(session: Session, values: DemandValues, now: datetime) -> Demand:
    """Makes a draft; `values` has at least title and people."""
    demand = Demand(status=DemandStatus.DRAFT, created_at=now, updated_at=now)
    change_demand(session, demand, values, now)
    session.add(demand)
    session.flush()
    return demand


def one_at_a_time(session: Session, uid: str) -> None:
    """Lets nobody else change a demand until this transaction ends; call it before the demand is read."""
    session.execute(select(Demand.id).where(Demand.uid == uid).with_for_update())


def change_demand(session: Session, demand: Demand, values: DemandValues, now: datetime) -> None:
    """Writes what was filled in. A place that nobody knows has no point and no region."""
    for name, value in values.items():
        setattr(demand, name, value)
    if "place" in values:
        point = find_point(session, values["place"])
        demand.latitude, demand.longitude = (point.latitude, point.longitude) if point else (None, None)
        demand.region = province_of(session, point) if point else ""
    demand.updated_at = now


def choose_skills(session: Session, demand: Demand, levels: Mapping[int, tuple[int, int]], now: datetime) -> None:
    """Makes these the skills of a demand.

    Args:
        levels: by key of the skill the level now (0-4) and the level wanted; a skill that is not wanted higher than it is, is left out.

    Raises:
        TooManySkills: more than `MOST_SKILLS`.
    """
    wanted = {skill_id: pair for skill_id, pair in levels.items() if pair[1] > pair[0]}
    if len(wanted) > MOST_SKILLS:
        raise TooManySkills
    known = {row.skill_id: row for row in demand.skills}
    for skill_id in known.keys() - wanted.keys():
        demand.skills.remove(known[skill_id])
    for skill_id, (level_now, level_wanted) in wanted.items():
        row = known.get(skill_id)
        if row is None:
            demand.skills.append(DemandSkill(skill_id=skill_id, level_now=level_now, level_wanted=level_wanted))
        else:
            row.level_now, row.level_wanted = level_now, level_wanted
    demand.theme_id = demand.theme_id or likely_theme(session, wanted)
    demand.updated_at = now
    session.flush()


def answer_demand(session: Session, demand: Demand, module: Module, note: str, now: datetime) -> None:
    """Adds a module as an answer, or changes the note of one that is. Raises NoAnswer."""
    if module.status is not Status.PUBLISHED:
        raise NoAnswer
    known = session.get(DemandAnswer, (demand.id, module.id))
    if known is None:
        demand.answers.append(DemandAnswer(module=module, note=note, created_at=now))
    else:
        known.note = note
    demand.updated_at = now
    session.flush()


def withdraw_answer(session: Session, demand: Demand, module_id: int, now: datetime) -> None:
    """Takes an answer away, if it is one."""
    for answer in [one for one in demand.answers if one.module_id == module_id]:
        demand.answers.remove(answer)
        demand.updated_at = now
    session.flush()


def likely_theme(session: Session, skill_ids: Mapping[int, object]) -> int | None:
    """Key of the theme of most modules online that teach one of these skills; None where nothing teaches them."""
    times = func.count(func.distinct(Module.id))
    found = session.execute(
        select(Module.theme_id)
        .join(ModuleSkill, ModuleSkill.module_id == Module.id)
        .where(
            ModuleSkill.skill_id.in_(list(skill_ids)),
            ModuleSkill.role == ModuleSkill.TAUGHT,
            Module.status == Status.PUBLISHED,
            Module.theme_id.is_not(None),
        )
        .group_by(Module.theme_id)
        .order_by(times.desc(), Module.theme_id)
        .limit(1)
    )
    return found.scalar()
