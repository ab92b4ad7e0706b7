"""Prior learning: what a learner has already of what a module teaches, by the time that it starts.

Whoever can show it may ask for an exemption. Nobody but the school's assessor grants one: so this says what is there to be shown, at which
level, and where it comes from, and shortens nothing by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from matching.core.arrays import levels_of
from matching.core.path.field import PathQuestion
from matching.core.path.plan import Leg, Plan
from matching.gather import Catalogue


@dataclass(frozen=True, slots=True)
class Exemption:
    """A skill that a module teaches up to `taught_level`, of which the learner has the levels above `from_level` up to `to_level`.

    `module_id` is the earlier module of the path that gives it; None where it is held.
    """

    skill_id: int
    from_level: int
    to_level: int
    taught_level: int
    module_id: int | None

    @property
    def is_whole(self) -> bool:
        """Whether all that the module teaches of this skill is there."""
        return self.to_level == self.taught_level


def exemption(skill_id: int, asked: int, held: int, taught: int, module_id: int | None = None) -> Exemption | None:
    """What somebody who holds a skill has of what a module teaches of it, all in level steps from 0 to 4; None where that is nothing.

    What the module asks at entry is no part of what it teaches.
    """
    known = min(held, taught)
    return Exemption(skill_id, asked, known, taught, module_id) if known > asked else None


def exemptions(leg: Leg, found: Plan, catalogue: Catalogue, question: PathQuestion) -> tuple[Exemption, ...]:
    """For each skill that a module of a path teaches and that the learner has in part or whole when it starts, the most that there is.

    Whole skills come first, then those of which there is more.
    """
    modules, held = question.modules, question.gap.held
    asked = levels_of(modules.required, leg.module)
    before = [(one.module, levels_of(modules.taught, one.module)) for one in found.legs if one.end <= leg.start]
    rows = []
    for column, level in levels_of(modules.taught, leg.module).items():
        reached, earlier = int(held[column]), None
        for module, given in before:
            if given.get(column, 0) > reached:
                reached, earlier = given[column], module
        key = None if earlier is None else int(modules.key[earlier])
        if row := exemption(int(catalogue.skill_ids[column]), asked.get(column, 0), reached, level, key):
            rows.append(row)
    return tuple(sorted(rows, key=lambda one: (not one.is_whole, one.from_level - one.to_level, one.skill_id)))
