"""Sentence vectors of the taxonomy's names and concepts: encoded once, kept on disk, and turned so that names of one concept come together.

The turn is a whitening within concepts: directions in which the names of one concept differ from each other (wording, language) count
less. It is learned from the taxonomy's own alternative labels and translations at load, in a fraction of a second.
"""

from __future__ import annotations

import hashlib
import logging
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalogue.language.embedder import Embedder, FloatArray
from catalogue.progress import Progress, silent
from catalogue.skills.lexicon import Lexicon
from catalogue.skills.readings import encode_readings

KEPT_DIMENSIONS = 192
_SHRINKAGE = 1.0
_LEAST_SCATTER = 1e-7
"""What less of it is rounding: names that do not differ within any concept tell nothing of directions."""
_BATCH = 2_000
_SAMPLE = 10_000
"""Names from which the directions with most variance are taken."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """From a model's vectors to the ones that are compared: minus `mean`, times `matrix` (dimensions, kept), to length 1."""

    mean: FloatArray
    matrix: FloatArray

    def __call__(self, vectors: FloatArray) -> FloatArray:
        """Shape (n, dimensions) to (n, kept)."""
        turned = (vectors - self.mean) @ self.matrix
        turned /= np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
        return np.asarray(turned, np.float32)


@dataclass(frozen=True, slots=True)
class NameVectors:
    """Vectors of the names that have one. `names`: shape (n,), rows in the lexicon, ascending; `vectors`: shape (n, kept)."""

    names: NDArray[np.int64]
    vectors: FloatArray


class VectorCache:
    """Vectors by text, a name or a reading of several lines, in one file a model under `folder`.

    A missing or broken file only costs time.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.embedder = embedder
        self._path = folder / f"name-vectors-{embedder.name}.npz"
        self._vectors: dict[int, NDArray[np.float16]] = {}
        self._read()

    def missing(self, texts: Sequence[str]) -> list[str]:
        """The texts, each once, that have no vector yet."""
        return [text for text in dict.fromkeys(texts) if _key(text) not in self._vectors]

    def fill(self, texts: Sequence[str], progress: Progress = silent) -> None:
        """Encodes what is missing and writes the file now and then, so that an interrupted run goes on where it was."""
        missing = self.missing(texts)
        for begin in range(0, len(missing), _BATCH):
            progress("encode names", begin, len(missing))
            batch = missing[begin : begin + _BATCH]
            for text, vector in zip(batch, encode_readings(self.embedder, batch).astype(np.float16), strict=True):
                self._vectors[_key(text)] = vector
            if (begin // _BATCH) % 10 == 9:
                self._write(())
        if missing:
            progress("encode names", len(missing), len(missing))
            self._write(texts)

    def get(self, texts: Sequence[str]) -> FloatArray:
        """Shape (len(texts), dimensions). Raises KeyError for a text that was never filled in."""
        if not texts:
            return np.zeros((0, self.embedder.dimensions), np.float32)
        return np.stack([self._vectors[_key(text)] for text in texts]).astype(np.float32)

    def _read(self) -> None:
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                self._vectors = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
            _LOG.warning("the vectors in %s cannot be read and are made anew: %s", self._path, error)

    def _write(self, current: Sequence[str]) -> None:
        """Replaces the file in one step; with `current` given, vectors of names that are no more are left out."""
        keys = {_key(text) for text in current} if current else self._vectors.keys()
        kept = {key: self._vectors[key] for key in keys}
        passing = self._path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with passing.open("wb") as file:
                np.savez(file, keys=np.array(list(kept), np.uint64), vectors=np.stack(list(kept.values())))
            passing.replace(self._path)
        except OSError as error:
            _LOG.warning("vectors are not kept in %s: %s", self._path, error)


def names_with_vector(lexicon: Lexicon) -> NDArray[np.int64]:
    """Rows of the names that get a vector: all preferred labels and the Dutch alternatives.

    English alternatives of ESCO are 115,000, mostly rewordings of the label; letters and words find those.
    """
    return np.flatnonzero(lexicon.is_preferred | ~lexicon.is_english)


def learned_turn(lexicons: Sequence[Lexicon], vectors: Sequence[FloatArray]) -> Turn:
    """The whitening within concepts, cut to the directions with most variance; no turn for fewer names than directions are kept.

    So few tell nothing of directions, and the vectors of the model compare well as they are.

    Args:
        lexicons: whose names with a vector it is learned from.
        vectors: for each lexicon, shape (len(names_with_vector(lexicon)), dimensions).
    """
    total = sum(map(len, vectors))
    dimensions = vectors[0].shape[1]
    if total < KEPT_DIMENSIONS:
        return Turn(np.zeros(dimensions, np.float32), np.eye(dimensions, dtype=np.float32))
    mean = np.asarray(sum(rows.sum(axis=0, dtype=np.float64) for rows in vectors) / total, np.float32)
    within = np.zeros((dimensions, dimensions), np.float64)
    for lexicon, rows in zip(lexicons, vectors, strict=True):
        if not len(rows):
            continue
        concept = lexicon.concept[names_with_vector(lexicon)]
        # Names of one concept stand together, so sums over a concept are sums over a stretch.
        starts = np.flatnonzero(np.diff(concept, prepend=-1))
        sizes = np.diff(np.append(starts, len(concept)))
        sums = np.add.reduceat(rows, starts, axis=0)
        # All products minus those of the middles: the scatter around the middles, without a copy of all rows.
        within += rows.T @ rows - (sums / sizes[:, None].astype(np.float32)).T @ sums
    within /= total
    scale = max(float(np.trace(within)) / dimensions, _LEAST_SCATTER)
    values, axes = np.linalg.eigh(within + _SHRINKAGE * scale * np.eye(dimensions))
    whitening = ((axes / np.sqrt(np.maximum(values, scale * 1e-3))) @ axes.T).astype(np.float32)
    sample = np.concatenate([rows[:: max(total // _SAMPLE, 1)] for rows in vectors])
    _, directions = np.linalg.eigh(np.cov(Turn(mean, whitening)(sample), rowvar=False))
    kept = np.ascontiguousarray(directions[:, ::-1][:, :KEPT_DIMENSIONS]).astype(np.float32)
    return Turn(mean, whitening @ kept)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
