"""Modules that are made together, as template values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from catalogue.models import Module, ModuleOwner
from web.wiring import local_day
from web.words import day


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """An organisation that makes a module too; `since` is "" until it has accepted. `is_own`: who reads works there."""

    slug: str
    name: str
    asked: str
    since: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """Who makes a module with `provider`, which offers it; `may_decide`: who reads may ask others."""

    provider: str
    lines: Sequence[PartnerLine]
    may_decide: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A module that another organisation offers; `since` is "" until one has accepted."""

    uid: str
    title: str
    language: str
    provider: str
    asked: str
    since: str


def together_page(module: Module, own_ids: Collection[int], *, may_decide: bool) -> TogetherPage:
    """The page for who works for the organisations `own_ids`; partners by name."""
    shares = sorted(module.shares, key=lambda one: one.organisation.name)
    lines = [
        PartnerLine(one.organisation.slug, one.organisation.name, _asked(one), _since(one), is_own=one.organisation_id in own_ids)
        for one in shares
    ]
    return TogetherPage(module.organisation.name, lines, may_decide)


def question_lines(rows: Iterable[tuple[ModuleOwner, Module]]) -> list[QuestionLine]:
    """What an organisation was asked, what waits for an answer first."""
    lines = [
        QuestionLine(module.uid, module.title, module.language, module.organisation.name, _asked(share), _since(share))
        for share, module in rows
    ]
    return sorted(lines, key=lambda line: bool(line.since))


def _asked(share: ModuleOwner) -> str:
    return day(local_day(share.asked_at))


def _since(share: ModuleOwner) -> str:
    return day(local_day(share.accepted_at)) if share.accepted_at else ""
