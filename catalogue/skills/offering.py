"""Which occupations to offer somebody who typed, in own words, what they do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from catalogue.language.thesaurus import phrase_terms, thesaurus
from catalogue.skills.finder import Found

LEAST_OFFERED = 0.16
"""A score below this is right less than once in six times: no answer is more honest."""
LEAST_OF_BEST = 0.6
"""Share of the best score from which on another occupation may be meant too."""
SURE = 0.5
"""From this score on what was typed is a name as a whole; below it, one word of it may name the work better."""
LEAST_FOR_A_WORD = 0.7
LEAST_WORD_CHARS = 4


def offered_occupations(find: Callable[[str, int], list[Found]], text: str, limit: int) -> list[Found]:
    """The occupations that may be meant, best first; none where nothing comes near.

    A name is looked up as it is. In a sentence ("ik doe de kassa bij de supermarkt") every longer word is looked up too, and where that
    finds nothing, what the catalogue calls an everyday word ("horeca": kok, keuken).

    Args:
        find: finds occupations by a name, as `SkillKnowledge.find_occupations` does.
        text: what was typed.
        limit: how many at most.
    """
    scores = {one.id: one.score for one in find(text, limit)}
    words = [word for word in re.findall(r"\w+", text) if len(word) >= LEAST_WORD_CHARS]
    if words != [text] and max(scores.values(), default=0.0) < SURE:
        _add_likely(scores, find, words, limit)
    if max(scores.values(), default=0.0) < LEAST_OFFERED:
        _add_likely(scores, find, [name for word in words for name in _catalogue_words(word)], limit)
    least = max(LEAST_OFFERED, LEAST_OF_BEST * max(scores.values(), default=0.0))
    offered = [Found(key, score) for key, score in scores.items() if score >= least]
    return sorted(offered, key=lambda one: (-one.score, one.id))[:limit]


def _add_likely(scores: dict[int, float], find: Callable[[str, int], list[Found]], names: Iterable[str], limit: int) -> None:
    for name in names:
        for one in find(name, limit):
            if one.score >= LEAST_FOR_A_WORD:
                scores[one.id] = max(one.score, scores.get(one.id, 0.0))


def _catalogue_words(word: str) -> tuple[str, ...]:
    known = thesaurus().phrases.get(phrase_terms(word))
    return known.meaning if known else ()
