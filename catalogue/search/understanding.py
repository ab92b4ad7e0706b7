"""What a query means against this catalogue: all words, some words, other words, or what is near in meaning.

One rule for every engine. It looks at the text alone, before any filter, so that a filter never changes what the words mean:

1. modules that answer every required unit, words that are all but surely typing errors being read as what is meant;
2. when there are none: the same without words of other languages that neither the glossary nor any module knows; and when there are
   still none, with all unknown words corrected;
3. when there are still none: modules that answer any required unit, a compound or phrase also by one of its words;
4. when fewer than `FEW` modules were found in step 1 or 2: those that answer every unit, but a compound or phrase by one of its words;
   and then, as always in step 3, also the modules that are near in meaning.

What was corrected becomes `did_you_mean`. Words that are right in another language are not corrected into Dutch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalogue.language.dutch import base_form, how_common, is_dutch, tokens
from catalogue.language.glossary import is_foreign
from catalogue.search.port import MAX_QUERY_CHARS
from catalogue.search.spelling import NearWord
from catalogue.search.units import Unit, loosened, query_units

FEW = 3
"""Fewer modules with all words are no choice yet; those that come near in words or in meaning join them."""
COGNATE_LETTERS = 7
"""From this length on, a word of another language that is one letter off a known one is taken for it."""


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


Correct = Callable[[Unit, Sequence[Unit], Lexicon], str | None]
"""A better word for a unit, in view of all units of the query; None when there is none."""


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
        return _with_choice(meant, found, suggestion)
    readable = without_strangers(meant, lexicon)
    if readable != meant and (found := answers(readable)):
        return _with_choice(readable, found, suggestion)
    if further := corrected(text, units, lexicon, _unknown_word):
        suggestion, readable = further, without_strangers(query_units(further), lexicon)
        if found := answers(readable):
            return _with_choice(readable, found, suggestion)
    return Understanding(loosened(readable), is_any=True, has_alike=True, did_you_mean=suggestion)


def _with_choice(units: tuple[Unit, ...], found: int, suggestion: str | None) -> Understanding:
    """All units, of which `found` modules are known to answer every one."""
    if found >= FEW:
        return Understanding(units, did_you_mean=suggestion)
    return Understanding(loosened(units), has_alike=True, did_you_mean=suggestion)


def without_strangers(units: Sequence[Unit], lexicon: Lexicon) -> tuple[Unit, ...]:
    """The units without words of another language that say nothing here; all of them when nothing else would be left.

    Beside a word that the glossary translates, any word that cannot be corrected is one of another language.
    """
    has_translated = any(unit.is_foreign for unit in units)
    kept = tuple(
        unit
        for unit in units
        if not _is_unknown(unit, lexicon)
        or not (has_translated or _is_stranger(unit, units))
        or _unknown_word(unit, units, lexicon) is not None
    )
    return kept if any(unit.is_required for unit in kept) else tuple(units)


def corrected(text: str, units: Sequence[Unit], lexicon: Lexicon, correct: Correct) -> str | None:
    """`text`, folded, with every word for which `correct` has a better one replaced; None when there is nothing to replace."""
    replacements = {unit.words[0]: better for unit in units if (better := correct(unit, units, lexicon))}
    if not replacements:
        return None
    words = (word for parts in tokens(text[:MAX_QUERY_CHARS]) for word in parts)
    return " ".join(replacements.get(word, word) for word in words)


def _evident_error(unit: Unit, units: Sequence[Unit], lexicon: Lexicon) -> str | None:
    """The word of the catalogue that is one error away from a word that neither it nor Dutch has: zonepanelen, although zone and paneel
    are words."""
    word = unit.words[0]
    if _is_read_otherwise(unit) or len(unit.words) > 1 or how_common(word) or all(map(lexicon.has_term, unit.alternatives[0].terms)):
        return None
    return nearest_word(word, lexicon, most_errors=min(1, _errors_allowed(unit, units)))


def _unknown_word(unit: Unit, units: Sequence[Unit], lexicon: Lexicon) -> str | None:
    """The nearest word to one that no module holds in any way."""
    return nearest_word(unit.words[0], lexicon, _errors_allowed(unit, units)) if _is_unknown(unit, lexicon) else None


def _is_unknown(unit: Unit, lexicon: Lexicon) -> bool:
    """Whether the unit is one word that neither the glossary nor the everyday words nor any module knows."""
    if _is_read_otherwise(unit) or len(unit.words) > 1:
        return False
    return not any(all(map(lexicon.has_term, alternative.terms)) for alternative in unit.alternatives)


def _is_read_otherwise(unit: Unit) -> bool:
    """Whether a file says what the unit means, so that it is no typing error."""
    return unit.is_foreign or unit.is_everyday


def _is_stranger(unit: Unit, units: Sequence[Unit]) -> bool:
    """Whether a word is rightly spelled in another language. Beside Dutch words alone it is rather a Dutch one misspelt: cursus lasen."""
    others = [other for other in units if other is not unit]
    is_beside_dutch = any(is_dutch(word) for other in others for word in other.words)
    return is_foreign(unit.words[0]) and (not is_beside_dutch or any(other.is_foreign for other in others))


def nearest_word(word: str, lexicon: Lexicon, most_errors: int) -> str | None:
    """The known word with the fewest typing errors between; of several, one of which `word` is the beginning, since people send half
    words, and then the more common one, here and in Dutch.

    None when none is near.
    """
    if not most_errors:
        return None
    near = sorted(
        (one.word[0] != word[0], not one.word.startswith(word), -one.count, -how_common(one.word), one.word)
        for one in lexicon.near(word, most_errors)
    )
    return next((known for *_, known in near if lexicon.has_term(base_form(known))), None)


def _errors_allowed(unit: Unit, units: Sequence[Unit]) -> int:
    """How many typing errors a word may have.

    A word of another language has none, unless it is long and one letter off a known word: then it is the same word there and here
    (alternatif, inovatie), or a slip, and the Dutch word is meant either way.
    """
    word = unit.words[0]
    if not word.isalpha() or len(word) < 4:
        return 0
    if _is_stranger(unit, units):
        return 1 if len(word) >= COGNATE_LETTERS else 0
    return 1 if len(word) < 7 else 2 if len(word) < 12 else 3
