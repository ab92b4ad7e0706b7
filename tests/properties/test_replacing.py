"""Another module for a step of a path: the first answer is the best path without that step, and each offers another choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import replacing
from matching.core.arrays import Gap, Wishes
from matching.core.gap import width
from matching.core.path.field import Objective
from matching.core.path.search import A_CENT
from matching.path_results import PathResult
from matching.planning import Planner
from matching.replacing import Replacement, replacements
from tests import path_oracle as oracle
from tests.matching_cases import N_SKILLS, PlainModule, catalogue_of, question_of
from tests.properties.test_path import catalogues, gaps, objectives, shares, wishes


def aim_of(found: PathResult, modules: list[PlainModule], wish: Wishes) -> float:
    if found.objective == "duration":
        return found.finish.toordinal() - wish.earliest if found.finish else 0.0
    editions = [edition for module in modules for edition in module.editions]
    runs = [run for some in oracle.fitting_runs(modules, replace(wish, rejected=None)).values() for run in some]
    chosen = [next(run for run in runs if run.edition is editions[one.edition_id]) for one in found.modules if one.edition_id is not None]
    return oracle.cost(chosen, found.objective)


@settings(max_examples=120, deadline=None)
@given(catalogues(), gaps, wishes, objectives, shares, st.sets(st.integers(1, 5), max_size=1))
def test_the_first_is_the_best_path_without_that_module(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float, pinned: set[int]
) -> None:
    planner = Planner(catalogue_of(modules), question_of(modules, gap, wish, pinned))
    shown = planner.path(objective, share, explains=False)
    row_of = {module.key: row for row, module in enumerate(modules)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replacing, "SECONDS", 60.0)
        patch.setattr(replacing, "ALL_SECONDS", 60.0)
        for step in shown.modules:
            found = replacements(planner, shown, step.module_id)
            choosy = replace(wish, rejected=frozenset({row_of[step.module_id]}))
            steps, aim = oracle.best(modules, gap, choosy, objective, share, pins=pinned - {step.module_id})
            best = found[0].path
            assert best.proven_optimal
            assert min(best.coverage, share) * width(gap) == pytest.approx(steps, abs=1e-6)
            # Of paths that are equal to the cent one that keeps the others comes first, also where another takes fewer hours.
            assert aim_of(best, modules, wish) == pytest.approx(aim, abs=A_CENT + 0.03)
            check(found, shown, step.module_id)


def check(found: tuple[Replacement, ...], shown: PathResult, replaced: int) -> None:
    before, chosen = {module.module_id for module in shown.modules}, list[tuple[int, ...]]()
    for one in found:
        after = {module.module_id for module in one.path.modules}
        assert replaced not in after
        assert set(one.instead) == after - before
        assert set(one.gone) == before - after - {replaced}
        assert shown.price_eur + one.more_eur == pytest.approx(one.path.price_eur)
        assert shown.coverage + one.more_coverage == pytest.approx(one.path.coverage)
        assert one.instead not in chosen
        chosen.append(one.instead)
    closed = [(len(one.path.left_out), -round(min(one.path.coverage, one.path.wanted), 6)) for one in found]
    assert closed == sorted(closed)


def test_for_what_is_not_in_the_path_there_is_nothing_to_replace() -> None:
    modules = [PlainModule(1, {0: 2}), PlainModule(2, {1: 2})]
    wanted = Gap(np.zeros(N_SKILLS), np.eye(N_SKILLS)[0] * 2, np.eye(N_SKILLS)[0], np.zeros(N_SKILLS))
    planner = Planner(catalogue_of(modules), question_of(modules, wanted, Wishes(739943)))
    shown = planner.path(Objective.COST)
    assert [module.module_id for module in shown.modules] == [1]
    assert replacements(planner, shown, 2) == ()
    (nothing,) = replacements(planner, shown, 1)
    assert (nothing.path.modules, nothing.instead, nothing.more_coverage, nothing.more_days) == ((), (), -1.0, None)
    assert replacements(planner, shown, 1, limit=0) == ()
