"""What follows from skills and kinds of work, and what stays a question."""

from __future__ import annotations

import numpy as np

from matching.background import MOST_NEAR, Background, implied_levels, near_skills, unknown_skills, usual_skills
from matching.core import components as fit
from matching.core.arrays import IntArray
from tests.matching_cases import PlainModule, gap, module_arrays, steps_to

READING, TOOLS, SOLDERING, PIPES, HEATING = range(5)
EVERYDAY = np.array([True, True, False, False, False])
BROADER = {SOLDERING: [PIPES], PIPES: [HEATING], HEATING: [SOLDERING]}


def numbers(*values: int) -> IntArray:
    return np.array(values, dtype=np.int64)


def test_a_narrower_skill_implies_the_broader_one_at_a_level_less_and_circles_end() -> None:
    background = Background(EVERYDAY, EVERYDAY, BROADER, {}, {})
    assert implied_levels({SOLDERING: 3}, "7", background) == {PIPES: 2, HEATING: 1}
    assert implied_levels({SOLDERING: 1}, "7", background) == {}
    assert implied_levels({SOLDERING: 3, PIPES: 3}, "7", background) == {HEATING: 2}
    assert implied_levels({SOLDERING: 4, PIPES: 1}, "7", background) == {PIPES: 3, HEATING: 2}


def test_work_of_a_sort_implies_the_everyday_skills_that_half_of_it_asks() -> None:
    usual = usual_skills(
        ["7", "7", "7", "2", ""],
        [numbers(TOOLS, SOLDERING), numbers(TOOLS, READING), numbers(PIPES), numbers(READING), numbers(TOOLS)],
        [numbers(3, 3), numbers(2, 2), numbers(3), numbers(4), numbers(3)],
        EVERYDAY,
    )
    assert usual == {"7": ((READING, 2), (TOOLS, 2)), "2": ((READING, 4),)}
    background = Background(EVERYDAY, EVERYDAY, {}, {}, {"7": ((TOOLS, 3),)})
    assert implied_levels({}, "7", background) == {TOOLS: 2}
    assert implied_levels({}, "2", background) == {}


def test_a_skill_held_well_helps_a_near_one_that_is_not_held_and_no_everyday_one() -> None:
    background = Background(EVERYDAY, EVERYDAY, {}, {SOLDERING: (PIPES, HEATING, TOOLS), PIPES: (HEATING,)}, {})
    assert near_skills({SOLDERING: 2}, background) == {PIPES: SOLDERING, HEATING: SOLDERING}
    assert near_skills({SOLDERING: 2, PIPES: 3}, background) == {HEATING: PIPES}
    assert near_skills({SOLDERING: 1}, background) == {}
    wide = Background(EVERYDAY, EVERYDAY, {}, {SOLDERING: (PIPES,) * (MOST_NEAR + 1)}, {})
    assert near_skills({SOLDERING: 4}, wide) == {}
    assert near_skills({SOLDERING: 2, PIPES: 0}, background) == {HEATING: SOLDERING}


def test_an_everyday_skill_is_unknown_until_something_is_said() -> None:
    background = Background(EVERYDAY, EVERYDAY, {}, {}, {})
    assert unknown_skills(numbers(SOLDERING), background).tolist() == EVERYDAY.tolist()
    assert unknown_skills(numbers(TOOLS), background).tolist() == [True, False, False, False, False]


def test_what_is_unknown_is_a_question_at_entry_and_no_lack() -> None:
    modules = module_arrays(
        [PlainModule(1, {5: 3}, {READING: 2}), PlainModule(2, {5: 3}, {READING: 2, SOLDERING: 2}), PlainModule(3, {5: 3}, {READING: 3})]
    )
    silent = gap({}, {5: (3, 1.0)}, unknown={READING: 2})
    assert fit.entry_readiness(steps_to(silent, modules)).tolist() == [1.0, 0.0, 0.0]
    said_no = gap({}, {5: (3, 1.0)})
    assert fit.entry_readiness(steps_to(said_no, modules)).tolist() == [0.0, 0.0, 0.0]
