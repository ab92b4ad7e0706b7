"""How easily a Dutch text reads.

The measure is Flesch-Douma, Flesch's reading ease with the weights that W.H. Douma found for Dutch (De leesbaarheid van landbouwbladen,
Landbouwhogeschool Wageningen, Bulletin 17, 1960):

    206.84 - 0.77 x (syllables in 100 words) - 0.93 x (words in a sentence)

60 and more is what most people read with ease.
"""

from __future__ import annotations

import re

LEAST_WORDS = 8
"""Fewer words than this say nothing about reading."""

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


def reading_ease(text: str) -> float | None:
    """Reading ease of a text; None where it has too few words to tell."""
    parts = sentences(text)
    return flesch_douma(parts) if sum(map(len, parts)) >= LEAST_WORDS else None
