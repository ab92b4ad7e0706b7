"""From rows to what the index knows of a module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from catalogue.models import Edition, Hub, Module, ModuleSkill, Organisation, Place, Skill, SkillAlias, Theme
from catalogue.moments import moment_of
from catalogue.points import Point
from catalogue.search.occupations import OccupationNames
from catalogue.search.port import EditionDocument, ModuleDocument
from catalogue.starts import Start
from catalogue.vocabulary import Status

BATCH = 500

Record = Row[*tuple[Any, ...]]


def published_documents(session: Session, module_ids: Collection[int] | None = None) -> Iterator[ModuleDocument]:
    """The documents of all published modules, or of those among `module_ids`, in order of id; read in batches."""
    reader = _Reader(session)
    if module_ids is not None:
        wanted = sorted(module_ids)
        for first in range(0, len(wanted), BATCH):
            yield from reader.documents(_published().where(Module.id.in_(wanted[first : first + BATCH])))
        return
    last = 0
    while batch := reader.documents(_published().where(Module.id > last).limit(BATCH)):
        yield from batch
        last = batch[-1].module_id


class _Reader:
    """Reads batches of plain rows; the names of skills and places are read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places = {place.id: place for place in session.scalars(select(Place))}
        self._skill_names: dict[int, list[str]] = {}
        self._occupation_names = OccupationNames(session)

    def documents(self, modules: Select[*tuple[Any, ...]]) -> list[ModuleDocument]:
        """One batch."""
        rows = self._session.execute(modules).all()
        ids = [row.id for row in rows]
        editions, taught = self._editions(ids), self._taught(ids)
        occupations = self._occupation_names.of(taught)
        return [self._document(row, editions[row.id], taught.get(row.id, []), occupations.get(row.id, [])) for row in rows]

    def _editions(self, module_ids: Sequence[int]) -> dict[int, list[Record]]:
        columns = (
            Edition.module_id,
            Edition.start_type,
            Edition.start_on,
            Edition.start_every_weeks,
            Edition.start_when_enrolled,
            Edition.format,
            Edition.place_id,
            Edition.price_cents,
            Edition.day_parts,
        )
        found: dict[int, list[Record]] = defaultdict(list)
        for row in self._session.execute(select(*columns).where(Edition.module_id.in_(module_ids)).order_by(Edition.id)):
            found[row.module_id].append(row)
        return found

    def _taught(self, module_ids: Sequence[int]) -> dict[int, list[int]]:
        """The skills that each module teaches, and their names learnt."""
        links = self._session.execute(
            select(ModuleSkill.module_id, ModuleSkill.skill_id)
            .where(ModuleSkill.module_id.in_(module_ids), ModuleSkill.role == ModuleSkill.TAUGHT)
            .order_by(ModuleSkill.skill_id)
        ).all()
        self._learn_names({link.skill_id for link in links} - self._skill_names.keys())
        found: dict[int, list[int]] = defaultdict(list)
        for link in links:
            found[link.module_id].append(link.skill_id)
        return found

    def _learn_names(self, skill_ids: set[int]) -> None:
        wanted = sorted(skill_ids)
        for first in range(0, len(wanted), BATCH):
            some = wanted[first : first + BATCH]
            labels = select(Skill.id, Skill.label_nl, Skill.label_en).where(Skill.id.in_(some))
            for skill_id, label_nl, label_en in self._session.execute(labels):
                self._skill_names[skill_id] = [label for label in (label_nl, label_en) if label]
            aliases = select(SkillAlias.skill_id, SkillAlias.text).where(SkillAlias.skill_id.in_(some))
            for skill_id, text in self._session.execute(aliases.order_by(SkillAlias.skill_id, SkillAlias.language, SkillAlias.text)):
                self._skill_names[skill_id].append(text)

    def _document(self, row: Record, editions: Sequence[Record], taught: Sequence[int], occupations: Sequence[str]) -> ModuleDocument:
        places = [self._places[place_id] for place_id in dict.fromkeys(edition.place_id for edition in editions) if place_id]
        codes = {"level": row.level.value, "kind": row.kind.value, "credential": row.credential.value}
        return ModuleDocument(
            module_id=row.id,
            title=row.title,
            skills=[name for skill_id in taught for name in self._skill_names[skill_id]],
            occupations=occupations,
            outcomes="\n".join(row.outcomes),
            description=f"{row.description}\n{row.audience}",
            provider_name=row.organisation_name,
            place_names=[name for place in places for name in (place.name, *place.other_names, place.province)] + [row.region],
            facets=codes | {"theme": row.theme_slug or "", "provider": row.organisation_slug, "language": row.language},
            hours=row.workload_hours,
            editions=[self._edition(edition) for edition in editions],
            keywords=[
                *codes.values(),
                *filter(None, (row.theme_nl, row.theme_en, row.hub_name)),
                *sorted({edition.format.value for edition in editions}),
                *sorted({part for edition in editions for part in edition.day_parts}),
            ],
        )

    def _edition(self, row: Record) -> EditionDocument:
        place = self._places.get(row.place_id)
        return EditionDocument(
            start=Start(row.start_type, row.start_on, row.start_every_weeks, row.start_when_enrolled),
            format=row.format.value,
            place=place.slug if place else "",
            moment=moment_of(row.day_parts, row.format),
            point=Point(place.latitude, place.longitude) if place else None,
            price_eur=None if row.price_cents is None else row.price_cents / 100,
        )


def _published() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Module.id,
            Module.title,
            Module.description,
            Module.audience,
            Module.outcomes,
            Module.level,
            Module.kind,
            Module.credential,
            Module.language,
            Module.workload_hours,
            Organisation.name.label("organisation_name"),
            Organisation.slug.label("organisation_slug"),
            Organisation.region,
            Theme.slug.label("theme_slug"),
            Theme.label_nl.label("theme_nl"),
            Theme.label_en.label("theme_en"),
            Hub.name.label("hub_name"),
        )
        .join(Module.organisation)
        .outerjoin(Module.theme)
        .outerjoin(Module.hub)
        .where(Module.status == Status.PUBLISHED)
        .order_by(Module.id)
    )
