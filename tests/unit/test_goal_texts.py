"""What a goal in one's own words names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest

from matching.goal_texts import MOST_OFFERED, clauses, is_broad, named_goal, named_theme, perhaps_meant


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
        ("I want to speak and understand all that people on the work floor say to me", {}, ()),
        ("I want to understand all that people on the work floor say to me, and Excel", {1: 1.0}, ()),
        ("Ik ben al tien jaar verpleegkundige in een ziekenhuis en wil leidinggeven", {4: 1.0}, ()),
        ("Ik wil geen verpleegkundige worden", {}, ()),
        ("lorem ipsum", {}, ()),
    ],
)
def test_what_is_named_counts_where_little_is_said(text: str, skills: dict[int, float], occupations: tuple[int, ...]) -> None:
    found = named_goal(text, Finder())
    assert (found.skills, found.occupations) == (skills, occupations)


def test_skills_that_are_as_likely_count_alike() -> None:
    class Alike(Finder):
        def find_skills(self, _query: str, limit: int) -> Sequence[Found]:
            return [Found(1, 0.85), Found(2, 0.83), Found(3, 0.7)][:limit]

    assert named_goal("dieren", Alike()).skills == {1: 0.85, 2: 0.83}


@pytest.mark.parametrize("text", ["iets met speak", "Ik wil iets met de speak doen"])
def test_a_field_is_asked_about_and_its_likeliest_skill_does_not_count(text: str) -> None:
    assert named_goal(text, Finder()).skills == {}
    assert named_goal(text, Finder(), guesses=True).skills == {3: 0.6}


@pytest.mark.parametrize(("text", "skills"), [("iets met Excel", {1: 1.0}), ("iets met Excel, en speak", {1: 1.0, 3: 0.6})])
def test_the_very_name_of_a_skill_is_no_mere_field(text: str, skills: dict[int, float]) -> None:
    assert named_goal(text, Finder()).skills == skills


THEMES = {
    "energie": ("Energie", "Energy"),
    "zorg": ("Zorg en welzijn", "Care and welfare"),
    "werk": ("Werk en organisatie", "Work and organisation"),
}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("iets met energie", "energie"),
        ("Ik wil iets met enrgie doen.", "energie"),
        ("something with energy", "energie"),
        ("Ik wil in de zorg werken", "zorg"),
        ("zorg en welzijn", "zorg"),
        ("ik wil werk", None),
        ("energie besparen in een bedrijf", None),
        ("", None),
    ],
)
def test_a_text_that_names_a_theme_and_nothing_else_means_the_theme(text: str, theme: str | None) -> None:
    assert named_theme(text, THEMES) == theme


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("iets met techniek", True),
        ("Ik wil in de techniek werken.", True),
        ("techniek", True),
        ("something with my hands", True),
        ("iets buiten", True),
        ("technisch rekenen", False),
        ("techniek in de zorg", False),
        ("ik wil iets", False),
        ("", False),
    ],
)
def test_what_could_be_nearly_any_work_is_broad(text: str, is_so: bool) -> None:
    assert is_broad(text) is is_so


def test_likeness_alone_names_nothing_in_a_list_that_is_about_something_else() -> None:
    assert named_goal("speak, dance", Finder()).skills == {3: 0.6}
    assert named_goal("speak, cheese, butter, apples", Finder()).skills == {}
    among_others = "Excel, cheese, butter, apples"
    assert (named_goal(among_others, Finder()).skills, named_goal(among_others, Finder()).doubted) == ({}, (1,))
    assert named_goal(among_others, Finder(), guesses=True).skills == {1: 1.0}


@dataclass(frozen=True)
class Span:
    """A recognised skill."""

    skill_id: int
    start: int
    end: int


@dataclass(frozen=True)
class Guess:
    """A ranked skill."""

    skill_id: int
    lead: float


class Ear(Finder):
    """Recognises "methaan" and guesses at the rest."""

    guesses: ClassVar = {
        "de bodem onder mijn gras verbeteren": [Guess(5, 6.1), Guess(6, 4.2), Guess(7, 2.0)],
        "mijn zuivel aan huis verkopen": [Guess(8, 5.0), Guess(5, 4.5)],
        "minder ammoniak": [Guess(1, 7.0), Guess(9, 5.0)],
        "een mooie dag": [Guess(9, 1.0)],
        "Excel": [Guess(9, 9.0)],
        "asdf qwer": [Guess(20, 8.0), Guess(21, 7.0)],
        "kaas": [Guess(9, 9.0)],
        "blorp": [Guess(21, 8.0)],
        "blorpen": [Guess(22, 8.0)],
        "speak": [Guess(3, 8.0), Guess(4, 7.0), Guess(5, 6.0), Guess(6, 5.5)],
        "methaan": [Guess(5, 8.0), Guess(1, 7.0)],
    }
    far: ClassVar = {20: 0.05, 21: 0.12, 22: 0.16}
    """Skills that lead for a text and hardly come near it, or not at all."""

    def find_skills(self, query: str, limit: int) -> Sequence[Found]:
        near = [Found(one.skill_id, self.far.get(one.skill_id, 0.2)) for one in self.rank_skills(query, limit)]
        return [*super().find_skills(query, limit), *near]

    def recognise(self, text: str, _limit: int) -> Sequence[Span]:
        start = text.find("methaan")
        return [Span(1, start, start + 7)] if start >= 0 else []

    def rank_skills(self, text: str, limit: int) -> Sequence[Guess]:
        return self.guesses.get(text.strip(), [])[:limit]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("methaan uit mijn stal, de bodem onder mijn gras verbeteren en mijn zuivel aan huis verkopen", [5, 6, 8]),
        ("minder ammoniak en methaan uit mijn stal, want dat wil ik graag ook wel doen", []),
        ("een mooie dag", []),
        ("Excel", []),
        ("", []),
        ("ik wil, en dan", []),
        ("asdf qwer", []),
        ("kaas, melk, boter", []),
        ("kaas, boter", [9]),
        ("Excel, kaas, melk, boter", [1]),
        ("blorp", []),
        ("blorpen", [22]),
        ("ik wil iets doen met speak", [3, 4, 5, 6]),
        ("iets met methaan", [5]),
        ("something with methaan", [5]),
    ],
)
def test_only_wishes_that_nobody_heard_are_asked_about(text: str, offered: list[int]) -> None:
    assert perhaps_meant(text, Ear()) == offered


def test_what_is_heard_across_two_wishes_tells_only_the_one_that_it_is_likely_for() -> None:
    class Across(Ear):
        guesses: ClassVar = {"install solar panels": [Guess(5, 8.0), Guess(6, 4.5)], "heat pumps in houses": [Guess(1, 6.6)]}

        def recognise(self, _text: str, _limit: int) -> Sequence[Span]:
            return [Span(1, 0, 35)]

    assert perhaps_meant("install solar panels and heat pumps in houses", Across()) == [5]


def test_at_most_a_few_are_asked_about() -> None:
    class Eager(Ear):
        def rank_skills(self, text: str, limit: int) -> Sequence[Guess]:
            return [Guess(hash(text) % 10_000 + number, 9.0) for number in range(limit)]

    assert len(perhaps_meant(", ".join(f"een wens van {number} woorden" for number in "abcdefgh"), Eager())) == MOST_OFFERED
