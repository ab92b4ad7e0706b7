"""Words that are nearly written like another one, held against measuring every word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from catalogue.search.spelling import NearWord, Speller

KNOWN = Speller({"warmtepomp": 28, "warmtepompen": 9, "zonnepaneel": 12, "lassen": 13, "lasser": 2, "сварка": 1})
letters = st.text("abcé", max_size=8)


def test_the_fewest_errors_win_and_then_the_most_common_word() -> None:
    assert KNOWN.near("warmtepmop", 2) == [NearWord("warmtepomp", 1, 28)]
    assert [one.word for one in KNOWN.near("lassek", 1)] == ["lassen", "lasser"]
    assert [one.word for one in KNOWN.near("lasse", 2)] == ["lassen", "lasser"]
    assert KNOWN.near("lassen", 2) == [NearWord("lassen", 0, 13)]
    assert [one.word for one in KNOWN.near("сварк", 1)] == ["сварка"]


def test_what_is_far_is_not_near() -> None:
    assert KNOWN.near("xylofoon", 3) == []
    assert KNOWN.near("", 0) == []
    assert Speller({}).near("lassen", 3) == []


@given(st.lists(letters.filter(bool), unique=True, max_size=30), letters, st.integers(0, 3))
def test_no_near_word_is_overlooked(words: list[str], word: str, most: int) -> None:
    errors = {known: OSA.distance(known, word) for known in words}
    fewest = min(errors.values(), default=99)
    near = {known for known, count in errors.items() if count == fewest <= most}
    found = {one.word for one in Speller(dict.fromkeys(words, 1)).near(word, most)}
    assert found == near if len(near) < 25 else found <= near
