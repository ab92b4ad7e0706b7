"""Skills and occupations as rows, by key or by the address that the outside knows them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import Occupation, OccupationSkill, Skill, SkillAlias, SkillCollection
from catalogue.vocabulary import SkillKind

_KEYS_AT_ONCE = 500

_Key = TypeVar("_Key")


def skills_by_id(session: Session, ids: Iterable[int]) -> dict[int, Skill]:
    """The skills with these keys; keys that no skill has are left out."""
    return {skill.id: skill for keys in _stretches(ids) for skill in session.scalars(select(Skill).where(Skill.id.in_(keys)))}


def skills_by_uid(session: Session, uids: Iterable[str]) -> dict[str, Skill]:
    """The skills with these public ids, in the order given; ids that no skill has are left out."""
    uids = list(uids)
    found = {skill.uid: skill for keys in _stretches(uids) for skill in session.scalars(select(Skill).where(Skill.uid.in_(keys)))}
    return {uid: found[uid] for uid in uids if uid in found}


def skills_by_uri(session: Session, uris: Iterable[str]) -> dict[str, Skill]:
    """The skills with these official addresses; addresses that no skill has are left out."""
    return {uri: skill for uri in uris if (skill := session.scalar(select(Skill).where(Skill.uri == uri)))}


def names_of_language_skills(session: Session, ids: Iterable[int]) -> set[str]:
    """All Dutch names of those of the skills with these keys that are in the collection of languages."""
    names = set[str]()
    for keys in _stretches(ids):
        rows = session.execute(
            select(Skill.label_nl, SkillAlias.text)
            .join(SkillCollection, and_(SkillCollection.skill_id == Skill.id, SkillCollection.name == "language"))
            .outerjoin(SkillAlias, and_(SkillAlias.skill_id == Skill.id, SkillAlias.language == "nl"))
            .where(Skill.id.in_(keys))
        )
        names.update(name for row in rows for name in row if name)
    return names


def occupations_by_id(session: Session, ids: Iterable[int]) -> dict[int, Occupation]:
    """The occupations with these keys; keys that no occupation has are left out."""
    return {row.id: row for keys in _stretches(ids) for row in session.scalars(select(Occupation).where(Occupation.id.in_(keys)))}


def skill_by_reference(session: Session, reference: str) -> Skill | None:
    """The skill with this public id or official address; groups of the hierarchy are nothing that one can have, so None for those."""
    return session.scalar(select(Skill).where(or_(Skill.uid == reference, Skill.uri == reference), Skill.kind != SkillKind.GROUP))


def occupation_by_reference(session: Session, reference: str) -> Occupation | None:
    """The occupation with this public id or official address; None for ""."""
    if not reference:
        return None
    return session.scalar(select(Occupation).where(or_(Occupation.uid == reference, Occupation.uri == reference)))


def skills_of_occupation(session: Session, occupation_id: int) -> list[OccupationSkill]:
    """What an occupation needs, skills loaded: essential ones first, then by key. Skills without any name are left out."""
    rows = session.scalars(
        select(OccupationSkill)
        .join(OccupationSkill.skill)
        .where(OccupationSkill.occupation_id == occupation_id, or_(Skill.label_nl != "", Skill.label_en != ""))
        .options(joinedload(OccupationSkill.skill))
        .order_by(OccupationSkill.importance, OccupationSkill.skill_id)
    )
    return list(rows)


def _stretches(ids: Iterable[_Key]) -> Iterator[list[_Key]]:
    """At most as many keys at once as every database takes in one statement."""
    keys = list(dict.fromkeys(ids))
    for begin in range(0, len(keys), _KEYS_AT_ONCE):
        yield keys[begin : begin + _KEYS_AT_ONCE]
