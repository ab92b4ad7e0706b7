"""Reads for a learner's profile: what an occupation needs, and skills by their public ids."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import OccupationSkill, Skill


def occupation_skills(session: Session, occupation_id: int) -> Sequence[OccupationSkill]:
    """What an occupation needs, each row with its skill; in the order of the skills' keys."""
    query = select(OccupationSkill).where(OccupationSkill.occupation_id == occupation_id)
    return session.scalars(query.options(joinedload(OccupationSkill.skill)).order_by(OccupationSkill.skill_id)).all()


def skills_by_uid(session: Session, uids: Collection[str]) -> dict[str, Skill]:
    """Skills by public id, in the order given; ids that name none are absent."""
    found = {skill.uid: skill for skill in session.scalars(select(Skill).where(Skill.uid.in_(uids)))}
    return {uid: found[uid] for uid in uids if uid in found}
