"""What wider wishes would bring, each alone and a few together: from one look at the editions that any of them lets in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from matching.core.arrays import BoolArray, EditionArrays, Gap, IntArray, ModuleArrays, Wishes
from matching.core.closing import Closing
from matching.core.editions import seen_by
from matching.core.exclusions import surviving, unfit_offers
from matching.core.steps import closing_pairs
from matching.core.tables import GapTable, WishTable, pairs_of_one

TIMES = ("start_after", "finish_by", "hours_per_week")
"""These wishes decide together when an edition begins and ends; each other wish looks at something of its own."""


@dataclass(frozen=True, slots=True)
class Widening:
    """One wish wider: a field of `Wishes`, and what it would be. Codes hold those that are accepted already."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Gain:
    """What wider wishes bring beside what fits now.

    Attributes:
        joint, best: by how much the share of the gap rises that all fitting modules close together, and that one closes at most.
        modules: how many more fit.
    """

    joint: float
    best: float
    modules: int


def gains(
    modules: ModuleArrays, editions: EditionArrays, gap: Gap, wishes: Wishes, wider: Sequence[Widening], most: int
) -> dict[tuple[int, ...], Gain]:
    """What each of some wider wishes brings, and each few of them, of different wishes, together.

    Args:
        wider: of a wish that is a number, one at most.
        most: at most so many together.

    Returns:
        By positions in `wider`, ascending. What brings no module, or no other modules than fewer of them do, is left out.
    """
    candidates = closing_pairs(GapTable.of([gap]), modules).row
    fitting = _fitting(candidates, modules, editions, wishes)
    outside = np.setdiff1d(candidates, fitting, assume_unique=True)
    module, keys = _let_in(outside, modules, editions, wishes, wider, most)
    keys, group = np.unique(keys, return_inverse=True)
    let_in, place = np.unique(module, return_inverse=True)
    holds = np.zeros((len(keys), len(let_in)), dtype=np.bool_)
    holds[group, place] = True
    group, place = np.nonzero(holds)
    closing = Closing.of(gap, modules)
    now = closing.brought(np.zeros_like(fitting), fitting, 1)[0]
    joint_now, best_now = closing.joint_share(now), closing.best_share(fitting)
    brought = closing.brought(group, let_in[place], len(keys))

    def gain(parts: BoolArray) -> Gain:
        rows = let_in[holds[parts].any(axis=0)]
        joint, best = closing.joint_share(now | brought[parts].any(axis=0)), closing.best_share(rows)
        return Gain(joint - joint_now, max(best - best_now, 0.0), len(rows))

    return {chosen: gain(parts) for chosen in _choices(wider, range(len(wider)), most) if (parts := _parts(keys, chosen)).any()}


def _parts(keys: IntArray, chosen: Iterable[int]) -> BoolArray:
    """Which keys, each the sum of 2 to the power of some positions, some positions hold; none where fewer of them hold as many."""
    own = _key(chosen)
    parts = (keys & ~own) == 0
    return parts if np.bitwise_or.reduce(keys[parts], initial=0) == own else np.zeros_like(parts)


def _key(chosen: Iterable[int]) -> int:
    return sum(1 << at for at in chosen)


def _let_in(
    outside: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes, wider: Sequence[Widening], most: int
) -> tuple[IntArray, IntArray]:
    """The modules, by row, that wider wishes let in, each with the key of every smallest set of them that does so for an edition."""
    offers, _ = surviving(outside, modules, editions, _widened(wishes, wider))
    pairs = pairs_of_one(outside)

    def fits(names: Sequence[str], wish: Wishes) -> BoolArray:
        own = Wishes(wishes.today, near=wishes.near, keeps_to_hours=wishes.keeps_to_hours, **{name: getattr(wish, name) for name in names})
        seen = seen_by(offers.candidate, offers.edition, pairs, modules, editions, WishTable.of([own])) if names == TIMES else offers
        is_unfit = np.zeros(len(offers.edition), dtype=np.bool_)
        for _wish, breaks in unfit_offers(seen, outside, modules, editions, own):
            is_unfit |= breaks
        return ~is_unfit

    others = sorted({one.name for one in wider} - set(TIMES))
    at, keys = np.arange(len(offers.edition)), np.zeros(len(offers.edition), dtype=np.int64)
    for names in (TIMES, *((name,) for name in others)):
        own = [number for number, one in enumerate(wider) if one.name in names]
        ways = [(0, fits(names, wishes))]
        for chosen in _choices(wider, own, most):
            key, lets = _key(chosen), fits(names, _widened(wishes, [wider[number] for number in chosen]))
            for fewer, already in ways:
                if not fewer & ~key:
                    lets &= ~already
            ways.append((key, lets))
        at, keys = (np.concatenate([at[lets[at]] for _key, lets in ways]), np.concatenate([keys[lets[at]] | key for key, lets in ways]))
        is_few = np.bitwise_count(keys) <= most
        at, keys = at[is_few], keys[is_few]
    return outside[offers.candidate[at]], keys


def _choices(wider: Sequence[Widening], among: Iterable[int], most: int) -> Iterator[tuple[int, ...]]:
    """Positions of some of them, of different wishes; fewer first."""
    among = list(among)
    for size in range(1, most + 1):
        for chosen in combinations(among, size):
            if len({wider[at].name for at in chosen}) == size:
                yield chosen


def _widened(wishes: Wishes, wider: Iterable[Widening]) -> Wishes:
    """The wishes with some of them wider; of codes all that any of them accepts."""
    values: dict[str, Any] = {}
    for one in wider:
        values[one.name] = values[one.name] | one.value if one.name in values else one.value
    return replace(wishes, **values)


def _fitting(rows: IntArray, modules: ModuleArrays, editions: EditionArrays, wishes: Wishes) -> IntArray:
    offers, _ = surviving(rows, modules, editions, wishes)
    return rows[np.unique(offers.candidate)]
