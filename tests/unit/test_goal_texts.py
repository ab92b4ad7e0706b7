"""What a goal in one's own words names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest

from matching.goal_texts import clauses, named_goal


@dataclass(frozen=True)
class Found:
    """A name with its score."""

    id: int
    score: float


class Finder:
    """Knows some names."""

    skills: ClassVar = {
        "Excel": Found(1, 1.0),
        "eigen bedrijf beginnen": Found(2, 0.55),
        "speak": Found(3, 0.6),
        "leidinggeven": Found(4, 1.0),
    }
    occupations: ClassVar = {"verpleegkundige": Found(10, 1.0), "leidinggeven": Found(11, 0.7), "eigen bedrijf beginnen": Found(12, 0.1)}

    def find_skills(self, query: str, _limit: int) -> Sequence[Found]:
        return [self.skills[query]] if query in self.skills else []

    def find_occupations(self, query: str, _limit: int) -> Sequence[Found]:
        return [self.occupations[query]] if query in self.occupations else []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ik wil verpleegkundige worden", ["verpleegkundige"]),
        ("Excel en SQL, graag", ["Excel en SQL", "Excel", "SQL"]),
        ("I want to learn welding", ["welding"]),
        ("ik wil", []),
        ("", []),
    ],
)
def test_a_text_falls_apart_into_possible_names(text: str, parts: list[str]) -> None:
    assert [part.strip(", ") for part in clauses(text)][-len(parts) or None :] == parts or clauses(text) == parts


@pytest.mark.parametrize(
    ("text", "skills", "occupations"),
    [
        ("Excel", {1: 1.0}, ()),
        ("Ik wil verpleegkundige worden", {}, (10,)),
        ("ik wil mijn eigen bedrijf beginnen", {2: 0.55}, ()),
        ("leidinggeven", {4: 1.0}, ()),
        ("I want to speak and understand all that people on the work floor say to me, and Excel", {}, ()),
        ("lorem ipsum", {}, ()),
    ],
)
def test_what_is_named_counts_where_little_is_said(text: str, skills: dict[int, float], occupations: tuple[int, ...]) -> None:
    found = named_goal(text, Finder())
    assert (found.skills, found.occupations) == (skills, occupations)
