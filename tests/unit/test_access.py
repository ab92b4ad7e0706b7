"""Who may do what with which object: the whole table, and the mechanism that views use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from catalogue.models import Module, Organisation, Skill
from catalogue.vocabulary import Status
from tests.conftest import app_in
from web.accounts.models import Account, RoleName
from web.security import access
from web.security.access import Action, Actor, allows, require

OURS, THEIRS = 1, 2
GUEST = Actor()
LEARNER = Actor(10, frozenset({RoleName.LEARNER}))
HUB = Actor(11, frozenset({RoleName.HUB}), frozenset({OURS}))
HUB_OF_NOTHING = Actor(12, frozenset({RoleName.HUB}))
ADVISOR = Actor(13, frozenset({RoleName.ADVISOR}), frozenset({OURS}))
ADMIN = Actor(14, frozenset({RoleName.ADMIN}))
OTHERS = [GUEST, LEARNER, HUB_OF_NOTHING, ADVISOR]


def module(organisation_id: int, status: Status) -> Module:
    return Module(organisation_id=organisation_id, status=status)


@pytest.mark.parametrize("status", list(Status))
def test_a_hub_edits_its_own_modules_and_nobody_elses(status: Status) -> None:
    assert allows(HUB, Action.EDIT, module(OURS, status))
    assert not allows(HUB, Action.EDIT, module(THEIRS, status))
    assert not any(allows(actor, Action.EDIT, module(OURS, status)) for actor in OTHERS)
    assert allows(ADMIN, Action.EDIT, module(THEIRS, status))


@pytest.mark.parametrize("status", list(Status))
def test_only_published_modules_are_seen_by_others(status: Status) -> None:
    is_public = status is Status.PUBLISHED
    assert allows(HUB, Action.VIEW, module(OURS, status))
    assert allows(HUB, Action.VIEW, module(THEIRS, status)) is is_public
    assert [allows(actor, Action.VIEW, module(OURS, status)) for actor in OTHERS] == [is_public] * len(OTHERS)


def test_an_organisation_is_edited_by_its_own_hub() -> None:
    ours, theirs = Organisation(id=OURS), Organisation(id=THEIRS)
    assert allows(HUB, Action.EDIT, ours)
    assert not allows(HUB, Action.EDIT, theirs)
    assert not any(allows(actor, Action.EDIT, ours) for actor in OTHERS)
    assert all(allows(actor, Action.VIEW, ours) for actor in OTHERS)


def test_an_account_is_its_owners() -> None:
    account = Account(id=LEARNER.account_id)
    assert allows(LEARNER, Action.EDIT, account)
    assert not any(allows(actor, action, account) for actor in (GUEST, HUB, ADVISOR) for action in Action)


def test_what_has_no_rule_is_refused_even_to_administrators() -> None:
    assert not any(allows(actor, action, Skill()) for actor in (ADMIN, HUB, GUEST) for action in Action)


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
    assert status_of(HUB, Action.EDIT, module(OURS, Status.DRAFT)) == 200
    assert status_of(HUB, Action.EDIT, module(THEIRS, Status.PUBLISHED)) == 403
    assert status_of(HUB, Action.EDIT, module(THEIRS, Status.DRAFT)) == 404
    assert status_of(GUEST, Action.VIEW, module(THEIRS, Status.DRAFT)) == 404
    assert status_of(ADMIN, Action.VIEW, Skill()) == 404
