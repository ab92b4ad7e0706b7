"""Which column feeds which field, and which rows are one module."""

from __future__ import annotations

import pytest

from catalogue.exchange.entries import read_entries
from catalogue.exchange.mapping import (
    UNUSED,
    ColumnAbsent,
    FieldFedTwice,
    FieldUnknown,
    MappingNotUnderstood,
    column_mapping,
    told_defaults,
    told_mapping,
    worth_remembering,
)
from catalogue.exchange.problems import Problems, Reason
from catalogue.exchange.table import Odd, Row


def fields(columns: list[str], told: dict[str, str] | None = None, remembered: dict[str, str] | None = None) -> dict[str, str]:
    return {column: field.name for column, field in column_mapping(columns, told or {}, remembered or {}).fields.items()}


def test_known_names_need_no_telling() -> None:
    assert fields(["Titel", "Prijs (€)", "Start datum", "kleur"]) == {"Titel": "title", "Prijs (€)": "price_eur"}
    assert column_mapping(["Titel", "kleur"], {}, {}).ignored == ("kleur",)


def test_a_mapping_is_read_from_the_last_equals_sign() -> None:
    assert told_mapping(["a=b=titel", "Doelen=description"]) == {"a=b": "title", "Doelen": "description"}
    assert told_defaults(["url=https://x.nl/?a=b"]) == {"url": "https://x.nl/?a=b"}


@pytest.mark.parametrize("text", ["title", "=title", "naam=", ""])
def test_half_a_mapping_is_refused(text: str) -> None:
    with pytest.raises(MappingNotUnderstood):
        told_mapping([text])


def test_an_unknown_field_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FieldUnknown, match=r"kleur.*external_id") as refused:
        told_mapping(["naam=kleur"])
    assert "title" in refused.value.known


def test_a_told_column_must_be_there_and_a_remembered_one_need_not() -> None:
    with pytest.raises(ColumnAbsent, match="Cursusnaam"):
        column_mapping(["naam"], {"Cursusnaam": "title"}, {})
    assert fields(["naam"], remembered={"Cursusnaam": "title"}) == {"naam": "title"}


def test_what_is_told_now_replaces_what_was_remembered() -> None:
    columns = ["x", "y"]
    assert fields(columns, {"y": "title"}, {"x": "title"}) == {"y": "title"}
    assert column_mapping(columns, {"y": "title"}, {"x": "title"}).told == {"y": "title"}


def test_a_told_column_wins_from_one_that_has_our_name() -> None:
    assert fields(["title", "name"], {"name": "title"}) == {"name": "title"}


def test_a_column_can_be_said_to_feed_nothing() -> None:
    told = column_mapping(["titel", "code"], {"code": UNUSED}, {})
    assert (set(told.fields), told.ignored, told.told) == ({"titel"}, ("code",), {"code": UNUSED})
    assert fields(["titel", "Code"], remembered={"code": UNUSED}) == {"titel": "title"}


def test_what_a_name_says_already_is_not_remembered() -> None:
    remembered = {"Docent": UNUSED, "naam": UNUSED}
    assert worth_remembering(remembered, {"naam": "title", "Nr": "external_id"}) == {"Docent": UNUSED, "Nr": "external_id"}


def test_two_columns_may_feed_a_text_but_not_a_single_value() -> None:
    assert fields(["goals", "description"], {"goals": "description"}) == {"goals": "description", "description": "description"}
    with pytest.raises(FieldFedTwice, match="a, b"):
        column_mapping(["a", "b"], {"a": "price_eur", "b": "price_eur"}, {})


def entries_of(rows: list[Row], columns: list[str], **defaults: str) -> tuple[list[object], Problems]:
    problems = Problems()
    found = read_entries(rows, column_mapping(columns, {"goals": "description"} if "goals" in columns else {}, {}), defaults, problems)
    return [(entry.row, entry.cells, entry.editions) for entry in found.modules], problems


def test_rows_of_one_module_are_its_editions_and_an_empty_cell_means_as_above() -> None:
    rows = [
        Row(2, {"code": "A", "titel": "Solderen", "start": "direct"}),
        Row(3, {"code": "B", "titel": "Lassen"}),
        Row(4, {"code": "A", "titel": "Solderen", "start": "agreed"}),
    ]
    found, problems = entries_of(rows, ["code", "titel", "start"])
    assert found == [
        (2, {"external_id": "A", "title": "Solderen"}, [(2, {"start": "direct"}), (4, {"start": "agreed"})]),
        (3, {"external_id": "B", "title": "Lassen"}, []),
    ]
    assert not problems.total


def test_rows_of_one_module_must_agree() -> None:
    _found, problems = entries_of([Row(2, {"code": "A", "titel": "Solderen"}), Row(3, {"code": "A", "titel": "Lassen"})], ["code", "titel"])
    assert [(one.row, one.field, one.reason, one.value, one.column, one.known) for one in problems.kept] == [
        (3, "title", Reason.DIFFERS, "Lassen", "titel", ("2",))
    ]


def test_texts_of_several_columns_stand_below_each_other_once() -> None:
    rows = [
        Row(2, {"title": "X", "goals": "Doel", "description": "Tekst"}),
        Row(3, {"title": "Y", "goals": "Zelfde", "description": "Zelfde"}),
    ]
    found, _problems = entries_of(rows, ["title", "description", "goals"])
    assert [entry[1]["description"] for entry in found] == ["Tekst\n\nDoel", "Zelfde"]  # type: ignore[index]


def test_defaults_fill_what_is_empty_and_make_an_edition_only_when_they_say_its_start() -> None:
    rows = [Row(2, {"title": "X", "level": "mbo-2"}), Row(3, {"title": "Y"})]
    found, _problems = entries_of(rows, ["title", "level"], level="mbo-4", format="online")
    assert [(entry[1]["level"], entry[2]) for entry in found] == [("mbo-2", []), ("mbo-4", [])]  # type: ignore[index]
    found, _problems = entries_of(rows, ["title", "level"], start="direct", format="online")
    assert found[0][2] == [(2, {"start": "direct", "format": "online"})]  # type: ignore[index]


def test_a_value_of_the_wrong_shape_and_a_missing_title_are_named() -> None:
    _found, problems = entries_of([Row(2, {"title": "X", "url": Odd("{…}")}), Row(3, {"url": "https://x.nl"})], ["title", "url"])
    assert [(one.row, one.field, one.reason) for one in problems.kept] == [(2, "url", Reason.WRONG_SHAPE), (3, "title", Reason.MISSING)]
