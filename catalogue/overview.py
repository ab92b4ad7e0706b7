"""Reads for the pages around the modules: figures of the whole, themes, hubs, providers, and what is alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.models import Edition, Hub, Module, ModuleOwner, ModuleSkill, Organisation, Theme
from catalogue.versions import MODULES, current_versions
from catalogue.vocabulary import Level, StartType, Status

MOST_THEMES = 2
"""A skill that modules of more themes than this teach is no sign that two modules are about the same."""

UNSTATED_LEVELS_AWAY = 1.5
"""How far a module without a level is taken to be from another: a level that is near comes before it, and one that is far behind."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Published modules; how many of them can be had for nothing, can start on any day, and are invented; and who offers them."""

    modules: int
    free: int
    direct: int
    examples: int
    providers: int


def figures(session: Session) -> Figures:
    """The catalogue in numbers, counted now."""
    published = Module.status == Status.PUBLISHED

    def with_edition(wish: ColumnElement[bool]) -> int:
        having = select(Edition.module_id).where(wish)
        return session.scalars(select(func.count()).select_from(Module).where(published, Module.id.in_(having))).one()

    total = func.count(Module.id)
    modules, examples, providers = session.execute(
        select(total, total.filter(Module.is_example), func.count(func.distinct(Module.organisation_id))).where(published)
    ).one()
    return Figures(
        modules=modules,
        free=with_edition(Edition.price_cents == 0),
        direct=with_edition(Edition.start_type == StartType.DIRECT),
        examples=examples,
        providers=providers,
    )


class CountedFigures:
    """`figures`, counted once for each version of the catalogue: counting takes most of the time of a front page. Threads may share it."""

    def __init__(self) -> None:
        self._counted: tuple[int, Figures] | None = None

    def now(self, session: Session) -> Figures:
        """The figures of the catalogue as `session` sees it."""
        version, counted = current_versions(session)[MODULES], self._counted
        if counted is None or counted[0] != version:
            counted = self._counted = (version, figures(session))
        return counted[1]


def modules_beside(session: Session, organisation_id: int, known_ids: Collection[int]) -> list[tuple[str, str, str]]:
    """Uid, title and language of the modules of an organisation that are online and not among the known ones, by title."""
    query = select(Module.id, Module.uid, Module.title, Module.language)
    rows = session.execute(query.where(Module.organisation_id == organisation_id, Module.status == Status.PUBLISHED).order_by(Module.title))
    known = set(known_ids)
    return [(uid, title, its_language) for module_id, uid, title, its_language in rows if module_id not in known]


def last_change(session: Session) -> datetime | None:
    """When a module that is published changed last; None when there is none."""
    return session.scalar(select(func.max(Module.updated_at)).where(Module.status == Status.PUBLISHED))


def theme_by_slug(session: Session, slug: str) -> Theme | None:
    """The theme with this slug."""
    return session.scalars(select(Theme).where(Theme.slug == slug)).first()


def themes_by_slug(session: Session, slugs: Collection[str]) -> dict[str, Theme]:
    """The themes with these slugs; slugs that no theme has are left out."""
    return {theme.slug: theme for theme in session.scalars(select(Theme).where(Theme.slug.in_(slugs)))}


def themes_with_counts(session: Session) -> list[tuple[Theme, int]]:
    """Themes in their own order, each with its number of published modules; themes without modules are left out."""
    rows = session.execute(
        select(Theme, func.count(Module.id))
        .join(Module, Module.theme_id == Theme.id)
        .where(Module.status == Status.PUBLISHED)
        .group_by(Theme.id)
        .order_by(Theme.position, Theme.id)
    )
    return [(theme, count) for theme, count in rows]


def all_themes(session: Session) -> Sequence[Theme]:
    """All themes in their own order."""
    return session.scalars(select(Theme).order_by(Theme.position, Theme.id)).all()


def hubs_of(session: Session, organisation_id: int) -> Sequence[Hub]:
    """The hubs in which an organisation is a partner, by name."""
    return session.scalars(select(Hub).where(Hub.partners.any(Organisation.id == organisation_id)).order_by(Hub.name)).all()


def hubs(session: Session) -> Sequence[Hub]:
    """All hubs by region and name, with theme, place and partners."""
    return session.scalars(_hubs().order_by(Hub.region, Hub.name)).all()


def hub_by_slug(session: Session, slug: str) -> Hub | None:
    """One hub with theme, place and partners."""
    return session.scalars(_hubs().where(Hub.slug == slug)).one_or_none()


def organisation_by_slug(session: Session, slug: str) -> Organisation | None:
    """One provider with its place and hubs."""
    query = select(Organisation).options(joinedload(Organisation.place), selectinload(Organisation.hubs))
    return session.scalars(query.where(Organisation.slug == slug)).one_or_none()


def organisations(session: Session, ids: Collection[int] | None) -> Sequence[Organisation]:
    """The organisations with these keys, or all of them for None, by name."""
    query = select(Organisation).options(joinedload(Organisation.place), selectinload(Organisation.hubs))
    if ids is not None:
        query = query.where(Organisation.id.in_(ids))
    return session.scalars(query.order_by(Organisation.name)).all()


def published_ids(session: Session, *, hub_id: int | None = None, organisation_id: int | None = None) -> Sequence[int]:
    """Keys of the published modules of a hub, of a provider (also those that it makes with another), or of both, by title."""
    query = select(Module.id).where(Module.status == Status.PUBLISHED)
    if hub_id is not None:
        query = query.where(Module.hub_id == hub_id)
    if organisation_id is not None:
        query = query.where(is_made_by([organisation_id]))
    return session.scalars(query.order_by(Module.title, Module.id)).all()


def count_published(session: Session) -> int:
    """How many modules are published."""
    return session.scalars(select(func.count()).select_from(Module).where(Module.status == Status.PUBLISHED)).one()


def published_slugs(session: Session, limit: int, offset: int) -> list[tuple[str, date]]:
    """Published modules by key: each one's slug and the day of its last change."""
    query = select(Module.slug, Module.updated_at).where(Module.status == Status.PUBLISHED).order_by(Module.id)
    return [(slug, updated_at.date()) for slug, updated_at in session.execute(query.limit(limit).offset(offset))]


def modules_of_organisations(session: Session, organisation_ids: Sequence[int], limit: int) -> Sequence[Module]:
    """Modules that these providers offer or make too, in every status, those written last first."""
    query = select(Module).options(joinedload(Module.organisation)).where(is_made_by(organisation_ids))
    return session.scalars(query.order_by(Module.updated_at.desc(), Module.id).limit(limit)).all()


def count_by_status(session: Session, organisation_ids: Sequence[int]) -> dict[Status, int]:
    """How many modules that these providers offer or make too stand in each status."""
    query = select(Module.status, func.count()).where(is_made_by(organisation_ids)).group_by(Module.status)
    return dict(session.execute(query).all())


def similar_ids(session: Session, module_id: int, limit: int) -> Sequence[int]:
    """Keys of other published modules that are about the same, best first; few or none where few are.

    Skills that both teach count, rare ones most; of those that share as much, the one whose level is nearest comes first. What is taught
    everywhere ("advies geven") makes no two modules alike: they share their theme too, or a skill that belongs to at most `MOST_THEMES`
    themes.
    """
    taught = (ModuleSkill.role == ModuleSkill.TAUGHT, Module.status == Status.PUBLISHED)
    own = select(ModuleSkill.skill_id).where(ModuleSkill.module_id == module_id, ModuleSkill.role == ModuleSkill.TAUGHT)
    theme_id = select(Module.theme_id).where(Module.id == module_id).scalar_subquery()
    eqf = case({level: level.eqf for level in Level if level.eqf}, value=Module.level)
    levels_away = func.coalesce(func.abs(eqf - select(eqf).where(Module.id == module_id).scalar_subquery()), UNSTATED_LEVELS_AWAY)
    spread = (
        select(ModuleSkill.skill_id, func.count().label("modules"), func.count(func.distinct(Module.theme_id)).label("themes"))
        .join(Module, Module.id == ModuleSkill.module_id)
        .where(ModuleSkill.skill_id.in_(own), *taught)
        .group_by(ModuleSkill.skill_id)
        .subquery()
    )
    query = (
        select(Module.id)
        .join(ModuleSkill, ModuleSkill.module_id == Module.id)
        .join(spread, spread.c.skill_id == ModuleSkill.skill_id)
        .where(Module.id != module_id, *taught)
        .group_by(Module.id)
        .having(or_(Module.theme_id == theme_id, func.min(spread.c.themes) <= MOST_THEMES))
        .order_by(func.sum(1.0 / spread.c.modules).desc(), levels_away, Module.id)
    )
    return session.scalars(query.limit(limit)).all()


def _hubs() -> Select[Hub]:
    return select(Hub).options(joinedload(Hub.theme), joinedload(Hub.place), selectinload(Hub.partners))


def is_made_by(organisation_ids: Collection[int]) -> ColumnElement[bool]:
    """Whether a module is offered by one of these organisations, or made by one too."""
    made_too = select(ModuleOwner.module_id).where(ModuleOwner.organisation_id.in_(organisation_ids), ModuleOwner.accepted_at.is_not(None))
    return or_(Module.organisation_id.in_(organisation_ids), Module.id.in_(made_too))
