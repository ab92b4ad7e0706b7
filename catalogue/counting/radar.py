"""What people ask in vain, and what is offered: by region, theme and sector, over some weeks.

Of what was asked in vain only cells of `LEAST` visitors or more take part, see `catalogue.counting.cells`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.orm import Session

from catalogue.counting.cells import LEAST
from catalogue.counting.figures import weeks_between
from catalogue.models import Edition, Module, ModuleSkill, Place, Vain, VainCount
from catalogue.versions import MODULES, current_versions
from catalogue.vocabulary import Level, Sector, Status

MOST_SUPPLIED = 1_000
MOST_CHOICES = 100
"""So many choices are remembered in one process, some 20 MB at most."""


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
    editions = _editions_by_module(choice)
    runs = (func.sum(editions.c.editions), func.min(editions.c.lowest), func.max(editions.c.highest))
    asked = select(ModuleSkill.skill_id, func.count(Module.id), func.avg(Module.workload_hours), *runs)
    asked = asked.join_from(ModuleSkill, Module, Module.id == ModuleSkill.module_id)
    asked = asked.join(editions, editions.c.module_id == Module.id, isouter=not choice.region)
    asked = asked.where(ModuleSkill.role == ModuleSkill.TAUGHT, Module.status == Status.PUBLISHED)
    if skill_ids is not None:
        asked = asked.where(ModuleSkill.skill_id.in_(skill_ids))
    if choice.theme_id:
        asked = asked.where(Module.theme_id == choice.theme_id)
    if choice.sector:
        asked = asked.where(Module.level.in_([level for level in Level if level.sector == Sector(choice.sector)]))
    most_first = (func.count(Module.id).desc(), ModuleSkill.skill_id)
    return [_supply(*row) for row in session.execute(asked.group_by(ModuleSkill.skill_id).order_by(*most_first).limit(limit))]


class CountedSupply:
    """`supply` of all skills, counted once for each version of the catalogue and choice: over 100,000 modules it takes more than a second.

    Threads may share it.
    """

    def __init__(self) -> None:
        self._version = -1
        self._counted: dict[tuple[str, int, str], list[Supply]] = {}

    def now(self, session: Session, choice: Choice) -> list[Supply]:
        """The supply as `session` sees it, at most `MOST_SUPPLIED` skills."""
        version = current_versions(session)[MODULES]
        if version != self._version or len(self._counted) >= MOST_CHOICES:
            self._version, self._counted = version, {}
        counted, wanted = self._counted, (choice.region, choice.theme_id, choice.sector)
        if wanted not in counted:
            counted[wanted] = supply(session, choice, MOST_SUPPLIED)
        return counted[wanted]


def modules_by_skill(session: Session, choice: Choice, skill_ids: Sequence[int]) -> dict[int, int]:
    """How many modules teach each of these skills; those that none teaches are left out."""
    return {one.skill_id: one.modules for one in supply(session, choice, len(skill_ids), skill_ids)} if skill_ids else {}


def provinces(session: Session) -> Sequence[str]:
    """All regions, by name."""
    return session.scalars(select(Place.province).distinct().order_by(Place.province)).all()


def _editions_by_module(choice: Choice) -> Subquery:
    """Number, lowest and highest price of the editions of each module; in a region only of those given there."""
    price = Edition.price_cents
    asked = select(Edition.module_id, func.count().label("editions"), func.min(price).label("lowest"), func.max(price).label("highest"))
    if choice.region:
        asked = asked.join(Place, Place.id == Edition.place_id).where(Place.province == choice.region)
    return asked.group_by(Edition.module_id).subquery()


def _supply(skill_id: int, modules: int, hours: float | None, editions: int | None, lowest: int | None, highest: int | None) -> Supply:
    lowest_eur, highest_eur = (None if cents is None else cents / 100 for cents in (lowest, highest))
    return Supply(skill_id, modules, int(editions or 0), hours, lowest_eur, highest_eur)


def _shown(choice: Choice) -> ColumnElement[bool]:
    """The cells of a choice that may be shown."""
    wanted: Mapping[ColumnElement[object], object] = {
        VainCount.region: choice.region,  # type: ignore[dict-item]
        VainCount.theme_id: choice.theme_id,  # type: ignore[dict-item]
        VainCount.sector: choice.sector,  # type: ignore[dict-item]
    }
    chosen = [column == value for column, value in wanted.items() if value]
    return and_(VainCount.visitors >= LEAST, VainCount.week.between(choice.first, choice.last), *chosen)
