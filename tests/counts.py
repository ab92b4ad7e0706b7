"""Counts for tests and pictures: as if people had been here for a year."""

from __future__ import annotations

import random
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.counting.cells import LEAST, week_of
from catalogue.counting.writing import VainKey, add_module_counts, add_vain_counts
from catalogue.models import Event, Module, Occupation, Skill, Theme, Vain
from tests.accounts import command, parts_of

FORECASTS = """source;source_url;published_on;region;horizon_year;skill;direction;confidence;note
Voorbeeldbureau A;https://a.example/;1-9-2026;;2030;lassen;meer;hoog;Voorbeeld, verzonnen voor een proef
Voorbeeldbureau B;https://b.example/;2026-10-01;Limburg;2030;lassen;minder;laag;=1+1
Voorbeeldbureau B;;2026-10-01;;2028;waterstof;gelijk;midden;
"""


def figures_of(slug: str) -> str:
    """The address of the page of a provider's figures."""
    return f"/hub/organisaties/{slug}/cijfers"


def busy(app: Flask, seed: int = 1) -> dict[VainKey, int]:
    """Gives every module figures, and cells of all sizes to what was asked in vain; the cells."""
    parts, chance = parts_of(app), random.Random(seed)
    today = parts.today()
    with parts.database.writing() as session:
        _busy_modules(session, chance, today)
        cells = _cells(session, chance, today)
        add_vain_counts(session, cells)
    return cells


def with_forecasts(app: Flask) -> None:
    """Imports FORECASTS."""
    path = parts_of(app).settings.instance_dir / "verwachtingen.csv"
    path.write_text(FORECASTS, encoding="utf-8")
    command(app, "radar", "import", str(path))


def _busy_modules(session: Session, chance: random.Random, today: date) -> None:
    often = {Event.SEEN: 9.0, Event.MATCHED: 5.0, Event.SAVED: 1.5, Event.COMPARED: 0.8, Event.ASKED: 0.6}
    for module in session.scalars(select(Module)):
        liking = chance.lognormvariate(0, 1)
        edition = module.editions[0].id if module.editions else 0
        counts = {
            (module.id, today - timedelta(days=days), event, edition if event in (Event.MATCHED, Event.SAVED) else 0): number
            for days in range(0, 84, 3)
            for event, mean in often.items()
            if (number := round(chance.expovariate(1 / (mean * liking))))
        }
        add_module_counts(session, counts)


def _cells(session: Session, chance: random.Random, today: date) -> dict[VainKey, int]:
    skills = session.scalars(select(Skill.id).where(Skill.label_nl != "").order_by(Skill.id).limit(40)).all()
    works = session.scalars(select(Occupation.id).order_by(Occupation.id).limit(8)).all()
    themes = [0, 0, 0, *session.scalars(select(Theme.id).order_by(Theme.id).limit(3))]
    cells: dict[VainKey, int] = {}
    for week in range(14):
        for _ in range(60):
            vain = chance.choice(list(Vain))
            skill, work = (
                (chance.choice(skills), 0) if vain is not Vain.SEARCH or chance.random() < 0.7 else (0, chance.choice([0, *works]))
            )
            key = (
                *(week_of(today) - timedelta(weeks=week), vain, chance.choice(["", "", "Noord-Brabant", "Limburg"])),
                *(chance.choice(themes), chance.choice(["", "", "mbo", "hbo"]), skill, work),
            )
            cells[key] = chance.choice([1, 2, LEAST - 1, LEAST, 6, 8, 13, 21])
    return cells
