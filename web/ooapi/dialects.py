"""What each version calls things in a query: its closed lists, and our codes for their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalogue.exchange.ooapi.vocabulary import MODES_OF_DELIVERY, MODES_OF_DELIVERY_V6, languages_named, levels_named, three_letters
from catalogue.vocabulary import Format, Level


@dataclass(frozen=True, slots=True)
class Dialect:
    """One version.

    Attributes:
        choices: the lists of words by which lists can be filtered, by the name of the parameter.
        is_extensible: whether others may add words that begin with "x-".
        levels: our levels for a word of theirs.
        formats: our formats by their mode of delivery; empty for a mode that we do not have.
        language: what a language looks like, with an example.
        languages: the languages of modules that one of theirs stands for.
    """

    choices: Mapping[str, tuple[str, ...]]
    is_extensible: bool
    levels: Callable[[str], list[Level]]
    formats: Mapping[str, frozenset[Format]]
    language: re.Pattern[str]
    example: str
    languages: Callable[[str], list[str]]


def _formats(known: Mapping[Format, str], *others: str) -> dict[str, frozenset[Format]]:
    return {theirs: frozenset({ours}) for ours, theirs in known.items()} | dict.fromkeys(others, frozenset())


def _languages_v6(tag: str) -> list[str]:
    """A tag such as "nl-NL"; of its parts only the language counts."""
    code = tag.partition("-")[0]
    three = three_letters(code)
    return [code] if three == "und" else languages_named(three)


_MBO = "secondary vocational education"
_LEVELS = (
    *(_MBO, f"{_MBO} 1", f"{_MBO} 2", f"{_MBO} 3", f"{_MBO} 4", "associate degree", "bachelor", "master", "doctoral"),
    *("undefined", "undivided", "nt2-1", "nt2-2"),
)
_ORGANISATIONS = ("root", "institute", "department", "faculty", "branch", "academy", "school")

V5 = Dialect(
    choices={
        "level": _LEVELS,
        "organizationType": _ORGANISATIONS,
        "programType": ("program", "minor", "honours", "specialization", "track"),
        "qualificationAwarded": ("AD", "BA", "BSc", "LLB", "MA", "MSc", "LLM", "Phd", "None"),
        "levelOfQualification": ("1", "2", "3", "4", "4+", "5", "6", "7", "8"),
        "sector": (_MBO, "higher professional education", "university education"),
        "educationSpecificationType": ("program", "privateProgram", "cluster", "course"),
        "offeringType": ("program", "course", "component"),
    },
    is_extensible=False,
    levels=levels_named,
    formats=_formats(MODES_OF_DELIVERY, "distance-learning"),
    language=re.compile("[a-z]{3}"),
    example="nld",
    languages=languages_named,
)

V6 = Dialect(
    choices={
        "level": ("pre_vocational", *(level.replace(" ", "_").replace("-", "_") for level in _LEVELS), "post_doctoral"),
        "organisationType": _ORGANISATIONS,
        "programmeType": ("programme", "minor", "honours", "specialisation", "track", "specification"),
        "qualificationAwarded": (
            *("diploma", "vocational_diploma", "certificate", "associate_degree", "bachelor", "master", "doctoral", "none"),
        ),
        "levelOfQualification": (*(f"eqf_{level}" for level in range(9)), "nlqf_4plus"),
        "state": ("concept", "cancelled", "active", "inactive"),
        "academicSessionType": ("academic_year", "semester", "trimester", "quarter", "testing_period", "period"),
    },
    is_extensible=True,
    levels=lambda word: levels_named(word.replace("_", " ")),
    formats=_formats(MODES_OF_DELIVERY_V6, "coil", "hybrid", "joint_delivery", "project_based", "research_lab_based"),
    language=re.compile(r"[a-z]{2,3}(-\w{1,8})*", re.ASCII),
    example="nl",
    languages=_languages_v6,
)
