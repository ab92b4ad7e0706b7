"""Another module for a step of a path: the best paths without it, and what each differs in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from matching.core.path.field import Objective, PathQuestion
from matching.core.path.merits import amount_of, is_as_good, merits_of
from matching.core.path.plan import Plan, plan
from matching.path_results import PathModule, PathResult
from matching.planning import Planner, stopwatch

SECONDS = 0.08
"""How long is searched for each, and again for one that keeps the other modules: a page waits for three."""

ALL_SECONDS = 0.9
"""After so long no further one is begun."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A path without a module of the one that is shown.

    Attributes:
        path: the whole path.
        instead: keys of the modules that come instead, in order of start; none where the others of the path are enough, or all there is.
        gone: keys of other modules that are not needed any more.
        more_eur: than the path that is shown, of what is stated; below 0: less.
        more_days: by which it ends later, below 0: sooner; None where one of both is empty.
        more_coverage: by which the share of the gap that it closes is higher, below 0: lower.
    """

    path: PathResult
    instead: tuple[int, ...]
    gone: tuple[int, ...]
    more_eur: float
    more_days: int | None
    more_coverage: float


def replacements(planner: Planner, shown: PathResult, module_id: int, limit: int = 3) -> tuple[Replacement, ...]:
    """The best paths for the aim of the one that is shown that do not hold one of its modules, the best first.

    The first is the best of all without it; of equally good ones, one that keeps the other modules. Each next one does also without the
    module that did most of its work in the one before; so each offers another choice, until there is none. Who pinned the module is taken
    to have changed one's mind.

    Args:
        shown: what the same planner, or one for the same question, gave.
        module_id: key of a module of `shown`; for any other there is nothing to replace.
        limit: at most so many; fewer where the time for all is up.
    """
    catalogue, question = planner.catalogue, planner.question
    replaced = next((module for module in shown.modules if module.module_id == module_id), None)
    if replaced is None:
        return ()
    rejected = set(question.wishes.rejected or ()) | set(catalogue.rows((module_id,)))
    pins = tuple(row for row in question.pins if row not in rejected)
    others = set(catalogue.rows([module.module_id for module in shown.modules if module.closes])) - rejected
    found, merits, seconds_left = list[Replacement](), list[tuple[float, ...]](), stopwatch(ALL_SECONDS)
    while len(found) < limit and (not found or seconds_left() > 0):
        asked = replace(question, wishes=replace(question.wishes, rejected=frozenset(rejected)), pins=pins)
        best = _best(asked, others, shown.objective, shown.wanted)
        merits.append(merits_of(best, asked, shown.objective))
        found.append(_compared(replace(planner, question=asked).told(shown.objective, best, explains=False), shown, module_id))
        pinned = {int(catalogue.modules.key[row]) for row in pins}
        free = [one for one in found[-1].path.modules if one.module_id in set(found[-1].instead) - pinned]
        if not free:
            break
        rejected.update(catalogue.rows((_successor(replaced, free).module_id,)))
    return tuple(found[at] for at in sorted(range(len(found)), key=lambda at: merits[at], reverse=True))


def _best(question: PathQuestion, others: Collection[int], objective: Objective, wanted: float) -> Plan:
    """The best path; where one that holds the modules `others` is as good, that one."""
    free = plan(question, objective, wanted, stopwatch(SECONDS))
    if {leg.module for leg in free.legs}.issuperset(others):
        return free
    keeping = plan(replace(question, pins=tuple({*question.pins, *others})), objective, wanted, stopwatch(SECONDS))
    if not is_as_good(merits_of(keeping, question, objective), merits_of(free, question, objective)):
        return free
    at_least = min(free.at_least, amount_of(keeping, objective, question))
    return replace(keeping, is_proven=free.is_proven, at_least=at_least, is_sure_of_pins=free.is_sure_of_pins)


def _successor(replaced: PathModule, others: list[PathModule]) -> PathModule:
    """Which of some modules does most of what one did: by the skills that it closed or opened, then by all that it closes."""
    wanted = {*(step.skill_id for step in replaced.closes), *replaced.opens}

    def work(module: PathModule) -> tuple[int, int]:
        steps = [(step.skill_id, step.to_level - step.from_level) for step in module.closes]
        return sum(size for skill, size in steps if skill in wanted) + len(wanted.intersection(module.opens)), sum(
            size for _, size in steps
        )

    return max(others, key=work)


def _compared(found: PathResult, shown: PathResult, module_id: int) -> Replacement:
    before, after = ([module.module_id for module in one.modules] for one in (shown, found))
    return Replacement(
        path=found,
        instead=tuple(key for key in after if key not in before),
        gone=tuple(key for key in before if key not in after and key != module_id),
        more_eur=found.price_eur - shown.price_eur,
        more_days=(found.finish - shown.finish).days if found.finish and shown.finish else None,
        more_coverage=found.coverage - shown.coverage,
    )
