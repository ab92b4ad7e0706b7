"""From a dossier to the profile that the matcher takes, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import MergedModule, Module, Skill
from catalogue.vocabulary import Status
from matching.profiles.profile import HeldSkill, SkillSource
from tests.accounts import parts_of
from tests.conftest import NOW, app_in
from tests.dossiers import advisor, opened
from tests.kept import Kept, close
from web.advisor.guidance_model import Claim, Evidence, Proof, Verdict
from web.advisor.intake.answer_codes import DIGITAL, DUTCH
from web.advisor.intake.talk import Talk, keep_intake
from web.advisor.intake.told import COMPUTER, LEVEL_OF_DIGITAL, LEVELS_OF_DUTCH, READING, SPEAKING, WRITING
from web.advisor.matching.profile import dossier_profile
from web.advisor.model import Dossier
from web.advisor.reading import dossier_by_uid
from web.advisor.together.choices import choose
from web.learner.answers import Answers


@pytest.fixture
def app(kept: Kept) -> Iterator[Flask]:
    app = app_in(kept.folder, **kept.elsewhere)
    yield app
    close(app)


@pytest.fixture
def uid(app: Flask) -> str:
    return opened(advisor(app), how="paper").uid


@contextmanager
def dossier_in(app: Flask, uid: str) -> Iterator[tuple[Session, Dossier]]:
    """A dossier to write in, as somebody who reads a page in Dutch."""
    with app.test_request_context("/"), parts_of(app).database.writing() as session:
        dossier = dossier_by_uid(session, uid)
        assert dossier
        yield session, dossier


def test_the_answers_are_the_profile_of_a_learner(app: Flask, uid: str) -> None:
    with dossier_in(app, uid) as (session, dossier):
        keep_intake(
            dossier, NOW, answers=Answers(goal_kind="text", goal_text="warmtepompen", budget_eur=500, emphasis={"price_fit": "much"})
        )
        profile = dossier_profile(session, dossier)
        assert profile.goal.text == "warmtepompen"
        assert profile.constraints.budget_eur == 500
        assert len(profile.emphasis) == 1
        assert not profile.pinned | profile.rejected


@pytest.mark.parametrize(
    ("dutch", "lessons", "expected"),
    [
        ("", (), "nl"),
        ("A1", (), "nl"),
        ("", ("en",), "en"),
        ("", ("nl", "en"), "nl"),
        ("B2", ("nl", "en"), "nl"),
        ("A2", ("nl", "en"), "en"),
    ],
)
def test_the_language_is_that_of_the_client_whatever_page_is_read(
    app: Flask, uid: str, dutch: str, lessons: tuple[str, ...], expected: str
) -> None:
    with dossier_in(app, uid) as (session, dossier):
        keep_intake(dossier, NOW, answers=Answers(languages=lessons), talk=Talk(dutch=dutch))
        for page in ("nl", "en"):
            with force_locale(page):
                profile = dossier_profile(session, dossier)
            assert profile.own_language == expected
            assert profile.constraints.languages == frozenset(lessons or ("nl",))


def test_what_was_learned_before_counts_at_the_higher_level(app: Flask, uid: str) -> None:
    with dossier_in(app, uid) as (session, dossier):
        less, same, more, new = session.scalars(select(Skill).order_by(Skill.id).limit(4))
        keep_intake(dossier, NOW, answers=Answers(skills={less.uid: 0, same.uid: 3, more.uid: 4}))
        for skill in (less, same, more, new):
            dossier.claims.append(Claim(skill=skill.uid, level=3, evidence=[Evidence(proof=Proof.WORK, text="")]))
        dossier.claims.append(Claim(skill="no-skill", level=3, evidence=[Evidence(proof=Proof.WORK, text="")]))
        assert set(dossier_profile(session, dossier).held) == {
            HeldSkill(less.id, 3, SkillSource.ADVISOR),
            HeldSkill(same.id, 3, SkillSource.ADVISOR),
            HeldSkill(more.id, 4, SkillSource.SELF),
            HeldSkill(new.id, 3, SkillSource.ADVISOR),
        }


def test_choices_are_keys_of_modules_that_are_online(app: Flask, uid: str) -> None:
    with dossier_in(app, uid) as (session, dossier):
        wanted, unwanted, listed, gone, merged, kept = session.scalars(select(Module).order_by(Module.id).limit(6))
        gone.status = merged.status = Status.WITHDRAWN
        session.add(MergedModule(module_id=merged.id, into_id=kept.id, merged_at=NOW))
        session.flush()
        for module, verdict in (
            (wanted, Verdict.PINNED),
            (merged, Verdict.PINNED),
            (gone, Verdict.PINNED),
            (listed, Verdict.MAYBE),
            (unwanted, Verdict.REJECTED),
            (kept, Verdict.REJECTED),
        ):
            choose(dossier, module.uid, verdict, "a", NOW)
        profile = dossier_profile(session, dossier)
        assert profile.pinned == {wanted.id, kept.id}
        assert profile.rejected == {unwanted.id}


def test_dutch_and_the_computer_tell_of_skills_unless_these_were_told_themselves(own_seeded_app: Flask) -> None:
    made = opened(advisor(own_seeded_app), how="paper")
    with dossier_in(own_seeded_app, made.uid) as (session, dossier):
        skills = {one.uri: one for one in session.scalars(select(Skill)) if one.uri in (SPEAKING, READING, WRITING, COMPUTER)}
        assert len(skills) == 4
        keep_intake(dossier, NOW, answers=Answers(skills={skills[READING].uid: 3}), talk=Talk(dutch="A2", digital="none"))
        assert set(dossier_profile(session, dossier).held) == {
            HeldSkill(skills[SPEAKING].id, 2, SkillSource.ADVISOR),
            HeldSkill(skills[READING].id, 3, SkillSource.SELF),
            HeldSkill(skills[WRITING].id, 1, SkillSource.ADVISOR),
            HeldSkill(skills[COMPUTER].id, 0, SkillSource.ADVISOR),
        }
        keep_intake(dossier, NOW, answers=Answers(), talk=Talk())
        assert not dossier_profile(session, dossier).held


def test_every_answer_about_dutch_and_the_computer_tells_of_skills() -> None:
    assert LEVELS_OF_DUTCH.keys() == DUTCH.keys()
    assert LEVEL_OF_DIGITAL.keys() == DIGITAL.keys()
