"""Back from arrays to keys of the database and plain values: None where the arrays hold NaN, or -1 for a key."""

from __future__ import annotations

import math
from datetime import date

from matching.core.explain import SkillSteps
from matching.gather import Catalogue
from matching.results import Step


def known(value: float) -> float | None:
    """A number that may not be known."""
    return None if math.isnan(value) else float(value)


def known_day(value: float) -> date | None:
    """A day, by its number, that may not be known."""
    return None if math.isnan(value) else date.fromordinal(int(value))


def known_key(key: int) -> int | None:
    """The key of an edition; a module without editions stands in the arrays with one that has none."""
    return key if key >= 0 else None


def edition_id(catalogue: Catalogue, row: int) -> int | None:
    """The key of the edition in a row."""
    return known_key(int(catalogue.editions.key[row]))


def step_of(catalogue: Catalogue, steps: SkillSteps) -> Step:
    """Levels of a skill, with its key for its column."""
    return Step(int(catalogue.skill_ids[steps.column]), int(steps.from_level), int(steps.to_level))
