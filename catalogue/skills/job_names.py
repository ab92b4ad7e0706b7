"""Which occupations a text names, letter for letter: "ik ben timmerman geweest"."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.language.word_keys import Word, texts_of_words, words_of
from catalogue.skills.lexicon import Lexicon
from catalogue.skills.negation import is_within, negated_stretches

LONGEST_NAME = 5
"""Words; names that are longer nobody writes in a running text."""
LEAST_CHARS = 3


class JobNames:
    """The names of all occupations, by their words. Immutable after its making, so threads may share it.

    Of a name that several occupations have, the one whose preferred name it is counts, and else the first.
    """

    def __init__(self, occupations: Lexicon) -> None:
        self._ids: dict[tuple[str, ...], int] = {}
        rows = sorted(range(len(occupations.texts)), key=lambda row: (not occupations.is_preferred[row], row))
        concepts = occupations.concept
        for row in rows:
            name = tuple(texts_of_words(occupations.texts[row]))
            if 0 < len(name) <= LONGEST_NAME and len("".join(name)) >= LEAST_CHARS:
                self._ids.setdefault(name, int(occupations.ids[concepts[row]]))

    def named_in(self, text: str, limit: int) -> list[int]:
        """The occupations that a text names, in the order in which it does, each once; not those that it denies ("geen kok")."""
        return list(dict.fromkeys(self._found(text)))[:limit]

    def _found(self, text: str) -> Iterator[int]:
        denied, words, position = negated_stretches(text), list(words_of(text)), 0
        while position < len(words):
            size = self._longest_at(words, position)
            run = words[position : position + size]
            if run and not is_within(run[0].start, run[-1].end, denied):
                yield self._ids[_key(run)]
            position += max(size, 1)

    def _longest_at(self, words: list[Word], position: int) -> int:
        """How many words from `position` on are a name; 0 when none are."""
        sizes = range(min(LONGEST_NAME, len(words) - position), 0, -1)
        return next((size for size in sizes if _key(words[position : position + size]) in self._ids), 0)


def _key(words: list[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)
