"""The bridge from the rows of the taxonomy to arrays: which skills occupations need, and what goes without saying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Occupation, OccupationSkill, Skill, SkillCollection, SkillRelation
from catalogue.vocabulary import Importance, SkillKind
from matching.background import Background, usual_skills
from matching.core.arrays import BoolArray, FloatArray, IntArray

EVERYDAY_COLLECTIONS = ("basic", "language")
"""Collections of skills that belong to no trade. ESCO marks the same by its reuse level TRANSVERSAL."""
TRANSVERSAL = "transversal"
"""ESCO's reuse level of skills that belong to no trade, and the collection of skills that are of use in every trade."""


@dataclass(frozen=True)
class OccupationNeeds:
    """Which skills occupations need, grouped by occupation.

    Attributes:
        begins: by occupation key the first and one past the last of its needs.
        isco: by occupation key the code of its unit group, "" where not known.
        column, level: shape (n_needs,), skill column and level asked, 1-4.
        is_essential: shape (n_needs,).
        rarity: shape (n_skills,), in (0, 1]: 1 for a skill that one occupation needs, falling with the number of occupations.
    """

    begins: Mapping[int, tuple[int, int]]
    isco: Mapping[int, str]
    column: IntArray
    level: IntArray
    is_essential: BoolArray
    rarity: FloatArray


def occupation_needs(session: Session, skill_ids: IntArray) -> OccupationNeeds:
    """What every occupation needs; `skill_ids` are the skills of the columns, ascending."""
    isco = {row.id: row.isco for row in session.execute(select(Occupation.id, Occupation.isco))}
    rows = session.execute(
        select(OccupationSkill.occupation_id, OccupationSkill.skill_id, OccupationSkill.level, OccupationSkill.importance).order_by(
            OccupationSkill.occupation_id, OccupationSkill.skill_id
        )
    ).all()
    owner, skill, level = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3).T.copy()
    owners, begins, counts = np.unique(owner, return_index=True, return_counts=True)
    column = np.searchsorted(skill_ids, skill)
    return OccupationNeeds(
        begins={int(key): (int(begin), int(begin + count)) for key, begin, count in zip(owners, begins, counts, strict=True)},
        isco=isco,
        column=column,
        level=level,
        is_essential=np.array([row.importance == Importance.ESSENTIAL for row in rows], dtype=np.bool_),
        rarity=rarity(np.bincount(column, minlength=len(skill_ids)), len(owners)),
    )


def background(session: Session, skill_ids: IntArray, occupations: OccupationNeeds) -> Background:
    """What follows from skills and from kinds of work, by the same columns."""
    named: dict[str, list[int]] = {}
    for key, name in session.execute(select(SkillCollection.skill_id, SkillCollection.name)):
        named.setdefault(name, []).append(key)
    reused = session.scalars(select(Skill.id).where(Skill.reuse_level == TRANSVERSAL)).all()
    everyday_ids = [*reused, *(key for name in EVERYDAY_COLLECTIONS for key in named.get(name, ()))]
    everyday = np.isin(skill_ids, np.array(everyday_ids, dtype=np.int64))
    shared = everyday | np.isin(skill_ids, np.array(named.get(TRANSVERSAL, ()), dtype=np.int64))
    groups = set(session.scalars(select(Skill.id).where(Skill.kind == SkillKind.GROUP)).all())
    broader: dict[int, list[int]] = {}
    near: dict[int, list[int]] = {}
    pairs = session.execute(
        select(SkillRelation.skill_id, SkillRelation.other_id, SkillRelation.kind).order_by(SkillRelation.skill_id, SkillRelation.other_id)
    ).all()
    column = {key: at for at, key in enumerate(skill_ids.tolist()) if key not in groups}
    for skill, other, kind in pairs:
        if skill in column and other in column:
            near.setdefault(column[other], []).append(column[skill])
            (broader if kind == SkillRelation.BROADER else near).setdefault(column[skill], []).append(column[other])
    parts = [slice(*span) for span in occupations.begins.values()]
    usual = usual_skills(
        [occupations.isco[key][:1] for key in occupations.begins],
        [occupations.column[part] for part in parts],
        [occupations.level[part] for part in parts],
        everyday,
    )
    return Background(everyday, shared, broader, near, usual)


def rarity(occupations_of_skill: IntArray, n_occupations: int) -> FloatArray:
    """How telling each skill is for an occupation: log(1 + N / n) / log(1 + N), with n of N occupations needing it.

    Returns:
        Shape (n_skills,), in (0, 1]: 1 for a skill that one occupation or none needs. The inverse document frequency of text search,
        scaled to 1.
    """
    count = max(n_occupations, 1)
    return np.asarray(np.log1p(count / np.maximum(occupations_of_skill, 1)) / np.log1p(count), dtype=np.float64)
