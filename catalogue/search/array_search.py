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

from catalogue.points import Point, distance_km
from catalogue.search.columns import BoolArray, CodeArray, Columns, Dictionary, FloatArray, IntArray
from catalogue.search.counting import JointCodes, named_counts
from catalogue.search.day import Day, minimum_by_module
from catalogue.search.ordering import Key, first_of, ranges
from catalogue.search.port import EDITION_FACETS, MODULE_FACETS, Hit, Query, Result, Sort
from catalogue.search.ranking import MEANING_WEIGHT, most_from_words
from catalogue.search.scoring import Scored, TermIndex, UnitScores
from catalogue.search.segment import ImpactArray
from catalogue.search.spelling import NearWord, Speller
from catalogue.search.understanding import Understanding, understand
from catalogue.vocabulary import Format


class Index(TermIndex, Protocol):
    """What a query reads: the state of an index at one moment."""

    columns: Columns
    dictionary: Dictionary

    def rows_of(self, module_ids: Sequence[int]) -> IntArray:
        """The rows of these modules, -1 for one that is not there."""

    def speller(self) -> Speller:
        """The words of all rows as they are written."""

    def title_rank(self) -> IntArray:
        """Shape (n,): place of each module when ordered by title; equal titles share one."""

    def day(self, today: date) -> Day:
        """What `today` makes of the starts."""

    def joint_codes(self) -> Sequence[JointCodes]:
        """The facets with one value a module, several in a column."""


def search(index: Index, query: Query) -> Result:
    """Answers `query`; see `SearchEngine.search`."""
    return _Search(index, query).result()


class _Search:
    """One query; arrays over modules have shape (n,), over editions (m,)."""

    def __init__(self, index: Index, query: Query) -> None:
        self.index, self.columns, self.query = index, index.columns, query
        self.day = index.day(query.today)
        self.words = UnitScores(index)

    def has_term(self, term: str) -> bool:
        """See `Lexicon.has_term`."""
        return self.index.holding(term) > 0

    def near(self, word: str, most_errors: int) -> Sequence[NearWord]:
        """See `Lexicon.near`."""
        return self.index.speller().near(word, most_errors)

    def result(self) -> Result:
        meaning = understand(self.query.text, self, lambda units: len(self.words.answering(units).rows))
        meant = self._meant(meaning)
        is_kept = self._passing(meant.rows, ignored=None) if self._has_filter else slice(None)
        rows, scores = meant.rows[is_kept], meant.scores[is_kept]
        best = scores.max(initial=0.0) or 1.0
        first = (self.query.page - 1) * self.query.per_page
        keys = self._sort_keys(rows, scores, has_text=bool(meaning.units))
        order = first_of(keys, len(rows), first + self.query.per_page)[first:]
        shares = scores[order] / best if meaning.units else np.ones(len(order))
        return Result(len(rows), self._hits(rows[order], shares), self._facets(meant.rows, rows), meaning.did_you_mean)

    # What the text means, as rows and scores of modules.

    def _meant(self, meaning: Understanding) -> Scored:
        """The modules that are meant, with their whole scores."""
        if not meaning.units:
            rows = np.flatnonzero(self.index.is_alive)
            return Scored(rows, self.day.module_openness[rows])
        if meaning.is_any or meaning.has_alike:
            rows, units = self._widely_meant(meaning), meaning.units
            scores = np.zeros(len(rows), np.float32)
        else:
            rows, scores = self.words.answering(meaning.units)
            units = tuple(unit for unit in meaning.units if not unit.is_required)
        for unit in units:
            scores = scores + self.words.on_some(unit, rows)
        near, nearness = self._alike
        if len(near):
            added = np.zeros(len(self.columns), np.float32)
            added[near] = nearness * np.float32(MEANING_WEIGHT * most_from_words(meaning.units, self.words.rarity))
            scores = scores + added[rows]
        return Scored(rows, scores * self.day.module_openness[rows])

    def _widely_meant(self, meaning: Understanding) -> IntArray:
        """The rows of modules that answer any unit where one is enough, or that are near in meaning where that is enough; ascending."""
        mask = np.zeros(len(self.columns), dtype=bool)
        if meaning.is_any:
            for unit in meaning.units:
                if unit.is_required:
                    mask |= self.words.on_all(unit).is_answered
            mask &= self.index.is_alive
        else:
            mask[self.words.answering(meaning.units).rows] = True
        if meaning.has_alike:
            mask[self._alike[0]] = True
        return np.flatnonzero(mask)

    @cached_property
    def _alike(self) -> tuple[IntArray, ImpactArray]:
        """The rows of the modules that are near in meaning, and how near."""
        rows = self.index.rows_of(list(self.query.alike))
        return rows[rows >= 0], np.array(list(self.query.alike.values()), np.float32)[rows >= 0]

    # Filters.

    def _passing(self, rows: IntArray, ignored: str | None) -> BoolArray:
        """For which of the modules `rows` all filters hold, but for the one on the facet `ignored`; shape of `rows`."""
        mask = np.ones(len(rows), dtype=bool)
        for facet, wanted in self.query.filters.items():
            if facet in MODULE_FACETS and facet != ignored:
                mask &= self._is_one_of(facet, self.columns.facets[facet][rows], wanted)
        if self.query.among is not None:
            chosen = np.zeros(len(self.columns), dtype=bool)
            among = self.index.rows_of(list(self.query.among))
            chosen[among[among >= 0]] = True
            mask &= chosen[rows]
        if self.query.max_hours is not None:
            mask &= self.columns.hours[rows] <= self.query.max_hours
        if self._asks_edition(ignored):
            having = np.zeros(len(self.columns), dtype=bool)
            having[self.columns.module[self._fitting_editions(ignored)]] = True
            mask &= having[rows]
        return mask

    @property
    def _has_filter(self) -> bool:
        query = self.query
        return bool(query.filters) or query.among is not None or query.max_hours is not None or self._edition_ranges is not None

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

    def _facets(self, meant: IntArray, rows: IntArray) -> dict[str, dict[str, int]]:
        counted = self._counted_together(rows)
        found = {}
        for facet in self.query.facets:
            if facet in self.query.filters:
                frequency = self._counted_alone(facet, meant[self._passing(meant, ignored=facet)])
            elif facet in counted:
                frequency = counted[facet]
            else:
                frequency = self._counted_alone(facet, rows)
            found[facet] = named_counts(frequency, facet, self.index.dictionary)
        return found

    def _counted_together(self, rows: IntArray) -> dict[str, IntArray]:
        """The counts of facets that are cheaper to count together than one by one."""
        wanted = {facet for facet in self.query.facets if facet not in self.query.filters}
        counted: dict[str, IntArray] = {}
        for joint in self.index.joint_codes():
            if len(rows) > joint.n_cells and len(wanted.intersection(joint.facets)) > 1:
                counted |= joint.counts(rows, wanted)
        return counted

    def _counted_alone(self, facet: str, rows: IntArray) -> IntArray:
        """The number of modules in `rows` with each value; of editions only those that fit every other filter count."""
        if facet in MODULE_FACETS:
            return np.bincount(self.columns.facets[facet][rows])
        if not self._asks_edition(ignored=facet):
            return self.day.grouping(facet).counts(rows)
        mask = np.zeros(len(self.columns), dtype=bool)
        mask[rows] = True
        fitting = self._fitting_editions(ignored=facet) & mask[self.columns.module]
        codes = self.columns.edition_facets[facet]
        span = len(self.index.dictionary.facets[facet].values) or 1
        pairs = np.sort(self.columns.module[fitting] * span + codes[fitting], kind="stable")
        return np.bincount(pairs[np.diff(pairs, prepend=-1) != 0] % span)

    # Order.

    def _sort_keys(self, rows: IntArray, scores: ImpactArray, *, has_text: bool) -> list[Key]:
        """Most important first; each of places in `rows`."""
        keys: list[Key] = []
        if self.query.sort is Sort.HOURS:
            keys.append(lambda at: self.columns.hours[rows[at]])
        elif (values := self._edition_values) is not None:
            wanted = self._soonest_of(values)
            keys.append(lambda at: wanted[rows[at]])
        keys.append(lambda at: -scores[at])
        if not has_text:
            soonest = self._soonest_of(self.day.next_start)
            keys += [lambda at: soonest[rows[at]], lambda at: self.index.title_rank()[rows[at]]]
        return [*keys, lambda at: self.columns.module_ids[rows[at]]]

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
        is_first = np.ones(len(owners), dtype=bool)
        is_first[1:] = owners[1:] != owners[:-1]
        best, numbers = np.full(len(rows), -1), np.full(len(rows), -1)
        best[owners[is_first]] = editions[is_first]
        numbers[best >= 0] = self.columns.number[best[best >= 0]]
        has_distance = self.query.near is not None
        return [
            Hit(module_id, score, number if number >= 0 else None, self._distance(edition) if has_distance and edition >= 0 else None)
            for module_id, score, number, edition in zip(
                self.columns.module_ids[rows].tolist(), scores.tolist(), numbers.tolist(), best.tolist(), strict=True
            )
        ]

    def _distance(self, edition: int) -> float | None:
        distance = float(self._distances[edition])
        return distance if np.isfinite(distance) else None
