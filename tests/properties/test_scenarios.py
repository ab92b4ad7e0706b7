"""What must hold for every comparison of wishes: it says what single matches say, and names what is really in the way."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.core.arrays import Gap, Wishes
from matching.core.ranking import Ranking, ranking
from matching.core.scenarios import Moved, Outcome, outcomes
from matching.core.supply import supply
from matching.core.what_if import FIELDS
from tests import matching_oracle as oracle
from tests.matching_cases import PLACES, TODAY, PlainModule, catalogues, edition_arrays, gaps, module_arrays, random_case, wishes

EXAMPLES = settings(max_examples=200, deadline=None)


def compared(modules: list[PlainModule], gap: Gap, *wish: Wishes) -> list[Outcome]:
    return outcomes(module_arrays(modules), edition_arrays(modules), gap, wish, limit=100)


def told(ranked: Ranking) -> tuple[Any, ...]:
    return (
        ranked.module.tolist(),
        ranked.scores.tolist(),
        ranked.offer.edition.tolist(),
        ranked.fitting.tolist(),
        ranked.excluded,
        ranked.weights,
    )


def said(outcome: Outcome) -> tuple[Any, ...]:
    least = (outcome.cheapest, outcome.earliest, outcome.nearest)
    return (*told(outcome.ranking), outcome.best_share, outcome.joint_share, outcome.closable.tolist(), least, moves(outcome))


def moves(outcome: Outcome) -> list[tuple[Any, ...]]:
    return [
        (one.module.tolist(), one.edition.tolist(), {wish: breaks.tolist() for wish, breaks in one.in_the_way.items()})
        for one in (outcome.entering, outcome.leaving)
    ]


@EXAMPLES
@given(catalogues(), gaps, st.lists(wishes(), min_size=1, max_size=4))
def test_a_comparison_says_what_single_matches_say(modules: list[PlainModule], gap: Gap, wish: list[Wishes]) -> None:
    arrays, editions = module_arrays(modules), edition_arrays(modules)
    for one, own in zip(compared(modules, gap, *wish), wish, strict=True):
        alone = ranking(arrays, editions, gap, own, limit=100)
        assert told(one.ranking) == told(alone)
        offered = supply(gap, alone.fitting, arrays, editions, own)
        assert one.closable.tolist() == sorted(column for column, found in offered.items() if found.modules)
        assert one.best_share <= one.joint_share + 1e-9
        assert one.joint_share <= 1
        is_all = bool(offered) and all(not found.uncovered for found in offered.values())
        assert (one.joint_share > 1 - 1e-9) == is_all


@EXAMPLES
@given(catalogues(), gaps, wishes())
def test_a_scenario_without_a_change_equals_what_there_is(modules: list[PlainModule], gap: Gap, wish: Wishes) -> None:
    base, same = compared(modules, gap, wish, replace(wish))
    assert said(base) == said(same)
    assert moves(same) == [([], [], {}), ([], [], {})]


@EXAMPLES
@given(catalogues(), gaps, wishes(), st.lists(wishes(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_scenarios_never_matters(
    modules: list[PlainModule], gap: Gap, base: Wishes, others: list[Wishes], chance: random.Random
) -> None:
    order = list(range(len(others)))
    chance.shuffle(order)
    straight = compared(modules, gap, base, *others)[1:]
    shuffled = compared(modules, gap, base, *(others[at] for at in order))[1:]
    assert [said(straight[at]) for at in order] == [said(one) for one in shuffled]


def narrow(wish: Wishes, name: str, chance: random.Random) -> Wishes:
    """The wish, with something asked of `name`, so that it can be wider."""
    asked = {
        "budget_eur": {"budget_eur": chance.choice([0.0, 200.0, 700.0])},
        "max_km": {"max_km": chance.choice([0.0, 40.0]), "near": chance.choice(PLACES)},
        "finish_by": {"finish_by": TODAY + chance.randint(0, 150)},
        "start_after": {"start_after": TODAY + chance.randint(100, 250), "finish_by": None},
        "hours_per_week": {"hours_per_week": 1.0, "finish_by": TODAY + chance.randint(20, 150), "keeps_to_hours": chance.random() < 0.5},
    }
    return replace(wish, **asked.get(name, {name: frozenset({chance.randint(0, 2)})}))  # type: ignore[arg-type]


def wider(wish: Wishes, name: str, chance: random.Random) -> Wishes:
    """The wish a little wider, or dropped."""
    now = getattr(wish, name)
    steps = {"budget_eur": 300.0, "max_km": 60.0, "finish_by": 40, "start_after": -90, "hours_per_week": 4.0}
    if chance.random() < 0.3:
        return replace(wish, **{name: None})
    return replace(wish, **{name: now + steps[name] if name in steps else now | {chance.randint(0, 2)}})


def test_a_wider_wish_loses_nothing_and_each_move_names_what_is_in_the_way() -> None:
    chance = random.Random(20261130)
    n_moved = dict.fromkeys((*FIELDS.values(), "hours_per_week"), 0)
    for _ in range(1500):
        name = chance.choice(list(n_moved))
        modules, gap, wish = random_case(chance)
        wish = narrow(wish, name, chance)
        other = wider(wish, name, chance)
        base, outcome = compared(modules, gap, wish, other)
        assert not len(outcome.leaving.module)
        assert outcome.ranking.total == base.ranking.total + len(outcome.entering.module)
        assert outcome.joint_share >= base.joint_share - 1e-9
        check_moves(modules, outcome.entering, wish, other)
        n_moved[name] += len(outcome.entering.module)
        # What comes in with the wider wish is what falls out with the narrower one.
        narrower = compared(modules, gap, other, wish)[1]
        assert moves(narrower) == moves(outcome)[::-1]
    assert min(n_moved.values()) > 10, n_moved


def check_moves(modules: list[PlainModule], found: Moved, outside: Wishes, inside: Wishes) -> None:
    offers = [edition for module in modules for edition in module.editions]
    for at, row in enumerate(found.module.tolist()):
        edition = offers[found.edition[at]]
        assert edition in modules[row].editions
        assert not oracle.broken(modules[row], edition, inside)
        in_the_way = {wish for wish, breaks in found.in_the_way.items() if breaks[at]}
        assert in_the_way == set(oracle.broken(modules[row], edition, outside)) != set()
        fewest = min(
            len(oracle.broken(modules[row], one, outside)) for one in modules[row].editions if not oracle.broken(modules[row], one, inside)
        )
        assert len(in_the_way) == fewest


@EXAMPLES
@given(catalogues(), gaps, wishes())
def test_the_cheapest_and_the_nearest_are_those_of_all_editions_that_fit(modules: list[PlainModule], gap: Gap, wish: Wishes) -> None:
    [found] = compared(modules, gap, wish)
    offers = found.ranking.fitting_offers
    fitting = [
        edition
        for row in found.ranking.fitting.tolist()
        for edition in modules[row].editions
        if not oracle.broken(modules[row], edition, wish)
    ]
    prices = [edition.price_eur for edition in fitting if edition.price_eur is not None]
    assert (None if found.cheapest is None else offers.price_eur[found.cheapest]) == (min(prices) if prices else None)
    assert len(offers.edition) == len(fitting)
    for at, values in ((found.earliest, offers.start), (found.nearest, np.where(offers.is_online, np.nan, offers.distance_km))):
        known = values[~np.isnan(values)]
        assert (None if at is None else values[at]) == (pytest.approx(known.min()) if len(known) else None)
