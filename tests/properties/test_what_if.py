"""What a small change of one wish would bring: true to the last cent, and nothing forgotten."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from matching.core.arrays import Gap, Wishes
from matching.core.exclusions import Exclusion
from matching.core.what_if import FIELDS, Change, change_of, changes
from tests import matching_oracle as oracle
from tests.matching_cases import PlainModule, edition_arrays, module_arrays, random_case

NUMBERS = ("budget_eur", "max_km", "finish_by", "start_after")


def found(modules: list[PlainModule], gap: Gap, wish: Wishes, among: int = 100, limit: int = 100) -> list[Change]:
    return changes(module_arrays(modules), edition_arrays(modules), gap, wish, among=among, limit=limit)


def fits(module: PlainModule, gap: Gap, wish: Wishes) -> bool:
    return module.key in oracle.ranked([module], gap, wish)


def is_small(name: str, needed: float, limit: float) -> bool:
    if name in ("budget_eur", "max_km"):
        return needed <= max(2 * limit, limit + {"budget_eur": 100, "max_km": 25}[name]) + 1e-9
    return name not in NUMBERS or abs(needed - limit) <= 92


def test_a_change_is_just_enough_and_no_other_module_needs_one_wish_only() -> None:
    chance = random.Random(20261125)
    n_changes = dict.fromkeys(FIELDS.values(), 0)
    for _ in range(1500):
        modules, gap, wish = random_case(chance)
        if wish.budget_eur:
            wish = replace(wish, budget_eur=chance.choice([200.0, 500.0, 700.0]))
        offers = [edition for module in modules for edition in module.editions]
        answer = {change.module: change for change in found(modules, gap, wish)}
        for row, change in answer.items():
            name = FIELDS[change.wish]
            n_changes[name] += 1
            assert offers[change.edition] in modules[row].editions
            assert oracle.broken(modules[row], offers[change.edition], wish) == [change.wish]
            assert not fits(modules[row], gap, wish)
            if name not in NUMBERS:
                assert math.isnan(change.needed)
                assert fits(modules[row], gap, replace(wish, **{name: None}))
                continue
            slack = -1 if name == "start_after" else 1
            needed = change.needed + (1e-3 if name == "max_km" else 0)
            whole = int(needed) if name in ("finish_by", "start_after") else needed
            assert is_small(name, change.needed, getattr(wish, name))
            assert fits(modules[row], gap, replace(wish, **{name: whole}))
            step = 1 if isinstance(whole, int) else 0.01
            if name == "start_after" and wish.finish_by is not None:
                continue  # beginning earlier may also let another edition, for which the end was in the way, end in time
            assert not fits(modules[row], gap, replace(wish, **{name: whole - slack * step}))
        for row, module in enumerate(modules):
            if row not in answer and oracle.closed(gap, module) > 0 and not fits(module, gap, wish):
                assert not small_changes(module, wish)
    assert min(n_changes.values()) > 10, n_changes


def small_changes(module: PlainModule, wish: Wishes) -> list[str]:
    """The names of the wishes that are alone in the way of an edition, and by little."""
    names = {str(exclusion): name for exclusion, name in FIELDS.items()}
    small = []
    for edition in module.editions:
        broken = oracle.broken(module, edition, wish)
        if len(broken) == 1 and broken[0] in names:
            start = oracle.first_start(edition, wish.earliest)
            begin = wish.earliest if start is None else start
            needed = {
                "budget_eur": edition.price_eur,
                "max_km": oracle.distance(edition, wish),
                "finish_by": begin + math.ceil(oracle.weeks_taken(module, edition, wish) * 7),
                "start_after": edition.start_on,
            }
            name = names[broken[0]]
            if is_small(name, needed.get(name) or 0, getattr(wish, name)):
                small.append(name)
    return small


def test_no_language_is_proposed_that_the_learner_does_not_know() -> None:
    chance = random.Random(20261130)
    n_known = 0
    for _ in range(600):
        modules, gap, wish = random_case(chance)
        wish = replace(wish, languages=frozenset({chance.randrange(2)}))
        proposed = {change.module for change in found(modules, gap, wish) if change.wish is Exclusion.LANGUAGE}
        known = frozenset(chance.sample(range(2), chance.randint(0, 1)))
        answer = found(modules, gap, replace(wish, known_languages=known))
        languages = {change.module for change in answer if change.wish is Exclusion.LANGUAGE}
        assert languages == {row for row in proposed if modules[row].language in known}
        n_known += len(languages)
    assert n_known > 20


def test_only_what_would_be_among_the_best_is_named_best_first() -> None:
    chance = random.Random(7)
    n_cut = 0
    for _ in range(300):
        modules, gap, wish = random_case(chance)
        every = found(modules, gap, wish)
        assert [change.place for change in every] == sorted(change.place for change in every)
        assert [change.module for change in found(modules, gap, wish, limit=1)] == [change.module for change in every[:1]]
        few = found(modules, gap, wish, among=2)
        assert all(change.place < 2 for change in few)
        n_cut += len(few) < len(every)
    assert n_cut


def test_without_wishes_there_is_nothing_to_change() -> None:
    modules, gap, wish = random_case(random.Random(1))
    assert found(modules, gap, Wishes(today=wish.today)) == []
    assert found([], gap, wish) == []


def test_of_one_module_the_change_is_the_same_as_among_all() -> None:
    chance = random.Random(20261121)
    n_changes, n_none = 0, 0
    for _ in range(400):
        modules, gap, wish = random_case(chance)
        every = {change.module: change for change in found(modules, gap, wish)}
        for row, module in enumerate(modules):
            change = change_of(row, module_arrays(modules), edition_arrays(modules), gap, wish)
            if change is None:
                n_none += 1
                assert row not in every
                assert fits(module, gap, wish) or oracle.closed(gap, module) == 0 or not small_changes(module, wish)
                continue
            n_changes += 1
            assert change.module == row
            wanted = next(name for name in FIELDS.values() if name in small_changes(module, wish))
            assert FIELDS[change.wish] == wanted
            if change.wish is every[row].wish:
                assert repr(change) == repr(every[row])  # codes have no number, and no NaN is another
    assert n_changes > 100
    assert n_none > 100
