"""Of plans that were looked for with several aims, each aim gets the one that is best for it, also where time was up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core.arrays import Gap, Wishes
from matching.core.path.field import Objective
from matching.core.path.merits import amount_of, best_for, is_as_good, merits_of
from matching.core.path.plan import Plan, plan
from matching.core.path.reliefs import PINNED, reliefs
from tests import matching_cases as cases
from tests.matching_cases import PlainEdition, PlainModule, question_of
from tests.properties.test_path import catalogues, gaps, objectives, shares, wishes
from tests.properties.test_pins import checked, pinned_keys


@settings(max_examples=150, deadline=None)
@given(
    catalogues(), gaps, wishes, shares, st.sets(st.integers(1, 5), max_size=2), st.dictionaries(objectives, st.integers(0, 4), min_size=2)
)
def test_no_other_plan_beats_the_one_that_stands_there(
    modules: list[PlainModule], gap: Gap, wish: Wishes, share: float, pins: set[int], looks: dict[Objective, int]
) -> None:
    question = question_of(modules, gap, wish, pins)

    def found(aim: Objective, n_looks: int) -> Plan:
        left = iter([60.0] * n_looks)
        return plan(question, aim, share, lambda: next(left, 0.0))

    plans = {aim: found(aim, n_looks) for aim, n_looks in looks.items()}
    for aim, own in plans.items():
        best = best_for(aim, plans, question)
        assert any(best.legs == one.legs for one in plans.values())
        assert all(is_as_good(merits_of(best, question, aim), merits_of(one, question, aim)) for one in plans.values())
        assert best.is_proven == own.is_proven
        assert best.at_least <= amount_of(best, aim, question) + 1e-9
        if own.is_proven:
            assert amount_of(best, aim, question) == pytest.approx(amount_of(own, aim, question), abs=0.01)


def test_aims_of_which_nothing_is_better_than_one_path_share_it() -> None:
    twins = [PlainModule(key=key, taught={0: 2}, editions=[PlainEdition(price_eur=90.0)]) for key in (1, 2)]
    question = question_of(twins, cases.gap({}, {0: (2, 1.0)}, {}), Wishes(today=cases.TODAY), set())
    cheapest = plan(question, Objective.COST, 1.0, lambda: 60.0)
    other = replace(cheapest, legs=tuple(replace(leg, module=1 - leg.module) for leg in cheapest.legs))
    assert best_for(Objective.DURATION, {Objective.COST: cheapest, Objective.DURATION: other}, question).legs == cheapest.legs


@checked
@given(catalogues(), gaps, wishes, pinned_keys)
def test_who_would_reach_more_without_the_pins_is_told(modules: list[PlainModule], gap: Gap, wish: Wishes, keys: set[int]) -> None:
    pinned, free = (plan(question_of(modules, gap, wish, some), Objective.COST, 1.0, lambda: 60.0) for some in (keys, set[int]()))
    told = {one.wishes: one for one in reliefs(question_of(modules, gap, wish, keys), pinned, lambda: 60.0)}
    assert ((PINNED,) in told) == (free.coverage > pinned.coverage + 1e-6)
    if (PINNED,) in told:
        assert told[PINNED,].coverage == pytest.approx(free.coverage)
        assert told[PINNED,].amounts == (None,)
