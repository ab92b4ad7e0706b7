"""Organisations: finding and adding them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, count
from urllib.parse import urlsplit

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.models import Organisation
from catalogue.publishing.slugs import slug_of
from catalogue.vocabulary import OrganisationKind

LIKE_NAME = 85
"""From this likeness on, of 100, two names may be one organisation's: all words of the one in the other, or nearly the same letters."""
MOST_ALIKE = 5

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LEGAL_FORM = re.compile(r"\b(?:stichting|vereniging|b\.?v|n\.?v|v\.?o\.?f)\b\.?", re.IGNORECASE)


class Sign(StrEnum):
    """Why two organisations may be one."""

    KVK = "kvk"
    SITE = "site"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation that may well be the same, and why."""

    organisation: Organisation
    signs: tuple[Sign, ...]


class OrganisationUnknown(LookupError):
    """No organisation has this slug."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"there is no organisation {slug!r}; add it with: flask --app wsgi organisations add {slug} NAME")
        self.slug = slug


class OrganisationExists(ValueError):
    """The slug is taken."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"there is an organisation {slug!r} already")
        self.slug = slug


class SlugNotAllowed(ValueError):
    """A slug is lower-case words joined by hyphens."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"{slug!r} must be lower-case letters and digits, with single hyphens between words")
        self.slug = slug


def organisation_by_slug(session: Session, slug: str) -> Organisation:
    """The organisation with this slug. Raises OrganisationUnknown."""
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        raise OrganisationUnknown(slug)
    return found


def organisations(session: Session) -> Sequence[Organisation]:
    """All organisations, by name."""
    return session.scalars(select(Organisation).order_by(Organisation.name)).all()


def add_organisation(session: Session, slug: str, name: str, kind: OrganisationKind, *, url: str = "", kvk: str = "") -> Organisation:
    """Adds one. Raises SlugNotAllowed or OrganisationExists; the latter also where another transaction adds it at the same moment."""
    if not _SLUG.fullmatch(slug):
        raise SlugNotAllowed(slug)
    if session.scalar(select(Organisation.id).where(Organisation.slug == slug)):
        raise OrganisationExists(slug)
    organisation = Organisation(slug=slug, name=name, kind=kind, url=url, kvk=kvk)
    session.add(organisation)
    try:
        session.flush()
    except IntegrityError:
        raise OrganisationExists(slug) from None
    return organisation


def free_slug(session: Session, name: str) -> str:
    """A slug for a new organisation of this name: its words, with a number where another has them."""
    words = slug_of(name) or "aanbieder"
    taken = set(session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(words))))
    return next(slug for slug in chain([words], (f"{words}-{number}" for number in count(2))) if slug not in taken)


def like_organisations(session: Session, name: str, url: str, kvk: str) -> list[Alike]:
    """The organisations that this one may well be, most signs first, at most `MOST_ALIKE`."""
    found = [Alike(one, signs) for one in organisations(session) if (signs := tuple(_signs(one, name, url, kvk)))]
    return sorted(found, key=lambda alike: -len(alike.signs))[:MOST_ALIKE]


def host_of(url: str) -> str:
    """The site that an address is on, without "www."; "" for what is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _signs(one: Organisation, name: str, url: str, kvk: str) -> Iterator[Sign]:
    if kvk and one.kvk == kvk:
        yield Sign.KVK
    if one.url and host_of(one.url) == host_of(url):
        yield Sign.SITE
    if fuzz.token_set_ratio(_telling(one.name), _telling(name)) >= LIKE_NAME:
        yield Sign.NAME


def _telling(name: str) -> str:
    """The words of a name that tell it apart."""
    return slug_of(_LEGAL_FORM.sub(" ", name)).replace("-", " ")
