"""Objects of version 6 in the shape of version 5, so that one reader reads both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from catalogue.exchange.ooapi.v6 import HERE
from catalogue.exchange.ooapi.vocabulary import LOAD_UNITS, MODES_OF_DELIVERY, MODES_OF_DELIVERY_V6

Entry = dict[str, Any]

SKILLS = "x-skills"
"""The addresses of skills that a course of version 6 leads to, where version 5 has no place for them."""
_MODES = {MODES_OF_DELIVERY_V6[ours]: word for ours, word in MODES_OF_DELIVERY.items()} | {"hybrid": "hybrid", "coil": "online"}
_SKILL_CODES = frozenset({"x-uri", "uuid"})


def is_of_version_6(found: Entry) -> bool:
    """Whether an object is a course or offering of version 6."""
    return "courseOfferingId" in found or ("courseId" in found and "teachingLanguages" in found)


def older_course(course: Entry, outcomes: Mapping[str, Entry]) -> Entry:
    """A course; `outcomes` are the learning outcomes of the file by their ids. Of loads in several units the first that we know counts."""
    known, loads = LOAD_UNITS.values(), [load for load in _list(course.get("studyLoad")) if isinstance(load, dict)]
    named = [outcomes[key] for key in _list(course.get("learningOutcomeIds")) if isinstance(key, str) and key in outcomes]
    learned = [one for one in _list(course.get("learningOutcomes")) if isinstance(one, dict)] or named
    return course | {
        "teachingLanguage": next(iter(_list(course.get("teachingLanguages"))), ""),
        "level": str(course.get("level") or "").replace("_", " "),
        "modeOfDelivery": _modes(course),
        "studyLoad": next((load for load in loads if load.get("studyLoadUnit") in known), next(iter(loads), None)),
        "learningOutcomes": [one.get("name") for one in learned if not _is_skill(one)],
        SKILLS: [address for one in learned if (address := _address(one))],
    }


def older_offering(offering: Entry) -> Entry:
    """An offering of a course."""
    course, prices = offering.get("course"), _list(offering.get("priceInformation"))
    return offering | {
        "offeringId": offering.get("courseOfferingId"),
        "offeringType": "course",
        "course": course if isinstance(course, dict) else offering.get("courseId"),
        "modeOfDelivery": _modes(offering),
        "startDate": _day(offering.get("startDateTime")),
        "endDate": _day(offering.get("endDateTime")),
        "flexibleEntryPeriodStart": offering.get("flexibleEntryPeriodStartDateTime"),
        "priceInformation": [
            price | {"costType": str(price.get("costType", "")).replace("_", " ")} for price in prices if isinstance(price, dict)
        ],
    }


def _modes(found: Entry) -> list[str]:
    return [_MODES[mode] for mode in _list(found.get("modesOfDelivery")) if isinstance(mode, str) and mode in _MODES]


def _is_skill(outcome: Entry) -> bool:
    """Whether an outcome is a skill of a taxonomy; else it is what a provider says of one course."""
    code = outcome.get("primaryCode")
    return isinstance(code, dict) and code.get("codeType") in _SKILL_CODES


def _address(outcome: Entry) -> str:
    """The address or id of a skill; "" for an outcome of another kind."""
    return str(outcome["primaryCode"].get("code", "")) if _is_skill(outcome) else ""


def _day(moment: object) -> object:
    """The day of a moment in Dutch time; another text as it is, for the reader to refuse."""
    try:
        parsed = datetime.fromisoformat(str(moment))
    except ValueError:
        return moment
    return (parsed.astimezone(HERE) if parsed.tzinfo else parsed).date().isoformat()


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
