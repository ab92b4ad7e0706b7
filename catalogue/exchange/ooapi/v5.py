"""Our catalogue as the objects of the Open Onderwijs API, version 5: pure functions of rows that are loaded already.

References to other objects are their ids. What the specification has no place for stands under `ext.leerwijzer`, so that an import reads
an equal module back (`catalogue.exchange.ooapi.file`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from catalogue.exchange.ooapi.words import FORMAL_DOCUMENTS, LEVELS, LOAD_UNITS, MODES_OF_DELIVERY, SECTORS, three_letters
from catalogue.models import Edition, Module, ModuleSkill, Organisation, Place, Stack
from catalogue.models.base import stable_uid
from catalogue.starts import Start
from catalogue.vocabulary import Credential, Format, StartType

Document = dict[str, Any]

ROOT_UID = stable_uid("organisation", "leerwijzer")
"""The one organisation of type "root" that each service has: here the catalogue itself, and the providers below it."""
OWN = "leerwijzer"
OPEN_FOR = timedelta(days=365)
"""How far ahead an edition without a fixed date is announced: the specification wants an end, and there is none."""
FIRST_MONTH = 9
"""Academic years begin in September."""


def root(providers: Iterable[Organisation]) -> Document:
    """The catalogue itself, as the organisation above all `providers`."""
    return {
        "organizationId": ROOT_UID,
        "primaryCode": _code("organizationId", OWN),
        "organizationType": "root",
        "name": _text("Leerwijzer", "nl"),
        "shortName": OWN,
        "children": [provider.uid for provider in providers],
    }


def organization(provider: Organisation) -> Document:
    """A provider."""
    found: Document = {
        "organizationId": provider.uid,
        "primaryCode": _code("brin", provider.brin) if provider.brin else _code("organizationId", provider.slug),
        "organizationType": "institute",
        "name": _text(provider.name, "nl"),
        "shortName": provider.slug,
        "parent": ROOT_UID,
        "otherCodes": [_code("organizationId", provider.slug)],
        "ext": {OWN: {"kind": provider.kind.value, "region": provider.region}},
    }
    if provider.kvk:
        found["otherCodes"].append(_code("x-kvk", provider.kvk))
    if provider.place:
        found["addresses"] = [_address("visit", provider.place)]
    return found | _link(provider.url)


def program(stack: Stack) -> Document:
    """A stack. It has no language of its own: that of its first module stands here."""
    language = stack.steps[0].module.language if stack.steps else "nl"
    return {
        "programId": stack.uid,
        "primaryCode": _code("programCode", stack.slug),
        "programType": "program",
        "name": _text(stack.title, language),
        "abbreviation": stack.slug,
        "description": _text(stack.description, language),
        "teachingLanguage": three_letters(language),
        "organization": stack.organisation.uid,
        "ext": {OWN: {"credential": stack.credential.value}},
    }


def course(module: Module, programs: Iterable[str]) -> Document:
    """A module; `programs` are the ids of the stacks that it is a step of."""
    language = module.language
    found: Document = {
        "courseId": module.uid,
        "primaryCode": _primary_code(module),
        "name": _text(module.title, language),
        "abbreviation": module.slug,
        "description": _text(module.description, language),
        "teachingLanguage": three_letters(language),
        "level": LEVELS[module.level],
        "educationSpecification": module.uid,
        "programs": list(programs),
        "organization": module.organisation.uid,
        "ext": {OWN: _own_of_module(module)},
    }
    if module.entry_text:
        found["admissionRequirements"] = _text(module.entry_text, language)
    if module.assessment:
        found["assessment"] = _text(module.assessment, language)
    if modes := _modes(module.editions):
        found["modeOfDelivery"] = modes
    lengths = {edition.weeks for edition in module.editions}
    if len(lengths) == 1 and (weeks := lengths.pop()):
        found["duration"] = f"P{weeks}W"
    places = {edition.place.slug: edition.place for edition in module.editions if edition.place}
    if places:
        found["addresses"] = [_address("teaching", place) for _slug, place in sorted(places.items())]
    return found | _load(module) | _outcomes(module) | _link(module.url)


def education_specification(module: Module) -> Document:
    """What a module leads to, apart from how it is given. It bears the id of the module: there is one of each."""
    found: Document = {
        "educationSpecificationId": module.uid,
        "primaryCode": _primary_code(module),
        "educationSpecificationType": "course",
        "name": _text(module.title, module.language),
        "abbreviation": module.slug,
        "description": _text(module.description, module.language),
        "formalDocument": FORMAL_DOCUMENTS[module.credential],
        "level": LEVELS[module.level],
        "organization": module.organisation.uid,
    }
    if module.level.nlqf:
        found |= {"sector": SECTORS[module.level], "levelOfQualification": module.level.nlqf}
    return found | _load(module) | _outcomes(module) | _link(module.url)


def offering(module: Module, edition: Edition, today: date) -> Document:
    """An edition of a module."""
    starts, ends = offering_days(edition.start, edition.weeks, today)
    found: Document = {
        "offeringId": edition.uid,
        "primaryCode": _code("offeringCode", edition.uid),
        "offeringType": "course",
        "name": _text(module.title, module.language),
        "abbreviation": module.slug,
        "description": _text(module.description, module.language),
        "teachingLanguage": three_letters(module.language),
        "modeOfDelivery": [MODES_OF_DELIVERY[edition.format]],
        "resultExpected": module.credential is not Credential.NONE,
        "startDate": starts.isoformat(),
        "endDate": ends.isoformat(),
        "priceInformation": _prices(edition),
        "course": module.uid,
        "organization": module.organisation.uid,
        "ext": {OWN: _own_of_edition(edition)},
    }
    if edition.start.type is StartType.FIXED:
        found["academicSession"] = session_uid(academic_year(starts))
    else:
        found |= {"flexibleEntryPeriodStart": starts.isoformat(), "flexibleEntryPeriodEnd": (starts + OPEN_FOR).isoformat()}
    if edition.capacity is not None:
        found["maxNumberStudents"] = edition.capacity
    if edition.minimum_group is not None:
        found["minNumberStudents"] = edition.minimum_group
    if edition.place:
        found["addresses"] = [_address("teaching", edition.place)]
    return found | _link(module.url)


def told_apart(offering: Document) -> Document:
    """An offering as it stands among those of programs and components: the specification tells it from one of a program by nothing but a
    program that is null. Where only offerings of courses stand, it knows no such attribute.
    """
    return offering | {"program": None}


def offering_days(start: Start, weeks: int | None, today: date) -> tuple[date, date]:
    """First and last day of an edition. Without a fixed date it begins at its next start, or else `today`, and can be joined for a year;
    where the length is not stated, a run ends on the day that it begins.
    """
    starts = start.next_start(today) or start.on or today
    last_entry = starts if start.type is StartType.FIXED else starts + OPEN_FOR
    return starts, last_entry + timedelta(weeks=weeks or 0)


def academic_year(day: date) -> int:
    """The calendar year in which the academic year of `day` began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def session_uid(year: int) -> str:
    """The id of the academic year that begins in `year`."""
    return stable_uid("academic-session", str(year))


def academic_session(year: int) -> Document:
    """The academic year that begins in September of `year`."""
    return {
        "academicSessionId": session_uid(year),
        "academicSessionType": "academic year",
        "primaryCode": _code("identifier", f"{year}-{year + 1}"),
        "name": _text(f"{year}-{year + 1}", "nl"),
        "startDate": first_day(year).isoformat(),
        "endDate": (first_day(year + 1) - timedelta(days=1)).isoformat(),
    }


def first_day(year: int) -> date:
    """The day on which the academic year of `year` begins."""
    return date(year, FIRST_MONTH, 1)


def _own_of_module(module: Module) -> Document:
    return {
        "provider": module.organisation.slug,
        "audience": module.audience,
        "level": module.level.value,
        "kind": module.kind.value,
        "credential": module.credential.value,
        "theme": module.theme.slug if module.theme else None,
        "hub": module.hub.slug if module.hub else None,
        "isExample": module.is_example,
        "skillsTaught": _skills(module.taught),
        "skillsRequired": _skills(module.required),
    }


def _own_of_edition(edition: Edition) -> Document:
    return {
        "start": str(edition.start),
        "weeks": edition.weeks,
        "format": edition.format.value,
        "place": edition.place.slug if edition.place else None,
        "dayParts": edition.day_parts,
    }


def _skills(rows: Iterable[ModuleSkill]) -> list[Document]:
    """Skills by the URI of their taxonomy, or by their id where it has none."""
    found = [
        {"uri": row.skill.uri or row.skill.uid, "label": row.skill.label(), "level": row.level, "isRecognised": row.is_recognised}
        for row in rows
    ]
    return sorted(found, key=lambda skill: str(skill["uri"]))


def _modes(editions: Iterable[Edition]) -> list[str]:
    formats = {edition.format for edition in editions}
    return [MODES_OF_DELIVERY[one] for one in Format if one in formats]


def _prices(edition: Edition) -> list[Document]:
    if edition.price_cents is None:
        return []
    return [{"costType": "total costs", "amount": f"{edition.price_cents // 100}.{edition.price_cents % 100:02}", "currency": "EUR"}]


def _load(module: Module) -> Document:
    if module.workload_hours is None:
        return {}
    amount = round(module.workload_hours / module.load_unit.hours_per_unit, 9)
    return {"studyLoad": {"studyLoadUnit": LOAD_UNITS[module.load_unit], "value": int(amount) if amount.is_integer() else amount}}


def _outcomes(module: Module) -> Document:
    return {"learningOutcomes": [_text(outcome, module.language) for outcome in module.outcomes]} if module.outcomes else {}


def _address(kind: str, place: Place) -> Document:
    point = {"latitude": place.latitude, "longitude": place.longitude}
    return {"addressType": kind, "city": place.name, "countryCode": "NL", "geolocation": point}


def _primary_code(module: Module) -> Document:
    return _code("identifier", module.external_id or module.uid)


def _code(kind: str, code: str) -> Document:
    return {"codeType": kind, "code": code}


def _text(value: str, language: str) -> list[Document]:
    return [{"language": language, "value": value}]


def _link(url: str) -> Document:
    return {"link": url} if url else {}
