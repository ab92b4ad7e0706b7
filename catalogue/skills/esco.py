"""Puts an ESCO download into the taxonomy: adds and updates, never removes, and writes nothing twice.

This service uses the ESCO classification of the European Commission.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.models import (
    ESSENTIAL_LEVEL,
    OPTIONAL_LEVEL,
    Base,
    Occupation,
    OccupationAlias,
    OccupationGroup,
    OccupationSkill,
    Skill,
    SkillAlias,
    SkillCollection,
    SkillRelation,
    stable_uid,
)
from catalogue.progress import Progress, silent
from catalogue.skills.esco_files import EscoConcept, EscoFiles
from catalogue.versions import TAXONOMY, bump_version
from catalogue.vocabulary import Importance, SkillKind

SOURCE = "esco"
_BATCH = 5_000
_LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class EscoCount:
    """What became of one kind of rows: `read` in the files, `added`, `changed`, and `repeated` in the files themselves."""

    noun: str
    read: int
    added: int
    changed: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class EscoReport:
    """What an import did. `nameless` counts skills that relations name and that have no label in any language yet."""

    counts: Sequence[EscoCount]
    nameless: int

    @property
    def is_unchanged(self) -> bool:
        """Whether everything stood there already."""
        return not any(count.added or count.changed for count in self.counts)


def import_esco(session: Session, files: EscoFiles, progress: Progress = silent) -> EscoReport:
    """Adds what the files hold and the taxonomy lacks, and takes over labels that differ.

    Labels go to the language of `files`; those of the other language stay. A skill that only relations name becomes a concept without
    a label, so that a later import of another language can name it and its relations are there already. Levels are our own: ESCO has
    none, so essential skills ask level 3 and optional ones level 2.
    """
    counts: list[EscoCount] = []
    stages = (_skills, _skill_relations, _collections, _isco_groups, _occupations, _needs)
    for number, stage in enumerate(stages):
        progress("write taxonomy", number, len(stages))
        counts += stage(session, files)
    progress("write taxonomy", len(stages), len(stages))
    nameless = len(
        session.scalars(
            select(Skill.id).where(Skill.label_nl == "", Skill.label_en == "", Skill.source == SOURCE, Skill.kind != SkillKind.GROUP)
        ).all()
    )
    report = EscoReport(counts, nameless)
    if not report.is_unchanged:
        bump_version(session, TAXONOMY)
    return report


def _skills(session: Session, files: EscoFiles) -> list[EscoCount]:
    result = [_concepts(session, Skill, files.skills, files), _concepts(session, Skill, files.groups, files)]
    known = set(session.scalars(select(Skill.uri).where(Skill.uri.is_not(None))))
    named = _named_skills(files)
    nameless = [
        {
            "uid": stable_uid("skill", uri),
            "uri": uri,
            "source": SOURCE,
            "kind": SkillKind.KNOWLEDGE if uri in files.knowledge else SkillKind.SKILL if "/esco/skill/" in uri else SkillKind.GROUP,
        }
        for uri in sorted(named - known)
    ]
    _insert(session, Skill, nameless)
    result.append(EscoCount("skills known by their address only", len(nameless), len(nameless)))
    result.append(_aliases(session, SkillAlias, Skill, files.skills, files.language))
    return result


def _named_skills(files: EscoFiles) -> set[str]:
    """All skills and groups that the relations name."""
    pairs = [*files.broader_skills, *files.related_skills]
    return {uri for pair in pairs for uri in pair} | {skill for _, skill, _ in files.needs} | {uri for uri, _ in files.collections}


def _skill_relations(session: Session, files: EscoFiles) -> list[EscoCount]:
    keys = _keys(session, Skill)
    broader = {(keys[skill], keys[other], SkillRelation.BROADER) for skill, other in files.broader_skills}
    related = {(*sorted((keys[skill], keys[other])), SkillRelation.RELATED) for skill, other in files.related_skills}
    present = set(session.execute(select(SkillRelation.skill_id, SkillRelation.other_id, SkillRelation.kind)))
    missing = sorted((broader | related) - present)
    _insert(session, SkillRelation, [{"skill_id": skill, "other_id": other, "kind": kind} for skill, other, kind in missing])
    return [EscoCount("relations between skills", len(files.broader_skills) + len(files.related_skills), len(missing))]


def _collections(session: Session, files: EscoFiles) -> list[EscoCount]:
    keys = _keys(session, Skill)
    wanted = {(keys[uri], name) for uri, name in files.collections}
    present = set(session.execute(select(SkillCollection.skill_id, SkillCollection.name)))
    missing = sorted(wanted - present)
    _insert(session, SkillCollection, [{"skill_id": skill, "name": name} for skill, name in missing])
    return [EscoCount("places in a collection", len(files.collections), len(missing))]


def _isco_groups(session: Session, files: EscoFiles) -> list[EscoCount]:
    label = f"label_{files.language}"
    present = {group.code: group for group in session.scalars(select(OccupationGroup))}
    added = changed = 0
    for concept in {concept.code: concept for concept in files.isco_groups}.values():
        group = present.get(concept.code)
        if group is None:
            group = OccupationGroup(code=concept.code, uri=concept.uri, broader_code=concept.code[:-1])
            session.add(group)
            added += 1
        elif getattr(group, label) != concept.label:
            changed += 1
        setattr(group, label, concept.label)
    session.flush()
    return [EscoCount("ISCO groups", len(files.isco_groups), added, changed)]


def _occupations(session: Session, files: EscoFiles) -> list[EscoCount]:
    counts = [
        _concepts(session, Occupation, files.occupations, files),
        _aliases(session, OccupationAlias, Occupation, files.occupations, files.language),
    ]
    known = _keys(session, Occupation)
    nameless = sorted({occupation for occupation, _, _ in files.needs} - known.keys())
    _insert(session, Occupation, [{"uid": stable_uid("occupation", uri), "uri": uri, "source": SOURCE} for uri in nameless])
    counts.append(EscoCount("occupations known by their address only", len(nameless), len(nameless)))
    keys = _keys(session, Occupation)
    broader = {keys[uri]: keys[other] for uri, other in files.broader_occupations if uri in keys and other in keys}
    present = dict(session.execute(select(Occupation.id, Occupation.broader_id)).all())
    different = [{"id": key, "broader_id": other} for key, other in sorted(broader.items()) if present[key] != other]
    if different:
        session.execute(update(Occupation), different)
    return [*counts, EscoCount("broader occupations", len(broader), len(different))]


def _needs(session: Session, files: EscoFiles) -> list[EscoCount]:
    occupations, skills = _keys(session, Occupation), _keys(session, Skill)
    wanted = {
        (occupations[occupation], skills[skill]): importance
        for occupation, skill, importance in sorted(files.needs, key=lambda need: need[2], reverse=True)  # essential wins over optional
    }
    columns = (OccupationSkill.occupation_id, OccupationSkill.skill_id, OccupationSkill.importance)
    present = {(occupation, skill): importance for occupation, skill, importance in session.execute(select(*columns))}
    levels = {Importance.ESSENTIAL: ESSENTIAL_LEVEL, Importance.OPTIONAL: OPTIONAL_LEVEL}
    added = [
        {"occupation_id": occupation, "skill_id": skill, "importance": importance, "level": levels[importance]}
        for (occupation, skill), importance in wanted.items()
        if (occupation, skill) not in present
    ]
    changed = [
        {"occupation_id": pair[0], "skill_id": pair[1], "importance": importance}
        for pair, importance in wanted.items()
        if present.get(pair, importance) != importance
    ]
    _insert(session, OccupationSkill, added)
    if changed:
        session.execute(update(OccupationSkill), changed)
    return [EscoCount("skills of occupations", len(files.needs), len(added), len(changed))]


def _concepts(session: Session, model: type[Skill] | type[Occupation], concepts: Sequence[EscoConcept], files: EscoFiles) -> EscoCount:
    """Adds the concepts that are new and updates those whose fields differ; a name that is replaced lives on as another name.

    Files that hold only labels, perhaps of another ESCO version, change nothing but names of what is there.
    """
    language, is_full = files.language, bool(files.needs)
    label, description = f"label_{language}", f"description_{language}"
    rows: Iterable[Skill | Occupation] = session.scalars(select(model).where(model.uri.is_not(None)))
    known = {row.uri: row for row in rows}
    unique = {concept.uri: concept for concept in concepts}
    added, changed = [], 0
    for concept in unique.values():
        values: dict[str, Any] = {label: concept.label[:_LONGEST_LABEL], description: concept.description, "source": SOURCE}
        if model is Skill:
            values |= {"kind": concept.kind, "reuse_level": concept.reuse_level, "code": concept.code}
        else:
            values |= {"isco": concept.group, "code": concept.code}
        row = known.get(concept.uri)
        if row is None:
            added.append({"uid": stable_uid(model.__tablename__, concept.uri), "uri": concept.uri, **values})
        else:
            wanted = values if is_full else {name: values[name] for name in (label, description, "source")}
            changed += _change(row, wanted, label, language)
    session.flush()
    _insert(session, model, added)
    noun = "skill groups" if concepts is files.groups else f"{model.__tablename__}s"
    return EscoCount(noun, len(concepts), len(added), changed, len(concepts) - len(unique))


def _change(row: Skill | Occupation, values: Mapping[str, Any], label: str, language: str) -> bool:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    former = getattr(row, label)
    if former and label in different and former not in {alias.text for alias in row.aliases}:
        if isinstance(row, Skill):
            row.aliases.append(SkillAlias(language=language, text=former))
        else:
            row.aliases.append(OccupationAlias(language=language, text=former))
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _aliases(
    session: Session,
    model: type[SkillAlias] | type[OccupationAlias],
    owner: type[Skill] | type[Occupation],
    concepts: Iterable[EscoConcept],
    language: str,
) -> EscoCount:
    key: InstrumentedAttribute[int] = model.skill_id if issubclass(model, SkillAlias) else model.occupation_id
    keys = _keys(session, owner)
    wanted = {(keys[concept.uri], alias[:_LONGEST_LABEL]) for concept in concepts for alias in concept.aliases if alias != concept.label}
    present = set(session.execute(select(key, model.text).where(model.language == language)))
    missing = sorted(wanted - present)
    _insert(session, model, [{key.key: owner_id, "language": language, "text": text} for owner_id, text in missing])
    return EscoCount(f"other names of {owner.__tablename__}s", len(wanted), len(missing))


def _keys(session: Session, model: type[Skill] | type[Occupation]) -> dict[str, int]:
    return {uri: key for uri, key in session.execute(select(model.uri, model.id).where(model.uri.is_not(None))) if uri}


def _insert(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    for begin in range(0, len(rows), _BATCH):
        session.execute(insert(model), rows[begin : begin + _BATCH])
