"""The words in a PDF by the marks that its structure points at: what a screen reader says for each element."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader

Mark = tuple[int, int]
"""The number of a page, from 0, and the number of a piece of marked content on it."""

_CODES = re.compile(rb"<([0-9A-Fa-f]+)>")
_LIST = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def words_by_mark(reader: PdfReader) -> dict[Mark, str]:
    """The text of each piece of marked content; what is decoration has no mark."""
    found: dict[Mark, str] = defaultdict(str)
    for number, page in enumerate(reader.pages):
        fonts = {name: _signs(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}  # type: ignore[union-attr]
        contents = page.get_contents()
        for mark, text in _said(contents.operations if contents is not None else (), fonts):
            found[number, mark] += text
    return found


def languages_by_mark(reader: PdfReader) -> dict[Mark, str]:
    """The language of each piece of marked content that names its own."""
    found = {}
    for number, page in enumerate(reader.pages):
        contents = page.get_contents()
        for operands, operator in contents.operations if contents is not None else ():
            values = operands[1] if operator == b"BDC" else {}
            if isinstance(values, dict) and "/MCID" in values and "/Lang" in values:
                found[number, int(values["/MCID"])] = str(values["/Lang"])
    return found


def _said(operations: Any, fonts: Mapping[str, Mapping[int, str]]) -> Iterator[tuple[int, str]]:
    marks: list[int | None] = []
    signs: Mapping[int, str] = {}
    for operands, operator in operations:
        if operator in (b"BDC", b"BMC"):
            values = operands[1] if len(operands) > 1 else {}
            marks.append(int(values["/MCID"]) if isinstance(values, dict) and "/MCID" in values else None)
        elif operator == b"EMC":
            marks.pop()
        elif operator == b"Tf":
            signs = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            mark = next((one for one in reversed(marks) if one is not None), None)
            pieces = operands[0] if operator == b"TJ" else operands
            if mark is not None:
                yield mark, "".join(_decoded(one, signs) for one in pieces if isinstance(one, bytes | str))


def _decoded(written: bytes | str, signs: Mapping[int, str]) -> str:
    raw = written if isinstance(written, bytes) else written.original_bytes.removeprefix(BOM_UTF16_BE)  # type: ignore[attr-defined]
    return "".join(signs.get(int.from_bytes(raw[place : place + 2]), "") for place in range(0, len(raw), 2))


def _signs(font: Any) -> dict[int, str]:
    """What the two-byte codes of a font stand for."""
    table: dict[int, str] = {}
    for kind, body in _LIST.findall(font["/ToUnicode"].get_object().get_data()):
        codes = [bytes.fromhex(one.decode()) for one in _CODES.findall(body)]
        if kind == b"bfchar":
            table |= {int.from_bytes(code): sign.decode("utf-16-be") for code, sign in zip(codes[::2], codes[1::2], strict=True)}
            continue
        for first, last, sign in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            begin = int.from_bytes(sign)
            table |= {code: chr(begin + step) for step, code in enumerate(range(int.from_bytes(first), int.from_bytes(last) + 1))}
    return table
