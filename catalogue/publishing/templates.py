"""Templates of a hub: what its central team lets new modules begin with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import Hub, HubTemplate, Organisation, hub_partner
from catalogue.publishing.documents import from_document, to_document
from catalogue.publishing.values import ModuleValues


def templates_of(session: Session, hub_id: int) -> Sequence[HubTemplate]:
    """The templates of a hub, by name."""
    return session.scalars(select(HubTemplate).where(HubTemplate.hub_id == hub_id).order_by(HubTemplate.name, HubTemplate.id)).all()


def template_by_uid(session: Session, hub_id: int, uid: str) -> HubTemplate | None:
    """One template of a hub."""
    return session.scalars(select(HubTemplate).where(HubTemplate.hub_id == hub_id, HubTemplate.uid == uid)).one_or_none()


def templates_for(session: Session, organisation_ids: Collection[int]) -> Sequence[HubTemplate]:
    """The templates of all hubs in which one of these organisations is a partner, by hub and name."""
    hub_ids = select(hub_partner.c.hub_id).where(hub_partner.c.organisation_id.in_(organisation_ids))
    query = select(HubTemplate).join(HubTemplate.hub).options(joinedload(HubTemplate.hub)).where(HubTemplate.hub_id.in_(hub_ids))
    return session.scalars(query.order_by(Hub.name, HubTemplate.name, HubTemplate.id)).all()


def template_values(session: Session, uid: str, organisation: Organisation) -> dict[str, Any]:
    """What a new module of an organisation begins with, its hub too; nothing where the template is not of one of its hubs."""
    found = next((one for one in templates_for(session, [organisation.id]) if one.uid == uid), None)
    return {**from_document(found.document), "hub_id": found.hub_id} if found else {}


def keep_template(session: Session, hub_id: int, template: HubTemplate | None, name: str, values: ModuleValues) -> HubTemplate:
    """Adds a template to a hub, or changes one."""
    kept = template or HubTemplate(hub_id=hub_id)
    kept.name, kept.document = name, to_document(values)
    session.add(kept)
    session.flush()
    return kept


def remove_template(session: Session, template: HubTemplate) -> None:
    """Takes a template away; modules that began with it stay as they are."""
    session.delete(template)
    session.flush()
