"""The list of modules that advisor and client share, on SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.accounts import parts_of
from tests.conftest import NOW
from tests.dossiers import advisor, opened
from web.advisor.guidance_model import Verdict
from web.advisor.model import Dossier
from web.advisor.reading import dossier_by_uid
from web.advisor.together.choices import MOST_CHOICES, ChangedMeanwhile, ListFull, choice_of, choose, drop_choice, modules_with


@pytest.fixture
def uid(app: Flask) -> str:
    return opened(advisor(app), how="paper").uid


def changes(dossier: Dossier) -> list[tuple[str, str, str]]:
    return sorted((one.actor, one.module, one.change) for one in dossier.changes)


def test_each_change_keeps_who_made_it(app: Flask, uid: str) -> None:
    database = parts_of(app).database
    with database.writing() as session:
        dossier = dossier_by_uid(session, uid)
        assert dossier
        choose(dossier, "m1", Verdict.MAYBE, "a", NOW, reason_for="dichtbij")
        choose(dossier, "m2", Verdict.PINNED, "a", NOW)
    with database.writing() as session:
        dossier = dossier_by_uid(session, uid)
        assert dossier
        choose(dossier, "m1", Verdict.REJECTED, "client", NOW, reason_against="te duur")
        choose(dossier, "m2", Verdict.PINNED, "client", NOW, reason_for="leuk")
        choose(dossier, "m2", Verdict.PINNED, "client", NOW, reason_for="leuk")
    with database.writing() as session:
        dossier = dossier_by_uid(session, uid)
        assert dossier
        found = choice_of(dossier, "m1")
        assert found
        assert (found.reason_for, found.reason_against, found.version) == ("dichtbij", "te duur", 2)
        assert modules_with(dossier, Verdict.REJECTED) == {"m1"}
        assert drop_choice(dossier, "m2", "a", NOW)
        assert not drop_choice(dossier, "m2", "a", NOW)
        assert changes(dossier) == [
            ("a", "m1", "added"),
            ("a", "m2", "pinned"),
            ("a", "m2", "removed"),
            ("client", "m1", "rejected"),
            ("client", "m2", "reasoned"),
        ]


def test_who_looked_at_something_older_is_told(app: Flask, uid: str) -> None:
    database = parts_of(app).database
    with database.writing() as session:
        dossier = dossier_by_uid(session, uid)
        assert dossier
        choose(dossier, "m1", Verdict.MAYBE, "a", NOW, seen=0)
    with database.writing() as session:
        dossier = dossier_by_uid(session, uid)
        assert dossier
        with pytest.raises(ChangedMeanwhile):
            choose(dossier, "m1", Verdict.PINNED, "client", NOW, seen=0)
        choose(dossier, "m1", Verdict.PINNED, "client", NOW, seen=1)
        assert modules_with(dossier, Verdict.PINNED) == {"m1"}


def test_a_list_has_an_end(app: Flask, uid: str) -> None:
    with parts_of(app).database.writing() as session:
        dossier = dossier_by_uid(session, uid)
        assert dossier
        for number in range(MOST_CHOICES):
            choose(dossier, f"m{number}", Verdict.MAYBE, "a", NOW)
        with pytest.raises(ListFull):
            choose(dossier, "another", Verdict.MAYBE, "a", NOW)
        choose(dossier, "m0", Verdict.PINNED, "a", NOW)
        assert len(dossier.choices) == MOST_CHOICES
