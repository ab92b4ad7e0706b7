"""Units on all rows and on some agree; what takes too long is looked up as typed."""

from __future__ import annotations

import time

import numpy as np
import pytest

from catalogue.search.recent import Recent
from catalogue.search.scoring import OnAllRows, UnitScores
from catalogue.search.segment import ImpactArray, RowArray
from catalogue.search.units import Alternative, Unit

N = 4_000
COMMONNESS = {"everywhere": 0.9, "often": 0.3, "sometimes": 0.04, "rare": 0.002}


class Index:
    """Random postings; terms of at least a fifth of the rows are spread."""

    def __init__(self) -> None:
        chance = np.random.default_rng(8)
        self.is_alive = chance.random(N) < 0.95
        self.n_alive = int(self.is_alive.sum())
        self.units: Recent[Unit, OnAllRows] = Recent(10)
        self.impacts = {
            term: np.where(chance.random(N) < share, chance.random(N), 0).astype(np.float32) for term, share in COMMONNESS.items()
        }

    def postings(self, term: str) -> tuple[RowArray, ImpactArray]:
        impacts = self.impacts.get(term, np.zeros(N, np.float32))
        rows = np.flatnonzero(impacts).astype(np.int32)
        return rows, impacts[rows]

    def spread(self, term: str) -> ImpactArray | None:
        return self.impacts[term] if COMMONNESS.get(term, 0) > 0.2 else None

    def holding(self, term: str) -> int:
        return int(np.count_nonzero(self.impacts.get(term, np.zeros(N))[self.is_alive]))


def unit(*alternatives: tuple[str, ...], is_sum: bool = False) -> Unit:
    return Unit(("typed",), tuple(Alternative(terms, 1 / (1 + number)) for number, terms in enumerate(alternatives)), is_sum=is_sum)


UNITS = [
    unit(("everywhere",)),
    unit(("often",), ("everywhere", "often"), ("rare",)),
    unit(("sometimes", "often"), ("rare", "everywhere"), ("unknown",)),
    unit(("rare",), ("sometimes",)),
    unit(("often",), ("sometimes",), ("rare",), is_sum=True),
]


@pytest.mark.parametrize("one", UNITS)
@pytest.mark.parametrize("size", [0, 1, 40, 240, 2_000])
def test_some_rows_get_what_all_rows_get(one: Unit, size: int) -> None:
    index = Index()
    rows = np.sort(np.random.default_rng(size).choice(N, size, replace=False))
    whole = UnitScores(index).on_all(one)
    assert np.allclose(UnitScores(Index()).on_some(one, rows), whole.scores[rows], rtol=1e-5)
    assert np.array_equal(whole.is_answered, whole.scores > 0)


@pytest.mark.parametrize("units", [UNITS[:1], UNITS[1:3], UNITS[:4], [UNITS[3], UNITS[0]]])
def test_those_that_answer_all_units_are_found_with_their_sum(units: list[Unit]) -> None:
    index = Index()
    words = UnitScores(index)
    found = words.answering(units)
    each = [words.on_all(one) for one in units]
    expected = np.flatnonzero(index.is_alive & np.logical_and.reduce([one.is_answered for one in each]))
    assert np.array_equal(found.rows, expected)
    assert np.allclose(found.scores, sum(one.scores[expected] for one in each), rtol=1e-5)


def test_a_frequent_unit_is_kept_for_the_next_query_and_a_rare_one_is_not() -> None:
    index = Index()
    words = UnitScores(index)
    frequent, rare = words.on_all(UNITS[1]), words.on_all(unit(("rare",)))
    assert index.units.get(UNITS[1]) is frequent
    assert UnitScores(index).on_all(UNITS[1]) is frequent
    assert rare.is_answered.any()
    assert index.units.get(unit(("rare",))) is None


def test_time_that_others_took_does_not_count() -> None:
    index = Index()
    waited = UnitScores(index, time_limit_s=0.05)
    look_up = index.postings

    def slowly(term: str) -> tuple[RowArray, ImpactArray]:
        time.sleep(0.1)
        return look_up(term)

    index.postings = slowly  # type: ignore[method-assign]
    assert np.array_equal(waited.on_all(UNITS[2]).scores, UnitScores(Index()).on_all(UNITS[2]).scores)


def test_after_the_time_limit_only_what_was_typed_is_looked_up_and_nothing_is_kept() -> None:
    index = Index()
    late = UnitScores(index, time_limit_s=0)
    assert np.array_equal(late.on_all(UNITS[1]).scores, UnitScores(Index()).on_all(unit(("often",))).scores)
    rows = np.arange(20)
    assert np.array_equal(late.on_some(UNITS[3], rows), UnitScores(Index()).on_some(unit(("rare",)), rows))
    assert index.units.get(UNITS[1]) is None
