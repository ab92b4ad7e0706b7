"""What a query means against this catalogue: all words, some words, other words, or what is near in meaning.

One rule for every engine. It looks at the text alone, before any filter, so that a filter never changes what the words mean:

1. modules that answer every required unit;
2. when there are none: the same for the text with its unknown words corrected, which becomes `did_you_mean`;
3. when there are still none: modules that answer any required unit, a compound or phrase also by one of its words;
4. when fewer than `FEW` modules were found in step 1 or 2, and always in step 3: also the modules that are near in meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalogue.search.dutch import base_form, how_common, tokens
from catalogue.search.port import MAX_QUERY_CHARS
from catalogue.search.words import Unit, loosened, query_units

MOST_CANDIDATES = 25
FEW = 3
"""So few modules with all words are no choice yet; those that are near in meaning join them, and come after them."""


class Lexicon(Protocol):
    """What an index knows of words."""

    def has_term(self, term: str) -> bool:
        """Whether any module holds the term."""

    def spelling(self) -> Mapping[str, int]:
        """Words as they are written, with the number of modules that hold them; may still name words of modules that are gone."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """`units` is empty when everything is asked for; `is_any` says that one answered unit is enough, `has_alike` that being near in
    meaning is enough too."""

    units: tuple[Unit, ...]
    is_any: bool = False
    has_alike: bool = False
    did_you_mean: str | None = None


def understand(text: str, lexicon: Lexicon, answers: Callable[[Sequence[Unit]], int]) -> Understanding:
    """Decides what `text` asks for.

    Args:
        text: what was typed; cut to MAX_QUERY_CHARS and MAX_QUERY_TERMS.
        lexicon: the words of this index.
        answers: how many modules answer all required units.
    """
    units = query_units(text)
    if not units:
        return Understanding(units)
    if found := answers(units):
        return Understanding(units, has_alike=found < FEW)
    suggestion = corrected(text, units, lexicon)
    if suggestion:
        units = query_units(suggestion)
        if found := answers(units):
            return Understanding(units, has_alike=found < FEW, did_you_mean=suggestion)
    return Understanding(loosened(units), is_any=True, has_alike=True, did_you_mean=suggestion)


def corrected(text: str, units: Sequence[Unit], lexicon: Lexicon) -> str | None:
    """`text`, folded, with every word that no module holds replaced by the nearest one; None when there is nothing to replace."""
    replacements: dict[str, str] = {}
    for unit in units:
        is_known = any(all(map(lexicon.has_term, alternative.terms)) for alternative in unit.alternatives)
        if not is_known and len(unit.words) == 1 and (nearest := nearest_word(unit.words[0], lexicon)):
            replacements[unit.words[0]] = nearest
    if not replacements:
        return None
    words = (word for parts in tokens(text[:MAX_QUERY_CHARS]) for word in parts)
    return " ".join(replacements.get(word, word) for word in words)


def nearest_word(word: str, lexicon: Lexicon) -> str | None:
    """The known word with the fewest typing errors between; the more common one, here and in Dutch, when several are as near.

    None when none is near.
    """
    most_errors = _errors_allowed(word)
    if not most_errors:
        return None
    spelling = lexicon.spelling()
    candidates = process.extract(word, spelling.keys(), scorer=OSA.distance, score_cutoff=most_errors, limit=MOST_CANDIDATES)
    near = sorted((errors, known[0] != word[0], -spelling[known], -how_common(known), known) for known, errors, _ in candidates)
    return next((known for *_, known in near if lexicon.has_term(base_form(known))), None)


def _errors_allowed(word: str) -> int:
    if not word.isalpha() or len(word) < 4:
        return 0
    return 1 if len(word) < 7 else 2 if len(word) < 12 else 3
