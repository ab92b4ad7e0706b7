"""How the text of one cell is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from catalogue.exchange import cells
from catalogue.exchange.formulas import neutral, original
from catalogue.exchange.problems import BadCell, ImportProblem, Reason
from catalogue.starts import Start
from catalogue.vocabulary import Format, Level, LoadUnit, OrganisationKind, StartType
from web.problem_texts import Language, problem_text


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("495", 49_500),
        ("495,00", 49_500),
        ("€ 495,-", 49_500),
        ("1.250,00", 125_000),
        ("1250.00", 125_000),
        ("1.250", 125_000),
        ("1,250", 125_000),
        ("1,250.50", 125_050),
        ("1.000.000", 100_000_000),
        ("12,5", 1_250),
        ("12.50 EUR", 1_250),
        ("0", 0),
        ("€ 350 p.p.", 35_000),
        ("350 per deelnemer", 35_000),
        ("€ 1.250,=", 125_000),
        ("€ 1.250,- incl. btw", 125_000),
        ("495 (inclusief btw)", 49_500),
        ("€ 350 p.p., vrij van btw", 35_000),
        ("n.v.t.", None),
        ("-", None),
        ("gratis", 0),
        ("", None),
        ("Op aanvraag", None),
    ],
)
def test_amounts_are_read_as_the_dutch_and_the_english_write_them(text: str, cents: int | None) -> None:
    assert cells.price_cents(text) == cents


@pytest.mark.parametrize("text", ["gratis?", "-5", "1.25.0", "1,2,3", "€", "12 of 13", "1.250.00", "१२", "1e5", "=B2*1.21", "9" * 40])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadCell) as refused:
        cells.price_cents(text)
    assert refused.value.reason is Reason.NOT_AN_AMOUNT


@pytest.mark.parametrize("text", ["€ 1.250,- excl. btw", "1250 ex btw", "€ 495 (exclusief BTW)", "495 + btw", "495 zonder btw"])
def test_a_price_without_tax_is_not_what_a_person_pays(text: str) -> None:
    with pytest.raises(BadCell) as refused:
        cells.price_cents(text)
    assert refused.value.reason is Reason.WITHOUT_TAX


@pytest.mark.parametrize("text", ["12", "10 weken", "10 wk.", "1 week"])
def test_weeks_may_be_called_weeks(text: str) -> None:
    assert cells.weeks(text, 52) == int(text.split()[0])


@pytest.mark.parametrize("text", ["12", "12 personen", "max. 12", "maximaal 12 deelnemers", "min 12"])
def test_people_may_be_called_people(text: str) -> None:
    assert cells.people(text, 100) == 12


def test_other_words_around_a_number_are_refused() -> None:
    for read, text in ((cells.weeks, "3 maanden"), (cells.weeks, "12 personen"), (cells.people, "8-12"), (cells.people, "12 weken")):
        with pytest.raises(BadCell) as refused:
            read(text, 100)
        assert refused.value.reason is Reason.NOT_A_NUMBER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 EC", (84.0, LoadUnit.EC)),
        ("1,5 ECTS", (42.0, LoadUnit.EC)),
        ("80 SBU", (80.0, LoadUnit.SBU)),
        ("84 uur", (84.0, LoadUnit.HOURS)),
        ("84", (84.0, LoadUnit.HOURS)),
        ("", (None, LoadUnit.HOURS)),
    ],
)
def test_study_loads(text: str, expected: tuple[float | None, LoadUnit]) -> None:
    assert cells.load(text) == expected


@pytest.mark.parametrize("text", ["3 weken", "veel", "-3 EC", "3 EC of 4"])
def test_what_is_no_study_load_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        cells.load(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-02-08", Start(StartType.FIXED, on=date(2027, 2, 8))),
        ("08-02-2027", Start(StartType.FIXED, on=date(2027, 2, 8))),
        ("8/2/2027", Start(StartType.FIXED, on=date(2027, 2, 8))),
        ("8 februari 2027", Start(StartType.FIXED, on=date(2027, 2, 8))),
        ("1 sept 2027", Start(StartType.FIXED, on=date(2027, 9, 1))),
        ("1 sept. 2027", Start(StartType.FIXED, on=date(2027, 9, 1))),
        ("Woensdag 1 september 2027", Start(StartType.FIXED, on=date(2027, 9, 1))),
        ("wo. 1-9-2027", Start(StartType.FIXED, on=date(2027, 9, 1))),
        ("1 - 9 - 2027", Start(StartType.FIXED, on=date(2027, 9, 1))),
        ("n.t.b.", Start(StartType.AGREED)),
        ("2027-02-08 09:30:00", Start(StartType.FIXED, on=date(2027, 2, 8))),
        ("Direct", Start(StartType.DIRECT)),
        ("doorlopend", Start(StartType.DIRECT)),
        ("In overleg", Start(StartType.AGREED)),
        ("agreed", Start(StartType.AGREED)),
        ("Op aanvraag", Start(StartType.AGREED)),
        ("elke 4 weken vanaf 11-01-2027", Start(StartType.ROLLING, on=date(2027, 1, 11), every_weeks=4)),
        ("every 4 weeks", Start(StartType.ROLLING, every_weeks=4)),
        ("elke week", Start(StartType.ROLLING, every_weeks=1)),
        ("bij 8 aanmeldingen", Start(StartType.WHEN_ENROLLED, when_enrolled=8)),
        ("when 8 enrolled", Start(StartType.WHEN_ENROLLED, when_enrolled=8)),
    ],
)
def test_starts_in_both_languages(text: str, expected: Start) -> None:
    assert cells.start(text) == expected


@pytest.mark.parametrize("text", ["31-02-2027", "najaar", "08-02-27", "elke 0 weken", "0001-01-01", "9999-12-31", "13/13/2027"])
def test_what_is_no_start_is_refused(text: str) -> None:
    with pytest.raises(BadCell) as refused:
        cells.start(text)
    assert refused.value.reason is Reason.NOT_A_START


def test_the_notation_of_starts_reads_back_to_the_same_start() -> None:
    for start in (
        Start(StartType.FIXED, on=date(2027, 2, 8)),
        Start(StartType.DIRECT),
        Start(StartType.AGREED),
        Start(StartType.ROLLING, on=date(2027, 1, 11), every_weeks=4),
        Start(StartType.WHEN_ENROLLED, when_enrolled=12),
    ):
        assert cells.start(str(start)) == start


@pytest.mark.parametrize(
    ("text", "provider", "level"),
    [
        ("mbo 4", OrganisationKind.MBO, Level.MBO_4),
        ("MBO niveau 3", OrganisationKind.MBO, Level.MBO_3),
        ("wo master", OrganisationKind.HBO, Level.WO_MASTER),
        ("Master", OrganisationKind.WO, Level.WO_MASTER),
        ("bachelor", OrganisationKind.HBO, Level.HBO_BACHELOR),
        ("bachelor", OrganisationKind.PRIVATE, Level.HBO_BACHELOR),
        ("", OrganisationKind.WO, Level.NONE),
    ],
)
def test_levels_go_by_more_than_their_code(text: str, provider: OrganisationKind, level: Level) -> None:
    assert cells.level(text, provider) is level


def test_a_word_outside_its_list_is_refused_with_the_list() -> None:
    with pytest.raises(BadCell) as refused:
        cells.level("havo", OrganisationKind.MBO)
    assert refused.value.reason is Reason.NOT_IN_LIST
    assert "mbo-4" in refused.value.known


@pytest.mark.parametrize(
    "reader",
    [
        lambda cell: cells.level(cell, OrganisationKind.MBO),
        cells.kind,
        cells.credential,
        cells.assessment_form,
        cells.edition_format,
        cells.yes_or_no,
        cells.language,
    ],
)
@pytest.mark.parametrize("spoken", ["nl", "en"])
def test_the_list_that_a_refusal_names_is_one_that_can_be_written(reader: Callable[[str], object], spoken: Language) -> None:
    with pytest.raises(BadCell) as refused:
        reader("nonsense")
    known = refused.value.known
    sentence = problem_text(ImportProblem(2, "level", Reason.NOT_IN_LIST, "nonsense", known=known), spoken)
    words = sentence.split(": ")[-1].rstrip(".").split(", ")
    assert [reader(word) for word in words] == [reader(code) for code in known]


def test_formats_and_languages_and_day_parts_in_dutch() -> None:
    assert cells.edition_format("klassikaal") is Format.ON_SITE
    assert cells.edition_format("E-learning") is Format.ONLINE
    assert cells.language("Nederlands") == "nl"
    assert cells.day_parts("vrijdagochtend, donderdag avond") == ("thursday-evening", "friday-morning")
    assert cells.day_parts(("thursday-evening",)) == ("thursday-evening",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meten | boren", ["meten", "boren"]),
        ("- meten\n- boren", ["meten", "boren"]),
        ("Students are able to: - measure soils; - model flows, - explain both.", ["measure soils;", "model flows,", "explain both."]),
        ("• a | b\n• - c", ["a | b", "- c"]),
        ("On-site work - and more", ["On-site work - and more"]),
        (("a | b", " ", "c"), ["a | b", "c"]),
        ("Alleen dit:", ["Alleen dit:"]),
    ],
)
def test_outcomes_become_a_list(text: str | tuple[str, ...], expected: list[str]) -> None:
    assert cells.outcomes(text) == expected


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_characters_that_no_database_takes_are_refused(text: str) -> None:
    with pytest.raises(BadCell) as refused:
        cells.text(text)
    assert refused.value.reason is Reason.BAD_CHARACTER


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-5", "@SUM(A1)", "\tx", "＝1", "'=1", "''+x", "gewoon", "'s-Hertogenbosch", ""])
def test_a_neutralised_text_comes_back(text: str) -> None:
    assert neutral(text)[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert original(neutral(text)) == text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.example.nl", "https://", "ftp://example.nl/x", "https://a b.nl"])
def test_only_web_addresses_are_addresses(address: str) -> None:
    with pytest.raises(BadCell) as refused:
        cells.url(address)
    assert refused.value.reason is Reason.NOT_A_URL
