"""A module out of a running text."""

from __future__ import annotations

import pytest

from catalogue.exchange.prose import module_in
from catalogue.vocabulary import Level, LoadUnit
from tests.module_text import TEXT


def test_headings_say_what_is_what() -> None:
    found = module_in(TEXT)
    assert found["title"] == "Warmtepompen plaatsen en onderhouden"
    assert len(found["outcomes"]) == 5
    assert found["audience"].startswith("De module is voor monteurs")
    assert found["entry_text"].startswith("Je hebt een VCA")
    assert found["assessment"].startswith("Je sluit af met een praktijkopdracht")
    assert "Week 1 en 2" in found["description"]
    assert "450 euro" in found["description"], "what has no field of its own stays in the text"
    assert (found["level"], found["workload_hours"], found["load_unit"]) == (Level.MBO_4, 80.0, LoadUnit.SBU)


def test_a_sentence_that_was_broken_at_the_end_of_a_line_goes_on() -> None:
    assert "aan echte toestellen." in module_in(TEXT)["description"]
    assert "\nWeek 3" in module_in(TEXT)["description"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Een cursus op mbo-niveau 3.", Level.MBO_3),
        ("MBO 2 of hoger? Nee: mbo 2.", Level.MBO_2),
        ("Een hbo-module.", Level.HBO_BACHELOR),
        ("Een master aan het hbo.", Level.HBO_MASTER),
        ("Associate degree in de techniek", Level.ASSOCIATE_DEGREE),
        ("Voor wie van mbo 4 naar het hbo wil.", None),
        ("Voor iedereen.", None),
        ("Toelating: mbo niveau 2.\nNiveau: MBO niveau 3", Level.MBO_3),
        ("Niveau: mbo 4 of hbo", None),
    ],
)
def test_a_level_is_taken_where_one_is_named(text: str, level: Level | None) -> None:
    assert module_in(text).get("level") == level


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("De studielast is 84 uur.", 84.0),
        ("3 EC", 84.0),
        ("Omvang: 2,5 ECTS.", 70.0),
        ("In totaal 1.200 uur", 1_200.0),
        ("Je bent er 4 uur per week mee bezig.", None),
        ("Studielast: 999999 uur", None),
    ],
)
def test_a_load_is_taken_where_it_is_that_of_the_whole(text: str, hours: float | None) -> None:
    assert module_in(text).get("workload_hours") == hours


def test_what_stands_behind_a_heading_on_one_line_is_kept() -> None:
    """Folders say "Toetsing: portfolio" as often as they put it below."""
    found = module_in(
        "Zonneparken\n\nDoelgroep:\nMonteurs.\n\nWat kun je na afloop?\n1)\tJe meet\nde opbrengst\n2) Je sluit aan\n\n"
        "Toelating: mbo niveau 2\nNiveau: mbo niveau 3\nToetsing: praktijkopdracht + portfolio\nKosten: vanaf 300,-\nCertificaat: ja"
    )
    assert (found["audience"], found["entry_text"], found["assessment"]) == ("Monteurs.", "mbo niveau 2", "praktijkopdracht + portfolio")
    assert found["outcomes"] == ["Je meet de opbrengst", "Je sluit aan"]
    assert found["description"].splitlines() == ["Niveau: mbo niveau 3", "Kosten: vanaf 300,-", "Certificaat: ja"]


def test_a_heading_with_nothing_below_it_is_a_statement() -> None:
    found = module_in("Lassen\n\nToets in de werkplaats\n\nInhoud\nU last.\n\nExamen bij de leverancier")
    assert found["assessment"].split("\n") == ["Toets in de werkplaats", "Examen bij de leverancier"]


def test_english_headings_work_too() -> None:
    outcomes = "Learning outcomes\n1. You mount a panel\n2. You wire it"
    found = module_in(f"Solar panels\n\nContent\nRoofs and wires.\n\n{outcomes}\n\nEntry requirements\nNone.")
    assert found["outcomes"] == ["You mount a panel", "You wire it"]
    assert (found["title"], found["description"], found["entry_text"]) == ("Solar panels", "Roofs and wires.", "None.")


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "x" * 5_000, "Leerdoelen", "- \n- \n", "€€€ 12 ec ec"])
def test_odd_texts_are_no_error(text: str) -> None:
    assert set(module_in(text)) <= {"title", "description", "outcomes", "workload_hours", "load_unit"}
