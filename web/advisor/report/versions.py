"""Versions of the advice report: each is kept as it was made, with a number. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from web.advisor.guidance_model import Report
from web.advisor.model import Dossier
from web.advisor.report.document import OWN, PARTS
from web.advisor.report.text import typed
from web.documents.document import Document

MOST_VERSIONS = 40


class EnoughVersions(ValueError):
    """A dossier holds `MOST_VERSIONS` versions."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version, and the codes of the parts in which it differs from the one before it in the same language.

    `before` is the number of that one; None for the first in its language.
    """

    number: int
    made_at: datetime
    actor: str
    language: str
    before: int | None
    changed: tuple[str, ...]


def next_number(dossier: Dossier) -> int:
    """The number of a version that would be made now."""
    return max((one.number for one in dossier.reports), default=0) + 1


def keep_report(dossier: Dossier, document: Document, actor: str, now: datetime) -> Report:
    """Keeps a document as the next version.

    Args:
        actor: as in the audit trail.

    Raises:
        EnoughVersions: there is no room for another.
    """
    if len(dossier.reports) >= MOST_VERSIONS:
        raise EnoughVersions
    made = Report(number=next_number(dossier), made_at=now, actor=actor, language=document.language, document=document.stored())
    dossier.reports.insert(0, made)
    return made


def report_numbered(dossier: Dossier, number: int) -> Report | None:
    """A version; None where the dossier has no such one."""
    return next((one for one in dossier.reports if one.number == number), None)


def versions(session: Session, dossier: Dossier) -> list[Version]:
    """All versions with what differs, the newest first. It reads what each of them says, so ask it only where that is shown."""
    whole = select(Report).where(Report.dossier_id == dossier.id).options(undefer(Report.document)).order_by(Report.number)
    last: dict[str, Report] = {}
    found = []
    for one in session.scalars(whole):
        before = last.get(one.language)
        changed = differing(before.document, one.document) if before else ()
        found.append(Version(one.number, one.made_at, one.actor, one.language, before.number if before else None, changed))
        last[one.language] = one
    return found[::-1]


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of the parts that stand in one of two stored documents only, or not the same in both.

    Who speaks in a part does not count. What is stored is compared as it stands: to read 40 long documents takes a second.
    """
    first, second = ({one["code"]: one | {"voice": ""} for one in stored["chapters"]} for stored in (before, after))
    return tuple(code for code in PARTS if first.get(code) != second.get(code))


def own_words(document: Document) -> str:
    """What the advisor wrote in a version, to go on from."""
    chapter = document.chapter(OWN)
    return typed(chapter.lead) if chapter else ""
