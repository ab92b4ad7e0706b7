"""Who may do what with which object: one mechanism for every view.

`RULES` says it per type of object, and `MEMBERS_MAY` what each member of an organisation may do there; what has no rule is refused. A view
calls `require(Action.EDIT, module)` after loading the object and before using it. An object that one may not even see answers 404, so that
nobody learns that it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Blueprint, abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from catalogue.demands.status import ONLINE
from catalogue.models import HubTeam, Module, Organisation
from catalogue.vocabulary import Status
from web.accounts.demand_model import FiledDemand
from web.accounts.models import Account, MemberRole, RoleName
from web.advisor.model import Dossier
from web.logs import log

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class Action(StrEnum):
    """What somebody wants to do with an object."""

    VIEW = "view"
    EDIT = "edit"
    PUBLISH = "publish"
    """Publish a module or withdraw it; of an organisation, do so in its name."""
    ADOPT = "adopt"
    """Take a module over from another organisation, as a draft of one's own."""
    MANAGE = "manage"
    """Decide who the members of an organisation are; of a module, who makes it too; of a hub, what its rules are."""


_ANY_MEMBER = frozenset(MemberRole)
_MANAGERS = frozenset({MemberRole.MANAGER})
_PUBLISHERS = _MANAGERS | {MemberRole.PUBLISHER}

MEMBERS_MAY: Mapping[type, Mapping[Action, frozenset[MemberRole]]] = {
    Module: {Action.VIEW: _ANY_MEMBER, Action.EDIT: _ANY_MEMBER, Action.PUBLISH: _PUBLISHERS, Action.MANAGE: _PUBLISHERS},
    Organisation: {Action.VIEW: _ANY_MEMBER, Action.EDIT: _ANY_MEMBER, Action.PUBLISH: _PUBLISHERS, Action.MANAGE: _MANAGERS},
    FiledDemand: {Action.VIEW: _ANY_MEMBER, Action.EDIT: _ANY_MEMBER},
    HubTeam: {Action.MANAGE: _PUBLISHERS},
}
"""Which members may do what with their organisation, its modules, what it asks, and the hub whose central team it is."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. A guest has no account, no roles and no organisations; `member_roles` has the role in each organisation, by its key."""

    account_id: int | None = None
    roles: frozenset[str] = frozenset()
    member_roles: Mapping[int, MemberRole] = field(default_factory=dict)

    @property
    def organisation_ids(self) -> frozenset[int]:
        """Keys of the organisations that this account is a member of."""
        return frozenset(self.member_roles)

    @property
    def is_admin(self) -> bool:
        """An administrator may do everything that has a rule, but for what is `CONFIDENTIAL`."""
        return RoleName.ADMIN in self.roles


def _as_member(actor: Actor, action: Action, kind: type, organisation_id: int) -> bool:
    """Whether a member of the organisation may do this; who no longer publishes at all may do nothing, whatever the role there."""
    return RoleName.HUB in actor.roles and actor.member_roles.get(organisation_id) in MEMBERS_MAY[kind].get(action, ())


def _module(actor: Actor, action: Action, module: Module) -> bool:
    """Who makes a module together may do the same with it; who makes it too is decided by the organisation that offers it.

    What is online may be taken over by everybody who publishes for an organisation that does not make it.
    """
    is_public = action is Action.VIEW and module.status == Status.PUBLISHED
    if action is Action.ADOPT:
        return RoleName.HUB in actor.roles and module.status == Status.PUBLISHED and bool(actor.organisation_ids - module.owner_ids)
    owners = {module.organisation_id} if action is Action.MANAGE else module.owner_ids
    return is_public or any(_as_member(actor, action, Module, owner) for owner in owners)


def _organisation(actor: Actor, action: Action, organisation: Organisation) -> bool:
    return action is Action.VIEW or _as_member(actor, action, Organisation, organisation.id)


def _hub_team(actor: Actor, action: Action, team: HubTeam) -> bool:
    return action is Action.VIEW or _as_member(actor, action, HubTeam, team.organisation_id)


def _account(actor: Actor, _action: Action, account: Account) -> bool:
    return actor.account_id == account.id


def _demand(actor: Actor, action: Action, filed: FiledDemand) -> bool:
    """Who filed it may do everything; so may, but for what only a person decides, the organisation in whose name it asks."""
    if action is Action.VIEW and filed.demand.status in ONLINE:
        return True
    if filed.owner is not None and filed.owner.account_id == actor.account_id:
        return True
    asks = filed.demand.organisation_id
    return asks is not None and _as_member(actor, action, FiledDemand, asks)


def _dossier(actor: Actor, _action: Action, dossier: Dossier) -> bool:
    """Its advisor and nobody else; whether the client's consent is valid is asked at the door (`web.advisor.doors`)."""
    is_advisor = bool(actor.roles & {RoleName.ADVISOR, RoleName.ADMIN})
    return is_advisor and dossier.advisor_id is not None and actor.account_id == dossier.advisor_id


RULES: Mapping[type, Callable[[Actor, Action, Any], bool]] = {
    Module: _module,
    Organisation: _organisation,
    Account: _account,
    FiledDemand: _demand,
    HubTeam: _hub_team,
    Dossier: _dossier,
}
CONFIDENTIAL = frozenset({Dossier})
"""What administrators may not do more with than anybody else: a client gave consent to one advisor."""


def allows(actor: Actor, action: Action, thing: object) -> bool:
    """Whether `actor` may do `action` with `thing`; False for a type without a rule."""
    rule = RULES.get(type(thing))
    return rule is not None and ((actor.is_admin and type(thing) not in CONFIDENTIAL) or rule(actor, action, thing))


def current_actor() -> Actor:
    """Who makes this request."""
    if not current_user.is_authenticated:
        return Actor()
    return Actor(
        account_id=current_user.id,
        roles=frozenset(role.name for role in current_user.roles),
        member_roles={membership.organisation_id: membership.role for membership in current_user.memberships},
    )


def require(action: Action, thing: object) -> None:
    """Ends the request with 404 when the object may not be seen, with 403 when it may be seen but not that."""
    actor = current_actor()
    if allows(actor, action, thing):
        return
    log.warning("refused", action=action.value, type=type(thing).__name__, account=actor.account_id)
    abort(403 if allows(actor, Action.VIEW, thing) else 404)


def guard(blueprint: Blueprint, *roles: RoleName) -> None:
    """Lets only accounts with one of `roles` (or an administrator) reach any view of a blueprint. Guests sign in first."""
    blueprint.before_request(lambda: _turned_away(roles))


def role_required(*roles: RoleName) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer | Response]]:
    """The same for one view; without `roles`, every account may."""

    def decorate(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer | Response]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | Response:
            return _turned_away(roles) or view(*args, **kwargs)

        return guarded

    return decorate


def _turned_away(roles: Collection[RoleName]) -> Response | None:
    actor = current_actor()
    if actor.account_id is None:
        return redirect(url_for("accounts.sign_in", next=request.path if request.method == "GET" else None))
    if roles and not actor.is_admin and not actor.roles & set(roles):
        log.warning("refused", view=request.endpoint, account=actor.account_id)
        abort(403)
    return None
