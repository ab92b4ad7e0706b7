"""One query over arrays: scores, filters, facets and order of a whole catalogue at once.

The rules are those of `memory`, which is the oracle; here they stand as operations on columns. Whatever depends on one start or one
place is computed once for each different start or place and then looked up, so that `Start.next_start` stays the only decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np

from catalogue.search.columns import BoolArray, CodeArray, Columns, Dictionary, FloatArray, IntArray
from catalogue.search.counting import COUNTED_TOGETHER, Grouping, named_counts
from catalogue.search.day import Day, minimum_by_module
from catalogue.search.distance import distance_km
from catalogue.search.ordering import first_of, ranges
from catalogue.search.port import EDITION_FACETS, MODULE_FACETS, Hit, Point, Query, Result, Sort
from catalogue.search.ranking import MEANING_WEIGHT, most_from_words, rarity
from catalogue.search.segment import ImpactArray, RowArray
from catalogue.search.spelling import NearWord, Speller
from catalogue.search.understanding import Understanding, understand
from catalogue.search.words import Alternative, Unit
from catalogue.vocabulary import Format

MOST_LOOKED_UP = 256
"""More rows than this are not looked up one by one among those of another term."""


FEW_ROWS = 16
"""One row in so many is few: then it is faster to ask for each than to go through all."""


class Index(Protocol):
    """What a query reads: the state of an index at one moment. Rows of modules that were removed stay until segments are merged."""

    columns: Columns
    dictionary: Dictionary
    is_alive: BoolArray
    """Shape (n,): rows that count."""
    n_alive: int

    def postings(self, term: str) -> tuple[RowArray, ImpactArray]:
        """The rows that hold `term`, ascending, and its impact on each; both empty when none does. Dead rows are among them."""

    def spread(self, term: str) -> ImpactArray | None:
        """For a term that many rows hold, its impact on every row, shape (n,), 0 where it is not; None for a rarer one.

        Not to be written.
        """

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


def search(index: Index, query: Query) -> Result:
    """Answers `query`; see `SearchEngine.search`."""
    return _Search(index, query).result()


class _Search:
    """One query; arrays over modules have shape (n,), over editions (m,)."""

    def __init__(self, index: Index, query: Query) -> None:
        self.index, self.columns, self.query = index, index.columns, query
        self.day = index.day(query.today)
        self._unit_scores: dict[Unit, ImpactArray] = {}
        self._answers: dict[tuple[Unit, ...], BoolArray] = {}

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
        order = first_of(self._sort_keys(rows, scores, has_text=bool(meaning.units)), first + self.query.per_page)[first:]
        shares = scores[order] / best if meaning.units else np.ones(len(order))
        return Result(len(rows), self._hits(rows[order], shares), self._facets(meant, rows), meaning.did_you_mean)

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
            mask = mask.copy()
            mask[self._alike[0]] = True
        return mask

    def _answering(self, units: Sequence[Unit]) -> BoolArray:
        """Modules that answer all required units; not to be written."""
        mask = self._answers.get(tuple(units))
        if mask is None:
            # The rarest unit first: the others are then asked of few rows.
            required = sorted((unit for unit in units if unit.is_required), key=self._most_rows)
            mask = self.index.is_alive.copy()
            for unit in required[:1]:
                mask &= self._unit_score(unit) > 0
            if len(required) > 1:
                rows = np.flatnonzero(mask)
                for unit in required[1:]:
                    rows = rows[self._unit_scores_at(rows, unit) > 0]
                mask = np.zeros(len(self.columns), dtype=bool)
                mask[rows] = True
            self._answers[tuple(units)] = mask
        return mask

    def _most_rows(self, unit: Unit) -> int:
        """At most so many modules answer a unit."""
        return sum(min(map(self.index.holding, alternative.terms)) for alternative in unit.alternatives)

    def _scores(self, units: Sequence[Unit], rows: IntArray) -> ImpactArray:
        if not units:
            return self.day.module_openness[rows]
        total = np.zeros(len(rows), np.float32)
        for unit in units:
            total += self._unit_scores_at(rows, unit)
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

    def _unit_scores_at(self, rows: IntArray, unit: Unit) -> ImpactArray:
        """The best of the unit's alternatives on some rows, or their sum; 0 where none is answered."""
        if unit in self._unit_scores or len(rows) * FEW_ROWS > len(self.columns):
            return self._unit_score(unit)[rows]
        best = np.zeros(len(rows), np.float32)
        for alternative in unit.alternatives:
            scores = np.zeros(len(rows), np.float32)
            is_held = np.ones(len(rows), dtype=bool)
            for term in alternative.terms:
                impacts = self._impacts(term, rows)
                scores += impacts * self._factor(alternative, term)
                is_held &= impacts > 0
            _together(unit)(best, scores * is_held, out=best)
        return best

    def _unit_score(self, unit: Unit) -> ImpactArray:
        """The same for all rows, shape (n,)."""
        known = self._unit_scores.get(unit)
        if known is None:
            together = _together(unit)
            known = np.zeros(len(self.columns), np.float32)
            for alternative in unit.alternatives:
                rows, scores = self._alternative_score(alternative)
                if rows is None:
                    together(known, scores, out=known)
                else:
                    known[rows] = together(known[rows], scores)
            self._unit_scores[unit] = known
        return known

    def _alternative_score(self, alternative: Alternative) -> tuple[RowArray | None, ImpactArray]:
        """Rows that hold all terms, and the weighted sum of what each term scores there; None for all rows, with 0 where one is missing."""
        # The rarest term first: the others are then looked up in few rows.
        first, *others = sorted(alternative.terms, key=self.index.holding)
        spread = self.index.spread(first)
        rows, impacts = (None, spread) if spread is not None else self.index.postings(first)
        scores = impacts * self._factor(alternative, first)
        for term in others:
            more = self._impacts(term, rows)
            is_held = more > 0
            if rows is None:
                scores = (scores + more * self._factor(alternative, term)) * ((scores > 0) & is_held)
            else:
                rows, scores = rows[is_held], scores[is_held] + more[is_held] * self._factor(alternative, term)
        return rows, scores

    def _impacts(self, term: str, rows: RowArray | IntArray | None) -> ImpactArray:
        """The impact of a term on some rows, or on all; 0 where it is not."""
        impacts = self.index.spread(term)
        if impacts is not None:
            return impacts if rows is None else impacts[rows]
        known, values = self.index.postings(term)
        if rows is None or len(rows) > MOST_LOOKED_UP:
            impacts = np.zeros(len(self.columns), np.float32)
            impacts[known] = values
            return impacts if rows is None else impacts[rows]
        if not len(known):
            return np.zeros(len(rows), np.float32)
        at = np.minimum(np.searchsorted(known, rows), len(known) - 1)
        return np.where(known[at] == rows, values[at], np.float32(0))

    def _factor(self, alternative: Alternative, term: str) -> np.float32:
        return np.float32(alternative.weight * self._rarity(term))

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
                mask = mask & self._is_one_of(facet, self.columns.edition_facets[facet], self.query.filters[facet])
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
            is_online = self._is_one_of("format", self.columns.edition_facets["format"], frozenset([Format.ONLINE.value]))
            masks.append(is_online | (self._distances <= self.query.radius_km))
        return np.logical_and.reduce(masks) if masks else None

    @cached_property
    def _distances(self) -> FloatArray:
        """Distance of each edition, km; inf where it has no place or none is asked."""
        near = self.query.near
        points: list[Point | None] = self.index.dictionary.points.values
        each = [np.inf if near is None or point is None else distance_km(near, point) for point in points]
        return np.array(each, dtype=np.float64)[self.columns.point]

    def _is_one_of(self, facet: str, codes: CodeArray, wanted: frozenset[str]) -> BoolArray:
        values = self.index.dictionary.facets[facet]
        known = values.known(wanted)
        if len(known) == 1:
            return np.asarray(codes == known[0])
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
        together = self.index.together()
        return together.counts(rows, self._facet_sizes) if len(rows) > together.n_groups else {}

    def _counted_alone(self, facet: str, rows: IntArray) -> IntArray:
        """The number of modules in `rows` with each value; of editions only those that fit every other filter count."""
        if facet in MODULE_FACETS:
            return np.bincount(self.columns.facets[facet][rows], minlength=self._facet_sizes[facet])
        if not self._asks_edition(ignored=facet):
            return self.day.grouping(facet).counts(rows, self._facet_sizes)[facet]
        mask = np.zeros(len(self.columns), dtype=bool)
        mask[rows] = True
        fitting = self._fitting_editions(ignored=facet) & mask[self.columns.module]
        codes = self.columns.edition_facets[facet]
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
        has_any, minima = minimum_by_module(self.columns, np.where(self._shown_editions, values, np.inf))
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

    def _hits(self, rows: IntArray, scores: FloatArray | ImpactArray) -> list[Hit]:
        """The modules of `rows`, each with its best edition: by the wanted order, then the most open, then the soonest."""
        owners, editions = ranges(self.day.first_editions[rows], self.day.first_editions[rows + 1])
        is_shown = self._shown_editions[editions]
        owners, editions = owners[is_shown], editions[is_shown]
        keys = [self.columns.number[editions], self.day.next_start[editions], -self.day.openness[editions]]
        if self._edition_values is not None:
            keys.append(self._edition_values[editions])
        order = np.lexsort([*keys, owners])
        owners, editions = owners[order], editions[order]
        is_first = np.diff(owners, prepend=-1) != 0
        best = dict(zip(owners[is_first].tolist(), editions[is_first].tolist(), strict=True))
        module_ids = self.columns.module_ids[rows].tolist()
        return [self._hit(key, score, best.get(place)) for place, (key, score) in enumerate(zip(module_ids, scores.tolist(), strict=True))]

    def _hit(self, module_id: int, score: float, edition: int | None) -> Hit:
        if edition is None:
            return Hit(module_id, score)
        distance = np.inf if self.query.near is None else float(self._distances[edition])
        return Hit(module_id, score, int(self.columns.number[edition]), distance if np.isfinite(distance) else None)


def _together(unit: Unit) -> np.ufunc:
    """What the scores of a unit's alternatives come to."""
    return np.add if unit.is_sum else np.maximum
