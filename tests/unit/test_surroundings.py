"""Finding a concept by what the taxonomy says around its names."""

from __future__ import annotations

import numpy as np
import pytest

from catalogue.skills.finder import Finder
from catalogue.skills.lexicon import Lexicon, lexicon_of
from catalogue.skills.surroundings import Surroundings


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    names = {1: "waterbouwer", 2: "sluiswachter", 3: "bakker", 4: "imker"}
    return lexicon_of(
        ((key, "nl", name, True) for key, name in names.items()),
        {1: ("Legt irrigatie aan.", ""), 3: ("Bakt brood.", "Bakes irrigation.")},
        {1: ("3112", "Technici in de waterbouw"), 2: ("3112", "Technici in de waterbouw"), 3: ("7512", "Voedselverwerking")},
    )


def test_a_word_of_the_description_counts_for_the_concept_and_half_as_a_mean_of_two(lexicon: Lexicon) -> None:
    own, of_group = Surroundings(lexicon).likeness("irrigatie")
    assert own[0] > 0
    assert own[1:].tolist() == [0, 0, 0]
    assert of_group == pytest.approx([own[0] / 2, own[0] / 2, 0, 0])


def test_the_label_of_the_group_counts_for_all_its_concepts(lexicon: Lexicon) -> None:
    own, of_group = Surroundings(lexicon).likeness("technicus")
    assert (own > 0).tolist() == [True, True, False, False]
    assert (of_group > 0).tolist() == [True, True, False, False]


def test_a_query_with_a_word_that_nobody_knows_is_held_less(lexicon: Lexicon) -> None:
    surroundings = Surroundings(lexicon)
    alone, with_unknown = (surroundings.likeness(query)[0][2] for query in ("brood", "brood xylofoon"))
    assert 0 < with_unknown < alone < 1


@pytest.mark.parametrize("query", ["", "de het een", "xylofoon"])
def test_nothing_in_common_is_zero(lexicon: Lexicon, query: str) -> None:
    assert not np.any(Surroundings(lexicon).likeness(query))


def test_the_finder_puts_the_described_concept_first_where_no_name_tells(lexicon: Lexicon) -> None:
    scores = Finder(lexicon, surroundings=Surroundings(lexicon)).concept_scores("irrigatie")
    assert scores.argmax() == 0
    assert scores[0] > scores[1] > scores[2]


def test_no_concepts_find_nothing() -> None:
    empty = lexicon_of([])
    assert Finder(empty, surroundings=Surroundings(empty)).find("irrigatie") == []
