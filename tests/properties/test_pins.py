"""Modules that the learner wants in the path: held as far as they go together, and the path around them is the best of all."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core.arrays import Gap, Wishes
from matching.core.gap import width
from matching.core.path import cover
from matching.core.path.field import Objective
from matching.core.path.pins import Obstacle, missed_pins, too_heavy
from matching.core.path.plan import Plan, plan
from matching.core.path.reliefs import FIELDS
from matching.core.path.search import A_CENT
from matching.core.path.task import ALONGSIDE
from tests import path_oracle as oracle
from tests.matching_cases import PlainModule, question_of
from tests.properties.test_path import catalogues, gaps, objectives, runs_in, shares, wishes

EXAMPLES = int(os.environ.get("PATH_EXAMPLES", "150"))

checked = settings(max_examples=EXAMPLES, deadline=None)
pinned_keys = st.sets(st.integers(1, 5), min_size=1, max_size=3)


def aim_of(modules: list[PlainModule], found: Plan, wish: Wishes, objective: Objective) -> float:
    if objective == "duration":
        return max((leg.end for leg in found.legs), default=wish.earliest) - wish.earliest
    return oracle.cost(runs_in(modules, found, wish), objective)


def held(modules: list[PlainModule], found: Plan, keys: set[int]) -> set[int]:
    return {modules[leg.module].key for leg in found.legs} & keys


@checked
@given(catalogues(), gaps, wishes, objectives, shares, pinned_keys, st.booleans())
def test_a_path_with_pins_is_the_best_of_all(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float, keys: set[int], is_large: bool
) -> None:
    """Also as if a handful of modules were too many."""
    with pytest.MonkeyPatch.context() as patch:
        if is_large:
            patch.setattr(cover, "MOST_COLUMNS", 0)
        found = plan(question_of(modules, gap, wish, keys), objective, share, lambda: 60.0)
    steps, aim = oracle.best(modules, gap, wish, objective, share, pins=keys)
    assert found.is_sure_of_pins
    assert len(held(modules, found, keys)) == oracle.most_pins(modules, gap, wish, keys)
    assert min(found.coverage, share) * width(gap) == pytest.approx(steps, abs=1e-6)
    assert found.is_proven
    assert aim_of(modules, found, wish, objective) == pytest.approx(aim, abs=A_CENT)
    assert aim - ALONGSIDE[objective] - A_CENT <= found.at_least <= aim + A_CENT
    runs = runs_in(modules, found, wish)
    assert oracle.finish_within(runs, gap, wish) is not None or not runs


@checked
@given(catalogues(), gaps, wishes, objectives, shares, pinned_keys, st.integers(0, 12))
def test_when_time_is_up_the_path_keeps_to_the_wishes_and_claims_nothing_untrue(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float, keys: set[int], n_looks: int
) -> None:
    looks = iter([60.0] * n_looks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "MOST_COLUMNS", 0)
        found = plan(question_of(modules, gap, wish, keys), objective, share, lambda: next(looks, 0.0))
    most = oracle.most_pins(modules, gap, wish, keys)
    steps, aim = oracle.best(modules, gap, wish, objective, share, pins=keys)
    runs = runs_in(modules, found, wish)
    assert oracle.finish_within(runs, gap, wish) is not None or not runs
    number = len(held(modules, found, keys))
    assert number == most or not found.is_sure_of_pins
    if number == most and min(found.coverage, share) * width(gap) == pytest.approx(steps, abs=1e-6):
        assert found.at_least <= aim + A_CENT
    if found.is_proven:
        assert aim_of(modules, found, wish, objective) == pytest.approx(aim, abs=A_CENT)


@checked
@given(catalogues(), gaps, wishes, objectives, pinned_keys)
def test_each_wanted_module_that_is_left_out_says_why(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, keys: set[int]
) -> None:
    question = question_of(modules, gap, wish, keys)
    found = plan(question, objective, 1.0, lambda: 60.0)
    there = {modules[leg.module].key for leg in found.legs}
    missed = missed_pins(question, tuple(leg.module for leg in found.legs), lambda: 60.0, is_sure=found.is_sure_of_pins)
    assert {modules[one.module].key for one in missed} == (keys & {module.key for module in modules}) - there
    for one in missed:
        module, own = modules[one.module], {modules[one.module].key}
        broken = [set(oracle.broken(module, edition, wish)) for edition in module.editions]
        with_it = (keys & there) | own
        match one.obstacle:
            case Obstacle.CLOSED:
                assert all("closed" in some for some in broken)
            case Obstacle.WISHES:
                assert one.wishes
                assert not oracle.fitting_runs(modules, wish).get(module.key)
                assert oracle.fitting_runs(modules, without(wish, *one.wishes)).get(module.key)
            case Obstacle.ENTRY:
                asked = {skill for skill, level in oracle.asked(gap, module).items() if gap.held[skill] < level}
                assert set(one.columns) <= asked
                assert oracle.most_pins(modules, gap, wish, own, replace(wish, budget_eur=None, hours_per_week=None)) == 0
                assert oracle.fitting_runs(modules, wish).get(module.key)
            case Obstacle.BUDGET:
                assert oracle.most_pins(modules, gap, wish, with_it, replace(wish, budget_eur=None)) == len(with_it)
            case Obstacle.HOURS_PER_WEEK:
                assert oracle.most_pins(modules, gap, replace(wish, hours_per_week=None), with_it) == len(with_it)
            case Obstacle.CALENDAR:
                assert oracle.most_pins(modules, gap, wish, with_it) < len(with_it)
            case _:
                raise AssertionError(one)


@checked
@given(catalogues(), gaps, wishes)
def test_a_module_is_too_heavy_where_nothing_but_the_hours_a_week_is_in_its_way(modules: list[PlainModule], gap: Gap, wish: Wishes) -> None:
    question = question_of(modules, gap, wish)
    for row, module in enumerate(modules):
        fewest = oracle.fewest_hours_a_week(modules, wish, module.key)
        assert too_heavy(row, question) == (fewest if fewest is None else pytest.approx(fewest))


def without(wish: Wishes, *codes: str) -> Wishes:
    """Without some wishes, by their code."""
    return replace(wish, **dict.fromkeys((FIELDS[code] for code in codes), None))


@checked
@given(catalogues(), gaps, wishes, objectives, shares)
def test_pinning_what_is_in_the_path_anyhow_changes_nothing(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float
) -> None:
    found = plan(question_of(modules, gap, wish), objective, share, lambda: 60.0)
    again = plan(question_of(modules, gap, wish, {modules[leg.module].key for leg in found.legs}), objective, share, lambda: 60.0)
    assert again.coverage == pytest.approx(found.coverage)
    assert aim_of(modules, again, wish, objective) == pytest.approx(aim_of(modules, found, wish, objective), abs=A_CENT)
    assert again.is_proven
