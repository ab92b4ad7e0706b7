"""Folding, words, base forms and compounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.language.dutch import base_form, compound_parts, folded, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("één café", [("een",), ("cafe",)]),
        ("'s-Hertogenbosch", [("hertogenbosch",)]),
        ("‘s‐Hertogenbosch", [("hertogenbosch",)]),
        ("cv-ketel, e-learning", [("cv", "ketel"), ("e", "learning")]),
        ("accu's en foto’s", [("accu",), ("en",), ("foto",)]),
        ("NEN 1010", [("nen",), ("1010",)]),
        ("zacht\u00adgekookt", [("zachtgekookt",)]),
        ("?*:()[]", []),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, ...]]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("words", "form"),
    [
        (["paneel", "panelen"], "paneel"),
        (["lopen", "gelopen"], "loop"),
        (["installateur", "installateurs"], "installateur"),
        (["patient", "patienten"], "patient"),
        (["accu", "accus"], "accu"),
        (["warmtepompinstallatie", "warmtepompinstallaties"], "warmtepompinstallatie"),
        (["batterijcel", "batterijcellen"], "batterijcel"),
        (["a2", "1010", "pv"], None),
    ],
)
def test_base_form_is_the_same_for_all_forms_of_a_word(words: list[str], form: str | None) -> None:
    assert [base_form(word) for word in words] == [form or word for word in words]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("warmtepompinstallatie", ("warmtepomp", "installatie")),
        ("warmtepomp", ("warmte", "pomp")),
        ("installatietechniek", ("installatie", "techniek")),
        ("laadpaalinstallateur", ("laadpaal", "installateur")),
        ("omgevingsvergunning", ("omgeving", "vergunning")),
        ("groepenkast", ("groepen", "kast")),
        ("onderwijs", ()),
        ("computer", ()),
        ("stappen", ()),
        ("gezondheid", ()),
        ("landschap", ()),
        ("lassen", ()),
    ],
)
def test_compounds(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(word) == parts


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(text: str) -> None:
    for parts in tokens(text):
        assert parts
        for word in parts:
            assert word == folded(word)
            assert base_form(word)
            assert all(part in word for part in compound_parts(word))
