"""Writing modules: the one way in for importer, editor and API.

A module, its skills and editions, the row that tells the search index and the version counter change in one transaction, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from catalogue.models import Edition, Module, ModuleSkill, Organisation, new_uid
from catalogue.publishing.differences import ROLES, changed_columns, edition_columns, has_other_editions, has_other_skills, matched_editions
from catalogue.publishing.documents import Document, to_document, values_of
from catalogue.publishing.hub_rules import approving_hub_ids, may_go_online
from catalogue.publishing.places import place_ids
from catalogue.publishing.slugs import ModuleSlugs
from catalogue.publishing.status import take_step
from catalogue.publishing.values import COLUMNS, ModuleValues
from catalogue.search.indexing import queue
from catalogue.versions import MODULES, bump_version
from catalogue.vocabulary import Credential, Kind, Level, LoadUnit, Status

_LOOKED_UP_AT_ONCE = 500


class Outcome(StrEnum):
    """What writing did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Saved:
    """A module after writing. `before` holds, of the fields that changed, what stood there; it is empty for a new one."""

    module: Module
    outcome: Outcome
    before: Document


def save_module(session: Session, organisation: Organisation, values: ModuleValues, now: datetime, *, publish: bool = False) -> Saved:
    """Adds or updates one module; see `save_modules`."""
    return save_modules(session, organisation, [values], now, publish=publish)[0]


def save_modules(
    session: Session, organisation: Organisation, many: Sequence[ModuleValues], now: datetime, *, publish: bool = False
) -> list[Saved]:
    """Adds or updates modules of `organisation`, found again by `external_id`, else by `uid`; flushes, so that every row has its key.

    Args:
        many: one entry a module; fields that it does not name stay as they are.
        publish: also move them to published, but for those whose hub has to approve them first; otherwise new ones are drafts and
            others keep their status.

    Raises:
        StepNotAllowed, NotPublishable: `publish` is asked of a module that cannot be.
        PlaceUnknown: an edition names a place that nobody knows.
    """
    known = KnownModules(session, organisation.id, many)
    slugs = ModuleSlugs(session) if any(known.find(values) is None for values in many) else None
    places = place_ids(session, {edition.place for values in many for edition in values.get("editions", ()) if edition.place})
    approving = approving_hub_ids(session) if publish else frozenset[int]()
    saved = []
    for values in many:
        module, outcome, before = known.find(values), Outcome.UNCHANGED, Document()
        if module is None and slugs is not None:
            module, outcome = _new_module(organisation, values, slugs, now), Outcome.ADDED
            session.add(module)
            known.add(module)
            _write(module, values, places, now.date())
        assert module is not None  # noqa: S101 - either it was found, or `slugs` was made for it
        if outcome is Outcome.UNCHANGED and (before := _write(module, values, places, now.date())):
            outcome = Outcome.CHANGED
            module.updated_at = now
        is_free = publish and (module.hub_id not in approving or may_go_online(session, module))
        if is_free and take_step(module, Status.PUBLISHED, now) and outcome is Outcome.UNCHANGED:
            outcome = Outcome.CHANGED
        saved.append(Saved(module, outcome, before))
    session.flush()
    touched = [one.module.id for one in saved if one.outcome is not Outcome.UNCHANGED]
    queue(session, touched, now)
    if touched:
        bump_version(session, MODULES)
    session.flush()
    return saved


def queue_change(session: Session, module: Module, now: datetime) -> None:
    """Tells the search index and everybody who holds a copy that this module is another one now."""
    queue(session, [module.id], now)
    bump_version(session, MODULES)


def written(session: Session, module: Module, values: ModuleValues, now: datetime) -> bool:
    """Puts values into a module; whether anything changed. For who shows them, in a session that is thrown away. Raises PlaceUnknown."""
    places = place_ids(session, {edition.place for edition in values.get("editions", ()) if edition.place})
    return bool(_write(module, values, places, now.date()))


class KnownModules:
    """The stored modules that incoming values may mean, read in few questions, with their skills and editions."""

    def __init__(self, session: Session, organisation_id: int, many: Iterable[ModuleValues]) -> None:
        many = list(many)
        self._by_external: dict[str, Module] = {}
        self._by_uid: dict[str, Module] = {}
        externals = {external for values in many if (external := values.get("external_id"))}
        uids = {uid for values in many if (uid := values.get("uid"))}
        for column, wanted in ((Module.external_id, externals), (Module.uid, uids)):
            keys = sorted(wanted)
            for begin in range(0, len(keys), _LOOKED_UP_AT_ONCE):
                statement = (
                    select(Module)
                    .where(Module.organisation_id == organisation_id, column.in_(keys[begin : begin + _LOOKED_UP_AT_ONCE]))
                    .options(selectinload(Module.skills), selectinload(Module.editions).selectinload(Edition.place))
                )
                for module in session.scalars(statement):
                    self.add(module)

    def add(self, module: Module) -> None:
        """Remembers one more."""
        if module.external_id:
            self._by_external[module.external_id] = module
        self._by_uid[module.uid] = module

    def all(self) -> Collection[Module]:
        """All of them."""
        return self._by_uid.values()

    def find(self, values: ModuleValues) -> Module | None:
        """The stored module that `values` means, None for a new one."""
        if uid := values.get("uid"):
            return self._by_uid.get(uid)
        external = values.get("external_id")
        return self._by_external.get(external) if external else None


def _new_module(organisation: Organisation, values: ModuleValues, slugs: ModuleSlugs, now: datetime) -> Module:
    uid = values.get("uid") or new_uid()
    return Module(
        uid=uid,
        slug=slugs.new(values["title"], organisation.slug, uid),
        organisation_id=organisation.id,
        status=Status.DRAFT,
        created_at=now,
        updated_at=now,
        # Compared with the incoming values before the first flush, when the columns' own defaults do not stand yet.
        **{"description": "", "level": Level.NONE, "kind": Kind.MODULE, "credential": Credential.NONE, "load_unit": LoadUnit.HOURS}
        | {name: value for name, value in values.items() if name in COLUMNS},
    )


def _write(module: Module, values: ModuleValues, places: dict[str, int], today: date) -> Document:
    """Puts values into a module; of the fields that changed, what stood there."""
    columns = changed_columns(module, values)
    other_skills, other_editions = has_other_skills(module, values), has_other_editions(module, values)
    changed = {*columns, *(ROLES if other_skills else ()), *(("editions",) if other_editions else ())}
    found = values_of(module) if changed else {}
    before = to_document(ModuleValues(**{name: value for name, value in found.items() if name in changed}))  # type: ignore[typeddict-item]
    for name, value in columns.items():
        setattr(module, name, value)
    if other_skills:
        _write_skills(module, values)
    if other_editions:
        _write_editions(module, values, places, today)
    return before


def _write_skills(module: Module, values: ModuleValues) -> None:
    for name, role in ROLES.items():
        if name not in values:
            continue
        wanted = {skill.skill_id: skill for skill in values[name]}  # type: ignore[literal-required]
        for row in [row for row in module.skills if row.role == role]:
            skill = wanted.pop(row.skill_id, None)
            if skill is None:
                module.skills.remove(row)
            else:
                row.level, row.is_recognised = skill.level, skill.is_recognised
        module.skills += [
            ModuleSkill(skill_id=skill.skill_id, role=role, level=skill.level, is_recognised=skill.is_recognised)
            for skill in wanted.values()
        ]


def _write_editions(module: Module, values: ModuleValues, places: dict[str, int], today: date) -> None:
    for edition, wanted in matched_editions(module.editions, values["editions"], today):
        if wanted is None and edition is not None:
            module.editions.remove(edition)
        elif wanted is not None and edition is None:
            module.editions.append(Edition(**edition_columns(wanted, places)))
        elif wanted is not None:
            for name, value in edition_columns(wanted, places).items():
                if getattr(edition, name) != value:
                    setattr(edition, name, value)
