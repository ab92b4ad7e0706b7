"""Organisations: finding and adding them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Organisation
from catalogue.vocabulary import OrganisationKind

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


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


def add_organisation(session: Session, slug: str, name: str, kind: OrganisationKind) -> Organisation:
    """Adds one. Raises SlugNotAllowed or OrganisationExists."""
    if not _SLUG.fullmatch(slug):
        raise SlugNotAllowed(slug)
    if session.scalar(select(Organisation.id).where(Organisation.slug == slug)):
        raise OrganisationExists(slug)
    organisation = Organisation(slug=slug, name=name, kind=kind)
    session.add(organisation)
    session.flush()
    return organisation
