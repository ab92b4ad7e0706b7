"""Finding concepts by name: letters, words, and what weighs more."""

from __future__ import annotations

import numpy as np
import pytest

from catalogue.skills.finder import Finder, Weights
from catalogue.skills.lexicon import Lexicon, lexicon_of
from catalogue.skills.name_words import NameWords

NAMES = {
    1: ["loodgieter", "installateur sanitair"],
    2: ["zonnepaneleninstallateur", "monteur zonnepanelen"],
    3: ["metselaar"],
    4: ["docent Spaans", "leraar Spaans"],
    5: ["docent"],
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return lexicon_of((key, "nl", name, place == 0) for key, names in NAMES.items() for place, name in enumerate(names))


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> Finder:
    return Finder(lexicon)


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("loodgieter", 1),
        ("LOODGIETER ", 1),
        ("lodgieter", 1),
        ("loodg", 1),
        ("installateur van zonnepanelen", 2),
        ("Spaanse docenten", 4),
        ("mestelaar", 3),
    ],
)
def test_the_concept_that_is_meant_comes_first(finder: Finder, query: str, key: int) -> None:
    assert finder.find(query)[0].id == key


def test_only_a_name_that_equals_the_query_scores_one(finder: Finder) -> None:
    assert finder.find("Docent")[0].score == 1.0
    assert all(one.score < 1.0 for one in finder.find("Docent")[1:])
    assert all(one.score < 1.0 for one in finder.find("docente"))


@pytest.mark.parametrize("query", ["", "   ", "!?", "qqqqq"])
def test_nothing_like_it_finds_nothing(finder: Finder, query: str) -> None:
    assert finder.find(query) == []


def test_at_most_as_many_as_asked(finder: Finder) -> None:
    assert len(finder.find("docent", limit=1)) == 1
    assert finder.find("docent", limit=0) == []


def test_meaning_decides_where_letters_tell_nothing(finder: Finder) -> None:
    axes = np.eye(len(NAMES), dtype=np.float32)
    with_meaning = finder.with_meaning(axes)
    assert finder.find("stukadoor", axes[2]) == []
    assert with_meaning.find("stukadoor") == []
    assert with_meaning.find("stukadoor", axes[2])[0].id == 3


def test_each_weight_changes_the_order_of_nothing_that_equals_the_query(lexicon: Lexicon) -> None:
    for weights in (Weights(), Weights(group=1), Weights(words=2, group=1)):
        assert Finder(lexicon, weights=weights).find("monteur zonnepanelen")[0].score == 1.0


def test_a_lexicon_without_names_finds_nothing() -> None:
    assert Finder(lexicon_of([])).find("loodgieter") == []


def test_words_in_common_are_weighed_from_both_sides(lexicon: Lexicon) -> None:
    likeness = dict(zip(lexicon.texts, NameWords(lexicon).likeness("docent Spaans").tolist(), strict=True))
    assert likeness["docent Spaans"] == pytest.approx(1.0)
    assert 0 < likeness["docent"] < 1
    assert 0 < likeness["leraar Spaans"] < 1
    assert likeness["metselaar"] == 0


def test_words_are_the_same_in_other_forms_and_in_compounds(lexicon: Lexicon) -> None:
    words = NameWords(lexicon)
    place = lexicon.texts.index("leraar Spaans")
    assert words.likeness("de Spaanse leraren")[place] > 0.9
    assert words.likeness("leraarsopleiding")[place] > 0.2
    assert words.likeness("de het een").max() == 0
    assert words.likeness("xylofoon").max() == 0
