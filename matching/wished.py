"""Which part of a text about oneself is a wish.

"Ik ben kok. Ik wil leren lassen. Mijn broer heeft een garage." wishes to weld, and tells the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise

from catalogue.language.strain import STRAIN
from catalogue.skills.negation import is_within, negated_stretches

STORY_WORDS = 4
"""So many words at least somebody takes to speak of themselves; "mijn eerste website" is a subject."""
FRAGMENT_WORDS = 3
"""A sentence no longer than this, of which nothing tells whether it wishes, goes on with the one before: "Iets met dieren. Of planten."."""

_SENTENCE = re.compile(r"(?<!\b\w)(?<!\bbijv)(?<!\bevt)[.!?;]+(?=\s)|\n+")
_CLAUSE = re.compile(
    r",\s|\s(?=(?:maar|but|terwijl|while|hoewel|although|dus|omdat|because|doordat|since)\b)|\swant\s(?=ik|wij|we|mijn|dat|het|er\b)"
    r"|\s(?=(?:en|and)\s(?:ik|wij|we|wil|zou|mijn|m'n|hij|zij|ze|I|want|would|my|he|she|they)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:[-–•*]|\d+[.)]|(?:bijvoorbeeld|bijv|zoals|ook|en|of|liefst|vooral|met|maar|later|daarna|misschien|verder|eventueel|plus|"
    r"such as|for example|also|and|or|with|but|maybe|perhaps|especially|preferably|then)\b)",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:wil|wilde|willen|wou|zou|zouden|graag|liefst|liever|hoop|droom|wens|doel|plan|ambitie|interesse|geïnteresseerd|zoek|zin om|"
    r"lijkt (?:me|mij)|vind(?:\s\w+){1,4}\s(?:leuk|mooi|fijn|interessant)|hou van|leren|worden|omscholen|bijscholen|overstappen|"
    r"moet(?:en)?(?:\s\w+){0,3}\s(?:om|bij)geschoold|"
    r"want|would|hope|dream|wish|goal|aim|learn|become|interested|looking for|retrain|prefer|love|enjoy)\b|['’]d like\b|"
    r"^\W*(?:iets (?:met|in)|naar|something (?:with|in))\b",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(r"\W*(?:dat|dit|die|daar\w*|that|this)\b", re.IGNORECASE)
_LEFT_BEHIND = re.compile(
    r"(?:\b(?:weg (?:uit|van)|stop(?:pen)? met|anders dan|in plaats van|ipv|i\.p\.v\.|away from|instead of|other than|rather than)"
    r"(?:\s+(?!(?:en|maar|naar|and|but|to)\b)[\w’'-]+)+"
    r"|\b(?:van|from)(?:\s+(?!(?:naar|to)\b)[\w’'-]+){1,3}(?=\s+(?:naar|to)\b)"
    rf"|{STRAIN.pattern})",
    re.IGNORECASE,
)
"""Where a wish leads away from, what the body no longer bears, and how the work has to be: none of these is learned."""
_JOIN = r"(?:(?:en|of|maar|want|dus|omdat|terwijl|and|or|but|because|while)\s+)?"
_HERE = (
    r"(?:is|was|heeft|had|wil|werkt|werkte|doet|deed|kan|gaat|ging|zit|zegt|vindt|"
    r"has|wants|works|worked|does|did|can|goes|says|thinks)\b"
)
_OTHERS = re.compile(
    rf"{_JOIN}(?:(?:hij|he|she)\b|(?:zij|ze|they)\s+(?!(?:kan|wil)\s+ik)|"
    rf"(?:mijn|m'n|onze|ons|de|het|een|my|our|the)\s+(?!droom|doel|wens|plan|ambitie|bedoeling|dream|goal|wish|aim)[\w-]+\s+{_HERE})",
    re.IGNORECASE,
)
_HELD = r"ben|was|werk|werkte|heb|had|doe|deed|kan|ken|zit|zat|woon|am|have|work|worked|do|did|can|know"
_TOLD = re.compile(
    rf"\b(?:(?:ik|wij|we|I)\s+(?:{_HELD})|(?:{_HELD})\s+(?:ik|wij|we)|I['’](?:m|ve))\b|"
    r"\b(?:gewerkt|geweest|ervaring|jarenlang|vroeger|used to)\b|^\W*(?:omdat|want|doordat|because|since)\b",
    re.IGNORECASE,
)
_ONESELF = re.compile(r"\b(?:ik|mij|mijn|m['’]n|ben|wil|I|my|me)\b", re.IGNORECASE)
_BUT = re.compile(r"\s*(?:maar|but)\b", re.IGNORECASE)
_ABILITY = re.compile(r"\b(?:kan|kunnen|weet|begrijp|snap|durf|can|cannot|know|understand)\b|\bcan['’]t\b", re.IGNORECASE)


class Saying(Enum):
    """What a clause does."""

    WISH = "wish"
    TOLD = "told"
    """Of what is, was or is held, or of others."""
    DENIED = "denied"
    OPEN = "open"
    """Nothing tells."""


def wished(text: str) -> str:
    """The part of a text that tells what somebody wants; all that is not denied, where no part is a wish more than another.

    What is said of the own past and of others counts for nothing beside a wish, what somebody wants to leave nowhere. Of "Ik wil niet meer
    lassen" nothing is left; "ik kan niet goed lezen" stays, since who says so as a goal wants to learn it.
    """
    text = _LEFT_BEHIND.sub("", text)
    clauses = _with_what_is_referred_to(text, list(_clauses(text)))
    said = {saying for _, _, saying in clauses}
    counting = next((saying for saying in (Saying.WISH, Saying.OPEN, Saying.TOLD) if saying in said), None)
    stretches: list[tuple[int, int]] = []
    for start, end, saying in clauses:
        if saying is not counting:
            continue
        is_next = bool(stretches) and stretches[-1][1] == start
        stretches.append((stretches.pop()[0] if is_next else start, end))
    return ". ".join(text[start:end].strip(" ,.;") for start, end in stretches) if stretches != [(0, len(text))] else text


def told(text: str) -> str:
    """The part of a text that tells what somebody does or did: "ik ben loodgieter" of "ik ben loodgieter en wil minder zwaar werk"."""
    clauses = [(text[start:end].strip(" ,.;"), saying) for start, end, saying in _clauses(text)]
    return ". ".join(clause for clause, saying in clauses if saying is Saying.TOLD and not _OTHERS.match(clause))


def is_of_oneself(text: str) -> bool:
    """Whether somebody speaks of themselves rather than naming a subject."""
    return len(text.split()) >= STORY_WORDS and bool(_ONESELF.search(text))


def _with_what_is_referred_to(text: str, clauses: list[tuple[int, int, Saying]]) -> list[tuple[int, int, Saying]]:
    """The clauses; one of which nothing tells wishes too where the next wishes "that": "Lassen, dat lijkt me leuk"."""
    referred = [
        saying is Saying.OPEN and after is Saying.WISH and bool(_REFERS_BACK.match(text, start))
        for (_, _, saying), (start, _, after) in pairwise(clauses)
    ]
    return [
        (start, end, Saying.WISH if is_meant else saying)
        for (start, end, saying), is_meant in zip(clauses, [*referred, False], strict=True)
    ]


def _clauses(text: str) -> Iterator[tuple[int, int, Saying]]:
    """The clauses of a text, end to end, each with what it does.

    One of which nothing tells does what the one before it in its sentence does, unless it begins with "but"; the first of a sentence that
    goes on with a wish wishes too.
    """
    denied = negated_stretches(text)
    before = Saying.OPEN
    for first, last in _stretches(_SENTENCE, text, 0, len(text)):
        if before is not Saying.WISH or not _goes_on(text[first:last]):
            before = Saying.OPEN
        for start, end in _stretches(_CLAUSE, text, first, last):
            is_denied = is_within(start, end, denied) and not _ABILITY.search(text, start, end)
            saying = Saying.DENIED if is_denied else _saying(text[start:end].strip())
            is_told_before = before is not Saying.WISH and _BUT.match(text, start)
            before = before if saying is Saying.OPEN and not is_told_before else saying
            yield start, end, before


def _saying(clause: str) -> Saying:
    if _OTHERS.match(clause):
        return Saying.TOLD
    if _WISH.search(clause):
        return Saying.WISH
    return Saying.TOLD if _TOLD.search(clause) else Saying.OPEN


def _goes_on(sentence: str) -> bool:
    return bool(_GOES_ON.match(sentence.strip())) or len(sentence.split()) <= FRAGMENT_WORDS


def _stretches(boundary: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in boundary.finditer(text, start, end):
        if text[start : match.end()].strip():
            yield start, match.end()
            start = match.end()
    if text[start:end].strip() or not start:
        yield start, end
