"""The example demands of the seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Demand, DemandSkill, DemandStep, Place, Skill, Theme, stable_uid
from catalogue.vocabulary import DemandStatus
from seed.files import Entry, rising
from seed.timetable import moved_on

_CENTS = 100


def load_demands(session: Session, entries: Sequence[Entry], keys: Mapping[type, Mapping[str, int]], now: datetime) -> tuple[int, int]:
    """Adds the demands that are missing and updates those that differ; how many of each. What people did with one stays.

    Args:
        keys: by model, the key of each slug.
    """
    known = {demand.uid: demand for demand in session.scalars(select(Demand).where(Demand.is_example))}
    added = changed = 0
    for entry in entries:
        uid = stable_uid("demand", entry["id"])
        values = _values(session, entry, keys, now.date())
        levels = {keys[Skill][skill]: (now_, needed) for skill, now_, needed in map(rising, entry["skills"])}
        demand = known.get(uid)
        if demand is None:
            steps = [DemandStep(status=DemandStatus.OPEN, created_at=now)]
            demand = Demand(
                uid=uid,
                is_example=True,
                status=DemandStatus.OPEN,
                created_at=now,
                updated_at=now,
                steps=steps,
                skills=_rows(levels),
                **values,
            )
            session.add(demand)
            added += 1
        elif _differs(demand, values, levels):
            for name, value in values.items():
                setattr(demand, name, value)
            demand.skills.clear()
            session.flush()
            demand.skills, demand.updated_at = _rows(levels), now
            changed += 1
    session.flush()
    return added, changed


def _values(session: Session, entry: Entry, keys: Mapping[type, Mapping[str, int]], today: date) -> dict[str, Any]:
    place = session.get_one(Place, keys[Place][entry["place"]])
    budget = entry.get("budget_eur")
    return {
        "title": entry["title"],
        "wish": entry["wish"],
        "theme_id": keys[Theme][entry["theme"]],
        "people": entry["people"],
        "place": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "region": place.province,
        "max_km": entry.get("max_km"),
        "is_online_ok": entry.get("online", True),
        "needed_by": moved_on(date.fromisoformat(entry["needed_by"]), today),
        "budget_cents": None if budget is None else budget * _CENTS,
    }


def _rows(levels: Mapping[int, tuple[int, int]]) -> list[DemandSkill]:
    return [DemandSkill(skill_id=skill_id, level_now=now, level_wanted=needed) for skill_id, (now, needed) in levels.items()]


def _differs(demand: Demand, values: Mapping[str, Any], levels: Mapping[int, tuple[int, int]]) -> bool:
    has_other = {row.skill_id: (row.level_now, row.level_wanted) for row in demand.skills} != levels
    return has_other or any(getattr(demand, name) != value for name, value in values.items())
