"""Requests to join as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from catalogue.models import Organisation
from catalogue.organisations import Alike, Sign, host_of, like_organisations
from web.joining.model import Answer, JoinRequest
from web.languages import lazy_gettext
from web.wiring import local_day
from web.words import ORGANISATION_KINDS, day

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

SIGNS: Mapping[Sign, LazyString] = {
    Sign.KVK: lazy_gettext("hetzelfde KvK-nummer"),
    Sign.SITE: lazy_gettext("dezelfde site"),
    Sign.NAME: lazy_gettext("de naam lijkt erop"),
}
ANSWERS: Mapping[Answer, LazyString] = {Answer.ACCEPTED: lazy_gettext("goedgekeurd"), Answer.DECLINED: lazy_gettext("afgewezen")}


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """An organisation that is there already and may be the same, with why. `site` is "" where none is known."""

    slug: str
    name: str
    site: str
    signs: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request. `answer` is "" while it waits; `slug` and `organisation` are those of the organisation that it was let in as."""

    uid: str
    name: str
    kind: str
    url: str
    kvk: str
    offer: str
    contact_name: str
    email: str
    language: str
    asked: str
    is_confirmed: bool
    is_own_domain: bool
    answer: str
    answered: str
    slug: str
    organisation: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in the list, with the organisations that it may be."""

    page: RequestPage
    alike: Sequence[AlikeLine]


def request_page(request: JoinRequest) -> RequestPage:
    """One request as it is shown to who asked, and to who answers."""
    return RequestPage(
        uid=request.uid,
        name=request.name,
        kind=str(ORGANISATION_KINDS[request.kind]),
        url=request.url,
        kvk=request.kvk,
        offer=request.offer,
        contact_name=request.contact_name,
        email=request.email,
        language=request.language,
        asked=day(local_day(request.created_at)),
        is_confirmed=request.confirmed_at is not None,
        is_own_domain=_is_within(request.email.rpartition("@")[2], host_of(request.url)),
        answer=str(ANSWERS[request.answer]) if request.answer else "",
        answered=day(local_day(request.answered_at)) if request.answered_at else "",
        slug=request.organisation.slug if request.organisation else "",
        organisation=request.organisation.name if request.organisation else "",
    )


def waiting_lines(session: Session, requests: Sequence[JoinRequest]) -> list[RequestLine]:
    """Requests that wait, each with what it may be."""
    return [RequestLine(request_page(one), alike_lines(like_organisations(session, one.name, one.url, one.kvk))) for one in requests]


def alike_lines(alike: Sequence[Alike]) -> list[AlikeLine]:
    """Organisations that may be the same, with why in words."""
    return [_alike_line(one.organisation, ", ".join(str(SIGNS[sign]) for sign in one.signs)) for one in alike]


def _alike_line(known: Organisation, signs: str) -> AlikeLine:
    return AlikeLine(known.slug, known.name, host_of(known.url), signs)


def _is_within(host: str, domain: str) -> bool:
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))
