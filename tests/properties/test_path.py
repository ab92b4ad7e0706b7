"""What must hold for every path, and that none is better."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core.arrays import Gap, Wishes
from matching.core.gap import width
from matching.core.path import cover, search
from matching.core.path.field import Objective
from matching.core.path.floor import least_amount
from matching.core.path.greedy import first_plan, furthest
from matching.core.path.plan import Plan, plan
from matching.core.path.schedule import is_enough
from matching.core.path.search import A_CENT
from matching.core.path.task import ALONGSIDE, Task
from tests import matching_cases as cases
from tests import path_oracle as oracle
from tests.matching_cases import TODAY, PlainEdition, PlainModule, question_of

EXAMPLES = int(os.environ.get("PATH_EXAMPLES", "150"))
"""`PATH_EXAMPLES=1000` tries as many as `docs/path.md` names."""

checked = settings(max_examples=EXAMPLES, deadline=None)
few_skills = st.integers(0, 3)


@st.composite
def offers(draw: st.DrawFn) -> PlainEdition:
    kind = draw(st.integers(0, 4))
    return PlainEdition(
        start_type=kind,
        start_on=draw(st.integers(TODAY - 5, TODAY + 150)) if kind in (0, 3) else 0,
        every_weeks=draw(st.integers(1, 6)) if kind == 3 else 0,
        weeks=draw(st.sampled_from([None, 2.0, 5.0, 10.0])),
        price_eur=draw(st.sampled_from([None, 0.0, 90.0, 250.0, 400.0])),
        format=draw(st.sampled_from([0, 1])),
        place=draw(st.integers(0, 2)),
    )


@st.composite
def catalogues(draw: st.DrawFn) -> list[PlainModule]:
    levels = st.dictionaries(few_skills, st.integers(1, 3), min_size=1, max_size=2)
    return [
        PlainModule(
            key=key,
            taught=draw(levels),
            required=draw(st.one_of(st.just({}), st.dictionaries(few_skills, st.integers(1, 2), max_size=1))),
            hours=draw(st.sampled_from([None, 10.0, 20.0, 40.0])),
            language=draw(st.sampled_from([0, 0, 0, 1])),
            editions=draw(st.lists(offers(), min_size=1, max_size=2)),
        )
        for key in draw(st.permutations(range(1, 1 + draw(st.integers(2, 5)))))
    ]


goals = st.dictionaries(few_skills, st.tuples(st.integers(1, 3), st.sampled_from([0.3, 0.72, 1.0])), min_size=2, max_size=4)
held_levels = st.dictionaries(few_skills, st.sampled_from([0.25, 0.5, 1]), max_size=2)
"""A part of a level is what is only to be expected."""
questions = st.dictionaries(few_skills, st.integers(1, 2), max_size=1)
gaps = st.builds(cases.gap, held_levels, goals, questions)
wishes = st.builds(
    Wishes,
    today=st.just(TODAY),
    budget_eur=st.sampled_from([None, None, 250.0, 700.0]),
    hours_per_week=st.sampled_from([None, 8.0, 20.0, 20.0]),
    near=st.just(cases.PLACES[0]),
    max_km=st.sampled_from([None, None, 60.0]),
    languages=st.sampled_from([None, frozenset({0})]),
    start_after=st.sampled_from([None, TODAY + 14]),
    finish_by=st.sampled_from([None, None, TODAY + 80, TODAY + 200]),
)
objectives = st.sampled_from([Objective.COST, Objective.HOURS, Objective.DURATION, Objective.TRAVEL])
shares = st.sampled_from([1.0, 0.5, 0.8])


def planned(
    modules: list[PlainModule],
    gap: Gap,
    wish: Wishes,
    objective: Objective,
    share: float,
    stacks: tuple[tuple[int, ...], ...] = (),
    seconds_left: Callable[[], float] = lambda: 60.0,
) -> Plan:
    return plan(question_of(modules, gap, wish, stacks=stacks), objective, share, seconds_left)


def runs_in(modules: list[PlainModule], found: Plan, wish: Wishes) -> list[oracle.Run]:
    """The chosen runs as the oracle sees them; fails where one does not fit the wishes."""
    editions = [edition for module in modules for edition in module.editions]
    fitting = oracle.fitting_runs(modules, wish)
    return [next(run for run in fitting[modules[leg.module].key] if run.edition is editions[leg.edition]) for leg in found.legs]


def taken(modules: list[PlainModule], found: Plan, wish: Wishes, objective: Objective) -> float:
    """What a path takes of its aim, as the oracle counts it: days, euro, hours or kilometres."""
    runs = runs_in(modules, found, wish)
    if objective == "duration":
        return max((leg.end for leg in found.legs), default=wish.earliest) - wish.earliest
    return oracle.cost(runs, objective)


@checked
@given(catalogues(), gaps, wishes, objectives, shares)
def test_a_path_is_the_best_of_all(modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float) -> None:
    found = planned(modules, gap, wish, objective, share)
    steps, aim = oracle.best(modules, gap, wish, objective, share)
    assert found.is_proven
    assert min(found.coverage, share) * width(gap) == pytest.approx(steps, abs=1e-6)
    assert taken(modules, found, wish, objective) == pytest.approx(aim, abs=A_CENT)


@checked
@given(catalogues(), gaps, wishes, objectives, shares)
def test_a_path_over_too_many_modules_is_the_best_of_all(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float
) -> None:
    """As if a handful were too many: priced by the relaxation, taken in by what there is to beat, without those that are replaceable."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "MOST_COLUMNS", 0)
        found = planned(modules, gap, wish, objective, share)
    whole = planned(modules, gap, wish, objective, share)
    assert found.is_proven
    assert min(found.coverage, share) == pytest.approx(min(whole.coverage, share))
    runs, usual_runs = runs_in(modules, found, wish), runs_in(modules, whole, wish)
    assert oracle.cost(runs, objective) == pytest.approx(oracle.cost(usual_runs, objective), abs=A_CENT)
    if objective == "duration":
        assert max((leg.end for leg in found.legs), default=0) == max((leg.end for leg in whole.legs), default=0)


@checked
@given(catalogues(), gaps, wishes, objectives, shares, st.integers(0, 12))
def test_when_time_is_up_no_path_takes_less_than_is_said(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float, n_looks: int
) -> None:
    looks = iter([60.0] * n_looks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "MOST_COLUMNS", 0)
        found = planned(modules, gap, wish, objective, share, seconds_left=lambda: next(looks, 0.0))
    steps, aim = oracle.best(modules, gap, wish, objective, share)
    if min(found.coverage, share) * width(gap) == pytest.approx(steps, abs=1e-6):
        assert found.at_least <= aim + A_CENT
        assert found.at_least >= (aim - ALONGSIDE[objective] if found.is_proven else 0.0)


@checked
@given(catalogues(), gaps, wishes, objectives, shares)
def test_where_the_search_finds_nothing_in_time_the_path_closes_no_less_than_a_greedy_plan(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float
) -> None:
    question = question_of(modules, gap, wish)
    greedy = furthest(Task(question, question.field, None, None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.core.path.plan.search", lambda *_, **__: (None, False))
        found = planned(modules, gap, wish, objective, share)
    assert greedy is not None
    assert min(found.coverage, share) * width(gap) >= min(greedy.covered, share * width(gap)) - 1e-6


@checked
@given(catalogues(), gaps, wishes, objectives, shares)
def test_a_path_too_long_to_try_all_its_dates_is_the_best_where_it_says_so(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float
) -> None:
    """As if no module were few enough: dates are only filled up, and what is sure comes from bounds and cuts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "FEW_JOBS", 0)
        patch.setattr(search, "FEW_STEPS", 0)
        found = planned(modules, gap, wish, objective, share)
    steps, aim = oracle.best(modules, gap, wish, objective, share)
    covered = min(found.coverage, share) * width(gap)
    assert covered <= steps + 1e-6
    if found.is_proven:
        assert covered == pytest.approx(steps, abs=1e-6)
        assert taken(modules, found, wish, objective) == pytest.approx(aim, abs=A_CENT)
    elif covered == pytest.approx(steps, abs=1e-6):
        assert found.at_least <= aim + A_CENT


@checked
@given(catalogues(), gaps, wishes, st.sampled_from([Objective.COST, Objective.TRAVEL]), shares)
def test_no_path_takes_less_than_the_floor(modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float) -> None:
    question = question_of(modules, gap, wish)
    steps, aim = oracle.best(modules, gap, wish, objective, share)
    task = Task(question, question.field, objective, steps)
    assert task.spared is not None
    for below in (1e6, aim + 1, aim - 1):
        least = least_amount(task, task.spared, below, A_CENT, lambda: 60.0)
        assert 0 <= least <= aim + A_CENT


@checked
@given(catalogues(), gaps, wishes, objectives, shares)
def test_a_greedy_plan_holds_no_module_that_it_can_do_without(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float
) -> None:
    question = question_of(modules, gap, wish)
    field = question.field
    target = min(share * width(gap), field.reachable)
    found = first_plan(Task(question, field, objective, target), lambda: 60.0)
    if found is None:
        return
    assert found.covered == pytest.approx(field.steps_of(found.jobs))
    assert found.covered >= target - 1e-6
    for one in found.placed:
        fewer = [other for other in found.placed if other is not one]
        steps = field.steps_of(found.jobs[other.job] for other in fewer)
        assert steps < target or not is_enough(found.jobs, fewer, ())


@checked
@given(catalogues(), gaps, wishes, objectives, shares)
def test_where_stacks_are_preferred_the_best_path_with_a_whole_one_comes_first(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float
) -> None:
    usual_path = planned(modules, gap, wish, objective, share)
    found = planned(modules, gap, wish, objective, share, ((0, 1),))
    earned = {modules[0].key, modules[1].key} <= {modules[leg.module].key for leg in found.legs}
    if not earned:
        assert found == usual_path
    steps, aim = oracle.best(modules, gap, wish, objective, share, (modules[0].key, modules[1].key))
    whole = min(usual_path.coverage, share) * width(gap)
    closes = any(oracle.covered([run], gap) > 0 for key in (0, 1) for run in oracle.fitting_runs(modules, wish).get(modules[key].key, []))
    if usual_path.is_reached and steps >= whole - 1e-6 and steps > 0 and closes:
        assert earned
        runs = runs_in(modules, found, wish)
        finish = max((leg.end for leg in found.legs), default=wish.earliest) - wish.earliest
        assert (finish if objective == "duration" else oracle.cost(runs, objective)) == pytest.approx(aim, abs=A_CENT)


@checked
@given(catalogues(), gaps, wishes, objectives, shares)
def test_a_path_respects_every_wish_and_every_entry_requirement(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float
) -> None:
    found = planned(modules, gap, wish, objective, share)
    runs = runs_in(modules, found, wish)
    held = {skill: float(level) for skill, level in enumerate(gap.held)}
    for leg, run in zip(found.legs, runs, strict=True):
        assert leg.end - leg.start == run.days
        assert leg.start == oracle.next_start(run.edition, leg.start, wish.earliest) >= wish.earliest
        assert wish.finish_by is None or leg.end <= wish.finish_by
        before = [other for other in found.legs if other.end <= leg.start]
        for skill, level in oracle.asked(gap, run.module).items():
            assert max([held[skill], *(modules[other.module].taught.get(skill, 0) for other in before)]) >= level
        if wish.hours_per_week is not None:
            along = [other for other, its in zip(runs, found.legs, strict=True) if its.start <= leg.start < its.end]
            assert sum(other.load for other in along) <= wish.hours_per_week + 1e-6
    for leg in found.legs:
        opened = {skill for other in found.legs for skill in oracle.asked(gap, modules[other.module]) if other.start >= leg.end}
        assert leg.closes or opened & set(modules[leg.module].taught)
    assert wish.budget_eur is None or sum(run.price for run in runs) <= wish.budget_eur + 1e-6
    assert len({leg.module for leg in found.legs}) == len(found.legs)
    closed = sum(gap.weight[step.column] * (step.to_level - step.from_level) for leg in found.legs for step in leg.closes)
    assert closed == pytest.approx(found.coverage * width(gap) if width(gap) else 0)


@checked
@given(catalogues(), gaps, wishes, objectives, shares, st.randoms(use_true_random=False))
def test_the_order_of_modules_never_matters(
    modules: list[PlainModule], gap: Gap, wish: Wishes, objective: Objective, share: float, chance: random.Random
) -> None:
    here = planned(modules, gap, wish, objective, share)
    assert planned(modules, gap, wish, objective, share) == here
    shuffled = chance.sample(modules, len(modules))
    there = planned(shuffled, gap, wish, objective, share)
    assert min(there.coverage, share) == pytest.approx(min(here.coverage, share))
    if objective != Objective.DURATION:
        costs = [oracle.cost(runs_in(order, found, wish), objective) for order, found in ((modules, here), (shuffled, there))]
        assert costs[0] == pytest.approx(costs[1], abs=A_CENT)
