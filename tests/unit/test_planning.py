"""Which paths leave out what is mostly about something else than the goal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from matching.core.arrays import DIRECT, Gap, Wishes
from matching.core.path.field import Objective
from matching.path_results import Alternatives
from matching.planning import Planner
from tests.matching_cases import TODAY, PlainEdition, PlainModule, catalogue_of, gap, question_of

COST, DURATION, HOURS = Objective.COST, Objective.DURATION, Objective.HOURS
FREE = (PlainEdition(DIRECT, weeks=4.0, price_eur=0.0),)
MODULES = [PlainModule(1, {0: 1}, editions=FREE), PlainModule(2, {1: 1}, editions=FREE)]
"""The second one counts as mostly about something else."""
GOAL = gap({}, {0: (1, 1.0), 1: (1, 1.0), 5: (1, 1.0)})
"""Nothing brings the last skill."""
MOSTLY_BESIDE = gap({}, {0: (1, 0.3), 1: (1, 1.0), 5: (1, 1.0)})


def planner(goal: Gap = GOAL, pinned: Collection[int] = (), modules: Sequence[PlainModule] = MODULES) -> Planner:
    return Planner(catalogue_of(modules), question_of(modules, goal, Wishes(TODAY), pinned), beside=frozenset({1}), leaves_out=True)


def keys(found: Alternatives) -> list[list[int]]:
    return [sorted(module.module_id for module in path.modules) for path in found.paths.values()]


def test_what_is_beside_a_goal_out_of_reach_is_left_out() -> None:
    found = planner().alternatives(COST, 1.0)
    assert list(found.paths) == [COST, DURATION, HOURS]
    assert keys(found) == [[1]] * 3
    assert found.with_beside == pytest.approx(2 / 3)
    assert [path.coverage for path in found.paths.values()] == pytest.approx([1 / 3] * 3)
    assert not any(path.proven_optimal for path in found.paths.values()), "something closes more"


@pytest.mark.parametrize(
    ("asked", "coverage"),
    [
        pytest.param(planner(), 0.6, id="the goal is within reach"),
        pytest.param(planner(MOSTLY_BESIDE), 1.0, id="what is about the goal closes less than half as much"),
        pytest.param(planner(pinned=[2]), 1.0, id="the learner wants it"),
        pytest.param(replace(planner(), leaves_out=False), 1.0, id="the learner chose"),
    ],
)
def test_else_it_stays_and_is_named(asked: Planner, coverage: float) -> None:
    found = asked.alternatives(COST, coverage)
    assert keys(found) == [[1, 2]] * 3
    assert found.with_beside is None
    assert [[module.module_id for module in path.modules if module.is_beside] for path in found.paths.values()] == [[2]] * 3


def test_what_opens_the_way_to_a_pinned_module_is_not_left_out() -> None:
    asked = planner(pinned=[3], modules=[*MODULES, PlainModule(3, {3: 1}, required={1: 1}, editions=FREE)])
    for found in (asked.alternatives(COST, 1.0), asked.about_goal().alternatives(COST, 1.0)):
        assert keys(found) == [[1, 2, 3]] * 3
        assert found.with_beside is None, "nothing was left out"
        assert not any(path.left_out for path in found.paths.values())


def test_what_is_known_is_not_looked_for_again_but_where_modules_were_left_out_of_a_part() -> None:
    asked, found = planner(MOSTLY_BESIDE), planner().alternatives(COST, 1.0)
    dear = replace(found.paths[COST], price_eur=1.0)
    assert asked.alternatives(COST, 1.0, known=found) is found
    assert asked.alternatives(COST, 1.0, known=Alternatives({COST: dear})).paths[COST] is dear
    assert asked.alternatives(COST, 1.0, known=Alternatives({COST: dear}, 0.5)).paths[COST].price_eur == 0.0
