"""The service, version 6: each list and each object that we have. `/` tells other systems which those are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.orm import Session

from catalogue.exchange.ooapi import lists, v6
from catalogue.exchange.ooapi.days import academic_year
from catalogue.exchange.ooapi.lists import Within
from catalogue.exchange.ooapi.outcomes import Outcome, outcome_page
from catalogue.exchange.ooapi.own import ROOT_UID, Document
from catalogue.models import Module, Skill
from web.errors import problem
from web.ooapi import records
from web.ooapi.answers import expanded, nothing, page, short_list, with_etag
from web.ooapi.dialects import V6
from web.ooapi.queries import expansions, list_query, overrides
from web.security.address import site_address
from web.wiring import services

bp = Blueprint("ooapi_v6", __name__)

VERSION = "6.0"
SPECIFICATION = "https://raw.githubusercontent.com/open-education-api/specification/release/6.0/oeapi.json"
ORGANISATION = "/organisations/{organisationId}"
EXPANSIONS = {
    ORGANISATION: ("parent", "children"),
    "/programmes/{programmeId}": ("organisation",),
    "/courses/{courseId}": ("programmes", "organisation", "learning_outcomes"),
    "/course-offerings/{courseOfferingId}": ("course", "academic_session", "organisation"),
    "/learning-outcomes/{learningOutcomeId}": (),
    "/academic-sessions/{academicSessionId}": (),
}
"""What one can see whole of each object."""
NEVER_THERE = ("parent", "parents", "children", "year", "organisation", "coordinators", "instructors", "programme_offering")
"""What the specification lets one ask for too, and some of our objects never have."""
LISTS = (
    *("/organisations", f"{ORGANISATION}/programmes", f"{ORGANISATION}/courses", f"{ORGANISATION}/course-offerings"),
    *("/programmes", "/programmes/{programmeId}/programmes", "/programmes/{programmeId}/courses"),
    *("/courses", "/courses/{courseId}/course-offerings", "/learning-outcomes"),
    *("/academic-sessions", "/academic-sessions/{academicSessionId}/course-offerings"),
)
PROGRAMME_FILTERS = ("teachingLanguage", "programmeType", "qualificationAwarded", "levelOfQualification")
_WANTED_VERSION = re.compile(r'version="?([0-9][0-9.]{0,9})')

bp.after_request(with_etag)


@bp.before_request
def in_this_version() -> Response | None:
    """Answers 406 to who asks for another version than 6, by `Accept: application/json; version=5`."""
    asked = _WANTED_VERSION.search(request.headers.get("Accept", ""))
    if asked is None or asked[1].split(".")[0] == VERSION.split(".")[0]:
        return None
    return problem(
        406, "Version not acceptable", "Here is version 6.", type="about:blank", requestedVersion=asked[1], supportedVersions=[VERSION]
    )


@bp.get("/", strict_slashes=False)
def service() -> Response:
    """Who keeps this service, and what one can ask of it. Paths are references, so the braces in them are percent-encoded."""
    settings = services().settings
    return jsonify(
        contactEmail=settings.contact_email or settings.mail_from,
        specification=SPECIFICATION,
        documentation=f"{site_address()}/ooapi",
        supportedConsumers=[],
        supportedOperations=[{"verbs": ["GET"], "path": quote(path)} for path in ("/", *LISTS, *EXPANSIONS)],
        supportedExpands=[{"expandableObjects": names, "path": quote(path)} for path, names in EXPANSIONS.items() if names],
    )


@bp.get("/organisations")
def organisations() -> Document:
    """The providers, below the one root."""
    asked = list_query(V6, ())
    with services().database.reading() as session:
        found = lists.providers(session)
        return short_list([v6.root(found), *map(v6.organisation, found)], asked, "organisationId", "organisationType")


@bp.get("/organisations/<uuid:uid>")
def organisation(uid: UUID) -> Document:
    """One provider, or the root."""
    wanted = _expansions(ORGANISATION)
    with services().database.reading() as session:
        found = lists.providers(session)
        documents = {one["organisationId"]: one for one in (v6.root(found), *map(v6.organisation, found))}
        whole = {"parent": lambda: documents[ROOT_UID], "children": lambda: [documents[one.uid] for one in found]}
        return expanded(records.named(documents, uid), wanted, whole)


@bp.get("/organisations/<uuid:uid>/<any(programmes, courses, 'course-offerings'):below>")
def organisation_part(uid: UUID, below: str) -> Document:
    """What one provider has; the root has all."""
    with services().database.reading() as session:
        within = records.within_organisation(session, uid)
        return {"programmes": _programmes, "courses": _courses, "course-offerings": _offerings}[below](session, within)


@bp.get("/<any(programmes, courses):below>")
def everything(below: str) -> Document:
    """All programmes or courses."""
    with services().database.reading() as session:
        return {"programmes": _programmes, "courses": _courses}[below](session, lists.EVERYTHING)


@bp.get("/programmes/<uuid:uid>")
def programme(uid: UUID) -> Document:
    """One stack."""
    wanted = _expansions("/programmes/{programmeId}")
    with services().database.reading() as session:
        stack = records.stack(session, uid)
        return expanded(v6.programme(stack), wanted, {"organisation": lambda: v6.organisation(stack.organisation)}) | overrides()


@bp.get("/programmes/<uuid:uid>/<any(programmes, courses):below>")
def programme_part(uid: UUID, below: str) -> Document:
    """The courses of one stack. It has no programmes below it."""
    with services().database.reading() as session:
        stack = records.stack(session, uid)
        return _courses(session, Within(stack_id=stack.id)) if below == "courses" else nothing(list_query(V6, ()))


@bp.get("/courses/<uuid:uid>")
def course(uid: UUID) -> Document:
    """One module."""
    wanted = _expansions("/courses/{courseId}")
    with services().database.reading() as session:
        module = records.module(session, uid)
        stacks = lists.stacks_by_module(session, [module])[module.id]
        whole = {
            "programmes": lambda: [v6.programme(stack) for stack in stacks],
            "organisation": lambda: v6.organisation(module.organisation),
            "learningOutcomes": lambda: v6.outcomes(module),
        }
        return expanded(v6.course(module, (stack.uid for stack in stacks)), wanted, whole) | overrides()


@bp.get("/courses/<uuid:uid>/course-offerings")
def course_offerings(uid: UUID) -> Document:
    """The editions of one module."""
    with services().database.reading() as session:
        return _offerings(session, records.within_module(session, uid))


@bp.get("/course-offerings/<uuid:uid>")
def course_offering(uid: UUID) -> Document:
    """One edition."""
    wanted = _expansions("/course-offerings/{courseOfferingId}")
    today = services().today()
    with services().database.reading() as session:
        module, edition = records.edition(session, uid)
        whole = {
            "course": lambda: _documents(session, [records.module(session, module.uid)])[0],
            "organisation": lambda: v6.organisation(module.organisation),
            "academicSession": lambda: v6.academic_session(academic_year(edition.start.on or today)),
        }
        return expanded(v6.course_offering(module, edition, today), wanted, whole)


@bp.get("/learning-outcomes")
def learning_outcomes() -> Document:
    """The skills that modules teach, and what modules say themselves. They have no time, so `since` and `until` make no difference."""
    asked = list_query(V6, ())
    with services().database.reading() as session:
        found = outcome_page(session, asked)
        return page([_outcome(one) for one in found.items], found.total, asked)


@bp.get("/learning-outcomes/<uuid:uid>")
def learning_outcome(uid: UUID) -> Document:
    """One skill, or one thing that a module says."""
    _expansions("/learning-outcomes/{learningOutcomeId}")
    with services().database.reading() as session:
        return _outcome(records.outcome(session, uid))


@bp.get("/academic-sessions")
def academic_sessions() -> Document:
    """The academic years in which something with a fixed date begins. None is part of another."""
    asked = list_query(V6, (), "startDateTime")
    is_top = not (request.args.get("parent") or request.args.get("year"))
    with services().database.reading() as session:
        years = lists.academic_years(session) if is_top else []
        return short_list(map(v6.academic_session, years), asked, "academicSessionId", "academicSessionType")


@bp.get("/academic-sessions/<uuid:uid>")
def academic_session(uid: UUID) -> Document:
    """One academic year."""
    _expansions("/academic-sessions/{academicSessionId}")
    with services().database.reading() as session:
        return v6.academic_session(records.year(session, uid))


@bp.get("/academic-sessions/<uuid:uid>/course-offerings")
def academic_session_offerings(uid: UUID) -> Document:
    """The editions with a fixed date in one academic year."""
    with services().database.reading() as session:
        return _offerings(session, Within(year=records.year(session, uid)))


def _expansions(path: str) -> frozenset[str]:
    return expansions((*EXPANSIONS[path], *NEVER_THERE))


def _programmes(session: Session, within: Within) -> Document:
    return short_list(map(v6.programme, lists.stacks(session, within)), list_query(V6, ()), "programmeId", *PROGRAMME_FILTERS)


def _courses(session: Session, within: Within) -> Document:
    asked = list_query(V6, ())
    found = lists.module_page(session, asked, within)
    return page(_documents(session, found.items), found.total, asked)


def _documents(session: Session, modules: Sequence[Module]) -> list[Document]:
    stacks = lists.stacks_by_module(session, modules)
    return [v6.course(module, (stack.uid for stack in stacks[module.id])) for module in modules]


def _offerings(session: Session, within: Within) -> Document:
    """As the specification says, only what is still to come unless `since` asks for more. Whatever is published is active."""
    asked, today = list_query(V6, (), "startDate"), services().today()
    if asked.choices.get("state", "active") != "active":
        return nothing(asked)
    found = lists.offering_page(session, asked.from_day(today), today, within)
    return page([v6.course_offering(module, edition, today) for module, edition in found.items], found.total, asked)


def _outcome(outcome: Outcome) -> Document:
    return v6.skill_outcome(outcome) if isinstance(outcome, Skill) else v6.stated_outcome(*outcome)
