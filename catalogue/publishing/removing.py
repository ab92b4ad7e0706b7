"""Removing what was never online: one draft, or the drafts that a file brought. No link, list or mail can point at those.

What was online once stays, so that whatever points at it finds it: see `catalogue.publishing.status`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.orm import Session, selectinload

from catalogue.models import FeedModule, Module, Revision
from catalogue.search.indexing import queue
from catalogue.versions import MODULES, bump_version
from catalogue.vocabulary import Way

MOST_FILES = 20
"""Files that are offered to be taken back, the last ones."""

_NEVER_ONLINE = Module.published_at.is_(None)
_UNTOUCHED = and_(_NEVER_ONLINE, Module.updated_at == Module.created_at, ~Module.shares.any())
"""Nobody changed it since it was made, or asked another organisation to make it too."""
_MADE_BY_FILE = exists().where(Revision.module_id == Module.id, Revision.way == Way.FILE, Revision.created_at == Module.created_at)


class WasOnline(ValueError):
    """A module that was online once is not removed."""


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file that somebody brought: when, and how many modules that it made can be taken back."""

    moment: datetime
    n_modules: int


@dataclass(frozen=True, slots=True)
class Brought:
    """The modules that a file made, by title: those that can be taken back, and those that were online, changed or shared since."""

    going: Sequence[Module]
    staying: Sequence[Module]


def remove(session: Session, module: Module, now: datetime) -> None:
    """Removes a module with all that belongs to it. Raises WasOnline."""
    if not _removed(session, and_(Module.id == module.id, _NEVER_ONLINE), now):
        raise WasOnline


def is_fetched(session: Session, module: Module) -> bool:
    """Whether a feed brings this module, and so would make it anew."""
    return bool(session.scalar(select(exists().where(FeedModule.module_id == module.id))))


def files_to_take_back(session: Session, organisation_id: int) -> list[BroughtFile]:
    """The files that made modules of an organisation that can still be taken back, the last one first."""
    mine = (Module.organisation_id == organisation_id, _MADE_BY_FILE, _UNTOUCHED)
    query = select(Module.created_at, func.count()).where(*mine).group_by(Module.created_at)
    return [BroughtFile(*row) for row in session.execute(query.order_by(Module.created_at.desc()).limit(MOST_FILES))]


def brought(session: Session, organisation_id: int, moment: datetime) -> Brought:
    """What became of the modules that a file made at that moment."""
    query = select(Module).options(selectinload(Module.shares)).where(_made_at(organisation_id, moment)).order_by(Module.title, Module.id)
    modules = session.scalars(query).all()
    going = set(session.scalars(select(Module.id).where(_made_at(organisation_id, moment), _UNTOUCHED)))
    return Brought([one for one in modules if one.id in going], [one for one in modules if one.id not in going])


def take_back(session: Session, organisation_id: int, moment: datetime, now: datetime) -> list[str]:
    """Removes the modules that a file made at that moment and nobody touched since; returns their public ids."""
    return _removed(session, and_(_made_at(organisation_id, moment), _UNTOUCHED), now)


def _made_at(organisation_id: int, moment: datetime) -> ColumnElement[bool]:
    return and_(Module.organisation_id == organisation_id, Module.created_at == moment, _MADE_BY_FILE)


def _removed(session: Session, which: ColumnElement[bool], now: datetime) -> list[str]:
    """One statement looks and removes, so that what goes online at the same moment stays."""
    rows = session.execute(delete(Module).where(which).returning(Module.id, Module.uid)).all()
    if rows:
        queue(session, [one.id for one in rows], now)
        bump_version(session, MODULES)
        session.flush()
    return [one.uid for one in rows]
