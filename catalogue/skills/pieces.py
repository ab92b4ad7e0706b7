"""Running text cut into pieces about one thing each: what names of skills are compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.language.word_keys import Word, commonness, infinitive, is_stop_word, words_of

LONGEST_TEXT = 20_000
"""Characters of a text that are read; a CV or a course description is far shorter."""
MOST_WORDS = 12
"""Words of a piece; longer sentences are cut at commas, or else anywhere."""

_FEWEST_IN_PART = 2
_CONJUNCTIONS = frozenset({"en", "and", "of", "or"})
_PARTICLES = frozenset({"aan", "af", "bij", "door", "in", "mee", "na", "om", "onder", "op", "over", "toe", "uit", "voor", "weg"})
"""What Dutch verbs leave at the end of a clause: ik bouw in, sluit aan, leg uit."""

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
    if language == "nl":
        words = _with_whole_verbs(text, words)
    telling = tuple(word for word in words if not is_stop_word(word.text, language) and not word.text.isdigit())
    if telling:
        found.append(Piece(words[0].start, words[-1].end, telling, _parts(text, words, telling)))


def _with_whole_verbs(text: str, words: list[Word]) -> list[Word]:
    """The words, with verbs that stand in two parts made whole: "bouw airco's in" is "inbouwen airco's in".

    The second part stands at the end of its stretch. The first is the word before it that makes a known verb with it, else the first verb
    of the stretch: many a verb of a trade is in no list.
    """
    whole = list(words)
    begin = 0
    for last, word in enumerate(words):
        if last and _is_break(text, words[last - 1], word):
            begin = last
        if word.text not in _PARTICLES or (last + 1 < len(words) and not _is_break(text, word, words[last + 1])):
            continue
        verbs = [(at, verb) for at in range(begin, last) if not is_stop_word(words[at].text, "nl") and (verb := infinitive(words[at].text))]
        known = [(at, verb) for at, verb in verbs if commonness(word.text + verb, "nl")]
        for at, verb in known[-1:] or verbs[:1]:
            whole[at] = Word(word.text + verb, words[at].start, words[at].end)
    return whole


def _is_break(text: str, before: Word, word: Word) -> bool:
    return word.text in _CONJUNCTIONS or "," in text[before.end : word.start]


def _parts(text: str, words: list[Word], telling: tuple[Word, ...]) -> tuple[tuple[int, int], ...]:
    if len(telling) < _FEWEST_IN_PART:
        return ()
    means = {word.start for word in telling}
    stretches: list[list[Word]] = [[]]
    for before, word in zip([None, *words], words, strict=False):
        if word.text in _CONJUNCTIONS or (before is not None and _is_break(text, before, word)):
            stretches.append([])
        if word.text not in _CONJUNCTIONS:
            stretches[-1].append(word)
    kept = [own for own in stretches if sum(word.start in means for word in own) >= _FEWEST_IN_PART]
    whole = (words[0].start, words[-1].end)
    return tuple((own[0].start, own[-1].end) for own in kept) or (whole,)
