"""A synthetic catalogue of any size: for trying out, for measuring, never for learners.

The same number and seed give the same catalogue. Values follow the seed catalogue's own modules, with the skew of real ones: a few
providers offer most, most themes are small, few skills are taught everywhere and many hardly anywhere. What a module asks at entry is drawn
from what the seed catalogue's modules ask, see `seed.entries`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.models import Edition, Module, ModuleSkill, Organisation, Place, Skill, Theme, stable_uid
from catalogue.models.skill import HasLabels
from catalogue.progress import Progress, silent
from catalogue.versions import MODULES, bump_version
from catalogue.vocabulary import DAY_PARTS, Credential, Format, Kind, Level, LoadUnit, SkillKind, StartType, Status
from seed.entries import EntryHabits, entry_habits

BATCH = 2_000
ALL_SLUGS = "synthetic-%"
SKEW = 1.1
"""Exponent of the Zipf-like shares of providers, themes, places and skills."""

_LEVEL_HOURS = {Level.NONE: 12, Level.MBO_1: 40, Level.MBO_2: 60, Level.MBO_3: 80, Level.MBO_4: 100}
_HOURS = 120
_EURO_PER_HOUR = {Level.NONE: 9.0, Level.HBO_MASTER: 24.0, Level.WO_MASTER: 26.0}
_EURO = 7.0
_FREE_SHARE = 0.12


class NothingToGenerateFrom(RuntimeError):
    """The database has no organisations, places, themes or skills yet: load the seed catalogue first."""


@dataclass(frozen=True, slots=True)
class _Stock:
    """What generated modules are made of: keys, and the labels that their texts name."""

    organisations: Sequence[int]
    places: Sequence[int]
    themes: Sequence[int]
    skills: Sequence[tuple[int, str]]
    sentences: Sequence[str]
    habits: EntryHabits


@dataclass(frozen=True, slots=True)
class _Row:
    """One module with its skills and editions, as values of their tables; the module's key comes from the database."""

    module: dict[str, Any]
    skills: list[dict[str, Any]]
    editions: list[dict[str, Any]]


def generate_catalogue(database: Database, count: int, random_seed: int, now: datetime, progress: Progress = silent) -> int:
    """Adds `count` published example modules with 1 to 5 editions each, in batches.

    Modules that an earlier run with the same seed made are left as they are, so a run that was broken off can be repeated.

    Raises:
        NothingToGenerateFrom: the seed catalogue is not loaded.
    """
    with database.reading() as session:
        stock = _stock(session)
        pattern = f"synthetic-{random_seed}-%"
        present = session.scalar(select(func.count()).select_from(Module).where(Module.slug.like(pattern))) or 0
    rows = _rows(stock, count, random_seed, now)
    for _ in islice(rows, present):
        pass
    done = present
    while batch := list(islice(rows, BATCH)):
        with database.writing() as session:
            keys = session.scalars(insert(Module).returning(Module.id, sort_by_parameter_order=True), [row.module for row in batch]).all()
            for model, name in ((ModuleSkill, "skills"), (Edition, "editions")):
                parts = [{"module_id": key, **part} for key, row in zip(keys, batch, strict=True) for part in getattr(row, name)]
                session.execute(insert(model), parts)
            bump_version(session, MODULES)
        done += len(batch)
        progress("synthetic catalogue", done, count)
    return max(0, count - present)


def _stock(session: Session) -> _Stock:
    skills = [
        (skill.id, label)
        for skill in session.scalars(select(Skill).where(Skill.kind != SkillKind.GROUP).order_by(Skill.id))
        if (label := HasLabels.label(skill))
    ]
    texts = session.scalars(select(Module.description).where(Module.is_example, ~Module.slug.like(ALL_SLUGS)).order_by(Module.id))
    stock = _Stock(
        organisations=session.scalars(select(Organisation.id).order_by(Organisation.id)).all(),
        places=session.scalars(select(Place.id).order_by(Place.id)).all(),
        themes=session.scalars(select(Theme.id).order_by(Theme.id)).all(),
        skills=skills,
        sentences=[sentence for text in texts for sentence in text.replace("\n", " ").split(". ") if len(sentence) > 20],
        habits=entry_habits(session, ALL_SLUGS),
    )
    if not all((stock.organisations, stock.places, stock.themes, stock.skills, stock.sentences)):
        raise NothingToGenerateFrom("load the seed catalogue first: flask --app wsgi seed load")
    return stock


def _shares(size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    weights = 1.0 / np.arange(1, size + 1) ** SKEW
    shares: np.ndarray[tuple[int], np.dtype[np.float64]] = weights / weights.sum()
    return shares


def _rows(stock: _Stock, count: int, random_seed: int, now: datetime) -> Iterator[_Row]:
    random = np.random.default_rng(random_seed)
    shares = {name: _shares(len(getattr(stock, name))) for name in ("organisations", "places", "themes", "skills")}
    skill_order = random.permutation(len(stock.skills))
    levels, kinds, credentials = list(Level), list(Kind), list(Credential)
    for number in range(count):
        slug = f"synthetic-{random_seed}-{number}"
        level = levels[int(random.integers(len(levels)))]
        size = max(1, int(random.integers(2, 9)) * 2 // 3)
        ranks = random.choice(len(stock.skills), size=size, replace=False, p=shares["skills"])
        taught = [stock.skills[skill_order[rank]] for rank in ranks]
        hours = float(max(1, round(_LEVEL_HOURS.get(level, _HOURS) * float(random.lognormal(-0.3, 0.7)))))
        sentences = [stock.sentences[index] for index in random.integers(len(stock.sentences), size=5)]
        module = {
            "uid": stable_uid("module", slug),
            "slug": slug,
            "organisation_id": stock.organisations[int(random.choice(len(stock.organisations), p=shares["organisations"]))],
            "theme_id": stock.themes[int(random.choice(len(stock.themes), p=shares["themes"]))],
            "title": f"{taught[0][1].capitalize()} {number}",
            "description": ". ".join(sentences) + f". U leert {', '.join(label for _, label in taught)}.",
            "audience": "",
            "entry_text": "",
            "assessment": "",
            "outcomes": [f"U kunt {label}." for _, label in taught],
            "level": level,
            "kind": kinds[int(random.choice(len(kinds), p=_shares(len(kinds))))],
            "credential": credentials[int(random.integers(len(credentials)))],
            "language": "en" if random.random() < 0.08 else "nl",
            "workload_hours": hours,
            "load_unit": LoadUnit.EC if level in (Level.HBO_BACHELOR, Level.WO_MASTER) else LoadUnit.HOURS,
            "url": "",
            "status": Status.PUBLISHED,
            "is_example": True,
            "created_at": now,
            "updated_at": now,
            "published_at": now,
        }
        reached = {skill: int(random.integers(1, 5)) for skill, _ in taught}
        roles = {ModuleSkill.TAUGHT: reached, ModuleSkill.REQUIRED: stock.habits.draw(random, level, reached)}
        module_skills = [
            {"skill_id": skill, "role": role, "level": height, "is_recognised": False}
            for role, heights in roles.items()
            for skill, height in heights.items()
        ]
        price = 0 if random.random() < _FREE_SHARE else round(hours * _EURO_PER_HOUR.get(level, _EURO) * float(random.lognormal(0, 0.4)))
        editions = [
            _edition(stock, random, shares["places"], f"{slug}/{run}", hours, price, now.date())
            for run in range(int(random.integers(1, 6)))
        ]
        yield _Row(module, module_skills, editions)


def _edition(
    stock: _Stock,
    random: np.random.Generator,
    place_shares: np.ndarray[tuple[int], np.dtype[np.float64]],
    name: str,
    hours: float,
    price: int,
    today: date,
) -> dict[str, Any]:
    start_type = StartType(random.choice(list(StartType), p=[0.7, 0.08, 0.07, 0.1, 0.05]))
    form = Format(random.choice(list(Format), p=[0.5, 0.2, 0.2, 0.1]))
    starts_on = today + timedelta(days=int(random.integers(-30, 400)))
    place = stock.places[int(random.choice(len(stock.places), p=place_shares))]
    return {
        "uid": stable_uid("edition", name),
        "start_type": start_type,
        "start_on": starts_on if start_type in (StartType.FIXED, StartType.ROLLING) else None,
        "start_every_weeks": int(random.integers(2, 9)) if start_type is StartType.ROLLING else None,
        "start_when_enrolled": int(random.integers(6, 15)) if start_type is StartType.WHEN_ENROLLED else None,
        "weeks": max(1, round(hours / float(random.integers(4, 13)))),
        "place_id": None if form is Format.ONLINE else place,
        "format": form,
        "day_parts": sorted({DAY_PARTS[int(index)] for index in random.integers(len(DAY_PARTS), size=int(random.integers(0, 3)))}),
        "price_cents": price * 100,
        "capacity": int(random.integers(8, 31)),
        "minimum_group": int(random.integers(4, 9)),
    }
