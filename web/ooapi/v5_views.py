"""The service, version 5: each list and each object. What this catalogue does not have is an empty list, and no object."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.orm import Session

from catalogue.exchange.ooapi import lists, v5
from catalogue.exchange.ooapi.days import academic_year
from catalogue.exchange.ooapi.lists import Within
from catalogue.exchange.ooapi.own import ROOT_UID, Document
from catalogue.models import Module
from web.ooapi import records
from web.ooapi.answers import expanded, nothing, page, short_list, with_etag
from web.ooapi.dialects import V5
from web.ooapi.queries import expansions, list_query, overrides
from web.security.address import site_address
from web.wiring import services

bp = Blueprint("ooapi_v5", __name__)

SPECIFICATION = "https://raw.githubusercontent.com/open-education-api/specification/release/5.0/v5/ooapi.json"
ORGANIZATION_SORT, COURSE_SORT, PROGRAM_SORT = ("organizationId", "name"), ("courseId", "name"), ("programId", "name")
OFFERING_SORT = ("offeringId", "name", "startDate", "endDate")
SPECIFICATION_SORT = ("educationSpecificationType", "name", "primaryCode")
PROGRAM_FILTERS = ("teachingLanguage", "programType", "qualificationAwarded", "levelOfQualification", "sector")


bp.after_request(with_etag)


@bp.get("/", strict_slashes=False)
def service() -> Response:
    """Who keeps this service, and what it follows."""
    settings = services().settings
    contact = settings.contact_email or settings.mail_from
    return jsonify(contactEmail=contact, specification=SPECIFICATION, documentation=f"{site_address()}/ooapi")


@bp.get("/organizations")
def organizations() -> Document:
    """The providers, below the one root."""
    asked = list_query(V5, ORGANIZATION_SORT)
    with services().database.reading() as session:
        found = lists.providers(session)
        return short_list([v5.root(found), *map(v5.organization, found)], asked, "organizationId", "organizationType")


@bp.get("/organizations/<uuid:uid>")
def organization(uid: UUID) -> Document:
    """One provider, or the root."""
    wanted = expansions(("parent", "children"))
    with services().database.reading() as session:
        found = lists.providers(session)
        documents = {one["organizationId"]: one for one in (v5.root(found), *map(v5.organization, found))}
        whole = {"parent": lambda: documents[ROOT_UID], "children": lambda: [documents[one.uid] for one in found]}
        return expanded(records.named(documents, uid), wanted, whole)


@bp.get("/organizations/<uuid:uid>/<any(programs, courses, components, offerings, groups, 'education-specifications'):below>")
def organization_part(uid: UUID, below: str) -> Document:
    """What one provider has; the root has all."""
    with services().database.reading() as session:
        return _part(session, below, records.within_organisation(session, uid))


@bp.get("/<any(programs, courses, 'education-specifications', groups):below>")
def everything(below: str) -> Document:
    """All programs, courses, specifications or groups."""
    with services().database.reading() as session:
        return _part(session, below, lists.EVERYTHING)


@bp.get("/programs/<uuid:uid>")
def program(uid: UUID) -> Document:
    """One stack."""
    wanted = expansions(("parent", "children", "coordinators", "organization", "educationSpecification"))
    with services().database.reading() as session:
        stack = records.stack(session, uid)
        document = expanded(v5.program(stack), wanted, {"organization": lambda: v5.organization(stack.organisation)})
        return document | overrides()


@bp.get("/programs/<uuid:uid>/<any(programs, courses, offerings):below>")
def program_part(uid: UUID, below: str) -> Document:
    """The courses of one stack. It has no programs below it and no dates of its own."""
    with services().database.reading() as session:
        stack = records.stack(session, uid)
        if below == "courses":
            return _courses(session, Within(stack_id=stack.id))
        return nothing(list_query(V5, PROGRAM_SORT) if below == "programs" else list_query(V5, OFFERING_SORT, "startDate"))


@bp.get("/courses/<uuid:uid>")
def course(uid: UUID) -> Document:
    """One module."""
    wanted = expansions(("programs", "coordinators", "organization", "educationSpecification"))
    with services().database.reading() as session:
        module = records.module(session, uid)
        stacks = lists.stacks_by_module(session, [module])[module.id]
        whole = {
            "programs": lambda: [v5.program(stack) for stack in stacks],
            "organization": lambda: v5.organization(module.organisation),
            "educationSpecification": lambda: v5.education_specification(module),
        }
        return expanded(v5.course(module, (stack.uid for stack in stacks)), wanted, whole) | overrides()


@bp.get("/courses/<uuid:uid>/offerings")
def course_offerings(uid: UUID) -> Document:
    """The editions of one module."""
    with services().database.reading() as session:
        return _offerings(session, records.within_module(session, uid))


@bp.get("/courses/<uuid:uid>/components")
def course_components(uid: UUID) -> Document:
    """We know of no components."""
    with services().database.reading() as session:
        records.within_module(session, uid)
    return nothing(list_query(V5, ("componentId", "name")))


@bp.get("/offerings/<uuid:uid>")
def offering(uid: UUID) -> Document:
    """One edition."""
    known = ("program", "programOffering", "course", "courseOffering", "component", "organization", "academicSession")
    wanted = expansions(known)
    parts = services()
    with parts.database.reading() as session:
        module, edition = records.edition(session, uid)
        whole = {
            "course": lambda: _documents(session, [records.module(session, module.uid)])[0],
            "organization": lambda: v5.organization(module.organisation),
            "academicSession": lambda: v5.academic_session(academic_year(edition.start.on or parts.today())),
        }
        return expanded(v5.told_apart(v5.offering(module, edition, parts.today())), wanted, whole)


@bp.get("/education-specifications/<uuid:uid>")
def education_specification(uid: UUID) -> Document:
    """What one module leads to."""
    wanted = expansions(("parent", "children", "organization"))
    with services().database.reading() as session:
        module = records.module(session, uid)
        whole = {"organization": lambda: v5.organization(module.organisation)}
        # The answer must fit exactly one of two schemas that differ by this alone: null says that it has no overrides.
        return expanded(v5.education_specification(module), wanted, whole) | {"timelineOverrides": None}


@bp.get("/education-specifications/<uuid:uid>/<any('education-specifications', courses, programs):below>")
def education_specification_part(uid: UUID, below: str) -> Document:
    """The one course that this specification is of."""
    with services().database.reading() as session:
        within = records.within_module(session, uid)
        if below == "courses":
            return _courses(session, within)
        return nothing(list_query(V5, PROGRAM_SORT if below == "programs" else SPECIFICATION_SORT))


@bp.get("/academic-sessions")
def academic_sessions() -> Document:
    """The academic years in which something with a fixed date begins."""
    asked = list_query(V5, ("academicSessionId", "name", "startDate"), "startDate")
    is_year = request.args.get("academicSessionType", "academic year") == "academic year"
    is_top = not (request.args.get("parent") or request.args.get("year"))
    with services().database.reading() as session:
        years = lists.academic_years(session) if is_year and is_top else []
        return short_list(map(v5.academic_session, years), asked, "academicSessionId")


@bp.get("/academic-sessions/<uuid:uid>")
def academic_session(uid: UUID) -> Document:
    """One academic year."""
    expansions(("parent", "children", "year"))
    with services().database.reading() as session:
        return v5.academic_session(records.year(session, uid))


@bp.get("/academic-sessions/<uuid:uid>/offerings")
def academic_session_offerings(uid: UUID) -> Document:
    """The editions with a fixed date in one academic year."""
    with services().database.reading() as session:
        return _offerings(session, Within(year=records.year(session, uid)))


def _part(session: Session, part: str, within: Within) -> Document:
    """One of the lists that the service as a whole and each organisation have."""
    match part:
        case "programs":
            return short_list(map(v5.program, lists.stacks(session, within)), list_query(V5, PROGRAM_SORT), "programId", *PROGRAM_FILTERS)
        case "courses":
            return _courses(session, within)
        case "offerings":
            return _offerings(session, within)
        case "education-specifications":
            asked = list_query(V5, SPECIFICATION_SORT)
            if asked.choices.get("educationSpecificationType", "course") != "course":
                return nothing(asked)
            found = lists.module_page(session, asked, within)
            return page([v5.education_specification(module) for module in found.items], found.total, asked)
        case _:
            return nothing(list_query(V5, ("componentId", "groupId", "name")))


def _courses(session: Session, within: Within) -> Document:
    asked = list_query(V5, COURSE_SORT)
    found = lists.module_page(session, asked, within)
    return page(_documents(session, found.items), found.total, asked)


def _documents(session: Session, modules: Sequence[Module]) -> list[Document]:
    stacks = lists.stacks_by_module(session, modules)
    return [v5.course(module, (stack.uid for stack in stacks[module.id])) for module in modules]


def _offerings(session: Session, within: Within) -> Document:
    """As the specification says, only what is still to come unless `since` asks for more."""
    asked, today = list_query(V5, OFFERING_SORT, "startDate"), services().today()
    if asked.choices.get("offeringType", "course") != "course":
        return nothing(asked)
    found = lists.offering_page(session, asked.from_day(today), today, within)
    documents = [v5.offering(module, edition, today) for module, edition in found.items]
    return page(documents if within.module_uid else [v5.told_apart(one) for one in documents], found.total, asked)
