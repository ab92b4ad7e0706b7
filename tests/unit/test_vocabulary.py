"""The closed lists: what they map to, and that the outer layers know every code."""

from __future__ import annotations

from enum import StrEnum

import pytest
from sqlalchemy import Enum

from catalogue import vocabulary
from catalogue.models import Base
from catalogue.vocabulary import DAY_PARTS, Level, LoadUnit, Sector

LISTS = [value for value in vars(vocabulary).values() if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum]


@pytest.mark.parametrize(
    ("level", "nlqf", "eqf"),
    [
        ("mbo-1", "1", 1),
        ("mbo-2", "2", 2),
        ("mbo-3", "3", 3),
        ("mbo-4", "4", 4),
        ("associate-degree", "5", 5),
        ("hbo-bachelor", "6", 6),
        ("hbo-master", "7", 7),
        ("wo-bachelor", "6", 6),
        ("wo-master", "7", 7),
        ("none", "", None),
    ],
)
def test_a_level_maps_to_the_frameworks(level: str, nlqf: str, eqf: int | None) -> None:
    assert (Level(level).nlqf, Level(level).eqf) == (nlqf, eqf)


def test_no_level_is_left_out() -> None:
    assert len(Level) == 10
    assert all(level.nlqf for level in Level if level is not Level.NONE)


def test_study_load_is_held_in_hours() -> None:
    assert {unit.value: unit.hours_per_unit for unit in LoadUnit} == {"hours": 1, "SBU": 1, "EC": 28}


def test_a_week_has_twenty_one_day_parts() -> None:
    assert len(set(DAY_PARTS)) == 21
    assert DAY_PARTS[0] == "monday-morning"
    assert DAY_PARTS[-1] == "sunday-evening"


@pytest.mark.parametrize("codes", [codes for codes in LISTS if codes is not Sector], ids=lambda codes: codes.__name__)
def test_codes_fit_the_database_column(codes: type[StrEnum]) -> None:
    """A sector follows from a level; counts hold it as text, "" where there is none."""
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    lengths = [column.type.length for column in columns if isinstance(column.type, Enum) and column.type.enum_class is codes]
    assert lengths, f"no column holds a {codes.__name__}"
    longest = max(len(code.value) for code in codes)
    assert all(length is not None and longest <= length for length in lengths)
