"""Synonyms and everyday words: whether their files are whole, and how their phrases are found in a query."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.language.dutch import base_form, language_data, tokens
from catalogue.language.thesaurus import EVERYDAY, brought_together, longest_phrase, phrase_terms, read_thesaurus, thesaurus


def keys(text: str) -> list[tuple[str, ...]]:
    return [tuple(map(base_form, parts)) for parts in tokens(text)]


def together(text: str) -> str:
    words = text.split()
    return " ".join(words[position] for position in brought_together(keys(text)))


def lines() -> Iterator[tuple[list[str], list[str]]]:
    for table in tomllib.loads(EVERYDAY.read_text(encoding="utf-8")).values():
        for said, meant in table.items():
            yield [one.strip() for one in said.split(",")], [one.strip() for one in meant.split(",")]


def test_every_line_says_something_and_means_something() -> None:
    assert all(all(map(phrase_terms, [*said, *meant])) for said, meant in lines())


def test_no_everyday_phrase_shrinks_to_one_word_which_may_mean_something_else() -> None:
    shrunk = [one for said, _meant in lines() for one in said if len(tokens(one)) > 1 and len(phrase_terms(one)) < 2]
    assert shrunk == []


def test_no_everyday_word_is_one_that_almost_every_query_has() -> None:
    plain = thesaurus().optional | thesaurus().filler
    assert [one for said, _meant in lines() for one in said if len(phrase_terms(one)) == 1 and plain.issuperset(phrase_terms(one))] == []


def test_a_phrase_that_is_said_in_several_lines_means_all_of_them() -> None:
    known = read_thesaurus([], '[a]\n"verven, kwasten" = "schilderen"\n[b]\n"verven" = "schilder"')
    assert known.phrases[("verven",)].meaning == ("schilderen", "schilder")
    assert known.phrases[(base_form("kwasten"),)].meaning == ("schilderen",)
    assert ("schilderen",) not in known.phrases


def test_a_file_that_is_no_table_of_lines_is_refused() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_thesaurus(language_data()["equal"], '[a]\n"verven" = "schilderen"\n"verven" = "schilder"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site bouwen", "site bouwen"),
        ("bouwen graag zelf site", "site bouwen graag zelf"),
        ("warmtepomp installeren", "warmtepomp installeren"),
        ("bouwen met hout en steen en daarna ook nog eens een site", "bouwen hout met en steen en daarna ook nog eens een site"),
    ],
)
def test_the_words_of_a_phrase_are_brought_together_when_they_are_near(text: str, expected: str) -> None:
    assert together(text) == expected


@given(st.lists(st.sampled_from(["site", "bouwen", "mensen", "helpen", "den", "bosch", "lassen", "oude"]), max_size=16))
def test_bringing_together_keeps_every_word_once(words: list[str]) -> None:
    assert sorted(brought_together(keys(" ".join(words)))) == list(range(len(words)))


def test_the_longest_phrase_wins_and_two_words_may_be_one_compound() -> None:
    size, phrase = longest_phrase(keys("eigen bedrijf beginnen"), 0)
    assert (size, "ondernemen" in phrase.meaning) == (3, True)
    size, phrase = longest_phrase(keys("web winkel"), 0)
    assert (size, ("webwinkel",) in phrase.synonyms) == (2, True)
    assert longest_phrase(keys("warmte"), 0)[0] == 1
