"""Changing one module by hand: what is online stays as it is until its next version is published.

A module that is not online is changed itself. Of one that is online, the changes wait as its next version. Every step is kept as a
revision, with what the module said then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.models import Edition, Module, ModuleOwner, ModuleSkill, NextVersion, Revision
from catalogue.publishing.documents import from_document, to_document, values_of
from catalogue.publishing.hub_rules import NotApproved, may_go_online, missing, take_back
from catalogue.publishing.status import NotPublishable, StepNotAllowed, take_step
from catalogue.publishing.values import EditionValues, ModuleValues
from catalogue.publishing.write import queue_change, save_module, written
from catalogue.vocabulary import Status, Way


def module_to_edit(session: Session, uid: str) -> Module | None:
    """A module in any status, with all that belongs to it."""
    query = select(Module).options(
        joinedload(Module.organisation),
        joinedload(Module.hub),
        joinedload(Module.theme),
        selectinload(Module.skills).joinedload(ModuleSkill.skill),
        selectinload(Module.editions).joinedload(Edition.place),
        selectinload(Module.shares).joinedload(ModuleOwner.organisation),
    )
    return session.scalars(query.where(Module.uid == uid)).one_or_none()


def next_version(session: Session, module: Module) -> NextVersion | None:
    """What waits to be published of a module that is online."""
    return session.get(NextVersion, module.id)


def edited_values(session: Session, module: Module) -> ModuleValues:
    """The module as its editors see it: its next version where there is one, else itself."""
    waiting = next_version(session, module)
    return from_document(waiting.document) if waiting else values_of(module)


def edited(session: Session, module: Module, now: datetime) -> Module:
    """The module with its next version in place; for a transaction that is thrown away."""
    if waiting := next_version(session, module):
        written(session, module, from_document(waiting.document), now)
        session.flush()
        session.expire_all()
    return module


def keep(session: Session, module: Module, values: ModuleValues, now: datetime) -> None:
    """Keeps some values: in the module itself, or in the next version of one that is online.

    Raises:
        PlaceUnknown: an edition names a place that nobody knows.
    """
    if module.status is not Status.PUBLISHED:
        save_module(session, module.organisation, ModuleValues(uid=module.uid, **values), now)
        return
    waiting = next_version(session, module)
    document = (waiting.document if waiting else to_document(values_of(module))) | to_document(values)
    if waiting is None:
        if document != to_document(values_of(module)):
            session.add(NextVersion(module_id=module.id, updated_at=now, document=document))
    elif waiting.document != document:
        waiting.document, waiting.updated_at = document, now
    session.flush()


def discard(session: Session, module: Module) -> None:
    """Throws the next version away; what is online stays."""
    if waiting := next_version(session, module):
        session.delete(waiting)
        session.flush()


def step(session: Session, module: Module, wanted: Status, now: datetime, way: Way = Way.HAND) -> Revision:
    """Takes a module to another status, or publishes its next version; returns the revision that is kept of it.

    Raises:
        StepNotAllowed: there is no such step, or nothing new to publish.
        NotPublishable: something has to be filled in first.
        NotApproved: the central team of its hub has to approve it first.
    """
    waiting = next_version(session, module)
    if module.status is wanted and not (wanted is Status.PUBLISHED and waiting):
        raise StepNotAllowed(module.status, wanted)
    if wanted is Status.PUBLISHED:
        _obey_hub(session, module)
        values = from_document(waiting.document) if waiting else ModuleValues(uid=module.uid)
        save_module(session, module.organisation, values, now, publish=True)
        discard(session, module)
    else:
        take_step(module, wanted, now)
        if wanted is Status.DRAFT:
            take_back(session, module)
        queue_change(session, module, now)
    session.flush()
    number = session.scalar(select(func.max(Revision.number)).where(Revision.module_id == module.id)) or 0
    document = to_document(values_of(module))
    revision = Revision(module_id=module.id, number=number + 1, status=wanted, created_at=now, way=way, document=document)
    session.add(revision)
    session.flush()
    return revision


def _obey_hub(session: Session, module: Module) -> None:
    """Raises NotApproved or NotPublishable where the rules of the hub do not let the module as edited go online."""
    values = edited_values(session, module)
    if lacks := missing(session, values):
        raise NotPublishable(lacks)
    if not may_go_online(session, module, to_document(values)):
        raise NotApproved


def revisions(session: Session, module: Module) -> Sequence[Revision]:
    """The steps of a module, the last first."""
    return session.scalars(select(Revision).where(Revision.module_id == module.id).order_by(Revision.number.desc())).all()


def with_run(values: ModuleValues, at: int | None, run: EditionValues | None) -> list[EditionValues]:
    """The runs with another one at position `at`, without it where `run` is None, or with one more where `at` is None."""
    runs = list(values["editions"])
    if at is None:
        return [*runs, *([run] if run else [])]
    return [*runs[:at], *([replace(run, uid=runs[at].uid)] if run else []), *runs[at + 1 :]]
