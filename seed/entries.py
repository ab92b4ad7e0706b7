"""What generated modules ask at entry: what modules of the example catalogue that teach the same ask.

Measured, not made up. How many skills a module asks comes from the example modules of its own education level (27 in 100 ask none: 94 of
those of no level, 6 of mbo-4). Which, and at which level, comes from example modules that teach one of the same skills: 20 in 100 ask a
lower level of what they teach, 19 an everyday skill, 27 a broader or related one. `docs/path.md` has both side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Module, ModuleSkill
from catalogue.vocabulary import Level


@dataclass(frozen=True, slots=True)
class EntryHabits:
    """What example modules ask.

    Attributes:
        counts: by education level, of each module how many skills it asks.
        asked: by skill taught, each skill asked and its level, once for each module that teaches the one and asks the other.
    """

    counts: Mapping[Level, Sequence[int]] = field(default_factory=dict)
    asked: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)

    def draw(self, random: np.random.Generator, level: Level, taught: Mapping[int, int]) -> dict[int, int]:
        """Skills that a new module asks, with their levels: never as high as it teaches them.

        A skill that no example module teaches is asked itself, a level below the one taught; where that is none, nothing is asked.

        Args:
            taught: level reached of each skill that the module teaches.
        """
        counts, found = self.counts.get(level, ()), dict[int, int]()
        skills = list(taught)
        for _ in range(counts[int(random.integers(len(counts)))] if counts else 0):
            skill = skills[int(random.integers(len(skills)))]
            others = self.asked.get(skill, ((skill, taught[skill] - 1),))
            wanted, height = others[int(random.integers(len(others)))]
            height = min(height, taught.get(wanted, height + 1) - 1)
            if height > 0:
                found.setdefault(wanted, height)
        return found


def entry_habits(session: Session, slugs_of_generated: str) -> EntryHabits:
    """The habits of the example modules that are present.

    Args:
        slugs_of_generated: LIKE pattern of modules that are left out.
    """
    modules = session.execute(
        select(Module.id, Module.level).where(Module.is_example, ~Module.slug.like(slugs_of_generated)).order_by(Module.id)
    ).all()
    cells = session.execute(
        select(ModuleSkill.module_id, ModuleSkill.skill_id, ModuleSkill.role, ModuleSkill.level).order_by(
            ModuleSkill.module_id, ModuleSkill.skill_id
        )
    ).all()
    taught, asked = defaultdict[int, list[int]](list), defaultdict[int, list[tuple[int, int]]](list)
    for module, skill, role, height in cells:
        if role == ModuleSkill.TAUGHT:
            taught[module].append(skill)
        else:
            asked[module].append((skill, height))
    counts, by_skill = defaultdict[Level, list[int]](list), defaultdict[int, list[tuple[int, int]]](list)
    for module, level in modules:
        counts[level].append(len(asked[module]))
        for skill in taught[module]:
            by_skill[skill] += asked[module]
    return EntryHabits(counts, {skill: others for skill, others in by_skill.items() if others})
