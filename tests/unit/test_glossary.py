"""Queries in other languages: what the glossary makes of them, and what it leaves to Dutch."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.language.glossary import GLOSSARY, LATIN_LANGUAGES, glossary, is_foreign, read_glossary
from catalogue.search.spelling import NearWord, Speller
from catalogue.search.understanding import understand, without_strangers
from catalogue.search.units import Unit, loosened, query_units

LANGUAGES = {*LATIN_LANGUAGES, "uk", "ru", "bg", "ar"}


class Index:
    """The words of a catalogue that holds nothing else."""

    def __init__(self, words: str) -> None:
        self._words = dict.fromkeys(words.split(), 1)
        self._speller = Speller(self._words)

    def has_term(self, term: str) -> bool:
        return term in self._words

    def near(self, word: str, most_errors: int) -> Sequence[NearWord]:
        return self._speller.near(word, most_errors)

    def answers(self, units: Sequence[Unit]) -> int:
        return int(all(any(set(one.terms) <= {*self._words} for one in unit.alternatives) for unit in units if unit.is_required))


def asked(text: str) -> list[set[str]]:
    """The terms of each required unit's alternatives."""
    return [{" ".join(one.terms) for one in unit.alternatives} for unit in query_units(text) if unit.is_required]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bricklaying for beginners", ["metselen"]),
        ("I would like to become a carpenter", ["timmerman"]),
        ("Ausbildung zum Dachdecker", ["dakdekker"]),
        ("Baeckerei Kurs", ["bakker"]),
        ("kurs dla ogrodników", ["hovenier"]),
        ("murarz", ["metselaar"]),
        ("kurs obslugi wózków widłowych", [None, "heftruck"]),
        ("arıcılık eğitimi", ["imker"]),
        ("elektrikli arac bakimi", ["ev", None]),
        ("курс програмування", ["programmeren"]),
        ("догляд за тваринами", ["dierverzorger"]),
        ("курсы бухгалтера", ["boekhouden"]),
        ("хочу работать в теплице", ["kas"]),
        ("курс за пчелар", ["imker"]),
        ("curs de contabilitate", ["boekhouden"]),
        ("formation de boulanger", ["bakker"]),
        ("je voudrais devenir menuisier", ["timmerman"]),
        ("curso de contabilidad por la noche", ["boekhouden", None]),
        ("دورة محاسبة", ["boekhouden"]),
        ("أريد تعلم النجارة", ["timmerman"]),
        ("لوح شمسي", ["zonnepaneel"]),
        ("مساعدة كبار السن", [None, "ouderenzorg"]),
        ("мова нідерландська", ["nederlands"]),
    ],
)
def test_a_query_in_another_language_asks_for_the_dutch(text: str, expected: list[str | None]) -> None:
    found = asked(text)
    assert len(found) == len(expected)
    assert all(term is None or term in terms for term, terms in zip(expected, found, strict=True)), found


def test_the_words_as_written_count_most() -> None:
    (unit,) = query_units("bricklayer")
    assert unit.is_foreign
    assert [one.weight for one in unit.alternatives if one.terms == ("metselaar",)] == [pytest.approx(0.9)]
    assert unit.alternatives[0].weight == 1.0
    assert len({one.terms for one in unit.alternatives}) == len(unit.alternatives)
    assert loosened([unit]) == (unit,)


def test_a_course_alone_in_another_language_is_a_course() -> None:
    (unit,) = query_units("szkolenia")
    assert unit.is_required
    assert ("cursus",) in [one.terms for one in unit.alternatives]
    course, concept = query_units("szkolenia murarskie")
    assert (course.is_required, len(course.alternatives), concept.is_required) == (False, 1, True)


@pytest.mark.parametrize(
    "text",
    [
        "master",
        "kok",
        "pomp",
        "los werk in de bouw",
        "installateur",
        "energieadviseur",
        "elektromonteur",
        "machineveiligheid ce",
        "verpleegkundige in opleiding",
        "boiler",
        "lager monteren",
        "wadi aanleggen",
        "beton storten",
        "excel",
    ],
)
def test_dutch_stays_dutch(text: str) -> None:
    assert not any(unit.is_foreign for unit in query_units(text))


def test_an_ordinary_dutch_word_is_foreign_among_words_of_that_language() -> None:
    assert asked("los")[0] == {"los"}
    assert [unit.words for unit in query_units("curso para los fontaneros") if unit.is_required] == [("fontaneros",)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("freundschaft", True),
        ("przyjaciel", True),
        ("arkadas", True),
        ("дружба", True),
        ("صداقه", True),
        ("vriendschap", False),
        ("zonnepanele", False),
        ("warmtepompinstallatie", False),
        ("42", False),
    ],
)
def test_whether_a_word_is_of_another_language(word: str, *, expected: bool) -> None:
    assert is_foreign(word) is expected


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("friend", None),
        ("cursus friend", "cursus vriend"),
        ("carpenter friend", None),
        ("vriemd", "vriend"),
        ("alternatif", "alternatief"),  # long and one letter off: the same word there and here
        ("друг", None),
    ],
)
def test_a_word_of_another_language_is_not_corrected_into_dutch(text: str, suggestion: str | None) -> None:
    index = Index("vriend timmerman alternatief")
    assert understand(text, index, index.answers).did_you_mean == suggestion


def test_half_a_word_is_made_whole_rather_than_shorter() -> None:
    index = Index("warmte warmte warmtepomp")
    assert understand("warmtepo", index, index.answers).did_you_mean == "warmtepomp"
    assert understand("warmts", index, index.answers).did_you_mean == "warmte"


def test_unknown_words_beside_translated_ones_are_not_asked_for() -> None:
    index = Index("timmerman")
    found = understand("carpenter nearby thoroughly", index, index.answers)
    assert [unit.words for unit in found.units] == [("carpenter",)]
    assert (found.is_any, found.did_you_mean) == (False, None)
    units = query_units("thoroughly")
    assert without_strangers(units, index) == units


def test_the_file_is_whole() -> None:
    data = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))
    assert len(data["concept"]) >= 280
    assert {concept["nl"]: LANGUAGES - set(concept) for concept in data["concept"] if LANGUAGES - set(concept)} == {}
    assert set(data["stop"]) == LANGUAGES == set(data["optional"]) - {"nl"}
    assert all(phrase and all(len(word.removesuffix("*")) >= 2 for word in phrase) for phrase in glossary().meanings if len(phrase) == 1)


def test_a_small_glossary_is_read() -> None:
    text = """
        dutch = "tier"
        stop = { en = "the of", de = "der" }
        optional = { nl = "cursus", en = "learn*" }
        [[concept]]
        nl = "dier, dieren"
        en = "animal*, care of the animals"
        de = "Tier, Tierärzt*"
        """
    found = read_glossary(text)
    assert found.meanings["animal*",] == {"en": ("dier", "dieren")}
    assert set(found.meanings) == {
        ("animal*",),
        ("animal",),
        ("care", "animals"),
        ("tier",),
        *((f"tier{a}rzt{s}",) for a in ("a", "ae") for s in ("*", "")),
    }
    assert "care" not in found.telling
    assert found.longest == 2


@settings(deadline=None)  # the first word waits for the word lists
@given(st.text(max_size=60))
@example("s")
def test_any_word_can_be_asked_about(text: str) -> None:
    assert is_foreign(text) in (True, False)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["kurs", "los", "para", "на", "für", "ve", "دورة", "heat", "pump", "de", "e-learning", "x", "lassen"]), max_size=8
    )
)
def test_any_mixture_is_a_query(words: list[str]) -> None:
    units = query_units(" ".join(words))
    assert not units or any(unit.is_required for unit in units)
    assert all(unit.alternatives and all(one.terms for one in unit.alternatives) for unit in units)
