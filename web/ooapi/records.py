"""Published records by their id, for the views of every version: what is not there is a 404."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn
from uuid import UUID

from flask import abort
from sqlalchemy.orm import Session

from catalogue.exchange.ooapi import lists, outcomes
from catalogue.exchange.ooapi.days import session_uid
from catalogue.exchange.ooapi.lists import Within
from catalogue.exchange.ooapi.outcomes import Outcome
from catalogue.exchange.ooapi.own import ROOT_UID, Document
from catalogue.models import Edition, Module, Stack
from catalogue.modules import is_published, published_module


def module(session: Session, uid: UUID | str) -> Module:
    """The module with this id, whole."""
    return published_module(session, str(uid)) or _absent()


def within_module(session: Session, uid: UUID) -> Within:
    """What belongs to the module with this id, which itself is not read."""
    return Within(module_uid=str(uid)) if is_published(session, str(uid)) else _absent()


def edition(session: Session, uid: UUID) -> tuple[Module, Edition]:
    """The edition with this id, and the module that it is of, without skills and other editions."""
    return lists.offering(session, str(uid)) or _absent()


def stack(session: Session, uid: UUID) -> Stack:
    """The stack with this id."""
    return lists.stack(session, str(uid)) or _absent()


def year(session: Session, uid: UUID) -> int:
    """The year in which the academic year with this id begins."""
    return next((one for one in lists.academic_years(session) if session_uid(one) == str(uid)), None) or _absent()


def within_organisation(session: Session, uid: UUID) -> Within:
    """What belongs to the organisation with this id; to the root belongs everything."""
    if str(uid) == ROOT_UID:
        return lists.EVERYTHING
    provider = next((one for one in lists.providers(session) if one.uid == str(uid)), None) or _absent()
    return Within(organisation_id=provider.id)


def outcome(session: Session, uid: UUID) -> Outcome:
    """The learning outcome with this id."""
    return outcomes.outcome(session, str(uid)) or _absent()


def named(documents: Mapping[str, Document], uid: UUID) -> Document:
    """The document with this id, of those that are made already."""
    return documents.get(str(uid)) or _absent()


def _absent() -> NoReturn:
    abort(404, "There is nothing with this id, or it is not published any more.")
