"""Modules that are nearly the same, as template values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalogue.models import Module, Organisation
from catalogue.publishing.documents import to_document, values_of
from catalogue.publishing.pairs import FoundPair
from web.hub.changes import Change, changes, names_in
from web.hub.own import may
from web.languages import ngettext
from web.security.access import Action


@dataclass(frozen=True, slots=True)
class Side:
    """One of two modules."""

    uid: str
    slug: str
    title: str
    language: str
    provider: str
    provider_slug: str
    runs: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two modules that are nearly the same; one's own stands first. `percent` says how alike they are."""

    own: Side
    other: Side
    percent: int


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two modules beside each other. `may_merge`: one may take either offline; `may_ask`: one may ask the other to make one's own too."""

    pair: PairLine
    changes: Sequence[Change]
    may_merge: bool
    may_ask: bool


def pair_lines(found: Sequence[FoundPair], organisation_id: int) -> list[PairLine]:
    """The pairs of an organisation."""
    return [_line(one, organisation_id) for one in found]


def pair_page(session: Session, pair: FoundPair, organisation: Organisation) -> PairPage:
    """What is different in two modules, and what can be done."""
    line = _line(pair, organisation.id)
    own, other = _in_order(pair, organisation.id)
    before, after = (to_document(values_of(one)) for one in (own, other))
    may_merge = may(Action.PUBLISH, own) and may(Action.PUBLISH, other)
    return PairPage(
        pair=line,
        changes=changes(before, after, names_in(session, [before, after])),
        may_merge=may_merge,
        may_ask=not may_merge and may(Action.MANAGE, own) and other.organisation_id not in {own.organisation_id, *own.owner_ids},
    )


def _in_order(pair: FoundPair, organisation_id: int) -> tuple[Module, Module]:
    first_is_own = organisation_id in pair.first.owner_ids
    return (pair.first, pair.second) if first_is_own else (pair.second, pair.first)


def _line(pair: FoundPair, organisation_id: int) -> PairLine:
    own, other = _in_order(pair, organisation_id)
    return PairLine(_side(own), _side(other), round(pair.likeness * 100))


def _side(module: Module) -> Side:
    runs = ngettext("%(num)s start", "%(num)s starts", len(module.editions))
    provider = module.organisation
    return Side(module.uid, module.slug, module.title, module.language, provider.name, provider.slug, runs)
