"""Occupations within reach: the arrays agree with plain Python, and more skill never puts an occupation out of reach."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core.arrays import Gap, ShapeMismatch, Wishes
from matching.core.reach import EssentialNeeds, Reach, reach
from tests import matching_oracle as oracle
from tests.matching_cases import N_SKILLS, TODAY, PlainModule, catalogues, edition_arrays, gap, gaps, module_arrays, random_case, wishes

Occupations = Sequence[Mapping[int, int]]
"""Essential skills with their level, of each occupation."""

occupations = st.lists(st.dictionaries(st.integers(0, N_SKILLS - 1), st.integers(1, 4), max_size=N_SKILLS), min_size=1, max_size=6)


def found(asked: Occupations, modules: list[PlainModule], standing: Gap, wish: Wishes, own: int = -1, limit: int = 100) -> Reach:
    cells = [(number, skill, level) for number, needs in enumerate(asked) for skill, level in sorted(needs.items())]
    columns = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    excluded = np.arange(len(asked)) == own
    needs = EssentialNeeds(*columns, n_occupations=len(asked))
    return reach(needs, module_arrays(modules), edition_arrays(modules), standing, wish, excluded, limit=limit)


def share(asked: Mapping[int, int], standing: Gap, taught: Mapping[int, int]) -> tuple[int, int]:
    """How many essential skills are held, and how many count: a question counts on neither side."""
    counted = {skill: level for skill, level in asked.items() if standing.held[skill] >= level or level > standing.unknown[skill]}
    return sum(max(standing.held[skill], taught.get(skill, 0)) >= level for skill, level in counted.items()), len(counted)


def brought(asked: Occupations, modules: list[PlainModule], standing: Gap, wish: Wishes, own: int = -1) -> dict[int, dict[int, float]]:
    """By key of a module that can be begun and fits: the occupations that it brings within reach, with the share."""
    answer: dict[int, dict[int, float]] = {}
    for module in modules:
        can_begin = oracle.readiness(standing, module) == 1
        fits = any(oracle.why_not(module, edition, wish) is None for edition in module.editions)
        for number, needs in enumerate(asked):
            (now, whole), (then, _) = share(needs, standing, {}), share(needs, standing, module.taught)
            if number != own and whole >= 5 and now * 5 < whole * 4 <= then * 5 and can_begin and fits:
                answer.setdefault(module.key, {})[number] = then / whole
    return answer


def as_plain(answer: Reach, modules: list[PlainModule]) -> dict[int, dict[int, float]]:
    return {
        modules[row].key: dict(zip(own.tolist(), shares.tolist(), strict=True))
        for row, own, shares in zip(answer.module.tolist(), answer.brought, answer.reached, strict=True)
    }


def test_the_oracle_agrees_on_a_thousand_cases_that_bring_something() -> None:
    chance = random.Random(20261124)
    n_cases = n_brought = 0
    while n_cases < 1000:
        modules, standing, wish = random_case(chance)
        modules = [
            replace(module, taught={skill: chance.randint(2, 4) for skill in chance.sample(range(N_SKILLS), 4)}) for module in modules
        ]
        wish = wish if chance.random() < 0.5 else Wishes(today=TODAY)
        asked = [{skill: chance.randint(1, 3) for skill in chance.sample(range(N_SKILLS), chance.randint(4, 6))} for _ in range(4)]
        answer = found(asked, modules, standing, wish, own=0)
        assert as_plain(answer, modules) == brought(asked, modules, standing, wish, own=0)
        assert answer.total == len(answer.module)
        n_cases += answer.total > 0
        n_brought += answer.total
    assert n_brought > n_cases


@settings(max_examples=200, deadline=None)
@given(occupations, catalogues(), gaps, wishes())
def test_what_is_found_fits_and_most_comes_first(asked: Occupations, modules: list[PlainModule], standing: Gap, wish: Wishes) -> None:
    answer = found(asked, modules, standing, wish)
    assert as_plain(answer, modules) == brought(asked, modules, standing, wish)
    sizes = [len(own) for own in answer.brought]
    assert sizes == sorted(sizes, reverse=True)
    assert np.nanmax(answer.share, initial=0) <= 1
    offers = [edition for module in modules for edition in module.editions]
    for row, edition in zip(answer.module.tolist(), answer.offer.edition.tolist(), strict=True):
        assert offers[edition] in modules[row].editions
        assert oracle.why_not(modules[row], offers[edition], wish) is None
    cut = found(asked, modules, standing, wish, limit=1)
    assert (cut.module.tolist(), cut.total) == (answer.module[:1].tolist(), answer.total)


@settings(max_examples=200, deadline=None)
@given(occupations, gaps, st.dictionaries(st.integers(0, N_SKILLS - 1), st.integers(1, 4), min_size=1))
def test_holding_more_never_puts_an_occupation_out_of_reach(asked: Occupations, standing: Gap, more: dict[int, int]) -> None:
    certain = replace(standing, unknown=np.zeros(N_SKILLS))
    held = certain.held.copy()
    for skill, level in more.items():
        held[skill] = max(held[skill], level)
    here, ahead = (found(asked, [], one, Wishes(today=TODAY)).share for one in (certain, replace(certain, held=held)))
    assert np.all(np.nan_to_num(ahead) >= np.nan_to_num(here))


def test_a_mask_of_another_length_is_refused() -> None:
    needs = EssentialNeeds(*np.zeros((3, 0), dtype=np.int64), n_occupations=2)
    with pytest.raises(ShapeMismatch):
        reach(needs, module_arrays([]), edition_arrays([]), gap({}, {}), Wishes(today=TODAY), np.zeros(1, dtype=np.bool_), limit=1)
