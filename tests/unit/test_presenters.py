"""Results as template values: what the words and numbers on a page promise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.search.port import Result
from catalogue.starts import Start
from catalogue.vocabulary import LoadUnit
from matching.results import Reason
from web import words
from web.browse.cards import SUMMARY_CHARS, first_sentences
from web.browse.search_page import VISIBLE_VALUES, facet_groups
from web.learner.answers import SESSION_KEY, Answers
from web.learner.match_cards import reason_lines
from web.learner.presenters import constraint_texts
from web.reasons import NAMES, reason_text

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.usefixtures("dutch")


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("2027-02-08", "8 februari 2027"),
        ("2026-02-08", "begon op 8 februari 2026"),
        ("direct", "direct, op elk moment"),
        ("agreed", "in overleg"),
        ("every 4 weeks from 2027-01-11", "elke 4 weken, eerst op 11 januari 2027"),
        ("every 1 week from 2026-11-16", "elke week, eerst op 23 november 2026"),
        ("when 8 enrolled", "zodra 8 mensen zich aanmelden"),
    ],
)
def test_starts_in_words(notation: str, expected: str) -> None:
    assert words.start(Start.parse(notation), TODAY) == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [("direct", "U kunt op een ander moment beginnen."), ("agreed", "met de school af"), ("when 8 enrolled", "als er genoeg mensen zijn")],
)
def test_a_proposed_start_says_who_sets_the_day(notation: str, expected: str) -> None:
    assert expected in words.proposed_start(Start.parse(notation))


@pytest.mark.parametrize(
    ("euro", "expected"), [(None, "prijs niet bekend"), (0, "gratis"), (595, "€ 595"), (12.5, "€ 12,50"), (1850, "€ 1.850")]
)
def test_prices_in_words(euro: float | None, expected: str) -> None:
    assert words.price(euro).replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("hours", "unit", "expected"),
    [
        (None, LoadUnit.EC, "aantal uren niet bekend"),
        (84, LoadUnit.EC, "84 uur (3 EC)"),
        (80, LoadUnit.SBU, "80 uur (SBU)"),
        (6, LoadUnit.HOURS, "6 uur"),
    ],
)
def test_hours_in_words(hours: float | None, unit: LoadUnit, expected: str) -> None:
    assert words.hours(hours, unit) == expected


def test_wishes_read_as_somebody_would_say_them() -> None:
    wishes = constraint_texts(Answers(budget_eur=0.0, languages=("nl", "en")))
    assert wishes == ["gratis", "les in het Nederlands of Engels"]
    assert constraint_texts(Answers(budget_eur=500.0, languages=("nl",)))[1] == "les in het Nederlands"


def test_day_parts_are_grouped_by_day() -> None:
    assert words.day_parts(["saturday-morning", "saturday-afternoon", "monday-evening"]) == "zaterdag (ochtend, middag), maandag (avond)"


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.001, 1)), min_size=1, max_size=10))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shown_points_add_up_to_the_shown_score(parts: list[tuple[float, float]]) -> None:
    whole = sum(weight for _value, weight in parts)
    reasons = [Reason("gap_coverage", value, weight / whole, value * weight / whole, {}) for value, weight in parts]
    score = sum(reason.contribution for reason in reasons)
    shown = [round(10 * float(line.points.replace(",", "."))) for line in reason_lines(reasons, score)]
    assert sum(shown) == round(score * 1000)
    assert all(abs(tenths - reason.contribution * 1000) <= 1 for tenths, reason in zip(shown, reasons, strict=True))


@pytest.mark.parametrize("code", NAMES)
@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_every_reason_has_a_sentence_without_its_numbers_too(code: str, value: float) -> None:
    sentence = reason_text(Reason(code, value, 0.1, value * 0.1, {}))
    assert sentence.endswith(".")
    assert len(sentence.split()) <= 15


def test_reasons_name_their_numbers() -> None:
    def said(code: str, **numbers: float) -> str:
        return reason_text(Reason(code, 0.9, 0.5, 0.45, numbers))

    assert said("gap_coverage", closed_steps=9, gap_steps=10) == "Zet 9 van de 10 stappen naar uw doel."
    assert said("distance_fit", distance_km=12.4, reach_km=30, is_online=0) == "Dit is 12 km van u."
    assert said("distance_fit", distance_km=0, is_online=1) == "U kunt dit thuis volgen."


def facets(**counts: dict[str, int]) -> Result:
    return Result(total=9, hits=(), facets=counts)


def test_groups_that_do_not_vary_are_left_out() -> None:
    assert facet_groups(facets(level={"mbo-4": 9}, language={}), {}, {}) == []


def test_a_chosen_value_stays_even_when_nothing_has_it() -> None:
    [group] = facet_groups(facets(level={"mbo-4": 9}), {"level": frozenset({"wo-master"})}, {})
    assert [(value.value, value.count, value.is_chosen) for value in group.first] == [("mbo-4", 9, False), ("wo-master", 0, True)]


def test_levels_stand_in_their_own_order() -> None:
    [group] = facet_groups(facets(level={"wo-master": 5, "mbo-2": 1, "none": 3, "hbo-bachelor": 9}), {}, {})
    assert [value.label for value in group.first] == ["mbo niveau 2", "hbo-bachelor", "wo-master", "geen niveau opgegeven"]


def test_long_groups_are_folded_with_what_is_chosen_in_sight() -> None:
    names = {"provider": {f"p{number}": f"Aanbieder {number}" for number in range(20)}}
    [group] = facet_groups(facets(provider={f"p{number}": 20 - number for number in range(20)}), {"provider": frozenset({"p19"})}, names)
    assert len(group.first) == VISIBLE_VALUES
    assert group.first[0].label == "Aanbieder 19"
    assert len(group.rest) == 20 - VISIBLE_VALUES


@given(st.text(max_size=600))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_summary_is_a_short_beginning(text: str) -> None:
    summary = first_sentences(text)
    assert len(summary) <= SUMMARY_CHARS + 2
    assert " ".join(text.split()).startswith(summary.removesuffix(" …"))


def test_answers_come_back_from_the_session_as_they_went() -> None:
    answers = Answers(
        occupation="a",
        skills={"b": 3, "c": 0},
        goal_kind="text",
        goal_text="zon",
        budget_eur=0.0,
        formats=("online",),
        finish_by=date(2027, 5, 1),
    )
    session: dict[str, object] = {}
    answers.keep(session)
    assert Answers.from_session(session) == answers
    assert answers.known == {"b": 3}
    assert answers.has_goal


@pytest.mark.parametrize("stored", [None, "text", [], {}, {"unknown": 1}])
def test_a_session_with_something_else_gives_no_answers(stored: object) -> None:
    assert Answers.from_session({SESSION_KEY: stored}) == Answers()
