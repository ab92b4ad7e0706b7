"""Of plans that were looked for with several aims, each aim gets the one that is best for it, also where time was up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core.arrays import Gap, Wishes
from matching.core.path.field import Objective
from matching.core.path.merits import amount_of, best_for, is_as_good, merits_of
from matching.core.path.plan import Plan, plan
from matching.core.path.reliefs import PINNED, reliefs
from tests.matching_cases import PlainModule
from tests.properties.test_path import catalogues, gaps, objectives, shares, wishes
from tests.properties.test_pins import checked, learner_of, pinned_keys


@settings(max_examples=150, deadline=None)
@given(
    catalogues(), gaps, wishes, shares, st.sets(st.integers(1, 5), max_size=2), st.dictionaries(objectives, st.integers(0, 4), min_size=2)
)
def test_no_other_plan_beats_the_one_that_stands_there(
    modules: list[PlainModule], gap: Gap, wish: Wishes, share: float, pins: set[int], looks: dict[Objective, int]
) -> None:
    learner = learner_of(modules, gap, wish, pins)

    def found(aim: Objective, n_looks: int) -> Plan:
        left = iter([60.0] * n_looks)
        return plan(learner, aim, share, lambda: next(left, 0.0))

    plans = {aim: found(aim, n_looks) for aim, n_looks in looks.items()}
    for aim, own in plans.items():
        best = best_for(aim, plans, learner)
        assert any(best.legs == one.legs for one in plans.values())
        assert all(is_as_good(merits_of(best, learner, aim), merits_of(one, learner, aim)) for one in plans.values())
        assert best.is_proven == own.is_proven
        assert best.at_least <= amount_of(best, aim, learner) + 1e-9
        if own.is_proven:
            assert amount_of(best, aim, learner) == pytest.approx(amount_of(own, aim, learner), abs=0.01)


@checked
@given(catalogues(), gaps, wishes, pinned_keys)
def test_who_would_reach_more_without_the_pins_is_told(modules: list[PlainModule], gap: Gap, wish: Wishes, keys: set[int]) -> None:
    pinned, free = (plan(learner_of(modules, gap, wish, some), Objective.COST, 1.0, lambda: 60.0) for some in (keys, set[int]()))
    told = {one.wish: one for one in reliefs(learner_of(modules, gap, wish, keys), pinned, lambda: 60.0)}
    assert (PINNED in told) == (free.coverage > pinned.coverage + 1e-6)
    if PINNED in told:
        assert told[PINNED].coverage == pytest.approx(free.coverage)
        assert told[PINNED].amount is None
