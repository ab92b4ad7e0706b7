"""Greedy plans take what opens the way, and leave out what others bring anyhow; and what no path goes below is known without them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matching.core.arrays import DIRECT, FIXED, Wishes
from matching.core.gap import width
from matching.core.path.field import Objective
from matching.core.path.floor import least_amount
from matching.core.path.greedy import first_plan, furthest, greedily
from matching.core.path.task import Task
from tests.matching_cases import TODAY, PlainEdition, PlainModule, gap, question_of

GOAL = gap({}, {0: (2, 1.0), 1: (1, 1.0)})
FREE = PlainEdition(DIRECT, weeks=4.0, price_eur=0.0)
DEAR = replace(FREE, price_eur=400.0)


def asked(modules: list[PlainModule], objective: Objective = Objective.COST) -> Task:
    """To reach all that there is to reach."""
    question = question_of(modules, GOAL, Wishes(TODAY))
    return Task(question, question.field, objective, width(GOAL))


def keys(modules: list[PlainModule], objective: Objective = Objective.COST) -> list[int]:
    """Keys of the first plan, in order of start."""
    found = first_plan(asked(modules, objective), lambda: 60.0)
    return [modules[found.jobs[one.job].module].key for one in found.placed] if found is not None else []


OPENED = [
    PlainModule(1, {0: 2, 1: 1}, {2: 2}, editions=(FREE,)),
    PlainModule(2, {2: 2}, {3: 1}, editions=(FREE,)),
    PlainModule(3, {3: 1}, editions=(FREE,)),
]
"""The first closes all, asks what only the second gives, which asks what only the third gives."""


@pytest.mark.parametrize("objective", list(Objective))
def test_what_only_opens_the_way_is_taken(objective: Objective) -> None:
    assert keys(OPENED, objective) == [3, 2, 1]


def test_a_free_way_with_more_modules_comes_before_a_dear_one() -> None:
    assert keys([*OPENED, PlainModule(4, {0: 2, 1: 1}, editions=(DEAR,))]) == [3, 2, 1]
    assert keys([*OPENED, PlainModule(4, {0: 2, 1: 1}, editions=(DEAR,))], Objective.HOURS) == [4]


def test_the_simple_plan_that_is_compared_with_takes_no_such_detour() -> None:
    modules = [*OPENED, PlainModule(4, {0: 2, 1: 1}, editions=(DEAR,))]
    found = greedily(asked(modules))
    assert found is not None
    assert [modules[job.module].key for job in found.jobs] == [4]
    assert greedily(asked(OPENED)) is None


def test_of_modules_that_wait_for_one_another_none_is_taken() -> None:
    circle = [PlainModule(1, {0: 2, 1: 1}, {2: 2}, editions=(FREE,)), PlainModule(2, {2: 2}, {0: 2}, editions=(FREE,))]
    assert keys(circle) == []
    found = furthest(replace(asked(circle), objective=None, target=None))
    assert found is not None
    assert found.jobs == ()


def test_where_what_opens_the_way_ends_too_late_another_module_is_taken() -> None:
    soon = PlainEdition(FIXED, TODAY + 7, weeks=2.0, price_eur=0.0)
    assert keys([replace(OPENED[0], editions=(soon,)), *OPENED[1:], PlainModule(4, {0: 2, 1: 1}, editions=(DEAR,))]) == [4]


def test_what_later_modules_bring_too_is_left_out() -> None:
    several = [
        PlainModule(1, {0: 2}, hours=10.0, editions=(FREE,)),
        PlainModule(2, {0: 2, 1: 1}, hours=40.0, editions=(replace(FREE, price_eur=20.0),)),
    ]
    assert keys(several) == [2]


@pytest.mark.parametrize(
    ("modules", "least"),
    [
        pytest.param(OPENED, 0.0, id="all for nothing"),
        pytest.param([PlainModule(1, {0: 2}, editions=(FREE,)), PlainModule(2, {1: 1}, editions=(DEAR,))], 400.0, id="one thing is dear"),
        pytest.param([*OPENED[:2], PlainModule(3, {3: 1}, editions=(DEAR,))], 400.0, id="only the way is dear"),
        pytest.param(
            [
                PlainModule(1, {0: 2, 1: 1}, {2: 2}, editions=(FREE,)),
                PlainModule(2, {2: 2}, {0: 2}, editions=(FREE,)),
                PlainModule(3, {0: 2, 1: 1}, editions=(DEAR,)),
            ],
            400.0,
            id="what is free waits for itself",
        ),
        pytest.param(
            [PlainModule(key, {key % 2: 2 - key % 2}, editions=(replace(DEAR, price_eur=100.0 + key),)) for key in range(2, 8)],
            102.0 + 103.0,
            id="several things are dear",
        ),
    ],
)
def test_what_no_path_costs_less_than(modules: list[PlainModule], least: float) -> None:
    task = asked(modules)
    prices = task.field.runs.price_eur
    assert least_amount(task, prices, 1e4, 0.005, lambda: 60.0) == pytest.approx(least, abs=0.01)
    assert least_amount(task, np.zeros_like(prices), 1e4, 0.005, lambda: 60.0) == 0
