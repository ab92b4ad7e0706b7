"""Takes the badge out of a picture that carries one: a PNG or SVG of Open Badges. The picture itself is never decoded, shown or kept."""

from __future__ import annotations

import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from matching.passports.problems import Reason, Unreadable

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORDS = {b"openbadges", b"openbadgecredential"}
_ELEMENTS = {
    f"{{{space}}}{name}"
    for space, name in (
        ("http://openbadges.org", "assertion"),
        ("https://openbadges.org", "assertion"),
        ("https://purl.imsglobal.org/ob/v3p0", "credential"),
    )
}


def baked_in_png(data: bytes, most_bytes: int) -> bytes:
    """The text of the badge in a PNG file.

    Args:
        most_bytes: a badge may not be larger, packed or not: a small file can hold a text that would fill the memory.

    Raises:
        Unreadable: the file is broken, holds no badge or one that is too large.
    """
    position = len(PNG_SIGNATURE)
    while position + 12 <= len(data):
        length, kind = int.from_bytes(data[position : position + 4]), data[position + 4 : position + 8]
        body, end = data[position + 8 : position + 8 + length], position + 12 + length
        if end > len(data):
            raise Unreadable(Reason.PICTURE_BROKEN)
        keyword, _zero, rest = body.partition(b"\0")
        if kind in (b"iTXt", b"tEXt", b"zTXt") and keyword in _KEYWORDS:
            if zlib.crc32(kind + body) != int.from_bytes(data[end - 4 : end]):
                raise Unreadable(Reason.PICTURE_BROKEN)
            return _chunk_text(kind, rest, most_bytes)
        if kind == b"IEND":
            raise Unreadable(Reason.PICTURE_WITHOUT_BADGE)
        position = end
    raise Unreadable(Reason.PICTURE_BROKEN)


def baked_in_svg(data: bytes) -> bytes:
    """The text of the badge in an SVG file. Raises Unreadable, also for a file with entities, which no badge needs."""
    try:
        root: Element = fromstring(data)
    except DefusedXmlException:
        raise Unreadable(Reason.UNSAFE) from None
    except (ParseError, ValueError, LookupError):
        raise Unreadable(Reason.PICTURE_BROKEN) from None
    for element in root.iter():
        if element.tag in _ELEMENTS and (text := (element.text or "").strip() or element.get("verify", "")):
            return text.encode()
    raise Unreadable(Reason.PICTURE_WITHOUT_BADGE)


def _chunk_text(kind: bytes, rest: bytes, most_bytes: int) -> bytes:
    """The text after a chunk's keyword: `tEXt` plain, `zTXt` packed, `iTXt` with flags, a language and a translated keyword before it."""
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _unpacked(rest[1:], most_bytes)
    is_packed, parts = rest[:1] == b"\1", rest[2:].split(b"\0", 2)
    if len(parts) < 3:
        raise Unreadable(Reason.PICTURE_BROKEN)
    return _unpacked(parts[2], most_bytes) if is_packed else parts[2]


def _unpacked(data: bytes, most_bytes: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, most_bytes + 1)
    except zlib.error:
        raise Unreadable(Reason.PICTURE_BROKEN) from None
    if len(text) > most_bytes:
        raise Unreadable(Reason.TOO_LARGE)
    if not unpacking.eof:
        raise Unreadable(Reason.PICTURE_BROKEN)
    return text
