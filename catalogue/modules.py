"""Modules: reading them with all that a page or an answer shows, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload, selectinload

from catalogue.models import Edition, MergedModule, Module, ModuleSkill, Organisation, Place, Stack, StackStep, Theme
from catalogue.vocabulary import Status


def modules_by_id(session: Session, ids: Collection[int]) -> dict[int, Module]:
    """The modules with these ids, whatever their status, with organisation, hub, theme, skills and editions with places."""
    found = session.scalars(_whole_modules().where(Module.id.in_(ids)))
    return {module.id: module for module in found}


def published_module(session: Session, reference: str) -> Module | None:
    """The published module with this slug or uid, loaded as `modules_by_id` does; None when there is none."""
    wanted = or_(Module.slug == reference, Module.uid == reference)
    return session.scalars(_whole_modules().where(wanted, Module.status == Status.PUBLISHED)).first()


def withdrawn_module(session: Session, slug: str) -> Module | None:
    """The module with this slug that was taken offline, loaded as `modules_by_id` does; None when there is none."""
    return session.scalars(_whole_modules().where(Module.slug == slug, Module.status == Status.WITHDRAWN)).first()


def published_modules(session: Session, uids: Collection[str]) -> dict[str, Module]:
    """The published ones of these modules by their uid, loaded as `modules_by_id` does."""
    found = session.scalars(_whole_modules().where(Module.uid.in_(uids), Module.status == Status.PUBLISHED))
    return {module.uid: module for module in found}


def published_by_slug(session: Session, slugs: Collection[str]) -> dict[str, Module]:
    """The published ones of these modules by their slug, loaded as `modules_by_id` does."""
    found = session.scalars(_whole_modules().where(Module.slug.in_(slugs), Module.status == Status.PUBLISHED))
    return {module.slug: module for module in found}


def modules_of_provider(session: Session, organisation_id: int, statuses: Collection[Status], page: int, per_page: int) -> Sequence[Module]:
    """One page of a provider's modules in these statuses, loaded as `modules_by_id` does, in the order in which they were made."""
    wanted = (Module.organisation_id == organisation_id, Module.status.in_(statuses))
    return session.scalars(_whole_modules().where(*wanted).order_by(Module.id).limit(per_page).offset((page - 1) * per_page)).all()


def count_of_provider(session: Session, organisation_id: int, statuses: Collection[Status]) -> int:
    """How many modules a provider has in these statuses."""
    wanted = (Module.organisation_id == organisation_id, Module.status.in_(statuses))
    return session.scalar(select(func.count()).select_from(Module).where(*wanted)) or 0


def saved_modules(session: Session, uids: Collection[str]) -> dict[str, Module]:
    """As `published_modules`, for what somebody saved before: a module that was merged into another is that one, under its old uid."""
    onward = _went_on_as(session, Module.uid, uids)
    found = published_modules(session, {*uids, *onward.values()})
    return {uid: module for uid in uids if (module := found.get(onward.get(uid, uid)))}


def saved_by_slug(session: Session, slugs: Collection[str]) -> dict[str, Module]:
    """As `saved_modules`, by slug."""
    onward = _went_on_as(session, Module.slug, slugs)
    kept = published_modules(session, onward.values())
    return published_by_slug(session, slugs) | {slug: kept[uid] for slug, uid in onward.items()}


def modules_teaching(session: Session, skill_id: int, level: int, limit: int) -> list[int]:
    """Keys of published modules that teach a skill, those first that reach a level nearest to `level`, then by key."""
    taught = select(Module.id).join(ModuleSkill).where(ModuleSkill.skill_id == skill_id, ModuleSkill.role == ModuleSkill.TAUGHT)
    nearest = (func.abs(ModuleSkill.level - level), Module.id)
    return list(session.scalars(taught.where(Module.status == Status.PUBLISHED).order_by(*nearest).limit(limit)))


def is_published(session: Session, uid: str) -> bool:
    """Whether a published module has this uid."""
    return session.scalar(select(Module.id).where(Module.uid == uid, Module.status == Status.PUBLISHED)) is not None


def titles_of(session: Session, uids: Collection[str]) -> dict[str, tuple[str, str]]:
    """What modules are called, with the language of that, by uid; whatever their status, so also those that are no longer online."""
    found = session.execute(select(Module.uid, Module.title, Module.language).where(Module.uid.in_(uids), Module.published_at.is_not(None)))
    return {uid: (title, code) for uid, title, code in found}


def module_of_edition(session: Session, uid: str) -> Module | None:
    """The published module that the edition with this uid is a run of; None when there is none."""
    wanted = Module.id.in_(select(Edition.module_id).where(Edition.uid == uid))
    return session.scalars(_whole_modules().where(wanted, Module.status == Status.PUBLISHED)).first()


def starts_of(session: Session, editions: Collection[str]) -> dict[str, str]:
    """How editions start, in the notation of `Start`, by their uids."""
    return {one.uid: str(one.start) for one in session.scalars(select(Edition).where(Edition.uid.in_(editions)))}


def merged_module(session: Session, reference: str) -> Module | None:
    """The published module into which the one with this slug or uid was merged, as long as that is not online itself."""
    return saved_by_slug(session, [reference]).get(reference) or saved_modules(session, [reference]).get(reference)


def count_modules(session: Session) -> int:
    """How many modules there are, of any status."""
    return session.scalar(select(func.count()).select_from(Module)) or 0


def published_with_providers(session: Session) -> Sequence[Module]:
    """All published modules with their providers, without skills and editions, by key."""
    query = select(Module).options(joinedload(Module.organisation)).where(Module.status == Status.PUBLISHED)
    return session.scalars(query.order_by(Module.id)).all()


def stacks_by_id(session: Session, stack_ids: Collection[int]) -> Sequence[Stack]:
    """Some stacks, by title."""
    return session.scalars(select(Stack).where(Stack.id.in_(stack_ids)).order_by(Stack.title, Stack.id)).all()


def stacks_of(session: Session, module_id: int) -> Sequence[Stack]:
    """The stacks that this module is a step of, by title, with their steps, the modules of those, and the organisation."""
    return session.scalars(
        select(Stack)
        .where(Stack.id.in_(select(StackStep.stack_id).where(StackStep.module_id == module_id)))
        .options(joinedload(Stack.organisation), selectinload(Stack.steps).joinedload(StackStep.module))
        .order_by(Stack.title, Stack.id)
    ).all()


def facet_labels(session: Session, language: str) -> dict[str, dict[str, str]]:
    """What to call the values of the facets whose names are data: theme, place and provider, each slug -> name."""
    themes = session.scalars(select(Theme).order_by(Theme.position, Theme.slug))
    return {
        "theme": {theme.slug: theme.label(language) for theme in themes},
        "place": dict(session.execute(select(Place.slug, Place.name).order_by(Place.name)).all()),
        "provider": dict(session.execute(select(Organisation.slug, Organisation.name).order_by(Organisation.name)).all()),
    }


def _whole_modules() -> Select[Module]:
    return select(Module).options(
        joinedload(Module.organisation).joinedload(Organisation.place),
        joinedload(Module.hub),
        joinedload(Module.theme),
        selectinload(Module.skills).joinedload(ModuleSkill.skill),
        selectinload(Module.editions).joinedload(Edition.place),
    )


def _went_on_as(session: Session, name: InstrumentedAttribute[str], names: Collection[str]) -> dict[str, str]:
    """For modules by slug or uid that are not online and were merged into one that is: the uid of that one."""
    kept = aliased(Module)
    query = (
        select(name, kept.uid)
        .join(MergedModule, MergedModule.module_id == Module.id)
        .join(kept, kept.id == MergedModule.into_id)
        .where(name.in_(names), Module.status != Status.PUBLISHED, kept.status == Status.PUBLISHED)
    )
    return dict(session.execute(query).all()) if names else {}
