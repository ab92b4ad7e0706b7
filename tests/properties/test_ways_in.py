"""What is between a learner's wishes and a module: every way in, each just far enough, and none forgotten."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import chain, combinations
from typing import Any

from matching.core.arrays import Wishes
from matching.core.exclusions import Exclusion
from matching.core.ways_in import Access, Concession, access
from matching.core.what_if import FIELDS, change_of
from tests import matching_oracle as oracle
from tests.matching_cases import PlainEdition, PlainModule, edition_arrays, module_arrays, random_case

NUMBERS = ("budget_eur", "max_km", "finish_by", "start_after")


def granted(wish: Wishes, one: Concession, less: float = 0.0) -> Wishes:
    """With one concession; a number may go `less` far."""
    name = FIELDS[one.wish]
    if name not in NUMBERS:
        return replace(wish, **{name: getattr(wish, name) | {one.code}})
    value: Any = one.needed + (less if name == "start_after" else -less)
    if name in ("finish_by", "start_after"):
        value = round(value)
    return replace(wish, **{name: value + (1e-3 if name == "max_km" and not less else 0)})


def all_granted(wish: Wishes, concessions: list[Concession]) -> Wishes:
    for one in concessions:
        wish = granted(wish, one)
    return wish


def smallest(module: PlainModule, edition: PlainEdition, wish: Wishes) -> frozenset[str]:
    """The fewest wishes without which an edition fits, by trying all."""
    names = [name for name in FIELDS.values() if getattr(wish, name) is not None]
    several = chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
    return frozenset(next(some for some in several if not oracle.broken(module, edition, replace(wish, **dict.fromkeys(some)))))


def test_every_way_in_is_named_and_each_is_just_far_enough() -> None:
    chance = random.Random(20261130)
    n_ways, n_several, n_hours, n_first = dict.fromkeys(FIELDS.values(), 0), 0, 0, 0
    for _ in range(1200):
        modules, _gap, wish = random_case(chance)
        offers = [edition for module in modules for edition in module.editions]
        arrays, editions = module_arrays(modules), edition_arrays(modules)
        for row, module in enumerate(modules):
            found: Access = access(row, arrays, editions, wish)
            still_open = [edition for edition in module.editions if "closed" not in oracle.broken(module, edition, wish)]
            sets = {smallest(module, edition, wish) for edition in still_open}
            assert found.has_open_run == bool(still_open)
            named = [frozenset(FIELDS[one.wish] for one in way.concessions) for way in found.ways]
            assert set(named) == {own for own in sets if own and not any(other < own for other in sets)}
            assert [len(own) for own in named] == sorted(len(own) for own in named)
            assert len(set(named)) == len(named)
            for way in found.ways:
                edition = offers[way.edition]
                assert edition in module.editions
                concessions = list(way.concessions)
                assert not oracle.broken(module, edition, all_granted(wish, concessions))
                for one in concessions:
                    others = all_granted(wish, [other for other in concessions if other is not one])
                    assert oracle.broken(module, edition, others)
                    name = FIELDS[one.wish]
                    n_ways[name] += 1
                    assert math.isnan(one.needed) == (name not in NUMBERS) == (one.code is not None)
                    if name in NUMBERS:
                        step = 1.0 if name in ("finish_by", "start_after") else 0.01
                        assert oracle.broken(module, edition, granted(others, one, less=step))
                    if not math.isnan(one.hours_per_week):
                        n_hours += 1
                        assert not oracle.broken(module, edition, replace(others, hours_per_week=one.hours_per_week + 1e-6))
                        assert oracle.broken(module, edition, replace(others, hours_per_week=one.hours_per_week * 0.98 - 1e-3))
                    if not math.isnan(one.start_after):
                        n_first += 1
                        assert not oracle.broken(module, edition, replace(others, start_after=int(one.start_after)))
                        assert oracle.broken(module, edition, replace(others, start_after=int(one.start_after) + 1))
                n_several += len(concessions) > 1
    assert min(n_ways.values()) > 50, n_ways
    assert n_several > 100
    assert n_hours > 20
    assert n_first > 20


def test_a_small_change_of_one_wish_is_one_of_the_ways() -> None:
    chance, n_changes = random.Random(3), 0
    for _ in range(300):
        modules, gap, wish = random_case(chance)
        arrays, editions = module_arrays(modules), edition_arrays(modules)
        for row in range(len(modules)):
            change = change_of(row, arrays, editions, gap, wish)
            if change is not None:
                ways = access(row, arrays, editions, wish).ways
                assert any([one.wish for one in way.concessions] == [change.wish] for way in ways)
                n_changes += 1
    assert n_changes > 50


def test_what_the_learner_rejects_is_looked_at_all_the_same() -> None:
    modules, _, _ = random_case(random.Random(1))
    arrays, editions = module_arrays(modules), edition_arrays(modules)
    wish = Wishes(today=700_000)
    assert access(0, arrays, editions, replace(wish, rejected=frozenset({0}))) == access(0, arrays, editions, wish)
    assert Exclusion.REJECTED not in FIELDS
