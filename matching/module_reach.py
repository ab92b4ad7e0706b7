"""What would bring one module into reach: all that is between a learner and it, and what would take that away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.core.arrays import Gap, Wishes
from matching.core.bridges import bridges
from matching.core.exclusions import Exclusion
from matching.core.explain import SkillSteps, explanation
from matching.core.path.field import Objective, PathQuestion
from matching.core.ways_in import Concession, WayIn, access
from matching.gather import FORMATS, LEVELS, MOMENTS, Catalogue
from matching.keys import edition_id, known, known_day, step_of
from matching.path_results import PathResult
from matching.planning import Planner
from matching.results import Step
from matching.snapshot import Snapshot

MOST_BRIDGES = 3


@dataclass(frozen=True, slots=True)
class WishChange:
    """One wish that would have to give way.

    `price_eur`, `distance_km` or `day` is what it would have to be. `code` is the language, form, moment or level that it would have to
    accept beside the others; a moment may be several parts of the week ("daytime+evening"). Where the wish is FINISH_BY, `hours_per_week`
    or a first day `start_after` would do as well as the later last day.
    """

    wish: Exclusion
    price_eur: float | None = None
    distance_km: float | None = None
    day: date | None = None
    code: str | None = None
    hours_per_week: float | None = None
    start_after: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """An edition (None: the module has none) and all wishes that have to give way for it, together."""

    edition_id: int | None
    changes: tuple[WishChange, ...]


@dataclass(frozen=True, slots=True)
class EntryGap:
    """A skill that the module asks at entry at level `asked`, of which the learner holds `held`.

    `bridge_ids`: modules within the wishes that an advisor would name to learn it, the best first; see `matching.core.bridges`.
    """

    skill_id: int
    held: int
    asked: int
    bridge_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ModuleReach:
    """What is between a learner and one module.

    Attributes:
        has_open_run: whether any edition can still be joined.
        ways: where none of those fits all wishes: each way in which wishes can give way, fewest wishes first, then what asks least.
        closes: what it does for the goal; nothing where it brings the learner no further.
        already_known: skills that it teaches and the learner holds.
        missing_at_entry: what it asks and the learner lacks; `unknown_at_entry`: of which nobody has said anything.
        preparation: the cheapest path within the wishes that brings as much as can be of what is missing at entry; None where nothing is.
    """

    module_id: int
    has_open_run: bool
    ways: tuple[Way, ...]
    closes: tuple[Step, ...]
    already_known: tuple[int, ...]
    missing_at_entry: tuple[EntryGap, ...]
    unknown_at_entry: tuple[Step, ...]
    preparation: PathResult | None

    def named_modules(self) -> set[int]:
        """The keys of all modules that the answer names."""
        bridging = {key for gap in self.missing_at_entry for key in gap.bridge_ids}
        return {self.module_id} | bridging | (self.preparation.named_modules() if self.preparation else set())

    def named_skills(self) -> set[int]:
        """The keys of all skills that the answer names."""
        steps = {step.skill_id for step in (*self.closes, *self.unknown_at_entry)}
        asked = {gap.skill_id for gap in self.missing_at_entry} | set(self.already_known)
        return steps | asked | (self.preparation.named_skills() if self.preparation else set())


def module_reach(snapshot: Snapshot, question: PathQuestion, row: int) -> ModuleReach:
    """What is between a learner and the module in `row`; its stacks and pins do not count, nor that it was rejected."""
    catalogue, gap, wishes = snapshot.catalogue, question.gap, question.wishes
    reason, found = explanation(row, catalogue.modules, gap), access(row, catalogue.modules, catalogue.editions, wishes)
    # Nothing prepares for itself.
    others = replace(wishes, rejected=(wishes.rejected or frozenset()) | {row})
    bridging = _bridges(snapshot, row, reason.missing, gap, others)
    return ModuleReach(
        module_id=int(catalogue.modules.key[row]),
        has_open_run=found.has_open_run,
        ways=tuple(_way(way, catalogue) for way in found.ways),
        closes=tuple(step_of(catalogue, step) for step in reason.closes),
        already_known=tuple(int(catalogue.skill_ids[column]) for column in reason.known),
        missing_at_entry=tuple(
            EntryGap(int(catalogue.skill_ids[step.column]), int(step.from_level), int(step.to_level), bridging[step.column])
            for step in reason.missing
        ),
        unknown_at_entry=tuple(step_of(catalogue, step) for step in reason.unknown),
        preparation=_preparation(catalogue, replace(question, wishes=others, stacks=(), pins=()), reason.missing),
    )


def _bridges(snapshot: Snapshot, row: int, missing: tuple[SkillSteps, ...], gap: Gap, wishes: Wishes) -> dict[int, tuple[int, ...]]:
    """By skill column the keys of the modules that an advisor would name, best first: the best, the best without that one, and so on."""
    catalogue, found = snapshot.catalogue, dict[int, tuple[int, ...]]()
    for step in missing:
        rows, without = list[int](), wishes
        while len(rows) < MOST_BRIDGES:
            best = bridges({row: [step]}, catalogue.modules, catalogue.editions, gap, without, snapshot.first_steps).get((row, step.column))
            if best is None:
                break
            rows.append(best)
            without = replace(without, rejected=(without.rejected or frozenset()) | {best})
        found[step.column] = tuple(catalogue.modules.key[rows].tolist())
    return found


def _preparation(catalogue: Catalogue, question: PathQuestion, missing: tuple[SkillSteps, ...]) -> PathResult | None:
    """The cheapest path to what is missing: a goal of its own, in which each skill counts alike."""
    if not missing:
        return None
    goal, weight = np.zeros_like(question.gap.held), np.zeros_like(question.gap.held)
    for step in missing:
        goal[step.column], weight[step.column] = step.to_level, 1.0
    wanted = replace(question, gap=Gap(question.gap.held, goal, weight, question.gap.unknown))
    return Planner(catalogue, wanted).path(Objective.COST, explains=False)


def _way(way: WayIn, catalogue: Catalogue) -> Way:
    return Way(edition_id(catalogue, way.edition), tuple(_change(one, catalogue) for one in way.concessions))


def _change(one: Concession, catalogue: Catalogue) -> WishChange:
    names = {Exclusion.LANGUAGE: catalogue.languages, Exclusion.LEVEL: LEVELS, Exclusion.FORMAT: FORMATS, Exclusion.MOMENT: MOMENTS}
    codes = {number: code for code, number in names.get(one.wish, {}).items()}
    is_day = one.wish in (Exclusion.START_AFTER, Exclusion.FINISH_BY)
    return WishChange(
        wish=one.wish,
        price_eur=one.needed if one.wish is Exclusion.BUDGET else None,
        distance_km=one.needed if one.wish is Exclusion.DISTANCE else None,
        day=date.fromordinal(int(one.needed)) if is_day else None,
        code=None if one.code is None else codes[one.code],
        hours_per_week=known(one.hours_per_week),
        start_after=known_day(one.start_after),
    )
