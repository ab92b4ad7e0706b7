"""Occupations that a text names, letter for letter."""

from __future__ import annotations

import pytest

from catalogue.skills.job_names import JobNames
from catalogue.skills.lexicon import lexicon_of

NAMES = JobNames(
    lexicon_of(
        [
            (1, "nl", "timmerman", True),
            (1, "en", "carpenter", True),
            (2, "nl", "elektricien", True),
            (3, "nl", "allround timmerman", True),
            (3, "nl", "elektricien", False),
            (4, "nl", "it", True),
        ]
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ik ben Timmerman geweest", [1]),
        ("Allround timmerman, daarna carpenter.", [3, 1]),
        ("elektriciën en timmerman en timmerman", [2, 1]),
        ("Ik ben geen timmerman, maar elektricien", [2]),
        ("timmermanswerk in de it", []),
        ("", []),
    ],
)
def test_names_stand_as_they_are(text: str, found: list[int]) -> None:
    assert NAMES.named_in(text, 5) == found


def test_no_more_than_asked_for() -> None:
    assert NAMES.named_in("timmerman elektricien", 1) == [1]
