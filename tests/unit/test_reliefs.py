"""What giving way in a wish would buy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.core.arrays import DIRECT, Wishes
from matching.core.path.field import Objective
from matching.core.path.plan import plan
from matching.core.path.reliefs import MOST_KM, reliefs
from tests.matching_cases import PLACES, TODAY, PlainEdition, PlainModule, gap, question_of

DEN_BOSCH, _BREDA, _LEEUWARDEN = PLACES


@pytest.mark.parametrize(("place", "reached"), [(1, [1.0]), (2, [])])
def test_nobody_is_asked_to_travel_further_than_one_can(place: int, reached: list[float]) -> None:
    course = PlainModule(1, {0: 2}, editions=(replace(PlainEdition(DIRECT, weeks=4.0, price_eur=0.0), place=place),))
    question = question_of([course], gap({}, {0: (2, 1.0)}), Wishes(TODAY, near=DEN_BOSCH, max_km=5.0))
    told = list(reliefs(question, plan(question, Objective.COST, 1.0, lambda: 60.0), lambda: 60.0))
    assert [one.coverage for one in told] == reached
    assert all(one.amount is not None and one.amount + 5.0 <= MOST_KM for one in told)
