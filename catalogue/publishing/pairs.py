"""Pairs of modules that are nearly the same, kept for the providers: comparing all takes seconds, and is done beside the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, insert, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from catalogue.models import Module, ModuleOwner, NearPair, SettledPair
from catalogue.modules import published_with_providers
from catalogue.progress import Progress, silent
from catalogue.publishing.copies import are_family, families
from catalogue.publishing.duplicates import NEAR_COPY, near_copies, text_of
from catalogue.versions import MODULES, PAIRS, current_versions, set_version
from catalogue.vocabulary import Status


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two modules online, and how alike they are, in [0, 1]."""

    likeness: float
    first: Module
    second: Module


def found_pairs(session: Session, least: float = NEAR_COPY, progress: Progress = silent) -> list[FoundPair]:
    """All pairs among what is online, compared now, the most alike first; without those that were taken over from one another."""
    modules, kin = published_with_providers(session), families(session)
    pairs = near_copies([text_of(module) for module in modules], least, progress)
    found = [FoundPair(pair.likeness, modules[pair.first], modules[pair.second]) for pair in pairs]
    return [one for one in found if not are_family(kin, one.first.id, one.second.id)]


def keep_pairs(session: Session, found: Sequence[FoundPair], version: int) -> None:
    """Keeps what was found instead of what was found before; `version` is that of the modules that were compared."""
    session.execute(delete(NearPair))
    rows = [{"first_id": one.first.id, "second_id": one.second.id, "likeness": one.likeness} for one in found]
    if rows:
        session.execute(insert(NearPair), rows)
    set_version(session, PAIRS, version)


def modules_to_compare(session: Session) -> int | None:
    """The version of the modules where they changed since pairs were kept; None where they did not."""
    versions = current_versions(session)
    return versions[MODULES] if versions[MODULES] != versions[PAIRS] else None


def pairs_of(session: Session, organisation_id: int) -> list[FoundPair]:
    """The kept pairs with a module that an organisation makes, without those that it settled; the most alike first."""
    return _pairs(session, organisation_id)


def pair_of(session: Session, organisation_id: int, first_uid: str, second_uid: str) -> FoundPair | None:
    """One of `pairs_of`; None where there is no such pair."""
    return next((one for one in _pairs(session, organisation_id) if {one.first.uid, one.second.uid} == {first_uid, second_uid}), None)


def settle(session: Session, organisation_id: int, pair: FoundPair, now: datetime) -> None:
    """Remembers that an organisation finds two modules not the same, so that it does not see them again."""
    session.merge(SettledPair(organisation_id=organisation_id, first_id=pair.first.id, second_id=pair.second.id, settled_at=now))
    session.flush()


def _pairs(session: Session, organisation_id: int) -> list[FoundPair]:
    first, second = aliased(Module), aliased(Module)
    made_too = select(ModuleOwner.module_id).where(ModuleOwner.organisation_id == organisation_id, ModuleOwner.accepted_at.is_not(None))
    own = [or_(one.organisation_id == organisation_id, one.id.in_(made_too)) for one in (first, second)]
    settled = and_(
        SettledPair.organisation_id == organisation_id,
        SettledPair.first_id == NearPair.first_id,
        SettledPair.second_id == NearPair.second_id,
    )
    query = (
        select(NearPair.likeness, first, second)
        .join(first, first.id == NearPair.first_id)
        .join(second, second.id == NearPair.second_id)
        .where(first.status == Status.PUBLISHED, second.status == Status.PUBLISHED, or_(*own))
        .where(~select(true()).where(settled).correlate(NearPair).exists())
        .options(joinedload(first.organisation), joinedload(second.organisation))
        .order_by(NearPair.likeness.desc(), NearPair.first_id, NearPair.second_id)
    )
    kin = families(session)
    found = [FoundPair(likeness, one, other) for likeness, one, other in session.execute(query)]
    return [pair for pair in found if not are_family(kin, pair.first.id, pair.second.id)]
