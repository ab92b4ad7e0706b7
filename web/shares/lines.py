"""Shares as template values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from web.documents.document import Document
from web.shares.model import Share
from web.wiring import local_day


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One share of its owner; `until` is the last day on which its link works."""

    uid: str
    title: str
    language: str
    since: date
    until: date


def share_lines(shares: Iterable[Share]) -> list[ShareLine]:
    """The shares in words."""
    found = [(one, Document.of(one.document)) for one in shares]
    return [ShareLine(one.uid, it.title, it.language, local_day(one.created_at), local_day(one.expires_at)) for one, it in found]
