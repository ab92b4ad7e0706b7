"""Each reason for which a wanted module cannot be in the path, and what the path is then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.core.arrays import DIRECT, FIXED, Wishes
from matching.core.path.field import Objective
from matching.core.path.pins import Missed, Obstacle, missed_pins
from matching.core.path.plan import plan
from tests.matching_cases import TODAY, PlainEdition, PlainModule, gap, question_of

GOAL = gap({}, {0: (2, 1.0)})
FREE = PlainEdition(DIRECT, weeks=4.0, price_eur=0.0)
DATED = replace(FREE, start_type=FIXED, start_on=TODAY)
COURSE = PlainModule(1, {0: 2}, editions=(FREE,))
"""What is planned anyhow: free, 40 hours in four weeks."""


def planned(wanted: list[PlainModule], *others: PlainModule, wish: Wishes | None = None) -> tuple[list[int], tuple[Missed, ...]]:
    """Keys of the path of least cost, in order, and what is said of the wanted modules that are not in it."""
    modules = [COURSE, *wanted, *others]
    question = question_of(modules, GOAL, wish or Wishes(TODAY), [module.key for module in wanted])
    found = plan(question, Objective.COST, 1.0, lambda: 60.0)
    assert found.is_proven
    rows = [leg.module for leg in found.legs]
    return [modules[row].key for row in rows], missed_pins(question, tuple(rows), lambda: 60.0, is_sure=found.is_sure_of_pins)


def test_a_wanted_module_that_closes_nothing_is_held_with_the_way_to_it() -> None:
    dear = replace(FREE, price_eur=300.0)
    painting = PlainModule(2, {3: 4}, {2: 2}, editions=(dear,))
    path, missed = planned([painting], PlainModule(3, {2: 2}, editions=(FREE,)), PlainModule(4, {2: 2}, editions=(dear,)))
    assert (sorted(path), path[-1], missed) == ([1, 2, 3], 2, ())


def test_pinning_a_path_does_not_put_it_off() -> None:
    dates = [replace(FREE, start_type=FIXED, start_on=TODAY + days, price_eur=100.0) for days in (200, 30, 90)]
    modules = [COURSE, PlainModule(2, {3: 1}, editions=tuple(dates))]
    question = question_of(modules, gap({}, {0: (2, 1.0), 3: (1, 1.0)}), Wishes(TODAY))
    free, pinned = (plan(replace(question, pins=pins), Objective.COST, 1.0, lambda: 60.0) for pins in ((), (0, 1)))
    assert max(leg.start for leg in free.legs) == TODAY + 30
    assert pinned.legs == free.legs


@pytest.mark.parametrize(
    ("module", "wish", "missed"),
    [
        pytest.param(PlainModule(2, {3: 1}), Wishes(TODAY, rejected=frozenset({1})), Missed(1, Obstacle.REJECTED), id="rejected"),
        pytest.param(
            PlainModule(2, {3: 1}, editions=(PlainEdition(FIXED, TODAY - 1),)), Wishes(TODAY), Missed(1, Obstacle.CLOSED), id="begun"
        ),
        pytest.param(
            PlainModule(2, {3: 1}, language=1, editions=(PlainEdition(FIXED, TODAY - 1), replace(FREE, price_eur=900.0))),
            Wishes(TODAY, languages=frozenset({0}), budget_eur=500.0),
            Missed(1, Obstacle.WISHES, wishes=("language", "budget")),
            id="wishes",
        ),
        pytest.param(
            PlainModule(2, {3: 1}, editions=(replace(DATED, weeks=1.0), replace(FREE, price_eur=90.0))),
            Wishes(TODAY, budget_eur=50.0, hours_per_week=12.0, formats=frozenset({0})),
            Missed(1, Obstacle.WISHES, wishes=("hours_per_week",), hours_per_week=40.0),
            id="hours a week of its own",
        ),
        pytest.param(
            PlainModule(2, {3: 1}, editions=(replace(FREE, moment=1), replace(DATED, weeks=2.0), replace(DATED, weeks=1.0))),
            Wishes(TODAY, hours_per_week=12.0, moments=frozenset({0})),
            Missed(1, Obstacle.WISHES, wishes=("hours_per_week",), hours_per_week=20.0),
            id="hours a week rather than one other wish",
        ),
        pytest.param(
            PlainModule(2, {3: 1}, {4: 2, 5: 1}, editions=(FREE,)), Wishes(TODAY), Missed(1, Obstacle.ENTRY, columns=(4,)), id="entry"
        ),
        pytest.param(
            PlainModule(2, {3: 1}, {5: 1}, editions=(PlainEdition(FIXED, TODAY + 6, weeks=4.0, price_eur=0.0),)),
            Wishes(TODAY),
            Missed(1, Obstacle.CALENDAR),
            id="what it asks comes too late",
        ),
        pytest.param(
            PlainModule(2, {3: 1}, {5: 1}, editions=(replace(FREE, price_eur=100.0),)),
            Wishes(TODAY, budget_eur=120.0),
            Missed(1, Obstacle.BUDGET),
            id="too dear with what it asks",
        ),
    ],
)
def test_why_one_module_cannot_be_in_the_path(module: PlainModule, wish: Wishes, missed: Missed) -> None:
    first = PlainModule(9, {5: 1}, editions=(PlainEdition(DIRECT, weeks=1.0, price_eur=30.0, format=0),))
    assert planned([module], first, wish=wish) == ([1], (missed,))


def test_of_wanted_modules_that_do_not_go_together_as_many_as_go_are_held() -> None:
    """Two that run at the same time, 10 hours a week each; and a third one that goes with either. The free one of the two stays."""
    run = PlainEdition(FIXED, TODAY + 40, weeks=4.0, price_eur=0.0)
    pair = [PlainModule(2, {3: 1}, editions=(replace(run, price_eur=10.0),)), PlainModule(3, {4: 1}, editions=(run,))]
    third = PlainModule(4, {5: 1}, editions=(replace(FREE, price_eur=70.0),))
    path, missed = planned([*pair, third], wish=Wishes(TODAY, hours_per_week=12.0))
    assert sorted(path) == [1, 3, 4]
    assert missed == (Missed(1, Obstacle.HOURS_PER_WEEK),)
    path, missed = planned([*pair, third], wish=Wishes(TODAY, hours_per_week=30.0, budget_eur=75.0))
    assert sorted(path) == [1, 2, 3]
    assert missed == (Missed(3, Obstacle.BUDGET),)
    assert sorted(planned([*pair, third], wish=Wishes(TODAY, hours_per_week=30.0))[0]) == [1, 2, 3, 4]


def test_a_wanted_module_comes_before_the_gap() -> None:
    """There is money for one of both: the learner's own choice goes first, and less of the gap is closed."""
    dear = PlainModule(2, {3: 1}, editions=(replace(FREE, price_eur=400.0),))
    modules = [replace(COURSE, editions=(replace(FREE, price_eur=300.0),)), dear, PlainModule(3, {0: 1}, editions=(FREE,))]
    question = question_of(modules, GOAL, Wishes(TODAY, budget_eur=500.0), [2])
    found = plan(question, Objective.COST, 1.0, lambda: 60.0)
    assert (sorted(leg.module for leg in found.legs), found.coverage, found.is_proven) == ([1, 2], 0.5, True)


def test_without_time_nobody_claims_to_know_why() -> None:
    wanted = PlainModule(2, {3: 1}, editions=(FREE,))
    question = question_of([COURSE, wanted], GOAL, Wishes(TODAY), [2])
    assert missed_pins(question, (0,), lambda: 0.0, is_sure=False) == (Missed(1, Obstacle.UNDECIDED),)
