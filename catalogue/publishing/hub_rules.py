"""The rules that a hub with a central team has for its modules: what must be filled in, and what may go online."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from catalogue.models import Approval, Edition, Hub, HubTeam, Module, ModuleSkill, Organisation
from catalogue.publishing.checks import Check, failed_checks
from catalogue.publishing.differences import ROLES
from catalogue.publishing.documents import Document, to_document, values_of
from catalogue.publishing.values import COLUMNS, ModuleValues

_OWN_BUSINESS = frozenset({"uid", "external_id", "editions"})
"""What the organisation itself may change after the approval: its own codes, and when, where and for how much."""


class NotApproved(ValueError):
    """The central team of the hub has not approved what this module says now."""

    def __init__(self) -> None:
        super().__init__("the central team of its hub has to approve it first")


def team_of(session: Session, hub_id: int | None) -> HubTeam | None:
    """The central team of a hub, with both names; None where there is none."""
    if hub_id is None:
        return None
    query = select(HubTeam).options(joinedload(HubTeam.hub), joinedload(HubTeam.organisation))
    return session.scalars(query.where(HubTeam.hub_id == hub_id)).one_or_none()


def teams_of(session: Session, organisation_ids: Collection[int]) -> Sequence[HubTeam]:
    """The hubs whose central team one of these organisations is, by name."""
    query = select(HubTeam).join(HubTeam.hub).options(contains_eager(HubTeam.hub)).where(HubTeam.organisation_id.in_(organisation_ids))
    return session.scalars(query.order_by(Hub.name)).all()


def team_by_slug(session: Session, hub_slug: str) -> HubTeam | None:
    """The central team of a hub by the hub's slug."""
    query = select(HubTeam).options(joinedload(HubTeam.hub), joinedload(HubTeam.organisation))
    return session.scalars(query.where(HubTeam.hub.has(Hub.slug == hub_slug))).one_or_none()


def appoint(session: Session, hub: Hub, organisation: Organisation | None) -> None:
    """Makes an organisation the central team of a hub, with the rules that there are; None ends that there is one, and all its rules."""
    team = session.get(HubTeam, hub.id)
    if organisation is None:
        if team:
            session.delete(team)
    elif team:
        team.organisation_id = organisation.id
    else:
        session.add(HubTeam(hub_id=hub.id, organisation_id=organisation.id, is_approving=False, required=[]))
    session.flush()


def set_rules(session: Session, team: HubTeam, *, is_approving: bool, required: Sequence[Check]) -> None:
    """Changes what a hub asks of its modules; what is online stays online."""
    team.is_approving, team.required = is_approving, [check.value for check in required]
    session.flush()


def approved_part(document: Document) -> Document:
    """What the central team judges of a document."""
    return {name: value for name, value in document.items() if name not in _OWN_BUSINESS}


def may_go_online(session: Session, module: Module, document: Document | None = None) -> bool:
    """Whether the rules of the module's hub let it go online; `document` is what it will say, where that is not what it says now.

    A hub without a central team, or whose team does not ask to approve, lets everything through.
    """
    hub_id = document["hub_id"] if document else module.hub_id
    team = team_of(session, hub_id)
    if team is None or not team.is_approving:
        return True
    asked = session.get(Approval, module.id) if module.id else None
    says = approved_part(document or to_document(values_of(module)))
    return asked is not None and asked.is_approved and asked.hub_id == hub_id and approved_part(asked.document) == says


def missing(session: Session, values: ModuleValues) -> list[Check]:
    """What the rules of the hub ask of a module with these values, all of them, and it lacks."""
    team = team_of(session, values["hub_id"])
    return [check for check in failed_checks(_module_with(values)) if check in team.required] if team else []


def approving_hub_ids(session: Session) -> frozenset[int]:
    """The hubs whose central team approves what goes online."""
    return frozenset(session.scalars(select(HubTeam.hub_id).where(HubTeam.is_approving)))


def take_back(session: Session, module: Module) -> None:
    """Forgets a question to the central team that it has not answered."""
    asked = session.get(Approval, module.id)
    if asked is not None and asked.decided_at is None:
        session.delete(asked)
        session.flush()


def _module_with(values: ModuleValues) -> Module:
    """A module that says this and stands in no database, to look at."""
    skills = [
        ModuleSkill(skill_id=one.skill_id, role=role, level=one.level, is_recognised=one.is_recognised)
        for name, role in ROLES.items()
        for one in values[name]  # type: ignore[literal-required]
    ]
    columns = {name: value for name, value in values.items() if name in COLUMNS}
    return Module(**columns, skills=skills, editions=[Edition(price_cents=one.price_cents) for one in values["editions"]])
