"""Keeps a spreadsheet from running a text as a formula.

A cell that begins with = + - @ or a tab can make Excel compute, and fetch, when somebody opens our export. A quote in front stops it.
An import takes that quote away again; a text that has quotes before such a sign of itself gets one more, so that nothing is lost.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def neutral(text: str) -> str:
    """`text`, fit for a cell of a spreadsheet."""
    return f"'{text}" if _RUNS.match(text) else text


def original(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
