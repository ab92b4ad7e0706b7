"""What wider wishes bring, alone and together: as comparing all wishes one by one says, in any order of modules."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from matching.core.arrays import Gap, Wishes
from matching.core.scenarios import outcomes
from matching.core.widening import Gain, Widening, gains
from tests.matching_cases import PLACES, TODAY, PlainModule, edition_arrays, module_arrays, random_case

Found = dict[tuple[int, ...], Gain]


def narrow(wish: Wishes, chance: random.Random) -> Wishes:
    """Something is asked of most wishes, so that there is much to widen."""
    asked = {
        "budget_eur": chance.choice([0.0, 200.0, 700.0]),
        "max_km": chance.choice([0.0, 40.0]),
        "finish_by": TODAY + chance.randint(0, 150),
        "start_after": TODAY + chance.randint(1, 200),
        "hours_per_week": chance.choice([1.0, 4.0]),
        **{name: frozenset({chance.randint(0, 2)}) for name in ("languages", "formats", "moments", "levels")},
    }
    chosen = {name: asked[name] for name in chance.sample(sorted(asked), chance.randint(1, 4))}
    return replace(wish, near=chance.choice(PLACES), keeps_to_hours=chance.random() < 0.5, **chosen)  # type: ignore[arg-type]


def steps(wish: Wishes) -> list[Widening]:
    """Each wish a step wider, and each further code of those that are codes."""
    found = []
    for name, more in (("budget_eur", 300.0), ("max_km", 60.0), ("finish_by", 60), ("hours_per_week", 4.0)):
        if getattr(wish, name) is not None:
            found.append(Widening(name, getattr(wish, name) + more))
    if wish.start_after is not None:
        found.append(Widening("start_after", max(TODAY, wish.start_after - 90)))
    for name in ("languages", "formats", "moments", "levels"):
        codes = getattr(wish, name)
        found += [Widening(name, codes | {code}) for code in range(3) if codes is not None and code not in codes]
    return found


def cases(number: int, seed: int) -> Iterator[tuple[list[PlainModule], Gap, Wishes, list[Widening]]]:
    chance = random.Random(seed)
    for _ in range(number):
        modules, gap, wish = random_case(chance)
        wish = narrow(wish, chance)
        yield modules, gap, wish, steps(wish)


def found(modules: Sequence[PlainModule], gap: Gap, wish: Wishes, wider: Sequence[Widening], most: int = 2) -> Found:
    return gains(module_arrays(modules), edition_arrays(modules), gap, wish, wider, most)


def one_by_one(modules: Sequence[PlainModule], gap: Gap, wish: Wishes, wider: Sequence[Widening], most: int) -> Found:
    """The same from comparing: each choice as wishes of its own, those left out that let in no more than fewer do."""
    choices = [
        chosen
        for size in range(1, most + 1)
        for chosen in combinations(range(len(wider)), size)
        if len({wider[at].name for at in chosen}) == size
    ]
    wishes = [replace(wish, **{wider[at].name: wider[at].value for at in chosen}) for chosen in choices]
    base, *others = outcomes(module_arrays(modules), edition_arrays(modules), gap, [wish, *wishes], limit=1)
    entering = {chosen: set(one.entering.module.tolist()) for chosen, one in zip(choices, others, strict=True)}
    gained = {
        chosen: Gain(one.joint_share - base.joint_share, one.best_share - base.best_share, len(entering[chosen]))
        for chosen, one in zip(choices, others, strict=True)
    }
    return {chosen: gain for chosen, gain in gained.items() if entering[chosen]}


@pytest.mark.parametrize("most", [1, 2, 3])
def test_wider_wishes_bring_what_comparing_them_says(most: int) -> None:
    n_alone = n_together = 0
    for modules, gap, wish, wider in cases(400, most):
        answer, expected = found(modules, gap, wish, wider, most), one_by_one(modules, gap, wish, wider, most)
        for chosen, gain in expected.items():
            fewer = [expected[some] for size in range(1, len(chosen)) for some in combinations(chosen, size) if some in expected]
            if chosen not in answer:
                # It brings what fewer of them bring already, and nothing else.
                assert max(one.modules for one in fewer) == gain.modules
                continue
            assert answer[chosen].modules == gain.modules
            assert (answer[chosen].joint, answer[chosen].best) == pytest.approx((gain.joint, gain.best), abs=1e-9)
            n_alone += len(chosen) == 1
            n_together += any(one.modules < gain.modules for one in fewer) or (len(chosen) > 1 and not fewer)
        assert answer.keys() <= expected.keys()
    assert n_alone > 200
    assert n_together > 100 or most == 1


def test_more_wider_wishes_never_bring_less() -> None:
    n_pairs = 0
    for modules, gap, wish, wider in cases(400, 11):
        answer = found(modules, gap, wish, wider)
        for chosen, gain in answer.items():
            for alone in (answer[some] for some in combinations(chosen, 1) if len(chosen) > 1 and some in answer):
                n_pairs += 1
                assert gain.joint >= alone.joint
                assert gain.best >= alone.best
                assert gain.modules >= alone.modules
    assert n_pairs > 200


def test_the_order_of_modules_and_of_wishes_never_matters() -> None:
    chance = random.Random(12)
    for modules, gap, wish, wider in cases(300, 13):
        answer = found(modules, gap, wish, wider)
        assert answer == found(modules, gap, wish, wider)
        assert answer == found(chance.sample(modules, len(modules)), gap, wish, wider)
        order = chance.sample(range(len(wider)), len(wider))
        turned = found(modules, gap, wish, [wider[at] for at in order])
        assert {tuple(sorted(order[at] for at in chosen)): gain for chosen, gain in turned.items()} == answer


def test_with_nothing_to_widen_or_nothing_to_learn_nothing_comes_in() -> None:
    modules, gap, wish, wider = next(cases(1, 14))
    assert found(modules, gap, wish, []) == {}
    assert found([], gap, wish, wider) == {}
    assert found(modules, replace(gap, weight=gap.weight * 0), wish, wider) == {}
