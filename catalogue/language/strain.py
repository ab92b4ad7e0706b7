"""How heavy or how pleasant work may be, in the words in which people say so. No module tells it, and nothing teaches it."""

from __future__ import annotations

import re

_NOT = r"minder|zonder|niet|geen|less|without|not|no"
_BETWEEN = r"(?:meer|te|zo|hoeven|zwaar|zware|vaak|veel|heavy|much|so|too)\s"
_BODY = r"tillen|sjouwen|bukken|knielen|hurken|lifting|bending|kneeling"
_HARD = r"zwaar|zware|fysiek|lichamelijk|vuil|vies|heavy|hard|physical|dirty"
_BETTER = r"(?:lichter|rustiger|schoner|leuker|beter|lighter|easier|quieter|cleaner|nicer|better)e?|lichte?|light|(?:minder|less|more)\s\w+"

STRAIN = re.compile(
    rf"\b(?:(?:{_NOT})\s(?:{_BETWEEN})*(?:{_BODY})|(?:(?:{_NOT})\s(?:{_BETWEEN})*(?:{_HARD})|{_BETTER})\s(?:werk|baan|job|work))\b",
    re.IGNORECASE,
)
"""What the body no longer bears ("zonder tillen", "niet meer bukken"), and how the work has to be ("lichter werk"). "Minder afval" and
"zonder gas" are none of it."""
