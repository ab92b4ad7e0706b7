"""Running text cut into pieces about one thing each: what names of skills are compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.skills.words import Word, is_stop_word, words_of

LONGEST_TEXT = 20_000
"""Characters of a text that are read; a CV or a course description is far shorter."""
MOST_WORDS = 12
"""Words of a piece; longer sentences are cut at commas, or else anywhere."""

_FEWEST_IN_PART = 2
_CONJUNCTIONS = frozenset({"en", "and", "of", "or"})

_END = re.compile(r"[.!?:;](?=\s|$)|[\r\n\t•●▪|]+|(?<=\s)[-–—*](?=\s)|\s\(?\d{1,2}[.)]\s")
_COMMA = re.compile(r",(?=\s)|\s/\s|[()]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and its words with a meaning; `start` and `end` are the first and last of all its words.

    `parts` are the stretches between its commas and conjunctions, as far as they have two meaningful words or more: a sentence of two
    topics has a meaning near neither. Empty for a piece of one word, whose meaning nobody can tell.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    parts: tuple[tuple[int, int], ...]


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
        found.append(Piece(words[0].start, words[-1].end, telling, _parts(text, words, telling)))


def _parts(text: str, words: list[Word], telling: tuple[Word, ...]) -> tuple[tuple[int, int], ...]:
    if len(telling) < _FEWEST_IN_PART:
        return ()
    means = {word.start for word in telling}
    stretches: list[list[Word]] = [[]]
    for before, word in zip([None, *words], words, strict=False):
        is_break = word.text in _CONJUNCTIONS or (before is not None and "," in text[before.end : word.start])
        if is_break:
            stretches.append([])
        if word.text not in _CONJUNCTIONS:
            stretches[-1].append(word)
    kept = [own for own in stretches if sum(word.start in means for word in own) >= _FEWEST_IN_PART]
    whole = (words[0].start, words[-1].end)
    return tuple((own[0].start, own[-1].end) for own in kept) or (whole,)
