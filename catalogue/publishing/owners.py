"""Modules that several organisations make together: asking one, accepting, and ending it.

The organisation that offers a module stays what it is: it stands on the page, and decides who makes the module too. Who accepted may change
and publish the module as its own people may.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import Module, ModuleOwner, Organisation


class AlreadyAsked(ValueError):
    """This organisation makes the module already, or was asked to."""


def ask(session: Session, module: Module, organisation: Organisation, now: datetime) -> None:
    """Asks an organisation to make a module too. Raises AlreadyAsked, also for the one that offers it."""
    if organisation.id in {module.organisation_id, *(one.organisation_id for one in module.shares)}:
        raise AlreadyAsked
    module.shares.append(ModuleOwner(organisation=organisation, asked_at=now))
    session.flush()


def accept(session: Session, module_uid: str, organisation_id: int, now: datetime) -> Module | None:
    """Makes an organisation that was asked an owner; the module, or None where nobody asked."""
    share = _share(session, module_uid, organisation_id)
    if share is None:
        return None
    share.accepted_at = share.accepted_at or now
    session.flush()
    return session.get_one(Module, share.module_id)


def end(session: Session, module_uid: str, organisation_id: int) -> bool:
    """Ends that an organisation makes a module too, or was asked to; whether it was. The module stays with who offers it."""
    share = _share(session, module_uid, organisation_id)
    if share is None:
        return False
    module = session.get_one(Module, share.module_id)
    session.delete(share)
    session.flush()
    session.expire(module, ["shares"])
    return True


def partners(session: Session, module_id: int) -> Sequence[Organisation]:
    """The organisations that make a module too, by name."""
    accepted = select(ModuleOwner.organisation_id).where(ModuleOwner.module_id == module_id, ModuleOwner.accepted_at.is_not(None))
    return session.scalars(select(Organisation).where(Organisation.id.in_(accepted)).order_by(Organisation.name)).all()


def made_together(session: Session, organisation_id: int) -> list[tuple[ModuleOwner, Module]]:
    """What an organisation makes with the one that offers it, or was asked to, by title."""
    query = select(ModuleOwner, Module).join(Module, Module.id == ModuleOwner.module_id).options(joinedload(Module.organisation))
    rows = session.execute(query.where(ModuleOwner.organisation_id == organisation_id).order_by(Module.title, Module.id))
    return [(share, module) for share, module in rows]


def open_questions(session: Session, organisation_ids: Collection[int]) -> dict[int, int]:
    """How many modules each organisation was asked to make too and did not answer; only those with any."""
    waiting = select(ModuleOwner.organisation_id, func.count()).where(
        ModuleOwner.organisation_id.in_(organisation_ids), ModuleOwner.accepted_at.is_(None)
    )
    return dict(session.execute(waiting.group_by(ModuleOwner.organisation_id)).all())


def _share(session: Session, module_uid: str, organisation_id: int) -> ModuleOwner | None:
    query = select(ModuleOwner).join(Module, Module.id == ModuleOwner.module_id)
    return session.scalars(query.where(Module.uid == module_uid, ModuleOwner.organisation_id == organisation_id)).one_or_none()
