"""The check on plain Dutch: its measure, and what it lets through."""

from __future__ import annotations

import pytest

from web.readability import UNAVOIDABLE, flesch_douma, sentence_length, sentences, syllables
from web.translations.check import texts_in_code
from web.translations.plain import problems

EASY = "De man loopt naar huis. Hij eet een appel en drinkt een kop thee."
BUREAUCRATIC = (
    "Ingevolge de vigerende regelgeving dient de belanghebbende voorafgaandelijk aan de indiening van de onderhavige aanvraag "
    "kennis te nemen van de toepasselijke uitvoeringsvoorschriften."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("huis", 1), ("lopen", 2), ("beroepen", 3), ("ideeën", 3), ("draaien", 2), ("leeuw", 1), ("wijzigen", 3),
        ("vaardigheden", 2), ("2027", 2), ("EC", 2), ("zonnepanelen", 5), ("tv", 1),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_measure_tells_easy_from_bureaucratic() -> None:
    assert flesch_douma(sentences(EASY)) > 90
    assert flesch_douma(sentences(BUREAUCRATIC)) < 20
    assert sentence_length(sentences(EASY)) == 7


def test_the_formula_by_hand() -> None:
    """Four words, five syllables, two sentences: 206.84 - 0.77 x 125 - 0.93 x 2."""
    assert flesch_douma(sentences("Ik lees. Hij schrijft niet.")) == pytest.approx(206.84 - 0.77 * 100 - 0.93 * 2.5)


def test_what_is_filled_in_is_no_hard_word() -> None:
    assert sentences("Nog %(num)s te gaan, %(organisation_name)s.") == [["Nog", "woord", "te", "gaan", "woord"]]


def test_all_texts_are_plain() -> None:
    assert list(problems(texts_in_code())) == []


def test_what_is_not_plain_is_found() -> None:
    long_sentence = "Dit is " + "een zin en " * 6 + "nu is hij uit."
    found = list(problems([BUREAUCRATIC, long_sentence, EASY, ("Een", "Twee")]))
    assert [line.split(" (")[0] for line in found] == ["has long sentences", "is hard to read", "has long sentences"]


def test_unavoidable_words_are_used() -> None:
    texts = [one for text in texts_in_code() for one in ([text] if isinstance(text, str) else text)]
    used = {word.lower() for text in texts for part in sentences(text) for word in part}
    assert used >= UNAVOIDABLE
