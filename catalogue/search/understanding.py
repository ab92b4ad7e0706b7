"""What a query means against this catalogue: all words, some words, other words, or what is near in meaning.

One rule for every engine. It looks at the text alone, before any filter, so that a filter never changes what the words mean:

1. modules that answer every required unit, words that are all but surely typing errors being read as what is meant;
2. when there are none: the same with all unknown words corrected;
3. when there are still none: modules that answer any required unit, a compound or phrase also by one of its words;
4. when fewer than `FEW` modules were found in step 1 or 2, and always in step 3: also the modules that are near in meaning.

What was corrected becomes `did_you_mean`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalogue.search.dutch import base_form, how_common, tokens
from catalogue.search.port import MAX_QUERY_CHARS
from catalogue.search.spelling import NearWord
from catalogue.search.words import Unit, loosened, query_units

FEW = 3
"""So few modules with all words are no choice yet; those that are near in meaning join them, and come after them."""


class Lexicon(Protocol):
    """What an index knows of words."""

    def has_term(self, term: str) -> bool:
        """Whether any module holds the term."""

    def near(self, word: str, most_errors: int) -> Sequence[NearWord]:
        """Words of modules with the fewest typing errors between, see `Speller.near`; some may be of modules that are gone."""


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
    suggestion = corrected(text, units, lexicon, _evident_error)
    meant = query_units(suggestion) if suggestion else units
    if found := answers(meant):
        return Understanding(meant, has_alike=found < FEW, did_you_mean=suggestion)
    if further := corrected(text, units, lexicon, _unknown_word):
        suggestion, meant = further, query_units(further)
        if found := answers(meant):
            return Understanding(meant, has_alike=found < FEW, did_you_mean=suggestion)
    return Understanding(loosened(meant), is_any=True, has_alike=True, did_you_mean=suggestion)


def corrected(text: str, units: Sequence[Unit], lexicon: Lexicon, correct: Callable[[Unit, Lexicon], str | None]) -> str | None:
    """`text`, folded, with every word for which `correct` has a better one replaced; None when there is nothing to replace."""
    replacements = {unit.words[0]: better for unit in units if len(unit.words) == 1 and (better := correct(unit, lexicon))}
    if not replacements:
        return None
    words = (word for parts in tokens(text[:MAX_QUERY_CHARS]) for word in parts)
    return " ".join(replacements.get(word, word) for word in words)


def _evident_error(unit: Unit, lexicon: Lexicon) -> str | None:
    """The word of the catalogue that is one error away from a word that neither it nor Dutch has: zonepanelen, although zone and paneel
    are words."""
    (word,) = unit.words
    if how_common(word) or all(map(lexicon.has_term, unit.alternatives[0].terms)):
        return None
    return nearest_word(word, lexicon, most_errors=min(1, _errors_allowed(word)))


def _unknown_word(unit: Unit, lexicon: Lexicon) -> str | None:
    """The nearest word to one that no module holds in any way."""
    if any(all(map(lexicon.has_term, alternative.terms)) for alternative in unit.alternatives):
        return None
    return nearest_word(unit.words[0], lexicon, _errors_allowed(unit.words[0]))


def nearest_word(word: str, lexicon: Lexicon, most_errors: int) -> str | None:
    """The known word with the fewest typing errors between; the more common one, here and in Dutch, when several are as near.

    None when none is near.
    """
    if not most_errors:
        return None
    near = sorted((one.word[0] != word[0], -one.count, -how_common(one.word), one.word) for one in lexicon.near(word, most_errors))
    return next((known for *_, known in near if lexicon.has_term(base_form(known))), None)


def _errors_allowed(word: str) -> int:
    if not word.isalpha() or len(word) < 4:
        return 0
    return 1 if len(word) < 7 else 2 if len(word) < 12 else 3
