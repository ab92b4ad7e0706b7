"""Our catalogue as the objects of the Open Education API, version 6: pure functions of rows that are loaded already.

References to other objects are attributes that end in Id or Ids. What the specification has no place for stands under `ext.leerwijzer`, as
in version 5. There are no education specifications any more; what can be learned stands as learning outcomes, with the URIs of skills.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from catalogue.exchange.ooapi import own
from catalogue.exchange.ooapi.days import OPEN_FOR, academic_year, first_day, last_day, offering_days, session_uid, year_name
from catalogue.exchange.ooapi.own import OWN, ROOT_UID, Document, code, link
from catalogue.exchange.ooapi.vocabulary import FORMAL_DOCUMENTS_V6, LEVELS_V6, LOAD_UNITS, MODES_OF_DELIVERY_V6
from catalogue.models import Edition, Module, Organisation, Place, Skill, Stack
from catalogue.vocabulary import Credential, StartType

HERE = ZoneInfo("Europe/Amsterdam")


def root(providers: Iterable[Organisation]) -> Document:
    """The catalogue itself, as the organisation above all `providers`."""
    return {
        "organisationId": ROOT_UID,
        "primaryCode": code("organisation_id", OWN),
        "organisationType": "root",
        "name": _text("Leerwijzer", "nl"),
        "shortName": OWN,
        "childIds": [provider.uid for provider in providers],
    }


def organisation(provider: Organisation) -> Document:
    """A provider."""
    codes = [code("organisation_id", provider.slug)]
    if provider.kvk:
        codes.append(code("kvk_organisation_id", provider.kvk))
    found: Document = {
        "organisationId": provider.uid,
        "primaryCode": code("institution_code", provider.brin) if provider.brin else codes[0],
        "organisationType": "institute",
        "name": _text(provider.name, "nl"),
        "shortName": provider.slug,
        "rootId": ROOT_UID,
        "parentId": ROOT_UID,
        "otherCodes": codes,
        "ext": own.of_organisation(provider),
    }
    if provider.place:
        found["addresses"] = [_address("visit", provider.place)]
    return found | link(provider.url)


def programme(stack: Stack) -> Document:
    """A stack."""
    language = own.language(stack)
    found: Document = {
        "programmeId": stack.uid,
        "primaryCode": code("identifier", stack.slug),
        "programmeType": "programme",
        "name": _text(stack.title, language),
        "abbreviation": stack.slug,
        "description": _text(stack.description, language),
        "teachingLanguages": [language],
        "organisationId": stack.organisation.uid,
        "ext": own.of_stack(stack),
    }
    if document := FORMAL_DOCUMENTS_V6.get(stack.credential):
        found["formalDocument"] = document
    return found


def course(module: Module, programmes: Iterable[str]) -> Document:
    """A module; `programmes` are the ids of the stacks that it is a step of."""
    language = module.language
    found: Document = {
        "courseId": module.uid,
        "primaryCode": code("identifier", module.external_id or module.uid),
        "name": _text(module.title, language),
        "abbreviation": module.slug,
        "teachingLanguages": [language],
        "level": LEVELS_V6[module.level],
        "modesOfDelivery": [MODES_OF_DELIVERY_V6[one] for one in own.formats(module)],
        "learningOutcomeIds": [outcome["learningOutcomeId"] for outcome in outcomes(module)],
        "programmeIds": list(programmes),
        "organisationId": module.organisation.uid,
        "ext": own.of_module(module),
    }
    for name, text in (
        ("description", module.description),
        ("admissionRequirements", module.entry_text),
        ("assessment", module.assessment),
    ):
        if text:
            found[name] = _text(text, language)
    if (amount := own.load_in_units(module)) is not None:
        found["studyLoad"] = [{"studyLoadUnit": LOAD_UNITS[module.load_unit], "value": amount}]
    if duration := own.shared_duration(module):
        found["duration"] = duration
    if places := own.places(module):
        found["addresses"] = [_address("teaching", place) for place in places]
    return found | link(module.url)


def outcomes(module: Module) -> list[Document]:
    """What one learns in a module: first what its provider says, then the skills."""
    skills = sorted((row.skill for row in module.taught), key=lambda skill: skill.uid)
    return [*(stated_outcome(module, number) for number in range(len(module.outcomes))), *map(skill_outcome, skills)]


def stated_outcome(module: Module, number: int) -> Document:
    """What one can do after a module, in the words of its provider."""
    return {
        "learningOutcomeId": outcome_uid(module.uid, number),
        "primaryCode": code("identifier", f"{module.slug}/{number + 1}"),
        "name": _text(module.outcomes[number], module.language),
        "ext": {OWN: {"course": module.uid}},
    }


def skill_outcome(skill: Skill) -> Document:
    """A skill of the taxonomy, by its URI; courses that teach the same skill refer to the same one, and say themselves to which level."""
    names = [*_text(skill.label_nl, "nl"), *_text(skill.label_en, "en")]
    descriptions = [*_text(skill.description_nl, "nl"), *_text(skill.description_en, "en")]
    found: Document = {
        "learningOutcomeId": skill.uid,
        "primaryCode": code("x-uri", skill.uri) if skill.uri else code("uuid", skill.uid),
        "name": names or _text(skill.uri or skill.uid, "und"),
        "ext": {OWN: {"kind": skill.kind.value}},
    }
    if skill.uri:
        found["otherCodes"] = [code("uuid", skill.uid)]
    return found | ({"description": descriptions} if descriptions else {})


def course_offering(module: Module, edition: Edition, today: date) -> Document:
    """An edition of a module."""
    starts, ends = offering_days(edition.start, edition.weeks, today)
    amount = own.price_amount(edition)
    found: Document = {
        "courseOfferingId": edition.uid,
        "primaryCode": code("offering_code", edition.uid),
        "name": _text(module.title, module.language),
        "state": "active",
        "abbreviation": module.slug,
        "teachingLanguages": [module.language],
        "modesOfDelivery": [MODES_OF_DELIVERY_V6[edition.format]],
        "resultExpected": module.credential is not Credential.NONE,
        "startDateTime": _moment(starts, time.min),
        "endDateTime": _moment(ends, time(23, 59, 59)),
        "priceInformation": [{"costType": "total_costs", "amount": amount, "currency": "EUR"}] if amount else [],
        "courseId": module.uid,
        "organisationId": module.organisation.uid,
        "maxNumberStudents": edition.capacity,
        "minNumberStudents": edition.minimum_group,
        "ext": own.of_edition(edition),
    }
    if edition.start.type is StartType.FIXED:
        found["academicSessionId"] = session_uid(academic_year(starts))
    else:
        # The specification calls the end of the period a moment, and wants it written as a day.
        found["flexibleEntryPeriodStartDateTime"] = _moment(starts, time.min)
        found["flexibleEntryPeriodEndDateTime"] = (starts + OPEN_FOR).isoformat()
    if edition.place:
        found["addresses"] = [_address("teaching", edition.place)]
    return found | link(module.url)


def academic_session(year: int) -> Document:
    """The academic year that begins in September of `year`."""
    return {
        "academicSessionId": session_uid(year),
        "academicSessionType": "academic_year",
        "primaryCode": code("identifier", year_name(year)),
        "name": _text(year_name(year), "nl"),
        "startDateTime": _moment(first_day(year), time.min),
        "endDateTime": _moment(last_day(year), time(23, 59, 59)),
    }


def outcome_uid(module_uid: str, number: int) -> str:
    """The id of what a module states at this place, from 0: the id of the module moved on, so that it leads back without a table of ids."""
    return _moved(module_uid, number + 1)


def module_uid(outcome_uid: str, number: int) -> str:
    """The id of the module that would have this outcome at this place."""
    return _moved(outcome_uid, -number - 1)


def _moved(uid: str, steps: int) -> str:
    return str(UUID(int=(UUID(uid).int + steps) % 2**128))


def _moment(day: date, hour: time) -> str:
    """In Dutch time, with its distance from UTC: "2027-02-08T00:00:00+01:00"."""
    return datetime.combine(day, hour, HERE).isoformat()


def _address(kind: str, place: Place) -> Document:
    point = {"latitude": place.latitude, "longitude": place.longitude}
    return {"addressType": kind, "city": place.name, "countryCode": {"iso3166-1-alpha2": "NL"}, "geolocation": point}


def _text(value: str, language: str) -> list[Document]:
    """A text in one language; nothing where there is no text."""
    return [{"language": language, "value": value}] if value else []
