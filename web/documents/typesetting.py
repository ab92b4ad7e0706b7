"""Typesets a document as a tagged PDF (PDF/UA-1), with fonts that come with the typesetter.

What people wrote reaches the template as JSON and is only ever shown as text: no mark-up is put together from it, so nothing in it can
be read as mark-up or code.
"""

from __future__ import annotations

import json
import re
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
_LETTER, _PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}", "\N{NULL}"
"""What stands for a letter, and for any other sign, that the fonts do not hold, until all of a text is known."""
_LETTERS = re.compile(f"{_LETTER}(?: ?{_LETTER})*")
_PICTURES = re.compile(rf"^(?:{_PICTURE} ?)+|(?: ?{_PICTURE})+(?![^\s.,;:!?)])|{_PICTURE}+", re.MULTILINE)
NOTHING = "-"


def pdf(template: str, data: Mapping[str, Any], *, other_script: str) -> bytes:
    """A PDF/UA-1 file.

    Args:
        template: name of a file in `typst/`, without its ending.
        data: plain values; the template reads them as `json(bytes(sys.inputs.data))`.
        other_script: what stands in the place of words in a script that the fonts do not hold.

    Raises:
        typst.TypstError: the template has a fault.
    """
    written = json.dumps(_printable(data, other_script), ensure_ascii=False)
    made: bytes = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        sys_inputs={"data": written},
        pdf_standards=["ua-1"],
        format="pdf",
    )
    return made


def _printable(value: Any, other_script: str) -> Any:
    """The same values in signs that the fonts hold; PDF/UA refuses a sign without a picture."""
    if isinstance(value, str):
        return printable(value, other_script)
    if isinstance(value, Mapping):
        return {key: _printable(one, other_script) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one, other_script) for one in value]
    return value


def printable(text: str, other_script: str) -> str:
    """A text in signs that the fonts hold, so that no square stands in it.

    Words in another script become `other_script`. Emoji and the like go, with the space that they leave; of a text of nothing else
    `NOTHING` stays, since a heading or a link must hold something.
    """
    signs = "".join(map(_sign, unicodedata.normalize("NFC", text.replace("\r\n", "\n"))))
    shown = _PICTURES.sub("", _LETTERS.sub(other_script, signs))
    return shown if shown.strip() or _PICTURE not in signs else NOTHING


@cache
def _sign(sign: str) -> str:
    if sign == "\n" or sign in SIGNS:
        return sign
    category, plain = unicodedata.category(sign), unicodedata.normalize("NFKC", sign)
    if category[0] == "Z" or category == "Cc":
        return " "
    if SIGNS.issuperset(plain):
        return plain  # "\N{MATHEMATICAL BOLD CAPITAL A}", in which some write to stand out, is an A
    return _LETTER if category[0] in "LN" else _PICTURE
