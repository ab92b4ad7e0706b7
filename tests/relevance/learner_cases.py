"""The written learner cases: read from their file, and what in them does not exist in the seed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seed.files import SeedFiles, graded

FILE = Path(__file__).with_name("learner_cases.toml")
AT_LEAST = 3
"""So many picks stand among the first five of a case in which matcher and advisor agree."""


@dataclass(frozen=True, slots=True)
class LearnerCase:
    """A person who asks for advice, and the advisor's answer: modules by slug, each with the argument.

    `held` and `skills` map skills to levels; `constraints` is as in the file, with a place for `near`.
    """

    id: str
    who: str
    story: str
    goal: Mapping[str, Any]
    constraints: Mapping[str, Any]
    picks: Mapping[str, str]
    never: Mapping[str, str]
    occupation: str | None = None
    held: tuple[str, ...] = ()
    acceptable: Mapping[str, str] = field(default_factory=dict)
    impossible: Mapping[str, str] = field(default_factory=dict)

    @property
    def held_levels(self) -> dict[str, int]:
        """Skill to level."""
        return dict(map(graded, self.held))

    @property
    def goal_levels(self) -> dict[str, int]:
        """Skill to level; empty when the goal is an occupation or a text."""
        return dict(map(graded, self.goal.get("skills", ())))


def learner_cases() -> list[LearnerCase]:
    """All cases, in the order of the file."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
    return [LearnerCase(**{**entry, "held": tuple(entry.get("held", ()))}) for entry in entries]


def unknown_names(case: LearnerCase, seed: SeedFiles) -> Iterator[str]:
    """What a case names and the seed does not have."""
    known = {
        name: {entry["id"] for entry in entries}
        for name, entries in (("module", seed.modules), ("skill", seed.skills), ("occupation", seed.occupations), ("place", seed.places))
    }
    named = {
        "module": {*case.picks, *case.acceptable, *case.never, *case.impossible},
        "skill": {*case.held_levels, *case.goal_levels},
        "occupation": {name for name in (case.occupation, case.goal.get("occupation")) if name},
        "place": {case.constraints["near"]} if "near" in case.constraints else set(),
    }
    for what, names in named.items():
        yield from (f"{case.id}: no {what} {name}" for name in sorted(names - known[what]))
