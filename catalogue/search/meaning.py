"""Which modules are near to a text in meaning: sentence vectors of all modules, in the database and in memory.

A vector is made when a module is indexed, from its title and the skills that it teaches, and kept with the name of its model. Each process
holds the vectors, cut to the directions with most variance, and reads what others added within a second. Without a model there is
nothing near, and search goes by words alone.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.language.embedder import LONGEST_INPUT, Embedder, FloatArray, installed_embedder
from catalogue.models import ModuleVector
from catalogue.overview import count_published
from catalogue.progress import Progress, silent
from catalogue.search.documents import published_documents
from catalogue.search.port import MAX_QUERY_CHARS, ModuleDocument
from catalogue.versions import VECTORS, bump_version, current_versions

SECONDS_BETWEEN_LOOKS = 0.5
"""How often at most the database is asked for new vectors."""
KEPT_DIMENSIONS = 128
FIRST_DIMENSIONS = 64
"""Directions that all modules are compared in; the others only where these leave a chance of being near."""
SAMPLE = 10_000
"""Vectors from which the kept directions are taken."""
LEAST_COSINE = 0.38
"""Nearness from which on a module counts as alike; the nearest modules of a shopping list stay below it."""
FULL_COSINE = 0.75
"""Nearness that counts as the same."""
MOST_ALIKE = 60
MOST_SKILLS = 8
BATCH = 64
READ_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Vectors:
    """n vectors, in the directions with most variance first.

    `module_ids`: shape (n,); `first`: shape (n, FIRST_DIMENSIONS); `rest`: shape (n, kept - FIRST_DIMENSIONS); `rest_length`: shape (n,),
    the length of each row of `rest`; `basis`: shape (dimensions, kept); `number`: the newest read.
    """

    module_ids: NDArray[np.int64]
    first: FloatArray
    rest: FloatArray
    rest_length: FloatArray
    basis: FloatArray
    number: int

    @classmethod
    def of(cls, module_ids: NDArray[np.int64], rows: FloatArray, basis: FloatArray, number: int) -> Vectors:
        """From `rows`, shape (n, kept)."""
        first, rest = (np.ascontiguousarray(part) for part in (rows[:, :FIRST_DIMENSIONS], rows[:, FIRST_DIMENSIONS:]))
        return cls(module_ids, first, rest, np.linalg.norm(rest, axis=1), basis, number)

    def near(self, vector: FloatArray, least: float) -> tuple[NDArray[np.int64], FloatArray]:
        """The modules whose product with `vector`, shape (dimensions,), is at least `least`, and that product."""
        wanted = vector @ self.basis
        of_first, of_rest = wanted[:FIRST_DIMENSIONS], wanted[FIRST_DIMENSIONS:]
        products = self.first @ of_first
        # The rest adds at most the product of the lengths, so nothing near is lost.
        chances = np.flatnonzero(products + self.rest_length * np.linalg.norm(of_rest) >= least)
        products = products[chances] + self.rest[chances] @ of_rest
        is_near = products >= least
        return self.module_ids[chances[is_near]], products[is_near]


class ModuleMeanings:
    """Finds modules by meaning. Threads share one; nothing is read before the first question.

    Args:
        database: where modules and vectors stand.
        embedder: a factory of the model; the default takes the installed one, and None goes without.
    """

    def __init__(self, database: Database, embedder: Callable[[], Embedder | None] = installed_embedder) -> None:
        self._database = database
        self._vectors: Vectors | None = None
        self._looked_at = float("-inf")
        self._reading = threading.Lock()
        self._model = cache(embedder)
        self._meaning_of = lru_cache(maxsize=2_000)(self._encoded)

    def alike(self, text: str) -> Mapping[int, float]:
        """The modules that are near to a text, nearest first, and how near, in (0, 1]; at most `MOST_ALIKE`."""
        text = " ".join(text[:MAX_QUERY_CHARS].split())
        vectors = self._current() if text else None
        if vectors is None or not len(vectors.module_ids):
            return {}
        module_ids, cosines = vectors.near(self._meaning_of(text), LEAST_COSINE)
        nearest = np.lexsort((module_ids, -cosines))[:MOST_ALIKE]
        nearness = np.clip((cosines[nearest] - LEAST_COSINE) / (FULL_COSINE - LEAST_COSINE), 0.01, 1.0)
        return dict(zip(module_ids[nearest].tolist(), nearness.round(4).tolist(), strict=True))

    def fill(self, module_ids: Collection[int] | None = None, progress: Progress = silent) -> int:
        """Makes the vectors that published modules lack, all of them or those among `module_ids`; returns how many.

        Written batch by batch, so a run that breaks off goes on where it was.
        """
        model = self._model()
        if model is None:
            return 0
        made = done = 0
        with self._database.reading() as session:
            total = count_published(session) if module_ids is None else len(module_ids)
            waiting = published_documents(session, module_ids)
            while documents := list(islice(waiting, BATCH)):
                progress("meaning of modules", done, total)
                made += self._fill(model, documents)
                done += len(documents)
        progress("meaning of modules", total, total)
        return made

    def _fill(self, model: Embedder, documents: Collection[ModuleDocument]) -> int:
        """Writes what is missing for some modules, in a transaction of its own."""
        texts = {document.module_id: _texts(document) for document in documents}
        digests = {module_id: _digest(own) for module_id, own in texts.items()}
        with self._database.reading() as session:
            known = select(ModuleVector.module_id, ModuleVector.digest).where(
                ModuleVector.module_id.in_(texts), ModuleVector.model == model.name
            )
            current = dict(session.execute(known).all())
        lacking = [module_id for module_id in texts if current.get(module_id) != digests[module_id]]
        if not lacking:
            return 0
        encoded = model.encode([text for module_id in lacking for text in texts[module_id]])
        vectors = _unit(encoded[0::2] + encoded[1::2]).astype(np.float16)
        with self._database.writing() as session:
            bump_version(session, VECTORS)
            number = current_versions(session)[VECTORS]
            for module_id, vector in zip(lacking, vectors, strict=True):
                session.merge(
                    ModuleVector(module_id=module_id, model=model.name, digest=digests[module_id], vector=vector.tobytes(), number=number)
                )
        return len(lacking)

    def _encoded(self, text: str) -> FloatArray:
        model = self._model()
        assert model is not None  # noqa: S101 - nobody asks before vectors are there
        vector: FloatArray = model.encode([text])[0]
        return vector

    def _current(self) -> Vectors | None:
        """The newest vectors; what is known when another thread is reading newer ones, and None when that reads the first."""
        if time.monotonic() - self._looked_at < SECONDS_BETWEEN_LOOKS or not self._reading.acquire(blocking=False):
            return self._vectors
        try:
            model = self._model()
            if model is not None:
                self._vectors = self._renewed(model)
            self._looked_at = time.monotonic()
        finally:
            self._reading.release()
        return self._vectors

    def _renewed(self, model: Embedder) -> Vectors:
        known = self._vectors
        with self._database.reading() as session:
            newest = current_versions(session)[VECTORS]
            if known is not None and newest == known.number:
                return known
            mine = ModuleVector.model == model.name
            fresh = mine & (ModuleVector.number > (known.number if known else 0))
            count = session.scalar(select(func.count()).where(fresh)) or 0
            if known is not None and count <= len(known.module_ids):
                ids, rows = _read(session, fresh, known.basis)
                stays = ~np.isin(known.module_ids, ids)
                before = np.concatenate([known.first[stays], known.rest[stays]], axis=1)
                return Vectors.of(np.concatenate([known.module_ids[stays], ids]), np.concatenate([before, rows]), known.basis, newest)
            # Mostly new: the directions that suited the few do not suit the many.
            total = session.scalar(select(func.count()).where(mine)) or 0
            identity = np.eye(model.dimensions, dtype=np.float32)
            _, sample = _read(session, mine & (ModuleVector.module_id % (total // SAMPLE + 1) == 0), identity)
            basis = _main_directions(sample)
            return Vectors.of(*_read(session, mine, basis), basis, newest)


def _read(session: Session, wanted: ColumnElement[bool], basis: FloatArray) -> tuple[NDArray[np.int64], FloatArray]:
    """Ids and vectors, cut to `basis`; read in runs, since all of them at once take much memory."""
    found = session.execute(select(ModuleVector.module_id, ModuleVector.vector).where(wanted).order_by(ModuleVector.module_id))
    ids: list[int] = []
    rows = [np.zeros((0, basis.shape[1]), np.float32)]
    for run in found.partitions(READ_AT_ONCE):
        ids += [row.module_id for row in run]
        raw = np.frombuffer(b"".join(row.vector for row in run), np.float16).reshape(len(run), len(basis))
        rows.append(raw.astype(np.float32) @ basis)
    return np.array(ids, np.int64), np.concatenate(rows)


def _main_directions(vectors: FloatArray) -> FloatArray:
    """The directions in which most of the vectors lies, shape (dimensions, kept): dot products with these vectors hardly change."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(directions[:, ::-1][:, :KEPT_DIMENSIONS])


def _texts(document: ModuleDocument) -> tuple[str, str]:
    """What stands for a module: its title, and its title with what one learns."""
    return document.title[:LONGEST_INPUT], f"{document.title}. {', '.join(document.skills[:MOST_SKILLS])}"[:LONGEST_INPUT]


def _digest(texts: Sequence[str]) -> str:
    return hashlib.blake2b("\n".join(texts).encode(), digest_size=16).hexdigest()


def _unit(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
