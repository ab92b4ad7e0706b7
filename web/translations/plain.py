"""Checks that the Dutch texts of the interface are plain: `python -m web.translations.plain`.

The measure is that of `web.readability`. A word or two say nothing about sentences, so texts below `LEAST_WORDS` words are measured
together, as one text in which each of them is a sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from web.readability import LEAST_WORDS, flesch_douma, sentence_length, sentences
from web.translations.check import Text, texts_in_code

LEAST_EASE = 60.0
MOST_WORDS_A_SENTENCE = 15.0


def problems(texts: Iterable[Text]) -> Iterator[str]:
    """What is not plain, one line each."""
    short: list[list[str]] = []
    flat = sorted({one for text in texts for one in ([text] if isinstance(text, str) else text)})
    for text in flat:
        parts = sentences(text)
        if sum(map(len, parts)) < LEAST_WORDS:
            short += parts
        else:
            yield from _judged(parts, text)
    if short:
        yield from _judged(short, "all short texts together")


def _judged(parts: list[list[str]], text: str) -> Iterator[str]:
    if (ease := flesch_douma(parts)) < LEAST_EASE:
        yield f"is hard to read ({ease:.0f}, at least {LEAST_EASE:.0f} is asked): {text!r}"
    if (length := sentence_length(parts)) > MOST_WORDS_A_SENTENCE:
        yield f"has long sentences ({length:.0f} words, at most {MOST_WORDS_A_SENTENCE:.0f}): {text!r}"


def main() -> int:
    """Checks every text that stands in code and templates."""
    texts = texts_in_code()
    if found := list(problems(texts)):
        print("\n".join(found), file=sys.stderr)
        return 1
    everything = [part for text in texts for one in ([text] if isinstance(text, str) else text) for part in sentences(one)]
    print(f"{len(texts)} texts, all plain: ease {flesch_douma(everything):.0f}, {sentence_length(everything):.1f} words a sentence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
