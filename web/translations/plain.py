"""Checks that the Dutch texts of the interface are plain: `python -m web.translations.plain`.

The measure is Flesch-Douma, Flesch's reading ease with the weights that W.H. Douma found for Dutch (De leesbaarheid van landbouwbladen,
Landbouwhogeschool Wageningen, Bulletin 17, 1960):

    206.84 - 0.77 x (syllables in 100 words) - 0.93 x (words in a sentence)

60 and more is what most people read with ease. A word or two say nothing about sentences, so texts below `LEAST_WORDS` words are measured
together, as one text in which each of them is a sentence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator

from web.translations.check import Text, texts_in_code

LEAST_EASE = 60.0
MOST_WORDS_A_SENTENCE = 15.0
LEAST_WORDS = 8

UNAVOIDABLE = frozenset(
    {
        "algoritmeregister", "associate", "autoriteit", "browser", "browsers", "certificaat", "certificaatprogramma", "cookie",
        "cookies", "e-mailadres", "esco", "geonames", "javascript", "leerwerkloket", "leerwijzer", "mbo-certificaat",
        "mbo-verklaring", "micro-interventie", "microcredential", "module", "modules", "nationale", "ombudsman", "persoonsgegevens",
        "toegankelijkheid", "vaardigheden", "vaardigheid", "wcag",
    }
)  # fmt: skip
"""Names, terms of the law and of the trade, and what the site is about, for which there is no easier word. Each counts for two syllables,
as a usual Dutch word does, so that they neither help nor harm."""

_NUCLEUS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáàâäéèêëíïóöúü]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z'])|\n+")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def syllables(word: str) -> int:
    """Vowel groups of a Dutch word; a number counts for two, and so does what is unavoidable."""
    bare = word.lower()
    if bare in UNAVOIDABLE or bare.isdigit():
        return 2
    if word.isupper() and len(word) > 1:
        return len(word)  # spelled letter by letter
    return max(1, len(_NUCLEUS.findall(bare)))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; what is filled in later counts as one short word."""
    pieces = _SENTENCE_END.split(_PLACEHOLDER.sub("woord", text).replace("%%", " procent"))
    return [words for piece in pieces if (words := _WORD.findall(piece))]


def sentence_length(parts: list[list[str]]) -> float:
    """Mean words in a sentence."""
    return sum(map(len, parts)) / len(parts)


def flesch_douma(parts: list[list[str]]) -> float:
    """Reading ease of sentences: 100 is very easy, 0 very hard."""
    words = [word for part in parts for word in part]
    return 206.84 - 77 * sum(map(syllables, words)) / len(words) - 0.93 * sentence_length(parts)


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
