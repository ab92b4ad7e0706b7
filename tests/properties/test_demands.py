"""What remains of a demand: level by level, whatever the catalogue and however many people ask."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.models import Demand, DemandSkill
from matching.core.arrays import Gap, Wishes
from matching.core.gap import open_skills, uncovered_levels
from matching.core.ranking import ranking
from matching.core.supply import supply
from matching.demands import demand_profile
from tests.conftest import NOW
from tests.matching_cases import N_SKILLS, PlainModule, catalogues, edition_arrays, gap, module_arrays, wishes

EXAMPLES = settings(max_examples=300, deadline=None)

levels = st.dictionaries(
    st.integers(0, N_SKILLS - 1),
    st.tuples(st.integers(0, 3), st.integers(1, 4)).filter(lambda pair: pair[0] < pair[1]),
    min_size=1,
    max_size=N_SKILLS,
)
"""By column the level now, and the one needed."""


def gap_of(asked: dict[int, tuple[int, int]]) -> Gap:
    return gap({column: now for column, (now, _) in asked.items()}, {column: (needed, 1.0) for column, (_, needed) in asked.items()})


def remaining(modules: list[PlainModule], asked: dict[int, tuple[int, int]], wish: Wishes) -> dict[int, tuple[int, ...]]:
    arrays, editions = module_arrays(modules), edition_arrays(modules)
    found = ranking(arrays, editions, gap_of(asked), wish)
    offered = supply(gap_of(asked), found.fitting, arrays, editions, wish)
    return {column: one.uncovered for column, one in offered.items()}


@EXAMPLES
@given(catalogues(), levels, wishes())
def test_the_gap_is_what_plain_counting_says(modules: list[PlainModule], asked: dict[int, tuple[int, int]], wish: Wishes) -> None:
    """An oracle without arrays: a level is brought when a module that fits starts below it and ends at it or above."""
    found = ranking(module_arrays(modules), edition_arrays(modules), gap_of(asked), wish)
    fitting = [modules[row] for row in found.fitting.tolist()]
    expected = {
        column: tuple(
            level
            for level in range(now + 1, needed + 1)
            if not any(module.required.get(column, 0) < level <= module.taught.get(column, 0) for module in fitting)
        )
        for column, (now, needed) in asked.items()
    }
    assert remaining(modules, asked, wish) == expected


@EXAMPLES
@given(catalogues(), levels)
def test_one_module_that_covers_all_leaves_no_gap(modules: list[PlainModule], asked: dict[int, tuple[int, int]]) -> None:
    whole = PlainModule(key=1000, taught={column: needed for column, (_, needed) in asked.items()})
    left = remaining([*modules, whole], asked, Wishes(today=NOW.date().toordinal()))
    assert left.keys() == asked.keys()
    assert not any(left.values())


@EXAMPLES
@given(catalogues(min_size=1), levels, wishes())
def test_more_modules_never_widen_the_gap_and_none_leave_it_whole(
    modules: list[PlainModule], asked: dict[int, tuple[int, int]], wish: Wishes
) -> None:
    before, after = remaining(modules[1:], asked, wish), remaining(modules, asked, wish)
    assert all(set(after[column]) <= set(before[column]) for column in asked)
    none = uncovered_levels(gap_of(asked), np.zeros(0, dtype=np.int64), module_arrays(modules))
    assert none == {column: tuple(range(now + 1, needed + 1)) for column, (now, needed) in asked.items()}
    assert set(none) == set(open_skills(gap_of(asked)).tolist())


@EXAMPLES
@given(levels, st.integers(1, 10_000), st.integers(1, 10_000))
def test_the_number_of_people_changes_nothing(asked: dict[int, tuple[int, int]], few: int, many: int) -> None:
    def profile(people: int) -> object:
        rows = [DemandSkill(skill_id=key, level_now=now, level_wanted=needed) for key, (now, needed) in asked.items()]
        return demand_profile(Demand(title="x", people=people, is_online_ok=True, skills=rows), NOW.date())

    assert profile(few) == profile(many)


def test_what_limits_a_demand_and_what_does_not() -> None:
    asked = Demand(title="x", people=1, is_online_ok=False, budget_cents=45000, needed_by=NOW.date(), max_km=20, skills=[])
    limits = demand_profile(asked, NOW.date()).constraints
    assert (limits.budget_eur, limits.finish_by, limits.near, limits.max_km) == (450.0, None, None, None)
    assert "online" not in limits.formats
    assert len(limits.formats) == 3
    assert demand_profile(asked, NOW.date() - timedelta(days=1)).constraints.finish_by == NOW.date()
