"""Words of people who tell about their own work: verb forms, verbs in two parts, and what they say they cannot."""

from __future__ import annotations

import pytest

from catalogue.language.word_keys import infinitive, keys_of
from catalogue.skills.negation import is_within, negated_stretches
from catalogue.skills.pieces import pieces_of


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("programmeer", "programmeren"),
        ("programmeert", "programmeren"),
        ("bouw", "bouwen"),
        ("las", "lassen"),
        ("sluit", "sluiten"),
        ("verf", "verven"),
        ("begeleid", "begeleiden"),
    ],
)
def test_a_form_of_a_verb_gives_its_infinitive(form: str, verb: str) -> None:
    assert infinitive(form) == verb


@pytest.mark.parametrize("word", ["ketel", "airco", "computer", "water", "zonnepanelen"])
def test_other_words_give_none(word: str) -> None:
    assert infinitive(word) == ""


@pytest.mark.parametrize(("form", "name"), [("programmeer", "programmeren"), ("bestel", "bestellen"), ("soldeert", "solderen")])
def test_a_form_shares_its_key_with_the_name_of_the_skill(form: str, name: str) -> None:
    assert {key for key, _ in keys_of(form, "nl")} & {key for key, _ in keys_of(name, "nl")}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ik bouw airco's in", "inbouwen"),
        ("vervang ketels, bouw airco's in en soldeer leidingen", "inbouwen"),
        ("Ik sluit omvormers aan en leg zonnepanelen", "aansluiten"),
        ("Hij legt de regels uit", "uitleggen"),
    ],
)
def test_a_verb_in_two_parts_is_made_whole_where_its_first_part_stands(text: str, whole: str) -> None:
    [piece] = pieces_of(text, "nl")
    [verb] = [word for word in piece.words if word.text == whole]
    assert whole.endswith(infinitive(text[verb.start : verb.end].lower()))


def test_no_verb_is_made_of_what_stands_in_another_part() -> None:
    [piece] = pieces_of("Ik bouw muren, en zet er een raam in", "nl")
    assert "inbouwen" not in [word.text for word in piece.words]


@pytest.mark.parametrize(
    ("text", "denied", "stands"),
    [
        ("Ik kan niet programmeren", ["programmeren"], []),
        ("Programmeren kan ik niet.", ["Programmeren"], []),
        ("Ik kan niet lassen, maar wel solderen", ["lassen"], ["solderen"]),
        ("Ik heb geen diploma maar kan goed lassen", ["diploma"], ["lassen"]),
        ("Ik soldeer leidingen en kan niet lassen", ["lassen"], ["soldeer"]),
        ("Ik heb nooit met Excel gewerkt. Wel met Word.", ["Excel"], ["Word"]),
        ("Niet alleen programmeren maar ook testen", [], ["programmeren", "testen"]),
        ("Ik heb geen moeite met presenteren", [], ["presenteren"]),
        ("I can't weld, but I solder", ["weld"], ["solder"]),
        ("I know Excel", [], ["Excel"]),
    ],
)
def test_a_negation_is_about_its_own_clause(text: str, denied: list[str], stands: list[str]) -> None:
    stretches = negated_stretches(text)
    for word, expected in [*((word, True) for word in denied), *((word, False) for word in stands)]:
        start = text.index(word)
        assert is_within(start, start + len(word), stretches) is expected, word
