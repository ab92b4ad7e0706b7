"""The level at which a text speaks of a skill, by telling words near it."""

from __future__ import annotations

import re

DEFAULT_LEVEL = 2
_BEFORE, _AFTER = 140, 80
_END = re.compile(r"[.!?;\n•]")

_TELLING: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        4,
        re.compile(
            r"\b(coach\w*|begeleid(?!ing)\w*|(geef|geeft|geven|gaf) (les|training|leiding)|lesgeven|doceer\w*|opleid(en|t|de)|train(t|de)? "
            r"(collega|mensen|team)\w*|instrueer\w*|expert\w*|specialist\w*|teach(es|ing)?|taught|train(ed|s|ing)? (others|colleagues|"
            r"staff|people)|mentor\w*|supervis(e|es|ed|ing)|lead(s|ing)? (a|the) team|master class|masterclass)\b",
            re.IGNORECASE,
        ),
    ),
    (
        1,
        re.compile(
            r"\b(kennismak\w*|maakt? kennis|basis\w*|beginner\w*|inleid\w*|introduc\w*|oriënt\w*|eerste (stap|begin)\w*|eenvoudige?|"
            r"basic\w*|fundamentals?|overview|elementary|acquaint\w*|familiar\w*|aware\w*|herken(t|nen)|recogni[sz]e)\b",
            re.IGNORECASE,
        ),
    ),
    (
        2,
        re.compile(
            r"\b(onder begeleiding|met (hulp|begeleiding)|onder toezicht|assisteer\w*|assisteren|help(t|en)? (bij|mee)|meewerk\w*|"
            r"under supervision|with (help|guidance|support)|assist\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        3,
        re.compile(
            r"\b(zelfstandig\w*|zelf|vakbekwaam\w*|gevorderd\w*|ervaren|jaren? (ervaring|lang)|jaar|verantwoordelijk\w*|ontwerpt|"
            r"ontwikkel(t|en)|independent\w*|advanced|experienced|years|responsible|design\w*|develop\w*|critically|evaluat\w*|"
            r"proficien\w*|thorough\w*)\b",
            re.IGNORECASE,
        ),
    ),
)
_SUPPORTED = _TELLING[2][1]


def level_in(text: str, start: int, end: int) -> int:
    """Level 1 to 4 for the skill whose evidence is `text[start:end]`; `DEFAULT_LEVEL` when its sentence says nothing.

    Nearer words win over farther ones. "Met begeleiding" is checked first, since "begeleiden" by itself means the opposite.
    """
    left = max(start - _BEFORE, 0)
    right = min(end + _AFTER, len(text))
    for match in _END.finditer(text, left, start):
        left = match.end()
    if after := _END.search(text, end, right):
        right = after.start()
    sentence = text[left:right]
    if _SUPPORTED.search(sentence):
        return 2
    nearest: tuple[int, int] | None = None
    for level, pattern in _TELLING:
        for match in pattern.finditer(sentence):
            distance = max(start - left - match.end(), match.start() - (end - left), 0)
            if nearest is None or distance < nearest[0]:
                nearest = (distance, level)
    return nearest[1] if nearest else DEFAULT_LEVEL
