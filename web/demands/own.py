"""Demands and who filed them: loading one with its rights, keeping its owner, and the organisations in whose name somebody acts."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.demands.filing import one_at_a_time
from catalogue.demands.reading import demand_by_uid
from catalogue.models import Demand, Organisation
from catalogue.overview import organisations
from web.accounts.demand_model import DemandOwner, FiledDemand
from web.accounts.models import RoleName
from web.fields import LARGEST_KEY
from web.security.access import Action, allows, current_actor, require


def filed_demand(session: Session, uid: str, action: Action) -> FiledDemand:
    """A demand that who asks may do `action` with; else the request ends with 404, or 403 where it may be seen.

    A request that changes something has the demand for itself until its transaction ends.
    """
    if request.method == "POST":
        one_at_a_time(session, uid)
    demand = demand_by_uid(session, uid) or abort(404)
    filed = FiledDemand(demand, session.get(DemandOwner, demand.id))
    require(action, filed)
    return filed


def keep_owner(session: Session, demand: Demand, account_id: int, contact_email: str) -> None:
    """Says who filed a demand."""
    session.add(DemandOwner(demand_id=demand.id, account_id=account_id, contact_email=contact_email))
    session.flush()


def filed_by(session: Session, account_id: int) -> Sequence[int]:
    """Keys of the demands that an account filed."""
    return session.scalars(select(DemandOwner.demand_id).where(DemandOwner.account_id == account_id)).all()


def own_organisations(session: Session) -> Sequence[Organisation]:
    """The organisations in whose name this visitor may act, by name: all for an administrator, none for who does not publish here."""
    actor = current_actor()
    if actor.is_admin:
        return organisations(session, None)
    return organisations(session, actor.organisation_ids) if RoleName.HUB in actor.roles and actor.organisation_ids else ()


def acting_organisation(session: Session) -> Organisation:
    """The organisation that the form names; the request ends with 404, or with 403 for one that this visitor does not work for."""
    number = request.form.get("organisation", 0, type=int)
    found = session.get(Organisation, number if 0 < number <= LARGEST_KEY else 0) or abort(404)
    require(Action.EDIT, found)
    return found


def is_owner(filed: FiledDemand) -> bool:
    """Whether this visitor filed a demand."""
    return filed.owner is not None and filed.owner.account_id == current_actor().account_id


def is_helper(demand: Demand) -> bool:
    """Whether this visitor may act for the organisation that picked a demand up."""
    return demand.helper is not None and allows(current_actor(), Action.EDIT, demand.helper)
