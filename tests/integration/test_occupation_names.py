"""To which occupations a module leads, on both databases."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from catalogue.database import Database
from catalogue.models import Occupation, OccupationAlias, OccupationSkill, Skill, SkillCollection
from catalogue.search.occupations import MOST_OCCUPATIONS, OccupationNames
from catalogue.vocabulary import Importance


@pytest.fixture
def skills(database: Database) -> dict[str, int]:
    """Skills by name: three occupations need welding and measuring, one of them alone needs inspecting, and all of them need talking."""
    with database.writing() as session:
        made = {name: Skill(label_nl=name) for name in ("lassen", "meten", "inspecteren", "praten", "bakken")}
        made["praten"].collections.append(SkillCollection(name="transversal"))
        session.add_all(made.values())
        for label, needs in (
            ("lasser", ["lassen", "meten", "praten"]),
            ("lasinspecteur", ["lassen", "meten", "inspecteren", "praten"]),
            ("pijpfitter", ["lassen", "meten"]),
        ):
            occupation = Occupation(label_nl=label, label_en=f"{label} (en)")
            occupation.aliases += [OccupationAlias(language="nl", text=f"{label} v"), OccupationAlias(language="en", text=f"{label} alias")]
            occupation.skills += [OccupationSkill(skill=made[name], importance=Importance.ESSENTIAL, level=3) for name in needs]
            occupation.skills.append(OccupationSkill(skill=made["bakken"], importance=Importance.OPTIONAL, level=1))
            session.add(occupation)
        session.flush()
        return {name: skill.id for name, skill in made.items()}


@pytest.mark.parametrize(
    ("taught", "occupations"),
    [
        (["inspecteren"], ["lasinspecteur"]),
        (["lassen"], []),
        (["lassen", "meten"], ["lasser", "lasinspecteur", "pijpfitter"]),
        (["lassen", "inspecteren"], ["lasinspecteur"]),
        (["praten", "bakken"], []),
        ([], []),
    ],
)
def test_a_module_leads_to_the_occupations_that_have_its_skills_to_themselves(
    database: Database, skills: dict[str, int], taught: Sequence[str], occupations: Sequence[str]
) -> None:
    with database.reading() as session:
        names = OccupationNames(session)
        expected = {1: [name for label in occupations for name in (label, f"{label} v")]}
        assert names.of({1: [skills[name] for name in taught]}) == expected
        assert names.of({1: [skills[name] for name in taught], 2: []}) == {**expected, 2: []}


def test_the_likeliest_come_first_and_there_are_not_many(database: Database) -> None:
    with database.writing() as session:
        own = Skill(label_nl="alleen")
        occupations = [Occupation(label_nl=f"beroep {number}") for number in range(MOST_OCCUPATIONS + 2)]
        parts = [Skill(label_nl=f"deel {number}") for number in range(4)]
        session.add_all([own, *parts, *occupations])
        for occupation in occupations:
            occupation.skills += [OccupationSkill(skill=part, importance=Importance.ESSENTIAL, level=3) for part in parts]
        occupations[-1].skills.append(OccupationSkill(skill=own, importance=Importance.ESSENTIAL, level=3))
        session.flush()
        taught = [own.id, *(part.id for part in parts)]
    with database.reading() as session:
        (found,) = OccupationNames(session).of({7: taught}).values()
    assert len(found) == MOST_OCCUPATIONS
    assert found[0] == occupations[-1].label_nl
