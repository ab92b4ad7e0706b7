"""The embedded engine. Whoosh keeps the documents on disk: segments, commits, deletions, merges. This is the only file that knows it.

A document is kept as what is known of it: its terms with their impact, its words, its row of columns. Segments never change, so each is
turned around into arrays once (`segment`), when it is written, and mapped by every process. Scoring, filters and facets run on those
(`array_search`). Whoosh's own postings are not used: writing them took nine tenths of a rebuild.

On disk, `FOLDER/generation-N` is one whole index and the file `FOLDER/CURRENT` names the one that counts. A rebuild fills a new folder
and replaces that file in one step. All writing happens under one lock, and any process notices a commit at its next query. Whoosh calls
no fsync: after a power failure the index may have to be rebuilt, and the database stays the truth.
"""

from __future__ import annotations

import itertools
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from whoosh import columns as whoosh_columns
from whoosh import fields, index
from whoosh.filedb.filestore import FileStorage
from whoosh.query import Or, Term
from whoosh.util.filelock import try_for

from catalogue.search import array_search
from catalogue.search.columns import Dictionary, row_of
from catalogue.search.port import ModuleDocument, Query, Result, SearchUnavailable
from catalogue.search.ranking import impact, spelling_words, term_weights
from catalogue.search.segment import packed_terms
from catalogue.search.snapshot import Leaf, Snapshot, arrays_path, turned

LOCK_SECONDS = 5.0
JUST_NOW_NS = 50_000_000
MOST_READS = 5
"""So often an index is opened that is replaced at the same moment, each time a newer one."""
WRITER_MEMORY_MB = 128
SEGMENT_DOCUMENTS = 200_000
"""A rebuild makes segments of so many documents; turning one around takes some kilobytes a document."""
KEPT_FROM = 256
"""Arrays of smaller segments are made anew by each process; that takes it a few milliseconds."""
MOST_DEAD = 2
"""With so many times more documents than live ones, a commit writes everything anew."""
Found = TypeVar("Found")


SCHEMA = fields.Schema(
    module=fields.ID(),
    terms=fields.COLUMN(whoosh_columns.VarBytesColumn()),
    words=fields.COLUMN(whoosh_columns.VarBytesColumn()),
    row=fields.COLUMN(whoosh_columns.VarBytesColumn()),
)


class WhooshEngine:
    """A search index under `folder`. Threads share one; each process makes its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._leaves: dict[str, Leaf] = {}
        self._dictionary = Dictionary()
        self._snapshot: Snapshot | None = None
        self._checked: tuple[int, int, int] | None = None
        self._loading = threading.Lock()

    def search(self, query: Query) -> Result:
        """See `SearchEngine.search`."""
        return self._reading(lambda snapshot: array_search.search(snapshot, query))

    def module_ids(self) -> set[int]:
        """See `SearchEngine.module_ids`."""
        return self._reading(lambda snapshot: set(snapshot.columns.module_ids[snapshot.is_alive].tolist()))

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
            folder = self._current()
            found = _open(folder)
            writer = found.writer(compound=False, limitmb=WRITER_MEMORY_MB)
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
            writer.commit(optimize=found.doc_count_all() > MOST_DEAD * (found.doc_count() + 1))
            _keep_arrays(folder)

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

    def _reading(self, read: Callable[[Snapshot], Found]) -> Found:
        """Calls `read` with the newest state; again when files vanished under it, because another process merged or rebuilt."""
        try:
            for _ in range(MOST_READS - 1):
                with suppress(OSError, index.EmptyIndexError):
                    return read(self._newest())
                self._snapshot = None
            return read(self._newest())
        except SearchUnavailable:
            raise
        except Exception as error:  # whatever a broken file raises, the answer is the same: not available
            self._snapshot = None
            raise SearchUnavailable(f"{type(error).__name__}: {error}") from error

    def _newest(self) -> Snapshot:
        known = self._snapshot
        files = self._files(known.folder) if known is not None else None
        if known is not None and files is not None and files == self._checked:
            return known
        folder = self._current()
        if known is None or not known.is_newest(folder):
            with self._loading:
                known = self._snapshot
                if known is None or not known.is_newest(folder):
                    known = self._snapshot = self._loaded(folder)
        else:
            self._checked = files
        return known

    def _files(self, folder: Path) -> tuple[int, int, int] | None:
        """What every commit and rebuild changes; None when that was just now, as clocks may be too coarse to see another one, and when the
        folder is gone."""
        try:
            pointer, generation = (self._folder / "CURRENT").stat(), folder.stat()
        except OSError:
            return None
        if time.time_ns() - max(pointer.st_mtime_ns, generation.st_mtime_ns) < JUST_NOW_NS:
            return None
        return pointer.st_ino, pointer.st_mtime_ns, generation.st_mtime_ns

    def _loaded(self, folder: Path) -> Snapshot:
        """The state on disk; segments that were read before are taken over."""
        if self._snapshot is None or self._snapshot.folder != folder:
            self._leaves, self._dictionary = {}, Dictionary()
        found = _open(folder)
        reader = found.reader()
        leaves: dict[str, Leaf] = {}
        parts = []
        for leaf, _ in reader.leaf_readers() if reader.doc_count_all() else ():
            name = leaf.segment().segment_id()
            lives = np.fromiter(leaf.all_doc_ids(), dtype=np.int64)
            if name in self._leaves:
                leaves[name] = self._leaves[name]
                leaf.close()
            else:
                leaves[name] = Leaf(folder, leaf, self._dictionary)
            parts.append((leaves[name], lives))
        self._leaves = leaves
        return Snapshot(folder, found, reader.generation(), parts, self._dictionary)

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


def _open(folder: Path) -> Any:
    return index.open_dir(str(folder), schema=SCHEMA)


def _fill(folder: Path, documents: Iterable[ModuleDocument]) -> int:
    """Writes a whole index into an empty folder; returns how many documents."""
    found = index.create_in(str(folder), SCHEMA)
    count = 0
    for batch in _batches(documents, SEGMENT_DOCUMENTS):
        writer = found.writer(compound=False, limitmb=WRITER_MEMORY_MB)
        try:
            for document in batch:
                _add(writer, document)
                count += 1
        except BaseException:
            writer.cancel()
            raise
        writer.commit(merge=False)
    _keep_arrays(folder)
    return count


def _batches(documents: Iterable[ModuleDocument], size: int) -> Iterator[Iterator[ModuleDocument]]:
    """`documents` in runs of `size`, none of them read before it is asked for."""
    rest = iter(documents)
    for first in rest:
        yield itertools.chain([first], itertools.islice(rest, size - 1))


def _add(writer: Any, document: ModuleDocument) -> None:
    writer.add_document(
        module=str(document.module_id),
        terms=packed_terms({term: impact(weight) for term, weight in term_weights(document).items()}),
        words=" ".join(spelling_words(document)).encode(),
        row=row_of(document),
    )


def _keep_arrays(folder: Path) -> None:
    """Writes the arrays of large segments that have none yet, so that processes need not make their own."""
    reader = _open(folder).reader()
    try:
        for leaf, _ in reader.leaf_readers() if reader.doc_count_all() else ():
            path = arrays_path(folder, leaf.segment())
            if leaf.doc_count_all() >= KEPT_FROM and not path.exists():
                dictionary = Dictionary()
                turned(leaf, dictionary).write(path, dictionary)
    finally:
        reader.close()
