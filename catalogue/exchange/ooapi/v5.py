"""Our catalogue as the objects of the Open Onderwijs API, version 5: pure functions of rows that are loaded already.

References to other objects are their ids. What the specification has no place for stands under `ext.leerwijzer`, so that an import reads
an equal module back (`catalogue.exchange.ooapi.file`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from catalogue.exchange.ooapi import own
from catalogue.exchange.ooapi.days import OPEN_FOR, academic_year, first_day, last_day, offering_days, session_uid, year_name
from catalogue.exchange.ooapi.own import OWN, ROOT_UID, Document, code, link
from catalogue.exchange.ooapi.vocabulary import FORMAL_DOCUMENTS, LEVELS, LOAD_UNITS, MODES_OF_DELIVERY, SECTORS, three_letters
from catalogue.models import Edition, Module, Organisation, Place, Stack
from catalogue.vocabulary import Credential, StartType


def root(providers: Iterable[Organisation]) -> Document:
    """The catalogue itself, as the organisation above all `providers`."""
    return {
        "organizationId": ROOT_UID,
        "primaryCode": code("organizationId", OWN),
        "organizationType": "root",
        "name": _text("Leerwijzer", "nl"),
        "shortName": OWN,
        "children": [provider.uid for provider in providers],
    }


def organization(provider: Organisation) -> Document:
    """A provider."""
    found: Document = {
        "organizationId": provider.uid,
        "primaryCode": code("brin", provider.brin) if provider.brin else code("organizationId", provider.slug),
        "organizationType": "institute",
        "name": _text(provider.name, "nl"),
        "shortName": provider.slug,
        "parent": ROOT_UID,
        "otherCodes": [code("organizationId", provider.slug)],
        "ext": own.of_organisation(provider),
    }
    if provider.kvk:
        found["otherCodes"].append(code("x-kvk", provider.kvk))
    if provider.place:
        found["addresses"] = [_address("visit", provider.place)]
    return found | link(provider.url)


def program(stack: Stack) -> Document:
    """A stack."""
    language = own.language(stack)
    return {
        "programId": stack.uid,
        "primaryCode": code("programCode", stack.slug),
        "programType": "program",
        "name": _text(stack.title, language),
        "abbreviation": stack.slug,
        "description": _text(stack.description, language),
        "teachingLanguage": three_letters(language),
        "organization": stack.organisation.uid,
        "ext": own.of_stack(stack),
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
        "ext": own.of_module(module),
    }
    if module.entry_text:
        found["admissionRequirements"] = _text(module.entry_text, language)
    if module.assessment:
        found["assessment"] = _text(module.assessment, language)
    if formats := own.formats(module):
        found["modeOfDelivery"] = [MODES_OF_DELIVERY[one] for one in formats]
    if duration := own.shared_duration(module):
        found["duration"] = duration
    if places := own.places(module):
        found["addresses"] = [_address("teaching", place) for place in places]
    return found | _load(module) | _outcomes(module) | link(module.url)


def education_specification(module: Module) -> Document:
    """What a module leads to, apart from how it is given. It bears the id of the module: there is one of each."""
    found: Document = {
        "educationSpecificationId": module.uid,
        "primaryCode": _primary_code(module),
        "educationSpecificationType": "course",
        "name": _text(module.title, module.language),
        "abbreviation": module.slug,
        "description": _text(module.description, module.language),
        "level": LEVELS[module.level],
        "organization": module.organisation.uid,
    }
    if document := FORMAL_DOCUMENTS.get(module.credential):
        found["formalDocument"] = document
    if module.level.nlqf:
        found |= {"sector": SECTORS[module.level], "levelOfQualification": module.level.nlqf}
    return found | _load(module) | _outcomes(module) | link(module.url)


def offering(module: Module, edition: Edition, today: date) -> Document:
    """An edition of a module."""
    starts, ends = offering_days(edition.start, edition.weeks, today)
    found: Document = {
        "offeringId": edition.uid,
        "primaryCode": code("offeringCode", edition.uid),
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
        "ext": own.of_edition(edition),
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
    return found | link(module.url)


def told_apart(offering: Document) -> Document:
    """An offering as it stands among those of programs and components: the specification tells it from one of a program by nothing but a
    program that is null. Where only offerings of courses stand, it knows no such attribute.
    """
    return offering | {"program": None}


def academic_session(year: int) -> Document:
    """The academic year that begins in September of `year`."""
    return {
        "academicSessionId": session_uid(year),
        "academicSessionType": "academic year",
        "primaryCode": code("identifier", year_name(year)),
        "name": _text(year_name(year), "nl"),
        "startDate": first_day(year).isoformat(),
        "endDate": last_day(year).isoformat(),
    }


def _prices(edition: Edition) -> list[Document]:
    amount = own.price_amount(edition)
    return [{"costType": "total costs", "amount": amount, "currency": "EUR"}] if amount else []


def _load(module: Module) -> Document:
    amount = own.load_in_units(module)
    return {} if amount is None else {"studyLoad": {"studyLoadUnit": LOAD_UNITS[module.load_unit], "value": amount}}


def _outcomes(module: Module) -> Document:
    return {"learningOutcomes": [_text(outcome, module.language) for outcome in module.outcomes]} if module.outcomes else {}


def _address(kind: str, place: Place) -> Document:
    point = {"latitude": place.latitude, "longitude": place.longitude}
    return {"addressType": kind, "city": place.name, "countryCode": "NL", "geolocation": point}


def _primary_code(module: Module) -> Document:
    return code("identifier", module.external_id or module.uid)


def _text(value: str, language: str) -> list[Document]:
    return [{"language": language, "value": value}]
