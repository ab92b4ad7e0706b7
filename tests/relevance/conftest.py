"""What the judged sets share: ESCO, the seed taxonomy, and the vectors of their names, which stay between runs."""

from __future__ import annotations

import pytest

from catalogue.database import Database
from catalogue.skills.knowledge import SkillKnowledge
from seed.files import read
from seed.load import load_seed
from tests.conftest import NOW
from tests.relevance.evaluation import JudgedVectors
from tests.relevance.taxonomy_sets import Esco
from web.migrations.upgrade import upgrade


@pytest.fixture(scope="module")
def esco() -> Esco:
    return Esco.read()


@pytest.fixture(scope="module")
def vectors(pytestconfig: pytest.Config) -> JudgedVectors:
    assert pytestconfig.cache is not None
    return JudgedVectors(pytestconfig.cache.mkdir("name-vectors") / "esco")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The seed catalogue."""
    url = f"sqlite:///{tmp_path_factory.mktemp('recognition') / 'seed.sqlite'}"
    upgrade(url)
    database = Database(url)
    with database.writing() as session:
        load_seed(session, read(), NOW)
    return database


@pytest.fixture(scope="module")
def knowledge(seeded: Database, pytestconfig: pytest.Config) -> SkillKnowledge:
    """Over the seed taxonomy."""
    assert pytestconfig.cache is not None
    known = SkillKnowledge(seeded, pytestconfig.cache.mkdir("name-vectors") / "seed")
    known.prepare()
    return known
