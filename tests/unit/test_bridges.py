"""What to follow first: only what an advisor would name."""

from __future__ import annotations

import numpy as np
import pytest

from matching.core.arrays import DIRECT, Wishes
from matching.core.bridges import FirstSteps, bridges
from matching.core.explain import explanation
from tests.matching_cases import N_SKILLS, TODAY, PlainEdition, PlainModule, edition_arrays, gap, module_arrays

BLOCKED = PlainModule(1, {0: 3}, required={1: 2}, nlqf=3.0)
GOAL = gap({}, {0: (3, 1.0)})
SHARED = np.arange(N_SKILLS) == 5
DUTCH = Wishes(TODAY, languages=frozenset({0}), budget_eur=500, nlqf=(2.0, 4.0))


def named(first: PlainModule, blocked: PlainModule = BLOCKED, wishes: Wishes = DUTCH) -> bool:
    """Whether `first` is advised before the blocked module."""
    modules = [blocked, first]
    arrays = module_arrays(modules)
    return bool(
        bridges({0: explanation(0, arrays, GOAL).missing}, arrays, edition_arrays(modules), GOAL, wishes, FirstSteps.of(arrays, SHARED))
    )


def test_a_module_for_just_that_skill_is_named() -> None:
    assert named(PlainModule(2, {1: 2}))
    assert named(PlainModule(2, {1: 2, 2: 2, 3: 1}, nlqf=None))


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(PlainModule(2, {1: 2, 2: 3, 3: 3}), id="the skill comes along, and is no main outcome"),
        pytest.param(PlainModule(2, {1: 2, 2: 3, 3: 1}), id="it is for another skill"),
        pytest.param(PlainModule(2, {1: 2}, nlqf=6.0), id="a bachelor module before one of mbo-3"),
        pytest.param(PlainModule(2, {1: 2}, language=1), id="another language"),
        pytest.param(PlainModule(2, {1: 2}, editions=(PlainEdition(DIRECT, price_eur=900),)), id="too dear"),
        pytest.param(PlainModule(2, {1: 2}, required={4: 3}), id="blocked itself"),
        pytest.param(PlainModule(2, {1: 1}), id="not far enough"),
    ],
)
def test_what_does_not_suit_is_not_named(first: PlainModule) -> None:
    assert not named(first)


def test_without_a_wish_the_language_is_that_of_the_blocked_module() -> None:
    free = Wishes(TODAY)
    assert not named(PlainModule(2, {1: 2}, language=1), wishes=free)
    assert named(PlainModule(2, {1: 2}, language=0), wishes=free)


def test_before_a_module_without_a_level_the_levels_of_the_wanted_work_count() -> None:
    free = PlainModule(1, {0: 3}, required={1: 2}, nlqf=None)
    assert named(PlainModule(2, {1: 2}, nlqf=4.0), free)
    assert not named(PlainModule(2, {1: 2}, nlqf=6.0), free)


def test_a_skill_of_every_trade_must_be_half_of_what_is_taught() -> None:
    reporting = PlainModule(1, {0: 3}, required={5: 2})
    assert not named(PlainModule(2, {5: 2, 2: 2, 3: 2}), reporting)
    assert named(PlainModule(2, {5: 2, 2: 2}), reporting)
    assert named(PlainModule(2, {1: 2, 2: 2, 3: 2}))


def test_of_those_that_suit_what_can_start_now_is_named_and_then_the_shortest() -> None:
    modules = [BLOCKED, PlainModule(2, {1: 2}, {4: 1}, hours=4), PlainModule(3, {1: 2}, hours=80), PlainModule(4, {1: 2}, hours=20)]
    arrays = module_arrays(modules)
    assert bridges(
        {0: explanation(0, arrays, GOAL).missing}, arrays, edition_arrays(modules), GOAL, DUTCH, FirstSteps.of(arrays, SHARED)
    ) == {(0, 1): 3}
