"""Courses and offerings of the Open Onderwijs API, version 5 or 6, in a file, as rows in our own fields.

A file holds what a service answers: a list of courses and offerings, or pages (`items`) of them, or both under `courses` and
`offerings`, in any order; in version 6 learning outcomes too. What our own export adds under `ext.leerwijzer` is read first, and the
standard's own fields else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from catalogue.exchange.columns import EDITIONS
from catalogue.exchange.jsonl_file import columns_of, json_value, row_of_entry
from catalogue.exchange.ooapi.older import SKILLS, is_of_version_6, older_course, older_offering
from catalogue.exchange.ooapi.own import OWN
from catalogue.exchange.ooapi.vocabulary import LEVELS, LOAD_UNITS, MODES_OF_DELIVERY, level_word
from catalogue.exchange.problems import FILE_FIELD, WHOLE_FILE, BadCell, Problems, Reason, refusal
from catalogue.exchange.table import Table
from catalogue.vocabulary import Level

Entry = dict[str, Any]

_LISTS = ("items", "courses", "offerings", "learningOutcomes")
_KEYS = ("courseId", "offeringId", "courseOfferingId", "learningOutcomeId")
_UNITS = {theirs: ours.value for ours, theirs in LOAD_UNITS.items()}
_FORMATS = {theirs: ours.value for ours, theirs in MODES_OF_DELIVERY.items()} | {"distance-learning": "online"}
_WEEKS = re.compile(r"P([0-9]+)W")
_LEVELS = tuple(dict.fromkeys(word for ours, word in LEVELS.items() if ours is not Level.NONE))
_EURO = "EUR"


@contextmanager
def opened(path: Path, problems: Problems) -> Iterator[Table]:
    """Opens such a file; see `catalogue.exchange.formats.open_table`. A row is a course, counted from 1."""
    try:
        everything = json_value(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except BadCell as bad:
        raise refusal(bad.reason, value=bad.value) from None
    entries = list(enumerate(_entries(everything, problems), start=1))
    if not entries and not problems.total:
        raise refusal(Reason.NO_COURSES)
    columns = columns_of(entries, problems)
    yield Table(columns, (row_of_entry(number, entry, problems) for number, entry in entries))


def holds_courses(content: bytes) -> bool:
    """Whether a text is JSON as a service gives it: a list or page of it, or courses, offerings or outcomes themselves."""
    try:
        everything = json_value(content)
    except BadCell:
        return False
    is_page = isinstance(everything, dict) and not everything.keys().isdisjoint(_LISTS)
    return is_page or next(_objects(everything), None) is not None


def _entries(everything: object, problems: Problems) -> list[Entry]:
    """Each course with its editions. Offerings of programs and components are no editions of a module, and are left out."""
    courses: dict[str, tuple[Entry, Entry]] = {}
    offerings, outcomes, taught = [], {}, []
    for found in _objects(everything):
        if "offeringId" in found or "courseOfferingId" in found:
            offerings.append(older_offering(found) if is_of_version_6(found) else found)
        elif "courseId" in found:
            taught.append(found)
        else:
            outcomes[str(found["learningOutcomeId"])] = found
    for found in taught:
        course = older_course(found, outcomes) if is_of_version_6(found) else found
        courses[str(course["courseId"])] = (course, _module(course))
    numbers = {key: number for number, key in enumerate(courses, start=1)}
    for key, (course, _entry) in courses.items():
        _leave_open(numbers[key], course, problems)
    for offering in offerings:
        if offering.get("offeringType", "course") != "course":
            continue
        asked = offering.get("course")
        key = str(asked.get("courseId") if isinstance(asked, dict) else asked)
        if key not in courses:
            problems.add(WHOLE_FILE, FILE_FIELD, Reason.COURSE_ABSENT, key)
            continue
        course, entry = courses[key]
        entry[EDITIONS].append(_edition(offering, course))
        if currency := _other_currency(offering.get("priceInformation")):
            problems.leave_open(numbers[key], "price_eur", currency, (_EURO,))
    return [entry for _course, entry in courses.values()]


def _leave_open(number: int, course: Entry, problems: Problems) -> None:
    """Notes what a course says in words that the standard may have, and we have not."""
    level, load = str(course.get("level") or ""), course.get("studyLoad")
    if level not in ("", LEVELS[Level.NONE]) and not level_word(level) and not _own(course):
        problems.leave_open(number, "level", level, _LEVELS)
    if isinstance(load, dict) and load.get("value") and (unit := str(load.get("studyLoadUnit"))) not in _UNITS:
        problems.leave_open(number, "load", unit, tuple(_UNITS))


_BADGE_FIELDS = {
    "assessment_form": "assessmentForm",
    "is_supervised": "isSupervised",
    "is_identity_checked": "isIdentityChecked",
    "is_stackable": "isStackable",
    "quality_mark": "qualityMark",
    "quality_url": "qualityUrl",
}


def _objects(found: object) -> Iterator[Entry]:
    """The courses, offerings and outcomes, at whatever depth of pages and lists they stand."""
    if isinstance(found, list):
        for one in found:
            yield from _objects(one)
    elif isinstance(found, dict):
        if not found.keys().isdisjoint(_KEYS):
            yield found  # what stands inside belongs to it, as outcomes that are expanded
            return
        for name in _LISTS:
            yield from _objects(found.get(name))


def _module(course: Entry) -> Entry:
    own, language = _own(course), course.get("teachingLanguage", "")
    entry = {
        "external_id": _code(course),
        "title": _words(course.get("name"), language),
        "description": _words(course.get("description"), language),
        "entry_text": _words(course.get("admissionRequirements"), language),
        "assessment": _words(course.get("assessment"), language),
        "outcomes": [_words(outcome, language) for outcome in _list(course.get("learningOutcomes"))],
        "level": level_word(str(course.get("level", ""))),
        "language": "" if language == "und" else language,
        "load": _load(course.get("studyLoad")),
        "url": course.get("link", ""),
        EDITIONS: [],
    }
    if course.get(SKILLS):
        entry["skills_taught"] = course[SKILLS]
    if own:
        entry |= {name: own.get(name) for name in ("audience", "level", "kind", "credential", "theme", "hub")}
        entry |= {name: own.get(theirs) for name, theirs in _BADGE_FIELDS.items()}
        entry |= {"organisation": own.get("provider"), "skills_taught": _skills(own, "skillsTaught")}
        entry["skills_required"] = _skills(own, "skillsRequired")
    return entry


def _edition(offering: Entry, course: Entry) -> Entry:
    own = _own(offering)
    modes = offering.get("modeOfDelivery") or course.get("modeOfDelivery")
    entry = {
        "start": "direct" if offering.get("flexibleEntryPeriodStart") else offering.get("startDate"),
        "weeks": _weeks(offering, course),
        "place": next((address.get("city") for address in _list(offering.get("addresses")) if isinstance(address, dict)), ""),
        "format": _format([modes] if isinstance(modes, str) else _list(modes)),
        "price_eur": _price(offering.get("priceInformation")),
        "capacity": offering.get("maxNumberStudents") or "",
        "minimum_group": offering.get("minNumberStudents") or "",
    }
    if own:
        entry |= {name: own.get(name) for name in ("start", "weeks", "place", "format")}
        entry["day_parts"] = own.get("dayParts")
    return entry


def _own(found: Entry) -> Mapping[str, Any]:
    """What our own export adds; empty in the files of others."""
    ext = found.get("ext")
    own = ext.get(OWN) if isinstance(ext, dict) else None
    return own if isinstance(own, dict) else {}


def _words(texts: object, language: object) -> object:
    """The text in `language` (three letters), else the Dutch, else the first; another shape as it is, for the reader to refuse."""
    if not isinstance(texts, list) or not all(isinstance(one, dict) for one in texts):
        return texts
    by_language = {str(one.get("language", ""))[:2]: one.get("value") for one in reversed(texts)}
    first = texts[0].get("value") if texts else ""
    return by_language.get(str(language)[:2], by_language.get("nl", first))


def _code(course: Entry) -> object:
    primary = course.get("primaryCode")
    return primary.get("code") if isinstance(primary, dict) else course["courseId"]


def _load(load: object) -> object:
    """A study load with its unit. Contact hours are no study load, and a Belgian credit is none of ours: both are left out."""
    if not isinstance(load, dict) or load.get("studyLoadUnit") not in _UNITS:
        return ""
    value = load.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{_plain(value, 9)} {_UNITS[load['studyLoadUnit']]}"


def _price(prices: object) -> object:
    """The total in euro; the first amount where none is called the total."""
    costs = [cost for cost in _costs(prices) if _currency(cost) == _EURO]
    total = next((cost for cost in costs if cost.get("costType") == "total costs"), costs[0] if costs else None)
    if total is None:
        return ""
    try:
        return f"{float(total['amount']):.2f}"
    except (TypeError, ValueError):
        return total["amount"]


def _other_currency(prices: object) -> str:
    """The currency of a price that is told in no euro at all; "" where there is none."""
    currencies = [_currency(cost) for cost in _costs(prices)]
    return "" if _EURO in currencies else next(iter(currencies), "")


def _costs(prices: object) -> list[Entry]:
    return [cost for cost in _list(prices) if isinstance(cost, dict) and cost.get("amount") is not None]


def _currency(cost: Entry) -> str:
    """Its code in capitals; euro where none is told."""
    return str(cost.get("currency") or _EURO).upper()


def _weeks(offering: Entry, course: Entry) -> object:
    """From the stated duration, else from the days between start and end."""
    if match := _WEEKS.fullmatch(str(course.get("duration", ""))):
        return int(match[1]) or ""
    try:
        days = (date.fromisoformat(offering["endDate"]) - date.fromisoformat(offering["startDate"])).days
    except (KeyError, TypeError, ValueError):
        return ""
    return ceil(days / 7) if days > 0 and not offering.get("flexibleEntryPeriodStart") else ""


def _format(modes: list[Any]) -> str:
    """One of our formats; several together are blended, unless all of them are the same to us."""
    found = {_FORMATS[mode] for mode in modes if isinstance(mode, str) and mode in _FORMATS}
    return "blended" if len(found) > 1 else next(iter(found), "")


def _skills(own: Mapping[str, Any], name: str) -> object:
    """ "uri:level", with "?" for what nobody has confirmed yet."""
    skills = own.get(name)
    if not isinstance(skills, list) or not all(isinstance(skill, dict) for skill in skills):
        return skills
    return [f"{skill.get('uri')}:{skill.get('level')}{'?' if skill.get('isRecognised') else ''}" for skill in skills]


def _plain(number: float, decimals: int) -> str:
    """A number without needless zeros, and never with exactly three decimals: "1.125" would be read as a thousand and more."""
    written = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return written + "0" if len(written.partition(".")[2]) == 3 else written


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
