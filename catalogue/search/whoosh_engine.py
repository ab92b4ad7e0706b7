"""The embedded engine. Whoosh keeps the index on disk: schema, segments, commits, deletions. This is the only file that knows it.

Segments never change, so each is decoded into arrays once: its columns when it is first met, a term's postings when the term is first
asked for. Scoring, filters and facets then run on arrays (`array_search`). One posting list a term holds BM25F weights (`ranking`).

On disk, `FOLDER/generation-N` is one whole index and the file `FOLDER/CURRENT` names the one that counts. A rebuild fills a new folder
and replaces that file in one step. All writing happens under one lock, and any process notices a commit at its next query. Whoosh calls
no fsync: after a power failure the index may have to be rebuilt, and the database stays the truth.
"""

from __future__ import annotations

import os
import shutil
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from whoosh import columns as whoosh_columns
from whoosh import fields, formats, index
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Or, Term
from whoosh.util.filelock import try_for

from catalogue.search import array_search
from catalogue.search.array_search import Day
from catalogue.search.columns import Columns, Dictionary, FloatArray, IntArray, columns_of, joined, row_of
from catalogue.search.port import ModuleDocument, Query, Result, SearchUnavailable
from catalogue.search.ranking import spelling_words, term_weights

LOCK_SECONDS = 5.0
WRITER_MEMORY_MB = 128
DAYS_KEPT = 4
Found = TypeVar("Found")


class WeightedTerms(fields.FieldType):  # type: ignore[misc]  # Whoosh is untyped
    """A field that is given its terms with their weights, and analyses nothing."""

    def __init__(self) -> None:
        # Whoosh's lengths are not used. But for a field without them it looks for the file of lengths at every posting that it writes,
        # which takes half of the time of a build.
        super().__init__(format=formats.Existence(), analyzer=None, scorable=True)

    def index(self, value: Mapping[str, float], **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Terms in order, as (term, frequency, weight, value) as Whoosh asks for them."""
        for term in sorted(value):
            yield term.encode(), 1, value[term], b""


SCHEMA = fields.Schema(module=fields.ID(), terms=WeightedTerms(), words=WeightedTerms(), row=fields.COLUMN(whoosh_columns.VarBytesColumn()))


class WhooshEngine:
    """A search index under `folder`. Threads share one; each process makes its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._segments: dict[str, _Segment] = {}
        self._dictionary = Dictionary()
        self._snapshot: _Snapshot | None = None
        self._loading = threading.Lock()

    def search(self, query: Query) -> Result:
        """See `SearchEngine.search`."""
        return self._reading(lambda snapshot: array_search.search(snapshot, query))

    def module_ids(self) -> set[int]:
        """See `SearchEngine.module_ids`."""
        return self._reading(lambda snapshot: {int(module_id) for module_id in snapshot.columns.module_ids})

    def is_ready(self) -> bool:
        """See `SearchEngine.is_ready`."""
        try:
            self.module_ids()
        except SearchUnavailable:
            return False
        return True

    def update(self, documents: Iterable[ModuleDocument], removed: Iterable[int] = ()) -> None:
        """See `SearchEngine.update`."""
        with self._writing():
            writer = _open(self._current()).writer(compound=False, limitmb=WRITER_MEMORY_MB)
            try:
                fresh = {document.module_id: document for document in documents}
                gone = [Term("module", str(module_id)) for module_id in {*removed, *fresh}]
                if gone:
                    writer.delete_by_query(Or(gone))
                for document in fresh.values():
                    _add(writer, document)
            except BaseException:
                writer.cancel()
                raise
            writer.commit()

    def rebuild(self, documents: Iterable[ModuleDocument]) -> int:
        """See `SearchEngine.rebuild`."""
        with self._writing():
            before = self._generations()
            fresh = self._folder / f"generation-{max(before, default=0) + 1:06d}"
            fresh.mkdir()
            try:
                count = _fill(fresh, documents)
                self._switch_to(fresh)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            # The last one stays for processes that are reading it right now; it goes at the next rebuild.
            for number in sorted(before)[:-1]:
                shutil.rmtree(self._folder / f"generation-{number:06d}", ignore_errors=True)
        return count

    # Reading.

    def _reading(self, read: Callable[[_Snapshot], Found]) -> Found:
        """Calls `read` with the newest state; once more when files vanished under it, because another process merged or rebuilt."""
        try:
            try:
                return read(self._newest())
            except OSError:
                self._snapshot = None
                return read(self._newest())
        except SearchUnavailable:
            raise
        except Exception as error:  # whatever a broken file raises, the answer is the same: not available
            self._snapshot = None
            raise SearchUnavailable(f"{type(error).__name__}: {error}") from error

    def _newest(self) -> _Snapshot:
        folder = self._current()
        known = self._snapshot
        if known is not None and known.is_newest(folder):
            return known
        with self._loading:
            known = self._snapshot
            if known is None or not known.is_newest(folder):
                known = self._snapshot = self._loaded(folder)
        return known

    def _loaded(self, folder: Path) -> _Snapshot:
        """The state on disk; segments that were decoded before are taken over."""
        if self._snapshot is None or self._snapshot.folder != folder:
            self._segments, self._dictionary = {}, Dictionary()
        found = _open(folder)
        reader = found.reader()
        segments: dict[str, _Segment] = {}
        parts = []
        for leaf, _ in reader.leaf_readers() if reader.doc_count_all() else ():
            name = leaf.segment().segment_id()
            lives = np.fromiter(leaf.all_doc_ids(), dtype=np.int64)
            if name in self._segments:
                segments[name] = self._segments[name]
                leaf.close()
            else:
                segments[name] = _Segment(leaf, self._dictionary)
            parts.append((segments[name], lives))
        self._segments = segments
        return _Snapshot(folder, found, reader.generation(), parts, self._dictionary)

    # Files.

    def _current(self) -> Path:
        try:
            return self._folder / (self._folder / "CURRENT").read_text(encoding="ascii")
        except OSError as error:
            raise SearchUnavailable("there is no index yet: run `flask --app wsgi index rebuild`") from error

    def _switch_to(self, fresh: Path) -> None:
        pointer = self._folder / "CURRENT.new"
        with pointer.open("w", encoding="ascii") as file:
            file.write(fresh.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self._folder / "CURRENT")

    def _generations(self) -> list[int]:
        return [int(path.name.removeprefix("generation-")) for path in self._folder.glob("generation-[0-9]*")]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Holds the one lock on writing, across processes. Anything that goes wrong within becomes SearchUnavailable, with its cause."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileStorage(str(self._folder)).lock("WRITING")
            if not try_for(lock.acquire, timeout=LOCK_SECONDS, delay=0.05):
                raise SearchUnavailable("another process writes to the index")
        except OSError as error:
            raise SearchUnavailable(f"the index cannot be written: {error}") from error
        try:
            yield
        except (OSError, index.IndexError, index.LockError) as error:
            raise SearchUnavailable(f"{type(error).__name__}: {error}") from error
        finally:
            lock.release()


class _Segment:
    """One immutable segment, decoded. Deletions are not its own: they change, and belong to the snapshot.

    Its files stay open until the last snapshot that uses it is gone, so a merge by another process takes nothing away from a search.
    """

    def __init__(self, reader: Any, dictionary: Dictionary) -> None:
        rows = reader.column_reader("row")
        self.columns = columns_of((rows[number] for number in range(reader.doc_count_all())), dictionary)
        self._reader = reader
        self._postings: dict[str, tuple[IntArray, FloatArray]] = {}
        self._decoding = threading.Lock()
        weakref.finalize(self, reader.close)

    def postings(self, term: str) -> tuple[IntArray, FloatArray]:
        """Documents of the segment that hold `term`, deleted ones included, and its weights. A Whoosh reader is not for two threads."""
        known = self._postings.get(term)
        if known is None:
            with self._decoding:
                known = self._postings[term] = self._decoded(term)
        return known

    @cached_property
    def words(self) -> dict[str, int]:
        """Words as they are written, with the number of documents that hold them."""
        with self._decoding:
            return {text.decode(): info.doc_frequency() for text, info in self._reader.iter_field("words")}

    def _decoded(self, term: str) -> tuple[IntArray, FloatArray]:
        numbers: list[int] = []
        weights: list[float] = []
        if ("terms", term) in self._reader:
            matcher = self._reader.postings("terms", term)
            while matcher.is_active():
                numbers.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
        return np.array(numbers, dtype=np.int64), np.array(weights, dtype=np.float64)


class _Snapshot:
    """The state of the index after one commit, for any number of threads; see `array_search.Index`.

    `segments` come with the numbers of their documents that are not deleted.
    """

    def __init__(
        self, folder: Path, found: Any, generation: int, segments: list[tuple[_Segment, IntArray]], dictionary: Dictionary
    ) -> None:
        self.folder, self.dictionary = folder, dictionary
        self._found, self._generation = found, generation
        self._parts: list[tuple[_Segment, IntArray]] = []
        self._postings: dict[str, tuple[IntArray, FloatArray]] = {}
        self._days: dict[date, Day] = {}
        columns: list[Columns] = []
        first_row = 0
        for segment, live_documents in segments:
            lives = np.zeros(len(segment.columns), dtype=bool)
            lives[live_documents] = True
            row_of_document = np.where(lives, np.cumsum(lives) - 1 + first_row, -1)
            self._parts.append((segment, row_of_document))
            columns.append(segment.columns if lives.all() else segment.columns.only(lives))
            first_row += len(columns[-1])
        self.columns = joined(columns)

    def is_newest(self, folder: Path) -> bool:
        """Whether nothing was committed since."""
        return folder == self.folder and bool(self._found.latest_generation() == self._generation)

    def postings(self, term: str) -> tuple[IntArray, FloatArray]:
        """See `array_search.Index.postings`."""
        known = self._postings.get(term)
        if known is None:
            known = self._gathered(term)
            if len(known[0]):  # what is not there is not remembered: such words have no end
                self._postings[term] = known
        return known

    def spelling(self) -> Mapping[str, int]:
        """See `array_search.Index.spelling`."""
        return self._spelling

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
    def _spelling(self) -> dict[str, int]:
        words: dict[str, int] = {}
        for segment, _ in self._parts:
            for word, count in segment.words.items():
                words[word] = words.get(word, 0) + count
        return words

    @cached_property
    def _title_rank(self) -> IntArray:
        return np.unique(self.columns.titles, return_inverse=True)[1].astype(np.int64)

    def _gathered(self, term: str) -> tuple[IntArray, FloatArray]:
        all_rows, all_weights = [], []
        for segment, row_of_document in self._parts:
            numbers, weights = segment.postings(term)
            rows = row_of_document[numbers]
            all_rows.append(rows[rows >= 0])
            all_weights.append(weights[rows >= 0])
        if not all_rows:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        return np.concatenate(all_rows), np.concatenate(all_weights)


def _open(folder: Path) -> Any:
    return index.open_dir(str(folder), schema=SCHEMA)


def _fill(folder: Path, documents: Iterable[ModuleDocument]) -> int:
    """Writes a whole index into an empty folder; returns how many documents."""
    writer = index.create_in(str(folder), SCHEMA).writer(compound=False, limitmb=WRITER_MEMORY_MB)
    count = 0
    try:
        for document in documents:
            _add(writer, document)
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return count


def _add(writer: Any, document: ModuleDocument) -> None:
    writer.add_document(
        module=str(document.module_id),
        terms=term_weights(document),
        words=dict.fromkeys(spelling_words(document), 1.0),
        row=row_of(document),
    )
