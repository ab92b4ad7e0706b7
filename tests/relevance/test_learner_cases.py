"""Twenty written learner cases: the matcher's first five beside what a good advisor would pick."""

from __future__ import annotations

from itertools import combinations

import pytest

from seed.files import read
from tests.relevance.learner_cases import AT_LEAST, LearnerCase, learner_cases, unknown_names

CASES = learner_cases()


def test_there_are_twenty_different_people() -> None:
    assert len(CASES) == 20
    assert len({case.id for case in CASES}) == len({case.who for case in CASES}) == 20
    assert {kind for case in CASES for kind in case.goal} == {"occupation", "skills", "text"}


def test_cases_name_only_what_the_seed_has() -> None:
    seed = read()
    assert not [name for case in CASES for name in unknown_names(case, seed)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_contradicts_itself_nowhere(case: LearnerCase) -> None:
    assert len(case.goal) == 1
    assert AT_LEAST <= len(case.picks) <= 5
    assert case.never
    for one, other in combinations((case.picks, case.acceptable, case.never, case.impossible), 2):
        assert not one.keys() & other.keys()
