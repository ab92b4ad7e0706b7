"""A module that the learner rejects is as good as not there: every answer is that of a catalogue without it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from matching.core.arrays import EditionArrays, Gap, ModuleArrays, Wishes
from matching.core.bridges import FirstSteps, bridges
from matching.core.exclusions import Exclusion
from matching.core.explain import explanation
from matching.core.path.candidates import usual
from matching.core.path.field import Objective, PathQuestion
from matching.core.path.plan import plan
from matching.core.ranking import ranking, rankings
from matching.core.reach import EssentialNeeds, reach
from matching.core.scenarios import outcomes
from matching.core.supply import supply
from matching.core.what_if import FIELDS, change_of, changes
from matching.core.widening import Widening, gains
from tests.matching_cases import N_SKILLS, PlainModule, edition_arrays, module_arrays, random_case

SHARED = np.zeros(N_SKILLS, dtype=np.bool_)


class Case:
    """A catalogue with its arrays; editions are told by what they are, since their rows differ between catalogues."""

    def __init__(self, modules: list[PlainModule], gap: Gap, wish: Wishes) -> None:
        self.modules, self.gap, self.wish = modules, gap, wish
        self.arrays: ModuleArrays = module_arrays(modules)
        self.editions: EditionArrays = edition_arrays(modules)
        self.all_editions = [id(edition) for module in modules for edition in module.editions]

    def edition(self, row: int) -> int:
        return self.all_editions[row]

    def key(self, row: int) -> int:
        return self.modules[row].key


def cases(number: int, seed: int) -> Iterator[tuple[Case, Case, frozenset[int]]]:
    """A learner who rejects one to three modules, and the same one with a catalogue without those; and the rejected rows."""
    chance = random.Random(seed)
    for _ in range(number):
        modules, gap, wish = random_case(chance)
        rejected = frozenset(chance.sample(range(len(modules)), chance.randint(1, 3)))
        others = [module for row, module in enumerate(modules) if row not in rejected]
        yield Case(modules, gap, replace(wish, rejected=rejected)), Case(others, gap, wish), rejected


def matched(case: Case) -> tuple[Any, ...]:
    found = ranking(case.arrays, case.editions, case.gap, case.wish, limit=100)
    offered = supply(case.gap, found.fitting, case.arrays, case.editions, case.wish)
    misses = {column: one.near_miss for column, one in offered.items() if one.near_miss}
    return (
        [case.key(row) for row in found.module.tolist()],
        found.scores.tolist(),
        [case.edition(row) for row in found.offer.edition.tolist()],
        {column: (one.modules, one.uncovered) for column, one in offered.items()},
        {column: (case.key(miss.module), case.edition(miss.edition), miss.wishes) for column, miss in misses.items()},
    )


def test_matches_supply_and_near_misses() -> None:
    n_removed = 0
    for case, without, rejected in cases(400, 1):
        assert matched(case) == matched(without)
        here, there = (dict(ranking(one.arrays, one.editions, one.gap, one.wish).excluded) for one in (case, without))
        n_rejected = here.pop(Exclusion.REJECTED, 0)
        n_useless = here.pop(Exclusion.NOTHING_TO_CLOSE, 0) - there.pop(Exclusion.NOTHING_TO_CLOSE, 0)
        assert here == there
        assert n_rejected + n_useless == len(rejected)
        n_removed += n_rejected
    assert n_removed > 300


def test_of_many_learners_each_rejects_for_oneself() -> None:
    for case, _, rejected in cases(200, 2):
        wishes = [replace(case.wish, rejected=None), case.wish, replace(case.wish, rejected=frozenset({max(rejected)}))]
        found = rankings(case.arrays, case.editions, [case.gap] * 3, wishes, [None] * 3)
        for one, wish in zip(found, wishes, strict=True):
            alone = ranking(case.arrays, case.editions, case.gap, wish)
            assert (one.module.tolist(), one.scores.tolist(), one.excluded) == (
                alone.module.tolist(),
                alone.scores.tolist(),
                alone.excluded,
            )


def test_first_steps() -> None:
    n_named = 0
    for case, without, rejected in cases(400, 3):
        found = []
        for one in (case, without):
            missing = {row: explanation(row, one.arrays, one.gap).missing for row in range(len(one.modules))}
            named = bridges(missing, one.arrays, one.editions, one.gap, one.wish, FirstSteps.of(one.arrays, SHARED))
            found.append({(one.key(row), column): one.key(bridge) for (row, column), bridge in named.items()})
        asking = {case.key(row) for row in rejected}
        assert {asked: bridge for asked, bridge in found[0].items() if asked[0] not in asking} == found[1]
        n_named += len(found[1])
    assert n_named > 100


def test_what_lies_within_reach() -> None:
    chance, n_found = random.Random(5), 0
    for case, without, _ in cases(400, 4):
        cells = [(number, skill, 1) for number in range(3) for skill in sorted(chance.sample(range(N_SKILLS), 5))]
        needs = EssentialNeeds(*np.array(cells, dtype=np.int64).T, n_occupations=3)
        none = np.zeros(3, dtype=np.bool_)
        found = []
        for one in (case, without):
            answer = reach(needs, one.arrays, one.editions, one.gap, one.wish, none, limit=100)
            brought = [own.tolist() for own in answer.brought]
            found.append(([one.key(row) for row in answer.module.tolist()], brought, answer.total))
        assert found[0] == found[1]
        n_found += found[0][2]
    assert n_found > 50


def test_what_a_change_of_wishes_would_bring() -> None:
    n_changes = 0
    for case, without, rejected in cases(400, 6):
        found = [
            [
                (one.key(change.module), one.edition(change.edition), change.wish, repr(change.needed), change.place)
                for change in changes(one.arrays, one.editions, one.gap, one.wish, among=100, limit=100)
            ]
            for one in (case, without)
        ]
        assert found[0] == found[1]
        assert all(change_of(row, case.arrays, case.editions, case.gap, case.wish) is None for row in rejected)
        n_changes += len(found[0])
    assert n_changes > 100


def test_scenarios() -> None:
    chance = random.Random(8)
    for case, without, _ in cases(200, 7):
        changed = dict.fromkeys(chance.sample(sorted(FIELDS.values()), 2))
        told = []
        for one in (case, without):
            wishes = [one.wish, replace(one.wish, **changed)]
            wider = [Widening("budget_eur", 2000.0), Widening("max_km", 200.0)]
            found = outcomes(one.arrays, one.editions, one.gap, wishes, limit=100)
            told.append(
                [
                    (
                        [one.key(row) for row in outcome.ranking.module.tolist()],
                        outcome.best_share,
                        outcome.joint_share,
                        outcome.closable.tolist(),
                        [one.key(row) for row in (*outcome.entering.module.tolist(), *outcome.leaving.module.tolist())],
                        {wish: breaks.tolist() for wish, breaks in outcome.entering.in_the_way.items()},
                    )
                    for outcome in found
                ]
                + [gains(one.arrays, one.editions, one.gap, one.wish, wider, most=2)]
            )
        assert told[0] == told[1]


def test_paths() -> None:
    n_legs = 0
    for number, (case, without, _) in enumerate(cases(150, 9)):
        assumed = usual(case.arrays, case.editions)
        found = []
        for one in (case, without):
            question = PathQuestion(one.gap, one.arrays, one.editions, one.wish, assumed, one.wish.budget_eur)
            answer = plan(question, list(Objective)[number % 4], 0.8, lambda: 60.0)
            legs = [(one.key(leg.module), one.edition(leg.edition), leg.start, leg.end) for leg in answer.legs]
            found.append((legs, answer.coverage, answer.is_proven, answer.unreachable))
        assert found[0] == found[1]
        n_legs += len(found[0][0])
    assert n_legs > 50
