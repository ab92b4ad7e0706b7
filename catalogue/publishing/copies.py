"""Modules made out of others: a copy of one's own, and one that is taken over from another organisation with its origin kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import Module, ModuleOrigin, Organisation
from catalogue.publishing.documents import Document, to_document, values_of
from catalogue.publishing.editing import edited_values
from catalogue.publishing.values import ModuleValues
from catalogue.publishing.write import save_module
from catalogue.vocabulary import Status

_OF_THE_FIRST = frozenset({"uid", "external_id", "editions"})
"""What belongs to the first module alone: its ids, and its runs."""

_OF_THE_OTHER = _OF_THE_FIRST | {"hub_id", "url"}
"""What belongs to another organisation alone: its hub and its own page too."""


def copied(session: Session, module: Module, title: str, now: datetime) -> Module:
    """A new draft of the same organisation that says the same, with the runs that have no date; what is based on another one stays so."""
    values = edited_values(session, module)
    runs = [replace(run, uid="") for run in values["editions"] if run.start.on is None]
    made = _made(session, module.organisation, _without(values, _OF_THE_FIRST) | {"title": title, "editions": runs}, now)
    if kept := session.get(ModuleOrigin, module.id):
        session.add(ModuleOrigin(module_id=made.id, origin_id=kept.origin_id, taken_at=kept.taken_at, document=kept.document))
        session.flush()
    return made


def adopted(session: Session, origin: Module, organisation: Organisation, now: datetime) -> Module:
    """A new draft of `organisation` that says what `origin` says online; never what waits there. Its runs and prices stay behind."""
    made = _made(session, organisation, _without(values_of(origin), _OF_THE_OTHER), now)
    session.add(ModuleOrigin(module_id=made.id, origin_id=origin.id, taken_at=now, document=_comparable(origin)))
    session.flush()
    return made


def origin_of(session: Session, module_id: int) -> ModuleOrigin | None:
    """Where a module was taken over from, with that module and its organisation; None for one that was not."""
    query = select(ModuleOrigin).options(joinedload(ModuleOrigin.origin).joinedload(Module.organisation))
    return session.scalars(query.where(ModuleOrigin.module_id == module_id)).one_or_none()


def origin_now(kept: ModuleOrigin) -> Document | None:
    """What the origin says online now, to lay beside what it said; None while it is not online, which is nobody else's business."""
    return _comparable(kept.origin) if kept.origin.status is Status.PUBLISHED else None


def look_again(session: Session, kept: ModuleOrigin, now: datetime) -> None:
    """From now on only what changes after this counts as a change of the origin."""
    kept.document, kept.taken_at = origin_now(kept) or kept.document, now
    session.flush()


def adoptions(session: Session, module_id: int) -> Sequence[Module]:
    """The modules online of others that are based on this one, by title."""
    query = select(Module).join(ModuleOrigin, ModuleOrigin.module_id == Module.id).options(joinedload(Module.organisation))
    mine = query.where(ModuleOrigin.origin_id == module_id, Module.status == Status.PUBLISHED)
    return session.scalars(mine.order_by(Module.title, Module.id)).all()


def families(session: Session) -> dict[int, int]:
    """For each module that was taken over the first module of its line; others are not in it."""
    parents = dict(session.execute(select(ModuleOrigin.module_id, ModuleOrigin.origin_id)).all())
    return {key: _first(parents, key) for key in parents}


def are_family(known: Mapping[int, int], one: int, other: int) -> bool:
    """Whether two modules come from the same one, so that it is no wonder that they are alike; `known` comes from `families`."""
    return known.get(one, one) == known.get(other, other)


def _first(parents: Mapping[int, int], key: int) -> int:
    while key in parents:
        key = parents[key]
    return key


def _comparable(module: Module) -> Document:
    return to_document(cast(ModuleValues, _without(values_of(module), _OF_THE_OTHER)))


def _without(values: ModuleValues, left_out: frozenset[str]) -> Document:
    return {name: value for name, value in values.items() if name not in left_out}


def _made(session: Session, organisation: Organisation, values: Document, now: datetime) -> Module:
    return save_module(session, organisation, cast(ModuleValues, values), now).module
