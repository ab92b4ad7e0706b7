"""Puts the seed catalogue into a database. Running it again changes nothing, unless the files or the year changed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import (
    Edition,
    Hub,
    IndexChange,
    Module,
    ModuleSkill,
    Organisation,
    Place,
    Postcode,
    Skill,
    Stack,
    StackStep,
    Theme,
    stable_uid,
)
from catalogue.progress import Progress, silent
from catalogue.starts import Start
from catalogue.versions import MODULES, TAXONOMY, bump_version
from catalogue.vocabulary import AssessmentForm, Status
from seed.demands import load_demands
from seed.files import DATA, Entry, SeedFiles, graded, study_load
from seed.taxonomy import load_taxonomy
from seed.timetable import moved_on


@dataclass(slots=True)
class SeedReport:
    """What a load did, by table."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    @property
    def is_unchanged(self) -> bool:
        """Whether everything stood there already."""
        return not any(self.added.values()) and not any(self.changed.values())


def load_seed(session: Session, files: SeedFiles, now: datetime, progress: Progress = silent) -> SeedReport:
    """Adds what is missing and updates what differs; leaves everything that is not of the seed alone.

    Dates of the files, a timetable for one year, move on by whole years of 52 weeks when `now` lies in or after it: `seed.timetable`.
    """
    loader = _Loader(session, files, now)
    steps = (loader.geography, loader.providers, loader.taxonomy, loader.modules, loader.stacks, loader.demands)
    for number, step in enumerate(steps):
        progress("example catalogue", number, len(steps))
        step()
    progress("example catalogue", len(steps), len(steps))
    return loader.report


def shifted(start: Start, today: date) -> Start:
    """`start` moved on by as many years of 52 weeks as `today` is past the year before the files' own."""
    return Start(start.type, moved_on(start.on, today), start.every_weeks, start.when_enrolled) if start.on else start


class _Loader:
    """One load. Rows are found again by their slug."""

    def __init__(self, session: Session, files: SeedFiles, now: datetime) -> None:
        self.session, self.files, self.now = session, files, now
        self.report = SeedReport()
        self.keys: dict[type, dict[str, int]] = {}

    def geography(self) -> None:
        self._places()
        self._postcodes()
        for position, entry in enumerate(self.files.themes):
            summaries = {name: entry[name] for name in ("summary_nl", "summary_en")}
            values = {"label_nl": entry["nl"], "label_en": entry["en"], **summaries, "position": position}
            self._put(Theme, entry, values)
        self._learn_keys(Theme)

    def _places(self) -> None:
        for entry in self.files.places:
            values = {
                "name": entry["name"],
                "other_names": entry.get("alt", []),
                "province": entry["province"],
                "latitude": entry["lat"],
                "longitude": entry["lon"],
            }
            self._put(Place, entry, values)
        self._learn_keys(Place)

    def _postcodes(self) -> None:
        known = set(self.session.execute(select(Postcode.digits, Postcode.place_name)))
        with (DATA / "postcodes.tsv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t") if (row["postcode"], row["place"]) not in known]
        self.session.add_all(
            Postcode(digits=row["postcode"], place_name=row["place"], latitude=float(row["latitude"]), longitude=float(row["longitude"]))
            for row in rows
        )
        self._count("postcode", added=len(rows))

    def providers(self) -> None:
        for entry in self.files.organisations:
            values = {
                "name": entry["name"],
                "kind": entry["kind"],
                "place_id": self._key(Place, entry["place"]),
                "region": entry["region"],
                "url": entry["url"],
                "brin": entry.get("brin", ""),
            }
            self._put(Organisation, entry, values)
        self._learn_keys(Organisation)
        for entry in self.files.hubs:
            values = {
                "name": entry["name"],
                "summary_nl": entry["summary_nl"],
                "theme_id": self._key(Theme, entry["theme"]),
                "place_id": self._key(Place, entry["place"]),
                "region": entry["region"],
            }
            hub = self._put(Hub, entry, values)
            for slug in entry["partners"]:
                partner = self.session.get_one(Organisation, self._key(Organisation, slug))
                if partner not in hub.partners:
                    hub.partners.append(partner)
        self._learn_keys(Hub)

    def taxonomy(self) -> None:
        skills, added, changed = load_taxonomy(self.session, self.files)
        self.keys[Skill] = skills
        self._count("skill or occupation", added=added, changed=changed)
        if added or changed:
            bump_version(self.session, TAXONOMY)

    def modules(self) -> None:
        before = self._changes("module"), self._changes("edition")
        known = {module.slug: module for module in self.session.scalars(select(Module).where(Module.is_example))}
        for entry in self.files.modules:
            self._module(entry, known.get(entry["id"]))
        if (self._changes("module"), self._changes("edition")) != before:
            bump_version(self.session, MODULES)
        self._learn_keys(Module)

    def _module(self, entry: Entry, known: Module | None) -> None:
        amount, unit = study_load(entry["load"])
        values = {
            "organisation_id": self._key(Organisation, entry["organisation"]),
            "hub_id": self._key(Hub, entry["hub"]) if entry.get("hub") else None,
            "theme_id": self._key(Theme, entry["theme"]),
            "title": entry["title"],
            "description": entry["description"].strip(),
            "audience": entry["audience"],
            "entry_text": entry.get("entry", ""),
            "assessment": entry.get("assessment", ""),
            "outcomes": entry["outcomes"],
            "level": entry["level"],
            "kind": entry["kind"],
            "credential": entry["credential"],
            "assessment_form": AssessmentForm(entry.get("assessment_form", AssessmentForm.UNKNOWN)),
            "is_supervised": entry.get("is_supervised"),
            "is_identity_checked": entry.get("is_identity_checked"),
            "is_stackable": entry.get("is_stackable"),
            "language": entry["language"],
            "workload_hours": amount * unit.hours_per_unit,
            "load_unit": unit,
        }
        changes = sum(self._changes(name) for name in ("module", "edition", "skill of a module"))
        if known is None:
            known = Module(
                slug=entry["id"],
                uid=stable_uid("module", entry["id"]),
                status=Status.PUBLISHED,
                is_example=True,
                created_at=self.now,
                updated_at=self.now,
                published_at=self.now,
                **values,
            )
            self.session.add(known)
            self.session.flush()
            self._count("module", added=1)
        elif _assign(known, values):
            known.updated_at = self.now
            self._count("module", changed=1)
        self._module_skills(known, entry)
        self._editions(known, entry)
        if sum(self._changes(name) for name in ("module", "edition", "skill of a module")) != changes:
            self.session.add(IndexChange(module_id=known.id, created_at=self.now))

    def _module_skills(self, module: Module, entry: Entry) -> None:
        roles = ((ModuleSkill.TAUGHT, "teaches"), (ModuleSkill.REQUIRED, "requires"))
        wanted = {(self._key(Skill, skill), role): level for role, name in roles for skill, level in map(graded, entry.get(name, []))}
        present = {(row.skill_id, row.role): row for row in module.skills}
        for key in present.keys() - wanted.keys():
            module.skills.remove(present[key])
            self._count("skill of a module", changed=1)
        for (skill_id, role), level in wanted.items():
            row = present.get((skill_id, role))
            if row is None:
                module.skills.append(ModuleSkill(skill_id=skill_id, role=role, level=level))
                self._count("skill of a module", added=1)
            elif _assign(row, {"level": level}):
                self._count("skill of a module", changed=1)

    def _editions(self, module: Module, entry: Entry) -> None:
        present = {edition.uid: edition for edition in module.editions}
        for number, values in enumerate(entry["edition"]):
            uid = stable_uid("edition", f"{entry['id']}/{number}")
            price = values.get("price_eur")
            wanted = {
                "start": shifted(Start.parse(str(values["start"])), self.now.date()),
                "weeks": values["weeks"],
                "place_id": self._key(Place, values["place"]) if values.get("place") else None,
                "format": values["format"],
                "day_parts": values.get("day_parts", []),
                "price_cents": None if price is None else round(price * 100),
                "capacity": values.get("capacity"),
                "minimum_group": values.get("minimum_group"),
            }
            known = present.pop(uid, None)
            if known is None:
                module.editions.append(Edition(uid=uid, **wanted))
                self._count("edition", added=1)
            elif _assign(known, wanted):
                self._count("edition", changed=1)
        for edition in present.values():
            module.editions.remove(edition)
            self._count("edition", changed=1)

    def stacks(self) -> None:
        for entry in self.files.stacks:
            values = {
                "organisation_id": self._key(Organisation, entry["organisation"]),
                "title": entry["title"],
                "description": entry["description"].strip(),
                "credential": entry["credential"],
            }
            stack = self._put(Stack, entry, values)
            wanted = [self._key(Module, slug) for slug in entry["modules"]]
            if [step.module_id for step in stack.steps] != wanted:
                stack.steps.clear()
                self.session.flush()
                stack.steps = [StackStep(position=position, module_id=module_id) for position, module_id in enumerate(wanted)]

    def demands(self) -> None:
        added, changed = load_demands(self.session, self.files.demands, self.keys, self.now)
        self._count("demand", added=added, changed=changed)

    def _put(self, model: type[Any], entry: Entry, values: Mapping[str, Any]) -> Any:
        """Adds or updates the row with this entry's slug."""
        row = self.session.scalar(select(model).where(model.slug == entry["id"]))
        noun = model.__tablename__
        if row is None:
            uid = {"uid": stable_uid(noun, entry["id"])} if hasattr(model, "uid") else {}
            row = model(slug=entry["id"], **uid, **values)
            self.session.add(row)
            self.session.flush()
            self._count(noun, added=1)
        elif _assign(row, values):
            self._count(noun, changed=1)
        return row

    def _learn_keys(self, model: type[Any]) -> None:
        self.session.flush()
        self.keys[model] = dict(self.session.execute(select(model.slug, model.id)).all())

    def _key(self, model: type[Any], slug: str) -> int:
        return self.keys[model][slug]

    def _count(self, noun: str, *, added: int = 0, changed: int = 0) -> None:
        self.report.added[noun] = self.report.added.get(noun, 0) + added
        self.report.changed[noun] = self.report.changed.get(noun, 0) + changed

    def _changes(self, noun: str) -> int:
        return self.report.added.get(noun, 0) + self.report.changed.get(noun, 0)


def _assign(row: Any, values: Mapping[str, Any]) -> bool:
    """Sets what differs; returns whether anything did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
