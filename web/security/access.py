"""Who may do what with which object: one mechanism for every view.

`RULES` says it per type of object; what has no rule is refused. A view calls `require(Action.EDIT, module)` after loading the object and
before using it. An object that one may not even see answers 404, so that nobody learns that it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from catalogue.models import Module, Organisation
from catalogue.vocabulary import Status
from web.accounts.models import Account, RoleName
from web.logs import log

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class Action(StrEnum):
    """What somebody wants to do with an object."""

    VIEW = "view"
    EDIT = "edit"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. A guest has no account, no roles and no organisations."""

    account_id: int | None = None
    roles: frozenset[str] = frozenset()
    organisation_ids: frozenset[int] = frozenset()

    @property
    def is_admin(self) -> bool:
        """An administrator may do everything that has a rule."""
        return RoleName.ADMIN in self.roles


def _module(actor: Actor, action: Action, module: Module) -> bool:
    works_for = RoleName.HUB in actor.roles and module.organisation_id in actor.organisation_ids
    return works_for or (action is Action.VIEW and module.status == Status.PUBLISHED)


def _organisation(actor: Actor, action: Action, organisation: Organisation) -> bool:
    works_for = RoleName.HUB in actor.roles and organisation.id in actor.organisation_ids
    return works_for or action is Action.VIEW


def _account(actor: Actor, _action: Action, account: Account) -> bool:
    return actor.account_id == account.id


RULES: Mapping[type, Callable[[Actor, Action, Any], bool]] = {Module: _module, Organisation: _organisation, Account: _account}


def allows(actor: Actor, action: Action, thing: object) -> bool:
    """Whether `actor` may do `action` with `thing`; False for a type without a rule."""
    rule = RULES.get(type(thing))
    return rule is not None and (actor.is_admin or rule(actor, action, thing))


def current_actor() -> Actor:
    """Who makes this request."""
    if not current_user.is_authenticated:
        return Actor()
    return Actor(
        account_id=current_user.id,
        roles=frozenset(role.name for role in current_user.roles),
        organisation_ids=frozenset(membership.organisation_id for membership in current_user.memberships),
    )


def require(action: Action, thing: object) -> None:
    """Ends the request with 404 when the object may not be seen, with 403 when it may be seen but not that."""
    actor = current_actor()
    if allows(actor, action, thing):
        return
    log.warning("refused", action=action.value, type=type(thing).__name__, account=actor.account_id)
    abort(403 if allows(actor, Action.VIEW, thing) else 404)


def role_required(*roles: RoleName) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer | Response]]:
    """Lets only accounts with one of `roles` (or an administrator) reach a view; without `roles`, every account. Guests sign in first."""

    def decorate(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer | Response]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | Response:
            actor = current_actor()
            if actor.account_id is None:
                return redirect(url_for("accounts.sign_in", next=request.path if request.method == "GET" else None))
            if roles and not actor.is_admin and not actor.roles & set(roles):
                log.warning("refused", view=request.endpoint, account=actor.account_id)
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate
