"""When the alternatives of a path are one and the same."""

from __future__ import annotations

from datetime import date

from matching.core.path.field import Objective
from matching.planning import PathModule
from web.learner.path_cards import same_paths

COST, DURATION, TRAVEL = Objective.COST, Objective.DURATION, Objective.TRAVEL


def run(module: int, edition: int | None, day: int = 1) -> PathModule:
    start = date(2027, 1, day)
    return PathModule(module, edition, start, date(2027, 2, 1), True, (), (), (), (), 100.0, 8.0, 2.0, None)


def test_the_same_runs_on_the_same_days_are_one_path() -> None:
    modules = [run(1, 10), run(2, None)]
    assert same_paths(dict.fromkeys((COST, DURATION, TRAVEL), modules)) == [[COST, DURATION, TRAVEL]]


def test_another_run_day_or_module_is_another_path() -> None:
    for other in ([run(1, 11)], [run(1, 10, day=8)], [run(2, 10)], [run(1, 10), run(2, None)], []):
        assert same_paths({COST: [run(1, 10)], DURATION: other, TRAVEL: [run(1, 10)]}) == [[COST, TRAVEL], [DURATION]]
