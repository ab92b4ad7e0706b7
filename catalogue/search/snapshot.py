"""The state of the embedded index after one commit: its segments as one run of rows, those of removed modules among them.

Most of a snapshot is shared with the one before: a commit adds a small segment and takes rows out of others, and both cost little.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from catalogue.search.columns import Dictionary, IntArray, joined
from catalogue.search.counting import JointCodes
from catalogue.search.day import Day
from catalogue.search.recent import Recent
from catalogue.search.scoring import OnAllRows
from catalogue.search.segment import ImpactArray, KeyArray, RowArray, Segment, packed_keys, term_key
from catalogue.search.spelling import Speller
from catalogue.search.units import Unit

DAYS_KEPT = 4
COMMON = 8
"""A term is common when one in so many rows holds it; then one array over all rows is faster than those of its own."""
SPREAD_BYTES = 40_000_000
UNIT_BYTES = 20_000_000


class Leaf:
    """One immutable segment of Whoosh with its arrays. Deletions come and go with a snapshot, and are given to `dead_terms`.

    Its files stay open until the last snapshot that uses it is gone, so a merge by another process takes nothing away from a search.
    """

    def __init__(self, folder: Path, reader: Any, dictionary: Dictionary) -> None:
        self.segment = Segment.read(arrays_path(folder, reader.segment()), dictionary) or turned(reader, dictionary)
        self._terms = reader.column_reader("terms")
        self._dead: dict[int, KeyArray] = {}
        weakref.finalize(self, reader.close)

    def __len__(self) -> int:
        return len(self.segment.columns)

    def dead_terms(self, dead: IntArray) -> tuple[KeyArray, IntArray]:
        """The terms of the deleted documents `dead`, ascending, and how many of these hold each. Not for two threads."""
        for number in dead.tolist():
            if number not in self._dead:
                self._dead[number] = packed_keys(self._terms[number])
        if not self._dead:
            return np.zeros(0, np.uint64), np.zeros(0, np.int64)
        return np.unique(np.concatenate(list(self._dead.values())), return_counts=True)


@dataclass(frozen=True, slots=True)
class _Part:
    """A leaf in a snapshot: its first row, and the terms that its dead rows hold."""

    leaf: Leaf
    first_row: int
    dead_keys: KeyArray
    dead_counts: IntArray

    def holding(self, key: int) -> int:
        """How many documents that are not deleted hold a term."""
        dead = int(np.searchsorted(self.dead_keys, np.uint64(key)))
        n_dead = int(self.dead_counts[dead]) if dead < len(self.dead_keys) and self.dead_keys[dead] == key else 0
        return len(self.leaf.segment.postings(key)[0]) - n_dead


class Snapshot:
    """The state of the index after one commit, for any number of threads; see `array_search.Index`.

    `leaves` come with the numbers of their documents that are not deleted.
    """

    def __init__(self, folder: Path, found: Any, generation: int, leaves: list[tuple[Leaf, IntArray]], dictionary: Dictionary) -> None:
        self.folder, self.dictionary = folder, dictionary
        self._found, self._generation = found, generation
        self._postings: dict[str, tuple[RowArray, ImpactArray]] = {}
        self._holding: dict[str, int] = {}
        self._days: dict[date, Day] = {}
        self._parts: list[_Part] = []
        lives = []
        first_row = 0
        for leaf, live_documents in leaves:
            lives.append(np.zeros(len(leaf), dtype=bool))
            lives[-1][live_documents] = True
            self._parts.append(_Part(leaf, first_row, *leaf.dead_terms(np.flatnonzero(~lives[-1]))))
            first_row += len(leaf)
        self.is_alive = np.concatenate(lives) if lives else np.zeros(0, dtype=bool)
        self.n_alive = int(self.is_alive.sum())
        self.columns = joined([leaf.segment.columns for leaf, _ in leaves])
        row_bytes = max(1, len(self.columns)) * np.dtype(np.float32).itemsize
        self._spread: Recent[str, ImpactArray] = Recent(SPREAD_BYTES // row_bytes)
        self.units: Recent[Unit, OnAllRows] = Recent(UNIT_BYTES // row_bytes)

    def is_newest(self, folder: Path) -> bool:
        """Whether nothing was committed since."""
        return folder == self.folder and bool(self._found.latest_generation() == self._generation)

    def postings(self, term: str) -> tuple[RowArray, ImpactArray]:
        """See `array_search.Index.postings`."""
        known = self._postings.get(term)
        if known is None:
            known = self._gathered(term_key(term))
            if len(known[0]):  # what is not there is not remembered: such words have no end
                self._postings[term] = known
        return known

    def spread(self, term: str) -> ImpactArray | None:
        """See `array_search.Index.spread`."""
        known = self._spread.get(term)
        if known is None:
            rows, impacts = self.postings(term)
            if len(rows) * COMMON < len(self.columns):
                return None
            known = np.zeros(len(self.columns), np.float32)
            known[rows] = impacts
            self._spread.keep(term, known)
        return known

    def holding(self, term: str) -> int:
        """See `array_search.Index.holding`."""
        known = self._holding.get(term)
        if known is None:
            key = term_key(term)
            known = sum(part.holding(key) for part in self._parts)
            if known:
                self._holding[term] = known
        return known

    def rows_of(self, module_ids: Sequence[int]) -> IntArray:
        """See `array_search.Index.rows_of`."""
        ids, rows = self._live_ids
        wanted = np.array(module_ids, np.int64)
        if not len(ids):
            return np.full(len(wanted), -1)
        places = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        return np.where(ids[places] == wanted, rows[places], -1)

    def joint_codes(self) -> Sequence[JointCodes]:
        """See `array_search.Index.joint_codes`."""
        return self._joint_codes

    def speller(self) -> Speller:
        """See `array_search.Index.speller`."""
        return self._speller

    def title_rank(self) -> IntArray:
        """See `array_search.Index.title_rank`."""
        return self._title_rank

    def day(self, today: date) -> Day:
        """See `array_search.Index.day`."""
        known = self._days.get(today)
        if known is None:
            if len(self._days) >= DAYS_KEPT:
                self._days = {}
            known = self._days[today] = Day.of(self.columns, self.dictionary, today)
        return known

    @cached_property
    def _speller(self) -> Speller:
        words: dict[str, int] = {}
        for part in self._parts:
            for word, count in part.leaf.segment.words.items():
                words[word] = words.get(word, 0) + count
        return Speller(words)

    @cached_property
    def _title_rank(self) -> IntArray:
        return np.unique(self.columns.titles, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def _joint_codes(self) -> tuple[JointCodes, ...]:
        return JointCodes.packed(self.columns)

    @cached_property
    def _live_ids(self) -> tuple[IntArray, IntArray]:
        """The modules in ascending order, and the row of each."""
        rows = np.flatnonzero(self.is_alive)
        rows = rows[np.argsort(self.columns.module_ids[rows])]
        return self.columns.module_ids[rows], rows

    def _gathered(self, key: int) -> tuple[RowArray, ImpactArray]:
        found = [(part.first_row, *part.leaf.segment.postings(key)) for part in self._parts]
        found = [one for one in found if len(one[1])]
        if not found:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        if len(found) == 1 and not found[0][0]:
            return found[0][1:]
        return np.concatenate([rows + np.int32(first) for first, rows, _ in found]), np.concatenate([impacts for *_, impacts in found])


def arrays_path(folder: Path, segment: Any) -> Path:
    """Whoosh removes a file of this name together with the others of the segment."""
    return folder / f"{segment.segment_id()}.arrays"


def turned(reader: Any, dictionary: Dictionary) -> Segment:
    """The arrays of a segment, made from what Whoosh keeps of its documents."""
    numbers = range(reader.doc_count_all())
    terms, words, rows = (reader.column_reader(name) for name in ("terms", "words", "row"))
    return Segment.of(
        [terms[number] for number in numbers], (words[number] for number in numbers), (rows[number] for number in numbers), dictionary
    )
