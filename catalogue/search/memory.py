"""The reference engine: documents in a dictionary, every rule of the port in plain Python.

Slow and obviously right. Other engines are held to it, tests and the fallback on the database run on it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from catalogue.language.dutch import folded
from catalogue.points import distance_km
from catalogue.search.port import EDITION_FACETS, EditionDocument, Hit, ModuleDocument, Query, Result, Sort, edition_value
from catalogue.search.ranking import MEANING_WEIGHT, WAITING, impact, most_from_words, rarity, spelling_words, start_openness, term_weights
from catalogue.search.spelling import NearWord, Speller
from catalogue.search.understanding import Understanding, understand
from catalogue.search.units import Alternative, Unit
from catalogue.vocabulary import Format


class _Entry:
    """A document, with what its text comes to when it is first asked."""

    def __init__(self, document: ModuleDocument) -> None:
        self.document = document

    @cached_property
    def weights(self) -> Mapping[str, float]:
        return term_weights(self.document)

    @cached_property
    def words(self) -> set[str]:
        return spelling_words(self.document)


class MemoryEngine:
    """Holds all documents of one process; nothing is kept on disk."""

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}

    def update(self, documents: Iterable[ModuleDocument], removed: Iterable[int] = ()) -> None:
        """See `SearchEngine.update`."""
        fresh = {document.module_id: _Entry(document) for document in documents}
        kept = self._entries.keys() - set(removed)
        self._entries = {module_id: self._entries[module_id] for module_id in kept} | fresh

    def rebuild(self, documents: Iterable[ModuleDocument]) -> int:
        """See `SearchEngine.rebuild`."""
        self._entries = {document.module_id: _Entry(document) for document in documents}
        return len(self._entries)

    def module_ids(self) -> set[int]:
        """See `SearchEngine.module_ids`."""
        return set(self._entries)

    def is_ready(self) -> bool:
        """Whether it was ever filled; an empty catalogue has nothing to find either way."""
        return bool(self._entries)

    def search(self, query: Query) -> Result:
        """See `SearchEngine.search`."""
        return _Search(self._entries, query).result()


class _Search:
    """One query over the documents of one moment."""

    def __init__(self, entries: Mapping[int, _Entry], query: Query) -> None:
        self.entries, self.query = entries, query
        self.frequencies = Counter(term for entry in entries.values() for term in entry.weights) if query.text else Counter()

    def has_term(self, term: str) -> bool:
        """See `Lexicon.has_term`."""
        return term in self.frequencies

    def near(self, word: str, most_errors: int) -> Sequence[NearWord]:
        """See `Lexicon.near`."""
        return self._speller.near(word, most_errors)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(Counter(word for entry in self.entries.values() for word in entry.words))

    def result(self) -> Result:
        meaning = understand(self.query.text, self, lambda units: sum(self._answers(entry, units) for entry in self.entries.values()))
        found = [entry for entry in self.entries.values() if self._is_meant(entry, meaning)]
        fitting = [entry for entry in found if self._passes(entry, ignored=None)]
        scores = {
            entry.document.module_id: self._score(entry, meaning.units) * module_openness(entry.document, self.query.today)
            for entry in fitting
        }
        best = max(scores.values(), default=1.0)
        ranked = sorted((self._ranked(entry, scores, has_text=bool(meaning.units)) for entry in fitting), key=lambda row: row[0])
        first = (self.query.page - 1) * self.query.per_page
        hits = [
            Hit(
                entry.document.module_id,
                score=scores[entry.document.module_id] / best if meaning.units else 1.0,
                edition=edition,
                distance_km=None if edition is None else self._distance(entry.document.editions[edition]),
            )
            for _, entry, edition in ranked[first : first + self.query.per_page]
        ]
        return Result(len(fitting), hits, self._facets(found), meaning.did_you_mean)

    def _is_meant(self, entry: _Entry, meaning: Understanding) -> bool:
        if meaning.has_alike and entry.document.module_id in self.query.alike:
            return True
        if meaning.is_any:
            return any(unit.is_required and _answered(entry, unit) for unit in meaning.units)
        return self._answers(entry, meaning.units)

    def _answers(self, entry: _Entry, units: Sequence[Unit]) -> bool:
        return all(_answered(entry, unit) for unit in units if unit.is_required)

    def _score(self, entry: _Entry, units: Sequence[Unit]) -> float:
        if not units:
            return 1.0
        by_words = sum(
            (sum if unit.is_sum else max)(self._alternative_score(entry, alternative) for alternative in unit.alternatives)
            for unit in units
        )
        most = most_from_words(units, lambda term: rarity(len(self.entries), self.frequencies[term]))
        return by_words + MEANING_WEIGHT * self.query.alike.get(entry.document.module_id, 0.0) * most

    def _alternative_score(self, entry: _Entry, alternative: Alternative) -> float:
        if not all(term in entry.weights for term in alternative.terms):
            return 0.0
        documents = len(self.entries)
        return alternative.weight * sum(
            rarity(documents, self.frequencies[term]) * impact(entry.weights[term]) for term in alternative.terms
        )

    def _passes(self, entry: _Entry, ignored: str | None) -> bool:
        """Whether all filters hold, but for the one on the facet `ignored`."""
        document, query = entry.document, self.query
        for facet, wanted in query.filters.items():
            if facet not in EDITION_FACETS and facet != ignored and document.facets.get(facet, "") not in wanted:
                return False
        if query.among is not None and document.module_id not in query.among:
            return False
        if query.max_hours is not None and not (document.hours is not None and document.hours <= query.max_hours):
            return False
        return not self._asks_edition(ignored) or any(True for _ in self._fitting_editions(document, ignored))

    def _asks_edition(self, ignored: str | None) -> bool:
        query = self.query
        return (
            any(facet in EDITION_FACETS and facet != ignored for facet in query.filters)
            or query.max_price_eur is not None
            or query.start_before is not None
            or (query.near is not None and query.radius_km is not None)
        )

    def _fitting_editions(self, document: ModuleDocument, ignored: str | None = None) -> Iterator[int]:
        """The editions, by number, that count and that meet every filter on editions by themselves."""
        query = self.query
        for number in counting_editions(document, query.today):
            edition = document.editions[number]
            start = edition.start.next_start(query.today)
            if (
                all(
                    edition_value(edition, facet) in query.filters[facet]
                    for facet in EDITION_FACETS
                    if facet in query.filters and facet != ignored
                )
                and (query.max_price_eur is None or (edition.price_eur is not None and edition.price_eur <= query.max_price_eur))
                and (query.start_before is None or (start is not None and start <= query.start_before))
                and self._is_near_enough(edition)
            ):
                yield number

    def _is_near_enough(self, edition: EditionDocument) -> bool:
        if self.query.near is None or self.query.radius_km is None or edition.format == Format.ONLINE:
            return True
        distance = self._distance(edition)
        return distance is not None and distance <= self.query.radius_km

    def _distance(self, edition: EditionDocument) -> float | None:
        if self.query.near is None or edition.point is None:
            return None
        return distance_km(self.query.near, edition.point)

    def _ranked(self, entry: _Entry, scores: Mapping[int, float], *, has_text: bool) -> tuple[tuple[object, ...], _Entry, int | None]:
        """The sort key of a module, the module, and the edition to show."""
        document, today = entry.document, self.query.today
        numbers = list(self._fitting_editions(document))
        best = min(numbers, key=lambda number: self._edition_key(document.editions[number], number), default=None)
        edition = None if best is None else document.editions[best]
        primary = self._primary(document, edition)
        soonest = min((_start_day(document.editions[number], today) for number in numbers), default=math.inf)
        tie = () if has_text else (soonest, folded(document.title))
        return (primary, -scores[document.module_id], *tie, document.module_id), entry, best

    def _primary(self, document: ModuleDocument, edition: EditionDocument | None) -> float:
        if self.query.sort is Sort.RELEVANCE:
            return 0.0
        if self.query.sort is Sort.HOURS:
            return math.inf if document.hours is None else document.hours
        return math.inf if edition is None else self._edition_value(edition)

    def _edition_value(self, edition: EditionDocument) -> float:
        """What the wanted order goes by, low first."""
        if self.query.sort is Sort.START:
            return _start_day(edition, self.query.today)
        if self.query.sort is Sort.PRICE:
            return math.inf if edition.price_eur is None else edition.price_eur
        if self.query.sort is Sort.DISTANCE:
            distance = self._distance(edition)
            return math.inf if distance is None else distance
        return 0.0

    def _edition_key(self, edition: EditionDocument, number: int) -> tuple[float, float, float, int]:
        """The edition that fits best: by the wanted order, then the most open, then the soonest."""
        today = self.query.today
        return self._edition_value(edition), -start_openness(edition.start, today), _start_day(edition, today), number

    def _facets(self, found: Sequence[_Entry]) -> dict[str, dict[str, int]]:
        counts: dict[str, Counter[str]] = {facet: Counter() for facet in self.query.facets}
        for facet, counter in counts.items():
            for entry in found:
                if self._passes(entry, ignored=facet):
                    counter.update(self._values(entry.document, facet) - {""})
        return {facet: dict(counter) for facet, counter in counts.items()}

    def _values(self, document: ModuleDocument, facet: str) -> set[str]:
        if facet in EDITION_FACETS:
            return {edition_value(document.editions[number], facet) for number in self._fitting_editions(document, facet)}
        return {document.facets.get(facet, "")}


def counting_editions(document: ModuleDocument, today: date) -> list[int]:
    """The editions that can still be begun, by number; all of them when none can."""
    numbers = list(range(len(document.editions)))
    return [number for number in numbers if document.editions[number].start.is_open(today)] or numbers


def module_openness(document: ModuleDocument, today: date) -> float:
    """As open as its most open edition; WAITING without editions."""
    return max((start_openness(edition.start, today) for edition in document.editions), default=WAITING)


def _answered(entry: _Entry, unit: Unit) -> bool:
    return any(all(term in entry.weights for term in alternative.terms) for alternative in unit.alternatives)


def _start_day(edition: EditionDocument, today: date) -> float:
    """The next start as a day number; endless where there is none."""
    start = edition.start.next_start(today)
    return math.inf if start is None else start.toordinal()
