"""Counts in memory, and writes them together now and then, so that no page waits for it.

Nothing of a person comes out of here. To count a visitor once a day for the same thing, a visitor is a keyed hash, under a key that is made
anew each day, never leaves this process and is forgotten with the day, as are the hashes. What is not written yet when a process
dies is lost: at most what came in since the last write.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from catalogue.counting.writing import add_module_counts, add_vain_counts
from catalogue.database import Database
from catalogue.models.count import Event, Vain

WRITTEN_EVERY = timedelta(seconds=10)
MOST_WAITING = 500
"""With more than this waiting it is written at once."""
MOST_KEPT = 20_000
"""More is not kept when the database does not answer: it counts as lost."""
MOST_REMEMBERED = 200_000
"""So many different visits a day are told apart in one process, some 20 MB; more are not counted."""


@dataclass(frozen=True, slots=True)
class ModuleEvent:
    """Something that happened to a module on a day; `edition_id` is 0 where it was about the module as a whole."""

    day: date
    module_id: int
    event: Event
    edition_id: int = 0


@dataclass(frozen=True, slots=True)
class VainCell:
    """Something asked in vain, as coarse as it is kept: see `catalogue.models.count.VainCount`. `week` is a Monday."""

    week: date
    vain: Vain
    region: str = ""
    theme_id: int = 0
    sector: str = ""
    skill_id: int = 0
    occupation_id: int = 0


FindCells = Callable[[Session], "list[VainCell]"]
"""Finds out what was asked in vain, when there is time for it: after the visitor was answered."""


class Counter:
    """What was counted in this process since the last write. Threads may share it; a fork takes it along while it is empty."""

    def __init__(self, database: Database, *, is_on: bool = True) -> None:
        self._database, self.is_on = database, is_on
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._events: Tally[ModuleEvent] = Tally()
        self._questions: list[tuple[FindCells, bytes]] = []
        self._since: datetime | None = None
        self._day, self._key = date.min, b""
        self._met: set[tuple[VainCell, bytes]] = set()

    def count(self, event: ModuleEvent, now: datetime) -> None:
        """Counts one event."""
        with self._lock:
            if self.is_on and len(self._events) < MOST_KEPT:
                self._events[event] += 1
                self._since = self._since or now

    def ask(self, find: FindCells, visitor: str, today: date, now: datetime) -> None:
        """Has `find` say, at the next write, what `visitor` asked in vain; what the same visitor asked today counts once.

        Args:
            visitor: anything that is the same for one visitor for a day, such as an address; only its hash is kept, for today.
        """
        with self._lock:
            if not self.is_on or len(self._questions) >= MOST_KEPT:
                return
            if today != self._day:
                self._day, self._key = today, secrets.token_bytes(32)
                self._met.clear()
            self._questions.append((find, hashlib.blake2b(visitor.encode(), key=self._key, digest_size=8).digest()))
            self._since = self._since or now

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to write."""
        with self._lock:
            is_late = self._since is not None and now - self._since >= WRITTEN_EVERY
            return is_late or len(self._events) + len(self._questions) >= MOST_WAITING

    def write(self) -> None:
        """Writes what waits, in one transaction; nothing when another thread is at it. What fails to be written is lost.

        Raises:
            SQLAlchemyError: the database does not answer.
        """
        if not self._writing.acquire(blocking=False):
            return
        try:
            with self._lock:
                events, questions = self._events, self._questions
                self._events, self._questions, self._since = Tally(), [], None
            if events or questions:
                self._write(events, questions)
        finally:
            self._writing.release()

    def _write(self, events: Tally[ModuleEvent], questions: list[tuple[FindCells, bytes]]) -> None:
        with self._database.reading() as session:
            asked = [(cell, visitor) for find, visitor in questions for cell in find(session)]
        cells: Tally[VainCell] = Tally()
        with self._lock:
            for cell, visitor in asked:
                if (cell, visitor) not in self._met and len(self._met) < MOST_REMEMBERED:
                    self._met.add((cell, visitor))
                    cells[cell] += 1
        if events or cells:
            with self._database.writing() as session:
                add_module_counts(session, {(one.module_id, one.day, one.event, one.edition_id): n for one, n in events.items()})
                add_vain_counts(
                    session,
                    {
                        (one.week, one.vain, one.region, one.theme_id, one.sector, one.skill_id, one.occupation_id): n
                        for one, n in cells.items()
                    },
                )
