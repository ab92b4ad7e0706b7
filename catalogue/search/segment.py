"""The arrays of one immutable run of documents: who holds which term, the columns, and the words as they are written.

A document keeps its terms as a row of bytes (`packed_terms`). `Segment.of` turns such rows around once, from documents with terms to
terms with documents, and `write` keeps the outcome in one file that every process maps into memory instead of making it again. A file
that is missing or broken costs time and nothing else.

A term is known by 64 bits of its hash: among a million terms two are mistaken for each other once in forty million catalogues.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalogue.search.columns import Columns, Dictionary, columns_of

KeyArray = NDArray[np.uint64]
RowArray = NDArray[np.int32]
ImpactArray = NDArray[np.float32]

_MAGIC = b"Leerwijzer segment 2\n"
_ALIGNED = 64
_KEY_BYTES, _IMPACT_BYTES = 8, 4


@lru_cache(maxsize=400_000)
def term_key(term: str) -> int:
    """The number under which a term is known."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=_KEY_BYTES).digest(), "little")


def packed_terms(impacts: Mapping[str, float]) -> bytes:
    """The terms of one document with what each adds to its score, before rarity."""
    keys = np.fromiter(map(term_key, impacts), np.uint64, len(impacts))
    return keys.tobytes() + np.fromiter(impacts.values(), np.float32, len(impacts)).tobytes()


def packed_keys(row: bytes) -> KeyArray:
    """The terms in a row of `packed_terms`."""
    return np.frombuffer(row, np.uint64, len(row) // (_KEY_BYTES + _IMPACT_BYTES))


@dataclass(frozen=True, slots=True)
class Segment:
    """n documents, m editions, t terms.

    Attributes:
        keys: shape (t,), ascending.
        starts: shape (t + 1,): term i stands in `rows[starts[i]:starts[i + 1]]`.
        rows: documents that hold a term, ascending, one term after the other.
        impacts: same shape as `rows`: what the term adds to the score of that document, before rarity.
        columns: of the n documents, in codes of the dictionary that was given.
        words: how they are written, with the number of documents that hold each.
    """

    keys: KeyArray
    starts: NDArray[np.int64]
    rows: RowArray
    impacts: ImpactArray
    columns: Columns
    words: Mapping[str, int]

    @classmethod
    def of(cls, terms: Sequence[bytes], words: Iterable[bytes], rows: Iterable[bytes], dictionary: Dictionary) -> Segment:
        """From what the index keeps of each document: `packed_terms`, its words with spaces between, and `columns.row_of`."""
        sizes = np.array([len(row) // (_KEY_BYTES + _IMPACT_BYTES) for row in terms], np.int64)
        keys = np.concatenate([packed_keys(row) for row in terms]) if terms else np.zeros(0, np.uint64)
        impacts = (
            np.concatenate([np.frombuffer(row, np.float32, offset=int(size) * _KEY_BYTES) for row, size in zip(terms, sizes, strict=True)])
            if terms
            else np.zeros(0, np.float32)
        )
        order = np.argsort(keys, kind="stable")
        documents = np.repeat(np.arange(len(terms), dtype=np.int32), sizes)
        keys = keys[order]
        firsts = np.flatnonzero(np.diff(keys, prepend=~keys[:1]) != 0)
        counts: dict[str, int] = {}
        for line in words:
            for word in line.decode().split():
                counts[word] = counts.get(word, 0) + 1
        return cls(
            keys=keys[firsts],
            starts=np.append(firsts, len(keys)),
            rows=documents[order],
            impacts=impacts[order],
            columns=columns_of(rows, dictionary),
            words=counts,
        )

    def postings(self, key: int) -> tuple[RowArray, ImpactArray]:
        """The documents that hold a term, and its impact on each; both empty when none does."""
        place = int(np.searchsorted(self.keys, np.uint64(key)))
        if place == len(self.keys) or self.keys[place] != key:
            return self.rows[:0], self.impacts[:0]
        run = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return self.rows[run], self.impacts[run]

    def write(self, path: Path, dictionary: Dictionary) -> None:
        """Keeps it in a file, in one step. Raises OSError."""
        arrays: dict[str, NDArray[Any]] = self.columns.arrays()
        arrays |= {"keys": self.keys, "starts": self.starts, "rows": self.rows, "impacts": self.impacts}
        header: dict[str, object] = {"dictionary": dictionary.as_json(), "words": self.words, "arrays": {}}
        places: dict[str, tuple[str, tuple[int, ...], int]] = {}
        offset = 0
        for name, array in arrays.items():
            places[name] = (array.dtype.str, array.shape, offset)
            offset += -(-array.nbytes // _ALIGNED) * _ALIGNED
        header["arrays"] = places
        first = json.dumps(header, ensure_ascii=False).encode() + b"\n"
        begin = -(-(len(_MAGIC) + 20 + 1 + len(first)) // _ALIGNED) * _ALIGNED
        passing = path.with_suffix(f".{os.getpid()}")
        with passing.open("wb") as file:
            file.write(_MAGIC + f"{len(first):020d}\n".encode() + first)
            for name, array in arrays.items():
                file.seek(begin + places[name][2])
                array.tofile(file)
            file.truncate(begin + offset)
        passing.replace(path)

    @classmethod
    def read(cls, path: Path, dictionary: Dictionary) -> Segment | None:
        """Maps a file that `write` made; its values join `dictionary`. None where there is no file, or none that is whole."""
        try:
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) != _MAGIC:
                    return None
                size = int(file.read(20))
                file.read(1)
                header = json.loads(file.read(size))
            begin = -(-(len(_MAGIC) + 20 + 1 + size) // _ALIGNED) * _ALIGNED
            whole = np.memmap(path, np.uint8, "r")
            arrays = {
                name: whole[begin + offset : begin + offset + int(np.prod(shape)) * np.dtype(kind).itemsize].view(kind).reshape(shape)
                for name, (kind, shape, offset) in header["arrays"].items()
            }
            postings = {name: np.asarray(arrays.pop(name)) for name in ("keys", "starts", "rows", "impacts")}
            return cls(**postings, columns=Columns.from_arrays(arrays, header["dictionary"], dictionary), words=header["words"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
