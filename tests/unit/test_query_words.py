"""The units of a query, and the terms of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.port import MAX_QUERY_TERMS
from catalogue.search.words import loosened, query_units, text_terms


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


@given(st.text(max_size=400))
def test_any_text_is_a_query_within_the_limits(text: str) -> None:
    units = query_units(text)
    assert len(units) <= MAX_QUERY_TERMS
    assert not units or any(unit.is_required for unit in units)
    assert all(unit.alternatives and all(alternative.terms for alternative in unit.alternatives) for unit in units)
