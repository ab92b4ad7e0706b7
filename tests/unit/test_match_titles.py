"""Goals in free text against titles."""

from __future__ import annotations

import pytest

from matching.titles import TitleIndex

TITLES = ["Warmtepompen plaatsen", "Basiscursus fotografie", "Werken aan een warmtepomp", "Plaatsen van zonnepanelen", ""]


def test_the_title_with_most_of_the_words_is_nearest_whatever_their_form() -> None:
    found = TitleIndex(TITLES).similarity("ik wil een warmtepomp leren plaatsen")
    assert found.argmax() == 0
    assert found[2] > found[1] == 0.0
    assert found[4] == 0.0


def test_a_title_is_as_near_to_itself_as_can_be() -> None:
    index = TitleIndex(TITLES)
    for row, title in enumerate(TITLES[:4]):
        assert index.similarity(title)[row] == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", "xyzzy", "!!!"])
def test_unknown_words_say_nothing(text: str) -> None:
    assert TitleIndex(TITLES).similarity(text).tolist() == [0.0] * 5
    assert TitleIndex([]).similarity(text).tolist() == []
