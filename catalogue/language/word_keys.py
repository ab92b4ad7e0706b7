"""Text as words that can be compared across endings and compounds, each with its place in the text.

A word becomes one or more keys a language: Dutch compounds fall apart (warmtepompinstallatie -> warmtepomp, instal) and verbs and
their nouns meet (installeren, installatie -> instal). Keys serve to compare; nobody reads them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from catalogue.language.dutch import CACHED_WORDS, base_form, compound_parts, folded

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*[+#]{0,2}")
_PART = re.compile(r"['’-]")
_SUFFIXES_NL = ("isatie", "iseren", "icatie", "iceren", "ering", "atie", "eren", "ing", "en")
_SHORTEST_ROOT = 4
_SHORTEST_STEM = 3
_LONG_VOWEL = re.compile(r"([aeou])\1([^aeiou])$")
_SOFT = {"f": "v", "s": "z"}
_DOUBLED = re.compile(r"(.)\1")

_STOP_WORDS_NL = """
aan al alle als andere bij binnen buiten dan dat de deze die dit diverse door dus een eigen elk elke en er etc eventueel geen haar heb
hebben heeft hem het hier hij hoe hun ik in is ja je jij jou jouw jullie kan kun kunnen kunt maar me meer met mij mijn moet moeten na naar
nadat niet nog nu of om onder ons onze ook op over per reeds sinds te tegen ten ter tijdens toe tot tussen u uit uw van vanaf vanuit veel
verschillende via volgens voor waar waarbij waarin wat we welke werd wie wij wil willen word worden wordt zal ze zich zij zijn zo zoals
zodat zonder zou zowel zullen
"""
_STOP_WORDS_EN = """
a about after all also an and any are as at be been before being between both but by can could course different do does during each either
etc for from had has have how i if in into is it its may more most my no not of on one or other our out over own per several shall should
so some such than that the their them then there these they this those through to under upon us various via was we were what when where
which while who whom whose will with within without would you your
"""
STOP_WORDS = {"nl": frozenset(_STOP_WORDS_NL.split()), "en": frozenset(_STOP_WORDS_EN.split())}
_WORDS_FOR_LANGUAGE = 100


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning, at characters `start` to `end` of its text."""

    text: str
    start: int
    end: int


def words_of(text: str, begin: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of a stretch of text, stop words included, positions counted in the whole text."""
    for match in _WORD.finditer(text, begin, len(text) if end is None else end):
        yield Word(folded(match[0]), match.start(), match.end())


def texts_of_words(text: str) -> list[str]:
    """The same words of a text without their places, which is quicker."""
    return [folded(word) for word in _WORD.findall(text)]


def is_stop_word(word: str, language: str) -> bool:
    """Whether a folded word says nothing by itself in that language."""
    return word in STOP_WORDS[language] or (len(word) == 1 and not word.isalnum())


def language_of(text: str) -> str:
    """ "nl" or "en": the language in which the text's words are more common; "nl" when that says nothing."""
    difference = 0.0
    for word, _ in zip(words_of(text, 0, min(len(text), 2_000)), range(_WORDS_FOR_LANGUAGE), strict=False):
        difference += commonness(word.text, "en") - commonness(word.text, "nl")
    return "en" if difference > 0 else "nl"


@lru_cache(maxsize=CACHED_WORDS)
def keys_of(word: str, language: str) -> tuple[tuple[str, str], ...]:
    """The keys of a folded word, each with the form that it has there; () for a stop word.

    Keys meet across parts of speech (install, installation), forms only across singular and plural, or what a Dutch dictionary takes
    for one word. Dutch and English keys never equal each other.
    """
    if is_stop_word(word, language):
        return ()
    keys: list[tuple[str, str]] = []
    for piece in _PART.split(word) if _PART.search(word) else (word,):
        if not piece or is_stop_word(piece, language):
            continue
        if language == "en":
            keys.append(("e:" + _english_stem(piece), _singular(piece)))
        else:
            # "Programmeer" is no compound of "program" and "meer"; other forms share their key with the infinitive as they are.
            verb = infinitive(piece) if piece.endswith(("eer", "eert")) else ""
            forms = [base_form(part) for part in _parts_of(verb or piece)]
            keys += [("n:" + _root(form), form) for form in forms]
    return tuple(keys)


@lru_cache(maxsize=CACHED_WORDS)
def infinitive(word: str) -> str:
    """The infinitive of a Dutch verb that a folded word is the "I" or "he" form of, "" for other words.

    programmeer, programmeert -> programmeren; bouw -> bouwen; las -> lassen; sluit -> sluiten. Nouns that look like such a form give it
    too (bouw): verb and noun share a key anyhow.
    """
    known = base_form(word)
    if known != word and known.endswith("en"):
        return known
    stems = [word, word[:-1]] if word.endswith("t") else [word]
    for stem in stems:
        if len(stem) < _SHORTEST_STEM:
            continue
        long, softened = _LONG_VOWEL.sub(r"\1\2", stem), stem[:-1] + _SOFT.get(stem[-1], stem[-1])
        # A short vowel doubles its consonant (stel, stellen), a long one is written once (programmeer, programmeren).
        for candidate in (stem + stem[-1] + "en", long + "en", stem + "en", softened + "en"):
            if commonness(candidate, "nl") and base_form(candidate) == candidate and not compound_parts(candidate):
                return candidate
    return ""


def _parts_of(word: str) -> tuple[str, ...]:
    """The parts of a compound, or the word; a verb never falls apart into a noun's plural (bestellen is no "best ells")."""
    parts = compound_parts(word)
    if parts and word.endswith("en") and base_form(word) == word and base_form(parts[-1]) != parts[-1]:
        return (word,)
    return parts or (word,)


@lru_cache(maxsize=CACHED_WORDS)
def commonness(word: str, language: str) -> float:
    """How common a folded word is: log10 of its uses in a thousand million words, 0 for an unknown one."""
    frequency = _frequencies(language).get(word, 0.0)
    return math.log10(frequency) + 9 if frequency else 0.0


def _root(form: str) -> str:
    """What a verb and its noun have in common: installeren, installatie, installering -> instal; beheren, beheer -> beher."""
    for suffix in _SUFFIXES_NL:
        if form.endswith(suffix) and len(form) - len(suffix) >= _SHORTEST_ROOT:
            form = form[: -len(suffix)]
            break
    return _DOUBLED.sub(r"\1", form) if len(form) > _SHORTEST_ROOT else form


def _english_stem(word: str) -> str:
    stem = str(_stemmer().stemWord(word)) if word.isalpha() else word
    return stem.removesuffix("i") if stem.endswith("si") else stem


def _singular(word: str) -> str:
    """An English word without its plural ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _frequencies(language: str) -> dict[str, float]:
    from wordfreq import get_frequency_dict

    return dict(get_frequency_dict(language, "small"))
