"""What the units of a query score: on all rows of an index, or on some of them.

The rules are those of `memory`, which is the oracle; here they stand as operations on arrays. A unit that many rows answer is scored on
all rows at once, and kept for the next query that asks for it: a catalogue has few words that are in many modules, and people type these
most. Rare units are asked last of few rows.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from catalogue.search.columns import BoolArray, IntArray
from catalogue.search.ranking import rarity
from catalogue.search.recent import Recent
from catalogue.search.segment import ImpactArray, RowArray
from catalogue.search.units import Alternative, Unit

MOST_LOOKED_UP = 256
"""More rows than this are not looked up one by one among those of a term."""
FEW_ROWS = 16
"""One row in so many is few: then it is faster to ask for each than to go through all."""
TIME_LIMIT_S = 0.2
"""After so much processor time a query looks up what was typed and no synonyms or parts of it any more, so that nobody can keep a process
busy. Time in which others had the processor, or in which word lists were loaded, does not count: the same query finds the same."""


class OnAllRows(NamedTuple):
    """A unit on all n rows, dead ones among them; not to be written. `scores`: shape (n,), 0 where it is not answered; `is_answered`:
    shape (n,)."""

    scores: ImpactArray
    is_answered: BoolArray


class Scored(NamedTuple):
    """Some rows, ascending, and a score for each; both of one shape."""

    rows: IntArray
    scores: ImpactArray


class TermIndex(Protocol):
    """What scoring reads: which rows hold which term, at one moment. Rows of modules that were removed stay until segments are merged."""

    is_alive: BoolArray
    """Shape (n,): rows that count."""
    n_alive: int
    units: Recent[Unit, OnAllRows]
    """What was scored on all rows for earlier queries."""

    def postings(self, term: str) -> tuple[RowArray, ImpactArray]:
        """The rows that hold `term`, ascending, and its impact on each; both empty when none does. Dead rows are among them."""

    def spread(self, term: str) -> ImpactArray | None:
        """For a term that many rows hold, its impact on every row, shape (n,), 0 where it is not; None for a rarer one.

        Not to be written.
        """

    def holding(self, term: str) -> int:
        """How many modules hold `term`, dead rows not counted."""


class UnitScores:
    """The units of one query on `index`."""

    def __init__(self, index: TermIndex, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._index = index
        self._limit_s, self._spent_s = time_limit_s, 0.0
        self._size = len(index.is_alive)
        self._known: dict[Unit, OnAllRows] = {}
        self._answering: dict[tuple[Unit, ...], Scored] = {}

    def answering(self, units: Sequence[Unit]) -> Scored:
        """The live rows that answer all required units, and what these add to their scores; not to be written."""
        found = self._answering.get(tuple(units))
        if found is None:
            found = self._answering[tuple(units)] = self._found_answering([unit for unit in units if unit.is_required])
        return found

    def _found_answering(self, units: Sequence[Unit]) -> Scored:
        # The rarest unit first: the others are then asked of few rows.
        units = sorted(units, key=self._most_answering)
        mask, asked = self._index.is_alive, 0
        while asked < len(units) and (not asked or self._is_many(int(np.count_nonzero(mask)))):
            mask = mask & self.on_all(units[asked]).is_answered
            asked += 1
        rows = np.flatnonzero(mask)
        scores = np.zeros(len(rows), np.float32)
        for unit in units[:asked]:
            scores += self.on_all(unit).scores[rows]
        for unit in units[asked:]:
            more = self.on_some(unit, rows)
            held = np.flatnonzero(more)
            rows, scores = rows[held], scores[held] + more[held]
        return Scored(rows, scores)

    def on_some(self, unit: Unit, rows: IntArray) -> ImpactArray:
        """The best of the unit's alternatives on `rows`, or their sum, same shape; 0 where none is answered."""
        known = self._of_all(unit)
        if known is not None or self._is_many(len(rows)):
            return (known or self.on_all(unit)).scores[rows]
        scores = np.zeros(len(rows), np.float32)
        for alternative in self._in_time(unit):
            impacts = [self._impacts(term, rows) for term in alternative.terms]
            more = impacts[0] * self._factor(alternative, alternative.terms[0])
            for term, other in zip(alternative.terms[1:], impacts[1:], strict=True):
                more += other * self._factor(alternative, term)
            if len(impacts) > 1:
                more *= np.logical_and.reduce([impact > 0 for impact in impacts])
            _together(unit)(scores, more, out=scores)
        return scores

    def on_all(self, unit: Unit) -> OnAllRows:
        """The same for all rows."""
        known = self._of_all(unit)
        if known is None:
            together = _together(unit)
            scores = np.zeros(self._size, np.float32)
            for alternative in self._in_time(unit):
                rows, more = self._alternative(alternative)
                if rows is None:
                    together(scores, more, out=scores)
                else:
                    scores[rows] = together(scores[rows], more)
            known = self._known[unit] = OnAllRows(scores, scores > 0)
            if self._is_many(self._most_answering(unit)) and not self._is_late():
                self._index.units.keep(unit, known)
        return known

    def _in_time(self, unit: Unit) -> Iterator[Alternative]:
        """The alternatives of a unit; none but the first once the time is up."""
        for number, alternative in enumerate(unit.alternatives):
            if number and self._is_late():
                return
            started = time.thread_time()
            yield alternative
            self._spent_s += time.thread_time() - started

    def _is_late(self) -> bool:
        return self._spent_s >= self._limit_s

    def _of_all(self, unit: Unit) -> OnAllRows | None:
        """The unit on all rows when that is known already."""
        known = self._known.get(unit)
        if known is None:
            known = self._index.units.get(unit)
            if known is not None:
                self._known[unit] = known
        return known

    def _alternative(self, alternative: Alternative) -> tuple[RowArray | None, ImpactArray]:
        """Rows that hold all terms, and the weighted sum of what each term scores there; None for all rows, with 0 where one is missing."""
        # The rarest term first: the others are then looked up in few rows.
        first, *others = sorted(alternative.terms, key=self._index.holding)
        spread = self._index.spread(first)
        rows, impacts = self._index.postings(first) if spread is None else (None, spread)
        scores = impacts * self._factor(alternative, first)
        for term in others:
            more = self._impacts(term, rows)
            is_held = more > 0
            if rows is None:
                is_held &= scores > 0
                scores += more * self._factor(alternative, term)
                scores *= is_held
            else:
                rows, scores = rows[is_held], scores[is_held] + more[is_held] * self._factor(alternative, term)
        return rows, scores

    def _impacts(self, term: str, rows: RowArray | IntArray | None) -> ImpactArray:
        """The impact of a term on some rows, or on all; 0 where it is not."""
        spread = self._index.spread(term)
        if spread is not None:
            return spread if rows is None else spread[rows]
        known, values = self._index.postings(term)
        if rows is None or len(rows) > MOST_LOOKED_UP:
            impacts = np.zeros(self._size, np.float32)
            impacts[known] = values
            return impacts if rows is None else impacts[rows]
        if not len(known):
            return np.zeros(len(rows), np.float32)
        at = np.minimum(np.searchsorted(known, rows), len(known) - 1)
        return np.where(known[at] == rows, values[at], np.float32(0))

    def _most_answering(self, unit: Unit) -> int:
        """At most so many modules answer a unit."""
        return sum(min(map(self._index.holding, alternative.terms)) for alternative in unit.alternatives)

    def _is_many(self, n_rows: int) -> bool:
        return n_rows * FEW_ROWS > self._size

    def _factor(self, alternative: Alternative, term: str) -> np.float32:
        return np.float32(alternative.weight * self.rarity(term))

    def rarity(self, term: str) -> float:
        """See `ranking.rarity`."""
        return rarity(self._index.n_alive, self._index.holding(term))


def _together(unit: Unit) -> np.ufunc:
    """What the scores of a unit's alternatives come to."""
    return np.add if unit.is_sum else np.maximum
