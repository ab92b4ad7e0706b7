"""What giving way in a wish, or in two, would buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from matching.core.arrays import DIRECT, Gap, Wishes
from matching.core.path.field import Objective
from matching.core.path.plan import plan
from matching.core.path.reliefs import MOST_KM, reliefs
from tests.matching_cases import PLACES, TODAY, PlainEdition, PlainModule, gap, question_of

DEN_BOSCH, _BREDA, _LEEUWARDEN = PLACES


@pytest.mark.parametrize(("place", "reached"), [(1, [1.0]), (2, [])])
def test_nobody_is_asked_to_travel_further_than_one_can(place: int, reached: list[float]) -> None:
    away = PlainModule(1, {0: 2}, editions=(replace(PlainEdition(DIRECT, weeks=4.0, price_eur=0.0), place=place),))
    question = question_of([away], gap({}, {0: (2, 1.0)}), Wishes(TODAY, near=DEN_BOSCH, max_km=5.0))
    told = list(reliefs(question, plan(question, Objective.COST, 1.0, lambda: 60.0), lambda: 60.0))
    assert [one.coverage for one in told] == reached
    assert all(amount is not None and amount + 5.0 <= MOST_KM for one in told for amount in one.amounts)


def told_of(modules: Sequence[PlainModule], goal: Gap, wishes: Wishes) -> dict[tuple[str, ...], tuple[tuple[float | None, ...], float]]:
    question = question_of(modules, goal, wishes)
    found = plan(question, Objective.COST, 1.0, lambda: 60.0)
    return {one.wishes: (one.amounts, one.coverage) for one in reliefs(question, found, lambda: 60.0)}


def course(key: int, skill: int, price_eur: float, weeks: float) -> PlainModule:
    return PlainModule(key, {skill: 2}, hours=40.0, editions=(replace(PlainEdition(weeks=weeks), price_eur=price_eur),))


def test_two_wishes_that_only_help_together_are_told_together() -> None:
    told = told_of([course(1, 0, 600.0, 4.0)], gap({}, {0: (2, 1.0)}), Wishes(TODAY, budget_eur=500.0, hours_per_week=6.0))
    assert told == {("budget", "hours_per_week"): ((100.0, 4.0), 1.0)}


def test_where_the_hours_bind_no_more_money_is_told() -> None:
    told = told_of([course(1, 0, 400.0, 4.0)], gap({}, {0: (2, 1.0)}), Wishes(TODAY, budget_eur=500.0, hours_per_week=6.0))
    assert told == {("hours_per_week",): ((4.0,), 1.0)}


def test_who_limits_each_module_is_told_of_the_dearest() -> None:
    modules = [course(1, 0, 300.0, 8.0), course(2, 1, 450.0, 8.0)]
    question = replace(question_of(modules, gap({}, {0: (2, 1.0), 1: (2, 1.0)}), Wishes(TODAY, budget_eur=100.0)), budget_eur=None)
    [told] = reliefs(question, plan(question, Objective.COST, 1.0, lambda: 60.0), lambda: 60.0)
    assert (told.wishes, told.amounts) == (("budget",), (350.0,))


def test_two_that_bring_hardly_more_than_one_are_not_told() -> None:
    modules = [course(1, 0, 600.0, 10.0), course(2, 1, 700.0, 5.0)]
    goal = gap({}, {0: (2, 1.0), 1: (2, 0.3)})
    told = told_of(modules, goal, Wishes(TODAY, budget_eur=500.0, hours_per_week=6.0))
    assert list(told) == [("budget",)]


def test_who_has_no_hours_enough_takes_modules_one_after_another() -> None:
    modules = [course(1, 0, 0.0, 4.0), course(2, 1, 0.0, 4.0)]
    told = told_of(modules, gap({}, {0: (2, 1.0), 1: (2, 1.0)}), Wishes(TODAY, hours_per_week=6.0))
    assert told == {("hours_per_week",): ((4.0,), 1.0)}
