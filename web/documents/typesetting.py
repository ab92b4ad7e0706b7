"""Typesets a document as a tagged PDF (PDF/UA-1), with fonts that come with the typesetter.

What people wrote reaches the template as JSON and is only ever shown as text: no mark-up is put together from it, so nothing in it can
be read as mark-up or code.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent / "typst"
_BLOCKS = ((0x20, 0x24F), (0x370, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x2040), (0x2190, 0x2193), (0x25A0, 0x25FF))
SIGNS = frozenset(
    sign
    for first, last in _BLOCKS
    for sign in map(chr, range(first, last + 1))
    if unicodedata.category(sign)[0] not in "CM"  # no control signs, nothing unassigned, no accents without a letter
) | set("€™№−≈≠≤≥")
"""What the typesetter's own fonts hold of Latin, Greek and Cyrillic scripts and their punctuation; over others it may even stumble."""
UNKNOWN_SIGN = "\N{WHITE SQUARE}"


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """A PDF/UA-1 file.

    Args:
        template: name of a file in `typst/`, without its ending.
        data: plain values; the template reads them as `json(bytes(sys.inputs.data))`.

    Raises:
        typst.TypstError: the template has a fault.
    """
    written = json.dumps(_printable(data), ensure_ascii=False)
    made: bytes = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        sys_inputs={"data": written},
        pdf_standards=["ua-1"],
        format="pdf",
    )
    return made


def _printable(value: Any) -> Any:
    """The same values with signs that the fonts do not hold shown as a square; PDF/UA refuses a sign without a picture."""
    if isinstance(value, str):
        return "".join(map(_sign, unicodedata.normalize("NFC", value.replace("\r\n", "\n"))))
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


@cache
def _sign(sign: str) -> str:
    if sign == "\n" or sign in SIGNS:
        return sign
    return " " if unicodedata.category(sign)[0] in "CZ" else UNKNOWN_SIGN
