"""The units of a query, and the terms of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.port import MAX_QUERY_TERMS
from catalogue.search.units import EVERYDAY_WEIGHT, SYNONYM_WEIGHT, loosened, query_units, text_terms


def required(text: str) -> list[str]:
    return [" ".join(unit.words) for unit in query_units(text) if unit.is_required]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("iets met accu's", ["accu"]),
        ("ik wil een cursus lassen", ["lassen"]),
        ("cursus", ["cursus"]),
        ("de het een", []),
        ("eerste hulp op zaterdag", ["eerste hulp", "zaterdag"]),
        ("mbo-4 warmtepomp", ["mbo 4", "warmtepomp"]),
        ("ik zoek misschien eigenlijk gewoon een lascursus", ["lascursus"]),
        ("zoeken", ["zoeken"]),
        ("hallo misschien", ["hallo", "misschien"]),
    ],
)
def test_what_is_asked_for(text: str, words: list[str]) -> None:
    assert required(text) == words


def test_a_compound_is_also_asked_for_by_its_parts() -> None:
    (unit,) = query_units("warmtepompinstallatie")
    assert [alternative.terms for alternative in unit.alternatives] == [
        ("warmtepompinstallatie",),
        ("warmtepomp", "installatie"),
        ("warmte", "pomp", "installatie"),
    ]
    (loose,) = loosened([unit])
    assert ("installatie",) in [alternative.terms for alternative in loose.alternatives]


def test_a_compound_in_a_document_counts_for_its_parts_but_less() -> None:
    terms, length = text_terms("De warmtepompinstallatie")
    assert length == 1
    assert terms["warmtepompinstallatie"] > terms["warmtepomp"] == terms["installatie"] > terms["pomp"] > 0


def test_synonyms_work_both_ways() -> None:
    def terms(text: str) -> set[tuple[str, ...]]:
        return {alternative.terms for unit in query_units(text) for alternative in unit.alternatives}

    assert ("zonnepaneel",) in terms("PV")
    assert ("pv",) in terms("zonnepanelen")
    assert ("mbo4",) in terms("mbo niveau 4")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("verven", "schilderen"),
        ("een app laten bouwen", "lowcod"),
        ("Ik help graag oudere mensen", "ouderenzorg"),
        ("tweedehandse spullen", "hergebruiken"),
        ("de stroomrekening wordt te hoog", "energierekening"),
        ("moeder is dement", "dementie"),
        ("boekhouding doen", "factureren"),
        ("ik rijd graag op een heftruck", "reachtruck"),
        ("teamleider worden", "leidinggeven"),
        ("computer les", "digitaal"),
        ("het tocht in huis", "kierdicht"),
        ("CSRD", "levenscyclusanalyse"),
        ("scrummaster", "agil"),
    ],
)
def test_an_everyday_word_asks_for_the_words_of_the_catalogue_too(text: str, meant: str) -> None:
    alternatives = [alternative for unit in query_units(text) if unit.is_everyday for alternative in unit.alternatives]
    assert meant in {term for alternative in alternatives for term in alternative.terms}


def test_the_word_itself_counts_most_and_its_everyday_meaning_goes_one_way() -> None:
    (unit,) = (unit for unit in query_units("verven") if unit.is_required)
    assert unit.alternatives[0].terms == ("verven",)
    assert all(one.weight <= EVERYDAY_WEIGHT < SYNONYM_WEIGHT < unit.alternatives[0].weight for one in unit.alternatives[1:])
    assert ("verven",) not in {one.terms for unit in query_units("schilderen") for one in unit.alternatives}


def test_a_query_in_another_language_has_no_everyday_dutch() -> None:
    assert not any(unit.is_everyday for unit in query_units("curso de programador de robots industriales"))


@given(st.text(max_size=400))
def test_any_text_is_a_query_within_the_limits(text: str) -> None:
    units = query_units(text)
    assert len([unit for unit in units if not unit.is_sum]) <= MAX_QUERY_TERMS
    assert not units or any(unit.is_required for unit in units)
    assert all(unit.alternatives and all(alternative.terms for alternative in unit.alternatives) for unit in units)


@pytest.mark.parametrize(("word", "term"), [("snoeicursus", "snoeien"), ("lasopleidingen", "lassen"), ("excelcursus", "excel")])
def test_a_course_in_one_word_asks_for_its_subject(word: str, term: str) -> None:
    assert any(alternative.terms == (term,) for alternative in query_units(word)[0].alternatives)
