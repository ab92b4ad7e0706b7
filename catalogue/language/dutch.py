"""Dutch text, for documents and queries alike: folding, words, and the one form under which a word is indexed.

Accents go before anything else looks at a word, so that "café" and "cafe", "één" and "een" are the same. `simplemma` knows the base
form of most words (panelen -> paneel, gelopen -> lopen); what it does not know is cut as a compound on its last part, and else
stemmed. Their word lists load at first use and take about half a second; `warm_up` does it beforehand.
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

LANGUAGE_DATA = Path(__file__).with_name("synonyms.toml")
MAX_PARTS = 4
ZIPF_MARGIN = 0.5
"""How much more common than its parts a word may be and still count as made of them."""
CACHED_WORDS = 200_000

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_APOSTROPHES = str.maketrans("’‘`´‐‑", "''''--")
_CLITICS = frozenset("sntkmd")
"""What an apostrophe leaves standing alone: 's avonds, zo'n, 't, foto's."""

_LEAST_ZIPF = {4: 3.5, 5: 3.0}
_LEAST_ZIPF_OF_LONG_PARTS = 2.3
"""How common (log10 of uses in a thousand million words) a word must be to count as a part; short ones more so."""


def folded(text: str) -> str:
    """Lower case, without accents, invisible characters and curly apostrophes."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _NOT_ASCII.sub(lambda found: _kept(found[0]), decomposed).translate(_APOSTROPHES)


def tokens(text: str) -> list[tuple[str, ...]]:
    """The words of a text, folded, each as its parts between hyphens: "cv-ketel" -> ("cv", "ketel"), "'s-Hertogenbosch" -> one part."""
    return [parts for token in _TOKEN.findall(folded(text)) if (parts := _parts(token))]


def _parts(token: str) -> tuple[str, ...]:
    if token.isalnum():
        return (token,)
    return tuple(part for part in re.split("['-]", token) if part not in _CLITICS)


@lru_cache(maxsize=10_000)
def _kept(char: str) -> str:
    """`char`, or "" for an accent or an invisible character."""
    return "" if unicodedata.category(char) in ("Mn", "Cf") else char


@lru_cache(maxsize=CACHED_WORDS)
def base_form(word: str) -> str:
    """The form under which a folded word is indexed: its lemma, or its stem where no lemma is known."""
    if len(word) < 3 or not word.isalpha():
        return word
    if _simplemma().is_known(_spelled(word), lang="nl"):
        return _settled_lemma(word)
    if word.endswith("s") and _simplemma().is_known(word[:-1], lang="nl"):
        return base_form(word[:-1])  # accus, veiligheids-: a plural or link that the list leaves out
    if parts := compound_parts(word):
        return word[: -len(parts[-1])] + base_form(parts[-1])
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=CACHED_WORDS)
def compound_parts(word: str) -> tuple[str, ...]:
    """The words that a compound is made of, linking letters left out: warmtepompinstallatie -> (warmtepomp, installatie).

    As few parts as possible, then the most common ones. () for a word that is none, or that is itself much more common than its parts.
    """
    if len(word) < 6 or not word.isalpha():
        return ()
    best = _best_split(word, MAX_PARTS)
    if len(best) < 2:
        return ()
    average = sum(map(how_common, best)) / len(best)
    return () if how_common(word) > average + ZIPF_MARGIN else best


def how_common(word: str) -> float:
    """Uses of a folded word in a thousand million words of Dutch, log10; 0 for a word that is not known."""
    frequency = _frequencies().get(_spelled(word), 0.0)
    return math.log10(frequency) + 9 if frequency else 0.0


def is_dutch(word: str) -> bool:
    """Whether a folded word is one of Dutch: listed, a plural in s of one that is, or a compound."""
    simplemma = _simplemma()
    return (
        simplemma.is_known(_spelled(word), lang="nl")
        or (len(word) > 1 and word.endswith("s") and simplemma.is_known(word[:-1], lang="nl"))
        or bool(compound_parts(word))
    )


@cache
def language_data() -> dict[str, Any]:
    """The tables of synonyms.toml, read once."""
    return tomllib.loads(LANGUAGE_DATA.read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """One of its plain lists of words, folded."""
    return frozenset(word for parts in tokens(language_data()[name]) for word in parts)


def warm_up() -> None:
    """Loads the word lists, so that the first query need not wait for them."""
    base_form("warmtepompinstallatie")


def _best_split(word: str, most_parts: int) -> tuple[str, ...]:
    """The fewest parts that make up the word, with the highest lowest frequency; () when it cannot be split."""
    best: tuple[str, ...] = ()
    best_rank = (math.inf, 0.0)
    for cut in range(3, len(word) - 2):
        head = _first_part(word[:cut])
        if not head:
            continue
        tails: list[tuple[str, ...]] = [(word[cut:],)] if _is_part(word[cut:]) else []
        if not tails and most_parts > 2 and (rest := _best_split(word[cut:], most_parts - 1)):
            tails = [rest]
        for tail in tails:
            parts = (head, *tail)
            rank = (len(parts), -min(map(how_common, parts)))
            if rank < best_rank:
                best, best_rank = parts, rank
    return best


def _first_part(text: str) -> str:
    """`text` as a part that others follow, without a linking s; "" when it is none."""
    if _is_part(text):
        return text
    return text[:-1] if text.endswith("s") and _is_part(text[:-1]) else ""


def _is_part(text: str) -> bool:
    if len(text) < 4:
        return text in word_list("short_parts")
    return text not in word_list("never_a_part") and how_common(text) >= _LEAST_ZIPF.get(len(text), _LEAST_ZIPF_OF_LONG_PARTS)


@cache
def _frequencies() -> dict[str, float]:
    # Imported here, as the others below: a start-up need not wait for 311,000 words.
    from wordfreq import get_frequency_dict

    return dict(get_frequency_dict("nl", "best"))


@cache
def _accented() -> dict[str, str]:
    """How a folded word is really spelled, where that is more common: patienten -> patiënten."""
    frequencies = _frequencies()
    found: dict[str, str] = {}
    for word, frequency in frequencies.items():
        if word.isascii():
            continue
        plain = folded(word)
        if frequency > frequencies.get(found.get(plain, plain), 0.0):
            found[plain] = word
    return found


def _settled_lemma(word: str) -> str:
    """The lemma of the lemma: "gelopen" leads to "lopen", and that and "loop" to each other; of such a pair the first counts."""
    once = _lemma(word)
    twice = _lemma(once)
    return min(once, twice) if _lemma(twice) == once else twice


def _lemma(word: str) -> str:
    """What the list says; a common word with a lemma that nobody uses (mof: moffin) is an error of the list."""
    if word in word_list("keep"):
        return word
    lemma = folded(_simplemma().lemmatize(_spelled(word), lang="nl"))
    return word if how_common(word) and not how_common(lemma) else lemma


def _spelled(word: str) -> str:
    """A folded word with its accents."""
    return _accented().get(word, word)


@cache
def _simplemma() -> Any:
    import simplemma

    return simplemma


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("dutch_porter")
