"""Laying a module before the central team of its hub, and the answer of that team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import Approval, Module
from catalogue.publishing import hub_rules
from catalogue.publishing.documents import to_document
from catalogue.publishing.editing import edited_values, step
from catalogue.publishing.status import NotPublishable
from catalogue.vocabulary import Status


class Standing(StrEnum):
    """Where a module stands with the central team."""

    FREE = "free"
    """Its hub asks for no approval."""
    OPEN = "open"
    """It was not laid before the team as it is now."""
    WAITING = "waiting"
    APPROVED = "approved"
    SENT_BACK = "sent-back"


def standing(session: Session, module: Module) -> Standing:
    """Where what a module says to its editors stands; anything changed since, but for its runs, has to be approved again."""
    document = to_document(edited_values(session, module))
    team = hub_rules.team_of(session, document["hub_id"])
    if team is None or not team.is_approving:
        return Standing.FREE
    asked = session.get(Approval, module.id)
    if asked is None or asked.hub_id != team.hub_id:
        return Standing.OPEN
    if asked.decided_at and not asked.is_approved:
        return Standing.SENT_BACK
    if hub_rules.approved_part(asked.document) != hub_rules.approved_part(document):
        return Standing.OPEN
    return Standing.APPROVED if asked.decided_at else Standing.WAITING


def ask(session: Session, module: Module, now: datetime) -> None:
    """Lays a module before the central team of its hub; a draft goes to review, of one that is online the next version is asked for.

    Raises:
        NotPublishable: it lacks what the hub asks for.
    """
    values = edited_values(session, module)
    if lacks := hub_rules.missing(session, values):
        raise NotPublishable(lacks)
    asked = session.get(Approval, module.id) or Approval(module_id=module.id)
    asked.hub_id, asked.document, asked.asked_at = values["hub_id"] or 0, to_document(values), now
    asked.decided_at, asked.is_approved, asked.reason = None, False, ""
    session.add(asked)
    if module.status is Status.DRAFT:
        step(session, module, Status.IN_REVIEW, now)
    session.flush()


def waiting(session: Session, hub_id: int) -> Sequence[Approval]:
    """What waits for the central team of a hub, the oldest first, with each module and its organisation."""
    query = select(Approval).options(joinedload(Approval.module).joinedload(Module.organisation))
    return session.scalars(query.where(Approval.hub_id == hub_id, Approval.decided_at.is_(None)).order_by(Approval.asked_at)).all()


def asked_for(session: Session, hub_id: int, module_uid: str) -> Approval | None:
    """One that waits; None where it does not."""
    return next((one for one in waiting(session, hub_id) if one.module.uid == module_uid), None)


def decide(session: Session, asked: Approval, now: datetime, *, is_approved: bool, reason: str) -> None:
    """Keeps the answer of the central team; a module in review that is sent back is a draft again."""
    asked.decided_at, asked.is_approved, asked.reason = now, is_approved, reason
    session.flush()
    if not is_approved and asked.module.status is Status.IN_REVIEW:
        step(session, asked.module, Status.DRAFT, now)
