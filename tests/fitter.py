"""A fitter who wants to become an installer of heat pumps, over the seed catalogue, and every wish that such a person can have."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import select

from catalogue.models import Occupation
from catalogue.points import Point
from matching.profiles.profile import Constraints, Goal, LearnerProfile
from tests.accounts import parts_of
from tests.conftest import NOW

TODAY = NOW.date()
WISHES = Constraints(
    budget_eur=400.0,
    hours_per_week=8.0,
    near=Point(51.69, 5.30),
    max_km=30.0,
    languages=frozenset({"nl"}),
    formats=frozenset({"on-site"}),
    moments=frozenset({"evening"}),
    levels=frozenset({"mbo-3", "mbo-4"}),
    start_after=date(TODAY.year + 1, 5, 1),
    finish_by=date(TODAY.year + 1, 9, 1),
)


def fitter(app: Flask, wishes: Constraints) -> LearnerProfile:
    """What the fitter does, and wants to do."""
    with parts_of(app).database.reading() as session:
        keys = {one.label_nl: one.id for one in session.scalars(select(Occupation))}
    return LearnerProfile(Goal(occupation_id=keys["warmtepompinstallateur"]), keys["cv-monteur"], constraints=wishes)
