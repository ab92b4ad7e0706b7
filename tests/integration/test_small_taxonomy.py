"""A taxonomy of nothing, of one skill, or of a handful, with and without occupations: everything works, and skills are found by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from catalogue.database import Database
from catalogue.language.embedder import Embedder, installed_embedder
from catalogue.models import Occupation, OccupationSkill, Skill
from catalogue.skills.knowledge import SkillKnowledge
from catalogue.skills.label_vectors import KEPT_DIMENSIONS, learned_turn
from catalogue.skills.lexicon import lexicon_of
from catalogue.vocabulary import Importance

DUTCH = ("lassen", "metselen", "zonnepanelen plaatsen", "boekhouden", "met klanten omgaan")
ENGLISH = ("welding", "bricklaying", "install solar panels", "bookkeeping", "deal with customers")
JOBS = (("lasser", "welder"), ("metselaar", "bricklayer"))
SIZES = (0, 1, 2, 5)


@pytest.fixture(params=["by meaning", "by letters and words"])
def embedder(request: pytest.FixtureRequest) -> Callable[[], Embedder | None]:
    if request.param == "by meaning" and installed_embedder() is None:
        pytest.skip("the sentence model is not installed")
    return installed_embedder if request.param == "by meaning" else lambda: None


@pytest.fixture
def known(sqlite_database: Database, tmp_path: Path, embedder: Callable[[], Embedder | None]) -> Callable[..., SkillKnowledge]:
    """A taxonomy of some skills, in one or two languages, and of some occupations, each of which needs the skill of its number."""

    def make(n_skills: int, n_occupations: int = 0, *, has_english: bool = True) -> SkillKnowledge:
        with sqlite_database.writing() as session:
            names = zip(DUTCH, ENGLISH if has_english else [""] * len(DUTCH), strict=True)
            skills = [Skill(label_nl=dutch, label_en=english) for dutch, english in list(names)[:n_skills]]
            jobs = [Occupation(label_nl=dutch, label_en=english) for dutch, english in JOBS[:n_occupations]]
            session.add_all([*skills, *jobs])
            session.flush()
            for job, skill in zip(jobs, skills, strict=False):
                session.add(OccupationSkill(occupation_id=job.id, skill_id=skill.id, importance=Importance.ESSENTIAL, level=3))
        return SkillKnowledge(sqlite_database, tmp_path / "cache", embedder)

    return make


@pytest.mark.parametrize("n_occupations", [0, 1, 2])
@pytest.mark.parametrize("has_english", [True, False], ids=["two languages", "one language"])
@pytest.mark.parametrize("n_skills", SIZES)
def test_every_skill_is_found_and_recognised_by_its_name(
    known: Callable[..., SkillKnowledge], n_skills: int, n_occupations: int, *, has_english: bool
) -> None:
    knowledge = known(n_skills, n_occupations, has_english=has_english)
    knowledge.prepare()
    for key, name in enumerate(DUTCH[:n_skills], 1):
        assert knowledge.find_skills(name)[0].id == key
        text = f"Ik werk al jaren in de bouw. Daar leerde ik {name}."
        first = knowledge.recognise(text)[0]
        assert first.skill_id == key
        assert text[first.start : first.end] == name.removeprefix("met ")
    for key, (name, _english) in enumerate(JOBS[:n_occupations], 1):
        assert knowledge.find_occupations(name)[0].id == key


@pytest.mark.parametrize("n_occupations", [0, 1, 2])
@pytest.mark.parametrize("n_skills", SIZES)
def test_what_is_not_there_is_not_found(known: Callable[..., SkillKnowledge], n_skills: int, n_occupations: int) -> None:
    knowledge = known(n_skills, n_occupations)
    assert knowledge.recognise_many(["", "Zij speelt graag piano met haar zus.", "12 34 !?"]) == [[], [], []]
    assert [one.score for one in knowledge.find_skills("piano spelen") if one.score > 0.5] == []
    assert knowledge.find_skills("") == knowledge.find_occupations("") == []


@pytest.mark.parametrize("n_skills", [2, 5])
@pytest.mark.parametrize("n_occupations", [0, 1, 2])
def test_all_skills_are_ranked_for_a_text(known: Callable[..., SkillKnowledge], n_skills: int, n_occupations: int) -> None:
    ranked = known(n_skills, n_occupations).rank_skills("Ik kan metselen.")
    assert {one.skill_id for one in ranked} == set(range(1, n_skills + 1))
    assert np.isfinite([one.lead for one in ranked]).all()
    if n_occupations < 2:  # the one of two occupations that happens to be nearer decides
        assert ranked[0].skill_id == DUTCH.index("metselen") + 1


@pytest.mark.parametrize("n_skills", [0, 1])
def test_nothing_is_ranked_where_there_is_nothing_to_order(known: Callable[..., SkillKnowledge], n_skills: int) -> None:
    assert known(n_skills, 1).rank_skills("Ik kan lassen.") == []


@pytest.mark.parametrize("names", [("lassen",), ("lassen", "Lassen werk")], ids=["one name each", "the same vector twice"])
def test_names_that_do_not_differ_within_a_concept_turn_into_finite_vectors(names: Sequence[str]) -> None:
    n_concepts = KEPT_DIMENSIONS + 8
    lexicon = lexicon_of((key, "nl", name, place == 0) for key in range(n_concepts) for place, name in enumerate(names))
    each = np.random.default_rng(7).normal(size=(n_concepts, 256)).astype(np.float32)
    vectors = np.repeat(each / np.linalg.norm(each, axis=1, keepdims=True), len(names), axis=0)
    turned = learned_turn([lexicon], [vectors])(vectors)
    assert np.linalg.norm(turned, axis=1) == pytest.approx(np.ones(len(vectors)), abs=1e-3)
