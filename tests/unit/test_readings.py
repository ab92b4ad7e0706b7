"""What the model gets to read of queries and concepts."""

from __future__ import annotations

import numpy as np
import pytest

from catalogue.language.embedder import FloatArray
from catalogue.skills.lexicon import LONGEST_DESCRIPTION, Lexicon, lexicon_of
from catalogue.skills.readings import MOST_NAMES, concept_readings, encode_readings, query_reading, skill_readings


class LetterCounts:
    """A model that counts the letters a and b, so that its means can be worked out by hand."""

    name = "letters-1"
    dimensions = 2

    def encode(self, texts: list[str]) -> FloatArray:
        counts = np.array([[text.count("a"), text.count("b")] for text in texts], np.float32)
        return np.asarray(counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9), np.float32)


@pytest.fixture
def lexicon() -> Lexicon:
    return lexicon_of(
        [
            (7, "nl", "lasser", True),
            (7, "en", "welder", True),
            (9, "nl", "kok", True),
            *((7, "en", f"welder {n:02}", False) for n in range(20)),
        ],
        {7: ("Last  metaal.\nEn meer.", ""), 9: ("", "Cooks " * 100)},
    )


def test_a_reading_of_several_lines_is_the_mean_of_its_lines() -> None:
    vectors = encode_readings(LetterCounts(), ["a\nb", "bbb", "a"])
    assert vectors == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [0, 1], [1, 0]]))


def test_nothing_to_read_gives_no_vectors() -> None:
    assert encode_readings(LetterCounts(), []).shape == (0, 2)


def test_a_concept_reads_as_its_first_names_and_its_descriptions(lexicon: Lexicon) -> None:
    welder, cook = (reading.split("\n") for reading in concept_readings(lexicon))
    assert welder[:3] == ["lasser", "welder", "welder 00"]
    assert len(welder) == 1 + MOST_NAMES + 1
    assert welder[-1] == "Last metaal. En meer."
    assert cook[0] == "kok"
    assert cook[1].startswith("Cooks Cooks")
    assert len(cook[1]) <= LONGEST_DESCRIPTION


def test_a_skill_of_one_name_and_nothing_else_is_read_as_a_query_is() -> None:
    bare = lexicon_of([(1, "nl", "Kapperszaak", True), (2, "nl", "Veeteelt", True), (2, "en", "Stock breeding", True)])
    assert skill_readings(bare) == ["kapperszaak\nkappers zaak", "Veeteelt\nStock breeding"]


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("Kapperszaak", ["kapperszaak", "kappers zaak"]),
        ("Bedrijfsleider  kapperszaak", ["bedrijfsleider kapperszaak", "bedrijfs leider kappers zaak"]),
        ("lasser", ["lasser"]),
        ("C++ / c#", ["c++ / c#"]),
        ("", [""]),
    ],
)
def test_a_query_is_read_as_typed_and_with_compounds_apart(query: str, lines: list[str]) -> None:
    assert query_reading(query).split("\n") == lines


def test_who_asks_meanwhile_never_waits_for_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    model, asked = LetterCounts(), list[int]()
    encode = model.encode
    monkeypatch.setattr(model, "encode", lambda texts: asked.append(len(texts)) or encode(texts))
    readings = [f"{'a' * (1 + number % 3)}\nb" for number in range(600)]
    assert encode_readings(model, readings).shape == (600, 2)
    assert sum(asked) == 1_200
    assert max(asked) <= 100
