"""Running text cut into pieces about one thing each: what names of skills are compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.skills.words import Word, is_stop_word, words_of

LONGEST_TEXT = 20_000
"""Characters of a text that are read; a CV or a course description is far shorter."""
MOST_WORDS = 16
"""Words of a piece; longer sentences are cut at commas, or else anywhere."""

_END = re.compile(r"[.!?:;](?=\s|$)|[\r\n\t•●▪|]+|(?<=\s)[-–—*](?=\s)|\s\(?\d{1,2}[.)]\s")
_COMMA = re.compile(r",(?=\s)|\s/\s|[()]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and its words with a meaning; `start` and `end` are the first and last of all its words."""

    start: int
    end: int
    words: tuple[Word, ...]


def pieces_of(text: str, language: str) -> list[Piece]:
    """The pieces of the first `LONGEST_TEXT` characters, in order; those without a meaningful word are left out."""
    found: list[Piece] = []
    end_of_text = min(len(text), LONGEST_TEXT)
    begin = 0
    for match in _END.finditer(text, 0, end_of_text):
        _add(found, text, begin, match.start(), language)
        begin = match.end()
    _add(found, text, begin, end_of_text, language)
    return found


def _add(found: list[Piece], text: str, begin: int, end: int, language: str) -> None:
    words = list(words_of(text, begin, end))
    if len(words) > MOST_WORDS:
        commas = [match.start() for match in _COMMA.finditer(text, begin, end)]
        middle = words[len(words) // 2].start
        cut = min(commas, key=lambda place: abs(place - middle)) if commas else middle
        if not words[0].end <= cut <= words[-1].start:
            cut = middle
        _add(found, text, begin, cut, language)
        _add(found, text, cut, end, language)
        return
    telling = tuple(word for word in words if not is_stop_word(word.text, language) and not word.text.isdigit())
    if telling:
        found.append(Piece(words[0].start, words[-1].end, telling))
