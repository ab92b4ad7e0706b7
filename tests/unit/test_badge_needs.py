"""What a badge or microcredential asks of a module."""

from __future__ import annotations

from catalogue.models import Module
from catalogue.publishing.badges import ASKED, BadgeNeed, missing_for_badge
from catalogue.vocabulary import AssessmentForm, Credential, Level

WHOLE = {
    "description": "Over warmtepompen.",
    "outcomes": ["Je regelt een warmtepomp in"],
    "level": Level.HBO_BACHELOR,
    "workload_hours": 140.0,
    "assessment": "Een opdracht op het werk.",
    "assessment_form": AssessmentForm.PRACTICE,
    "is_supervised": True,
    "is_identity_checked": False,
    "is_stackable": False,
    "quality_mark": "NVAO",
}
EMPTY: dict[BadgeNeed, dict[str, object]] = {
    BadgeNeed.DESCRIPTION: {"description": " "},
    BadgeNeed.OUTCOMES: {"outcomes": []},
    BadgeNeed.LEVEL: {"level": Level.NONE},
    BadgeNeed.LOAD: {"workload_hours": None},
    BadgeNeed.SIZE: {"workload_hours": 31 * 28.0},
    BadgeNeed.ASSESSMENT: {"assessment": ""},
    BadgeNeed.ASSESSMENT_FORM: {"assessment_form": AssessmentForm.UNKNOWN},
    BadgeNeed.SUPERVISION: {"is_supervised": None},
    BadgeNeed.IDENTITY: {"is_identity_checked": None},
    BadgeNeed.STACKABLE: {"is_stackable": None},
    BadgeNeed.QUALITY: {"quality_mark": ""},
}


def module(credential: Credential, **values: object) -> Module:
    return Module(credential=credential, **WHOLE | values)


def test_each_field_that_is_empty_is_the_one_that_is_missing() -> None:
    assert set(EMPTY) == set(BadgeNeed)
    assert missing_for_badge(module(Credential.MICROCREDENTIAL)) == [], "a plain no is an answer"
    for need, values in EMPTY.items():
        assert missing_for_badge(module(Credential.MICROCREDENTIAL, **values)) == [need]


def test_a_badge_asks_less_and_a_diploma_nothing_here() -> None:
    nothing = {name: value for values in EMPTY.values() for name, value in values.items()} | {"workload_hours": None}
    for credential in Credential:
        missing = set(missing_for_badge(module(credential, **nothing)))
        assert missing == ASKED.get(credential, set()) - {BadgeNeed.SIZE}


def test_only_higher_education_has_a_size_in_credits() -> None:
    for hours, is_right in ((2.9 * 28, False), (3 * 28, True), (30 * 28, True), (30.1 * 28, False)):
        missing = missing_for_badge(module(Credential.MICROCREDENTIAL, workload_hours=hours))
        assert (BadgeNeed.SIZE not in missing) is is_right
    assert missing_for_badge(module(Credential.MICROCREDENTIAL, level=Level.MBO_4, workload_hours=20.0)) == []
