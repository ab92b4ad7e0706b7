"""Courses and offerings of the Open Onderwijs API as other services write them, read into our fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catalogue.exchange.formats import FileFormat, format_of, open_table
from catalogue.exchange.ooapi.vocabulary import LEVELS, languages_named, level_word, levels_named, three_letters
from catalogue.exchange.problems import ImportRefused, Problems, Reason
from catalogue.exchange.table import Row
from catalogue.vocabulary import Level

COURSE: dict[str, Any] = {
    "courseId": "123e4567-e89b-12d3-a456-426614174000",
    "primaryCode": {"codeType": "identifier", "code": "INFOMQNM"},
    "name": [{"language": "en-GB", "value": "Statistics"}, {"language": "nl-NL", "value": "Statistiek"}],
    "abbreviation": "INFOMQNM",
    "description": [{"language": "en-GB", "value": "You count."}],
    "teachingLanguage": "eng",
    "level": "master",
    "studyLoad": {"studyLoadUnit": "ects", "value": 7.5},
    "learningOutcomes": [[{"language": "en-GB", "value": "One can count."}], [{"language": "en-GB", "value": "One can tell."}]],
    "admissionRequirements": [{"language": "nl", "value": "Een bachelor."}],
    "link": "https://example.org/infomqnm",
    "duration": "P10W",
}
OFFERING: dict[str, Any] = {
    "offeringId": "123e4567-e89b-12d3-a456-000000000000",
    "offeringType": "course",
    "course": COURSE["courseId"],
    "startDate": "2027-02-08",
    "endDate": "2027-04-16",
    "modeOfDelivery": ["distance-learning"],
    "priceInformation": [{"costType": "STAP eligible", "amount": "1"}, {"costType": "total costs", "amount": "1250.5"}],
    "maxNumberStudents": 24,
    "minNumberStudents": 0,
    "addresses": [{"addressType": "teaching", "city": "Breda"}],
}


def rows(folder: Path, everything: object, problems: Problems | None = None) -> list[Row]:
    path = folder / "courses.json"
    path.write_text(json.dumps(everything), encoding="utf-8")
    with open_table(path, format_of(path), problems or Problems()) as table:
        return list(table.rows)


@pytest.mark.parametrize(
    "everything",
    [
        [OFFERING, COURSE],
        {"items": [COURSE, OFFERING]},
        [{"pageNumber": 1, "items": [COURSE]}, {"pageNumber": 1, "items": [OFFERING]}],
        {"courses": [COURSE], "offerings": [OFFERING | {"course": COURSE}]},
    ],
)
def test_courses_with_their_offerings_are_modules_with_editions(tmp_path: Path, everything: object) -> None:
    [row] = rows(tmp_path, everything)
    assert row.cells == {
        "external_id": "INFOMQNM",
        "title": "Statistics",
        "description": "You count.",
        "entry_text": "Een bachelor.",
        "outcomes": ("One can count.", "One can tell."),
        "level": "master",
        "language": "eng",
        "load": "7.5 EC",
        "url": "https://example.org/infomqnm",
    }
    edition = {"start": "2027-02-08", "weeks": "10", "place": "Breda", "format": "online", "price_eur": "1250.50", "capacity": "24"}
    assert row.editions == (edition,)


@pytest.mark.parametrize(
    ("change", "name", "cell"),
    [
        ({"flexibleEntryPeriodStart": "2027-02-08"}, "start", "direct"),
        ({"modeOfDelivery": ["on campus", "online"]}, "format", "blended"),
        ({"modeOfDelivery": "situated"}, "format", "workplace"),
        ({"modeOfDelivery": ["telepathy"]}, "format", None),
        ({"priceInformation": [{"costType": "x-fee", "amount": "95"}]}, "price_eur", "95.00"),
        ({"priceInformation": []}, "price_eur", None),
        ({"priceInformation": [{"costType": "total costs", "amount": "free?"}]}, "price_eur", "free?"),
    ],
)
def test_an_offering_is_read_as_an_edition(tmp_path: Path, change: dict[str, Any], name: str, cell: str | None) -> None:
    [row] = rows(tmp_path, [COURSE, OFFERING | change])
    assert row.editions is not None
    assert row.editions[0].get(name) == cell


def test_weeks_follow_from_the_dates_where_no_duration_is_stated(tmp_path: Path) -> None:
    course = {name: value for name, value in COURSE.items() if name != "duration"}
    [row] = rows(tmp_path, [course, OFFERING | {"endDate": "2027-02-23"}])
    assert row.editions is not None
    assert row.editions[0]["weeks"] == "3"


def test_offerings_of_programs_are_no_editions_and_those_of_absent_courses_are_told(tmp_path: Path) -> None:
    problems = Problems()
    [row] = rows(tmp_path, [COURSE, OFFERING | {"offeringType": "program"}, OFFERING | {"course": "elsewhere"}], problems)
    assert row.editions == ()
    assert [(one.reason, one.value) for one in problems.kept] == [(Reason.COURSE_ABSENT, "elsewhere")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", Reason.NOT_JSON),
        ("[]", Reason.NO_COURSES),
        ('"text"', Reason.NO_COURSES),
        ("[" * 100_000, Reason.TOO_DEEP),
        ("\x00", Reason.NOT_JSON),
    ],
)
def test_a_file_without_courses_is_refused(tmp_path: Path, text: str, reason: Reason) -> None:
    path = tmp_path / "courses.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportRefused) as refused, open_table(path, FileFormat.OOAPI, Problems()):
        pass
    assert [one.reason for one in refused.value.problems] == [reason]


@pytest.mark.parametrize(
    ("course", "offering", "told"),
    [
        ({"level": "doctoral"}, {}, ("level", "doctoral", "associate degree")),
        ({"level": "secondary vocational education"}, {}, ("level", "secondary vocational education", "secondary vocational education 4")),
        ({"level": "post_doctoral", "teachingLanguages": ["nl"]}, {}, ("level", "post doctoral", "bachelor")),
        ({"studyLoad": {"studyLoadUnit": "contacttime", "value": 12}}, {}, ("load", "contacttime", "ects")),
        ({"studyLoad": [{"studyLoadUnit": "sp", "value": 3}], "teachingLanguages": ["nl"]}, {}, ("load", "sp", "sbu")),
        ({}, {"priceInformation": [{"costType": "total costs", "amount": "95", "currency": "USD"}]}, ("price_eur", "USD", "EUR")),
    ],
)
def test_what_we_have_no_word_for_stays_empty_and_is_told(
    tmp_path: Path, course: dict[str, Any], offering: dict[str, Any], told: tuple[str, str, str]
) -> None:
    problems = Problems()
    _first, row = rows(tmp_path, [COURSE | {"courseId": "first"}, COURSE | course, OFFERING | offering], problems)
    name, value, known = told
    assert name not in (row.editions or ())[0] | row.cells
    [one] = problems.left_open
    assert (one.row, one.field, one.reason, one.value) == (2, name, Reason.NOT_OURS, value)
    assert known in one.known
    assert problems.total == 0


@pytest.mark.parametrize(
    "change",
    [
        {"level": "undefined"},
        {"level": ""},
        {"level": "doctoral", "ext": {"leerwijzer": {"level": "wo-master"}}},
        {"studyLoad": {"studyLoadUnit": "contacttime", "value": 0}},
        {"studyLoad": [{"studyLoadUnit": "contacttime", "value": 9}, {"studyLoadUnit": "ects", "value": 3}], "teachingLanguages": ["nl"]},
    ],
)
def test_what_is_empty_or_known_in_another_way_is_not_told(tmp_path: Path, change: dict[str, Any]) -> None:
    problems = Problems()
    other = {"costType": "deposit", "amount": "9", "currency": "USD"}
    price = {"priceInformation": [other, {"costType": "total costs", "amount": "95"}]}
    [row] = rows(tmp_path, [COURSE | change, OFFERING | price], problems)
    assert problems.left_open == []
    assert (row.editions or ())[0]["price_eur"] == "95.00"


@pytest.mark.parametrize("name", [*COURSE, "ext", "offerings"])
@pytest.mark.parametrize("value", [None, 3, True, "x", [], [None], [[3]], {}, {"leerwijzer": 3}, {"value": {}}])
def test_values_of_any_shape_break_nothing(tmp_path: Path, name: str, value: object) -> None:
    problems = Problems()
    found = rows(tmp_path, [COURSE | {name: value}, OFFERING, OFFERING | {name: value}], problems)
    assert found
    assert {one.reason for one in problems.kept} <= {Reason.WRONG_SHAPE, Reason.COURSE_ABSENT}


def test_words_of_the_specification_are_ours_and_back() -> None:
    assert [three_letters(code) for code in ("nl", "de", "fas", "xx")] == ["nld", "deu", "fas", "und"]
    assert "nl" in languages_named("nld")
    assert levels_named("bachelor") == [Level.HBO_BACHELOR, Level.WO_BACHELOR]
    assert levels_named("secondary vocational education") == [Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4]
    words = {level: level_word(word) for level, word in LEVELS.items()}
    assert words == {level: "bachelor" if "bachelor" in level else "master" if "master" in level else level.value for level in Level}
    assert level_word("doctoral") == ""
