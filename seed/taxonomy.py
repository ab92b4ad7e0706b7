"""The compact taxonomy of the seed: skills and occupations of our own, with ESCO URIs where they are exact."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Occupation, OccupationAlias, OccupationSkill, Skill, SkillAlias, SkillCollection, SkillRelation, stable_uid
from catalogue.vocabulary import Importance, SkillKind
from seed.files import Entry, SeedFiles, graded

SOURCE = "seed"


def load_taxonomy(session: Session, files: SeedFiles) -> tuple[dict[str, int], int, int]:
    """Adds and updates the seed's skills and occupations.

    A concept that an official taxonomy has labelled keeps those labels; the seed's own names join its other names.

    Returns:
        The key of every seed skill by its id in the files, how many rows were added, and how many were changed.
    """
    counts = [0, 0]
    skills = {entry["id"]: _skill(session, entry, counts) for entry in files.skills}
    session.flush()
    keys = {name: skill.id for name, skill in skills.items()}
    _relations(session, files, keys, counts)
    for entry in files.occupations:
        _occupation(session, entry, keys, counts)
    session.flush()
    return keys, counts[0], counts[1]


def _skill(session: Session, entry: Entry, counts: list[int]) -> Skill:
    uid = stable_uid("skill", entry.get("esco") or entry["id"])
    skill = session.scalar(select(Skill).where(Skill.uid == uid))
    if skill is None:
        skill = Skill(uid=uid, uri=entry.get("esco"), source=SOURCE)
        session.add(skill)
        counts[0] += 1
    if skill.source == SOURCE:
        skill.kind = SkillKind(entry.get("kind", "skill"))
        _label(skill, entry, counts)
    for language, text in _names(entry, skill):
        if (language, text.casefold()) not in {(alias.language, alias.text.casefold()) for alias in skill.aliases}:
            skill.aliases.append(SkillAlias(language=language, text=text))
            counts[1] += 1
    present = {row.name for row in skill.collections}
    for name in entry.get("collections", []):
        if name not in present:
            skill.collections.append(SkillCollection(name=name))
            counts[1] += 1
    return skill


def _occupation(session: Session, entry: Entry, keys: dict[str, int], counts: list[int]) -> None:
    uid = stable_uid("occupation", entry.get("esco") or entry["id"])
    occupation = session.scalar(select(Occupation).where(Occupation.uid == uid))
    if occupation is None:
        occupation = Occupation(uid=uid, uri=entry.get("esco"), source=SOURCE)
        session.add(occupation)
        counts[0] += 1
    if occupation.source == SOURCE:
        _label(occupation, entry, counts)
        occupation.isco = entry.get("isco", "")
        occupation.description_nl = entry.get("description_nl", "")
    for language, text in _names(entry, occupation):
        if (language, text.casefold()) not in {(alias.language, alias.text.casefold()) for alias in occupation.aliases}:
            occupation.aliases.append(OccupationAlias(language=language, text=text))
            counts[1] += 1
    present = {row.skill_id: row for row in occupation.skills}
    for name, importance in (("optional", Importance.OPTIONAL), ("essential", Importance.ESSENTIAL)):
        for skill, level in map(graded, entry.get(name, [])):
            row = present.get(keys[skill])
            if row is None:
                row = OccupationSkill(skill_id=keys[skill], importance=importance, level=level)
                present[keys[skill]] = row
                occupation.skills.append(row)
                counts[1] += 1
            elif occupation.source == SOURCE and (row.level, row.importance) != (level, importance):
                row.level, row.importance = level, importance
                counts[1] += 1


def _label(concept: Skill | Occupation, entry: Entry, counts: list[int]) -> None:
    if (concept.label_nl, concept.label_en) != (entry["nl"], entry["en"]):
        counts[1] += bool(concept.label_nl)
        concept.label_nl, concept.label_en = entry["nl"], entry["en"]


def _names(entry: Entry, concept: Skill | Occupation) -> list[tuple[str, str]]:
    """The entry's other names, without those that are the concept's own labels."""
    own = {concept.label_nl.casefold(), concept.label_en.casefold()}
    names = [("nl", entry["nl"]), *(("nl", text) for text in entry.get("alt_nl", []))]
    names += [("en", entry["en"]), *(("en", text) for text in entry.get("alt_en", []))]
    return [(language, text) for language, text in names if text.casefold() not in own]


def _relations(session: Session, files: SeedFiles, keys: dict[str, int], counts: list[int]) -> None:
    wanted = set()
    for entry in files.skills:
        if entry.get("broader"):
            wanted.add((keys[entry["id"]], keys[entry["broader"]], SkillRelation.BROADER))
        for other in entry.get("related", []):
            first, second = sorted((keys[entry["id"]], keys[other]))
            wanted.add((first, second, SkillRelation.RELATED))
    present = set(session.execute(select(SkillRelation.skill_id, SkillRelation.other_id, SkillRelation.kind)))
    missing = sorted(row for row in wanted - present if row[0] != row[1])
    session.add_all(SkillRelation(skill_id=skill, other_id=other, kind=kind) for skill, other, kind in missing)
    counts[1] += len(missing)
