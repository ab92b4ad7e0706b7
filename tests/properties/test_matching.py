"""What must hold for every catalogue and every learner."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.core.arrays import Gap, Wishes
from matching.core.bridges import FirstSteps, bridges
from matching.core.explain import explanation
from matching.core.gap import open_skills, width
from matching.core.ranking import Ranking, ranking, rankings
from matching.core.supply import supply
from tests import matching_oracle as oracle
from tests.matching_cases import (
    N_SKILLS,
    PlainModule,
    catalogues,
    columns,
    edition_arrays,
    gaps,
    module_arrays,
    random_case,
    steps,
    steps_to,
    wishes,
)

EXAMPLES = settings(max_examples=300, deadline=None)
similarities = st.none() | st.fixed_dictionaries({key: st.sampled_from([0.0, 0.2, 0.9]) for key in range(1, 100)})


def ranked(
    modules: list[PlainModule], gap: Gap, wish: Wishes, limit: int = 100, offset: int = 0, similarity: dict[int, float] | None = None
) -> Ranking:
    """`similarity` is that of each module's title to a goal in free text, by key."""
    likeness = None if similarity is None else np.array([similarity[module.key] for module in modules], dtype=np.float64)
    return ranking(module_arrays(modules), edition_arrays(modules), gap, wish, likeness, limit=limit, offset=offset)


def by_key(modules: list[PlainModule], found: Ranking) -> dict[int, float]:
    return {modules[row].key: score for row, score in zip(found.module.tolist(), found.scores.tolist(), strict=True)}


@settings(max_examples=200, deadline=None)
@given(catalogues(), st.lists(st.tuples(gaps, wishes()), min_size=1, max_size=4))
def test_many_learners_at_once_get_what_each_gets_alone(modules: list[PlainModule], learners: list[tuple[Gap, Wishes]]) -> None:
    arrays, editions = module_arrays(modules), edition_arrays(modules)
    wanted, wish = [gap for gap, _ in learners], [wish for _, wish in learners]
    for found, (gap, own) in zip(rankings(arrays, editions, wanted, wish, [None] * len(learners)), learners, strict=True):
        alone = ranking(arrays, editions, gap, own)
        assert found.module.tolist() == alone.module.tolist()
        assert found.offer.edition.tolist() == alone.offer.edition.tolist()
        assert found.scores.tolist() == alone.scores.tolist()
        assert (found.excluded, found.total, found.weights) == (alone.excluded, alone.total, alone.weights)


def test_the_oracle_agrees_on_a_thousand_rankings() -> None:
    """Random cases in which something is left to rank: 1,000 of them, and how many modules they rank together."""
    chance = random.Random(20261123)
    n_cases = n_modules = 0
    while n_cases < 1000:
        modules, gap, wish = random_case(chance)
        found = ranked(modules, gap, wish)
        assert by_key(modules, found) == pytest.approx(oracle.ranked(modules, gap, wish), abs=1e-6)
        assert dict(found.excluded) == oracle.excluded(modules, gap, wish)
        n_cases += found.total > 0
        n_modules += found.total
    assert n_modules > 3 * n_cases


@EXAMPLES
@given(catalogues(), gaps, wishes())
def test_the_oracle_agrees(modules: list[PlainModule], gap: Gap, wish: Wishes) -> None:
    found = ranked(modules, gap, wish)
    assert by_key(modules, found) == pytest.approx(oracle.ranked(modules, gap, wish), abs=1e-6)
    assert dict(found.excluded) == oracle.excluded(modules, gap, wish)
    assert found.total == len(found.module)


@EXAMPLES
@given(catalogues(), gaps, wishes(), similarities)
def test_parts_sum_to_the_score_which_lies_between_0_and_1(
    modules: list[PlainModule], gap: Gap, wish: Wishes, similarity: dict[int, float] | None
) -> None:
    found = ranked(modules, gap, wish, similarity=similarity)
    parts = sum(found.weights[name] * value for name, value in found.values.items())
    assert np.allclose(parts * found.on_goal, found.scores, atol=1e-9)
    assert sum(found.weights.values()) == pytest.approx(1)
    for values in (found.scores, found.on_goal, *found.values.values()):
        assert np.all((values >= 0) & (values <= 1))


@EXAMPLES
@given(catalogues(min_size=2), gaps, wishes(), similarities, st.randoms(use_true_random=False))
def test_the_order_of_modules_never_matters(
    modules: list[PlainModule], gap: Gap, wish: Wishes, similarity: dict[int, float] | None, chance: random.Random
) -> None:
    shuffled = chance.sample(modules, len(modules))
    here, there = (ranked(own, gap, wish, similarity=similarity) for own in (modules, shuffled))
    assert [modules[row].key for row in here.module] == [shuffled[row].key for row in there.module]
    assert here.scores.tolist() == there.scores.tolist()
    assert here.excluded == there.excluded


@EXAMPLES
@given(gaps, st.dictionaries(columns, steps, min_size=1), catalogues())
def test_holding_more_never_widens_the_gap(gap: Gap, more: dict[int, int], modules: list[PlainModule]) -> None:
    """Neither the whole gap, nor any skill of it, nor what a module closes of it."""
    held = gap.held.copy()
    for column, level in more.items():
        held[column] = max(held[column], level)
    ahead = replace(gap, held=held)
    assert width(ahead) <= width(gap)
    assert set(open_skills(ahead)) <= set(open_skills(gap))
    assert np.all(steps_to(ahead, module_arrays(modules)).closed <= steps_to(gap, module_arrays(modules)).closed)


@EXAMPLES
@given(catalogues(min_size=1), gaps, wishes(), st.data())
def test_a_module_that_teaches_more_of_the_gap_never_ranks_lower(
    modules: list[PlainModule], gap: Gap, wish: Wishes, data: st.DataObject
) -> None:
    first = modules[0]
    can_teach_more = [
        skill
        for skill in range(N_SKILLS)
        if gap.weight[skill] > 0 and gap.goal[skill] > max(first.taught.get(skill, 0), gap.held[skill], first.required.get(skill, 0))
    ]
    assume(can_teach_more)
    skill = data.draw(st.sampled_from(can_teach_more))
    more = replace(first, key=100, course=None, taught={**first.taught, skill: int(gap.goal[skill])})
    arena = [*modules, more]
    assert steps_to(gap, module_arrays(arena)).closed[-1] > steps_to(gap, module_arrays(arena)).closed[0]
    places = {arena[row].key: place for place, row in enumerate(ranked(arena, gap, wish).module)}
    if first.key in places:
        assert places[more.key] < places[first.key]


@EXAMPLES
@given(catalogues(), gaps, wishes())
def test_what_does_not_fit_never_appears(modules: list[PlainModule], gap: Gap, wish: Wishes) -> None:
    found = ranked(modules, gap, wish)
    offers = [edition for module in modules for edition in module.editions]
    for row, edition in zip(found.module.tolist(), found.offer.edition.tolist(), strict=True):
        assert oracle.why_not(modules[row], offers[edition], wish) is None
        assert oracle.closed(gap, modules[row]) > 0
        assert offers[edition] in modules[row].editions


@EXAMPLES
@given(catalogues(), gaps, wishes(), st.integers(1, 3))
def test_pages_follow_on_each_other_and_a_course_comes_once_before_its_copies(
    modules: list[PlainModule], gap: Gap, wish: Wishes, size: int
) -> None:
    whole = ranked(modules, gap, wish).module.tolist()
    pages = [ranked(modules, gap, wish, limit=size, offset=at).module.tolist() for at in range(0, len(modules) + 1, size)]
    assert [row for page in pages for row in page] == whole
    courses = [modules[row].course if modules[row].course is not None else modules[row].key for row in whole]
    different = len(set(courses))
    assert len(set(courses[:different])) == different


@EXAMPLES
@given(catalogues(), gaps, wishes())
def test_each_skill_of_the_gap_says_what_closes_it_or_what_comes_nearest(modules: list[PlainModule], gap: Gap, wish: Wishes) -> None:
    arrays, offers = module_arrays(modules), [edition for module in modules for edition in module.editions]
    found = ranked(modules, gap, wish)
    closes = {row: {step.column for step in explanation(row, arrays, gap).closes} for row in range(len(modules))}
    for column, offered in supply(gap, found.fitting, arrays, edition_arrays(modules), wish).items():
        assert offered.modules == sum(column in closes[row] for row in found.fitting.tolist())
        others = [
            oracle.broken(module, edition, wish)
            for row, module in enumerate(modules)
            if column in closes[row]
            for edition in module.editions
        ]
        can_join = [wishes for wishes in others if "closed" not in wishes]
        if offered.modules or not can_join:
            assert offered.near_miss is None
        else:
            miss = offered.near_miss
            assert miss is not None
            assert column in closes[miss.module]
            assert offers[miss.edition] in modules[miss.module].editions
            assert list(miss.wishes) == oracle.broken(modules[miss.module], offers[miss.edition], wish)
            assert len(miss.wishes) == min(map(len, can_join)) > 0


@EXAMPLES
@given(catalogues(), gaps, wishes())
def test_explanations_say_what_the_score_counted(modules: list[PlainModule], gap: Gap, wish: Wishes) -> None:
    arrays = module_arrays(modules)
    explained = {row: explanation(row, arrays, gap) for row in range(len(modules))}
    for row, module in enumerate(modules):
        steps = explained[row].closes
        assert sum(gap.weight[s.column] * (s.to_level - s.from_level) for s in steps) == pytest.approx(steps_to(gap, arrays).closed[row])
        assert explained[row].known_steps == oracle.known(gap, module)
        lacking = {s for s, level in module.required.items() if gap.held[s] < level}
        assert {s.column for s in explained[row].missing} == lacking & oracle.asked(gap, module).keys()
        assert {s.column for s in explained[row].unknown} == lacking - oracle.asked(gap, module).keys()
    first = FirstSteps.of(arrays, np.arange(N_SKILLS) == 0)
    found = bridges({row: e.missing for row, e in explained.items()}, arrays, edition_arrays(modules), gap, wish, first)
    for (row, column), bridge in found.items():
        asked = next(s.to_level for s in explained[row].missing if s.column == column)
        assert bridge != row
        assert modules[bridge].taught[column] >= asked
        assert modules[bridge].required.get(column, 0) <= gap.held[column]
        own_steps = modules[bridge].taught[column] - modules[bridge].required.get(column, 0)
        assert own_steps * (2 if column == 0 else 3) >= oracle.taught(modules[bridge])
        assert all(own_steps >= level - modules[bridge].required.get(skill, 0) for skill, level in modules[bridge].taught.items())
        assert sum(max(level - gap.held[skill], 0) for skill, level in oracle.asked(gap, modules[bridge]).items()) <= 2
        assert not (modules[bridge].nlqf or 0) > (modules[row].nlqf or (wish.nlqf or (0, 8))[1])
        assert wish.languages is not None or modules[bridge].language == modules[row].language
        assert any(oracle.why_not(modules[bridge], edition, wish) is None for edition in modules[bridge].editions)
