"""Modules that say nearly the same."""

from __future__ import annotations

import random

import pytest

from catalogue.publishing import duplicates
from catalogue.publishing.duplicates import ModuleText, likeness, near_copies
from tests.near_copies import near_copy, plant

WORDS = [
    f"{begin}{end}"
    for begin in ["bak", "del", "fon", "gir", "hum", "jop", "kas", "lem", "mor", "nig"]
    for end in ["en", "er", "ing", "baar", "heid", "loos"]
]


def texts(count: int) -> list[ModuleText]:
    dice = random.Random(3)
    return [ModuleText(" ".join(dice.choices(WORDS, k=4)), " ".join(dice.choices(WORDS, k=90))) for _ in range(count)]


def test_planted_copies_are_found_and_nothing_else() -> None:
    everything, planted = plant(texts(400), 40, 7)
    found = {(pair.first, pair.second) for pair in near_copies(everything)}
    assert len(found & planted) >= 37
    assert len(found - planted) <= 2


def test_pairs_come_most_alike_first_and_once() -> None:
    everything, _planted = plant(texts(200), 30, 9)
    found = near_copies(everything)
    assert [pair.likeness for pair in found] == sorted((pair.likeness for pair in found), reverse=True)
    assert len({(pair.first, pair.second) for pair in found}) == len(found)
    assert all(pair.first < pair.second for pair in found)


def test_rows_in_blocks_give_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    everything, _planted = plant(texts(150), 30, 4)
    whole = near_copies(everything)
    monkeypatch.setattr(duplicates, "ROWS_AT_ONCE", 7)
    assert near_copies(everything) == whole


def test_likeness_is_that_of_both_ways_and_one_for_the_same() -> None:
    one, other = texts(2)
    copy = near_copy(one, WORDS, random.Random(1))
    assert likeness(one, one) == 1
    assert likeness(one, copy) == pytest.approx(likeness(copy, one), abs=0.02)
    assert likeness(one, copy) > likeness(one, other)


@pytest.mark.parametrize("some", [[], [ModuleText("", "")], [ModuleText("", ""), ModuleText("", "")], [ModuleText("een", "")]])
def test_little_text_is_no_error(some: list[ModuleText]) -> None:
    assert near_copies(some) == []
