"""One query over arrays: scores, filters, facets and order of a whole catalogue at once.

The rules are those of `memory`, which is the oracle; here they stand as operations on columns. Whatever depends on one start or one
place is computed once for each different start or place and then looked up, so that `Start.next_start` stays the only decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np

from catalogue.search.columns import EDITION_FACETS, MODULE_FACETS, BoolArray, Columns, Dictionary, FloatArray, IntArray
from catalogue.search.counting import COUNTED_TOGETHER, Grouping, named_counts
from catalogue.search.distance import distance_km
from catalogue.search.port import Hit, Point, Query, Result, Sort
from catalogue.search.ranking import CLOSED, MEANING_WEIGHT, WAITING, most_from_words, rarity, start_openness
from catalogue.search.segment import ImpactArray, RowArray
from catalogue.search.spelling import NearWord, Speller
from catalogue.search.understanding import Understanding, understand
from catalogue.search.words import Alternative, Unit
from catalogue.vocabulary import Format


class Index(Protocol):
    """What a query reads: the state of an index at one moment. Rows of modules that were removed stay until segments are merged."""

    columns: Columns
    dictionary: Dictionary
    is_alive: BoolArray
    """Shape (n,): rows that count."""
    n_alive: int

    def postings(self, term: str) -> tuple[RowArray, ImpactArray]:
        """The rows that hold `term`, ascending, and its impact on each; both empty when none does. Dead rows are among them."""

    def holding(self, term: str) -> int:
        """How many modules hold `term`, dead rows not counted."""

    def rows_of(self, module_ids: Sequence[int]) -> IntArray:
        """The rows of these modules, -1 for one that is not there."""

    def speller(self) -> Speller:
        """The words of all rows as they are written."""

    def title_rank(self) -> IntArray:
        """Shape (n,): place of each module when ordered by title; equal titles share one."""

    def day(self, today: date) -> Day:
        """What `today` makes of the starts."""

    def together(self) -> Grouping:
        """The modules by their facets of few values."""


@dataclass(frozen=True)
class Day:
    """Editions on one day: `next_start` (day number, inf for none), `openness`, `counts` (see the port), all of shape (m,); and
    `module_openness` of shape (n,). The editions of row i stand at `first_editions[i]:first_editions[i + 1]`."""

    columns: Columns
    first_editions: IntArray
    next_start: FloatArray
    openness: FloatArray
    counts: BoolArray
    module_openness: ImpactArray

    @classmethod
    def of(cls, columns: Columns, dictionary: Dictionary, today: date) -> Day:
        """Looks at every different start once."""
        starts = [start.next_start(today) for start in dictionary.starts.values]
        next_start = np.array([np.inf if start is None else start.toordinal() for start in starts], dtype=np.float64)
        openness = np.array([start_openness(start, today) for start in dictionary.starts.values], dtype=np.float64)
        is_open = openness[columns.start] > CLOSED
        has_open = np.zeros(len(columns), dtype=bool)
        has_open[columns.module[is_open]] = True
        module_openness = np.full(len(columns), WAITING, np.float32)
        has_any, minima = _minimum_by_module(columns, -openness[columns.start])
        module_openness[has_any] = -minima
        first_editions = np.searchsorted(columns.module, np.arange(len(columns) + 1))
        return cls(
            columns,
            first_editions,
            next_start[columns.start],
            openness[columns.start],
            is_open | ~has_open[columns.module],
            module_openness,
        )

    @cached_property
    def by_place(self) -> Grouping:
        """The modules by the places of the editions that count."""
        return Grouping.of_editions("place", self.columns, self.counts, self.columns.place)

    @cached_property
    def by_format(self) -> Grouping:
        """The modules by the formats of the editions that count."""
        return Grouping.of_editions("format", self.columns, self.counts, self.columns.format)


def search(index: Index, query: Query) -> Result:
    """Answers `query`; see `SearchEngine.search`."""
    return _Search(index, query).result()


class _Search:
    """One query; arrays over modules have shape (n,), over editions (m,)."""

    def __init__(self, index: Index, query: Query) -> None:
        self.index, self.columns, self.query = index, index.columns, query
        self.day = index.day(query.today)
        self._unit_scores: dict[Unit, ImpactArray] = {}

    def has_term(self, term: str) -> bool:
        """See `Lexicon.has_term`."""
        return self.index.holding(term) > 0

    def near(self, word: str, most_errors: int) -> Sequence[NearWord]:
        """See `Lexicon.near`."""
        return self.index.speller().near(word, most_errors)

    def result(self) -> Result:
        meaning = understand(self.query.text, self, lambda units: int(np.count_nonzero(self._answering(units))))
        meant = self._meant(meaning)
        fits = meant & self._passing(ignored=None) if self._has_filter else meant
        rows = np.flatnonzero(fits)
        scores = self._scores(meaning.units, rows)
        best = scores.max(initial=0.0) or 1.0
        first = (self.query.page - 1) * self.query.per_page
        order = _first_of(self._sort_keys(rows, scores, has_text=bool(meaning.units)), first + self.query.per_page)[first:]
        shares = scores[order] / best if meaning.units else np.ones(len(order))
        hits = [self._hit(int(rows[place]), float(share)) for place, share in zip(order, shares, strict=True)]
        return Result(len(rows), hits, self._facets(meant, rows), meaning.did_you_mean)

    # What the text means, as masks and scores over modules.

    def _meant(self, meaning: Understanding) -> BoolArray:
        if meaning.is_any:
            mask = np.zeros(len(self.columns), dtype=bool)
            for unit in meaning.units:
                if unit.is_required:
                    mask |= self._unit_score(unit) > 0
            mask &= self.index.is_alive
        else:
            mask = self._answering(meaning.units)
        if meaning.has_alike:
            mask[self._alike[0]] = True
        return mask

    def _answering(self, units: Sequence[Unit]) -> BoolArray:
        mask = self.index.is_alive.copy()
        for unit in units:
            if unit.is_required:
                mask &= self._unit_score(unit) > 0
        return mask

    def _scores(self, units: Sequence[Unit], rows: IntArray) -> ImpactArray:
        if not units:
            return self.day.module_openness[rows]
        total = np.zeros(len(rows), np.float32)
        for unit in units:
            total += self._unit_score(unit)[rows]
        near, nearness = self._alike
        if len(near):
            added = np.zeros(len(self.columns), np.float32)
            added[near] = nearness * np.float32(MEANING_WEIGHT * most_from_words(units, self._rarity))
            total += added[rows]
        return total * self.day.module_openness[rows]

    @cached_property
    def _alike(self) -> tuple[IntArray, ImpactArray]:
        """The rows of the modules that are near in meaning, and how near."""
        rows = self.index.rows_of(list(self.query.alike))
        return rows[rows >= 0], np.array(list(self.query.alike.values()), np.float32)[rows >= 0]

    def _unit_score(self, unit: Unit) -> ImpactArray:
        """The best of the unit's alternatives; 0 where none is answered."""
        known = self._unit_scores.get(unit)
        if known is None:
            known = self._unit_scores[unit] = np.zeros(len(self.columns), np.float32)
            for number, alternative in enumerate(unit.alternatives):
                rows, scores = self._alternative_score(alternative)
                known[rows] = np.maximum(known[rows], scores) if number else scores
        return known

    def _alternative_score(self, alternative: Alternative) -> tuple[RowArray, ImpactArray]:
        """Rows that hold all terms, and the weighted sum of what each term scores there."""
        # The rarest term first: the others are then looked up in few rows.
        parts = sorted(((*self.index.postings(term), self._rarity(term)) for term in alternative.terms), key=lambda part: len(part[0]))
        rows, impacts, rare = parts[0]
        scores = impacts * np.float32(alternative.weight * rare)
        for more_rows, more_impacts, more_rare in parts[1:]:
            at = np.searchsorted(more_rows, rows)
            at[at == len(more_rows)] = 0
            both = more_rows[at] == rows if len(more_rows) else np.zeros(len(rows), dtype=bool)
            rows = rows[both]
            scores = scores[both] + more_impacts[at[both]] * np.float32(alternative.weight * more_rare)
        return rows, scores

    def _rarity(self, term: str) -> float:
        return rarity(self.index.n_alive, self.index.holding(term))

    # Filters.

    def _passing(self, ignored: str | None) -> BoolArray:
        """Modules for which all filters hold, but for the one on the facet `ignored`."""
        mask = np.ones(len(self.columns), dtype=bool)
        for facet, wanted in self.query.filters.items():
            if facet in MODULE_FACETS and facet != ignored:
                mask &= self._is_one_of(facet, self.columns.facets[facet], wanted)
        if self.query.max_hours is not None:
            mask &= self.columns.hours <= self.query.max_hours
        if self._asks_edition(ignored):
            having = np.zeros(len(self.columns), dtype=bool)
            having[self.columns.module[self._fitting_editions(ignored)]] = True
            mask &= having
        return mask

    @property
    def _has_filter(self) -> bool:
        return bool(self.query.filters) or self.query.max_hours is not None or self._edition_ranges is not None

    def _asks_edition(self, ignored: str | None) -> bool:
        return self._edition_ranges is not None or any(facet in EDITION_FACETS and facet != ignored for facet in self.query.filters)

    def _fitting_editions(self, ignored: str | None) -> BoolArray:
        """Editions that count and meet every filter on editions by themselves."""
        mask = self.day.counts if self._edition_ranges is None else self.day.counts & self._edition_ranges
        for facet in EDITION_FACETS:
            if facet in self.query.filters and facet != ignored:
                codes = self.columns.place if facet == "place" else self.columns.format
                mask = mask & self._is_one_of(facet, codes, self.query.filters[facet])
        return mask

    @cached_property
    def _edition_ranges(self) -> BoolArray | None:
        """Editions within the wanted price, start and radius; None when none of these is asked."""
        masks = []
        if self.query.max_price_eur is not None:
            masks.append(self.columns.price <= self.query.max_price_eur)
        if self.query.start_before is not None:
            masks.append(self.day.next_start <= self.query.start_before.toordinal())
        if self.query.near is not None and self.query.radius_km is not None:
            is_online = self._is_one_of("format", self.columns.format, frozenset([Format.ONLINE.value]))
            masks.append(is_online | (self._distances <= self.query.radius_km))
        return np.logical_and.reduce(masks) if masks else None

    @cached_property
    def _distances(self) -> FloatArray:
        """Distance of each edition, km; inf where it has no place or none is asked."""
        near = self.query.near
        points: list[Point | None] = self.index.dictionary.points.values
        each = [np.inf if near is None or point is None else distance_km(near, point) for point in points]
        return np.array(each, dtype=np.float64)[self.columns.point]

    def _is_one_of(self, facet: str, codes: IntArray, wanted: frozenset[str]) -> BoolArray:
        values = self.index.dictionary.facets[facet]
        known = values.known(wanted)
        is_wanted = np.zeros(len(values.values) + 1, dtype=bool)
        is_wanted[known] = True
        return is_wanted[codes]

    # Facets.

    def _facets(self, meant: BoolArray, rows: IntArray) -> dict[str, dict[str, int]]:
        counted = self._counted_together(rows)
        found = {}
        for facet in self.query.facets:
            if facet in self.query.filters:
                frequency = self._counted_alone(facet, np.flatnonzero(meant & self._passing(ignored=facet)))
            elif facet in counted:
                frequency = counted[facet]
            else:
                frequency = self._counted_alone(facet, rows)
            found[facet] = named_counts(frequency, facet, self.index.dictionary)
        return found

    def _counted_together(self, rows: IntArray) -> dict[str, IntArray]:
        if not any(facet in COUNTED_TOGETHER for facet in self.query.facets):
            return {}
        return self.index.together().counts(rows, self._facet_sizes)

    def _counted_alone(self, facet: str, rows: IntArray) -> IntArray:
        """The number of modules in `rows` with each value; of editions only those that fit every other filter count."""
        if facet in MODULE_FACETS:
            return np.bincount(self.columns.facets[facet][rows], minlength=self._facet_sizes[facet])
        if not self._asks_edition(ignored=facet):
            grouping = self.day.by_place if facet == "place" else self.day.by_format
            return grouping.counts(rows, self._facet_sizes)[facet]
        mask = np.zeros(len(self.columns), dtype=bool)
        mask[rows] = True
        fitting = self._fitting_editions(ignored=facet) & mask[self.columns.module]
        codes = self.columns.place if facet == "place" else self.columns.format
        span = self._facet_sizes[facet]
        pairs = np.sort(self.columns.module[fitting] * span + codes[fitting], kind="stable")
        return np.bincount(pairs[np.diff(pairs, prepend=-1) != 0] % span, minlength=span)

    @cached_property
    def _facet_sizes(self) -> dict[str, int]:
        return {facet: len(codes.values) or 1 for facet, codes in self.index.dictionary.facets.items()}

    # Order.

    def _sort_keys(self, rows: IntArray, scores: ImpactArray, *, has_text: bool) -> list[FloatArray | IntArray | ImpactArray]:
        """Most important first, low is early."""
        keys: list[FloatArray | IntArray | ImpactArray] = []
        if self.query.sort is Sort.HOURS:
            keys.append(self.columns.hours[rows])
        elif self._edition_values is not None:
            keys.append(self._soonest_of(self._edition_values)[rows])
        keys.append(-scores)
        if not has_text:
            keys += [self._soonest_of(self.day.next_start)[rows], self.index.title_rank()[rows]]
        return [*keys, self.columns.module_ids[rows]]

    def _soonest_of(self, values: FloatArray) -> FloatArray:
        """The lowest value among the fitting editions of each module; inf where there is none."""
        lowest = np.full(len(self.columns), np.inf)
        has_any, minima = _minimum_by_module(self.columns, np.where(self._shown_editions, values, np.inf))
        lowest[has_any] = minima
        return lowest

    @cached_property
    def _shown_editions(self) -> BoolArray:
        return self._fitting_editions(ignored=None)

    @cached_property
    def _edition_values(self) -> FloatArray | None:
        """What the wanted order goes by, for each edition, low first; None when it does not go by editions."""
        if self.query.sort is Sort.START:
            return self.day.next_start
        if self.query.sort is Sort.PRICE:
            return self.columns.price
        return self._distances if self.query.sort is Sort.DISTANCE else None

    def _hit(self, row: int, score: float) -> Hit:
        """The module of a row with its best edition: by the wanted order, then the most open, then the soonest."""
        module_id = int(self.columns.module_ids[row])
        shown, day, values = self._shown_editions, self.day, self._edition_values
        places = [place for place in range(day.first_editions[row], day.first_editions[row + 1]) if shown[place]]
        if not places:
            return Hit(module_id, score)
        number = self.columns.number
        best = min(
            places, key=lambda place: (0.0 if values is None else values[place], -day.openness[place], day.next_start[place], number[place])
        )
        distance = np.inf if self.query.near is None else float(self._distances[best])
        return Hit(module_id, score, int(number[best]), distance if np.isfinite(distance) else None)


def _minimum_by_module(columns: Columns, values: FloatArray) -> tuple[IntArray, FloatArray]:
    """The rows of modules with editions, and the lowest of `values`, shape (m,), of each."""
    if not len(values):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    first_editions = np.flatnonzero(np.diff(columns.module, prepend=-1))
    return columns.module[first_editions], np.minimum.reduceat(values, first_editions)


def _first_of(keys: Sequence[FloatArray | IntArray | ImpactArray], count: int) -> IntArray:
    """The places of the first `count` by `keys`, in order, without sorting the rest."""
    kept = np.arange(len(keys[0]))
    sure: list[IntArray] = []
    wanted = count
    for key in keys:
        if len(kept) <= wanted:
            break
        values = key[kept]
        border = np.partition(values, wanted - 1)[wanted - 1]
        sure.append(kept[values < border])
        wanted -= len(sure[-1])
        kept = kept[values == border]
    chosen = np.concatenate([*sure, kept])
    order = np.lexsort([key[chosen] for key in reversed(keys)])
    return chosen[order][:count]
