"""Who may do what with which object: the whole table, and the mechanism that views use."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from catalogue.demands.status import ONLINE
from catalogue.models import Demand, HubTeam, Module, ModuleOwner, Organisation, Skill
from catalogue.vocabulary import DemandStatus, Status
from tests.conftest import NOW, app_in
from web.accounts.demand_model import DemandOwner, FiledDemand
from web.accounts.models import Account, MemberRole, RoleName
from web.advisor.model import Dossier
from web.security import access
from web.security.access import MEMBERS_MAY, RULES, Action, Actor, allows, require

OURS, THEIRS = 1, 2
GUEST = Actor()
LEARNER = Actor(10, frozenset({RoleName.LEARNER}))
AUTHOR, PUBLISHER, MANAGER = (Actor(20 + number, frozenset({RoleName.HUB}), {OURS: role}) for number, role in enumerate(MemberRole))
HUB_OF_NOTHING = Actor(12, frozenset({RoleName.HUB}))
ADVISOR = Actor(13, frozenset({RoleName.ADVISOR}), {OURS: MemberRole.MANAGER})
ADMIN = Actor(14, frozenset({RoleName.ADMIN}))
WHO = {
    "guest": GUEST,
    "learner": LEARNER,
    "author": AUTHOR,
    "publisher": PUBLISHER,
    "manager": MANAGER,
    "hub of nothing": HUB_OF_NOTHING,
    "advisor": ADVISOR,
    "admin": ADMIN,
}

V, E, P, M, A = Action.VIEW, Action.EDIT, Action.PUBLISH, Action.MANAGE, Action.ADOPT
MEMBERS = {"author": {V, E}, "publisher": {V, E, P, M}, "manager": {V, E, P, M}}
STRANGERS = {who: {V, A} for who in MEMBERS}
PARTNERS = {"author": {V, E}, "publisher": {V, E, P}, "manager": {V, E, P}}


def module(organisation_id: int, status: Status) -> Module:
    return Module(organisation_id=organisation_id, status=status)


def filed(status: DemandStatus, organisation_id: int | None, account_id: int | None) -> FiledDemand:
    owner = None if account_id is None else DemandOwner(account_id=account_id)
    return FiledDemand(Demand(organisation_id=organisation_id, status=status), owner)


def made_with(organisation_id: int, module: Module, *, has_accepted: bool = True) -> Module:
    """The module, made by another organisation too, or only asked of it."""
    module.shares = [ModuleOwner(organisation_id=organisation_id, asked_at=NOW, accepted_at=NOW if has_accepted else None)]
    return module


def everybody(others: set[Action], **special: set[Action]) -> dict[str, set[Action]]:
    """What each of `WHO` may do: `others`, but for the named ones; an administrator everything."""
    return {**dict.fromkeys(WHO, others), "admin": set(Action), **special}


def public(status: DemandStatus) -> set[Action]:
    """What everybody may do with a demand."""
    return {V} if status in ONLINE else set()


CASES: dict[str, tuple[object, dict[str, set[Action]]]] = {
    **{f"our {status} module": (module(OURS, status), everybody(set(), **MEMBERS)) for status in Status if status != Status.PUBLISHED},
    "our published module": (module(OURS, Status.PUBLISHED), everybody({V}, **MEMBERS)),
    **{f"their {status} module": (module(THEIRS, status), everybody(set())) for status in Status if status != Status.PUBLISHED},
    "their published module": (module(THEIRS, Status.PUBLISHED), everybody({V}, **STRANGERS)),
    **{
        f"their {status} module that we make too": (made_with(OURS, module(THEIRS, status)), everybody(set(), **PARTNERS))
        for status in Status
        if status != Status.PUBLISHED
    },
    "their published module that we make too": (made_with(OURS, module(THEIRS, Status.PUBLISHED)), everybody({V}, **PARTNERS)),
    "their draft that we were asked for": (made_with(OURS, module(THEIRS, Status.DRAFT), has_accepted=False), everybody(set())),
    "our draft that they make too": (made_with(THEIRS, module(OURS, Status.DRAFT)), everybody(set(), **MEMBERS)),
    "our organisation": (Organisation(id=OURS), everybody({V}, **{**MEMBERS, "publisher": {V, E, P}})),
    "their organisation": (Organisation(id=THEIRS), everybody({V})),
    "the team of a hub that is ours": (HubTeam(organisation_id=OURS), everybody({V}, publisher={V, M}, manager={V, M})),
    "the team of a hub that is theirs": (HubTeam(organisation_id=THEIRS), everybody({V})),
    "the learner's account": (Account(id=LEARNER.account_id), everybody(set(), learner=set(Action))),
    **{
        f"the learner's {status} demand": (filed(status, None, LEARNER.account_id), everybody(public(status), learner=set(Action)))
        for status in DemandStatus
    },
    **{
        f"our {status} demand": (filed(status, OURS, None), everybody(public(status), **{who: {V, E} for who in MEMBERS}))
        for status in DemandStatus
    },
    **{f"their {status} demand": (filed(status, THEIRS, None), everybody(public(status))) for status in DemandStatus},
    "an example": (filed(DemandStatus.OPEN, None, None), everybody({V})),
    "the advisor's dossier": (Dossier(advisor_id=ADVISOR.account_id), everybody(set(), advisor=set(Action), admin=set())),
    "the administrator's own dossier": (Dossier(advisor_id=ADMIN.account_id), everybody(set())),
    "the dossier of who is no advisor any more": (Dossier(advisor_id=LEARNER.account_id), everybody(set(), admin=set())),
    "a dossier without an advisor": (Dossier(advisor_id=None), everybody(set(), admin=set())),
    "what has no rule": (Skill(), everybody(set(), admin=set())),
}


@pytest.mark.parametrize("case", CASES)
def test_every_role_and_action_on_every_object(case: str) -> None:
    thing, expected = CASES[case]
    allowed = {who: {action for action in Action if allows(actor, action, thing)} for who, actor in WHO.items()}
    assert allowed == expected


def test_the_cases_hold_every_rule_role_and_status() -> None:
    assert {type(thing) for thing, _expected in CASES.values()} == {*RULES, Skill}
    assert MEMBERS_MAY.keys() < RULES.keys()
    assert set(MemberRole) <= WHO.keys()
    statuses = {(thing.organisation_id, thing.status) for thing, _expected in CASES.values() if isinstance(thing, Module)}
    assert statuses == set(product((OURS, THEIRS), Status))


def test_another_role_in_each_organisation() -> None:
    both = Actor(30, frozenset({RoleName.HUB}), {OURS: MemberRole.AUTHOR, THEIRS: MemberRole.PUBLISHER})
    assert both.organisation_ids == {OURS, THEIRS}
    assert not allows(both, Action.PUBLISH, module(OURS, Status.DRAFT))
    assert allows(both, Action.PUBLISH, module(THEIRS, Status.DRAFT))


@pytest.fixture
def status_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Actor, Action, object], int]:
    """What a view answers that asks for an action; 200 when it goes on."""
    app: Flask = app_in(tmp_path)

    def ask(actor: Actor, action: Action, thing: object) -> int:
        monkeypatch.setattr(access, "current_actor", lambda: actor)
        with app.test_request_context("/"):
            try:
                require(action, thing)
            except HTTPException as refused:
                return refused.code or 0
        return 200

    return ask


def test_require_hides_what_may_not_be_seen(status_of: Callable[[Actor, Action, object], int]) -> None:
    assert status_of(AUTHOR, Action.EDIT, module(OURS, Status.DRAFT)) == 200
    assert status_of(AUTHOR, Action.PUBLISH, module(OURS, Status.DRAFT)) == 403
    assert status_of(AUTHOR, Action.EDIT, module(THEIRS, Status.PUBLISHED)) == 403
    assert status_of(AUTHOR, Action.EDIT, module(THEIRS, Status.DRAFT)) == 404
    assert status_of(PUBLISHER, Action.MANAGE, Organisation(id=OURS)) == 403
    assert status_of(GUEST, Action.VIEW, module(THEIRS, Status.DRAFT)) == 404
    assert status_of(ADMIN, Action.VIEW, Skill()) == 404
