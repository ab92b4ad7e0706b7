"""What a module page shows as alike is about the same."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.database import Database
from catalogue.models import Module, ModuleSkill, Organisation, Skill, Theme
from catalogue.modules import published_module
from catalogue.overview import similar_ids
from catalogue.vocabulary import Level, OrganisationKind, SkillKind, Status
from tests.conftest import NOW

GENERIC, SPECIFIC, RARE = 1, 2, 3


@pytest.fixture
def modules(database: Database) -> Database:
    """Modules by theme: a skill that five themes teach, one that two themes teach, and a rarer one."""
    taught = {
        1: (1, {GENERIC, SPECIFIC, RARE}),
        2: (1, {GENERIC}),
        3: (2, {GENERIC}),
        4: (2, {GENERIC, SPECIFIC}),
        5: (3, {GENERIC}),
        6: (4, {GENERIC}),
        7: (1, {RARE}),
        8: (1, {GENERIC, SPECIFIC, RARE}),
    }
    with database.writing() as session:
        session.add(Organisation(id=1, name="School", slug="school", kind=OrganisationKind.MBO))
        session.add_all(
            Theme(id=key, slug=f"thema-{key}", label_nl=f"Thema {key}", label_en=f"Theme {key}", position=key) for key in range(1, 5)
        )
        session.add_all(Skill(id=key, label_nl=f"vaardigheid {key}", kind=SkillKind.SKILL) for key in (GENERIC, SPECIFIC, RARE))
        session.flush()
        for key, (theme_id, skill_ids) in taught.items():
            session.add(
                Module(
                    id=key,
                    slug=f"module-{key}",
                    organisation_id=1,
                    theme_id=theme_id,
                    title=f"Module {key}",
                    status=Status.DRAFT if key == 8 else Status.PUBLISHED,
                    created_at=NOW,
                    updated_at=NOW,
                    skills=[ModuleSkill(skill_id=skill_id, role=ModuleSkill.TAUGHT, level=2) for skill_id in skill_ids],
                )
            )
    return database


@pytest.mark.parametrize(
    ("key", "similar"),
    [
        (1, [4, 7, 2]),  # a shared specific skill, a shared rare one, the same theme; never 3, 5 and 6, and no draft
        (5, []),
        (3, [4]),
    ],
)
def test_generic_skills_alone_make_nothing_alike(modules: Database, key: int, similar: list[int]) -> None:
    with modules.reading() as session:
        assert list(similar_ids(session, key, 10)) == similar
        assert list(similar_ids(session, key, 1)) == similar[:1]


def test_of_equals_the_nearest_level_comes_first(modules: Database) -> None:
    levels = {1: Level.MBO_3, 2: Level.WO_MASTER, 7: Level.NONE, 9: Level.MBO_4, 10: Level.HBO_BACHELOR}
    with modules.writing() as session:
        for key in (9, 10):
            rows = [ModuleSkill(skill_id=GENERIC, role=ModuleSkill.TAUGHT, level=2)]
            more = {"organisation_id": 1, "theme_id": 1, "status": Status.PUBLISHED, "created_at": NOW, "updated_at": NOW}
            session.add(Module(id=key, slug=f"module-{key}", title=f"Module {key}", skills=rows, **more))
        session.get_one(Module, 7).skills = [ModuleSkill(skill_id=GENERIC, role=ModuleSkill.TAUGHT, level=2)]
        session.flush()
        for key, level in levels.items():
            session.get_one(Module, key).level = level
    with modules.reading() as session:
        assert list(similar_ids(session, 1, 10)) == [4, 9, 7, 10, 2], "4 shares more"


@pytest.mark.parametrize(
    ("slug", "themes"), [("rij-en-rusttijden-bijscholing", {"mobiliteit-en-logistiek"}), ("interieurontwerp-programma", {"creatief"})]
)
def test_alike_in_the_example_catalogue(seeded_app: Flask, slug: str, themes: set[str]) -> None:
    with seeded_app.extensions["leerwijzer"].database.reading() as session:
        found = published_module(session, slug)
        assert found
        others = [session.get_one(Module, key) for key in similar_ids(session, found.id, 3)]
        assert {other.theme.slug for other in others if other.theme} == themes
