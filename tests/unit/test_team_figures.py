"""No figure over all advisors is below five, and none can be found by subtracting."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.counting.cells import LEAST
from web.advisor.figures import DossierFacts, Stage, figures, told
from web.advisor.guidance_model import Verdict


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({}, {}),
        ({"a": 4}, {}),
        ({"a": 5}, {"a": 5}),
        ({"a": 9, "b": 5}, {"a": 9, "b": 5}),
        ({"a": 9, "b": 5, "c": 2}, {"a": 9}),
        ({"a": 9, "b": 3, "c": 2}, {"a": 9}),
        ({"a": 9, "b": 2}, {}),
        ({"a": 9, "b": 0}, {"a": 9}),
    ],
)
def test_small_cells_are_hidden_with_company(cells: dict[str, int], kept: dict[str, int]) -> None:
    assert told(cells) == kept


@given(st.dictionaries(st.integers(), st.integers(0, 20), max_size=7))
def test_no_choice_of_told_cells_leaves_a_small_rest(cells: dict[int, int]) -> None:
    shown, total = told(cells), sum(cells.values())
    for size in range(1, len(shown) + 1):
        for some in combinations(shown.values(), size):
            assert not 0 < sum(some) < LEAST
            assert not 0 < total - sum(some) < LEAST


FACTS = st.builds(
    DossierFacts,
    stage=st.sampled_from(Stage),
    is_late=st.booleans(),
    goal=st.sampled_from(["", "energie", "text"]),
    barriers=st.frozensets(st.sampled_from(["money", "time"])),
    verdicts=st.dictionaries(st.sampled_from(["m1", "m2"]), st.sampled_from(Verdict)),
)


@given(st.lists(FACTS, max_size=60))
def test_figures_hold_to_it(facts: list[DossierFacts]) -> None:
    found, met = figures(facts), [one for one in facts if one.stage is not Stage.NO_INTAKE]
    for numbers in (found.stages, found.late, found.goals, found.barriers):
        assert all(number >= LEAST for number in numbers.values())
    assert "" not in found.goals
    if found.goals:
        assert not 0 < len(met) - sum(found.goals.values()) < LEAST
    if found.stages:
        assert not 0 < len(facts) - sum(found.stages.values()) < LEAST
    for code, number in found.barriers.items():
        assert number == sum(code in one.barriers for one in met)
        assert not 0 < len(met) - number < LEAST
    for module, verdict, number in found.modules:
        assert number == sum(one.verdicts.get(module) is verdict for one in facts) >= LEAST
        assert verdict is not Verdict.MAYBE
        assert not 0 < len(facts) - number < LEAST
