"""What an answer holds, piece by piece: never more than was asked for, and only when it came whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from http.client import HTTPResponse

from catalogue.outbound.troubles import OutboundFailed, Trouble

PIECE_BYTES = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
"""What `zlib` calls a gzip file."""


def pieces(answer: HTTPResponse, most_bytes: int) -> Iterator[bytes]:
    """The answer as it comes over the line.

    Raises:
        OutboundFailed: TOO_LARGE; CUT_OFF when less came than was told; NO_LENGTH when it tells neither its length nor its end, so that
            half of it could not be told from all of it.
    """
    if answer.length is None and not answer.chunked:
        raise OutboundFailed(Trouble.NO_LENGTH)
    size = 0
    while piece := answer.read(PIECE_BYTES):
        size += len(piece)
        if max(size, answer.length or 0) > most_bytes:
            raise OutboundFailed(Trouble.TOO_LARGE, f"{most_bytes // 1_000_000} MB")
        yield piece
    if answer.length:
        raise OutboundFailed(Trouble.CUT_OFF)


def decoded(packed: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The same without its packing, in pieces of at most `PIECE_BYTES`. Raises OutboundFailed: PACKED_WRONG or CUT_OFF."""
    match encoding.strip().lower():
        case "" | "identity":
            yield from packed
        case "gzip" | "x-gzip":
            try:
                yield from _unzipped(packed)
            except zlib.error:
                raise OutboundFailed(Trouble.PACKED_WRONG, encoding) from None
        case _:
            raise OutboundFailed(Trouble.PACKED_WRONG, encoding)


def _unzipped(packed: Iterable[bytes]) -> Iterator[bytes]:
    """Several gzip files behind each other are one. A piece may unpack to more than its share, which then waits inside `unzip`."""
    unzip = zlib.decompressobj(_GZIP)
    for piece in packed:
        waiting, has_more = piece, False
        while waiting or has_more:
            if unzip.eof:
                unzip = zlib.decompressobj(_GZIP)
            plain = unzip.decompress(waiting, PIECE_BYTES)
            waiting = unzip.unconsumed_tail or unzip.unused_data
            has_more = len(plain) == PIECE_BYTES and not unzip.eof
            yield plain
    if not unzip.eof:
        raise OutboundFailed(Trouble.CUT_OFF)
