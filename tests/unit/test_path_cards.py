"""When the alternatives of a path are one and the same, and what is worth saying for a better one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matching.core.path.field import Objective
from matching.path_results import PathModule, PathResult
from matching.results import Step
from web.learner.answers import Answers
from web.learner.path_cards import FAR_KM, hints_for, is_aside, same_paths, shortfall

COST, DURATION, TRAVEL = Objective.COST, Objective.DURATION, Objective.TRAVEL


def run(module: int, edition: int | None, day: int = 1) -> PathModule:
    start = date(2027, 1, day)
    return PathModule(module, edition, start, date(2027, 2, 1), True, (), (), (), (), 100.0, 8.0, 2.0, None, is_beside=False)


def test_the_same_runs_on_the_same_days_are_one_path() -> None:
    modules = [run(1, 10), run(2, None)]
    assert same_paths(dict.fromkeys((COST, DURATION, TRAVEL), modules)) == [[COST, DURATION, TRAVEL]]


def test_another_run_day_or_module_is_another_path() -> None:
    for other in ([run(1, 11)], [run(1, 10, day=8)], [run(2, 10)], [run(1, 10), run(2, None)], []):
        assert same_paths({COST: [run(1, 10)], DURATION: other, TRAVEL: [run(1, 10)]}) == [[COST, TRAVEL], [DURATION]]


@pytest.mark.parametrize(
    ("answers", "travel_km", "count"),
    [
        (Answers(hours_per_week=6, max_km=30), 2.0 * FAR_KM, 0),
        (Answers(hours_per_week=6), FAR_KM - 1.0, 0),
        (Answers(hours_per_week=6), FAR_KM + 1.0, 1),
        (Answers(hours_per_week=6), None, 0),
        (Answers(), 2.0 * FAR_KM, 2),
    ],
)
@pytest.mark.usefixtures("dutch")
def test_a_wish_that_is_not_named_and_costs_much_is_asked_for(answers: Answers, travel_km: float | None, count: int) -> None:
    path = PathResult(COST, (run(1, 10), run(2, 20)), 0.8, 0.8, 200.0, 0, 16.0, travel_km, date(2027, 2, 1), False, 100.0, (), (), 3, ())
    assert len(hints_for(path, answers)) == count


@pytest.mark.parametrize(("beside", "is_so"), [((True,), True), ((True, False), False), ((False,), False), ((), False)])
@pytest.mark.usefixtures("dutch")
def test_a_path_that_falls_short_by_modules_about_something_else_is_no_way(beside: tuple[bool, ...], is_so: bool) -> None:
    opener, step = run(9, None), Step(1, 0, 2)
    modules = (opener, *(replace(run(number, None), closes=(step,), is_beside=one) for number, one in enumerate(beside)))
    path = PathResult(COST, modules if beside else (), 0.6, 0.8, 200.0, 0, 16.0, None, date(2027, 2, 1), True, 100.0, (), (), 3, ())
    assert is_aside(path) is is_so
    assert ("geen route die vooral over uw doel gaat" in shortfall(path)) is is_so
    assert shortfall(replace(path, coverage=0.8)) == "", "who gets there is not stopped"


@pytest.mark.parametrize(("is_proven", "told"), [(True, "Die is er niet"), (False, "Die vonden wij niet")])
@pytest.mark.usefixtures("dutch")
def test_that_there_is_no_path_is_only_said_where_it_is_proven(is_proven: bool, told: str) -> None:
    path = PathResult(COST, (run(1, 10),), 0.6, 0.8, 100.0, 0, 8.0, None, date(2027, 2, 1), is_proven, 50.0, (), (), 3, ())
    assert shortfall(path) == f"Wij zochten een route voor 80 % van wat u nog mist. {told} binnen uw wensen."
