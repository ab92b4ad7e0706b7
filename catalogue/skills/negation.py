"""Where a text says that somebody cannot or does not do something: such words are no evidence of a skill."""

from __future__ import annotations

import re

_CLAUSE_END = re.compile(
    r"[.!?:;,\n\r•]|\b(?:maar|wel|echter|but|although|hoewel|terwijl|omdat|want(?!\s+(?:to|a|an|any|the|my)\b)|because|dus|so)\b",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\b(?:en|and)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:niet|geen|nooit|noch|nauwelijks|not|never|cannot|can['’]t|don['’]t|doesn['’]t|couldn['’]t|no (?:experience|knowledge))\b",
    re.IGNORECASE,
)
_NO_NEGATION = re.compile(
    r"\b(?:niet (?:alleen|enkel|slechts|bang)|not (?:only|just|afraid)|geen (?:enkele )?(?:moeite|probleem|problemen|punt)|"
    r"no (?:problem|trouble))\b",
    re.IGNORECASE,
)
"""Turns of phrase that say the opposite: "not only programming but testing too", "no trouble with presenting"."""


def negated_stretches(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that a negation is about, in order, as start and end.

    A negation is about its clause: back to the last comma, full stop, "but" or "and", and forward to the next, but over "and": "I cannot
    weld and solder" denies both, in "I weld and do not solder" the welding stands.
    """
    found: list[tuple[int, int]] = []
    for match in _NOT.finditer(text):
        if _NO_NEGATION.match(text, match.start()):
            continue
        begin = 0
        for end in _CLAUSE_END.finditer(text, 0, match.start()):
            begin = end.end()
        for join in _JOIN.finditer(text, begin, match.start()):
            begin = join.end()
        following = _CLAUSE_END.search(text, match.end())
        found.append((begin, following.start() if following else len(text)))
    return found


def is_within(start: int, end: int, stretches: list[tuple[int, int]]) -> bool:
    """Whether the middle of `start` to `end` lies in one of the stretches."""
    middle = (start + end) / 2
    return any(first <= middle < last for first, last in stretches)
